#!/usr/bin/env python3
"""Kotak9's one entry point.

Where Django cannot be imported, the command is handed to `config/bootstrap.py`, which makes the
environment with the standard library alone and runs the same command again inside it.
"""

import os
import sys


def main() -> int:
    if sys.version_info < (3, 11):  # noqa: UP036 - a fresh machine may well have an older one
        sys.stderr.write("Kotak9 needs Python 3.11 or newer; this is Python {}.{}.\n".format(*sys.version_info[:2]))
        return 2
    from config import bootstrap

    if bootstrap.is_needed():
        return bootstrap.run_again(sys.argv)
    if sys.argv[1:2] in (["demo"], ["start"]):
        from config import home

        refusal = home.prepare(sys.argv[1])
        if refusal:
            sys.stderr.write(f"{refusal}\n")
            return 2
    is_test = sys.argv[1:2] == ["test"]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.test_settings" if is_test else "config.settings")
    if is_test:
        from config import testing

        return testing.run(sys.argv[2:])
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
    return 0


if __name__ == "__main__":
    sys.exit(main())
