"""Requests and relief: text in, domain values out."""

from collections.abc import Sequence
from datetime import time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from attendance.models import Direction
from personnel.models import Unit


def _day(**options: Any) -> forms.DateField:
    return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}), input_formats=["%Y-%m-%d"], **options)


def _time(**options: Any) -> forms.TimeField:
    return forms.TimeField(widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"), **options)


def minute_of(clock: time) -> int:
    return clock.hour * 60 + clock.minute


class AbsenceRequestForm(forms.Form):
    """Kind, days, document and reason; `kinds` are those open to the person."""

    kind = forms.ChoiceField(label=_("Kind"))
    starts_on = _day(label=_("First day"))
    ends_on = _day(label=_("Last day"))
    document = forms.CharField(
        label=_("Number of the letter"), max_length=120, required=False,
        help_text=_("Order, travel letter, invitation; for sick leave the doctor's note."),
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Reason"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Your superior reads it. For sick leave leave it empty: no diagnosis is kept."),
    )  # fmt: skip

    def __init__(self, *args: Any, kinds: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = list(kinds)  # type: ignore[attr-defined]


class CorrectionRequestForm(forms.Form):
    """A forgotten clocking."""

    day = _day(label=_("Day"))
    direction = forms.ChoiceField(
        label=_("Which clocking"), choices=[(Direction.IN.value, _("Clock in")), (Direction.OUT.value, _("Clock out"))]
    )
    clock = _time(label=_("Time"), help_text=_("In the time zone of your unit."))
    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class DecisionForm(forms.Form):
    """Approve, or reject with a reason."""

    deed = forms.ChoiceField(choices=[("APPROVE", ""), ("REJECT", "")])
    reason = forms.CharField(max_length=300, required=False)


class ReliefForm(forms.Form):
    """Minutes given to units, and whether the clock had failed."""

    units = forms.TypedMultipleChoiceField(label=_("Units"), coerce=int, widget=forms.SelectMultiple(attrs={"size": 8}))
    day = _day(label=_("Day"))
    starts = _time(label=_("From"))
    ends = _time(label=_("To"))
    reason = forms.CharField(label=_("Reason"), max_length=200, help_text=_("Outage, flood, ceremony."))
    decree = forms.CharField(label=_("Decree"), max_length=160)
    is_outage = forms.BooleanField(label=_("The clock did not answer: record an outage"), required=False)

    def __init__(self, *args: Any, units: Sequence[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["units"].choices = [(unit.pk, unit.indented_name) for unit in units]  # type: ignore[attr-defined]
