"""What a version was made from, read once: the engine's problem and its independent check."""

from functools import lru_cache

from schedules.models import PlanVersion
from schedules.rules import cells
from schedules.rules import rotation as engine

VERSIONS_KEPT = 4
"""Parsed problems that one process keeps; about 25 MB for a perangkat daerah of 6,000."""


def checker_of(version: PlanVersion) -> engine.Checker:
    """The check of the problem a version was generated from. The problem of a version never changes."""
    return _checker(version.pk, version.fingerprint)


@lru_cache(maxsize=VERSIONS_KEPT)
def _checker(version_id: int, fingerprint: str) -> engine.Checker:
    stored = PlanVersion.objects.values_list("problem", flat=True).get(pk=version_id)
    return engine.Checker(engine.Problem.from_dict(stored))


def broken_rules(version: PlanVersion) -> list[engine.Violation]:
    """What the rows break as they stand, on the facts of the generation."""
    rows = version.rows.values_list("person_id", "cells")
    return checker_of(version).check(cells.home_cells(rows, version.plan.starts_on))
