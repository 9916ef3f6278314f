"""The product's settings on another day: the clock that Django hands out is moved by KOTAK9_LATER_SECONDS.

Only for walks that must see a day that has not come; nothing of the product reads any other clock.
"""

import os
from datetime import datetime, timedelta

from django.utils import timezone

from config.settings import *  # noqa: F403

SHIFT = timedelta(seconds=int(os.environ["KOTAK9_LATER_SECONDS"]))
_now = timezone.now


def _later() -> datetime:
    return _now() + SHIFT


timezone.now = _later
