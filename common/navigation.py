"""How an app says what stands in the rail and on the home page; found by its `navigation` module."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from django.apps import apps
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise

logger = logging.getLogger(__name__)

GROUPS = ("me", "superior", "unit", "bkd")
Text = str | Promise


@dataclass(frozen=True, slots=True)
class NavEntry:
    """One line of the rail. `count` is what waits there (None: nothing is counted).

    `short` stands in the phone bar; `phone` ranks for it, the three lowest win (None: only under "more").
    `icon` names a file of static/icons.
    """

    group: str
    label: Text
    url_name: str
    order: int
    count: int | None = None
    icon: str = "dot"
    short: Text = ""
    phone: int | None = None


@dataclass(frozen=True, slots=True)
class HomeCard:
    """A card of the home page, served at its own URL. `size` is a width class: "c4", "c5", "c7", "c8", "c12".

    `title` is shown while the card loads and links to the same URL where no script runs.
    """

    url_name: str
    order: int
    size: str = "c6"
    title: Text = ""


@dataclass(frozen=True, slots=True)
class NavContext:
    """What an app may lean on when it lists its entries."""

    now: datetime
    day: date
    request: HttpRequest


def modules() -> Iterator[ModuleType]:
    """The `navigation` module of every installed app that has one, in the order of INSTALLED_APPS."""
    for config in apps.get_app_configs():
        name = f"{config.name}.navigation"
        if config.name != "common" and find_spec(name) is not None:
            yield import_module(name)


def entries_for(user, context: NavContext) -> list[NavEntry]:
    """All entries this user reaches, by group, then order, then label; asked once per request."""
    cached = getattr(context.request, "_navigation_entries", None)
    if cached is not None:
        return cached
    found = [entry for module in modules() if hasattr(module, "entries") for entry in module.entries(user, context)]
    found = [entry for entry in found if leads_somewhere(entry)]
    found.sort(key=lambda entry: (GROUPS.index(entry.group), entry.order, str(entry.label)))
    context.request._navigation_entries = found  # type: ignore[attr-defined]
    return found


def home_cards_for(user) -> list[HomeCard]:
    """The cards of the home page, in order."""
    found = [card for module in modules() if hasattr(module, "home_cards") for card in module.home_cards(user)]
    return sorted(filter(leads_somewhere, found), key=lambda card: (card.order, card.url_name))


def entries_matching(user, context: NavContext, text: str) -> list[NavEntry]:
    """Entries whose label contains `text`, ignoring case; an empty text matches all."""
    wanted = text.casefold()
    return [entry for entry in entries_for(user, context) if wanted in str(entry.label).casefold()]


def leads_somewhere(entry: NavEntry | HomeCard) -> bool:
    """Whether the address exists. One wrong name must not take the frame of every page down; it is logged."""
    try:
        reverse(entry.url_name)
    except NoReverseMatch:
        logger.error("navigation names an address that does not exist: %s", entry.url_name)
        return False
    return True


def address_of(entry: NavEntry | HomeCard) -> str:
    return reverse(entry.url_name)
