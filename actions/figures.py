"""The figures of a round: how many points stand how, per pillar. Plain data in, plain data out."""

from collections import Counter
from dataclasses import dataclass

from actions.models import Pillar, ReportingRound, Status, StatusEntry


@dataclass(frozen=True, slots=True)
class Count:
    """How many points of a pillar have a status, and their bar in the picture of that pillar.

    Start, middle and width of the bar are in percent of the longest picture, written for SVG.
    """

    pillar: Pillar
    status: Status
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
    status: Status
    counts: tuple[Count, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Stand:
    """How a plan stood in a year: the same counts by pillar and by status."""

    pillars: tuple[OfPillar, ...]
    statuses: tuple[OfStatus, ...]
    total: int


def stand_of(reporting_round: ReportingRound) -> Stand:
    """Count the entries of a round that have a status. One query, however many entries."""
    numbers: dict[Pillar, Counter[Status]] = {}
    entries = (
        StatusEntry.objects.for_round(reporting_round)
        .filter(status__isnull=False)
        .select_related("status", "action_point__theme__pillar")
        .only("status", "action_point__theme__pillar__number", "action_point__theme__pillar__title")
        .in_order()
    )
    for entry in entries:
        numbers.setdefault(entry.action_point.theme.pillar, Counter())[entry.status] += 1

    totals = sum(numbers.values(), Counter())
    statuses = sorted(totals, key=lambda status: (status.position, status.label))
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
