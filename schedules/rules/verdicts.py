"""The answer about one person and one day: what decided, what else spoke, and what may be shown of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from .findings import Sentence, gettext_noop, say
from .person_facts import Answer


class Rule(StrEnum):
    """Codes of the rules, in the order in which they outrank each other."""

    NO_POLICY = "NO_POLICY"
    NOT_IN_SERVICE = "NOT_IN_SERVICE"
    EXCEPTION = "EXCEPTION"
    CATEGORY_MANDATORY = "CATEGORY_MANDATORY"
    DISCIPLINE = "DISCIPLINE"
    UNIT_EXCLUDED = "UNIT_EXCLUDED"
    DIRECT_SERVICE = "DIRECT_SERVICE"
    SHIFT_WORK = "SHIFT_WORK"
    UNIT_KIND = "UNIT_KIND"
    UNIT_HEAD = "UNIT_HEAD"
    ECHELON = "ECHELON"
    POSITION_KIND = "POSITION_KIND"
    EMPLOYMENT = "EMPLOYMENT"
    CATEGORY_LATE = "CATEGORY_LATE"
    CLOSED_DAY = "CLOSED_DAY"
    PERMANENT_POSITION = "PERMANENT_POSITION"
    TENURE = "TENURE"
    PREDIKAT = "PREDIKAT"
    REWARD = "REWARD"
    REWARD_ONLY = "REWARD_ONLY"
    OTHER_WEEKDAY = "OTHER_WEEKDAY"
    FIXED_DAY = "FIXED_DAY"
    RATIO_ZERO = "RATIO_ZERO"
    RATIO = "RATIO"
    CATEGORY_PRIORITY = "CATEGORY_PRIORITY"
    CATEGORY_CONSIDER = "CATEGORY_CONSIDER"


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """What one rule says: its answer, why, on which document, and whether the reason is health data."""

    rule: Rule
    answer: Answer
    sentence: Sentence
    basis: str = ""
    sensitive: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The answer for one person on one day. `others` keeps the order of rank."""

    person_id: int
    day: date
    deciding: Voice
    others: tuple[Voice, ...] = field(default=())

    @property
    def answer(self) -> Answer:
        return self.deciding.answer

    @property
    def is_reward(self) -> bool:
        """True where the day is open only through the box 9 pattern."""
        return self.deciding.rule == Rule.REWARD

    @property
    def has_priority(self) -> bool:
        """True where a category puts the person first when home days are short."""
        return any(voice.rule == Rule.CATEGORY_PRIORITY for voice in (self.deciding, *self.others))

    def without_health(self) -> Verdict:
        """The verdict as shown to those without the purpose: health reasons lose their words.

        The answer stays, or the schedule could not be read; what is hidden is why. Other voices that are
        health data disappear, since even their number would tell.
        """
        deciding = hushed(self.deciding) if self.deciding.sensitive else self.deciding
        others = tuple(voice for voice in self.others if not voice.sensitive)
        return Verdict(person_id=self.person_id, day=self.day, deciding=deciding, others=others)


def hushed(voice: Voice) -> Voice:
    """A sensitive voice with its reason and its document taken away."""
    return Voice(
        rule=Rule.EXCEPTION,
        answer=voice.answer,
        sentence=say(gettext_noop("A decision on record applies to this person; its reason is not shown.")),
    )
