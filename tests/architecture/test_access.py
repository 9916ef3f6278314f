"""One table lists every address with every role; an address that is not in it fails the suite."""

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.architecture.access import Row
from tests.architecture.access import config as config_rows
from tests.architecture.access import personnel as personnel_rows
from tests.cast import ROLES

MODULES = ["attendance", "worklogs", "talent", "schedules", "evaluation"]
# Django's own support pages; they are closed to everyone without `is_staff` by Django's own tests.
FOREIGN = {"admin"}


def _table() -> dict[str, Row]:
    table = {**config_rows.ACCESS, **personnel_rows.ACCESS}
    for name in MODULES:
        module = pytest.importorskip(f"tests.architecture.access.{name}")
        table |= module.ACCESS
    return table


ACCESS = _table()


def url_names(resolver: URLResolver | None = None, namespace: str = "") -> set[str]:
    found: set[str] = set()
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            if entry.namespace in FOREIGN:
                continue
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            found |= url_names(entry, inner)
        elif isinstance(entry, URLPattern):
            found.add(f"{namespace}{entry.name}")
    return found


def test_every_address_stands_in_the_table_and_nothing_else_does():
    assert url_names() == set(ACCESS)


@pytest.mark.parametrize("who", ["anonymous", *ROLES])
@pytest.mark.parametrize("name", sorted(ACCESS))
def test_access(cast, client_of, name, who):
    row = ACCESS[name]
    browser = client_of(None if who == "anonymous" else getattr(cast, who))
    browser.raise_request_exception = False

    response = getattr(browser, row.method.lower())(reverse(name, args=row.args(cast)), row.data(cast))

    assert response.status_code == row.statuses[who], f"{row.method} {name} as {who}"
