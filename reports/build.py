"""From the register to the report: the document of a round as the database holds it."""

from itertools import groupby

from actions.models import ReportingRound
from actions.richtext.html import parse
from reports.document import PillarPart, ReportDocument, Row, Section, ThemePart


def build(reporting_round: ReportingRound) -> ReportDocument:
    """The document of a round: its texts, and its entries in the order of the plan. Two queries."""
    entries = reporting_round.entries.for_report()
    texts = reporting_round.report_texts.all()
    of_pillar = {text.pillar_id: text.body for text in texts}
    return ReportDocument(
        title=reporting_round.title,
        publisher=reporting_round.plan.publisher,
        year=reporting_round.year,
        sections=tuple(
            Section(text.title, parse(text.body)) for text in texts if text.pillar_id is None
        ),
        pillars=tuple(
            PillarPart(
                pillar.number,
                pillar.title,
                parse(of_pillar.get(pillar.pk, pillar.description)),
                _themes(rows),
            )
            for pillar, rows in groupby(entries, lambda entry: entry.action_point.theme.pillar)
        ),
    )


def _themes(entries) -> tuple[ThemePart, ...]:
    return tuple(
        ThemePart(theme.title, tuple(map(_row, of_theme)))
        for theme, of_theme in groupby(entries, lambda entry: entry.action_point.theme)
    )


def _row(entry) -> Row:
    return Row(
        number=entry.action_point.number,
        title=entry.title,
        goal=entry.goal,
        responsibility=entry.responsibility,
        timeline=entry.timeline,
        status=entry.status.label if entry.status else "",
        explanation=parse(entry.explanation),
    )
