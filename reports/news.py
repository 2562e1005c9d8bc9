"""What reports made public, as news: that they were published, and what changed in them."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from reports.changes import reworded
from reports.document import Change, ChangeKind
from reports.models import Edition
from reports.readers import json_file


@dataclass(frozen=True, slots=True)
class News:
    """One thing that has become public.

    `name` is its own for ever, among the news of its plan. What a correction changes about it comes
    under the same name, at a later moment.
    """

    name: str
    title: str
    text: str
    address: str
    since: datetime
    changed: datetime


def news_of(plan, numbers: dict[int, Collection[str]] | None = None) -> list[News]:
    """The news of a plan, the latest first; of the action points with these numbers, if given.

    `numbers` are given per year, since who is responsible differs from year to year.
    """
    editions: dict[int, list[Edition]] = {}
    for edition in Edition.objects.of_plan(plan.slug).select_related("round"):
        editions.setdefault(edition.round.year, []).append(edition)
    news: list[News] = []
    for year, of_year in editions.items():
        news += [_publication(plan, edition) for edition in of_year]
        chosen = None if numbers is None else numbers.get(year, ())
        news += _changes(plan, of_year, chosen)
    return sorted(news, key=lambda each: each.changed, reverse=True)


def _publication(plan, edition: Edition) -> News:
    year = edition.round.year
    title = (
        _("The progress report on %(year)s has been published")
        if edition.number == 1
        else _("The progress report on %(year)s has been corrected")
    )
    return News(
        name=f"{year}/editie-{edition.number}",
        title=title % {"year": year},
        text=edition.note or edition.document["title"],
        address=reverse("reports:edition_detail", args=[plan.slug, year, edition.number]),
        since=edition.at,
        changed=edition.at,
    )


def _changes(plan, editions: list[Edition], numbers: Collection[str] | None) -> Iterator[News]:
    """What the newest edition of a year says that has changed since the report before."""
    newest, first = editions[0], editions[-1]
    changes = json_file.from_data(newest.document).changes
    for change in changes.items if changes else ():
        if numbers is not None and change.number not in numbers:
            continue
        yield News(
            name=f"{newest.round.year}/{change.number}/{change.kind}",
            title=f"{change.number} {change.title}",
            text=_said(change, year=newest.round.year),
            address=_address(plan, change, newest.round.year),
            since=first.at,
            changed=newest.at,
        )


def _said(change: Change, year: int) -> str:
    words = {"year": year, "before": change.before, "after": change.after}
    match change.kind:
        case ChangeKind.MOVED:
            return _("State of play in %(year)s: %(after)s. Before: %(before)s.") % words
        case ChangeKind.REWORDED:
            words["what"] = reworded(change)
            return _("Is worded otherwise in the report on %(year)s: %(what)s.") % words
        case ChangeKind.REWRITTEN:
            return _("Has another explanation in the report on %(year)s.") % words
        case ChangeKind.ADDED:
            return _("Is new in the report on %(year)s.") % words
        case ChangeKind.ENDED:
            return _("Is no longer in the report on %(year)s.") % words


def _address(plan, change: Change, year: int) -> str:
    address = reverse("actions:action_point_detail", args=[plan.slug, change.number])
    return address if change.kind == ChangeKind.ENDED else f"{address}#jaar-{year}"
