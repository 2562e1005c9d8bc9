"""Databases for the time of a run: files in a temporary folder, or databases on a server."""

import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
from psycopg import sql

from bench.client import BenchError
from bench.server import environment


@contextmanager
def filled_database(server, *, plans, years):
    """Yields the DATABASE_URL of a new database, filled; see data.fill().

    `server` is the address of a database on a PostgreSQL server, or None for SQLite.
    """
    with _postgresql(server) if server else _sqlite() as url:
        command = [sys.executable, "-m", "bench.data", str(plans), str(years)]
        if subprocess.run(command, env=environment(url), check=False).returncode:  # noqa: S603
            raise BenchError("the database could not be filled")
        yield url


@contextmanager
def _sqlite():
    with TemporaryDirectory(prefix="bench-") as folder:
        yield f"sqlite:///{Path(folder, 'bench.sqlite3')}"


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
