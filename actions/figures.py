"""The figures of a round: how many points stand how, per pillar. Plain data in, plain data out."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from actions.models import Pillar, PublishedEntry, ReportingRound, Status


class NoStatus:
    """Stands for the status of a point that has none: without it the figures would not add up."""

    label = _("No state of play")
    tone = Status.Tone.NEUTRAL
    slug = ""
    is_none = True


NO_STATUS = NoStatus()


@dataclass(frozen=True, slots=True)
class Count:
    """How many points of a pillar have a status, and their bar in the picture of that pillar.

    Start, middle and width of the bar are in percent of the longest picture, written for SVG.
    """

    pillar: Pillar
    status: Status | NoStatus
    number: int
    start: str
    middle: str
    width: str


@dataclass(frozen=True, slots=True)
class OfPillar:
    pillar: Pillar
    counts: tuple[Count, ...]
    total: int

    @property
    def bars(self) -> list[Count]:
        return [count for count in self.counts if count.number]


@dataclass(frozen=True, slots=True)
class OfStatus:
    status: Status | NoStatus
    counts: tuple[Count, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Stand:
    """How a plan stood in a year: the same counts by pillar and by status."""

    pillars: tuple[OfPillar, ...]
    statuses: tuple[OfStatus, ...]
    total: int


def stand_of(reporting_round: ReportingRound) -> Stand:
    """Count the entries of a round. One query, however many entries."""
    numbers: dict[Pillar, Counter[Status | NoStatus]] = {}
    entries = (
        PublishedEntry.objects.for_round(reporting_round)
        .select_related("status", "action_point__theme__pillar")
        .only("status", "action_point__theme__pillar__number", "action_point__theme__pillar__title")
        .in_order()
    )
    for entry in entries:
        of_pillar = numbers.setdefault(entry.action_point.theme.pillar, Counter())
        of_pillar[entry.status or NO_STATUS] += 1

    used = sum(numbers.values(), Counter()).keys() - {NO_STATUS}
    return stand(numbers, sorted(used, key=lambda each: (each.position, each.label)))


def counted(entries: Iterable[PublishedEntry]) -> list[tuple[Status | NoStatus, int]]:
    """How many of some entries have which status, in the order of the register; none comes last."""
    numbers = Counter(entry.status or NO_STATUS for entry in entries)
    in_order = sorted(numbers.keys() - {NO_STATUS}, key=lambda each: (each.position, each.label))
    return [(each, numbers[each]) for each in (*in_order, NO_STATUS) if each in numbers]


def stand(numbers: Mapping, statuses: Iterable) -> Stand:
    """The figures of these pillars, each with how many of its points have which status.

    Pillars and statuses are those of a round or those that a report names. The statuses come in
    this order; what has none comes last.
    """
    totals = sum(numbers.values(), Counter())
    statuses = [status for status in (*statuses, NO_STATUS) if status in totals]
    longest = max((of_pillar.total() for of_pillar in numbers.values()), default=0)
    pillars = tuple(
        OfPillar(pillar, _counts(pillar, of_pillar, statuses, longest), of_pillar.total())
        for pillar, of_pillar in numbers.items()
    )
    return Stand(
        pillars=pillars,
        statuses=tuple(
            OfStatus(status, tuple(each.counts[at] for each in pillars), totals[status])
            for at, status in enumerate(statuses)
        ),
        total=totals.total(),
    )


def _counts(pillar, numbers, statuses, longest) -> tuple[Count, ...]:
    counts, before = [], 0
    for status in statuses:
        number = numbers[status]
        bar = (f"{100 * place / longest:.3f}%" for place in (before, before + number / 2, number))
        counts.append(Count(pillar, status, number, *bar))
        before += number
    return tuple(counts)
