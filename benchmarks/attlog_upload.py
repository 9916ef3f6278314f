"""The whole memory of a terminal, loaded once and once more.

    DATABASE_URL=postgresql://…/an_empty_database python benchmarks/attlog_upload.py [--lines 500000]

Must: 500,000 lines in under 60 s on PostgreSQL. The second load changes nothing.
"""

# ruff: noqa: I001 - Django must be set up before its models are imported
from __future__ import annotations

import argparse
from datetime import date, timedelta
from time import perf_counter, process_time

from weekly_hours import make_office  # first: it sets Django up

from django.utils import timezone

from attendance.actions.terminals import import_attlog
from attendance.models import Punch, Terminal, TerminalPin
from personnel.models import Unit

PEOPLE = 1_000


def lines_of(count: int) -> list[str]:
    """Two presses a day of a thousand people, in the order of the device: by time."""
    per_day = PEOPLE * 2
    lines = []
    for number in range(count):
        day = date(2026, 1, 5) + timedelta(days=number // per_day)
        place = number % per_day
        pin, is_out = place % PEOPLE, place // PEOPLE
        lines.append(f"{pin + 1:>9}\t{day} {7 + 9 * is_out:02d}:{pin % 60:02d}:{pin // 60:02d}\t1\t0\t1\t0\r\n")
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lines", type=int, default=500_000)
    given = parser.parse_args()
    keys = make_office(PEOPLE)
    terminal = Terminal.objects.create(serial="BENCH", name="Bench", unit=Unit.objects.order_by("pk")[0])
    TerminalPin.objects.bulk_create(
        [
            TerminalPin(terminal=terminal, pin=str(n + 1), person_id=key, starts_on=date(2020, 1, 1))
            for n, key in enumerate(keys)
        ]
    )
    lines = lines_of(given.lines)
    for name in ("first", "again"):
        started, cpu = perf_counter(), process_time()
        done = import_attlog(terminal=terminal, lines=lines, actor=None, now=timezone.now())
        spent, cpu = perf_counter() - started, process_time() - cpu
        print(f"{name}: {done.lines} lines, {done.taken} taken, {done.known} known, {spent:.1f} s, {cpu:.1f} s of CPU")
    print(f"{Punch.objects.count()} punches stand")


if __name__ == "__main__":
    main()
