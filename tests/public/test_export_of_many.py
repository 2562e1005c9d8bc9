"""The table as files when there are many rows: what it asks of the database, and holds of it."""

from importlib import import_module

import pytest
from django.db.models.sql import compiler

from tests import factories
from tests.public.reading_exports import column_of, every_format


@pytest.fixture
def many(nap):
    """Some hundreds of points more in 2023."""

    def add(number):
        theme = nap.points[3].theme
        for at in range(number):
            point = factories.action_point(theme=theme, title=f"Punt {at}")
            factories.responsibility(action_point=point, organisation=nap.bz)
            factories.status_entry(
                action_point=point,
                round=nap.rounds[2023],
                status=nap.late,
                explanation=f"<p>Zo stond Kamerstuk 26 485, nr. {at + 1}</p>",
            )
        factories.publish(nap.rounds[2023])

    return add


@every_format
def test_number_of_queries_does_not_grow_with_rows(
    download, nap, many, name, django_assert_num_queries
):
    query = {"organisatie": "BZ", "q": "stond", "sort": "-status"}
    for rows in (0, 30):
        many(rows)
        with django_assert_num_queries(6):
            content = download(name, **query)
        assert len(column_of(name, content, "Number")) == rows + 2


@pytest.mark.parametrize(
    ("name", "writes"),
    [
        ("csv", "csv_file.cells_of"),
        ("xlsx", "xlsx_file.cells_of"),
        ("ods", "ods_file.cells_of"),
        ("json", "json_file.data_of"),
    ],
)
def test_rows_are_read_as_they_are_written(download, many, monkeypatch, name, writes):
    """However many rows there are, no more than a chunk of them is in memory."""
    many(300)
    read, ahead = [0], []
    module, _, function = f"actions.export.{writes}".rpartition(".")
    write, fetch = getattr(import_module(module), function), compiler.cursor_iter

    def fetch_and_count(*args):
        for rows in fetch(*args):
            read[0] += len(rows)
            yield rows

    def write_and_count(row):
        ahead.append(read[0] - len(ahead))
        return write(row)

    monkeypatch.setattr(compiler, "cursor_iter", fetch_and_count)
    monkeypatch.setattr(f"actions.export.{writes}", write_and_count)
    monkeypatch.setattr("actions.export.selection.CHUNK", 20)
    download(name)
    assert len(ahead) == 304
    assert max(ahead) <= 30
