"""The moves of an entry from stage to stage: one table, and nothing moves but by it."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from actions.models import StatusEntry

Stage = StatusEntry.Stage


@dataclass(frozen=True, slots=True)
class Move:
    """A way from some stages to another.

    `label` is what the button says, `done` what is said when it has been done. Editors make a move
    for the entries of their organisations; a coordinator makes all of them. What is in the form is
    saved with a move. A move that is made `as_saved` is about what was saved before: anything else
    in the form stands in its way.
    """

    name: str
    label: str | Promise
    done: str | Promise
    from_stages: tuple[Stage, ...]
    to_stage: Stage
    for_editors: bool = False
    needs_remark: bool = False
    as_saved: bool = False


_ALL = (
    Move(
        "confirm",
        _("Confirm unchanged and submit"),
        _("Confirmed unchanged and submitted."),
        from_stages=(Stage.DRAFT,),
        to_stage=Stage.SUBMITTED,
        for_editors=True,
        as_saved=True,
    ),
    Move(
        "submit",
        _("Submit"),
        _("Submitted."),
        from_stages=StatusEntry.IN_HAND,
        to_stage=Stage.SUBMITTED,
        for_editors=True,
    ),
    Move(
        "withdraw",
        _("Withdraw the submission"),
        _("Withdrawn: the entry is a draft again."),
        from_stages=(Stage.SUBMITTED,),
        to_stage=Stage.DRAFT,
        for_editors=True,
    ),
    Move(
        "approve",
        _("Approve"),
        _("Approved."),
        from_stages=(Stage.SUBMITTED,),
        to_stage=Stage.APPROVED,
    ),
    Move(
        "return",
        _("Return with the remark"),
        _("Returned."),
        from_stages=(Stage.SUBMITTED, Stage.APPROVED),
        to_stage=Stage.RETURNED,
        needs_remark=True,
    ),
    Move(
        "no_update",
        _("No update received"),
        _("Recorded that no update was received."),
        from_stages=StatusEntry.IN_HAND,
        to_stage=Stage.APPROVED,
        as_saved=True,
    ),
)

MOVES = {move.name: move for move in _ALL}
