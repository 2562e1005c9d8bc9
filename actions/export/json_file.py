"""Writes an export as JSON: what there is to say of it, and its rows.

The keys are English and stay as they are, whatever the language of the page.
"""

import json
from collections.abc import Iterator

from actions.export.columns import data_of
from actions.export.readme import metadata_of
from actions.export.selection import Selection


def write(selection: Selection) -> Iterator[str]:
    """The file, a row at a time."""
    return _pieces(metadata_of(selection), selection.rows())


def _pieces(metadata, rows) -> Iterator[str]:
    yield f'{{"metadata": {_json(metadata)},\n"rows": ['
    between = "\n"
    for row in rows:
        yield between + _json(data_of(row))
        between = ",\n"
    yield "\n]}\n"


def _json(value) -> str:
    return json.dumps(value, ensure_ascii=False)
