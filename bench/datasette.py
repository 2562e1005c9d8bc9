"""Datasette, with the rows of our table: what the table is measured against.

The rows come from the JSON that the site offers of its table, in a database of their own, opened as
one that never changes, which is what Datasette is quickest with. The page shows the columns of
ours, cut at the same length, and counts by the filters of ours; all else is as Datasette comes.
"""

import json
import os
import sqlite3
import sys
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import pages
from bench.client import Connection
from bench.server import running

SHOWN = ("number", "title", "goal", "responsibility", "timeline", "status", "explanation")
COUNTED = ("year", "pillar", "theme", "status")
# Of these a row has several; Datasette counts each of them.
COUNTED_EACH = "organisations"
# As in actions/rows.py, which cannot be read here: this process knows no Django.
EXCERPT_LENGTH = 200

_DATABASE = "BENCH_DATASETTE"
_COLUMNS = tuple(dict.fromkeys((*SHOWN, *COUNTED, COUNTED_EACH)))

TABLE = "/plan/points?" + "&".join(
    [
        *(f"_col={name}" for name in SHOWN),
        *(f"_facet={name}" for name in COUNTED),
        f"_facet_array={COUNTED_EACH}",
    ]
)


def app():
    """Datasette on the database that the environment names."""
    from datasette.app import Datasette

    settings = {"truncate_cells_html": EXCERPT_LENGTH}
    return Datasette(immutables=[os.environ[_DATABASE]], settings=settings).app()


@contextmanager
def serving(site: Connection):
    """Yields the port on which Datasette serves the rows that the site shows in its table."""
    with TemporaryDirectory(prefix="bench-") as folder:
        database = Path(folder, "plan.sqlite3")
        fill(database, json.loads(site.get(pages.EXPORT))["rows"])
        command = [sys.executable, "-m", "uvicorn", "--log-level=warning"]
        command += ["--factory", f"{__name__}:app"]
        environment = {**os.environ, _DATABASE: str(database)}
        with running(command, "--fd={}", environment) as port:
            yield port


def fill(database: Path, rows: list[dict]):
    names, places = ", ".join(_COLUMNS), ", ".join("?" * len(_COLUMNS))
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute(f"CREATE TABLE points ({names}, PRIMARY KEY (number))")
        connection.executemany(
            f"INSERT INTO points ({names}) VALUES ({places})",  # noqa: S608 all of it is ours
            [[_value(row[name]) for name in _COLUMNS] for row in rows],
        )


def _value(value):
    if isinstance(value, list):
        return json.dumps([each["abbreviation"] or each["name"] for each in value])
    return value
