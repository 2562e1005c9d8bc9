"""Databases for the time of a run: files in a temporary folder, or databases on a server."""

import os
import subprocess
import sys
from contextlib import contextmanager, nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
from psycopg import sql

from bench.client import BenchError


@contextmanager
def filled_database(server, *, plans, years):
    """Yields the environment of processes that use a new database, filled; see data.fill().

    `server` is the address of a database on a PostgreSQL server, or None for SQLite.
    """
    with TemporaryDirectory(prefix="bench-") as folder, _database(server, Path(folder)) as url:
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "bench.settings",
            "DATABASE_URL": url,
            "BENCH_STATIC_ROOT": str(Path(folder, "static")),
        }
        command = [sys.executable, "-m", "bench.data", str(plans), str(years)]
        if subprocess.run(command, env=environment, check=False).returncode:  # noqa: S603
            raise BenchError("the database could not be filled")
        yield environment


def _database(server, folder):
    return _postgresql(server) if server else nullcontext(f"sqlite:///{folder / 'bench.sqlite3'}")


@contextmanager
def _postgresql(server):
    name = f"bench_{uuid4().hex}"
    _execute(server, "CREATE DATABASE {}", name)
    try:
        yield urlsplit(server)._replace(path=f"/{name}").geturl()
    finally:
        _execute(server, "DROP DATABASE {} WITH (FORCE)", name)


def _execute(server, statement, name):
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(sql.Identifier(name)))
