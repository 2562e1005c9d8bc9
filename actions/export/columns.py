"""The columns of an export: what each one holds, what it is called, and what that means."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from actions.cited import Cited


class Held(NamedTuple):
    """An organisation had a role. `role_label` is the role in the language of the export."""

    abbreviation: str
    name: str
    role: str
    role_label: str

    def __str__(self):
        return f"{self.abbreviation or self.name} ({self.role_label})"


class Row(NamedTuple):
    """An action point as it stood in the year. The fields are the columns, in their order."""

    number: str
    pillar_number: int
    pillar: str
    theme: str
    title: str
    goal: str
    responsibility: str
    organisations: list[Held]
    timeline: str
    start_date: date | None
    end_date: date | None
    status: str
    explanation: str
    footnotes: list[str]
    references: list[Cited]
    year: int
    reference_date: date | None
    address: str
    title_in_english: str
    goal_in_english: str


@dataclass(frozen=True, slots=True)
class Column:
    """`key` is its name in JSON, which never changes; `width` is in characters."""

    key: str
    label: str | Promise
    meaning: str | Promise
    width: int


# In the order of the fields of a row.
COLUMNS = (
    Column("number", _("Number"), _("Pillar, theme and sequence. It never changes."), 10),
    Column("pillarNumber", _("Pillar number"), _("The number of the pillar in the plan."), 14),
    Column("pillar", _("Pillar"), _("The title of the pillar."), 26),
    Column("theme", _("Theme"), _("The title of the theme."), 28),
    Column("title", _("Action point"), _("The promise, as worded in this year."), 40),
    Column("goal", _("Goal"), _("What it is meant to achieve, as worded in this year."), 40),
    Column(
        "responsibility",
        _("Responsibility"),
        _("Who is responsible, as worded in this year."),
        30,
    ),
    Column(
        "organisations",
        _("Organisations"),
        _("The organisations that had a role in this year, with that role. One on each line."),
        30,
    ),
    Column("timeline", _("Timeline"), _("When it is done, as worded in this year."), 24),
    Column("startDate", _("Start date"), _("Where the timeline gives a date."), 14),
    Column("endDate", _("End date"), _("Where the timeline gives a date."), 14),
    Column("status", _("State of play"), _("How the action point stood in this year."), 22),
    Column(
        "explanation",
        _("Explanation"),
        _("What was done. A number in square brackets, [1], is the mark of a footnote."),
        80,
    ),
    Column(
        "footnotes",
        _("Footnotes"),
        _("The footnotes of the explanation, numbered. One on each line."),
        36,
    ),
    Column(
        "references",
        _("Cited papers"),
        _("Papers of parliament and legislation that the explanation cites. One on each line."),
        30,
    ),
    Column("year", _("Year"), _("The year that is reported on."), 8),
    Column(
        "referenceDate",
        _("Reference date"),
        _("The day on which the state of play was as reported."),
        14,
    ),
    Column("address", _("Web address"), _("The page of the action point, at this year."), 36),
    # Most plans have few of these or none: they stand behind what every row has.
    Column(
        "titleInEnglish",
        _("Action point in English"),
        _("A translation of the action point of this year. Empty where there is none."),
        40,
    ),
    Column(
        "goalInEnglish",
        _("Goal in English"),
        _("A translation of the goal of this year. Empty where there is none."),
        40,
    ),
)


def cells_of(row: Row) -> Iterator[str | int | date | None]:
    """A row as plain values: of a list each item on a line of its own."""
    for value in row._replace(footnotes=list(_numbered(row.footnotes))):
        yield "\n".join(map(_item, value)) if isinstance(value, list) else value


def _numbered(notes: list[str]) -> Iterator[str]:
    return (f"[{number}] {note}" for number, note in enumerate(notes, 1))


def _item(item: str | Held | Cited) -> str:
    return item.label if isinstance(item, Cited) else str(item)


def data_of(row: Row) -> dict:
    """A row as JSON has it."""
    return dict(zip((each.key for each in COLUMNS), map(_data, row), strict=True))


def _data(value):
    if isinstance(value, list):
        return list(map(_data, value))
    if isinstance(value, Held):
        return {"abbreviation": value.abbreviation, "name": value.name, "role": value.role}
    if isinstance(value, Cited):
        return {"label": value.label, "address": value.address or None}
    return value.isoformat() if isinstance(value, date) else value
