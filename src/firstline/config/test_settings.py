"""Settings of the test suite: the application's role on a database of its own, which is never the serving one."""

import re
import tempfile
from pathlib import Path

from firstline.config.env import SettingsError
from firstline.config.installation import environment, suite_cluster
from firstline.config.settings import *  # noqa: F403
from firstline.config.settings import DATABASES, INSTALLED_APPS, STORAGES
from firstline.database import roles

SECRET_KEY = "not a secret: signs sessions of tests only"  # noqa: S105
_suffix = environment.text("FIRSTLINE_TEST_DB", "")
if not re.fullmatch(r"[a-z0-9_]{0,30}", _suffix):
    raise SettingsError("FIRSTLINE_TEST_DB may hold lower-case letters, digits and _ only.")
TEST_CLUSTER = suite_cluster()
DATABASES["default"] |= {
    "NAME": f"test_{_suffix}" if _suffix else "test",
    "USER": roles.APPLICATION,
    "PASSWORD": "",
    "HOST": str(TEST_CLUSTER.socket_directory),
    "CONN_MAX_AGE": 0,
    "CONN_HEALTH_CHECKS": False,
}
DATABASES["owner"] = DATABASES["default"] | {"USER": roles.OWNER}

INSTALLED_APPS.append("django_linear_migrations")
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
# Static files are looked for when asked for: every test client has middleware of its own, and each would list them all.
WHITENOISE_AUTOREFRESH = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
_keys = tempfile.TemporaryDirectory(prefix="firstline-test-keys-")  # gone when the run ends
FIRSTLINE_KEY_FOLDER = Path(_keys.name)
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]

# Nothing of a test is ever sent: a test that wants a channel sets one up.
FIRSTLINE_EMAIL = None
FIRSTLINE_SMS_FOLDER = Path(_keys.name) / "sms"
