"""Which entry of a round a row of a report is about, when people may have edited both."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher, get_close_matches
from enum import Enum, auto

from actions.models import StatusEntry
from actions.wording import title_key
from reports.apply import ALIKE
from reports.document import Row

# Of a title that is compared letter by letter: more would only take time.
_LETTERS = 300


class Why(Enum):
    """Why a row is about no entry."""

    UNKNOWN = auto()
    REPEATED = auto()


@dataclass(frozen=True, slots=True)
class Matches:
    """Each row is about an entry that no other row is about, or it is `unmatched`."""

    pairs: tuple[tuple[Row, StatusEntry], ...]
    unmatched: tuple[tuple[Row, Why], ...]
    missing: tuple[StatusEntry, ...]


def match(rows: Iterable[Row], entries: Iterable[StatusEntry]) -> Matches:
    """Match rows with entries, both in the order of the report.

    The same title counts most, then a number whose title is much like it, then a title that is much
    like it. Rows that are about the same entry contradict each other: none of them counts.
    """
    rows, entries = list(rows), list(entries)
    titles = _Titles(entries)
    found = [titles.exactly(row) for row in rows]
    taken = {entry.pk for entry in found if entry}
    rest = _Titles([entry for entry in entries if entry.pk not in taken])
    found = [entry or rest.alike(row) for row, entry in zip(rows, found, strict=True)]
    pairs, unmatched = [], []
    about = Counter(entry.pk for entry in found if entry)
    for row, entry in zip(rows, found, strict=True):
        if entry is None:
            unmatched.append((row, Why.UNKNOWN))
        elif about[entry.pk] > 1:
            unmatched.append((row, Why.REPEATED))
        else:
            pairs.append((row, entry))
    missing = [entry for entry in entries if entry.pk not in about]
    return Matches(tuple(pairs), tuple(unmatched), tuple(missing))


class _Titles:
    """Entries, to be found by their title and their number."""

    def __init__(self, entries: list[StatusEntry]):
        self.by_number = {entry.number: entry for entry in entries}
        self.by_title: dict[str, list[StatusEntry]] = {}
        for entry in entries:
            self.by_title.setdefault(_key(entry.title), []).append(entry)

    def exactly(self, row: Row) -> StatusEntry | None:
        """The entry of this title; of several the one with the number of the row."""
        same = self.by_title.get(_key(row.title), [])
        numbered = [entry for entry in same if entry.number == row.number]
        return next(iter(numbered or (same if len(same) == 1 else [])), None)

    def alike(self, row: Row) -> StatusEntry | None:
        key, numbered = _key(row.title), self.by_number.get(row.number)
        if numbered and SequenceMatcher(None, key, _key(numbered.title)).ratio() > ALIKE:
            return numbered
        nearest = get_close_matches(key, self.by_title, n=1, cutoff=ALIKE)
        same = self.by_title[nearest[0]] if nearest else []
        return same[0] if len(same) == 1 else None


def _key(title: str) -> str:
    return title_key(title)[:_LETTERS]
