"""The work of a round that writes more than one row: each a verb, in one transaction, with its log
inside it and its messages after it.

`by` is the person who acts. What the rules of the round do not allow raises `Refused`, with a
sentence for that person; then nothing is written.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from simple_history.utils import bulk_create_with_history

from actions import mails, permissions
from actions.models import (
    ActionPoint,
    EntryTransition,
    ReportingRound,
    Responsibility,
    SeenFinding,
    Status,
    StatusEntry,
)
from actions.moves import MOVES, Move
from actions.plausibility import Finding
from actions.richtext.html import sanitise
from actions.successors import Takeover


class Refused(Exception):  # noqa: N818 (it is no error: a rule was asked and answered)
    """The rules of the round do not allow this. Its text says why, and what to do."""


class Conflict(Exception):  # noqa: N818
    """Somebody saved the entry after it was read for this change. `entry` is as it is now."""

    def __init__(self, entry):
        super().__init__(_("Somebody else has saved this entry in the meantime."))
        self.entry = entry


@dataclass(frozen=True, slots=True)
class Content:
    """What a ministry says of a point in a year. The explanation is HTML, sanitised or not."""

    status: Status | None
    explanation: str

    def is_of(self, entry):
        return (self.status.pk if self.status else None) == entry.status_id and sanitise(
            self.explanation
        ) == sanitise(entry.explanation)


# --- The round ---------------------------------------------------------------


@transaction.atomic
def open_round(*, reporting_round: ReportingRound, by) -> bool:
    """Open a round and fill it with an entry for each point in force, as it stood last time.

    Returns whether it was opened: of two who open it at once, one does.
    """
    reporting_round = _locked_round(reporting_round, by)
    if reporting_round.is_open:
        return False
    if reporting_round.stage != ReportingRound.Stage.PREPARING:
        raise Refused(
            _("The round of %(year)s is %(stage)s and is not opened anew.")
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
    reporting_round = _locked_round(reporting_round, by)
    if reporting_round.stage == ReportingRound.Stage.CLOSED:
        return False
    if not reporting_round.is_open:
        raise Refused(
            _("The round of %(year)s is %(stage)s, and only an open round can be closed.")
            % {"year": reporting_round.year, "stage": reporting_round.get_stage_display()}
        )
    # Whoever is saving an entry now is waited for; whoever comes later finds the round closed.
    list(reporting_round.entries.select_for_update().values_list("pk"))
    obstacles = reporting_round.entries.unfinished().count() + len(
        reporting_round.points_without_entry()
    )
    if obstacles:
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
def reopen_round(*, reporting_round: ReportingRound, by) -> bool:
    """Open a closed round again, to correct an entry. Returns whether it was closed until now."""
    reporting_round = _locked_round(reporting_round, by)
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
        _sign(entry, by, _("The point is not in the plan this year")).delete()
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

    What is published stands: the years before keep who was responsible then.
    """
    reporting_round = _locked_round(reporting_round, by)
    year = reporting_round.year
    reason = _("Taken over by the successor, from %(year)s on") % {"year": year}
    for takeover in takeovers:
        point = ActionPoint.objects.select_for_update().get(pk=takeover.point.pk)
        for held, successor in takeover.successors.items():
            _move_responsibility(held, successor, year, by, reason)
        point.responsibility = takeover.wording
        _sign(point, by, reason).save()


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
        _sign(new, by, reason).save()
    if held.first_year == year:
        _sign(held, by, reason).delete()
    else:
        held.last_year = year - 1
        _sign(held, by, reason).save()


def _locked_open_rounds(plan):
    # All are locked: one that is being opened now is waited for.
    return [each for each in plan.rounds.select_for_update() if each.is_open]


def _locked_round(reporting_round, by):
    if not permissions.is_coordinator(by):
        raise PermissionDenied
    return ReportingRound.objects.select_for_update().get(pk=reporting_round.pk)


def _refuse_without_dates(reporting_round):
    if not (reporting_round.reference_date and reporting_round.deadline):
        raise Refused(_("Fill in the reference date and the deadline first."))


def _move_round(reporting_round, stage, by, reason):
    reporting_round.stage = stage
    _sign(reporting_round, by, reason).save()


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


# --- An entry ----------------------------------------------------------------


@transaction.atomic
def save_entry(*, entry: StatusEntry, version: int, content: Content, by) -> StatusEntry:
    """Write what is said of a point, and leave the entry in its stage.

    `version` is that of the entry as the person read it; `Conflict` when it is no longer that. What
    has been saved already, by a double click or a repeated request, is not saved again.
    """
    entry = _locked_entry(entry)
    if entry.version != version:
        if content.is_of(entry):
            return entry
        raise Conflict(entry)
    _refuse_unless_open(entry)
    if not permissions.may_change(entry, by):
        raise PermissionDenied
    if _take(content, entry):
        _sign(entry, by).save()
    return entry


@transaction.atomic
def move_entry(
    *,
    entry: StatusEntry,
    version: int,
    move: str,
    by,
    content: Content | None = None,
    remark: str = "",
) -> StatusEntry:
    """Make a move of the table with an entry, together with what was written with it.

    As with `save_entry`, `version` is that which the person read. Returns the entry as it is then;
    the same person making the same move again changes nothing.
    """
    made, remark = MOVES[move], remark.strip()
    entry = _locked_entry(entry)
    if entry.version != version:
        if _was_made(made, entry, by, remark) and (content is None or content.is_of(entry)):
            return entry
        raise Conflict(entry)
    _refuse_unless_open(entry)
    if not permissions.may_move(made, entry, by):
        if entry.stage not in made.from_stages:
            raise Refused(
                _("“%(move)s” is not possible: the entry is %(stage)s.")
                % {"move": made.label, "stage": entry.get_stage_display()}
            )
        raise PermissionDenied
    if made.needs_remark and not remark:
        raise Refused(_("Say in a remark what the ministry should change."))
    changes = content is not None and _take(content, entry)
    _PREPARE.get(move, _as_it_is)(entry, changes)
    transition = EntryTransition(
        entry=entry, by=by, from_stage=entry.stage, to_stage=made.to_stage, remark=remark
    )
    entry.stage = made.to_stage
    _sign(entry, by).save()
    transition.save()
    transaction.on_commit(lambda: mails.entry_moved(transition, move=made), robust=True)
    return entry


def _locked_entry(entry):
    # The round is read after the lock is held: it may have been closed while we waited.
    return StatusEntry.objects.select_for_update().get(pk=entry.pk)


def _refuse_unless_open(entry):
    if not entry.round.is_open:
        raise Refused(
            _("The round of %(year)s is not open, so nothing in it can be changed.")
            % {"year": entry.round.year}
        )


def _was_made(move: Move, entry, by, remark):
    """Whether this person's same move, with the same remark, is what brought the entry here."""
    last = entry.transitions.first()
    return (
        last is not None
        and entry.stage == last.to_stage == move.to_stage
        and last.by_id == by.pk
        and last.remark == remark
    )


def _take(content, entry):
    """Set the content on the entry, and return whether that changes it."""
    if content.is_of(entry):
        return False
    entry.status, entry.explanation = content.status, content.explanation
    entry.is_confirmed = True
    return True


# What a move asks of an entry, and does to it, before the entry gets its new stage.


def _as_it_is(entry, changes):
    pass


def _prepare_confirm(entry, changes):
    if changes or entry.is_confirmed:
        raise Refused(_("The entry has been changed, so it is not unchanged. Choose “Submit”."))
    if entry.previous is None:
        raise Refused(_("This point is new this year: there is nothing to confirm unchanged."))
    _refuse_without_state_of_play(entry)
    entry.is_confirmed = True


def _prepare_submit(entry, changes):
    _refuse_without_state_of_play(entry)
    if not entry.is_confirmed:
        raise Refused(
            _("Nothing has changed since last year. If that is right, choose “%(confirm)s”.")
            % {"confirm": MOVES["confirm"].label}
        )


def _prepare_no_update(entry, changes):
    status = Status.objects.filter(tone=Status.Tone.NO_UPDATE).first()
    if status is None:
        raise Refused(_("There is no status with the tone “no update” yet. Add one first."))
    # Last year's text is not this year's answer: it is not said again.
    entry.status, entry.explanation, entry.is_confirmed = status, "", True


def _refuse_without_state_of_play(entry):
    if entry.status is None:
        raise Refused(_("Choose the state of play first."))
    if entry.status.tone == Status.Tone.NO_UPDATE:
        raise Refused(
            _("“%(status)s” is for the coordinator to record. Choose how the point stands.")
            % {"status": entry.status}
        )


_PREPARE = {
    "confirm": _prepare_confirm,
    "submit": _prepare_submit,
    "no_update": _prepare_no_update,
}


def _sign(row, by, reason=""):
    """Let the history of a row say who writes it, and why."""
    row._history_user, row._change_reason = by, reason
    return row


# --- Findings ------------------------------------------------------------------


@transaction.atomic
def mark_finding_seen(*, finding: Finding, reason: str, by) -> SeenFinding:
    """Record that a coordinator has looked at a finding, and why it may stay so.

    What has been marked already, by a double click or by a colleague, keeps its first reason.
    """
    reporting_round = _locked_round(finding.entry.round, by)
    if reporting_round.is_published:
        raise Refused(
            _("The round of %(year)s is published, so nothing in it can be changed.")
            % {"year": reporting_round.year}
        )
    if not reason.strip():
        raise Refused(_("Say why this may stay as it is."))
    seen, _is_new = SeenFinding.objects.get_or_create(
        entry=finding.entry,
        check_name=finding.check,
        evidence=finding.evidence,
        defaults={"reason": reason.strip(), "by": by},
    )
    return seen
