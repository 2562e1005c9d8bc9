"""What stands in the way of closing a round."""

from dataclasses import dataclass

from actions.models import ActionPoint, ReportingRound, StatusEntry


@dataclass(frozen=True, slots=True)
class Obstacles:
    """The entries that are not finished, and the points in force that have no entry."""

    unfinished: tuple[StatusEntry, ...]
    missing: tuple[ActionPoint, ...]

    def __len__(self):
        return len(self.unfinished) + len(self.missing)


def obstacles_to_closing(reporting_round: ReportingRound) -> Obstacles:
    unfinished = reporting_round.entries.unfinished().select_related("round", "action_point")
    return Obstacles(
        unfinished=tuple(unfinished.in_order()),
        missing=tuple(reporting_round.points_without_entry()),
    )
