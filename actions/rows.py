"""What a year says of every action point, as plain values for the public table and its filters.

Objects of all the models that a row touches would take most of the time of the page.
"""

from typing import NamedTuple

from actions.models import Organisation, PublishedEntry, ReportingRound
from actions.prepared import PreparedQuery


class Row(NamedTuple):
    entry: int
    number: str
    title: str
    goal: str
    responsibility: str
    timeline: str
    explanation: str
    status: int | None
    status_label: str | None
    status_slug: str | None
    status_tone: str | None
    status_position: int | None
    theme: int
    theme_slug: str
    theme_title: str
    theme_position: int
    pillar: int
    pillar_number: int
    pillar_title: str


class Facets(NamedTuple):
    """What rows of a round have in common: their theme in its pillar, and their status."""

    status: int | None
    status_label: str | None
    status_slug: str | None
    status_tone: str | None
    status_position: int | None
    theme: int
    theme_slug: str
    theme_title: str
    theme_position: int
    pillar: int
    pillar_number: int
    pillar_title: str


# Where the database has these, and the last of the values of a row.
_FACETS = (
    "status",
    "status__label",
    "status__slug",
    "status__tone",
    "status__position",
    "action_point__theme",
    "action_point__theme__slug",
    "action_point__theme__title",
    "action_point__theme__position",
    "action_point__theme__pillar",
    "action_point__theme__pillar__number",
    "action_point__theme__pillar__title",
)


@PreparedQuery
def _rows(reporting_round):
    return (
        PublishedEntry.objects.for_round(reporting_round)
        .in_order()
        .values_list(
            "pk",
            "action_point__number",
            "title",
            "goal",
            "responsibility",
            "timeline",
            "explanation_text",
            *_FACETS,
        )
    )


@PreparedQuery
def _facets(reporting_round):
    return (
        PublishedEntry.objects.for_round(reporting_round)
        .order_by(
            "action_point__theme__pillar__number",
            "action_point__theme__position",
            "status__position",
        )
        .values_list(*_FACETS)
        .distinct()
    )


@PreparedQuery
def _organisations(reporting_round):
    organisations = Organisation.objects.of_round(reporting_round)
    return organisations.values_list("pk", "slug", "abbreviation", "name")


def rows_of(reporting_round: ReportingRound) -> list[Row]:
    """Every point of a published round, in the order of the plan. One query."""
    return [Row(*values) for values in _rows(reporting_round.pk)]


def facets_of(reporting_round: ReportingRound) -> list[Facets]:
    """What occurs in a published round, each once, however many rows it has. One query."""
    return [Facets(*values) for values in _facets(reporting_round.pk)]


def organisations_of(reporting_round: ReportingRound) -> list[tuple[int, str, str, str]]:
    """Key, slug, abbreviation and name of the organisations of a round. One query."""
    return _organisations(reporting_round.pk)
