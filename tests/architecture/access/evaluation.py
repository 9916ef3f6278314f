"""Addresses of monitoring."""

from tests.architecture.access import row

ACCESS = {
    "evaluation:day_board": row(
        "GET", anonymous=302, everyone=403, officer=200, head=200, other_officer=200, bkd=200, inspector=200
    ),
}
