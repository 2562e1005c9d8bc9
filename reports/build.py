"""From the register to the report: the document of a round as the database holds it.

In its texts the references are links, so that these stand in every format and in every edition.
"""

from datetime import date
from itertools import groupby

from actions.models import ReportingRound
from actions.references_in_text import link_references
from actions.richtext.html import parse
from actions.richtext.tree import RichText
from reports.changes import changes_since
from reports.document import Label, PillarPart, ReportDocument, Row, Section, ThemePart
from reports.models import Edition
from reports.readers import json_file


def build(
    reporting_round: ReportingRound,
    *,
    edition: int = 0,
    published_on: date | None = None,
    note: str = "",
) -> ReportDocument:
    """The document of a round: its texts, and its entries in the order of the plan.

    As it will be in this edition of it, published on this day; without these it is a concept.
    """
    entries = list(reporting_round.entries.for_report())
    texts = reporting_round.report_texts.all()
    of_pillar = {text.pillar_id: text.body for text in texts}
    pillars = tuple(
        PillarPart(
            pillar.number,
            pillar.title,
            _rich(of_pillar.get(pillar.pk, pillar.description)),
            _themes(of_this),
        )
        for pillar, of_this in groupby(entries, lambda entry: entry.action_point.theme.pillar)
    )
    previous = previous_document(reporting_round)
    rows = [row for pillar in pillars for theme in pillar.themes for row in theme.rows]
    return ReportDocument(
        title=reporting_round.title,
        publisher=reporting_round.plan.publisher,
        year=reporting_round.year,
        sections=tuple(
            Section(text.title, _rich(text.body)) for text in texts if text.pillar_id is None
        ),
        pillars=pillars,
        reference_date=reporting_round.reference_date,
        edition=edition,
        published_on=published_on,
        note=note,
        labels=labels_of(entries),
        changes=changes_since(previous, rows) if previous else None,
    )


def previous_document(reporting_round: ReportingRound) -> ReportDocument | None:
    """The newest edition of the report before this one, None where there is none."""
    earlier = Edition.objects.filter(
        round__plan=reporting_round.plan_id, round__year__lt=reporting_round.year
    )
    edition = earlier.order_by("-round__year", "-number").first()
    return json_file.from_data(edition.document) if edition else None


def _themes(entries) -> tuple[ThemePart, ...]:
    return tuple(
        ThemePart(theme.title, tuple(map(row_of, of_theme)))
        for theme, of_theme in groupby(entries, lambda entry: entry.action_point.theme)
    )


def row_of(entry) -> Row:
    """What the report says of a point: of an entry, or of a published one."""
    return Row(
        number=entry.action_point.number,
        title=entry.title,
        goal=entry.goal,
        responsibility=entry.responsibility,
        timeline=entry.timeline,
        status=entry.status.label if entry.status else "",
        explanation=_rich(entry.explanation),
    )


def labels_of(entries) -> tuple[Label, ...]:
    """The states of play of these entries, published or not, in the order of an overview."""
    statuses = {entry.status for entry in entries if entry.status}
    in_order = sorted(statuses, key=lambda status: (status.position, status.label))
    return tuple(Label(status.label, status.tone) for status in in_order)


def _rich(html: str) -> RichText:
    return link_references(parse(html))
