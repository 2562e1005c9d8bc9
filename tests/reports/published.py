"""Writes a report as the plain text that the ministry publishes, for tests that need one.

It writes what the reader reads, in the layout of the real file, so that a test can take a report
and change one thing in it.
"""

from dataclasses import replace

from actions.richtext.html import HtmlWriter, parse
from actions.richtext.tree import RichText
from reports.document import PillarPart, ReportDocument, Row, Section, ThemePart

HEADER = "Actiepunten\tDoelstelling\tVerantwoordelijkheid\tTijdslijn\tStand van zaken\tToelichting"
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def row(title="Een gids maken", **values) -> Row:
    defaults = {
        "goal": "Mensen weten waar zij terechtkunnen.",
        "responsibility": "BZ",
        "timeline": "2022-2024",
        "status": "Doorlopend",
        "explanation": "<p>De gids is in de maak.</p>",
    }
    values = defaults | values
    return Row(title, **values | {"explanation": parse(values["explanation"])})


def document(*rows: Row, year=2024) -> ReportDocument:
    """A report of one pillar with one theme, holding these rows."""
    return ReportDocument(
        title="Voortgangsrapportage nationaal actieplan",
        publisher="Ministerie van Buitenlandse Zaken",
        year=year,
        sections=(Section("Inleiding", parse("<p>Dit is de inleiding van het rapport.</p>")),),
        pillars=(
            PillarPart(
                1,
                "De staat beschermt",
                parse("<p>Staten beschermen mensen.</p>"),
                (ThemePart("Inkoop", rows or (row(),)),),
            ),
        ),
    )


def with_rows(report: ReportDocument, *rows: Row) -> ReportDocument:
    """The same report with other rows in its first theme."""
    pillar = report.pillars[0]
    theme = replace(pillar.themes[0], rows=rows)
    return replace(report, pillars=(replace(pillar, themes=(theme, *pillar.themes[1:])),))


def text(report: ReportDocument, *, header=HEADER) -> str:
    """The report as published text."""
    lines = [report.publisher, "", report.title, str(report.year), "", "Inhoudsopgave", ""]
    lines += [f"{theme.title}\t6" for pillar in report.pillars for theme in pillar.themes]
    for section in report.sections:
        lines += ["", section.title, "", *_paragraphs(section.body)]
    writer = _CellWriter()
    for pillar in report.pillars:
        lines += ["", "Pijler", "", pillar.title, "", *_paragraphs(pillar.description)]
        for theme in pillar.themes:
            lines += ["", theme.title, "", header]
            lines += [_cells(each, writer) for each in theme.rows]
            lines += ["", *writer.take_notes()]
    return "\n".join(lines)


def _paragraphs(body: RichText):
    return [HtmlWriter().line(paragraph.content) for paragraph in body.paragraphs()]


def _cells(each: Row, writer):
    plain = (each.title, each.goal, each.responsibility, each.timeline, each.status)
    return "\t".join([*plain, writer.text(each.explanation)])


class _CellWriter(HtmlWriter):
    def __init__(self):
        self.notes = []
        self.count = 0

    def footnote(self, note):
        self.count += 1
        mark = str(self.count).translate(_SUPERSCRIPTS)
        self.notes.append(f"{mark} {self.runs(note.content)}")
        return mark

    def take_notes(self):
        notes, self.notes = self.notes, []
        return notes
