"""The settings of a test run: those of the product, fixed, and with quick passwords."""

import os

os.environ.setdefault("DATABASE_URL", "sqlite:///test.sqlite3")
os.environ["SECRET_KEY"] = "only-for-tests"
os.environ["DEBUG"] = "0"
os.environ["ALLOWED_HOSTS"] = "testserver,localhost,127.0.0.1"
os.environ["EMAIL_HOST"] = ""
os.environ["SITE_URL"] = "https://nap.example"

from napmonitor.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# The test client speaks plain HTTP.
SECURE_SSL_REDIRECT = False
SESSION_COOKIE_SECURE = False
CSRF_COOKIE_SECURE = False
STORAGES = {
    **STORAGES,  # noqa: F405
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# What one test has seen of a page is nothing to another.
_NOTHING = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
CACHES = {"default": _NOTHING, "limits": _NOTHING}
