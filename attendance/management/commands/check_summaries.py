"""Prove that stored days and weeks are what the facts say, or repair them."""

from argparse import ArgumentParser
from datetime import date, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from attendance.actions.summaries import people_of, recompute_range, refresh_weeks
from attendance.queries.checks import Difference, differences
from attendance.rules import hours

SHOWN = 50


class Command(BaseCommand):
    help = (
        "Recomputes every day of a period from its punches, absences and documents and compares it with what is "
        "stored. Ends with status 1 when something differs. Without dates: the last four closed weeks."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--from", dest="starts_on", type=date.fromisoformat, help="first day, YYYY-MM-DD")
        parser.add_argument("--to", dest="ends_on", type=date.fromisoformat, help="last day, YYYY-MM-DD")
        parser.add_argument("--repair", action="store_true", help="write what was computed")

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        last_sunday = hours.monday_of(timezone.localdate(now)) - timedelta(days=1)
        ends_on = options["ends_on"] or last_sunday
        starts_on = options["starts_on"] or ends_on - timedelta(days=27)
        if starts_on > ends_on:
            raise CommandError(f"--from {starts_on} is after --to {ends_on}.")
        if options["repair"]:
            self._repair(starts_on, ends_on, now)
        people = people_of(starts_on, ends_on)
        found = list(differences(people, starts_on, ends_on, now=now))
        for difference in found[:SHOWN]:
            self.stdout.write(_line(difference))
        if found:
            raise CommandError(f"{len(found)} values differ between {starts_on} and {ends_on}.")
        self.stdout.write(f"{len(people)} people, {starts_on} to {ends_on}: every stored value follows from the facts.")

    def _repair(self, starts_on: date, ends_on: date, now: Any) -> None:
        done = recompute_range(starts_on=starts_on, ends_on=ends_on, now=now)
        monday = hours.monday_of(starts_on)
        while monday <= ends_on:
            refresh_weeks(monday=monday, now=now)
            monday += timedelta(days=7)
        self.stdout.write(f"{done.computed} days computed, {done.written} written, {done.removed} removed.")


def _line(found: Difference) -> str:
    return (
        f"{found.what} {found.day} person {found.person_id}: {found.field} is {found.stored!r}, "
        f"the facts say {found.computed!r}"
    )
