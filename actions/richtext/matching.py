"""Finds what two sequences have in common, in a time that no text can stretch.

`difflib` finds what a person would find, but is slow where the same words come again and again, as
they do in any long text. So a long text is cut first, at words that stand in both once.
"""

from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise

# A stretch of `size` items that stands in both: from `old` in one, from `new` in the other.
Match = tuple[int, int, int]

# Pairs of equal items that difflib may look at: those of some 400 words of running text.
FEW_PAIRS = 2000
# Items in a row that stand in a text once are no coincidence.
RUN = 3


def matches(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Match]:
    """What stands in both in the same order, as long stretches rather than as many items."""
    numbers: dict[Hashable, int] = {}
    old, new = ([numbers.setdefault(item, len(numbers)) for item in items] for items in (old, new))
    cuts = () if _have_few_pairs(old, new) else _cuts(old, new)
    found: list[Match] = []
    for (i, j), (next_i, next_j) in pairwise([(0, 0), *cuts, (len(old), len(new))]):
        for at, other, size in _part_matches(old[i:next_i], new[j:next_j]):
            _append(found, (i + at, j + other, size))
    return found


def _append(found: list[Match], match: Match):
    """Add a match, as a part of the one before where nothing stands between them."""
    i, j, size = match
    if found and found[-1][0] + found[-1][2] == i and found[-1][1] + found[-1][2] == j:
        i, j, before = found.pop()
        size += before
    if size:
        found.append((i, j, size))


def _have_few_pairs(old: list[int], new: list[int]) -> bool:
    counts = Counter(new)
    return sum(counts[item] for item in old) <= FEW_PAIRS


def _cuts(old: list[int], new: list[int]) -> Iterator[tuple[int, int]]:
    """Pairs of places that belong together, because they begin a run that each side has once."""
    old_runs, new_runs = _single_runs(old), _single_runs(new)
    in_both = [run for run in old_runs if run in new_runs]
    in_both_too = [run for run in new_runs if run in old_runs]
    matcher = SequenceMatcher(None, in_both, in_both_too, autojunk=False)
    for i, _, size in matcher.get_matching_blocks():
        for run in in_both[i : i + size]:
            yield old_runs[run], new_runs[run]


def _single_runs(items: list[int]) -> dict[tuple[int, ...], int]:
    """Where each run begins, of those that stand in the items once."""
    runs = list(zip(*(items[start:] for start in range(RUN)), strict=False))
    counts = Counter(runs)
    return {run: place for place, run in enumerate(runs) if counts[run] == 1}


def _part_matches(old: list[int], new: list[int]) -> Iterator[Match]:
    """The matches in a part; if its middle has too many pairs, only its beginning and end."""
    head = _common_length(old, new)
    tail = _common_length(old[head:][::-1], new[head:][::-1])
    old_end, new_end = len(old) - tail, len(new) - tail
    yield 0, 0, head
    middle = old[head:old_end], new[head:new_end]
    if _have_few_pairs(*middle):
        matcher = SequenceMatcher(None, *middle, autojunk=False)
        for i, j, size in matcher.get_matching_blocks():
            yield head + i, head + j, size
    yield old_end, new_end, tail


def _common_length(one: list[int], other: list[int]) -> int:
    """How many items the two have in common at their beginning."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(one), len(other)))
