"""A round as a whole: its opening and closing, its points and who writes them."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from simple_history.utils import bulk_create_with_history

from actions import mails, permissions
from actions.closing import obstacles_to_closing
from actions.models import (
    ActionPoint,
    PublishedEntry,
    ReportingRound,
    Responsibility,
    StatusEntry,
)
from actions.services.entries import approve_again
from actions.services.rules import Refused, locked_point, locked_round, sign, wait_for_writers
from actions.successors import Takeover


@transaction.atomic
def open_round(*, reporting_round: ReportingRound, by) -> bool:
    """Open a round and fill it with an entry for each point in force, as it stood last time.

    Returns whether it was opened: of two who open it at once, one does.
    """
    reporting_round = locked_round(reporting_round, by)
    if reporting_round.is_open:
        return False
    if reporting_round.stage != ReportingRound.Stage.PREPARING:
        raise Refused(
            _("The round of %(year)s is %(stage)s and cannot be opened again.")
            % {"year": reporting_round.year, "stage": reporting_round.get_stage_display()}
        )
    _refuse_without_dates(reporting_round)
    earlier = reporting_round.plan.rounds.open().filter(year__lt=reporting_round.year).first()
    if earlier:
        raise Refused(
            _("The round of %(year)s is still open. Close it first: its texts are carried forward.")
            % {"year": earlier.year}
        )
    _move_round(reporting_round, ReportingRound.Stage.OPEN, by, _("Round opened"))
    _add_missing_entries(reporting_round, by)
    transaction.on_commit(lambda: mails.round_opened(reporting_round), robust=True)
    return True


@transaction.atomic
def close_round(*, reporting_round: ReportingRound, by) -> bool:
    """Close a round in which nothing is left to do. Returns whether it was open until now."""
    reporting_round = locked_round(reporting_round, by)
    if reporting_round.stage == ReportingRound.Stage.CLOSED:
        return False
    if not reporting_round.is_open:
        raise Refused(
            _("The round of %(year)s is %(stage)s, and only an open round can be closed.")
            % {"year": reporting_round.year, "stage": reporting_round.get_stage_display()}
        )
    wait_for_writers(reporting_round)
    if obstacles := len(obstacles_to_closing(reporting_round)):
        raise Refused(
            ngettext(
                "The round cannot be closed yet: %(number)s point is not finished.",
                "The round cannot be closed yet: %(number)s points are not finished.",
                obstacles,
            )
            % {"number": obstacles}
        )
    _move_round(reporting_round, ReportingRound.Stage.CLOSED, by, _("Round closed"))
    return True


@transaction.atomic
def publish_round(*, reporting_round: ReportingRound, by) -> int:
    """Let the public see a closed round as it is now. Returns the number of this edition.

    `reports.services.publish` calls this, together with what freezes the report.
    """
    reporting_round = locked_round(reporting_round, by)
    if reporting_round.stage != ReportingRound.Stage.CLOSED:
        raise Refused(
            _("The round of %(year)s is %(stage)s, and only a closed round can be published.")
            % {"year": reporting_round.year, "stage": reporting_round.get_stage_display()}
        )
    reporting_round.edition += 1
    reporting_round.keep_as_published()
    _move_round(reporting_round, ReportingRound.Stage.PUBLISHED, by, _("Round published"))
    PublishedEntry.objects.publish(reporting_round)
    return reporting_round.edition


@transaction.atomic
def correct_round(*, reporting_round: ReportingRound, by) -> bool:
    """Let the report of a published round be corrected. Returns whether it was published until now.

    The round is closed again: its texts can be changed, and it can be reopened to change entries.
    What was published stays so, until the report is published anew.
    """
    reporting_round = locked_round(reporting_round, by)
    if reporting_round.is_correction:
        return False
    if not reporting_round.is_published:
        raise Refused(
            _("The round of %(year)s is %(stage)s, and only a published report can be corrected.")
            % {"year": reporting_round.year, "stage": reporting_round.get_stage_display()}
        )
    _move_round(reporting_round, ReportingRound.Stage.CLOSED, by, _("Correction begun"))
    return True


@transaction.atomic
def withdraw_correction(*, reporting_round: ReportingRound, by) -> bool:
    """Let a round stand as it was published, with every entry approved as it was then.

    Returns whether it was being corrected until now. `reports.services.withdraw_correction` calls
    this, once it has seen that the round says what its newest edition says.
    """
    reporting_round = locked_round(reporting_round, by)
    if reporting_round.is_published:
        return False
    if not reporting_round.is_correction:
        raise Refused(
            _("The round of %(year)s is %(stage)s: there is no correction to withdraw.")
            % {"year": reporting_round.year, "stage": reporting_round.get_stage_display()}
        )
    reason = _("Correction withdrawn")
    for entry in reporting_round.entries.unfinished():
        approve_again(entry=entry, by=by, reason=reason)
    # The round of a report without one got it to be reopened; otherwise it is this one already.
    reporting_round.reference_date = reporting_round.published_reference_date
    _move_round(reporting_round, ReportingRound.Stage.PUBLISHED, by, reason)
    return True


@transaction.atomic
def reopen_round(*, reporting_round: ReportingRound, by) -> bool:
    """Open a closed round again, to correct an entry. Returns whether it was closed until now."""
    reporting_round = locked_round(reporting_round, by)
    if reporting_round.is_open:
        return False
    if reporting_round.stage != ReportingRound.Stage.CLOSED:
        raise Refused(
            _("The round of %(year)s is %(stage)s, and only a closed round can be reopened.")
            % {"year": reporting_round.year, "stage": reporting_round.get_stage_display()}
        )
    _refuse_without_dates(reporting_round)
    _move_round(reporting_round, ReportingRound.Stage.OPEN, by, _("Round reopened"))
    _add_missing_entries(reporting_round, by)
    return True


@transaction.atomic
def follow_point(*, point: ActionPoint, by) -> None:
    """Give the open rounds of the plan an entry of this point, in the years it is in force.

    Where it is not, its entry goes. One that somebody has worked on stands in the way of that.
    """
    for entry in entries_to_go(point):
        sign(entry, by, _("The point is not in the plan this year")).delete()
    for reporting_round in _locked_open_rounds(point.plan):
        if point.is_in_force(reporting_round.year):
            _add_missing_entries(reporting_round, by)


def entries_to_go(point: ActionPoint) -> list[StatusEntry]:
    """The entries in open rounds of years in which the point, as it is here, is not in the plan.

    They are locked, within the transaction of the caller: a form asks this before it saves.
    """
    years = [each.year for each in _locked_open_rounds(point.plan)]
    gone = [year for year in years if not point.is_in_force(year)]
    found = StatusEntry.objects.filter(action_point=point.pk, round__year__in=gone)
    entries = list(found.select_for_update(of=("self",)))
    for entry in entries:
        if not entry.is_as_carried_forward():
            raise Refused(
                _(
                    "Somebody has worked on the entry of %(number)s in the round of %(year)s. Make "
                    "%(year)s its last year, so that the report can say how it ended."
                )
                % {"number": point.number, "year": entry.round.year}
            )
    return entries


@transaction.atomic
def move_responsibilities(
    *, reporting_round: ReportingRound, takeovers: Iterable[Takeover], by
) -> None:
    """Let successors take over responsibilities from the year of the round on.

    What is published stands: the years before keep who was responsible then. `Overtaken` when a
    point is no longer as the person read it.
    """
    reporting_round = locked_round(reporting_round, by)
    year = reporting_round.year
    reason = _("Taken over by the successor, from %(year)s on") % {"year": year}
    for takeover in takeovers:
        point = locked_point(takeover.point, takeover.version)
        for held, successor in takeover.successors.items():
            _move_responsibility(held, successor, year, by, reason)
        point.responsibility = takeover.wording
        sign(point, by, reason).save()


def _move_responsibility(held, successor, year, by, reason):
    if (permissions.last_published_year(held) or 0) >= year:
        raise Refused(
            _("The report on %(year)s is published and names %(organisation)s: that stands.")
            % {"year": year, "organisation": held.organisation}
        )
    now = held.action_point.responsibilities.in_force(year)
    if not now.filter(pk=held.pk).exists():
        raise Refused(_("Somebody else has moved these responsibilities in the meantime."))
    if not now.filter(organisation=successor, role=held.role).exists():
        taken = {name: getattr(held, name) for name in ("action_point", "role", "last_year")}
        new = Responsibility(**taken, organisation=successor, first_year=year)
        sign(new, by, reason).save()
    if held.first_year == year:
        sign(held, by, reason).delete()
    else:
        held.last_year = year - 1
        sign(held, by, reason).save()


def _locked_open_rounds(plan):
    # All are locked: one that is being opened now is waited for.
    return [each for each in plan.rounds.select_for_update() if each.is_open]


def _refuse_without_dates(reporting_round):
    if not reporting_round.has_dates:
        raise Refused(_("Fill in the reference date and the deadline first."))


def _move_round(reporting_round, stage, by, reason):
    reporting_round.stage = stage
    sign(reporting_round, by, reason).save()


def _add_missing_entries(reporting_round, by):
    points = reporting_round.points_without_entry()
    previous = reporting_round.previous_entries()
    entries = [_carried_forward(point, reporting_round, previous.get(point.pk)) for point in points]
    bulk_create_with_history(
        entries, StatusEntry, default_user=by, default_change_reason=_("Made for the round")
    )


def _carried_forward(point, reporting_round, previous):
    entry = StatusEntry(action_point=point, round=reporting_round)
    if previous:
        entry.status, entry.explanation = previous.status, previous.explanation
    return entry
