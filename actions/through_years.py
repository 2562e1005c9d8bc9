"""One action point through the years: what each published year says of it, and what changed."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from actions.cited import Cited
from actions.comparison import Compared, compared_point
from actions.models import PublishedEntry
from actions.references_in_text import cited_in
from actions.richtext.html import parse
from actions.richtext.pages import Note, PageWriter


@dataclass(frozen=True, slots=True)
class Year:
    """A year of a point: its explanation with its notes, and what that cites.

    `change` holds it against the last year before in which a report had the point; None if it is
    the first.
    """

    entry: PublishedEntry
    explanation: SafeString
    notes: list[Note]
    cited: list[Cited]
    change: Compared | None


def years_of(entries: Sequence[PublishedEntry]) -> list[Year]:
    """The years of a point from its published entries; both have the latest first."""
    before = [*entries[1:], None]
    return [_year(entry, previous) for entry, previous in zip(entries, before, strict=True)]


def _year(entry: PublishedEntry, previous: PublishedEntry | None) -> Year:
    writer = PageWriter(prefix=f"{entry.round.year}-")
    explanation = parse(entry.explanation)
    return Year(
        entry=entry,
        explanation=writer.text(explanation),
        notes=writer.take_notes(),
        cited=cited_in(explanation),
        change=compared_point(previous, entry) if previous else None,
    )


@dataclass(frozen=True, slots=True)
class Beside:
    """The points beside one in a year's report: before and after it, if any, and of its theme."""

    previous: PublishedEntry | None
    following: PublishedEntry | None
    of_theme: list[PublishedEntry]


def beside(entry: PublishedEntry) -> Beside:
    """What stands beside a published entry in its round. One query."""
    entries = list(
        PublishedEntry.objects.for_round(entry.round_id)
        .select_related("status", "action_point")
        .only(
            *("title", "title_en", "status__label", "status__tone"),
            *("action_point__number", "action_point__theme"),
        )
        .in_order()
    )
    at = entries.index(entry)
    theme = entry.action_point.theme_id
    return Beside(
        previous=entries[at - 1] if at else None,
        following=entries[at + 1] if at + 1 < len(entries) else None,
        of_theme=[
            each for each in entries if each.action_point.theme_id == theme and each != entry
        ],
    )
