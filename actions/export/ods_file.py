"""Writes an export as an OpenDocument spreadsheet: the rows, and a sheet that says what they are.

No library that is kept up writes one without holding it whole, or with columns of a width. The
part that has rows is written as XML events, which escape every text; what is always the same lies
ready in the folder `ods`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from io import TextIOWrapper
from pathlib import Path
from string import Template
from typing import BinaryIO
from xml.sax.saxutils import XMLGenerator, escape
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from actions.export.columns import COLUMNS, cells_of
from actions.export.formats import MEDIA_TYPES, Format
from actions.export.readme import facts_of
from actions.export.selection import Selection

READY = Path(__file__).parent / "ods"
NAMES = {
    f"xmlns:{name}": f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"
    for name in ("office", "style", "table", "text")
}
COUNTRIES = {"nl": "NL", "en": "GB"}
README_WIDTHS = (26, 90)
# The width of a digit, by which columns are measured.
CENTIMETRES = 0.2


def write(selection: Selection, file: BinaryIO) -> None:
    language = get_language()
    names = {
        "SHEET": escape(_("Action points")),
        "LANGUAGE": language,
        "COUNTRY": COUNTRIES[language],
    }
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        # First and not compressed, so that the kind of the file can be seen from its beginning.
        archive.writestr(_part("mimetype", ZIP_STORED), MEDIA_TYPES[Format.ODS])
        for part, ready in (
            ("META-INF/manifest.xml", "manifest.xml"),
            ("styles.xml", "styles.xml"),
            ("settings.xml", "settings.xml"),
        ):
            text = Template((READY / ready).read_text("utf-8")).substitute(names)
            archive.writestr(_part(part), text)
        with (
            archive.open(_part("content.xml"), "w", force_zip64=True) as content,
            TextIOWrapper(content, "utf-8", write_through=False) as text,
        ):
            _Content(text).write(selection)


def _part(name: str, compression: int = ZIP_DEFLATED) -> ZipInfo:
    """A part without the time of writing: the same selection is the same file."""
    part = ZipInfo(name)
    part.compress_type = compression
    return part


class _Content:
    """`content.xml`, event by event."""

    def __init__(self, file):
        self.xml = XMLGenerator(file, "utf-8", short_empty_elements=True)

    @contextmanager
    def element(self, name: str, attributes: dict[str, str] | None = None) -> Iterator[None]:
        self.xml.startElement(name, attributes or {})
        yield
        self.xml.endElement(name)

    def write(self, selection: Selection) -> None:
        self.xml.startDocument()
        with self.element("office:document-content", {**NAMES, "office:version": "1.3"}):
            with self.element("office:automatic-styles"):
                self.sheet_style("wide")
                self.sheet_style("tall")
                for width in sorted({*README_WIDTHS, *(each.width for each in COLUMNS)}):
                    self.column_style(width)
            with self.element("office:body"), self.element("office:spreadsheet"):
                number = self.rows(selection)
                self.readme(selection)
                self.filters(number)
        self.xml.endDocument()

    def sheet_style(self, page: str) -> None:
        style = {"style:family": "table", "style:master-page-name": page, "style:name": page}
        with self.element("style:style", style):
            pass

    def column_style(self, width: int) -> None:
        with self.element(
            "style:style", {"style:family": "table-column", "style:name": f"w{width}"}
        ):
            size = {"style:column-width": f"{width * CENTIMETRES:.2f}cm"}
            with self.element("style:table-column-properties", size):
                pass

    def rows(self, selection: Selection) -> int:
        """The sheet of the rows; returns how many there are, the heads among them."""
        with self.sheet(_("Action points"), "wide", [each.width for each in COLUMNS]):
            with self.element("table:table-header-rows"):
                self.row(["head"] * len(COLUMNS), [str(each.label) for each in COLUMNS])
            number = 1
            for row in selection.rows():
                self.row(["text"] * len(COLUMNS), cells_of(row))
                number += 1
        return number

    def filters(self, number: int) -> None:
        """Buttons in the heads, with which to choose rows."""
        name = _("Action points").replace("'", "''")
        last = chr(ord("A") + len(COLUMNS) - 1)
        of_rows = {
            "table:name": "filter",
            "table:target-range-address": f"'{name}'.A1:'{name}'.{last}{number}",
            "table:display-filter-buttons": "true",
        }
        with self.element("table:database-ranges"), self.element("table:database-range", of_rows):
            pass

    def readme(self, selection: Selection) -> None:
        with self.sheet(_("Read me"), "tall", README_WIDTHS):
            for fact in facts_of(selection):
                self.row(["label", "text"], [fact.label, fact.text])
            self.row(["text"], [None])
            self.row(["head", "head"], [_("Column"), _("What it holds")])
            for each in COLUMNS:
                self.row(["label", "text"], [str(each.label), str(each.meaning)])

    @contextmanager
    def sheet(self, name: str, page: str, widths) -> Iterator[None]:
        with self.element("table:table", {"table:name": name, "table:style-name": page}):
            first, *others = widths
            # On paper the first column comes again on each page, as the heads do.
            with self.element("table:table-header-columns"):
                self.column(first)
            for width in others:
                self.column(width)
            yield

    def column(self, width: int) -> None:
        with self.element("table:table-column", {"table:style-name": f"w{width}"}):
            pass

    def row(self, styles, values) -> None:
        with self.element("table:table-row"):
            for style, value in zip(styles, values, strict=True):
                self.cell(style, value)

    def cell(self, style: str, value) -> None:
        """A cell as what it is: a text, a number, a date, or empty."""
        if isinstance(value, date):
            kind = {"office:value-type": "date", "office:date-value": value.isoformat()}
            style = "day"
        elif isinstance(value, int):
            kind = {"office:value-type": "float", "office:value": str(value)}
            style = "number"
        else:
            kind = {"office:value-type": "string"} if value else {}
        with self.element("table:table-cell", {"table:style-name": style, **kind}):
            for line in str(value).split("\n") if value else ():
                with self.element("text:p"):
                    self.xml.characters(line)
