"""Background entry points of the log."""

import logging

from celery import shared_task
from django.utils import timezone

from worklogs import actions

logger = logging.getLogger(__name__)


@shared_task(acks_late=True, ignore_result=True)
def escalate_waiting(**_: object) -> int:
    """Pass up what waited too long; at most 1,000 entries a run, the oldest first. Safe to run twice."""
    moved = actions.escalate_waiting(now=timezone.now())
    if moved:
        logger.info("%s log entries passed up to the next superior", moved)
    return moved
