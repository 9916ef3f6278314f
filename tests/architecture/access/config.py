"""Addresses that belong to no app."""

from tests.architecture.access import row

ACCESS = {
    "home": row("GET", anonymous=302, everyone=200),
    "health": row("GET", anonymous=200, everyone=200),
    "offline": row("GET", anonymous=200, everyone=200),
    "service_worker": row("GET", anonymous=200, everyone=200),
    "design": row("GET", anonymous=302, everyone=403),
    "api_schema": row("GET", anonymous=401, everyone=200),
    "api_page": row("GET", anonymous=401, everyone=200),
}
