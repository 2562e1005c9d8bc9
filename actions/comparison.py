"""Two published rounds of a plan beside each other: which points moved, stayed, came and left.

What is compared is what the two reports say. Two things stand in the way of that, and the register
records neither, so that only what the reports show can be told:

- A status has no year of birth. One that no published report up to the earlier year uses, of
  whatever plan, counts as not known then: a move to it can mean that the point stands otherwise, or
  only that the label is new.
- A point has no successor. Where in one theme some points left and others came between the two
  reports, one may go on in another (it was split, merged or given a new number), or not.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from actions.figures import NO_STATUS, NoStatus
from actions.models import PublishedEntry, ReportingRound, Status, Theme
from actions.rewording import Rewording, rewordings_between
from actions.richtext.difference import Difference, difference
from actions.richtext.html import parse


@dataclass(frozen=True, slots=True)
class Compared:
    """A point that both reports have. `explanation` is None where its words are the same."""

    before: PublishedEntry
    after: PublishedEntry
    rewordings: tuple[Rewording, ...]
    explanation: Difference | None

    @property
    def is_rewritten(self) -> bool:
        return bool(self.rewordings or self.explanation)

    @property
    def has_moved(self) -> bool:
        return self.before.status_id != self.after.status_id

    @property
    def years(self) -> tuple[int, int]:
        return self.before.round.year, self.after.round.year


@dataclass(frozen=True, slots=True)
class Move:
    """A cell of the matrix: the points that stood like this in one year and like that in the other.

    Possibly none, and possibly twice the same status. The anchor names its list on the page.
    """

    before: Status | NoStatus
    after: Status | NoStatus
    points: tuple[Compared, ...]

    @property
    def is_stay(self) -> bool:
        return self.before == self.after

    @property
    def anchor(self) -> str:
        # A short name never has a full stop.
        return f"{self.before.slug}.{self.after.slug}"


@dataclass(frozen=True, slots=True)
class Moved:
    """A point that stood otherwise in the year before: how, and its entry of now."""

    before: Status | NoStatus
    entry: PublishedEntry


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the matrix: the points that stood like this in the earlier year."""

    status: Status | NoStatus
    moves: tuple[Move, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Column:
    """The head of a column. `is_new` says that no report up to the earlier year used the status."""

    status: Status | NoStatus
    is_new: bool
    total: int


@dataclass(frozen=True, slots=True)
class Turnover:
    """A theme from which points left and into which others came between the two reports."""

    theme: Theme
    gone: tuple[PublishedEntry, ...]
    added: tuple[PublishedEntry, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What moved between two rounds. The matrix counts the points that both reports have."""

    earlier: ReportingRound
    later: ReportingRound
    lines: tuple[Line, ...]
    columns: tuple[Column, ...]
    total: int
    added: tuple[PublishedEntry, ...]
    gone: tuple[PublishedEntry, ...]

    @property
    def moves(self) -> list[Move]:
        """From one status to another, of at least one point."""
        return [each for each in self._cells if not each.is_stay]

    @property
    def stays(self) -> list[Move]:
        return [each for each in self._cells if each.is_stay]

    @property
    def moved(self) -> int:
        return sum(len(each.points) for each in self.moves)

    @property
    def stayed(self) -> int:
        return self.total - self.moved

    @property
    def rewritten(self) -> int:
        return sum(each.is_rewritten for cell in self._cells for each in cell.points)

    @property
    def new_statuses(self) -> list[Column]:
        return [column for column in self.columns if column.is_new]

    @property
    def turnovers(self) -> list[Turnover]:
        """The themes in which a point may have been split, merged or given a new number."""
        gone, added = _by_theme(self.gone), _by_theme(self.added)
        return [
            Turnover(theme, tuple(points), tuple(added[theme]))
            for theme, points in gone.items()
            if theme in added
        ]

    @property
    def is_limited(self) -> bool:
        """Whether there is something that cannot simply be compared."""
        return bool(self.new_statuses or self.turnovers)

    @property
    def _cells(self) -> list[Move]:
        return [move for line in self.lines for move in line.moves if move.points]


@dataclass(frozen=True, slots=True)
class Changed:
    """The points of which another status is reported than before, and those that came and left."""

    since: int
    moved: list[Moved]
    added: list[PublishedEntry]
    gone: list[PublishedEntry]


def changed_between(earlier: ReportingRound, later: ReportingRound) -> Changed:
    """What is other between two rounds, in the order of the plan. One query, without the texts."""
    entries = (
        PublishedEntry.objects.filter(round__in=(earlier, later))
        .select_related("status", "action_point")
        .defer("explanation", "explanation_text")
        .in_order()
    )
    before, after = (
        {each.action_point_id: each for each in entries if each.round_id == of_round.pk}
        for of_round in (earlier, later)
    )
    return Changed(
        since=earlier.year,
        moved=[
            Moved(before[point].status or NO_STATUS, entry)
            for point, entry in after.items()
            if point in before and before[point].status_id != entry.status_id
        ],
        added=[entry for point, entry in after.items() if point not in before],
        gone=[entry for point, entry in before.items() if point not in after],
    )


def compare(earlier: ReportingRound, later: ReportingRound) -> Comparison:
    """Compare two published rounds of one plan. Three queries, however many points."""
    before, after = _entries(earlier), _entries(later)
    compared = [
        compared_point(entry, after[point]) for point, entry in before.items() if point in after
    ]
    cells: dict[tuple, list[Compared]] = {}
    for each in compared:
        cells.setdefault((_status(each.before), _status(each.after)), []).append(each)
    rows, heads = _in_order(one for one, _ in cells), _in_order(other for _, other in cells)
    known = _known(heads, until=earlier.year)
    return Comparison(
        earlier=earlier,
        later=later,
        lines=tuple(_line(row, heads, cells) for row in rows),
        columns=tuple(
            Column(head, head not in known, sum(len(cells.get((row, head), ())) for row in rows))
            for head in heads
        ),
        total=len(compared),
        added=tuple(entry for point, entry in after.items() if point not in before),
        gone=tuple(entry for point, entry in before.items() if point not in after),
    )


def compared_point(before: PublishedEntry, after: PublishedEntry) -> Compared:
    """Hold what two reports say of one point against each other, word by word."""
    explanation = None
    if before.explanation != after.explanation:
        explanation = difference(parse(before.explanation), parse(after.explanation))
    return Compared(
        before=before,
        after=after,
        rewordings=rewordings_between(before, after),
        explanation=explanation if explanation and explanation.has_changes else None,
    )


def _entries(reporting_round) -> dict[int, PublishedEntry]:
    """The published entries of a round by their point, in the order of the plan."""
    entries = (
        PublishedEntry.objects.for_round(reporting_round)
        .select_related("status", "action_point__theme")
        .defer("explanation_text")
        .in_order()
    )
    return {entry.action_point_id: entry for entry in entries}


def _status(entry) -> Status | NoStatus:
    return entry.status or NO_STATUS


def _in_order(statuses: Iterable[Status | NoStatus]) -> list[Status | NoStatus]:
    """Each once, in the order of the register; those without a status come last."""
    found = set(statuses)
    in_order = sorted(found - {NO_STATUS}, key=lambda each: (each.position, each.label))
    return in_order + [NO_STATUS] * (NO_STATUS in found)


def _known(statuses, *, until) -> set[Status | NoStatus]:
    """Which of these statuses a report up to this year used. A point can always lack one."""
    used = PublishedEntry.objects.filter(
        status__in=[each.pk for each in statuses if each is not NO_STATUS], round__year__lte=until
    )
    keys = set(used.order_by().values_list("status", flat=True).distinct())
    return {each for each in statuses if each is NO_STATUS or each.pk in keys}


def _line(row, heads, cells) -> Line:
    moves = tuple(Move(row, head, tuple(cells.get((row, head), ()))) for head in heads)
    return Line(row, moves, sum(len(move.points) for move in moves))


def _by_theme(entries) -> dict[Theme, list[PublishedEntry]]:
    themes: dict[Theme, list[PublishedEntry]] = {}
    for entry in entries:
        themes.setdefault(entry.action_point.theme, []).append(entry)
    return themes
