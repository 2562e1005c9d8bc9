"""The life of an entry: its round, and the rounds of the same action point before it."""

from collections import defaultdict
from dataclasses import dataclass

from actions import permissions
from actions.events import Event, Records, events_of
from actions.models import (
    ActionPoint,
    EntryTransition,
    ReportingRound,
    SeenFinding,
    Status,
    StatusEntry,
)

IN_TIME = ("history_date", "history_id")


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of the point in a year, as it is stored now. The explanation is HTML."""

    year: int
    status: str
    explanation: str


@dataclass(frozen=True, slots=True)
class Year:
    """A round in the life of a point: what is said, what was said the time before, what happened.

    `state` is None where the entry was deleted, `before` where the point was new. The events come
    newest first.
    """

    year: int
    stage: str
    is_published: bool
    state: Said | None
    before: Said | None
    events: tuple[Event, ...]


def life_of(entry: StatusEntry, *, seen_by) -> list[Year]:
    """The years of a life, the round of this entry first. Eight queries, however much happened.

    Who does not see everything sees of the rounds before only what was published, and nothing of
    how it came about.
    """
    rounds = list(
        ReportingRound.objects.filter(plan=entry.round.plan_id, year__lte=entry.round.year)
    )
    entries = {
        each.round_id: each
        for each in StatusEntry.objects.filter(
            action_point=entry.action_point_id, round__in=rounds
        ).select_related("status")
    }
    if permissions.sees_everything(seen_by):
        shown = told = rounds
    else:
        shown = [each for each in rounds if each.is_published or each == entry.round]
        told = [entry.round]
    events = _events(entry.action_point_id, told, rounds, entries)
    states = [_state(each, entries[each.pk]) for each in shown if each.pk in entries]
    years = [
        Year(
            year=each.year,
            stage=each.get_stage_display(),
            is_published=each.is_published,
            state=next((state for state in states if state.year == each.year), None),
            before=next((state for state in states if state.year < each.year), None),
            events=events.get(each.pk, ()),
        )
        for each in shown
    ]
    return [year for year in years if year.state or year.events]


def _state(reporting_round, entry):
    return Said(reporting_round.year, str(entry.status or ""), entry.explanation)


def _events(point, told, rounds, entries) -> dict[int, tuple[Event, ...]]:
    """By round, of those that are told."""
    kept = [entries[each.pk] for each in told if each.pk in entries]
    # By point and round: an entry that was deleted and made anew has one life.
    versions = _grouped("round_id", _records(StatusEntry, action_point=point, round__in=told))
    transitions = _grouped("entry_id", _log(EntryTransition, kept))
    seen = _grouped("entry_id", _log(SeenFinding, kept))
    rewordings = list(_records(ActionPoint, id=point, history_type="~"))
    labels = _status_labels()
    events = {}
    for each in told:
        now = entries.get(each.pk)
        earlier = (other.year for other in rounds if other.pk in entries and other.year < each.year)
        records = Records(
            now=now,
            versions=versions[each.pk],
            rewordings=rewordings,
            transitions=transitions[now.pk] if now else (),
            seen_findings=seen[now.pk] if now else (),
            carried_from=next(earlier, None),
        )
        events[each.pk] = events_of(records, labels)
    return events


def _records(model, **conditions):
    return model.history.filter(**conditions).select_related("history_user").order_by(*IN_TIME)


def _log(model, entries):
    return model.objects.filter(entry__in=entries).select_related("by").order_by("at", "id")


def _grouped(key, rows):
    groups = defaultdict(list)
    for row in rows:
        groups[getattr(row, key)].append(row)
    return groups


def _status_labels():
    """The label of each status, as it is now; of those that are gone, as it was last."""
    gone = Status.history.filter(history_type="-").values_list("id", "label")
    return dict(gone) | dict(Status.objects.values_list("id", "label"))
