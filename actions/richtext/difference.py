"""What changed between two rich texts, word by word; and how nearly two texts say the same.

Words are compared, and the addresses of links. Marks, and what is a paragraph and what an item of a
list, are looks.
"""

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import combinations, groupby
from operator import attrgetter
from typing import TypeVar

from actions.richtext.alignment import kept_words
from actions.richtext.matching import matches
from actions.richtext.tree import RichText
from actions.richtext.words import Word, item_starts, words_of

Key = TypeVar("Key", bound=Hashable)
Item = TypeVar("Item", Word, int)
# A word of the old text and the same word of the new.
Pair = tuple[Word, Word]
NO_PAIR = None, None


class Kind(StrEnum):
    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


Marked = tuple[Kind, Word]


@dataclass(frozen=True, slots=True)
class Piece:
    """Words in a row that fared alike. `spaced` says that a space stands before them."""

    kind: Kind
    text: str
    spaced: bool = False
    in_footnote: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph, its footnotes in place: of the new text, or of the old if nothing was kept."""

    pieces: tuple[Piece, ...]
    begins_item: bool = False


@dataclass(frozen=True, slots=True)
class Difference:
    """Both texts as one, in reading order. `only_looks`: the words are the same, the trees not."""

    lines: tuple[Line, ...]
    only_looks: bool

    @property
    def old(self) -> tuple[Line, ...]:
        """The old text alone, with what was removed from it, in the lines of both as one."""
        return self._without(Kind.ADDED)

    @property
    def new(self) -> tuple[Line, ...]:
        """The new text alone, with what was added to it, in the lines of both as one."""
        return self._without(Kind.REMOVED)

    @property
    def has_changes(self) -> bool:
        return any(piece.kind != Kind.SAME for line in self.lines for piece in line.pieces)

    @property
    def removed_words(self) -> int:
        return self._count(Kind.REMOVED)

    @property
    def added_words(self) -> int:
        return self._count(Kind.ADDED)

    def _without(self, kind: Kind) -> tuple[Line, ...]:
        left = ((line, [each for each in line.pieces if each.kind != kind]) for line in self.lines)
        return tuple(replace(line, pieces=tuple(pieces)) for line, pieces in left if pieces)

    def _count(self, kind: Kind) -> int:
        pieces = [piece for line in self.lines for piece in line.pieces if piece.kind == kind]
        return sum(any(map(str.isalnum, word)) for piece in pieces for word in piece.text.split())


def difference(old: RichText, new: RichText) -> Difference:
    old_words, new_words = words_of(old), words_of(new)
    lines = _Lines(list(item_starts(old.blocks)), list(item_starts(new.blocks)))
    i = j = 0
    ends = len(old_words), len(new_words), 0
    for next_i, next_j, size in [*kept_words(old_words, new_words), ends]:
        removed, added = old_words[i:next_i], new_words[j:next_j]
        i, j = next_i + size, next_j + size
        kept = list(zip(old_words[next_i:i], new_words[next_j:j], strict=True))
        lines.add(removed, added, kept)
    return Difference(lines.result(), only_looks=old_words == new_words and old != new)


def similarity(old: RichText, new: RichText) -> float:
    """The part of the words that stands in both, 0 to 1, in either order. 1 is: the same words."""
    return _similarity(words_of(old), words_of(new))


def alike_pairs(texts: Mapping[Key, RichText], threshold: float) -> list[tuple[Key, Key, float]]:
    """Every two texts of at least this similarity, the most alike first. Empty texts are alike."""
    words = {key: words_of(text) for key, text in texts.items()}
    # Numbered in their order, so that lists of numbers sort as lists of words do, only quicker.
    vocabulary = sorted({word for each in words.values() for word in each})
    numbers = {word: number for number, word in enumerate(vocabulary)}
    numbered = {key: [numbers[word] for word in each] for key, each in words.items()}
    bags = {key: _bag(items, len(vocabulary)) for key, items in numbered.items()}
    pairs = []
    for one, other in combinations(texts, 2):
        # Words that both have in any order: never fewer than they have in the same order.
        in_both = len(bags[one] & bags[other])
        if _share(in_both, len(bags[one]) + len(bags[other])) >= threshold:
            pairs.append((one, other, _similarity(numbered[one], numbered[other])))
    alike = [pair for pair in pairs if pair[2] >= threshold]
    return sorted(alike, key=lambda pair: -pair[2])


def _bag(items: list[int], size: int) -> frozenset[int]:
    """Items below `size` as a set, in which what comes again has another number."""
    counts = Counter(items)
    return frozenset(item + nth * size for item in counts for nth in range(counts[item]))


def _similarity(one: Sequence[Item], other: Sequence[Item]) -> float:
    if one == other:
        return 1.0
    # What is found can depend on which comes first.
    one, other = sorted((one, other))
    return _share(sum(size for _, _, size in matches(one, other)), len(one) + len(other))


def _share(matched: int, total: int) -> float:
    return 2 * matched / total if total else 1.0


class _Lines:
    """Lays the words out in the lines of the new text.

    Lines of the old text of which nothing was kept stand between these; where as many lines came in
    their place, each stands in a line with what replaced it.
    """

    def __init__(self, old_item_starts: list[bool], new_item_starts: list[bool]):
        self.item_starts = {Kind.REMOVED: old_item_starts, Kind.ADDED: new_item_starts}
        self.lines: list[tuple[bool, list[Marked]]] = []
        # The line of the new text that is being laid out, and the last words that were kept.
        self.new_line: int | None = None
        self.last: Pair | tuple[None, None] = NO_PAIR

    def add(self, removed: list[Word], added: list[Word], kept: list[Pair]):
        """Add what changed since the last words that were kept, and then those that were."""
        changes = {Kind.REMOVED: _by_line(removed), Kind.ADDED: _by_line(added)}
        for (kind, lines), word in zip(changes.items(), self.last, strict=True):
            if word and lines and lines[0][0].line == word.line:
                self._put(kind, lines.pop(0))
        beginnings = [
            (kind, lines.pop())
            for (kind, lines), word in zip(changes.items(), (kept or [NO_PAIR])[0], strict=True)
            if word and lines and lines[-1][0].line == word.line
        ]
        self._add_whole_lines(*changes.values())
        if kept:
            self._go_to(kept[0][1].line)
        for kind, words in beginnings:
            self._put(kind, words)
        for old, new in kept:
            self._go_to(new.line)
            self._put(Kind.SAME, [replace(new, spaced=old.spaced or new.spaced)])
            self.last = old, new

    def result(self) -> tuple[Line, ...]:
        return tuple(Line(_pieces(words), begins_item) for begins_item, words in self.lines)

    def _add_whole_lines(self, removed: list[list[Word]], added: list[list[Word]]):
        if len(removed) == len(added):
            for old, new in zip(removed, added, strict=True):
                self._open(Kind.ADDED, new[0].line)
                self._put(Kind.REMOVED, old)
                self._put(Kind.ADDED, new)
            return
        for kind, lines in ((Kind.REMOVED, removed), (Kind.ADDED, added)):
            for line in lines:
                self._open(kind, line[0].line)
                self._put(kind, line)

    def _go_to(self, new_line: int):
        if self.new_line != new_line:
            self._open(Kind.ADDED, new_line)

    def _open(self, kind: Kind, line: int):
        self.lines.append((self.item_starts[kind][line], []))
        self.new_line = line if kind is Kind.ADDED else None

    def _put(self, kind: Kind, words: list[Word]):
        self.lines[-1][1].extend((kind, word) for word in words)


def _by_line(words: list[Word]) -> list[list[Word]]:
    return [list(line) for _, line in groupby(words, attrgetter("line"))]


def _pieces(words: list[Marked]) -> tuple[Piece, ...]:
    pieces = []
    # An address that stayed is not news.
    shown = [(kind, word) for kind, word in words if kind != Kind.SAME or not word.is_address]
    for (kind, in_footnote), group in groupby(shown, lambda each: (each[0], each[1].in_footnote)):
        text = "".join(" " * word.spaced + _shown(word) for _, word in group)
        spaced = text.startswith(" ") and bool(pieces)
        pieces.append(Piece(kind, text.removeprefix(" "), spaced, in_footnote))
    return tuple(pieces)


def _shown(word: Word) -> str:
    return f"({word.text})" if word.is_address else word.text
