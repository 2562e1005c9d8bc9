"""The papers that a report cites, each with the action points that cite it."""

from collections.abc import Iterator
from dataclasses import dataclass

from actions.cited import Cited
from actions.references import find_references
from reports.document import ReportDocument, Row


@dataclass(frozen=True, slots=True)
class CitedPaper:
    """A paper with the numbers of the points that cite it, in the order of the report, each once.

    There are none where only texts outside the tables cite it.
    """

    paper: Cited
    numbers: tuple[str, ...]

    @property
    def label(self) -> str:
        return self.paper.label

    @property
    def address(self) -> str:
        """Empty where it has none."""
        return self.paper.address


def cited(document: ReportDocument) -> list[CitedPaper]:
    """Every paper that the report cites, in the order in which one looks them up."""
    numbers: dict[Cited, dict[str, None]] = {}
    for number, text in _texts(document):
        for reference in find_references(text):
            of_paper = numbers.setdefault(Cited(reference.kind, reference.number), {})
            if number:
                of_paper[number] = None
    in_order = sorted(numbers, key=lambda paper: paper.sort_key)
    return [CitedPaper(paper, tuple(numbers[paper])) for paper in in_order]


def _texts(document: ReportDocument) -> Iterator[tuple[str, str]]:
    """Everything that can cite a paper, with the number of its action point or nothing."""
    for section in document.sections:
        yield "", section.body.plain_text()
    for pillar in document.pillars:
        yield "", pillar.description.plain_text()
        for theme in pillar.themes:
            for row in theme.rows:
                for text in _of_row(row):
                    yield row.number, text


def _of_row(row: Row) -> tuple[str, ...]:
    plain = (row.title, row.goal, row.responsibility, row.timeline)
    return *plain, row.explanation.plain_text()
