"""The timeline of an action point as a picture: when it begins and ends, the reports on it, today.

The dates are those that the wording gives. Where it gives none there is no picture.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from actions.models import PublishedEntry

# At most so many years are named under the picture; it must fit on the smallest screen.
NAMES = 5
# The picture leaves room at both sides, in percent, for what stands at its ends.
MARGIN = 5
# So near to a side, in percent, a word in the middle of its place would stand out of the picture.
EDGE = 15


@dataclass(frozen=True, slots=True)
class Tick:
    """Where a year begins. Its name stands in the middle of it, empty where it is left out."""

    x: str
    middle: str
    name: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """What is in the picture. Places and widths are in percent, written for SVG.

    `start` or `end` is None where the wording leaves that open; the bar then goes on to the edge.
    `today_at` is empty when today is outside the years of the picture.
    """

    start: date | None
    end: date | None
    today: date
    reported: tuple[int, ...]
    bar_at: str
    bar_end: str
    bar_width: str
    today_at: str
    today_anchor: str
    reported_at: tuple[str, ...]
    ticks: tuple[Tick, ...]

    @property
    def is_ahead(self) -> bool:
        return self.start is not None and self.today < self.start

    @property
    def is_past(self) -> bool:
        return self.end is not None and self.end < self.today


def timeline_of(entries: Iterable[PublishedEntry], *, on: date) -> Timeline | None:
    """The timeline of a point as its latest entry gives it; entries come latest first.

    It shows the years of the plan, and those around them if the wording or a report asks for it.
    """
    latest, *_ = entries = list(entries)
    start, end = latest.start_date, latest.end_date
    if not (start or end):
        return None
    days = [_day_of(entry.round) for entry in reversed(entries)]
    plan = latest.round.plan
    known = [day.year for day in (start, end, *days) if day]
    first, last = min(plan.start_year, *known), max(plan.end_year, *known)
    axis = _Axis(first, last)
    begins, ends = start or date(first, 1, 1), end or date(last, 12, 31)
    return Timeline(
        start=start,
        end=end,
        today=on,
        reported=tuple(entry.round.year for entry in reversed(entries)),
        bar_at=_percent(axis.place(begins)),
        bar_end=_percent(axis.place(ends)),
        bar_width=_percent(axis.place(ends) - axis.place(begins)),
        today_at=_percent(axis.place(on)) if first <= on.year <= last else "",
        today_anchor=axis.anchor(on),
        reported_at=tuple(_percent(axis.place(day)) for day in days),
        ticks=axis.ticks(),
    )


def _day_of(reporting_round) -> date:
    """The day on which the state of play was as published."""
    return reporting_round.published_reference_date or date(reporting_round.year, 12, 31)


@dataclass(frozen=True, slots=True)
class _Axis:
    """Gives days a place, in percent, between the beginning of one year and the end of another."""

    first: int
    last: int

    def place(self, day: date) -> float:
        beginning = date(self.first, 1, 1).toordinal()
        length = date(self.last, 12, 31).toordinal() - beginning
        return MARGIN + (100 - 2 * MARGIN) * (day.toordinal() - beginning) / length

    def anchor(self, day: date) -> str:
        """On which side of its place a word stands, so that it stays in the picture."""
        place = self.place(day)
        return "start" if place < EDGE else "end" if place > 100 - EDGE else "middle"

    def ticks(self) -> tuple[Tick, ...]:
        years = range(self.first, self.last + 1)
        step = -(-len(years) // NAMES)
        return tuple(
            Tick(
                x=_percent(self.place(date(year, 1, 1))),
                middle=_percent(self.place(date(year, 7, 1))),
                name="" if at % step else str(year),
            )
            for at, year in enumerate(years)
        )


def _percent(number: float) -> str:
    return f"{number:.2f}%"
