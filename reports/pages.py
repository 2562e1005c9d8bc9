"""Writes a report as a page: its rich text as HTML, its footnotes numbered through the report."""

from collections import Counter
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from actions.figures import NoStatus, Stand, stand
from actions.richtext.pages import Note, PageWriter
from reports.cited import CitedPaper, cited
from reports.document import PillarPart, ReportDocument, Row, Section, ThemePart


class NoStatusYet(NoStatus):
    """Of a point without a status, which only a report that is being made can have."""

    label = _("No state of play yet")


NO_STATUS_YET = NoStatusYet()


@dataclass(frozen=True, slots=True)
class RowOnPage:
    row: Row
    explanation: SafeString


@dataclass(frozen=True, slots=True)
class ThemeOnPage:
    """A table of the report with the notes that stand under it."""

    theme: ThemePart
    anchor: str
    rows: list[RowOnPage]
    notes: list[Note]


@dataclass(frozen=True, slots=True)
class PillarOnPage:
    pillar: PillarPart
    anchor: str
    description: SafeString
    notes: list[Note]
    themes: list[ThemeOnPage]


@dataclass(frozen=True, slots=True)
class SectionOnPage:
    section: Section
    anchor: str
    body: SafeString
    notes: list[Note]


@dataclass(frozen=True, slots=True)
class ReportOnPage:
    """`stand` are the figures of the overview, as of the overview of a plan."""

    sections: list[SectionOnPage]
    pillars: list[PillarOnPage]
    stand: Stand
    cited: list[CitedPaper]


def write(document: ReportDocument) -> ReportOnPage:
    """The parts of the report in reading order, which is the order in which notes are numbered."""
    writer = PageWriter()
    return ReportOnPage(
        sections=[
            SectionOnPage(section, f"tekst-{at}", writer.text(section.body), writer.take_notes())
            for at, section in enumerate(document.sections, 1)
        ],
        pillars=[_pillar(pillar, writer) for pillar in document.pillars],
        stand=_stand(document),
        cited=cited(document),
    )


def _stand(document: ReportDocument) -> Stand:
    labels = {counts.label.label: counts.label for counts in document.overview()}
    if "" in labels:
        labels[""] = NO_STATUS_YET
    numbers = {
        pillar: Counter(labels[row.status] for theme in pillar.themes for row in theme.rows)
        for pillar in document.pillars
    }
    return stand(numbers, labels.values())


def _pillar(pillar: PillarPart, writer: PageWriter) -> PillarOnPage:
    anchor = f"pijler-{pillar.number}"
    return PillarOnPage(
        pillar,
        anchor,
        writer.text(pillar.description),
        writer.take_notes(),
        [_theme(theme, f"{anchor}-{at}", writer) for at, theme in enumerate(pillar.themes, 1)],
    )


def _theme(theme: ThemePart, anchor: str, writer: PageWriter) -> ThemeOnPage:
    rows = [RowOnPage(row, writer.text(row.explanation)) for row in theme.rows]
    return ThemeOnPage(theme, anchor, rows, writer.take_notes())
