"""Settings, in sections. Every variable that the environment may set is listed in .env.example."""

import os
import re
from pathlib import Path

import dj_database_url
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _
from dotenv import load_dotenv

BASE_DIR = Path(__file__).resolve().parent.parent

load_dotenv(BASE_DIR / ".env")


# --- The environment ---------------------------------------------------------


def env_required(name):
    """The value of a variable that has no safe default."""
    if value := os.environ.get(name):
        return value
    raise ImproperlyConfigured(
        f"The environment variable {name} is not set. See .env.example for what it means; "
        "on a developer's machine `make setup` writes a .env file that sets it."
    )


def env_bool(name, *, default=False):
    value = os.environ.get(name, "").strip().lower()
    if value in {"", "0", "1", "true", "false"}:
        return value in {"1", "true"} if value else default
    raise ImproperlyConfigured(f"{name} must be 1 or 0 (true or false), not {value!r}.")


def env_int(name, *, default):
    value = os.environ.get(name, "").strip()
    if not value:
        return default
    if value.isascii() and value.isdigit():
        return int(value)
    raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.")


def env_url(name, *, default=None):
    """The address of a site, without a slash at its end: a path can follow it."""
    value = (os.environ.get(name) or default or env_required(name)).strip().rstrip("/")
    if re.fullmatch(r"https?://[^/\s?#]+(/[^\s?#]*)?", value):
        return value
    raise ImproperlyConfigured(
        f"{name} must be an address such as https://nap.example, not {value!r}."
    )


def env_email(name):
    """An e-mail address, or an empty text where none is named."""
    value = os.environ.get(name, "").strip()
    if not value or re.fullmatch(r"[^@\s<>\"]+@[^@\s<>\"]+\.[^@\s<>\"]+", value):
        return value
    raise ImproperlyConfigured(f"{name} must be one e-mail address, not {value!r}.")


def env_contact(name):
    """An e-mail address or that of a page, as an address that can be followed; or an empty text."""
    value = os.environ.get(name, "").strip()
    if value.startswith("https://"):
        return env_url(name)
    return f"mailto:{email}" if (email := env_email(name)) else ""


def env_list(name):
    return [item.strip() for item in os.environ.get(name, "").split(",") if item.strip()]


# --- Core --------------------------------------------------------------------

DEBUG = env_bool("DEBUG")
SECRET_KEY = env_required("SECRET_KEY")
ALLOWED_HOSTS = env_list("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = env_list("CSRF_TRUSTED_ORIGINS")
# Where links lead to in what leaves the site: mails, and files that are published for good.
SITE_URL = env_url("SITE_URL", default="http://127.0.0.1:8000" if DEBUG else None)

INSTALLED_APPS = [
    "actions",
    "reports",
    "napmonitor.admin.BeheerConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "csp",
    "django_filters",
    "django_prose_editor",
    "django_tables2",
    "simple_history",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "napmonitor.middleware.SessionThatWasUsed",
    "napmonitor.middleware.LanguageOfTheAddress",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "napmonitor.middleware.token_when_asked_for",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
]

ROOT_URLCONF = "napmonitor.urls"
WSGI_APPLICATION = "napmonitor.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "napmonitor.templates.LoaderByLanguage",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "libraries": {"frame": "napmonitor.frame"},
        },
    },
]


# --- Database ----------------------------------------------------------------

DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("DATABASE_URL") or f"sqlite:///{BASE_DIR / 'db.sqlite3'}"
    )
}
_database = DATABASES["default"]
if _database["ENGINE"] == "django.db.backends.sqlite3":
    # Write-ahead logging lets readers go on while someone writes; IMMEDIATE takes the write lock
    # at the start of a transaction, so that two writers queue instead of failing half way.
    _database["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
    # To open the file and set it up takes a good part of the time of a page.
    _database["CONN_MAX_AGE"] = 600
else:
    _database["ENGINE"] = "napmonitor.postgresql"
    _database["OPTIONS"] = {
        **_database.get("OPTIONS", {}),
        # As few connections as do the work: each remembers what it has done before.
        "pool": {"min_size": 1, "max_size": 8},
        # PostgreSQL plans a query longer than it answers it: what comes again is planned once.
        "server_side_binding": True,
        "prepare_threshold": 1,
    }

FIXTURE_DIRS = [BASE_DIR / "fixtures"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"


# --- Sign-in -----------------------------------------------------------------

LOGIN_URL = "admin:login"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]


# --- Mail --------------------------------------------------------------------

# Without a mail server, mails are printed on the console and nobody gets them. With one, we must
# know who writes, and we want to know it now: not when a mail is due.
EMAIL_HOST = os.environ.get("EMAIL_HOST", "").strip()
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'console'}.EmailBackend"
EMAIL_USE_TLS = env_bool("EMAIL_USE_TLS")
EMAIL_USE_SSL = env_bool("EMAIL_USE_SSL")
if EMAIL_USE_TLS and EMAIL_USE_SSL:
    raise ImproperlyConfigured(
        "Set EMAIL_USE_TLS (encryption begins after connecting) or EMAIL_USE_SSL (encrypted from "
        "the start), not both."
    )
EMAIL_PORT = env_int("EMAIL_PORT", default=25)
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
# Somebody who submits waits for it.
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env_required("DEFAULT_FROM_EMAIL") if EMAIL_HOST else "nap-monitor@localhost"


# --- Who answers for the site ------------------------------------------------

ORGANISATION = os.environ.get("ORGANISATION", "").strip() or "Ministerie van Buitenlandse Zaken"
CONTACT_EMAIL = env_email("CONTACT_EMAIL")
# An address of the web or of e-mail, as security.txt wants it.
SECURITY_CONTACT = env_contact("SECURITY_CONTACT")
ACCESSIBILITY_REGISTER_URL = os.environ.get("ACCESSIBILITY_REGISTER_URL", "").strip() and env_url(
    "ACCESSIBILITY_REGISTER_URL"
)
LOG_DAYS = env_int("LOG_DAYS", default=0)


# --- Kept in memory ----------------------------------------------------------

# Public pages as they were rendered, and what years say, in each process: a plan of 33 points has
# some 150 (6 MB).
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 300},
    },
    # How often a client asked for mails (reports/limits.py). Apart, so that it drives out no page.
    "limits": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "limits",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    },
}


# --- Language and time -------------------------------------------------------

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Dutch")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True


# --- Static files ------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}


# --- Security ----------------------------------------------------------------

# Behind a proxy that ends TLS, the proxy must set this header and strip it from the outside.
BEHIND_PROXY = env_bool("BEHIND_PROXY")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_SSL_REDIRECT = not DEBUG
SECURE_HSTS_SECONDS = 0 if DEBUG else 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = not DEBUG
SECURE_HSTS_PRELOAD = not DEBUG
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = not DEBUG
CSRF_COOKIE_SECURE = not DEBUG
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "actions.kept.csrf_failure"
X_FRAME_OPTIONS = "DENY"

# Public pages: our own files and nothing else, nothing inline. The admin widens this for the rich
# text editor, see napmonitor/admin.py.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
ADMIN_CONTENT_SECURITY_POLICY = {
    "script-src": [SELF, NONCE],
    "style-src": [SELF, "'unsafe-inline'"],
    "img-src": [SELF, "data:"],
}


# --- Other parts -------------------------------------------------------------

SIMPLE_HISTORY_HISTORY_CHANGE_REASON_USE_TEXT_FIELD = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "INFO"},
}
