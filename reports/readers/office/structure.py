"""Finds the parts of a report in pandoc's tree of an office file.

A document says with heading styles where its parts begin, or with bare paragraphs: those are known
by their words, or by standing above a table. What our own file counts out of the other parts, the
overview and the list of cited papers, is passed over, but for the labels that the overview lists.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from django.utils.translation import gettext as _

from actions.wording import title_key
from reports import printed
from reports.document import (
    Change,
    Changes,
    Label,
    PillarPart,
    ReportDocument,
    Row,
    Section,
    ThemePart,
)
from reports.errors import ReportError
from reports.readers import layout
from reports.readers.layout import shortened
from reports.readers.office.cover import read_cover
from reports.readers.office.rich import (
    has_merged_cells,
    is_listed,
    plain,
    plain_text,
    rich,
    table_rows,
)

_NUMBER_AND_TITLE = re.compile(rf"({printed.NUMBER.pattern})\s+(\S.*)")


def document_of(tree: dict) -> ReportDocument:
    return _Report().read(tree)


class _Piece(NamedTuple):
    """A block of the document with its text. `level` is that of a heading; 0 for what is none."""

    block: dict
    text: str
    level: int

    @property
    def is_table(self) -> bool:
        return self.block["t"] == "Table"


@dataclass
class _Section:
    title: str
    level: int
    body: list[dict] = field(default_factory=list)


@dataclass
class _Theme:
    title: str
    rows: list[Row] = field(default_factory=list)


@dataclass
class _Pillar:
    number: int
    title: str
    level: int
    description: list[dict] = field(default_factory=list)
    themes: list[_Theme] = field(default_factory=list)


class _Report:
    """Goes through the blocks once.

    `pending` holds blocks of which a later one tells what they are: the last paragraph before a
    table is the title of its theme, unless that stands in a heading.
    """

    def __init__(self):
        self.cover: list[str] = []
        self.sections: list[_Section] = []
        self.pillars: list[_Pillar] = []
        self.theme: _Theme | None = None
        self.pending: list[_Piece] = []
        self.tables = 0
        self.labels: list[Label] = []
        self.since: int | None = None
        self.changes: list[Change] = []

    def read(self, tree: dict) -> ReportDocument:
        pieces = list(_pieces(tree))
        self.has_headings = any(piece.level for piece in pieces)
        self.has_pillar_headings = any(
            piece.level and layout.pillar(piece.text) for piece in pieces
        )
        take = self._take_cover
        for piece in pieces:
            take = take(piece) or take
        self._refuse_pending()
        return self._document()

    # Each of these takes a piece, and returns what takes the next where that changes.

    def _take_cover(self, piece):
        if piece.text.casefold() in layout.CONTENTS:
            return self._take_contents
        if self._begins_text(piece):
            return self._take_texts(piece) or self._take_texts
        if piece.text:
            self.cover.append(piece.text)
        return None

    def _take_contents(self, piece):
        if self._begins_text(piece):
            return self._take_texts(piece) or self._take_texts
        return None

    def _begins_text(self, piece):
        """A heading; where there are none, the word "Inleiding" or "Pijler" alone on a line."""
        if self.has_headings:
            return piece.level > 0 and piece.text.casefold() not in layout.CONTENTS
        return piece.text.casefold() == layout.INTRODUCTION or self._begins_pillar(piece)

    def _take_texts(self, piece):
        if self._begins_pillar(piece):
            return self._take_pillars(piece) or self._take_pillars
        if take := self._derived(piece):
            return take
        if piece.is_table and _has_header(piece):
            raise ReportError(
                _("Above this table there is no heading “Pijler”: %s.") % self._next_table()
            )
        if self._begins_section(piece):
            self.sections.append(_Section(piece.text, piece.level))
        else:
            self.sections[-1].body.append(piece.block)
        return None

    def _begins_section(self, piece):
        if not self.sections:
            return True
        if self.has_headings:
            return 0 < piece.level <= self.sections[-1].level
        return not piece.is_table and not is_listed(piece.block) and layout.is_heading(piece.text)

    def _begins_pillar(self, piece):
        if not piece.level and (self.has_pillar_headings or is_listed(piece.block)):
            return False
        return layout.pillar(piece.text) is not None

    def _take_pillars(self, piece):
        if self._begins_pillar(piece):
            self._refuse_pending()
            number, title = layout.pillar(piece.text)
            self.pillars.append(_Pillar(number or len(self.pillars) + 1, title, piece.level))
            self.theme = None
        elif take := self._derived(piece):
            self._refuse_pending()
            return take
        elif piece.is_table:
            self._take_table(piece)
        elif not self.pillars[-1].title:
            self.pillars[-1].title = piece.text
        elif piece.level:
            self._take_theme_heading(piece)
        elif not self._is_page_furniture(piece) and (is_listed(piece.block) or rich([piece.block])):
            self.pending.append(piece)
        return None

    def _is_page_furniture(self, piece):
        """A document that was made from pages can have their numbers between its tables."""
        cover = read_cover(self.cover)
        return not cover.is_ours and layout.is_page_furniture(piece.text, cover.title)

    def _take_theme_heading(self, piece):
        pillar = self.pillars[-1]
        if 0 < piece.level <= pillar.level:
            raise ReportError(
                _(
                    "“%s” is a heading like that of a pillar, but is not a pillar. "
                    "Other texts can only come before the first pillar."
                )
                % shortened(piece.text)
            )
        self._describe(pillar)
        self._refuse_pending()
        self.theme = _Theme(piece.text)
        pillar.themes.append(self.theme)

    def _describe(self, pillar):
        """What stands between the heading of a pillar and its first theme."""
        if self.pending and not pillar.themes:
            pillar.description = [piece.block for piece in self.pending]
            self.pending = []

    def _refuse_pending(self):
        if self.pillars:
            self._describe(self.pillars[-1])
        if self.pending:
            raise ReportError(
                _("“%s” is neither the title of a theme nor a row of a table.")
                % shortened(self.pending[0].text)
            )

    # Tables of action points.

    def _next_table(self):
        self.tables += 1
        return _("Table %d") % self.tables

    def _take_table(self, piece):
        source = self._next_table()
        rows = table_rows(piece.block)
        if _has_header(piece):
            self._begin_table(source)
        elif self.theme is None or self.pending or not self.theme.rows:
            raise ReportError(_("This table has no header of six columns that we know."), source)
        for at, row in enumerate(rows, 1):
            place = _("%(table)s, row %(row)d") % {"table": source, "row": at}
            if not layout.is_header(list(map(plain, row))):
                self._refuse_number_of_cells(row, piece, place)
                self._take_row(row, place)

    def _begin_table(self, source):
        pillar = self.pillars[-1]
        if self.pending:
            # In our own file the title is the heading: what was written below that is lost here.
            if self.theme and not self.theme.rows and read_cover(self.cover).is_ours:
                self._refuse_pending()
            title = self.pending.pop().text
            self._describe(pillar)
            self._refuse_pending()
            self._begin_theme(pillar, title)
        elif self.theme is None:
            raise ReportError(_("Above this table the title of its theme is missing."), source)

    def _begin_theme(self, pillar, title):
        """A table that goes on under the same title on a next page is one table."""
        for theme in pillar.themes:
            if title_key(theme.title) == title_key(title):
                self.theme = theme
                return
        self.theme = _Theme(title)
        pillar.themes.append(self.theme)

    @staticmethod
    def _refuse_number_of_cells(cells, piece, source):
        if len(cells) == layout.COLUMNS:
            return
        said = _("This row has %(found)d cells; a row of the table has %(expected)d.") % {
            "found": len(cells),
            "expected": layout.COLUMNS,
        }
        if has_merged_cells(piece.block):
            said += " " + _("Cells of this table have been merged: split them again.")
        raise ReportError(said, source)

    def _take_row(self, cells, source):
        *texts, explanation = map(rich, cells)
        if any(text.footnotes() for text in texts):
            raise ReportError(
                _(
                    "There is a footnote outside the explanation, where none is allowed. Move it "
                    "to the explanation."
                ),
                source,
            )
        if not any(cells) or not any([*texts, explanation]):
            return
        number, title = _point(texts[0])
        if not title:
            raise ReportError(_("This row lacks the title of its action point."), source)
        goal, responsibility, timeline, status = map(plain_text, texts[1:])
        self.theme.rows.append(
            Row(
                title,
                goal,
                responsibility,
                timeline,
                printed.unsigned(status)[0],
                explanation,
                number=number,
                source=source,
            )
        )

    # What our own file has behind the pillars.

    def _derived(self, piece):
        """What takes the part that this heading begins; None where it begins none of ours."""
        if not piece.level:
            return None
        if piece.text == printed.OVERVIEW:
            return self._take_overview
        if piece.text == printed.CITED:
            return self._take_nothing
        if found := layout.CHANGES.fullmatch(piece.text):
            self.since = int(found[1])
            return self._take_changes
        return None

    def _take_overview(self, piece):
        if piece.is_table:
            for row in table_rows(piece.block)[1:]:
                label, tone = printed.unsigned(plain(row[0]))
                if tone:
                    self.labels.append(Label(label, tone))
        return self._take_nothing(piece)

    def _take_changes(self, piece):
        if piece.is_table:
            self.changes += map(_change, table_rows(piece.block)[1:])
        return self._take_nothing(piece)

    def _take_nothing(self, piece):
        take = self._derived(piece)
        is_ours = piece.is_table or piece.text in ("", printed.NO_CHANGES)
        if not (take or is_ours):
            raise ReportError(
                _(
                    "“%s” comes after the pillars. Other texts can only come before the first "
                    "pillar."
                )
                % shortened(piece.text)
            )
        return take

    # The document.

    def _document(self):
        cover = read_cover(self.cover)
        if not cover.is_ours and not any(theme.rows for p in self.pillars for theme in p.themes):
            raise ReportError(
                _(
                    "The file does not have the layout of a report: there is no heading “Pijler” "
                    "with a table of six columns below it."
                )
            )
        return ReportDocument(
            title=cover.title,
            publisher=cover.publisher,
            year=cover.year,
            sections=tuple(
                Section(section.title, rich(section.body), section.title)
                for section in self.sections
            ),
            pillars=tuple(
                PillarPart(
                    pillar.number,
                    pillar.title,
                    rich(pillar.description),
                    tuple(ThemePart(theme.title, tuple(theme.rows)) for theme in pillar.themes),
                )
                for pillar in self.pillars
            ),
            reference_date=cover.reference_date,
            edition=cover.edition,
            published_on=cover.published_on,
            note=cover.note,
            labels=tuple(self.labels),
            changes=None if self.since is None else Changes(self.since, tuple(self.changes)),
        )


def _pieces(tree: dict) -> Iterable[_Piece]:
    # Word's title page is metadata to pandoc where it stands at the very beginning.
    for name in ("title", "subtitle", "author", "date"):
        for inlines in _inlines_of(tree["meta"].get(name)):
            block = {"t": "Para", "c": inlines}
            yield _Piece(block, plain([block]), 0)
    yield from map(_piece, _flat(tree["blocks"]))


def _inlines_of(value: dict | None) -> Iterable[list[dict]]:
    if value and value["t"] == "MetaInlines":
        yield value["c"]
    elif value and value["t"] == "MetaList":
        for each in value["c"]:
            yield from _inlines_of(each)


def _flat(blocks: Iterable[dict]) -> Iterable[dict]:
    for block in blocks:
        if block["t"] == "Div":
            yield from _flat(block["c"][1])
        else:
            yield block


def _piece(block: dict) -> _Piece:
    level = block["c"][0] if block["t"] == "Header" else 0
    return _Piece(block, "" if block["t"] == "Table" else plain([block]), level)


def _has_header(piece: _Piece) -> bool:
    rows = table_rows(piece.block)
    return bool(rows) and layout.is_header(list(map(plain, rows[0])))


def _point(text) -> tuple[str, str]:
    """The number and title of an action point: paragraphs of a cell, or one with both."""
    lines = [plain_text(type(text)((paragraph,))) for paragraph in text.paragraphs()]
    if len(lines) > 1 and printed.NUMBER.fullmatch(lines[0]):
        return lines[0], " ".join(lines[1:])
    line = " ".join(lines)
    found = _NUMBER_AND_TITLE.fullmatch(line)
    return (found[1], found[2]) if found else ("", line)


def _change(cells: list[list[dict]]) -> Change:
    if len(cells) != len(printed.CHANGE_COLUMNS):
        raise ReportError(
            _("The table of changes has a row of %(found)d cells; it must have %(expected)d.")
            % {"found": len(cells), "expected": len(printed.CHANGE_COLUMNS)}
        )
    number, title = _point(rich(cells[0]))
    word, before, after = map(plain, cells[1:])
    what = printed.read_change_words(word)
    if what is None:
        raise ReportError(_("The table of changes has a change that we do not know: “%s”.") % word)
    kind, fields = what
    return Change(
        kind, number, title, printed.unsigned(before)[0], printed.unsigned(after)[0], fields
    )
