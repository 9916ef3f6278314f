"""The project: settings, URLs, Celery, the commands that run an office. It knows every app; no app knows it."""
