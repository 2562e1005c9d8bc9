"""From a report to the document tree of pandoc, part by part in the order of the report."""

from base64 import b64encode
from collections.abc import Callable, Sequence
from typing import NamedTuple

from actions.richtext.tree import Text
from reports import printed
from reports.cited import cited
from reports.document import Changes, PillarPart, ReportDocument, Row
from reports.writers import pdf
from reports.writers.office.nodes import NO_ATTRIBUTES, marked, paragraph, plain, rich, styled

# Of the six columns, as parts of the width.
_WIDTHS = (0.17, 0.14, 0.135, 0.105, 0.11, 0.34)
_CHANGE_WIDTHS = (0.46, 0.18, 0.18, 0.18)
_CITED_WIDTHS = (0.7, 0.3)
_OVERVIEW_LABEL = 0.34
_OVERVIEW_NUMBER = 0.11
_PICTURE_WIDTH = "25cm"
_DEFAULT = {"t": "AlignDefault"}


class Heading(NamedTuple):
    """A heading as the table of contents lists it, with the bookmark that it leads to.

    The names of Word's bookmarks have letters, digits and underscores only, and at most 40.
    """

    level: int
    anchor: str
    text: str


def blocks_of(document: ReportDocument, contents: Callable[[list[Heading]], dict]) -> list[dict]:
    """The whole report as blocks. `contents` makes the table of contents of the format."""
    body = _Body(document)
    body.write()
    return [*_cover(document), contents(body.headings), *body.blocks]


class _Body:
    """Writes everything behind the table of contents, and notes the headings on the way."""

    def __init__(self, document: ReportDocument):
        self.document = document
        self.tones = {label.label: label.tone for label in document.labels}
        self.headings: list[Heading] = []
        self.blocks: list[dict] = []

    def write(self):
        for at, section in enumerate(self.document.sections, 1):
            self.heading(1, f"tekst_{at}", section.title)
            self.blocks += rich(section.body)
        for pillar in self.document.pillars:
            self.pillar(pillar)
        self.overview()
        if self.document.changes:
            self.changes(self.document.changes)
        self.cited()

    def heading(self, level, anchor, text):
        self.headings.append(Heading(level, anchor, text))
        # The bookmark stands in the heading: around all that is below it, which is where pandoc
        # puts one of a heading's own, LibreOffice loses it.
        marked_text = {"t": "Span", "c": [[anchor, [], []], [plain(text)]]}
        self.blocks.append({"t": "Header", "c": [level, NO_ATTRIBUTES, [marked_text]]})

    def pillar(self, pillar: PillarPart):
        anchor = f"pijler_{pillar.number}"
        self.heading(1, anchor, printed.pillar_heading(pillar.number, pillar.title))
        self.blocks += rich(pillar.description)
        for at, theme in enumerate(pillar.themes, 1):
            self.heading(2, f"{anchor}_{at}", theme.title)
            if theme.rows:
                rows = [self.row(row) for row in theme.rows]
                self.blocks.append(_table(printed.COLUMNS, _WIDTHS, rows))

    def row(self, row: Row) -> list[list[dict]]:
        return [
            _point(row.number, row.title),
            _cell(row.goal),
            _cell(row.responsibility),
            _cell(row.timeline),
            self.status(row.status),
            rich(row.explanation),
        ]

    def status(self, label):
        return _cell(printed.signed(label, self.tones.get(label)))

    def overview(self):
        """A line for each label, those that no point has among them, and for all together."""
        pillars = self.document.pillars
        counted = {counts.label.label: counts for counts in self.document.overview()}
        if not counted and not self.document.labels:
            return
        labels = list(dict.fromkeys([*self.tones, *counted]))
        lines = [
            (
                self.status(label) or _cell(printed.NO_STATUS),
                counted[label].numbers if label in counted else [0] * len(pillars),
            )
            for label in labels
        ]
        totals = [sum(numbers) for numbers in zip(*(numbers for _, numbers in lines), strict=True)]
        columns = [
            printed.STATUS,
            *(printed.pillar_name(pillar.number) for pillar in pillars),
            printed.TOTAL,
        ]
        widths = [_OVERVIEW_LABEL] + [_OVERVIEW_NUMBER] * (len(columns) - 1)
        rows = [[label, *map(_cell, _with_sum(numbers))] for label, numbers in lines]
        rows.append(list(map(_strong, [printed.TOTAL, *_with_sum(totals)])))
        self.heading(1, "overzicht", printed.OVERVIEW)
        if counted:
            self.blocks.append(_picture(self.document))
        self.blocks.append(_table(columns, widths, rows, numbers_from=1))

    def changes(self, changes: Changes):
        self.heading(1, "veranderingen", f"{printed.CHANGES}{changes.since}")
        if not changes.items:
            self.blocks.append(paragraph(plain(printed.NO_CHANGES)))
            return
        rows = [
            [
                _point(change.number, change.title),
                _cell(printed.change_words(change)),
                self.status(change.before),
                self.status(change.after),
            ]
            for change in changes.items
        ]
        self.blocks.append(_table(printed.CHANGE_COLUMNS, _CHANGE_WIDTHS, rows))

    def cited(self):
        papers = cited(self.document)
        if not papers:
            return
        rows = [
            [
                [paragraph(marked(Text(paper.label, link=paper.address)))],
                _cell(", ".join(paper.numbers)),
            ]
            for paper in papers
        ]
        self.heading(1, "stukken", printed.CITED)
        self.blocks.append(_table(printed.CITED_COLUMNS, _CITED_WIDTHS, rows))


def _cover(document: ReportDocument) -> list[dict]:
    lines = [
        ("Uitgever", document.publisher),
        ("Title", document.title),
        ("Subtitle", str(document.year)),
    ]
    lines += [("Omslag", line) for line in printed.cover(document)]
    return [styled(style, [paragraph(plain(text))]) for style, text in lines if text]


def _picture(document: ReportDocument) -> dict:
    address = f"data:image/png;base64,{b64encode(pdf.picture(document)).decode()}"
    attributes = ["", [], [["width", _PICTURE_WIDTH]]]
    return paragraph({"t": "Image", "c": [attributes, [], [address, ""]]})


# --- Tables ------------------------------------------------------------------


def _table(columns, widths, rows, numbers_from=None) -> dict:
    """A table with a header row. From the column `numbers_from` on it holds numbers."""
    return {
        "t": "Table",
        "c": [
            NO_ATTRIBUTES,
            [None, []],
            [[_DEFAULT, {"t": "ColWidth", "c": width}] for width in widths],
            [NO_ATTRIBUTES, [_row([_cell(column) for column in columns], "kop", numbers_from)]],
            [[NO_ATTRIBUTES, 0, [], [_row(row, "tekst", numbers_from) for row in rows]]],
            [NO_ATTRIBUTES, []],
        ],
    }


def _row(cells, kind, numbers_from) -> list:
    """The styles of cells are Tabelkop, Tabeltekst, and those of numbers, which stand right."""
    row = []
    for at, blocks in enumerate(cells):
        is_number = numbers_from is not None and at >= numbers_from
        style = f"Tabel{kind}{' getal' if is_number else ''}"
        content = [styled(style, blocks)] if blocks else []
        row.append([NO_ATTRIBUTES, _DEFAULT, 1, 1, content])
    return [NO_ATTRIBUTES, row]


def _cell(text: str) -> list[dict]:
    return [paragraph(plain(text))] if text else []


def _with_sum(numbers: Sequence[int]) -> list[str]:
    return list(map(str, [*numbers, sum(numbers)]))


def _strong(text: str) -> list[dict]:
    return [paragraph(marked(Text(text, strong=True)))]


def _point(number: str, title: str) -> list[dict]:
    """The number stands on a line of its own, so that no title can be taken for one.

    It is a line of the same paragraph: no page can begin between the two.
    """
    if not number:
        return _cell(title)
    return [paragraph(marked(Text(number, strong=True)), {"t": "LineBreak"}, plain(title))]
