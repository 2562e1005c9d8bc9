"""What a year says of every action point, as plain values for the public table and its filters.

Objects of all the models that a row touches would take most of the time of the page.
"""

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from itertools import chain
from typing import NamedTuple

from actions.models import Organisation, PublishedEntry, ReportingRound
from actions.prepared import PreparedQuery

EXCERPT_LENGTH = 200


class Row(NamedTuple):
    # By which it is known, whatever is published anew while a page is made.
    number: str
    title: str
    title_en: str
    goal: str
    goal_en: str
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
    # The beginning of the explanation.
    excerpt: str


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


class Held(NamedTuple):
    """An organisation, and the number of a point in which it has a role in a round."""

    organisation: int
    slug: str
    abbreviation: str
    name: str
    number: str


class Option(NamedTuple):
    """One choice of a filter: its value in the address, its label, and the key to filter by."""

    value: str
    label: str
    key: int


class Year(NamedTuple):
    """What a published round says: its rows, who has a role in which, and what can be chosen."""

    rows: list[Row]
    held: list[Held]
    options: dict[str, list[Option]]


_EXPLANATION = Row._fields.index("explanation")
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
            "action_point__number",
            "title",
            "title_en",
            "goal",
            "goal_en",
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


@PreparedQuery
def _held(reporting_round):
    organisations = Organisation.objects.of_round(reporting_round)
    number = "published_responsibilities__entry__action_point__number"
    return organisations.values_list("pk", "slug", "abbreviation", "name", number)


def year_of(reporting_round: ReportingRound) -> Year:
    """What a published round says. Two queries."""
    rows, held = rows_of(reporting_round), held_of(reporting_round)
    return Year(rows, held, options_of(rows, dict.fromkeys(each[:-1] for each in held)))


def rows_of(reporting_round: ReportingRound) -> list[Row]:
    """Every point of a published round, in the order of the plan. One query."""
    rows = _rows(reporting_round.pk)
    return [Row(*values, excerpt(values[_EXPLANATION])) for values in rows]


def facets_of(reporting_round: ReportingRound) -> list[Facets]:
    """What occurs in a published round, each once, however many rows it has. One query."""
    return [Facets(*values) for values in _facets(reporting_round.pk)]


def organisations_of(reporting_round: ReportingRound) -> list[tuple[int, str, str, str]]:
    """Key, slug, abbreviation and name of the organisations of a round. One query."""
    return _organisations(reporting_round.pk)


def held_of(reporting_round: ReportingRound) -> list[Held]:
    """The organisations of a round, each once for every point that it has a role in. One query."""
    return [Held(*values) for values in _held(reporting_round.pk)]


def choose(
    rows: list[Row],
    keys_of: Mapping[str, Callable[[Row], Collection[int | None]]],
    wanted: Mapping[str, set[int]],
) -> tuple[list[Row], dict[str, Counter]]:
    """The rows that pass every filter, and of every filter how many rows each key would give.

    `keys_of` reads the keys of a row by the name of a filter; `wanted` holds the keys that some of
    the filters let pass. A filter does not count against its own options: a row counts for them if
    it passes all the others.
    """

    def passing(names):
        chosen = rows
        for name in names:
            read, keys = keys_of[name], wanted[name]
            chosen = [row for row in chosen if not keys.isdisjoint(read(row))]
        return chosen

    counts = {
        name: Counter(chain.from_iterable(map(read, passing(wanted.keys() - {name}))))
        for name, read in keys_of.items()
    }
    return passing(wanted), counts


def options_of(rows, organisations):
    """What can be chosen: what occurs in these rows, in order."""
    pillars, themes, statuses = {}, {}, {}
    for row in rows:
        number = row.pillar_number
        if row.pillar not in pillars:
            label = f"{number}. {row.pillar_title}"
            pillars[row.pillar] = Option(str(number), label, row.pillar)
        if row.theme not in themes:
            label = f"{number}.{row.theme_position} {row.theme_title}"
            themes[row.theme] = Option(row.theme_slug, label, row.theme)
        if row.status and (place := (row.status_position, row.status_label)) not in statuses:
            statuses[place] = Option(row.status_slug, row.status_label, row.status)
    return {
        "pijler": list(pillars.values()),
        "thema": list(themes.values()),
        "organisatie": [Option(slug, short or name, pk) for pk, slug, short, name in organisations],
        "stand": [statuses[place] for place in sorted(statuses)],
    }


def excerpt(text):
    """The beginning of a bare text, cut at the end of a word."""
    text = " ".join(text[: EXCERPT_LENGTH * 2].split())
    if len(text) <= EXCERPT_LENGTH:
        return text
    beginning = text[: EXCERPT_LENGTH + 1].rpartition(" ")[0] or text[:EXCERPT_LENGTH]
    return f"{beginning.rstrip(',;:–-')}…"
