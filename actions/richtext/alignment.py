"""Which words of a text stand in a later one: so that a person can read what was changed.

The most that two texts have in common is not the most readable. A paragraph is added as a whole,
and the few small words that any two sentences share do not hold them together.
"""

from collections import Counter
from collections.abc import Iterator
from itertools import groupby, pairwise

from actions.richtext.matching import Match, matches
from actions.richtext.words import Word

# Two paragraphs that share less than this of the letters of the shorter one share nothing.
# Of unrelated Dutch paragraphs of forty words hardly one pair in a hundred reaches it.
RELATED = 1 / 8


def kept_words(old: list[Word], new: list[Word]) -> list[Match]:
    """The stretches of words that were kept, each within a paragraph or a footnote of both."""
    slid = _slid(matches(old, new), old, new)
    in_parts = [piece for match in slid for piece in _by_part(match, old, new)]
    return _related(_without_islands(in_parts, old, new), old, new)


def _with_ends(found: list[Match], old: list[Word], new: list[Word]) -> list[Match]:
    """The matches between two that are empty: at the beginning and at the end of both texts."""
    return [(0, 0, 0), *found, (len(old), len(new), 0)]


# --- Where a change begins and ends -------------------------------------------


def _slid(found: list[Match], old: list[Word], new: list[Word]) -> list[Match]:
    """Let what was only added, or only removed, begin and end where a line or a sentence does.

    From “The a. The c.” to “The a. The b. The c.” it is as true that “b. The” was added.
    """
    slid = [list(match) for match in _with_ends(found, old, new)]
    for before, after in pairwise(slid):
        i, j = before[0] + before[2], before[1] + before[2]
        if i == after[0]:
            shift = _best_shift(new, j, after[1], before[2], after[2])
        elif j == after[1]:
            shift = _best_shift(old, i, after[0], before[2], after[2])
        else:
            continue
        before[2] += shift
        after[:] = after[0] + shift, after[1] + shift, after[2] - shift
    return [(i, j, size) for i, j, size in slid if size]


def _best_shift(words: list[Word], start: int, end: int, room_before: int, room_after: int) -> int:
    """By how many places the stretch from start to end moves best, to say the same."""
    shifts = [0]
    for shift in range(1, room_before + 1):
        if words[start - shift] != words[end - shift]:
            break
        shifts.append(-shift)
    for shift in range(room_after):
        if words[start + shift] != words[end + shift]:
            break
        shifts.append(shift + 1)
    return max(shifts, key=lambda by: _break(words, start + by) + _break(words, end + by))


def _break(words: list[Word], place: int) -> int:
    """How clear a break there is before a place: of a line, of a sentence, within one, or none."""
    if place in (0, len(words)) or words[place - 1].line != words[place].line:
        return 3
    if words[place - 1].text in ".!?":
        return 2
    return int(words[place - 1].text in ",;:")


# --- What only disturbs the reading -------------------------------------------


def _by_part(match: Match, old: list[Word], new: list[Word]) -> Iterator[Match]:
    """A match in pieces that each lie within one paragraph or footnote of both texts."""
    i, j, size = match
    for _, group in groupby(range(size), lambda by: (old[i + by].part, new[j + by].part)):
        steps = list(group)
        yield i + steps[0], j + steps[0], len(steps)


def _without_islands(found: list[Match], old: list[Word], new: list[Word]) -> list[Match]:
    while True:
        around = _with_ends(found, old, new)
        left = [
            match
            for before, match, after in zip(around, found, around[2:], strict=False)
            if not _is_island(before, match, after, old, new)
        ]
        if len(left) == len(found):
            return found
        # With an island gone the change is larger, and others may be islands in it.
        found = left


def _is_island(before: Match, match: Match, after: Match, old: list[Word], new: list[Word]) -> bool:
    """Whether a match is lost between two places of its paragraph where words were replaced.

    The longer it is, the larger these must be: two letters between two short words are lost, three
    words between two sentences, and a sentence never.
    """
    i, j, size = match
    # An address that stayed is not shown, so it cannot become part of what is.
    if any(word.is_address for word in old[i : i + size]):
        return False
    part, new_part = old[i].part, new[j].part
    removed_before = _letters(old[before[0] + before[2] : i], part)
    removed_after = _letters(old[i + size : after[0]], part)
    added_before = _letters(new[before[1] + before[2] : j], new_part)
    added_after = _letters(new[j + size : after[1]], new_part)
    if not (removed_before and removed_after and added_before and added_after):
        return False
    replaced = min(max(removed_before, added_before), max(removed_after, added_after))
    return _letters(old[i : i + size], part) ** 2 <= 4 * replaced


def _letters(words: list[Word], part: tuple[int, int]) -> int:
    return sum(len(word.text) for word in words if word.part == part)


def _related(found: list[Match], old: list[Word], new: list[Word]) -> list[Match]:
    """The matches without those of two paragraphs that have next to nothing in common."""
    lengths, new_lengths, kept = Counter(), Counter(), Counter()
    for words, counts in ((old, lengths), (new, new_lengths)):
        for word in words:
            counts[word.part] += len(word.text)
    for i, j, size in found:
        kept[old[i].part, new[j].part] += _letters(old[i : i + size], old[i].part)

    def are_related(part, new_part):
        shorter = min(lengths[part], new_lengths[new_part])
        return kept[part, new_part] >= RELATED * shorter

    return [match for match in found if are_related(old[match[0]].part, new[match[1]].part)]
