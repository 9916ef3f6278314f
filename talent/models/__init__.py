"""Scoring profiles, facts about people, periods, and the placements computed from them."""

from talent.models.facts import Fact, FactState
from talent.models.periods import Evidence, Period, PeriodState, Placement
from talent.models.profiles import Profile

__all__ = ["Evidence", "Fact", "FactState", "Period", "PeriodState", "Placement", "Profile"]
