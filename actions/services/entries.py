"""One entry: what is written of a point, and its moves from stage to stage."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from actions import mails, permissions
from actions.models import EntryTransition, Status, StatusEntry
from actions.moves import MOVES, Move
from actions.richtext.html import sanitise
from actions.services.rules import Conflict, Refused, sign


@dataclass(frozen=True, slots=True)
class Content:
    """What a ministry says of a point in a year. The explanation is HTML, sanitised or not."""

    status: Status | None
    explanation: str

    def is_of(self, entry):
        return (self.status.pk if self.status else None) == entry.status_id and sanitise(
            self.explanation
        ) == sanitise(entry.explanation)


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
        if not entry.is_in_hand:
            _refuse_without_status(entry)
        sign(entry, by).save()
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
    content = content if made.keeps_content else None
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
    sign(entry, by).save()
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


def _refuse_without_status(entry, changes=False):
    if entry.status is None:
        raise Refused(_("Choose the state of play first."))


def _refuse_without_state_of_play(entry):
    _refuse_without_status(entry)
    if entry.status.tone == Status.Tone.NO_UPDATE:
        raise Refused(
            _("“%(status)s” is for the coordinator to record. Choose how the point stands.")
            % {"status": entry.status}
        )


_PREPARE = {
    "confirm": _prepare_confirm,
    "submit": _prepare_submit,
    "approve": _refuse_without_status,
    "no_update": _prepare_no_update,
}
