"""Text in, details of an entry out."""

import re
from datetime import date
from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from worklogs.actions import EntryDetails
from worklogs.models import EntryKind, LogEntry
from worklogs.wording import clock

TIME = re.compile(r"^\s*(\d{1,2})\s*[.:,]?\s*(\d{2})?\s*$")
FROM_HOME = [("yes", _("can be done from home")), ("no", _("needs the office"))]


def minute_of(text: str) -> int | None:
    """A time as people type it: "7.30", "07:30", "0730", "8" → minutes after midnight; None for anything else."""
    compact = re.fullmatch(r"\s*(\d{1,2})(\d{2})\s*", text)
    match = compact if compact and len(text.strip()) >= 3 else TIME.match(text)
    if not match:
        return None
    hours, minutes = int(match[1]), int(match[2] or 0)
    return hours * 60 + minutes if hours <= 24 and minutes < 60 and hours * 60 + minutes <= 1_440 else None


class MinuteField(forms.CharField):
    """A time of day, typed freely."""

    default_error_messages = {"invalid": _("Write a time such as 07.30.")}

    def clean(self, value: str) -> int:
        text = super().clean(value)
        minute = minute_of(text)
        if minute is None:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return minute


class EntryForm(forms.Form):
    """One activity. An end before the start lies in the next morning; the rules say who may do that."""

    start = MinuteField(
        label=_("Start"), max_length=5, widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
    )
    end = MinuteField(
        label=_("End"), max_length=5, widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
    )
    activity = forms.CharField(
        label=_("Activity"),
        max_length=500,
        widget=forms.TextInput(attrs={"list": "activities", "autocomplete": "off"}),
        error_messages={"required": _("Say what was done: the activity is empty.")},
    )
    quantity = forms.DecimalField(
        label=_("Output"), max_digits=9, decimal_places=2, min_value=Decimal("0.01"), required=False, localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )  # fmt: skip
    output_unit = forms.CharField(
        label=_("Unit of output"), max_length=40, required=False,
        widget=forms.TextInput(attrs={"list": "output-units", "autocomplete": "off"}),
    )  # fmt: skip
    kind = forms.ChoiceField(label=_("Kind"), choices=EntryKind.choices, initial=EntryKind.MAIN)
    from_home = forms.ChoiceField(label=_("Where it can be done"), choices=FROM_HOME, initial="yes")
    evidence_link = forms.URLField(
        label=_("Evidence (link)"), max_length=500, required=False, assume_scheme="https",
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off", "placeholder": "https://…"}),
    )  # fmt: skip

    def details(self) -> EntryDetails:
        """What the writer says, in the words of the action."""
        data = self.cleaned_data
        starts, ends = data["start"], data["end"]
        return EntryDetails(
            starts_minute=starts,
            ends_minute=ends + 1_440 if ends < starts else ends,
            activity=" ".join(data["activity"].split()),
            quantity=data["quantity"],
            output_unit=data["output_unit"],
            kind=data["kind"],
            can_be_done_from_home=data["from_home"] == "yes",
            evidence_link=data["evidence_link"],
        )


def initial_of(entry: LogEntry) -> dict[str, object]:
    """The form's values for an entry that stands."""
    return {
        "start": clock(entry.starts_minute),
        "end": clock(entry.ends_minute),
        "activity": entry.activity,
        "quantity": entry.quantity.normalize() if entry.quantity is not None else None,
        "output_unit": entry.output_unit,
        "kind": entry.kind,
        "from_home": "yes" if entry.can_be_done_from_home else "no",
        "evidence_link": entry.evidence_link,
    }


class DayForm(forms.Form):
    """Which day a page or a deed is about."""

    tanggal = forms.DateField(input_formats=["%Y-%m-%d"])


def day_from(data, fallback: date) -> date:
    """The day named by `tanggal`; anything odd gives `fallback`."""
    form = DayForm(data)
    return form.cleaned_data["tanggal"] if form.is_valid() else fallback


class DecisionForm(forms.Form):
    """A decision on chosen entries: each named as `id:version`."""

    deed = forms.ChoiceField(choices=[("APPROVE", "APPROVE"), ("RETURN", "RETURN"), ("REJECT", "REJECT")])
    reason = forms.CharField(max_length=500, required=False)

    def items(self, chosen: list[str]) -> list[tuple[int, int]]:
        """The chosen entries with the versions that were read; malformed ones are dropped."""
        found = []
        for text in chosen:
            entry_id, _sep, version = text.partition(":")
            if entry_id.isdigit() and version.isdigit():
                found.append((int(entry_id), int(version)))
        return found
