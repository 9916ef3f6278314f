"""Celery: the application and the whole beat table, one reason per line."""

import os
from pathlib import Path

from celery import Celery
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("kotak9")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


def make_broker_folders(options: dict[str, object]) -> None:
    """The filesystem broker needs its folders before the first message."""
    for name in ("data_folder_in", "data_folder_out", "processed_folder", "control_folder"):
        if name in options:
            Path(str(options[name])).mkdir(parents=True, exist_ok=True)


app.conf.beat_schedule = {
    # A correction, a leave or a holiday entered now should stand in the week's sum within a minute.
    "recompute marked days": {"task": "attendance.tasks.recompute_marked", "schedule": 30.0},
    # A minute after a deed its audit row can no longer be changed unseen.
    "seal the audit trail": {"task": "personnel.tasks.seal_audit", "schedule": 60.0},
    # Absences, forgotten clock-outs and free days of yesterday get their rows once no press can belong to it any more.
    "close ended days": {"task": "attendance.tasks.close_days", "schedule": crontab(hour=4, minute=30)},
    # Before the offices open, so that what waited too long lies in the next superior's inbox in the morning.
    "pass up waiting logs": {"task": "worklogs.tasks.escalate_waiting", "schedule": crontab(hour=5, minute=15)},
    # Codes and sessions are not kept longer than they open anything.
    "remove expired access": {"task": "personnel.tasks.remove_expired_access", "schedule": crontab(hour=3, minute=45)},
    # Jobs of a worker that died are found by their heartbeat, so that nobody waits for an eternal bar.
    "fail dead jobs": {"task": "personnel.tasks.fail_dead_jobs", "schedule": crontab(minute="*/2")},
}
