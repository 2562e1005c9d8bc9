"""The yearly report as one document: plain dataclasses that know no database and no file format.

Readers make a `ReportDocument` out of a published text or an edited file; writers make pages and
files out of it. Two documents are equal when they say the same in the same order; where a part
stood in the file it was read from (`source`) is for messages only and does not count.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

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
class ReportDocument:
    """A whole report: what stands on the cover, the texts, and the pillars with their tables."""

    title: str
    publisher: str
    year: int
    sections: tuple[Section, ...] = ()
    pillars: tuple[PillarPart, ...] = ()

    def rows(self) -> Iterator[Row]:
        """Every action point, in the order of the report."""
        for pillar in self.pillars:
            for theme in pillar.themes:
                yield from theme.rows
