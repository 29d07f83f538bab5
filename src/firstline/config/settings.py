"""Settings of the serving process. It knows the application's database role only; see `owner_settings`."""

from __future__ import annotations

import ipaddress
from typing import Any, cast
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

from firstline.config import logs
from firstline.config.env import SettingsError, database_parts, mail_parts
from firstline.config.installation import (
    DATABASE_URL,
    DEMONSTRATION,
    ROOT,
    VAR,
    embedded_cluster,
    environment,
    secret_key,
)
from firstline.database import roles
from firstline.database.embedded import PORT

SECRET_KEY = secret_key()
DEBUG = environment.boolean("FIRSTLINE_DEBUG", default=False)

# --- How people reach us
ORIGIN = environment.text("FIRSTLINE_ORIGIN", "http://127.0.0.1:8000").rstrip("/")
_origin = urlsplit(ORIGIN)
if _origin.scheme not in {"http", "https"} or not _origin.hostname or _origin.path:
    raise SettingsError("FIRSTLINE_ORIGIN must look like https://firstline.example.")
_secure = _origin.scheme == "https"


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


_plain_http_accepted = environment.boolean("FIRSTLINE_ALLOW_PLAIN_HTTP", default=False)
if not _secure and not _is_loopback(_origin.hostname) and not _plain_http_accepted:
    raise SettingsError(
        "FIRSTLINE_ORIGIN is plain http on an address others can reach: passwords and names would travel in clear. "
        "Use https, or set FIRSTLINE_ALLOW_PLAIN_HTTP=true on a network you trust."
    )
if DEBUG and not _is_loopback(_origin.hostname):
    raise SettingsError("FIRSTLINE_DEBUG shows source code to anybody; it needs a FIRSTLINE_ORIGIN of this machine.")
ALLOWED_HOSTS = sorted({_origin.hostname, "127.0.0.1", "localhost", *environment.words("FIRSTLINE_HOSTS")})
if "*" in ALLOWED_HOSTS:
    raise SettingsError("FIRSTLINE_HOSTS must list names; * would let a foreign page pass for ours.")
CSRF_TRUSTED_ORIGINS = [ORIGIN] if _secure else []
TRUSTED_PROXIES = environment.integer("FIRSTLINE_TRUSTED_PROXIES", 0, least=0, most=5)
if TRUSTED_PROXIES and _secure:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = _secure
SESSION_COOKIE_AGE = 12 * 3600  # a day at the desk; a session found on a lost phone is dead by the next morning
# At a shared desk nobody walks off with a page of names open; see accounts/desk_lock.py.
FIRSTLINE_LOCK_MINUTES = environment.integer("FIRSTLINE_LOCK_MINUTES", 10, least=1, most=720)
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True  # htmx takes the token from the page
CSRF_FAILURE_VIEW = "firstline.kernel.pages.csrf_failure"
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if _secure else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# --- Apps
INSTALLED_APPS = [
    "procrastinate.contrib.django",
    "firstline.kernel.apps.KernelConfig",
    "firstline.audit.apps.AuditConfig",
    "firstline.notify.apps.NotifyConfig",
    "firstline.places.apps.PlacesConfig",
    "firstline.accounts.apps.AccountsConfig",
    "firstline.response.apps.ResponseConfig",
    "firstline.workforce.apps.WorkforceConfig",
    "firstline.registry.apps.RegistryConfig",
    "firstline.census.apps.CensusConfig",
    "firstline.sync.apps.SyncConfig",
    # After all who register what can be missing: each kind gets its messages.
    "firstline.gaps.apps.GapsConfig",
    "firstline.web.apps.WebConfig",
    "firstline.drill.apps.DrillConfig",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "firstline.notify.polling.AnswerPolls",
    "firstline.config.middleware.RequestLog",
    "django.middleware.security.SecurityMiddleware",
    "firstline.config.middleware.ContentSecurityPolicy",
    "firstline.sync.devices_first.DevicesFirst",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "firstline.config.urls"
WSGI_APPLICATION = "firstline.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "firstline.response.context_processors.emergency",
                "firstline.web.context_processors.navigation",
            ]
        },
    }
]

# --- Database: the application's role; who migrates uses `owner_settings`
_embedded = embedded_cluster()
if _embedded is None:
    _database = database_parts("DATABASE_URL", DATABASE_URL or "")
    if _database["USER"] in {roles.OWNER, "postgres"}:
        raise SettingsError(f"DATABASE_URL must log in as the application ({roles.APPLICATION}), not as an owner.")
else:
    _database = {
        "NAME": roles.DATABASE,
        "USER": roles.APPLICATION,
        "HOST": str(_embedded.socket_directory),
        "PORT": str(PORT),
    }
DATABASES = {
    "default": {
        "ENGINE": "firstline.kernel.postgresql",
        **_database,
        # A thread of the server keeps its session; a restarted database is noticed, not reported as an error.
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        # Only of cursors that ask for it (`kernel/prepared.py`); Django's own prepare nothing.
        "OPTIONS": {**cast("dict[str, Any]", _database.get("OPTIONS", {})), "prepare_threshold": 5},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    # Login limits must hold over all server processes; a table does, and needs no second service.
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "kernel_cache"}
}
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
FIRSTLINE_JOBS = environment.integer("FIRSTLINE_JOBS", 1, least=1, most=8)
FIRSTLINE_KEY_FOLDER = environment.path("FIRSTLINE_KEY_FOLDER", VAR / "keys")
FIRSTLINE_DEMONSTRATION = DEMONSTRATION
FIRSTLINE_DIVISIONS = environment.path("FIRSTLINE_DIVISIONS", VAR / "divisions.csv.gz")
# After its end an emergency's data is kept so long; then two people, so many hours apart at most, may destroy its keys.
FIRSTLINE_KEEP_DAYS = environment.integer("FIRSTLINE_KEEP_DAYS", 180, least=0, most=36_500)
FIRSTLINE_DESTRUCTION_HOURS = environment.integer("FIRSTLINE_DESTRUCTION_HOURS", 72, least=1, most=720)

# --- Messages that leave the house (docs/guide: notifications)
FIRSTLINE_EMAIL = mail_parts("FIRSTLINE_EMAIL_URL", environment.secret("FIRSTLINE_EMAIL_URL") or "")
DEFAULT_FROM_EMAIL = environment.text("FIRSTLINE_EMAIL_FROM", f"firstline@{_origin.hostname}")
if FIRSTLINE_EMAIL:
    EMAIL_HOST, EMAIL_PORT = FIRSTLINE_EMAIL.host, FIRSTLINE_EMAIL.port
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = FIRSTLINE_EMAIL.user, FIRSTLINE_EMAIL.password
    EMAIL_USE_SSL = FIRSTLINE_EMAIL.tls == "at once"
    # A mail server on this machine needs no TLS; on the way to another one addresses would be read.
    EMAIL_USE_TLS = not EMAIL_USE_SSL and not _is_loopback(FIRSTLINE_EMAIL.host)
EMAIL_TIMEOUT = 10
# Hosts that robots may have besides the vendors' own: a group's robot must not open the server's network.
FIRSTLINE_ROBOT_HOSTS = environment.hosts("FIRSTLINE_ROBOT_HOSTS")
FIRSTLINE_SMS_ADAPTER = environment.text("FIRSTLINE_SMS_ADAPTER", "firstline.notify.channels.sms.ToFiles")
FIRSTLINE_SMS_FOLDER = VAR / "sms"

# --- Logging in
AUTH_USER_MODEL = "accounts.Login"
AUTHENTICATION_BACKENDS = ["firstline.accounts.login.LoginBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "firstline.accounts.login.LoginAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
# Wrong passwords: five in five minutes for one name; an office behind one address has many names.
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "5/5m/key,30/5m/ip"}
MFA_ADAPTER = "firstline.accounts.second_factor.adapter.SecondFactorAdapter"
MFA_FORMS = {"authenticate": "firstline.accounts.second_factor.forms.CodeForm"}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "第一道防线"
MFA_TOTP_PERIOD = 30
# Phones' clocks are rarely more than half a minute off; a wider window is a longer one for guesses.
MFA_TOTP_TOLERANCE = 1
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES

# --- Language, time
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
LOCALE_PATHS = [ROOT / "src" / "firstline" / "locale"]
USE_I18N = USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

# --- Static files
STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [path for path in [ROOT / "frontend" / "dist"] if path.exists()]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG
# Names with a hash of the content never change: Django's own (12 digits), and those the field client's build gave.
WHITENOISE_IMMUTABLE_FILE_TEST = r"\.[0-9a-f]{12}\.|^/static/field/assets/"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# --- Uploads: a property company's list, not a film
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
# A grid posts all its cells: 500 lines of a typed list have eight each.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 6_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024
# In memory only: a temporary file would hold names in clear, outlive a crash, and be found.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]

LOGGING_CONFIG = None
logs.configure(environment.choice("FIRSTLINE_LOG_LEVEL", "INFO", ["DEBUG", "INFO", "WARNING", "ERROR"]))

environment.refuse_unknown()
