"""What the opening of a round will do, and what had better be settled before it."""

from collections import Counter
from dataclasses import dataclass

from actions.models import Organisation, ReportingRound
from actions.progress import names_of_editors, writers_of
from actions.successors import outlived


@dataclass(frozen=True, slots=True)
class Opening:
    """How the entries of a round will be filled, and for whom they will wait.

    `carried` has the years whose texts are carried forward, latest first, each with how many.
    """

    total: int
    carried: tuple[tuple[int, int], ...]
    new: int
    ended: tuple[Organisation, ...]
    without_editor: tuple[Organisation, ...]
    without_writer: int


def opening_of(reporting_round: ReportingRound) -> Opening:
    """Look ahead at the opening of a round. A fixed number of queries."""
    points = reporting_round.plan.action_points.in_force(reporting_round.year)
    keys = set(points.values_list("pk", flat=True))
    previous = reporting_round.previous_entries()
    carried = Counter(previous[key].round.year for key in keys & previous.keys())
    writers = writers_of(points, reporting_round.year)
    writing = {each for of_point in writers.values() for each in of_point}
    ended = {held.organisation for held in outlived(reporting_round)}
    editors = names_of_editors(writing)
    return Opening(
        total=len(keys),
        carried=tuple(sorted(carried.items(), reverse=True)),
        new=len(keys - previous.keys()),
        ended=_by_label(ended),
        without_editor=_by_label(each for each in writing - ended if each.pk not in editors),
        without_writer=len(keys - writers.keys()),
    )


def _by_label(organisations):
    return tuple(sorted(organisations, key=lambda each: each.label.casefold()))
