"""What pandoc leaves out of the files that it makes, put into their XML.

It looks for what pandoc writes word for word: the tests of the structure of the files tell when
another version writes otherwise.
"""

import re
import zipfile
from collections.abc import Callable
from datetime import date
from io import BytesIO
from xml.sax.saxutils import escape, quoteattr

from actions.richtext.html import clean_text

# A row of at most so many characters, about half a page, goes to the next page as a whole.
_SHORT_ROW = 1800
# With the footnotes of an ODT, which stand in the text.
_TAG = re.compile(r"<text:note .*?</text:note>|<[^>]*>", re.DOTALL)
_NO_DATE = (1980, 1, 1, 0, 0, 0)  # the first that a zip can have
# How far each level of a list stands in: narrow columns leave no room for more.
_INDENT_MM = 4
_INDENT_TWIPS = 227
# Between the margins: of the page that pandoc reckons with, and of our own.
_PANDOC_TWIPS = 7920
_PAGE_TWIPS = 14796


def docx(data: bytes, *, title: str, on: date | None, alt: str) -> bytes:
    return _changed(
        data,
        {
            "word/document.xml": lambda text: _docx_pictures(_docx_columns(_docx_rows(text)), alt),
            "word/numbering.xml": _docx_lists,
            "docProps/core.xml": lambda text: _properties(text, title, on),
        },
    )


def odt(data: bytes, *, title: str, on: date | None, alt: str) -> bytes:
    return _changed(
        data,
        {
            "content.xml": lambda text: _odt_pictures(
                _odt_links(_odt_lists(_odt_rows(_odt_cells(text)))), alt
            ),
            "meta.xml": lambda text: _properties(text, title, on),
        },
    )


def _changed(data: bytes, changes: dict[str, Callable[[str], str]]) -> bytes:
    """The zip with some of its files rewritten, in the same order. No date is that of today."""
    file = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(file, "w") as new:
        for entry in old.infolist():
            content = old.read(entry)
            if change := changes.get(entry.filename):
                content = change(content.decode()).encode()
            entry.date_time = _NO_DATE
            new.writestr(entry, content)
    return file.getvalue()


def _properties(text: str, title: str, on: date | None) -> str:
    """The title, which as metadata pandoc would also print, and the day of publication.

    A concept gets no dates, so that the same document is always the same file.
    """
    title = escape(clean_text(title))
    text = text.replace("<dc:title></dc:title>", f"<dc:title>{title}</dc:title>")
    if on:
        return text.replace("1970-01-01T", f"{on.isoformat()}T")
    return re.sub(r"<([\w:]+)[^<>]*>1970-01-01T[^<>]*</\1>", "", text)


def _is_short(row: str) -> bool:
    return len(_TAG.sub("", row)) <= _SHORT_ROW


# --- DOCX --------------------------------------------------------------------


def _docx_rows(text: str) -> str:
    def whole(row):
        if not _is_short(row[0]):
            return row[0]
        return row[0].replace("<w:tr>", "<w:tr><w:trPr><w:cantSplit/></w:trPr>", 1)

    return re.sub(r"<w:tr>\s*<w:tc>.*?</w:tr>", whole, text, flags=re.DOTALL)


def _docx_columns(text: str) -> str:
    """The columns as wide as they are on our page: what Word makes of others is its own affair."""

    def wider(column):
        return f'<w:gridCol w:w="{round(int(column[1]) * _PAGE_TWIPS / _PANDOC_TWIPS)}"'

    return re.sub(r'<w:gridCol w:w="(\d+)"', wider, text)


def _docx_pictures(text: str, alt: str) -> str:
    """In one of its two descriptions of a picture pandoc puts the whole of its bytes."""
    descr = f" descr={quoteattr(clean_text(alt))}"
    return re.sub(r' descr="[^"]*"', lambda _: descr, text)


def _docx_lists(text: str) -> str:
    def narrower(indent):
        level = int(indent[1]) // 720
        return f'<w:ind w:left="{level * _INDENT_TWIPS}" w:hanging="{_INDENT_TWIPS}"'

    return re.sub(r'<w:ind w:left="(\d+)" w:hanging="\d+"', narrower, text)


# --- ODT ---------------------------------------------------------------------

_ODT_STYLES = """
<style:style style:name="Rij" style:family="table-row">
  <style:table-row-properties fo:keep-together="always"/>
</style:style>
</office:automatic-styles>"""
_ODT_CELL = 'fo:border="0.5pt solid #9fb0b5" fo:padding="1mm" fo:padding-left="1.5mm"'


def _odt_cells(text: str) -> str:
    def bordered(style):
        fill = ' fo:background-color="#e2eef0"' if "Header" in style[1] else ""
        return f"{style[1]}<style:table-cell-properties {_ODT_CELL}{fill}/>"

    text = re.sub(
        r'(<style:style style:name="Table(?:Header)?RowCell"[^>]*>\s*)'
        r"<style:table-cell-properties[^>]*/>",
        bordered,
        text,
    )
    return text.replace('table:align="center"', 'table:align="left"')


def _odt_rows(text: str) -> str:
    def whole(row):
        if not _is_short(row[0]):
            return row[0]
        return row[0].replace("<table:table-row>", '<table:table-row table:style-name="Rij">', 1)

    text = re.sub(r"<table:table-row>.*?</table:table-row>", whole, text, flags=re.DOTALL)
    return text.replace("</office:automatic-styles>", _ODT_STYLES, 1)


def _odt_lists(text: str) -> str:
    """Lists in tables in the letters of tables, and all of them less far in."""
    tables = "".join(re.findall(r"<table:table .*?</table:table>", text, re.DOTALL))
    in_tables = set(re.findall(r'text:style-name="(P\d+)"', tables))

    def like_its_cell(style):
        return style[0].replace("Text_20_body", "Tabeltekst") if style[1] in in_tables else style[0]

    def narrower(position):
        indent = f"{round((float(position[1]) - 0.25) / 0.25) * _INDENT_MM}mm"
        return (
            f'text:list-tab-stop-position="{indent}" fo:text-indent="-{_INDENT_MM}mm" '
            f'fo:margin-left="{indent}"'
        )

    text = re.sub(r'<style:style style:name="(P\d+)"[^>]*>', like_its_cell, text)
    return re.sub(
        r'text:list-tab-stop-position="([\d.]+)in" fo:text-indent="[^"]*" fo:margin-left="[^"]*"',
        narrower,
        text,
    )


def _odt_links(text: str) -> str:
    """pandoc gives links a style of its own reference document."""
    return text.replace(
        '<text:span text:style-name="Definition">', '<text:span text:style-name="Internet_20_link">'
    )


def _odt_pictures(text: str, alt: str) -> str:
    said = f"<svg:desc>{escape(clean_text(alt))}</svg:desc></draw:frame>"
    return text.replace("</draw:frame>", said)
