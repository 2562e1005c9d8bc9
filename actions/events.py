"""What happened to an entry, told from the records that were kept of it.

A version is what `simple_history` kept when the entry was saved. The wording follows the action
point without a version of its own, so that the records of the point tell who changed it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from actions.models import ActionPoint, StatusEntry
from actions.moves import MOVES
from actions.plausibility.checks import CHECKS

# A move writes a version and a transition, one right after the other.
SAME_MOMENT = timedelta(seconds=5)
NOTHING = {"status_id": None, "explanation": ""}
CONTENT = tuple(NOTHING)
# What a version can change, in the order of reading.
FIELDS = (*CONTENT, "stage", *ActionPoint.KEPT)


class Kind(StrEnum):
    """How a change is shown: a value from old to new, a text or rich text word by word."""

    VALUE = "value"
    TEXT = "text"
    RICH = "rich"


TEXTS = (*ActionPoint.WORDING, *ActionPoint.TRANSLATED.values())
KINDS = {"explanation": Kind.RICH, **dict.fromkeys(TEXTS, Kind.TEXT)}


@dataclass(frozen=True, slots=True)
class Change:
    """A field, with its old and its new value as people read them. What was empty is ""."""

    label: str
    old: str
    new: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Event:
    """Something that somebody did with an entry: saved it, moved it, both at once, or looked at it.

    `said` tells it in words; where a stage changed by no move, the reason does. `reason` is why it
    was saved, `remark` what the person wrote with it; `stages` are the labels of the stages that it
    went from and to.
    """

    at: datetime
    by: object | None
    said: str
    version: int | None = None
    reason: str = ""
    changes: tuple[Change, ...] = ()
    stages: tuple[str, str] | None = None
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Records:
    """What was kept of one entry, each kind in the order of time.

    `now` is the entry itself, None where it was deleted; `rewordings` are the changes of its action
    point, whether it followed them or not. `carried_from` is the year before that had an entry.
    """

    now: StatusEntry | None
    versions: Iterable
    rewordings: Iterable
    transitions: Iterable
    seen_findings: Iterable
    carried_from: int | None


def events_of(records: Records, status_labels: Mapping[int, str]) -> tuple[Event, ...]:
    """All that happened, the newest first. What was saved without a change did not happen."""
    story = _Story(records, status_labels)
    events = [*story.of_records(), *story.of_other_transitions(), *story.of_seen_findings()]
    return tuple(sorted(events, key=lambda event: event.at)[::-1])


class _Story:
    """`known` is the entry as the records have it so far, None while there is none."""

    def __init__(self, records, status_labels):
        self.records = records
        self.status_labels = status_labels
        self.transitions = list(records.transitions)
        self.known = None

    def of_records(self) -> Iterator[Event]:
        records = [*self.records.versions, *self.records.rewordings]
        rewordings = []
        for record in sorted(records, key=lambda each: each.history_date):
            if record.instance_type is ActionPoint:
                rewordings.append(record)
                continue
            yield from self._followed(rewordings, record)
            rewordings = []
            if event := self._version(record):
                yield event
        if self.records.now:
            yield from self._followed(rewordings, self.records.now)

    def of_other_transitions(self) -> Iterator[Event]:
        """Those that were not written together with a version."""
        for each in self.transitions:
            yield _transition(each, at=each.at, by=each.by)

    def of_seen_findings(self) -> Iterator[Event]:
        titles = {check.name: check.title for check in CHECKS}
        for seen in self.records.seen_findings:
            title = titles.get(seen.check_name, seen.check_name)
            said = _("Marked as seen: %(finding)s") % {"finding": title}
            yield Event(at=seen.at, by=seen.by, said=said, remark=seen.reason)

    def _version(self, record):
        before, self.known = self.known, _values(record, (*FIELDS, "is_confirmed"))
        if record.history_type == "-":
            self.known = None
            return _saved(record, said=_("Deleted"))
        if before is None:
            return self._beginning(record)
        if transition := self._written_with(record, before):
            fields = [name for name in FIELDS if name != "stage"]
            return _transition(
                transition,
                unchanged=record.is_confirmed
                and not before["is_confirmed"]
                and _values(record, CONTENT).items() <= before.items(),
                **_of(record),
                version=record.version,
                changes=self._changes(before, record, fields),
            )
        changes = self._changes(before, record, FIELDS)
        said = _("Changed: %(fields)s") % {
            "fields": get_text_list([change.label for change in changes], _("and"))
        }
        return changes and _saved(record, said=said, version=record.version, changes=changes)

    def _beginning(self, record):
        content = _values(record, CONTENT)
        is_carried = self.records.carried_from and not record.is_confirmed
        if is_carried:
            said = _("Created, carried forward from %(year)s") % {"year": self.records.carried_from}
        elif record.history_user_id or record.history_change_reason:
            said = _("Created")
        else:
            said = _("First recorded")
        # What was carried forward is read in the year before, and what still holds above.
        is_read_elsewhere = is_carried or (
            self.records.now and content == _values(self.records.now, CONTENT)
        )
        changes = () if is_read_elsewhere else self._changes(NOTHING, record, CONTENT)
        return _saved(record, said=said, version=record.version, changes=changes)

    def _followed(self, rewordings, entry) -> Iterator[Event]:
        """Those that the entry followed: up to the one by which it is worded when next seen."""
        wording = _values(entry, ActionPoint.KEPT)
        wordings = [_values(record, ActionPoint.KEPT) for record in rewordings]
        if self.known is None or wording.items() <= self.known.items() or wording not in wordings:
            return
        for record in rewordings[: wordings.index(wording) + 1]:
            changes = self._changes(self.known, record, ActionPoint.KEPT)
            self.known |= _values(record, ActionPoint.KEPT)
            if changes:
                yield _saved(record, said=_("Wording of the action point changed"), changes=changes)

    def _written_with(self, record, before):
        """Take the transition that the same person wrote with this version, None without one."""
        for transition in self.transitions:
            if (
                transition.from_stage == before["stage"]
                and transition.to_stage == record.stage
                and transition.by_id == record.history_user_id
                and abs(transition.at - record.history_date) < SAME_MOMENT
            ):
                self.transitions.remove(transition)
                return transition
        return None

    def _changes(self, before, record, names):
        return tuple(
            Change(
                label=str(StatusEntry._meta.get_field(name).verbose_name),
                old=self._shown(name, before[name]),
                new=self._shown(name, getattr(record, name)),
                kind=KINDS.get(name, Kind.VALUE),
            )
            for name in names
            if before[name] != getattr(record, name)
        )

    def _shown(self, name, value):
        if name == "status_id" and value:
            return self.status_labels.get(value, _("a status that no longer exists"))
        if name == "stage":
            return _stage(value)
        if isinstance(value, date):
            return date_format(value)
        return value or ""


def _values(row, names):
    return {name: getattr(row, name) for name in names}


def _of(record):
    return {
        "at": record.history_date,
        "by": record.history_user,
        "reason": record.history_change_reason or "",
    }


def _saved(record, **values):
    return Event(**_of(record), **values)


def _transition(transition, *, unchanged=False, reason="", **values):
    stages = transition.from_stage, transition.to_stage
    return Event(
        # A move is made without a reason; where there is one, it was no move.
        said=reason or _done(*stages, unchanged),
        stages=tuple(map(_stage, stages)),
        remark=transition.remark,
        **values,
    )


def _done(from_stage, to_stage, unchanged):
    """What was done, in the words of the move; only what was unchanged can have been confirmed."""
    for move in MOVES.values():
        if (
            from_stage in move.from_stages
            and to_stage == move.to_stage
            and (unchanged or move.name != "confirm")
        ):
            return str(move.done).removesuffix(".")
    return _("Moved to another stage")


def _stage(value):
    return str(dict(StatusEntry.Stage.choices).get(value, value))
