"""Settings of the test suite: the same product, with a cheap password hash and nothing left on disk.

It stands beside the settings, not inside them: what it puts into the environment must come before they are read.
"""

import atexit
import os
import shutil
import tempfile

if "KOTAK9_HOME" not in os.environ:
    _home = tempfile.mkdtemp(prefix="kotak9-test-")
    os.environ["KOTAK9_HOME"] = _home
    atexit.register(shutil.rmtree, _home, ignore_errors=True)
os.environ.setdefault("SECRET_KEY", "only-for-tests-" + "x" * 40)

from config.settings import *  # noqa: F403
from config.settings import DATABASES, IS_EMBEDDED

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
SECURE_SSL_REDIRECT = False
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
CELERY_BROKER_URL = "memory://"
CELERY_BROKER_TRANSPORT_OPTIONS = {}
AXES_ENABLED = False
if IS_EMBEDDED:
    DATABASES["default"]["TEST"] = {"NAME": ":memory:"}
