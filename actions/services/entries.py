"""One entry: what is written of a point, and its moves from stage to stage."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from actions import mails, permissions
from actions.models import EntryTransition, Progress, Status, StatusEntry
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
def save_entry(
    *, entry: StatusEntry, version: int, content: Content, by, reason: str = ""
) -> StatusEntry:
    """Write what is said of a point, and leave the entry in its stage.

    `version` is that of the entry as the person read it; `Conflict` when it is no longer that. What
    has been saved already, by a double click or a repeated request, is not saved again. The history
    keeps the `reason`. An entry that is gone, as its point left the plan, is
    `StatusEntry.DoesNotExist`.
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
            _ask_status(entry)
        sign(entry, by, reason).save()
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
        if _was_made(made, entry, by, remark) and (
            content is None or content.is_of(_as_read(entry, version) if made.as_saved else entry)
        ):
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
    _ASKS.get(move, _nothing)(entry, changes)
    _DOES.get(move, _nothing)(entry)
    transition = _change_stage(entry, made.to_stage, by, remark=remark)
    transaction.on_commit(lambda: mails.entry_moved(transition, move=made), robust=True)
    return entry


@transaction.atomic
def approve_again(*, entry: StatusEntry, by, reason: str) -> None:
    """Let an entry that says what was published be approved, as it was then.

    It is no move: nobody has looked at it anew, and nobody is mailed. The history keeps the
    `reason`, which tells what happened.
    """
    entry = _locked_entry(entry)
    _change_stage(entry, StatusEntry.Stage.APPROVED, by, reason=reason)


def is_offered(move: Move, entry: StatusEntry, by) -> bool:
    """Whether someone may make a move, and it makes sense for the entry as it is saved."""
    if not permissions.may_move(move, entry, by):
        return False
    if move.as_saved:
        try:
            _ASKS[move.name](entry, changes=False)
        except Refused:
            return False
    return True


def _change_stage(entry, stage, by, *, remark="", reason=""):
    transition = EntryTransition(
        entry=entry, by=by, from_stage=entry.stage, to_stage=stage, remark=remark
    )
    entry.stage = stage
    sign(entry, by, reason).save()
    transition.save()
    return transition


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


def _as_read(entry, version):
    """The entry as it was in this version; as it is now where nothing was kept of that."""
    return entry.history.filter(version=version).first() or entry


def _take(content, entry):
    """Set the content on the entry, and return whether that changes it."""
    if content.is_of(entry):
        return False
    entry.status, entry.explanation = content.status, content.explanation
    entry.is_confirmed = True
    return True


def _nothing(*_args):
    pass


# What a move asks of an entry. `changes`: what came with it is not what was saved before.


def _ask_confirm(entry, changes):
    if changes or entry.is_confirmed:
        raise Refused(_("The entry has been changed, so it is not unchanged. Choose “Submit”."))
    if entry.previous is None:
        raise Refused(_("This point is new this year: there is nothing to confirm unchanged."))
    _ask_status(entry)
    if _is_without_update(entry):
        raise Refused(
            _(
                "Last year no update was received, so there is nothing to confirm. Choose the "
                "state of play and write an explanation."
            )
        )


def _ask_submit(entry, changes):
    _ask_status(entry)
    if _is_without_update(entry):
        raise Refused(
            _("“%(status)s” is for the coordinator to record. Choose how the point stands.")
            % {"status": entry.status}
        )
    if not entry.is_confirmed:
        raise Refused(
            _("Nothing has changed since last year. If that is right, choose “%(confirm)s”.")
            % {"confirm": MOVES["confirm"].label}
        )


def _ask_no_update(entry, changes):
    named = {"move": MOVES["no_update"].label}
    if changes:
        raise Refused(
            _("With “%(move)s” you would lose what you typed. Save it, or open the page again.")
            % named
        )
    is_empty = _is_without_update(entry) and not entry.explanation_text
    if entry.progress != Progress.UNTOUCHED and not is_empty:
        raise Refused(
            _(
                "Somebody has worked on this entry this year, and “%(move)s” would throw that "
                "away. Is that right? Then empty the explanation, choose that state of play and "
                "save first."
            )
            % named
        )


def _ask_status(entry, changes=False):
    if entry.status is None:
        raise Refused(_("Choose the state of play first."))


def _is_without_update(entry):
    return entry.status is not None and entry.status.tone == Status.Tone.NO_UPDATE


_ASKS = {
    "confirm": _ask_confirm,
    "submit": _ask_submit,
    "approve": _ask_status,
    "no_update": _ask_no_update,
}


# What a move does to an entry, beside giving it its new stage.


def _confirm(entry):
    entry.is_confirmed = True


def _record_no_update(entry):
    status = Status.objects.filter(tone=Status.Tone.NO_UPDATE).first()
    if status is None:
        raise Refused(_("There is no status with the tone “no update” yet. Add one first."))
    # Last year's text is not this year's answer: it is not said again.
    entry.status, entry.explanation, entry.is_confirmed = status, "", True


_DOES = {"confirm": _confirm, "no_update": _record_no_update}
