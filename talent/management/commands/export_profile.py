"""Print a scoring profile as its file."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from talent.models import Profile
from talent.queries import scheme_of
from talent.rules.profile_json import to_text


class Command(BaseCommand):
    help = "Prints a scoring profile as one JSON file; without a version the newest."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code")
        parser.add_argument("version", type=int, nargs="?")

    def handle(self, *args: Any, **options: Any) -> None:
        found = Profile.objects.filter(code=options["code"])
        if options["version"] is not None:
            found = found.filter(version=options["version"])
        profile = found.order_by("-version").first()
        if profile is None:
            raise CommandError(f"There is no profile {options['code']} {options['version'] or ''}.".strip())
        self.stdout.write(to_text(scheme_of(profile)), ending="")
