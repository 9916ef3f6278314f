"""Text in, domain values out."""

import uuid
from datetime import date
from typing import Any

from django import forms
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from attendance.actions import Device
from attendance.models import DayStatus, HolidayKind
from attendance.queries.boards import NO_NEWS


class ClockForm(forms.Form):
    """One press. Nothing in it can make the press fail: what cannot be read counts as not said."""

    client_key = forms.CharField(max_length=64, required=False)
    latitude = forms.FloatField(required=False)
    longitude = forms.FloatField(required=False)
    accuracy = forms.FloatField(required=False)
    fix_age = forms.FloatField(required=False)
    is_denied = forms.BooleanField(required=False)
    device_id = forms.CharField(max_length=64, required=False)
    provider = forms.CharField(max_length=40, required=False)

    def press(self) -> tuple[str, Device]:
        """The key and the device as far as the form can be read."""
        self.full_clean()
        said = getattr(self, "cleaned_data", {})
        latitude, longitude = said.get("latitude"), said.get("longitude")
        is_on_earth = latitude is not None and longitude is not None and abs(latitude) <= 90 and abs(longitude) <= 180
        return said.get("client_key") or uuid.uuid4().hex, Device(
            latitude=round(latitude, 6) if is_on_earth else None,
            longitude=round(longitude, 6) if is_on_earth else None,
            accuracy_metres=_metres(said.get("accuracy")) if is_on_earth else None,
            fix_age_seconds=_metres(said.get("fix_age")) if is_on_earth else None,
            is_denied=bool(said.get("is_denied")) and not is_on_earth,
            device_id=said.get("device_id", ""),
            provider=said.get("provider", ""),
        )


def _metres(value: float | None) -> int | None:
    """A whole number that a column can hold; None for what is not a sensible one."""
    return round(value) if value is not None and 0 <= value < 100_000_000 else None


class MonthForm(forms.Form):
    """`?bulan=2026-11`."""

    bulan = forms.RegexField(r"^\d{4}-(0[1-9]|1[0-2])$", required=False)

    def first_day(self, today: date) -> date:
        """The first day of the month asked for, this month for anything odd."""
        text = self.cleaned_data.get("bulan") if self.is_valid() else ""
        year, month = (int(part) for part in text.split("-")) if text else (today.year, today.month)
        return date(year, month, 1) if 2000 <= year <= 2100 else today.replace(day=1)


class UnitDaysForm(forms.Form):
    """Filters of a unit's day."""

    unit = forms.IntegerField(required=False)
    hari = forms.DateField(required=False, input_formats=["%Y-%m-%d"], label=_("Day"))
    status = forms.ChoiceField(required=False, choices=[("", ""), (NO_NEWS, NO_NEWS), *DayStatus.choices])
    q = forms.CharField(max_length=80, required=False, label=_("Name"))

    def asked(self, name: str) -> Any:
        """The value of one filter, None where it is empty or cannot be read."""
        self.full_clean()
        return self.cleaned_data.get(name) or None

    def day(self, today: date) -> date:
        """The day asked for; today for anything odd."""
        asked = self.asked("hari")
        return asked if asked and 2000 <= asked.year <= 2100 else today


class HolidayForm(forms.Form):
    """One day off."""

    day = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}), input_formats=["%Y-%m-%d"])
    name = forms.CharField(label=_("Name"), max_length=120)
    kind = forms.ChoiceField(label=_("Kind"), choices=HolidayKind.choices)
    decree = forms.CharField(label=_("Decree"), max_length=160)


def parse_day(text: str) -> date:
    """A day out of an address like `2026-11-18`; a day nobody can have worked on does not exist."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise Http404 from None
    if not 2000 <= day.year <= 2100:
        raise Http404
    return day
