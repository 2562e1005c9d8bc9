"""An organisation through its renames: what it was, what became of it, and its points each year."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count

from actions.models import (
    Organisation,
    Plan,
    PublishedEntry,
    PublishedResponsibility,
    Succession,
)


@dataclass(frozen=True, slots=True)
class OfYear:
    """How many points an organisation of the line had a role in, in the report of a year."""

    year: int
    organisation: Organisation
    number: int


def line_of(
    organisation: Organisation, successions: Iterable[Succession]
) -> dict[int, Organisation]:
    """The organisation, all that it came from and all that came of it, by their keys.

    What else came from those it came from is not of its line: of a ministry that was split, each
    part has the whole as its past, and not the other part.
    """
    before = [(each.successor, each.predecessor) for each in successions]
    after = [(each.predecessor, each.successor) for each in successions]
    line = {organisation.pk: organisation}
    for steps in (before, after):
        reached = [organisation]
        for each in reached:
            found = [other for one, other in steps if one == each and other not in reached]
            reached += found
        line |= {each.pk: each for each in reached}
    return line


def years_of(line: dict[int, Organisation], plan: Plan) -> list[OfYear]:
    """The years in which a report of the plan names one of a line, the latest first. One query."""
    # By way of the plan: an organisation has responsibilities in many plans.
    of_plan = PublishedEntry.objects.filter(round__plan=plan)
    held = (
        PublishedResponsibility.objects.filter(organisation__in=line.keys(), entry__in=of_plan)
        .values("entry__round__year", "organisation")
        .annotate(number=Count("entry", distinct=True))
        .order_by("-entry__round__year", "organisation__slug")
        .values_list("entry__round__year", "organisation", "number")
    )
    return [OfYear(year, line[key], number) for year, key, number in held]
