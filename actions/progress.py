"""How far a round is, and what waits for whom. Plain data, the same for a page and for a mail."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actions import permissions
from actions.models import (
    EntryTransition,
    Membership,
    Organisation,
    Progress,
    ReportingRound,
    Responsibility,
    Status,
    StatusEntry,
    Theme,
)
from actions.models.entries import StatusEntryQuerySet


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of some entries are how far, and how many are late: after the deadline, in hand.

    There is a count for each `Progress`, also where that is 0.
    """

    counts: dict[Progress, int]
    late: int

    @property
    def total(self) -> int:
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class OfOrganisation:
    """The entries that an organisation writes, and its editors by name.

    `organisation` is None for the entries that no organisation writes.
    """

    organisation: Organisation | None
    tally: Tally
    editors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OfTheme:
    theme: Theme
    tally: Tally


@dataclass(frozen=True, slots=True)
class State:
    """How far a round is, by organisation and by theme; `whole` has each entry once.

    An entry that two organisations write counts for both.
    """

    round: ReportingRound
    on: date
    organisations: tuple[OfOrganisation, ...]
    themes: tuple[OfTheme, ...]
    whole: Tally


@dataclass(frozen=True, slots=True)
class Waiting:
    """An entry that waits for its editor: what it lacks, in sentences, and why it came back."""

    entry: StatusEntry
    lacks: tuple[str, ...]
    returned: EntryTransition | None


# --- The state of a round ------------------------------------------------------


def state_of(reporting_round: ReportingRound, on: date | None = None) -> State:
    """Count the entries of a round. Three queries, however many entries."""
    on = on or timezone.localdate()
    is_late = reporting_round.deadline is not None and on > reporting_round.deadline
    entries = list(
        reporting_round.entries.select_related("action_point__theme__pillar")
        .defer("explanation", "explanation_text")
        .in_order()
    )
    writers = _writers_of(reporting_round)
    editors = _editors_of({each for of_point in writers.values() for each in of_point})

    by_organisation: dict[Organisation | None, list[StatusEntry]] = {}
    by_theme: dict[Theme, list[StatusEntry]] = {}
    for entry in entries:
        by_theme.setdefault(entry.action_point.theme, []).append(entry)
        for organisation in writers.get(entry.action_point_id, [None]):
            by_organisation.setdefault(organisation, []).append(entry)
    unwritten = by_organisation.pop(None, [])
    organisations = sorted(by_organisation, key=lambda each: each.label.casefold())
    rows = [
        OfOrganisation(each, _tally(by_organisation[each], is_late), editors.get(each.pk, ()))
        for each in organisations
    ]
    if unwritten:
        rows.append(OfOrganisation(None, _tally(unwritten, is_late), ()))
    return State(
        round=reporting_round,
        on=on,
        organisations=tuple(rows),
        themes=tuple(OfTheme(theme, _tally(by_theme[theme], is_late)) for theme in by_theme),
        whole=_tally(entries, is_late),
    )


def late(entries: StatusEntryQuerySet, on: date | None = None) -> StatusEntryQuerySet:
    """The entries in hand after their deadline: `Tally.late` counts the same."""
    return entries.in_hand().filter(round__deadline__lt=on or timezone.localdate())


def _tally(entries: Iterable[StatusEntry], is_late: bool) -> Tally:
    numbers = Counter(entry.progress for entry in entries)
    in_hand = sum(entry.is_in_hand for entry in entries)
    return Tally({each: numbers[each] for each in Progress}, late=in_hand if is_late else 0)


def _writers_of(reporting_round) -> dict[int, list[Organisation]]:
    """For each point of the round, by its key, the organisations that write its entry."""
    held = (
        Responsibility.objects.in_force(reporting_round.year)
        .filter(action_point__entries__round=reporting_round, role__in=Responsibility.EDITING_ROLES)
        .select_related("organisation")
    )
    writers: dict[int, dict[Organisation, None]] = {}
    for row in held:
        # An organisation with two roles in a point writes its entry once.
        writers.setdefault(row.action_point_id, {})[row.organisation] = None
    return {point: list(organisations) for point, organisations in writers.items()}


def _editors_of(organisations) -> dict[int, tuple[str, ...]]:
    """For each of these organisations, by its key, the names of who can write for it."""
    members = Membership.objects.filter(
        organisation__in=organisations,
        user__is_active=True,
        user__is_staff=True,
        user__groups__name=permissions.EDITOR,
    ).select_related("user")
    editors: dict[int, list[str]] = {}
    for member in members.order_by("user__last_name", "user__username"):
        editors.setdefault(member.organisation_id, []).append(name_of(member.user))
    return {organisation: tuple(names) for organisation, names in editors.items()}


def name_of(user) -> str:
    return user.get_full_name() or user.get_username()


# --- What waits for an editor --------------------------------------------------


def waiting_for(user) -> list[Waiting]:
    """The entries that wait for an editor, by deadline and then as the plan goes."""
    entries = _for_editor(StatusEntry.objects.editable_by(user))
    returns = _last_returns(entries)
    return [
        Waiting(entry, tuple(_lacks(entry)), returns.get(entry.pk))
        for entry in sorted(entries, key=lambda each: each.round.deadline)
    ]


def with_the_coordinator(user) -> list[StatusEntry]:
    """The entries in open rounds that the organisations of an editor have handed in."""
    written = StatusEntry.objects.written_by(user).in_open_rounds()
    handed_in = _for_editor(written.exclude(stage__in=StatusEntry.IN_HAND))
    return sorted(handed_in, key=lambda each: each.round.deadline)


def _for_editor(entries):
    return entries.select_related("round", "status", "action_point").in_order()


def _last_returns(entries) -> dict[int, EntryTransition]:
    """For each returned entry, by its key, how it came back."""
    returned = [entry.pk for entry in entries if entry.stage == StatusEntry.Stage.RETURNED]
    log = EntryTransition.objects.filter(entry__in=returned, to_stage=StatusEntry.Stage.RETURNED)
    # The latest comes last, and stays.
    return {each.entry_id: each for each in log.select_related("by").order_by("at", "id")}


def _lacks(entry):
    match entry.progress:
        case Progress.UNTOUCHED if entry.status_id or entry.explanation_text:
            yield _("Carried forward from last time, not confirmed yet.")
        case Progress.UNTOUCHED:
            yield _("New this year: nothing has been written yet.")
            return
        case Progress.DRAFT:
            yield _("Not submitted yet.")
        case Progress.RETURNED:
            yield _("Returned, and not submitted again yet.")
    if entry.status is None or entry.status.tone == Status.Tone.NO_UPDATE:
        yield _("The state of play has not been chosen yet.")
    if not entry.explanation_text:
        yield _("The explanation is still empty.")


# --- The deadline ----------------------------------------------------------------


def deadline_in_words(deadline: date, on: date | None = None) -> str:
    """How far off a deadline is, as people say it."""
    days = (deadline - (on or timezone.localdate())).days
    if days == 0:
        return _("today")
    if days == 1:
        return _("tomorrow")
    if days > 1:
        return ngettext("%(days)s day left", "%(days)s days left", days) % {"days": days}
    return ngettext("%(days)s day late", "%(days)s days late", -days) % {"days": -days}
