"""The project itself as an app: its management commands."""

from django.apps import AppConfig


class ProjectConfig(AppConfig):
    name = "config"
    verbose_name = "Kotak9"

    def ready(self) -> None:
        from django.conf import settings

        from config.celery import make_broker_folders

        make_broker_folders(getattr(settings, "CELERY_BROKER_TRANSPORT_OPTIONS", {}))
