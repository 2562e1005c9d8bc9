"""Writes an export as XLSX: a sheet with the rows, and one that says what they are.

Each cell is written as what it is, a text, a number or a date, so that no text becomes a formula.
"""

from datetime import date, datetime, time
from math import ceil
from typing import BinaryIO

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from xlsxwriter import Workbook

from actions.export.columns import COLUMNS, cells_of
from actions.export.readme import facts_of
from actions.export.selection import Selection

# What Excel can hold: characters of a cell, and days from the first of this year.
LONGEST, FIRST_YEAR = 32_000, 1900
# By the languages of the site: Excel writes the name of the month in it.
DAYS = {"nl": "[$-413]d mmm yyyy", "en": "[$-809]d mmm yyyy"}
# The height of a line and of the highest row, in points; and the letters in the width of a digit.
LINE, HIGHEST, LETTERS = 15, 409, 1.1
HEIGHTS = 5_000
README_WIDTHS = (26, 90)
A4, A3 = 9, 8
# The same selection is the same file: nothing in it says when it was written.
WRITTEN = datetime(2000, 1, 1)  # noqa: DTZ001 office files have no time zones
OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


def write(selection: Selection, file: BinaryIO) -> None:
    with Workbook(file, OPTIONS) as book:
        book.set_properties(
            {
                "title": f"{selection.plan.title}, {selection.round.year}",
                "author": selection.plan.publisher,
                "created": WRITTEN,
            }
        )
        styles = {
            "head": {"bold": True, "bg_color": "#DCE7EA", "bottom_color": "#000000"},
            "text": {},
            "label": {"bold": True},
            "day": {"num_format": DAYS[get_language()]},
            "number": {"num_format": "0"},
        }
        common = {"valign": "top", "text_wrap": True, "align": "left", "indent": 1}
        common |= {"bottom": 1, "bottom_color": "#C5D3D7"}
        styles = {name: book.add_format({**common, **style}) for name, style in styles.items()}
        _write_rows(book.add_worksheet(_("Action points")), selection, styles)
        _write_readme(book.add_worksheet(_("Read me")), selection, styles)


def _write_rows(sheet, selection, styles):
    widths = [column.width for column in COLUMNS]
    _lay_out(sheet, widths, A3, pages=2)
    sheet.set_landscape()
    sheet.freeze_panes(1, 1)
    sheet.repeat_rows(0)
    sheet.repeat_columns(0)
    _write_row(sheet, 0, [(str(column.label), styles["head"]) for column in COLUMNS], widths)
    last = 0
    for last, row in enumerate(selection.rows(), 1):
        cells = [_cell(value, row.address, styles) for value in cells_of(row)]
        _write_row(sheet, last, cells, widths)
    sheet.autofilter(0, 0, last, len(COLUMNS) - 1)


def _write_readme(sheet, selection, styles):
    _lay_out(sheet, README_WIDTHS, A4, pages=1)
    label, text, head = styles["label"], styles["text"], styles["head"]
    rows = [
        *([(fact.label, label), (fact.text, text)] for fact in facts_of(selection)),
        [],
        [(_("Column"), head), (_("What it holds"), head)],
        *([(str(each.label), label), (str(each.meaning), text)] for each in COLUMNS),
    ]
    for at, cells in enumerate(rows):
        _write_row(sheet, at, cells, README_WIDTHS)


def _lay_out(sheet, widths, paper, *, pages):
    """Give columns their widths, and the sheet its place on paper: so many pages wide."""
    for at, width in enumerate(widths):
        sheet.set_column(at, at, width)
    sheet.set_paper(paper)
    sheet.fit_to_pages(pages, 0)


def _cell(value, address, styles):
    """A value as this format holds it, with its style."""
    if isinstance(value, date) and value.year >= FIRST_YEAR:
        return datetime.combine(value, time()), styles["day"]
    if isinstance(value, int):
        return value, styles["number"]
    text = str(value or "")
    if len(text) > LONGEST:
        goes_on = _("(cut off, the whole text is at %s)") % address
        text = f"{text[:LONGEST]}… {goes_on}"
    return text, styles["text"]


def _write_row(sheet, at_row, cells, widths):
    in_columns = zip(cells, widths, strict=False)
    lines = max((_lines(value, width) for (value, _style), width in in_columns), default=1)
    # Excel finds the height by itself, but other programs trust it to be given. What is given stays
    # in memory, and so not every row gets one.
    if at_row < HEIGHTS:
        sheet.set_row(at_row, min(lines * LINE, HIGHEST))
    for at, (value, style) in enumerate(cells):
        if isinstance(value, datetime):
            sheet.write_datetime(at_row, at, value, style)
        elif isinstance(value, int):
            sheet.write_number(at_row, at, value, style)
        else:
            # An empty text is an empty cell.
            sheet.write_string(at_row, at, value, style)


def _lines(value, width):
    """On how many lines a text stands in a column of this width."""
    lines = value.split("\n") if isinstance(value, str) else [""]
    return sum(ceil(len(line) / (width * LETTERS)) or 1 for line in lines)
