"""Everything that changes profiles, facts, periods and placements. Each function is one deed."""

from talent.actions.facts import FactRefused, FactRow, Loaded, import_facts, load_facts, record_fact, verify_fact
from talent.actions.periods import (
    PeriodRefused,
    close_period,
    finish_compute,
    open_period,
    publish_period,
    start_compute,
)
from talent.actions.placing import place_people, settle_peers
from talent.actions.profiles import ProfileRefused, save_profile

__all__ = [
    "FactRefused",
    "FactRow",
    "Loaded",
    "PeriodRefused",
    "ProfileRefused",
    "close_period",
    "finish_compute",
    "import_facts",
    "load_facts",
    "open_period",
    "place_people",
    "publish_period",
    "record_fact",
    "save_profile",
    "settle_peers",
    "start_compute",
    "verify_fact",
]
