"""Processes beside that of the test, which work on what its database holds.

The database of a test on SQLite lives in memory, where no other process sees it: they get a copy of
it in a folder, and what they write is seen through that alone, until it is taken back.
"""

import os
import sqlite3
from contextlib import closing

from django.db import connection


def environment(folder):
    """The environment of a process that uses the database as it is now."""
    return {
        **os.environ,
        "DATABASE_URL": _database_url(folder),
        "DJANGO_SETTINGS_MODULE": "tests.settings",
    }


def take_back(folder):
    """Let the test see what the others have written."""
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(_copy(folder))) as copy:
            copy.backup(connection.connection)


def _database_url(folder):
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(_copy(folder))])
        return f"sqlite:///{_copy(folder)}"
    host = database["HOST"].replace("/", "%2F")
    account = f"{database['USER']}:{database['PASSWORD']}".rstrip(":")
    port = f":{database['PORT']}" if database["PORT"] else ""
    return f"postgres://{account}@{host}{port}/{database['NAME']}"


def _copy(folder):
    return folder / "copy.sqlite3"
