"""Builds the demo office by the product's own importers and actions from the files it writes first.

Each step is a function of `Site`, says one line when it is done, and rests only on what the database holds after the
steps before it.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.core.cache import cache
from django.db import connection
from django.utils import timezone

from config.demo import clock_steps, log_steps, people_steps, talent_steps, wfh_steps
from config.demo.clock_files import write_absences
from config.demo.files import OfficeFiles, write_people_files
from config.demo.life import Life
from config.demo.parameters import Parameters
from config.demo.people import DemoOffice, invent_office
from config.demo.talent_files import write_facts

Say = Callable[[str], None]
_LABEL_WIDTH = 34


@dataclass(slots=True, kw_only=True)
class Site:
    """What the steps share."""

    parameters: Parameters
    office: DemoOffice
    life: Life
    files: OfficeFiles
    home: Path
    now: datetime


def build_office(parameters: Parameters, *, home: Path, say: Say) -> None:
    """Build the whole office into an empty, migrated database."""
    office = invent_office(parameters)
    site = Site(
        parameters=parameters,
        office=office,
        life=Life(office, parameters),
        files=OfficeFiles(home / "demo"),
        home=home,
        now=timezone.now(),
    )
    say(f"Building an invented office: {parameters.people:,} people, {parameters.months} months of history.")
    for label, step in STEPS:
        started = time.monotonic()
        result = step(site)
        say(f"  {label:.<{_LABEL_WIDTH}} {result} ({time.monotonic() - started:.1f} s)")
    cache.clear()
    _tidy()


def _write_files(site: Site) -> str:
    write_people_files(site.office, site.parameters, site.files)
    write_absences(site.life, site.files)
    facts = write_facts(site.office, site.parameters, site.files)
    return f"SIASN, units, superiors, {facts:,} talent facts in {site.files.folder}"


def _tidy() -> None:
    """Statistics for the planner of the database, once, after the bulk has come in."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


STEPS: list[tuple[str, Callable[[Site], str]]] = [
    ("files ", _write_files),
    ("units ", people_steps.units),
    ("people ", people_steps.people),
    ("superiors, heads, contracts ", people_steps.lines),
    ("accounts and roles ", people_steps.accounts),
    ("calendar and working hours ", clock_steps.calendar),
    ("rosters of the hospital ", clock_steps.rosters),
    ("leave, travel, outage ", clock_steps.absences),
    ("talent facts ", talent_steps.facts),
    ("WFH policy and schedules ", wfh_steps.schedules),
    ("files of clocks and phones ", clock_steps.clock_files),
    ("terminals ", clock_steps.terminals),
    ("phones ", clock_steps.phones),
    ("days and weeks ", clock_steps.summaries),
    ("daily logs ", log_steps.history),
    ("talent ", talent_steps.period),
    ("days marked meanwhile ", clock_steps.marks),
]
