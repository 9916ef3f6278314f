"""The project itself as an app: its management commands."""

from django.apps import AppConfig


class ProjectConfig(AppConfig):
    name = "config"
    verbose_name = "Kotak9"

    def ready(self) -> None:
        from django.conf import settings
        from django.db.backends.sqlite3.base import DatabaseWrapper

        from config.celery import make_broker_folders

        # Django asks each new connection by a transaction of its own and, where that one finds the file
        # locked, believes for ever that SQLite knows no JSON. Every SQLite beside Python 3.11 knows it.
        DatabaseWrapper.features_class.supports_json_field = True  # type: ignore[assignment,method-assign]
        make_broker_folders(getattr(settings, "CELERY_BROKER_TRANSPORT_OPTIONS", {}))
