"""The work of a round that writes more than one row: each a verb, in one transaction, with its log
inside it and its messages after it.

`by` is the person who acts. What the rules of the round do not allow raises `Refused`, with a
sentence for that person; then nothing is written.
"""

from actions.services.entries import Content, is_offered, move_entry, save_entry
from actions.services.findings import mark_finding_seen
from actions.services.rounds import (
    close_round,
    correct_round,
    entries_to_go,
    follow_point,
    move_responsibilities,
    open_round,
    publish_round,
    reopen_round,
    withdraw_correction,
)
from actions.services.rules import Conflict, Overtaken, Refused, locked_point

__all__ = [
    "Conflict",
    "Content",
    "Overtaken",
    "Refused",
    "close_round",
    "correct_round",
    "entries_to_go",
    "follow_point",
    "is_offered",
    "locked_point",
    "mark_finding_seen",
    "move_entry",
    "move_responsibilities",
    "open_round",
    "publish_round",
    "reopen_round",
    "save_entry",
    "withdraw_correction",
]
