"""How far a round is, and what waits for whom. Plain data, the same for a page and for a mail."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import chain

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actions import permissions
from actions.models import (
    ActionPoint,
    EntryTransition,
    Membership,
    Organisation,
    Progress,
    ReportingRound,
    Responsibility,
    StatusEntry,
    Theme,
)
from actions.models.entries import StatusEntryQuerySet
from actions.plausibility import findings_of_round


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

    @property
    def is_all_in(self) -> bool:
        """Whether the deadline has passed without anything being late."""
        has_passed = self.round.deadline is not None and self.on > self.round.deadline
        return has_passed and not self.whole.late

    @property
    def is_shared(self) -> bool:
        """Whether some entry counts for more than one organisation."""
        return sum(row.tally.total for row in self.organisations) > self.whole.total


@dataclass(frozen=True, slots=True)
class Waiting:
    """An entry that waits for its editor: what it lacks, in sentences, and why it came back.

    `findings` is how many things look odd about what has been written, as far as nobody has seen
    them; of a text that was only carried forward none are counted.
    """

    entry: StatusEntry
    lacks: tuple[str, ...]
    returned: EntryTransition | None
    findings: int


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
    points = ActionPoint.objects.filter(entries__round=reporting_round)
    writers = writers_of(points, reporting_round.year)
    editors = names_of_editors({each for of_point in writers.values() for each in of_point})

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


def writers_of(points: QuerySet[ActionPoint], year: int) -> dict[int, list[Organisation]]:
    """For each of these points, by its key, the organisations that write its entry of the year."""
    held = (
        Responsibility.objects.in_force(year)
        .filter(action_point__in=points, role__in=Responsibility.EDITING_ROLES)
        .select_related("organisation")
    )
    writers: dict[int, dict[Organisation, None]] = {}
    for row in held:
        # An organisation with two roles in a point writes its entry once.
        writers.setdefault(row.action_point_id, {})[row.organisation] = None
    return {point: list(organisations) for point, organisations in writers.items()}


def names_of_editors(organisations: Iterable[Organisation]) -> dict[int, tuple[str, ...]]:
    """For each of these organisations, by its key, the names of who can write for it."""
    members = Membership.objects.filter(
        organisation__in=organisations, user__in=permissions.editors()
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
    returns, findings = _last_returns(entries), _unseen_findings(entries)
    return [
        Waiting(entry, tuple(_lacks(entry)), returns.get(entry.pk), findings[entry.pk])
        for entry in sorted(entries, key=_by_deadline)
    ]


def with_the_coordinator(user) -> list[StatusEntry]:
    """The entries in open rounds that the organisations of an editor have handed in."""
    written = StatusEntry.objects.written_by(user).in_open_rounds()
    handed_in = _for_editor(written.exclude(stage__in=StatusEntry.IN_HAND))
    return sorted(handed_in, key=_by_deadline)


def _for_editor(entries):
    return entries.select_related("round", "status", "action_point").in_order()


def _by_deadline(entry):
    return entry.round.deadline, entry.round_id


def _last_returns(entries) -> dict[int, EntryTransition]:
    """For each returned entry, by its key, how it came back."""
    returned = [entry.pk for entry in entries if entry.stage == StatusEntry.Stage.RETURNED]
    log = EntryTransition.objects.filter(entry__in=returned, to_stage=StatusEntry.Stage.RETURNED)
    # The latest comes last, and stays.
    return {each.entry_id: each for each in log.select_related("by").order_by("at", "id")}


def _unseen_findings(entries) -> Counter[int]:
    """For each entry that somebody has begun on, by its key, how many findings nobody has seen."""
    begun = {entry.pk for entry in entries if entry.progress != Progress.UNTOUCHED}
    rounds = {entry.round for entry in entries if entry.pk in begun}
    found = chain.from_iterable(findings_of_round(each) for each in rounds)
    return Counter(each.entry.pk for each in found if each.entry.pk in begun and not each.seen)


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
    if entry.status is None or entry.is_without_update:
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
