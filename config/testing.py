"""`manage.py test`: pytest with this project's options; arguments pass through.

`--postgres URL` runs the same suite on PostgreSQL.
"""

import os
import sys


def run(arguments: list[str]) -> int:
    arguments = list(arguments)
    if "--postgres" in arguments:
        place = arguments.index("--postgres")
        if place + 1 >= len(arguments):
            sys.stderr.write("--postgres needs a URL, such as postgres://user:password@127.0.0.1:5432/name\n")
            return 2
        os.environ["DATABASE_URL"] = arguments[place + 1]
        del arguments[place : place + 2]
    import pytest

    chosen = any(not argument.startswith("-") for argument in arguments)
    spread = [] if chosen or any(argument.startswith("-n") for argument in arguments) else ["-n", "auto"]
    return int(pytest.main([*spread, *arguments]))
