"""What holds for the difference of any two texts, and for any number of texts that are alike."""

import re
from collections import Counter
from difflib import SequenceMatcher
from itertools import combinations, pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from actions.richtext import matching
from actions.richtext.difference import Kind, alike_pairs, difference, similarity
from actions.richtext.matching import matches
from actions.richtext.tree import Footnote, Paragraph, RichText, Text
from tests.actions.test_rich_text import TREES


def plain(*lines):
    return RichText(tuple(Paragraph((Text(line),)) for line in lines))


WORDS = st.sampled_from(["de", "De", "wet", "geldt", "in", "2024", "2025", "(ja)", "nee.", "dus,"])
LINES = st.lists(WORDS, min_size=1, max_size=12).map(" ".join)
WORDY = st.lists(LINES, max_size=4).map(lambda lines: plain(*lines))
ANY = TREES | WORDY
ADDRESS = re.compile(r"\((?:https|mailto):[^)]*\)")


def words_said(text):
    """The words of a tree in reading order, each with whether it stands in a footnote."""
    for paragraph in text.paragraphs():
        run = ""
        for inline in paragraph.content:
            if isinstance(inline, Footnote):
                yield from ((word, False) for word in re.findall(r"\w+", run))
                note = "".join(each.text for each in inline.content)
                yield from ((word, True) for word in re.findall(r"\w+", note))
                run = ""
            else:
                run += inline.text
        yield from ((word, False) for word in re.findall(r"\w+", run))


def words_shown(changed, *kinds):
    return words_in(changed.lines, *kinds)


def words_in(lines, *kinds):
    return [
        (word, piece.in_footnote)
        for line in lines
        for piece in line.pieces
        if piece.kind in kinds
        for word in re.findall(r"\w+", ADDRESS.sub(" ", piece.text))
    ]


@given(ANY, ANY)
def test_what_stayed_and_what_was_removed_is_the_old_text(old, new):
    shown = words_shown(difference(old, new), Kind.SAME, Kind.REMOVED)

    assert shown == list(words_said(old))


@given(ANY, ANY)
def test_what_stayed_and_what_was_added_is_the_new_text(old, new):
    shown = words_shown(difference(old, new), Kind.SAME, Kind.ADDED)

    assert shown == list(words_said(new))


@given(ANY, ANY)
def test_each_text_stands_alone_with_all_its_words_and_none_of_the_other(old, new):
    changed = difference(old, new)

    assert words_in(changed.old, *Kind) == list(words_said(old))
    assert words_in(changed.new, *Kind) == list(words_said(new))
    assert all(line.pieces for line in (*changed.old, *changed.new))


@given(ANY)
def test_a_text_does_not_differ_from_itself(text):
    changed = difference(text, text)

    assert not changed.has_changes
    assert not changed.only_looks
    assert changed.removed_words == changed.added_words == 0


@given(ANY, ANY)
def test_two_texts_are_the_same_or_look_different_or_have_changes(old, new):
    changed = difference(old, new)

    assert (old != new) == (changed.only_looks or changed.has_changes)
    assert not (changed.only_looks and changed.has_changes)
    assert changed.has_changes == (similarity(old, new) < 1)


@given(ANY, ANY)
def test_neighbouring_pieces_differ_and_every_line_says_something(old, new):
    for line in difference(old, new).lines:
        kinds = [(piece.kind, piece.in_footnote) for piece in line.pieces]
        assert all(one != other for one, other in pairwise(kinds))
        assert line.pieces
        assert all(piece.text.strip() for piece in line.pieces)
        assert not line.pieces[0].spaced


@given(st.lists(LINES, max_size=5), LINES, st.integers(0, 5))
@example(["de"], "de de", 0)
def test_a_paragraph_that_is_added_is_all_that_is_marked(lines, added, place):
    changed = difference(plain(*lines), plain(*lines[:place], added, *lines[place:]))

    assert all(len(line.pieces) == 1 for line in changed.lines)
    assert sorted(words_shown(changed, Kind.ADDED)) == sorted(words_said(plain(added)))


@given(ANY, ANY)
def test_similarity_is_a_share_and_the_same_in_either_order(one, other):
    assert 0 <= similarity(one, other) == similarity(other, one) <= 1


@given(st.lists(WORDY, max_size=6), st.floats(0, 1))
@example([plain("de de de wet"), plain("de de de brief")], 0.75)
def test_the_bound_on_alike_pairs_passes_none_over(texts, threshold):
    named = {f"text {place}": text for place, text in enumerate(texts)}

    expected = {
        (one, other, alike)
        for one, other in combinations(named, 2)
        if (alike := similarity(named[one], named[other])) >= threshold
    }

    found = alike_pairs(named, threshold)
    assert set(found) == expected
    assert [alike for _, _, alike in found] == sorted((each[2] for each in found), reverse=True)


@given(st.lists(st.integers(0, 3), max_size=120), st.lists(st.integers(0, 3), max_size=120))
def test_matches_stand_in_both_in_order(old, new):
    i = j = 0
    for next_i, next_j, size in matches(old, new):
        assert next_i >= i
        assert next_j >= j
        assert old[next_i : next_i + size] == new[next_j : next_j + size] != []
        i, j = next_i + size, next_j + size


# --- Long and many -----------------------------------------------------------

MANY = 5000
UNIQUE = [f"woord{place}" for place in range(MANY)]
DUTCH = [f"woord{place}" if place % 3 else "de" for place in range(MANY)]


def every(step, words):
    return ["anders" if place % step == 0 else word for place, word in enumerate(words)]


@pytest.fixture
def looked_at(monkeypatch):
    """How many pairs of equal items difflib has had to look at, each time it was asked."""
    pairs = []

    class Counted(SequenceMatcher):
        def get_matching_blocks(self):
            counts = Counter(self.b)
            pairs.append(sum(counts[item] for item in self.a))
            # What difflib does takes a time that grows with the pairs: more are never waited for.
            assert pairs[-1] <= MANY
            return super().get_matching_blocks()

    monkeypatch.setattr(matching, "SequenceMatcher", Counted)
    return pairs


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (["de"] * MANY, ["de"] * (MANY - 1)),
        (["de"] * MANY, every(7, ["de"] * MANY)),
        (["de", "het"] * (MANY // 2), ["het", "de", "een", "de"] * (MANY // 4)),
        (UNIQUE, every(2, UNIQUE)),
        (UNIQUE, UNIQUE[::-1]),
        (DUTCH, every(10, DUTCH)),
        (DUTCH, every(4, DUTCH)),
        (list("." * MANY), list(".!" * (MANY // 2))),
    ],
    ids=["a word less", "a word often", "few words", "half", "turned", "some", "many", "marks"],
)
@pytest.mark.parametrize("length", [MANY, 80], ids=["one paragraph", "paragraphs"])
def test_no_long_text_keeps_a_reader_waiting(looked_at, old, new, length):
    old, new = (
        plain(*(" ".join(words[start : start + length]) for start in range(0, MANY, length)))
        for words in (old, [*new, *[""] * (MANY - len(new))])
    )

    difference(old, new)
    similarity(old, new)

    assert looked_at


def test_few_changes_in_a_long_text_are_found_one_by_one():
    changed = difference(plain(" ".join(DUTCH)), plain(" ".join(every(10, DUTCH))))

    assert changed.removed_words == changed.added_words == MANY / 10


def test_of_the_pairs_of_a_whole_report_only_likely_ones_are_compared(looked_at):
    words = [f"woord{place * place % 977}" if place % 3 else "de" for place in range(12_000)]
    texts = {n: plain(" ".join(words[n * 20 : n * 20 + 100])) for n in range(500)}
    texts["copy"] = plain(" ".join([*words[:99], "anders"]))

    found = alike_pairs(texts, 0.9)

    assert (0, "copy", 0.99) in found
    # There are some 125,000 pairs.
    assert len(looked_at) < 5000
