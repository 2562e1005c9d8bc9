"""Reads the plain text of a published report.

The layout: a cover; a table of contents; texts under a heading (the introduction); then per pillar
the word "Pijler", its title, its description, and per theme a title above a table of six cells
separated by tabs. Cells may hold `<p>`, `<i>` and the like. Footnotes are superscript digits in a
cell, with their text on a line of its own under the table.
"""

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from django.utils.translation import gettext as _

from actions.richtext.html import clean_text, parse
from actions.richtext.tree import (
    Footnote,
    ListBlock,
    Paragraph,
    RichText,
    Text,
    join_runs,
)
from actions.wording import title_key
from reports.document import PillarPart, ReportDocument, Row, Section, ThemePart
from reports.errors import ReportError, line
from reports.readers import layout
from reports.readers.layout import shortened
from reports.readers.upload import MAX_BYTES, too_large

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_TO_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_SUP = re.compile(r"<sup\b[^<>]*>\s*([0-9]+)\s*</sup>", re.IGNORECASE)
# A unit such as m² has no note.
_MARK = re.compile(r"(?<!\b[kcdm]m)(?<!\bm)[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_NOTE = re.compile(r"([⁰¹²³⁴⁵⁶⁷⁸⁹]+)\s*(\S.*)")
_NO_MARKUP = re.compile(r"<(?!/?(?:p|i|em|b|strong|br|ul|ol|li|a|span)\b[^<>]*>)", re.IGNORECASE)
_SPACE_AFTER_MARKUP = re.compile(r"(</\w+>)\s+(?=[.,;:)])")
_PARAGRAPH_START = re.compile(r"<p\b", re.IGNORECASE)
_PARAGRAPH_END = re.compile(r"</p\b", re.IGNORECASE)
_STARRED = re.compile(r"\*(\S(?:[^*]*\S)?)\*")


def read(data: bytes) -> ReportDocument:
    """The document that the bytes of a published text hold; a ReportError where they do not."""
    return _PublishedText().read(_decode(data))


def _decode(data: bytes) -> str:
    if len(data) > MAX_BYTES:
        raise too_large()
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ReportError(_("The file is UTF-16. Save it as plain text in UTF-8."), line(1))
    if b"\0" in data or data.startswith((b"PK\x03\x04", b"%PDF", b"{\\rtf")):
        raise ReportError(_("The file is not plain text. Save the report as plain text in UTF-8."))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ReportError(
            _("There is a character here that is not UTF-8. Save the file as UTF-8."),
            line(data[: error.start].count(b"\n") + 1),
        ) from None


class _Line(NamedTuple):
    number: int
    text: str


@dataclass
class _Row:
    line: int
    cells: list[str]
    notes: dict[str, Footnote] = field(default_factory=dict)


@dataclass
class _Theme:
    line: int
    title: str
    rows: list[_Row] = field(default_factory=list)


@dataclass
class _Pillar:
    line: int
    number: int
    title: str = ""
    description: list[str] = field(default_factory=list)
    themes: list[_Theme] = field(default_factory=list)


class _PublishedText:
    """Goes through the lines once.

    `pending` holds lines of which a later line tells what they are: the last one before a table is
    the title of a theme.
    """

    def __init__(self):
        self.cover: list[str] = []
        self.texts: list[_Line] = []
        self.pillars: list[_Pillar] = []
        self.pending: list[_Line] = []
        self.theme: _Theme | None = None

    def read(self, text: str) -> ReportDocument:
        text = _SUP.sub(lambda found: found[1].translate(_TO_SUPERSCRIPTS), text)
        take = self._take_cover
        for number, raw in enumerate(re.split(r"\r\n|\r|\n", text), start=1):
            current = _Line(number, raw.strip(" \f\v\ufeff\u00a0"))
            if current.text.strip():
                take = take(current) or take
        self._refuse_other_layout()
        self._end_pillar()
        return self._document()

    def _rows(self):
        return [row for pillar in self.pillars for theme in pillar.themes for row in theme.rows]

    def _refuse_other_layout(self):
        if not self._rows():
            raise ReportError(
                _(
                    "The file does not have the layout of a published report: there is no line "
                    "“Pijler” with a table of six columns, separated by tabs, below it."
                )
            )

    # Each of these takes a line, and returns the one that takes the next where that changes.

    def _take_cover(self, current):
        word = current.text.casefold()
        if word in layout.CONTENTS:
            return self._take_contents
        if word == layout.INTRODUCTION or layout.PILLAR.fullmatch(current.text):
            return self._take_contents(current)
        self.cover.append(current.text)
        return None

    def _take_contents(self, current):
        # Lines of the table of contents end in a page number: they never are these words alone.
        if current.text.casefold() == layout.INTRODUCTION or layout.PILLAR.fullmatch(current.text):
            return self._take_texts(current) or self._take_texts
        return None

    def _take_texts(self, current):
        if layout.PILLAR.fullmatch(current.text):
            return self._take_pillars(current) or self._take_pillars
        if not self._is_page_furniture(current.text):
            self.texts.append(current)
        return None

    def _take_pillars(self, current):
        if found := layout.PILLAR.fullmatch(current.text):
            self._end_pillar()
            number = int(found[1]) if found[1] else len(self.pillars) + 1
            self.pillars.append(_Pillar(current.number, number))
            self.theme = None
        elif "\t" in current.text.strip():
            self._take_row(current)
        elif found := _NOTE.fullmatch(current.text):
            self._take_note(current.number, *found.groups())
        elif not self._is_page_furniture(current.text):
            self.pending.append(_Line(current.number, current.text.strip()))

    def _is_page_furniture(self, text):
        return layout.is_page_furniture(text, self._title())

    def _take_row(self, current):
        cells = [cell.strip() for cell in current.text.split("\t")]
        while len(cells) > layout.COLUMNS and not cells[-1]:
            cells.pop()
        if layout.is_header(list(map(_plain, cells))):
            self._begin_table(current.number)
        elif len(cells) != layout.COLUMNS:
            raise ReportError(
                _("This row has %(found)d cells; a row of the table has %(expected)d.")
                % {"found": len(cells), "expected": layout.COLUMNS},
                line(current.number),
            )
        elif self.theme is None:
            raise ReportError(
                _("This row is not under the header of a table."), line(current.number)
            )
        elif self.pending:
            raise ReportError(
                _("Below “%s” a row follows, without the header of a table between them.")
                % shortened(self.pending[0].text),
                line(self.pending[0].number),
            )
        elif not _plain(cells[0]) or not _plain(cells[4]):
            raise ReportError(
                _("This row lacks the title of its action point or its state of play."),
                line(current.number),
            )
        else:
            self._refuse_unfinished(cells, current.number)
            self.theme.rows.append(_Row(current.number, cells))

    @staticmethod
    def _refuse_unfinished(cells, number):
        """What would lose a note or the end of a text."""
        for cell in cells:
            if len(_PARAGRAPH_START.findall(cell)) > len(_PARAGRAPH_END.findall(cell)):
                raise ReportError(
                    _("A paragraph in this row has no end (</p>). Is the file complete?"),
                    line(number),
                )
        for cell in cells[:-1]:
            if mark := _MARK.search(cell):
                raise ReportError(
                    _(
                        "Footnote mark %s is outside the explanation. Footnotes can only be in "
                        "the explanation. Move the mark there."
                    )
                    % mark[0].translate(_SUPERSCRIPTS),
                    line(number),
                )

    def _begin_table(self, number):
        """At the header of a table it is known what the lines above it were."""
        pillar, above, self.pending = self.pillars[-1], self.pending, []
        if not pillar.title:
            if len(above) < 2:
                raise ReportError(
                    _("Above this table the titles of its pillar and theme are missing."),
                    line(number),
                )
            pillar.title = _plain(above[0].text)
            pillar.description = [text for _number, text in above[1:-1]]
            above = above[-1:]
        if len(above) > 1:
            raise ReportError(
                _("“%(one)s” and “%(other)s” cannot both be the title of the theme below them.")
                % {"one": shortened(above[-2].text), "other": shortened(above[-1].text)},
                line(above[-1].number),
            )
        if above:
            self._begin_theme(pillar, above[0])
        elif self.theme is None:
            raise ReportError(
                _("Above this table the title of its theme is missing."), line(number)
            )

    def _begin_theme(self, pillar, current):
        title = _plain(current.text)
        for theme in pillar.themes:
            if title_key(theme.title) == title_key(title):
                self.theme = theme
                return
        self.theme = _Theme(current.number, title)
        pillar.themes.append(self.theme)

    def _take_note(self, number, mark, text):
        """The text of a note belongs to the nearest mark above it that has none yet."""
        self._refuse_other_layout()
        for row in reversed(self._rows()):
            if mark in _MARK.findall(row.cells[5]) and mark not in row.notes:
                row.notes[mark] = Footnote(_runs(text))
                return
        raise ReportError(
            _("This footnote has number %s, but no row above it has a mark with that number.")
            % mark.translate(_SUPERSCRIPTS),
            line(number),
        )

    def _end_pillar(self):
        if self.pending:
            raise ReportError(
                _("“%s” is not the title of a theme, a row of a table or a footnote.")
                % shortened(self.pending[0].text),
                line(self.pending[0].number),
            )

    # The document.

    def _document(self):
        year = next((int(text) for text in self.cover if re.fullmatch(r"\d{4}", text)), 0)
        publisher = self._cover_words()[:1]
        return ReportDocument(
            title=self._title(),
            publisher=clean_text(publisher[0]) if publisher else "",
            year=year,
            sections=self._sections(),
            pillars=tuple(map(self._pillar, self.pillars)),
        )

    def _title(self):
        return " ".join(map(clean_text, self._cover_words()[1:]))

    def _cover_words(self):
        return [text for text in self.cover if not re.fullmatch(r"\d{4}", text)]

    def _sections(self):
        sections: list[tuple[_Line, list[str]]] = []
        for current in self.texts:
            if layout.is_heading(current.text) or not sections:
                sections.append((current, []))
            else:
                sections[-1][1].append(current.text)
        return tuple(
            Section(_plain(heading.text), _rich(*body), line(heading.number))
            for heading, body in sections
        )

    def _pillar(self, pillar):
        return PillarPart(
            pillar.number,
            pillar.title,
            _rich(*pillar.description),
            tuple(map(self._theme, pillar.themes)),
            line(pillar.line),
        )

    def _theme(self, theme):
        return ThemePart(theme.title, tuple(map(self._row, theme.rows)), line(theme.line))

    def _row(self, row):
        title, goal, responsibility, timeline, status = map(_plain, row.cells[:5])
        explanation = _with_notes(_rich(row.cells[5]), row)
        source = line(row.line)
        return Row(title, goal, responsibility, timeline, status, explanation, source=source)


# --- Text --------------------------------------------------------------------


def _rich(*texts: str) -> RichText:
    """Cells or paragraphs as rich text. Only known markup is markup; *starred* words are italic."""
    paragraphs = []
    for text in texts:
        text = _NO_MARKUP.sub("&lt;", text.replace("\u00a0", " "))
        text = _STARRED.sub(r"<em>\1</em>", _SPACE_AFTER_MARKUP.sub(r"\1", text))
        paragraphs.append(text if "<p" in text else f"<p>{text}</p>")
    return parse("".join(paragraphs))


def _plain(text: str) -> str:
    return " ".join(_rich(text).plain_text().split())


def _runs(text: str) -> tuple[Text, ...]:
    return tuple(run for block in _rich(text).blocks for run in block.content)


def _with_notes(text: RichText, row: _Row) -> RichText:
    """Put every note where its mark stands."""

    def blocks(parts):
        return tuple(
            Paragraph(join_runs(line_with_notes(part.content)))
            if isinstance(part, Paragraph)
            else ListBlock(tuple(map(blocks, part.items)), part.ordered)
            for part in parts
        )

    def line_with_notes(content):
        placed = []
        for run in content:
            position = 0
            for mark in _MARK.finditer(run.text):
                if mark[0] not in row.notes:
                    raise ReportError(
                        _("Footnote mark %s has no text under the table.")
                        % mark[0].translate(_SUPERSCRIPTS),
                        line(row.line),
                    )
                before = run.text[position : mark.start()].rstrip()
                placed += [_part(run, before), row.notes[mark[0]]]
                position = mark.end()
            placed.append(_part(run, run.text[position:]))
        return placed

    return RichText(blocks(text.blocks))


def _part(run: Text, text: str) -> Text:
    return Text(text, run.strong, run.emphasis, run.language, run.link)
