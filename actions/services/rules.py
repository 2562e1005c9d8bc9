"""What the services share: how they refuse, what they lock, and who signs."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from actions import permissions
from actions.models import ActionPoint, ReportingRound


class Refused(Exception):  # noqa: N818 (it is no error: a rule was asked and answered)
    """The rules of the round do not allow this. Its text says why, and what to do."""


class Overtaken(Refused):
    """Somebody saved the point after it was read for this change. `point` is as it is now."""

    def __init__(self, point):
        super().__init__(
            _(
                "Somebody else has saved action point %(number)s in the meantime. Your change has "
                "not been saved yet: see below how it reads now, and bring the two together."
            )
            % {"number": point.number}
        )
        self.point = point


class Conflict(Exception):  # noqa: N818
    """Somebody saved the entry after it was read for this change. `entry` is as it is now."""

    def __init__(self, entry):
        super().__init__(_("Somebody else has saved this entry in the meantime."))
        self.entry = entry


def locked_round(reporting_round, by):
    """The round, locked for a coordinator, and for nobody else."""
    if not permissions.is_coordinator(by):
        raise PermissionDenied
    return ReportingRound.objects.select_for_update().get(pk=reporting_round.pk)


def wait_for_writers(reporting_round):
    """Wait for whoever is saving an entry of the round, or the point that it is worded by.

    Whoever comes later finds the round as it is then. Within the transaction of the caller.
    """
    entries = reporting_round.entries.select_related("action_point")
    list(entries.select_for_update(of=("self", "action_point")))


def locked_point(point, version):
    """The action point, locked for a change that builds on this version of it."""
    point = ActionPoint.objects.select_for_update().get(pk=point.pk)
    if point.version != version:
        raise Overtaken(point)
    return point


def sign(row, by, reason=""):
    """Let the history of a row say who writes it, and why."""
    row._history_user, row._change_reason = by, reason
    return row
