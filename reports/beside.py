"""What is published with a report and its document does not say: as data, to be frozen as well.

The public table shows of a point its dates, its English and who is responsible for it. And a file
is of one edition, which its bytes alone do not tell.
"""

from collections import defaultdict
from collections.abc import Iterator

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from actions.models import (
    ActionPoint,
    PublishedResponsibility,
    ReportingRound,
    Responsibility,
)

# What a person calls each of the parts of a point.
PARTS: dict[str, str | Promise] = {
    "dates": _("the dates"),
    "english": _("the English"),
    "responsibilities": _("who is responsible"),
}


def beside(reporting_round: ReportingRound, checksums: dict[str, str]) -> dict:
    """What goes with an edition of a round as the public sees it now.

    `checksums` are those of its files, by their format.
    """
    return {"files": checksums, "points": points_published(reporting_round)}


def points_published(reporting_round: ReportingRound) -> dict[str, dict]:
    """The parts of each point by its number, as the public sees them."""
    held = PublishedResponsibility.objects.filter(entry__round=reporting_round)
    return _points(
        reporting_round.published_entries,
        held.values_list("entry__action_point", "organisation", "role"),
    )


def points_now(reporting_round: ReportingRound) -> dict[str, dict]:
    """The same as the public would see them, were the round published as it is now."""
    return _points(reporting_round.entries, Responsibility.objects.of_round(reporting_round))


def what_differs(frozen: dict, reporting_round: ReportingRound) -> Iterator[tuple[str, str]]:
    """The numbers of the points that the public sees otherwise than was frozen, part by part."""
    before, now = frozen["points"], points_published(reporting_round)
    for part, label in PARTS.items():
        numbers = [each for each in now if before.get(each, {}).get(part) != now[each][part]]
        if numbers:
            yield ", ".join(numbers), str(label)


def _points(entries, held) -> dict[str, dict]:
    of_point = defaultdict(list)
    for point, *organisation_and_role in held:
        of_point[point].append(organisation_and_role)
    return {
        entry.number: {
            "dates": [day and day.isoformat() for day in (entry.start_date, entry.end_date)],
            "english": [getattr(entry, name) for name in ActionPoint.TRANSLATED.values()],
            "responsibilities": sorted(of_point[entry.action_point_id]),
        }
        for entry in entries.select_related("action_point").in_order()
    }
