"""The yearly report as one document: plain dataclasses that know no database and no file format.

Readers make a `ReportDocument` out of a published text or an edited file; writers make pages and
files out of it. Two documents are equal when they say the same in the same order; where a part
stood in the file it was read from (`source`) is for messages only and does not count.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import ClassVar

from actions.richtext.tree import RichText


@dataclass(frozen=True, slots=True)
class Section:
    """A text before the pillars, such as the introduction."""

    title: str
    body: RichText
    source: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Row:
    """One action point as the report of this year words it. All six cells of the published table.

    `number` is empty where the source gives none.
    """

    # What the wording of the point itself consists of.
    WORDING: ClassVar = ("title", "goal", "responsibility", "timeline")

    title: str
    goal: str
    responsibility: str
    timeline: str
    status: str
    explanation: RichText
    number: str = ""
    source: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class ThemePart:
    title: str
    rows: tuple[Row, ...] = ()
    source: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class PillarPart:
    number: int
    title: str
    description: RichText = field(default_factory=RichText)
    themes: tuple[ThemePart, ...] = ()
    source: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Label:
    """A state of play as the report words it, with its tone: one of the values of `Status.Tone`."""

    label: str
    tone: str = "neutral"


class ChangeKind(StrEnum):
    ADDED = "added"  # the point is new in the plan
    ENDED = "ended"  # the point has left the plan
    MOVED = "moved"  # its state of play is another
    REWORDED = "reworded"  # the point itself is worded otherwise
    REWRITTEN = "rewritten"  # its explanation has other words


@dataclass(frozen=True, slots=True)
class Change:
    """What is different about one point.

    `before` and `after` are states of play, for a move. `fields` are those of `Row.WORDING` that
    are worded otherwise, for a rewording.
    """

    kind: ChangeKind
    number: str
    title: str
    before: str = ""
    after: str = ""
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed since the previous report, that on the year `since`. Possibly nothing."""

    since: int
    items: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportDocument:
    """A whole report: what stands on the cover, the texts, and the pillars with their tables.

    `edition` counts the publications of this report; in one that has not been published, a concept,
    it is 0. `note` says why this edition replaces an earlier one. `labels` are the states of play
    in the order in which an overview lists them. `changes` is None in the first report of a plan,
    and where the source does not tell.
    """

    title: str
    publisher: str
    year: int
    sections: tuple[Section, ...] = ()
    pillars: tuple[PillarPart, ...] = ()
    reference_date: date | None = None
    edition: int = 0
    published_on: date | None = None
    note: str = ""
    labels: tuple[Label, ...] = ()
    changes: Changes | None = None

    @property
    def is_concept(self) -> bool:
        return self.edition == 0

    @property
    def full_title(self) -> str:
        return f"{self.title} {self.year}"

    def rows(self) -> Iterator[Row]:
        """Every action point, in the order of the report."""
        for pillar in self.pillars:
            for theme in pillar.themes:
                yield from theme.rows

    def texts(self) -> Iterator[RichText]:
        """Every rich text, in the order of the report."""
        for section in self.sections:
            yield section.body
        for pillar in self.pillars:
            yield pillar.description
            for theme in pillar.themes:
                for row in theme.rows:
                    yield row.explanation

    def overview(self) -> list["LabelCounts"]:
        """How many points stand how, per pillar: a line for each label that occurs.

        Points without a state of play, which a concept can have, come last, under an empty label.
        """
        per_pillar = [
            Counter(row.status for theme in pillar.themes for row in theme.rows)
            for pillar in self.pillars
        ]
        used = sum(per_pillar, Counter())
        known = {label.label: label for label in self.labels}
        labels = [label for label in self.labels if label.label in used]
        unlisted = [status for status in used if status not in known]
        labels += map(Label, sorted(unlisted, key=bool, reverse=True))
        return [
            LabelCounts(label, tuple(numbers[label.label] for numbers in per_pillar))
            for label in labels
        ]


@dataclass(frozen=True, slots=True)
class LabelCounts:
    """How many points of each pillar, in the order of the report, have this state of play."""

    label: Label
    numbers: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.numbers)
