"""Writes an export as CSV (RFC 4180), with the mark by which spreadsheets know UTF-8.

It holds the heads and the rows and nothing else, so that a program can read it without knowing
what to skip: what there is to say of it stands on a page of its own.
"""

import csv
import re
from collections.abc import Iterator

from actions.export.columns import COLUMNS, cells_of
from actions.export.selection import Selection

UTF_8_MARK = "\ufeff"
# A spreadsheet takes what begins so for a formula, in whatever width the sign is written.
FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]")
NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)*")


class _Echo:
    """The file that `csv` writes to: it hands the line back."""

    def write(self, line):
        return line


def write(selection: Selection) -> Iterator[str]:
    """The file, a line at a time."""
    writer = csv.writer(_Echo(), delimiter=selection.separator)
    heads = [str(column.label) for column in COLUMNS]
    return _lines(writer, heads, selection.rows())


def _lines(writer, heads, rows) -> Iterator[str]:
    yield UTF_8_MARK + writer.writerow(heads)
    for row in rows:
        yield writer.writerow(map(harmless, cells_of(row)))


def harmless(value):
    """A value that no spreadsheet takes for a formula: an apostrophe makes it a text."""
    if isinstance(value, str) and FORMULA.match(value) and not NUMBER.fullmatch(value):
        return f"'{value}"
    return value
