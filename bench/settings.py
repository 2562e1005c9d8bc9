"""The settings of the measured servers: those of production, over plain HTTP on this machine.

Whoever starts the process gives the database as DATABASE_URL, and as BENCH_STATIC_ROOT the folder
with the static file that a file of a report is measured against. With BENCH_KEPT, pages are kept.
"""

import os
import secrets

os.environ["DEBUG"] = "0"
os.environ["SECRET_KEY"] = secrets.token_urlsafe(50)
os.environ["ALLOWED_HOSTS"] = "127.0.0.1"
os.environ["SITE_URL"] = "https://nap.example"

from napmonitor.settings import *  # noqa: F403

ROOT_URLCONF = "bench.urls"
SECURE_SSL_REDIRECT = False
TEMPLATES[0]["DIRS"].append(BASE_DIR / "bench" / "templates")  # noqa: F405
STATIC_ROOT = os.environ["BENCH_STATIC_ROOT"]
# Those of the site are not measured, and so need not be collected.
STORAGES["staticfiles"] = {  # noqa: F405
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}
if "BENCH_KEPT" not in os.environ:
    # What is measured is how a page is made, each time anew.
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
