"""What reports made public, as news: that they were published, and what changed in them."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from actions.models import PublishedEntry
from reports.changes import changes_since, reworded
from reports.document import Change, ChangeKind, Changes
from reports.models import Edition
from reports.readers import json_file
from reports.topics import Topic


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
    for of_year in editions.values():
        news += [_publication(plan, edition) for edition in of_year]
        news += _changes(plan, of_year, numbers)
    return sorted(news, key=lambda each: each.changed, reverse=True)


@dataclass(frozen=True, slots=True)
class NewsOfEdition:
    """What one edition made public: that it is there, and what it changed.

    A first edition is set beside the report of the year before, a correction beside the edition
    that it replaces. `since` is the year of that report; None where there is none to set it beside.
    `topics` are those that it holds something of.
    """

    publication: News
    changes: list[News]
    since: int | None
    topics: tuple[Topic, ...]


def news_of_edition(edition: Edition, topics: Iterable[Topic]) -> NewsOfEdition:
    """The news of an edition about these topics of its plan."""
    plan, document = edition.round.plan, json_file.from_data(edition.document)
    changes = document.changes
    if edition.number > 1:
        before = Edition.objects.get(round=edition.round_id, number=edition.number - 1)
        replaced = json_file.from_data(before.document)
        changes = changes_since(replaced, list(document.rows()))
    told, with_news = set(), []
    for topic in topics:
        numbers = _numbers(topic, edition, changes)
        found = list(_told(plan, edition, changes, numbers, since=edition.at))
        if numbers is None or (found if changes else numbers.get(edition.round.year)):
            with_news.append(topic)
        told |= {each.name for each in found}
    every = _told(plan, edition, changes, None, since=edition.at)
    return NewsOfEdition(
        publication=_publication(plan, edition),
        # In the order of the report, and each once, whatever topics it belongs to.
        changes=[each for each in every if each.name in told],
        since=changes.since if changes else None,
        topics=tuple(with_news),
    )


def _numbers(topic, edition, changes):
    numbers = topic.numbers()
    if numbers is not None and edition.number > 1:
        # Of a point that a correction takes out, only the plan still knows whose it is.
        year = edition.round.year
        out = {each.number for each in changes.items if each.kind == ChangeKind.ENDED}
        numbers[year] = numbers.get(year, set()) | topic.numbers_in_plan(year) & out
    return numbers


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


def _changes(plan, editions: list[Edition], numbers) -> Iterator[News]:
    """What the newest edition of a year says that has changed since the report before."""
    newest, first = editions[0], editions[-1]
    changes = json_file.from_data(newest.document).changes
    yield from _told(plan, newest, changes, numbers, since=first.at)


def _told(plan, edition, changes: Changes | None, numbers, since) -> Iterator[News]:
    """What is told of these changes, to whoever follows the points with these numbers."""
    year, in_english = edition.round.year, _in_english(edition)
    for change in changes.items if changes else ():
        # A point that has left is among those of the year that had it.
        of_year = changes.since if change.kind == ChangeKind.ENDED else year
        if numbers is not None and change.number not in numbers.get(of_year, ()):
            continue
        yield News(
            name=f"{year}/{change.number}/{change.kind}",
            title=f"{change.number} {in_english.get((change.number, change.title), change.title)}",
            text=_said(change, year=year),
            address=_address(plan, edition, changes, change),
            since=since,
            changed=edition.at,
        )


def _in_english(edition: Edition) -> dict[tuple[str, str], str]:
    """By number and Dutch title the English titles of action points, for who reads English."""
    if get_language() != "en":
        return {}
    entries = PublishedEntry.objects.for_round(edition.round).exclude(title_en="")
    titles = entries.values_list("action_point__number", "title", "title_en")
    return {(number, title): english for number, title, english in titles}


def _said(change: Change, year: int) -> str:
    words = {"year": year, "before": change.before, "after": change.after}
    match change.kind:
        case ChangeKind.MOVED:
            return _("State of play in %(year)s: %(after)s. Before: %(before)s.") % words
        case ChangeKind.REWORDED:
            words["what"] = reworded(change)
            return _("Is worded differently in the report on %(year)s: %(what)s.") % words
        case ChangeKind.REWRITTEN:
            return _("Has a different explanation in the report on %(year)s.") % words
        case ChangeKind.ADDED:
            return _("Is new in the report on %(year)s.") % words
        case ChangeKind.ENDED:
            return _("Is no longer in the report on %(year)s.") % words


def _address(plan, edition, changes, change) -> str:
    year = edition.round.year
    if change.kind == ChangeKind.ENDED and changes.since == year:
        # Taken out by a correction: perhaps no year has it any more, but the edition before does.
        return reverse("reports:edition_detail", args=[plan.slug, year, edition.number - 1])
    address = reverse("actions:action_point_detail", args=[plan.slug, change.number])
    return address if change.kind == ChangeKind.ENDED else f"{address}#jaar-{year}"
