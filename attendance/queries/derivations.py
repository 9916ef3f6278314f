"""The steps of a day's sum in words, so that everyone can check it by hand."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from attendance.queries.months import absence_words
from attendance.rules import hours
from common.templatetags.kotak9 import clock_time, duration

EFFECTS = {
    "CREDIT": gettext_lazy("credits the day"),
    "CUT_TARGET": gettext_lazy("takes the day out of the target"),
    "UNEXCUSED": gettext_lazy("counts as a day without reason"),
    "BY_POLICY": gettext_lazy("as the policy says"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One step: its words and, where it moves minutes, how many."""

    words: str
    figure: str = ""


def lines_of(steps: Iterable[hours.Step], *, zone: str) -> list[Line]:
    """The derivation of a day; a step that has no words yet shows its code and its numbers."""
    return [WORDS.get(step.code, _plain)(step, zone) for step in steps]


def _plain(step: hours.Step, zone: str) -> Line:
    return Line(step.code, ", ".join(f"{name} {value}" for name, value in step.values.items()))


def _minutes(words: Any, field: str = "minutes") -> Callable[[hours.Step, str], Line]:
    return lambda step, zone: Line(str(words), duration(int(step.values[field])))


def _count(words: Any, field: str = "count") -> Callable[[hours.Step, str], Line]:
    return lambda step, zone: Line(str(words), number_format(step.values[field]))


def _bracket(words: Any) -> Callable[[hours.Step, str], Line]:
    def line(step: hours.Step, zone: str) -> Line:
        code = step.values.get("bracket")
        return Line(f"{words} ({code})" if code else str(words), duration(int(step.values["minutes"])))

    return line


def _scheduled(step: hours.Step, zone: str) -> Line:
    starts, ends = step.values.get("starts"), step.values.get("ends")
    if starts is None or ends is None:
        return Line(_("No hours are scheduled"), duration(0))
    span = {"from": _minute(int(starts)), "to": _minute(int(ends))}
    return Line(_("Scheduled from %(from)s to %(to)s, breaks left out") % span, duration(int(step.values["minutes"])))


def _minute(minute: int) -> str:
    return f"{minute // 60 % 24:02d}.{minute % 60:02d}"


def _absence(step: hours.Step, zone: str) -> Line:
    effect = EFFECTS.get(str(step.values["effect"]), step.values["effect"])
    return Line(f"{absence_words(str(step.values['code']))}: {effect}")


def _closed(step: hours.Step, zone: str) -> Line:
    at = datetime.fromisoformat(str(step.values["at"])).astimezone(ZoneInfo(zone))
    return Line(_("No clock-out: closed by rule at %(time)s") % {"time": clock_time(at, zone)})


def _cut_target(step: hours.Step, zone: str) -> Line:
    return Line(_("The target is cut"), f"{duration(int(step.values['from']))} → {duration(int(step.values['to']))}")


def _cut(step: hours.Step, zone: str) -> Line:
    share = number_format(int(step.values["points"]) / 100, decimal_pos=2)
    return Line(_("Cut of the allowance by the table"), f"{share} %")


WORDS: dict[str, Callable[[hours.Step, str], Line]] = {
    "scheduled": _scheduled,
    "presses": _count(gettext_lazy("Presses of the clock")),
    "debounced": _count(gettext_lazy("Presses repeated within seconds, left out")),
    "missing_in": lambda step, zone: Line(_("No clock-in: taken as the policy says")),
    "auto_closed": _closed,
    "presence": _minutes(gettext_lazy("Presence between the presses")),
    "outside_window": _minutes(gettext_lazy("Outside the hours that count")),
    "break": _minutes(gettext_lazy("Breaks inside the presence")),
    "worked": _minutes(gettext_lazy("Worked, whole minutes")),
    "absence": _absence,
    "credited": _minutes(gettext_lazy("Credited by leave, duty or dispensation")),
    "target_cut": _cut_target,
    "late_forgiven": _minutes(gettext_lazy("Late, forgiven by the tolerance")),
    "early_forgiven": _minutes(gettext_lazy("Left early, forgiven by the tolerance")),
    "late": _bracket(gettext_lazy("Late")),
    "early": _bracket(gettext_lazy("Left early")),
    "absent": _count(gettext_lazy("Days without news"), "days"),
    "cut": _cut,
    "total": _minutes(gettext_lazy("Total of the day")),
}
