"""What the frame of every page shows: rail, unit, unread notices, appearance. Read only when a page draws it."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from common import navigation
from common.navigation import HomeCard, NavContext, NavEntry
from personnel import queries
from personnel.models import Appointment, Notice, Unit

GROUP_LABELS = {"me": "", "superior": _("Superior"), "unit": _("Unit"), "bkd": _("BKD")}
PHONE_ENTRIES = 3


@dataclass(frozen=True, slots=True)
class Line:
    """One link of the rail, ready to draw."""

    label: Any
    short: Any
    url: str
    icon: str
    count: int | None
    current: SafeString


@dataclass(frozen=True, slots=True)
class Group:
    label: Any
    entries: list[Line]


class Shell:
    """Handed to templates as `shell`; each part is read from the database on first use, at most once a request."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.user = getattr(request, "user", None)
        self.now = timezone.now()

    @property
    def is_known(self) -> bool:
        return bool(self.user and self.user.is_authenticated)

    @property
    def theme(self) -> str:
        return self.user.theme if self.user and self.user.is_authenticated else "system"

    @cached_property
    def appointment(self) -> Appointment | None:
        person_id = getattr(self.user, "person_id", None)
        return queries.appointment_of(person_id, timezone.localdate(self.now)) if person_id else None

    @property
    def unit(self) -> Unit | None:
        return self.appointment.unit if self.appointment else None

    @property
    def position(self) -> str:
        return str(self.appointment.position) if self.appointment else ""

    @cached_property
    def unread(self) -> int:
        return Notice.objects.visible_to(self.user).unread().count() if self.user else 0

    @cached_property
    def entries(self) -> list[NavEntry]:
        if not self.is_known:
            return []
        return navigation.entries_for(self.user, context_of(self.request))

    @cached_property
    def groups(self) -> list[Group]:
        """The rail: what the roles reach, by group."""
        lines: dict[str, list[Line]] = {name: [] for name in navigation.GROUPS}
        for entry in self.entries:
            lines[entry.group].append(self._line(entry))
        return [Group(GROUP_LABELS[name], rows) for name, rows in lines.items() if rows]

    @cached_property
    def phone(self) -> list[Line]:
        """The entries that rank for the phone bar, *Hari ini* first."""
        named = [entry for entry in self.entries if entry.phone is not None]
        ranked = sorted(named, key=lambda entry: (entry.url_name != "home", entry.phone or 0))
        return [self._line(entry) for entry in ranked[:PHONE_ENTRIES]]

    def _line(self, entry: NavEntry) -> Line:
        url = navigation.address_of(entry)
        return Line(
            entry.label, entry.short or entry.label, url, entry.icon, entry.count, self._current(entry.url_name)
        )

    def _current(self, url_name: str) -> SafeString:
        match = self.request.resolver_match
        return mark_safe('aria-current="page"' if match and match.view_name == url_name else "")


def context_of(request: HttpRequest) -> NavContext:
    now = timezone.now()
    return NavContext(now=now, day=timezone.localdate(now), request=request)


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor."""
    return {"shell": Shell(request)}


def home_cards(user: Any) -> list[HomeCard]:
    return navigation.home_cards_for(user)
