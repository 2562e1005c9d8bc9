"""Responsibilities that outlived their organisation, and who can take them over."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from actions.models import ActionPoint, Organisation, ReportingRound, Responsibility


@dataclass(frozen=True, slots=True)
class Takeover:
    """Who takes over which responsibilities of a point, and how the plan words it from then on.

    `version` is that of the point as the person read it.
    """

    point: ActionPoint
    version: int | None
    successors: Mapping[Responsibility, Organisation]
    wording: str


def outlived(reporting_round: ReportingRound) -> QuerySet[Responsibility]:
    """The responsibilities to write an entry whose organisation has ended by the year of the round.

    In the order of the plan, with their points and organisations.
    """
    year = reporting_round.year
    return (
        Responsibility.objects.in_force(year)
        .filter(
            action_point__in=reporting_round.plan.action_points.in_force(year),
            role__in=Responsibility.EDITING_ROLES,
            organisation__last_year__lt=year,
        )
        .select_related("organisation", "action_point")
        .order_by(
            "action_point__theme__pillar__number",
            "action_point__theme__position",
            "action_point__sequence",
            "pk",
        )
    )


def successors_in(year: int, organisation: Organisation) -> QuerySet[Organisation]:
    """Who took over from an organisation, at once or in steps, and exists in this year."""
    reached = [organisation]
    for older in reached:  # It grows as it goes.
        reached += older.successors.exclude(pk__in=[each.pk for each in reached])
    later = [each.pk for each in reached[1:]]
    return Organisation.objects.existing_in(year).filter(pk__in=later)


def reworded(text: str, old: Organisation, new: Organisation) -> str:
    """The text with the new organisation wherever it names the old: whole words, no parts."""
    for before, after in ((old.name, new.name), (old.abbreviation, new.label)):
        if before:
            text = re.sub(rf"(?<!\w){re.escape(before)}(?!\w)", lambda _m, to=after: to, text)
    return text
