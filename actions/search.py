"""Search in Dutch text that finds the other forms of a word and minds no accents or capitals.

The words of a text are kept beside it, and matched in the same way by the database and here, where
the hits are marked. So a search finds the same on every database. It finds more than the Dutch
dictionary of PostgreSQL, which takes "bedrijven" and "bedrijf" for two words.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache, reduce
from operator import and_, or_
from typing import NamedTuple
from unicodedata import combining, normalize

import snowballstemmer
from django.db.models import Q, Value
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan

from actions.references import Reference, find_references
from actions.richtext.html import clean_text

# So many words of a search count: a database takes conditions to some depth only.
SEARCH_WORDS = 30
# Of so many letters on, a word is looked for within others too: Dutch writes "sectorconvenant".
LONG = 5
# Words that stand in every text, and that the stems of others would be taken for: "over" is also
# the stem of "overheid".
_SAYS_NOTHING = """
aan als bij dan dat de deze die dit door een en er het in is met naar niet of om ook op over te tot
uit van voor was worden wordt zijn
"""
# "kst" begins the name of a paper in its address, as in "kst-26485-430".
STOP_WORDS = frozenset([*_SAYS_NOTHING.split(), "kst"])
# So many characters of a sentence are shown at most.
SENTENCE_LENGTH = 240

_WORD = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f])*")
# Not after "nr." of "nr. 430", "Stcrt." of "Stcrt. 2024" and "d.w.z.".
_SENTENCE_ENDS = re.compile(r"(?<=\w\w[\w)”’\"][.!?])\s+(?=[^\W\d_a-z])|\n+")
_NUMBER_OF_A_POINT = re.compile(r"\d+(?:\.\d*)+")


def has_words(text: str) -> bool:
    """Whether there is a letter or digit in it at all."""
    return bool(_WORD.search(clean_text(text)))


def words_of(texts: Iterable[str]) -> str:
    """The words of some texts as they are looked for, each once, between spaces."""
    words = {word: None for text in texts for word in _WORD.findall(text)}
    return f" {' '.join(dict.fromkeys(each for word in words for each in _forms(word)))} "


@lru_cache(maxsize=20_000)
def _forms(word: str) -> tuple[str, ...]:
    """A word without accents and capitals, and its stem; nothing for one that says nothing."""
    bare = "".join(each for each in normalize("NFKD", word) if not combining(each)).casefold()
    # One of its own for each word: a stemmer cannot be used by two threads at once.
    return () if bare in STOP_WORDS else (bare, snowballstemmer.stemmer("dutch").stemWord(bare))


@dataclass(frozen=True, slots=True)
class SearchedWord:
    """A word that is searched for: it occurs where one of the `needles` does."""

    needles: tuple[str, ...]

    @classmethod
    def of(cls, bare: str, stem: str) -> "SearchedWord":
        if bare.isdigit() or len(bare) == 1:
            return cls((f" {bare} ",))
        of_stem = stem if len(stem) >= LONG else f" {stem} "
        return cls((of_stem, bare if len(bare) >= LONG else f" {bare}"))

    @property
    def has_number(self) -> bool:
        return any(each.isdigit() for each in self.needles[0])

    def occurs_in(self, words: str) -> bool:
        """Whether it is among these words, which `words_of` gave."""
        return any(needle in words for needle in self.needles)

    def condition(self, column: str) -> Q:
        """The same for a column that holds such words."""
        places = (StrIndex(column, Value(needle)) for needle in self.needles)
        return reduce(or_, (Q(GreaterThan(place, 0)) for place in places))


@dataclass(frozen=True, slots=True)
class Term:
    """What stands between two spaces of a search: the beginning of a number, or some words."""

    number: str
    words: tuple[SearchedWord, ...]

    def condition(self, column: str, number: str) -> Q:
        is_number = Q(**{f"{number}__startswith": self.number})
        if not self.words:
            return is_number
        return is_number | reduce(and_, (word.condition(column) for word in self.words))


class Piece(NamedTuple):
    """A piece of a text that was searched in; a hit is a word that was searched for."""

    text: str
    is_hit: bool


class Search:
    """What somebody searches for. Every term of it must occur."""

    def __init__(self, text: str):
        self.terms = list(_terms(text))

    def condition(self, column: str, number: str) -> Q:
        """Of rows with a column of words and one with the number of a point, those to be found."""
        return reduce(and_, (term.condition(column, number) for term in self.terms), Q())

    def pieces(self, text: str) -> list[Piece]:
        """The text, each word that was searched for apart."""
        pieces, at = [], 0
        for start, end in self._hits(text):
            pieces += [Piece(text[at:start], False), Piece(text[start:end], True)]
            at = end
        pieces.append(Piece(text[at:], False))
        return [piece for piece in pieces if piece.text]

    def sentence(self, text: str) -> str:
        """Of a text the sentence that has most of what was searched for; empty if none has any."""
        sentences = _SENTENCE_ENDS.split(text.strip())
        hits = [self._found_in(sentence) for sentence in sentences]
        if not any(hits):
            return ""
        best = hits.index(max(hits))
        start, end = self._shown(sentences[best])
        # One sign for all that is left out, be it of the sentence or before and after it.
        before = "… " if best or start else ""
        after = " …" if best < len(sentences) - 1 or end < len(sentences[best]) else ""
        return f"{before}{sentences[best][start:end]}{after}"

    def beside(self, text: str, others: Iterable[str]) -> list[str]:
        """Of these other texts those with most of what was searched for and is not in the text."""
        words = words_of([text])
        missing = [word for word in self._words() if not word.occurs_in(words)]
        hits = {
            other: sum(word.occurs_in(words_of([other])) for word in missing) for other in others
        }
        most = max(hits.values(), default=0)
        return [other for other, number in hits.items() if most and number == most]

    def _words(self) -> Iterator[SearchedWord]:
        return (word for term in self.terms for word in term.words)

    def _found_in(self, text: str) -> int:
        names = (name for each in self._references(text) for name in each.names)
        words = words_of([text, *names])
        return sum(word.occurs_in(words) for word in self._words())

    def _hits(self, text: str) -> list[tuple[int, int]]:
        """Where the words are that were searched for, and papers, however a text spells them."""
        # What a range means without naming it is hit where the last number of the range stands.
        hits = [
            (each.start, each.end)
            if each.start < each.end
            else _WORD.match(text, each.start).span()
            for each in self._references(text)
        ]
        for match in _WORD.finditer(text):
            words = words_of([match[0]])
            is_apart = not any(start < match.end() and match.start() < end for start, end in hits)
            if is_apart and any(word.occurs_in(words) for word in self._words()):
                hits.append(match.span())
        return sorted(set(hits))

    def _references(self, text: str) -> list[Reference]:
        """The papers that a text cites and that were searched for, by a number of theirs."""
        numbers = [word for word in self._words() if word.has_number]
        if not numbers:
            return []
        return [
            each
            for each in find_references(text)
            if any(word.occurs_in(words_of(each.names)) for word in numbers)
        ]

    def _shown(self, sentence: str) -> tuple[int, int]:
        """From where to where a sentence is shown: of a very long one what is around its first hit,
        in whole words.
        """
        if len(sentence) <= SENTENCE_LENGTH:
            return 0, len(sentence)
        hit, hit_end = self._hits(sentence)[0]
        start = max(0, min(hit - SENTENCE_LENGTH // 2, len(sentence) - SENTENCE_LENGTH))
        end = start + SENTENCE_LENGTH
        if start:
            start = sentence.find(" ", start, hit) + 1 or start
        if end < len(sentence):
            last = sentence.rfind(" ", hit_end, end)
            end = end if last < 0 else last
        return start, end


def _terms(text: str) -> Iterator[Term]:
    for term in list(dict.fromkeys(clean_text(text).split()))[:SEARCH_WORDS]:
        if _NUMBER_OF_A_POINT.fullmatch(term):
            yield Term(term, ())
            continue
        forms = [each for each in map(_forms, _WORD.findall(term)) if each]
        # The "s" of "UNGP's" is no word of its own.
        whole = [each for each in forms if len(each[0]) > 1 or each[0].isdigit()]
        # Of a term of words that say nothing, or without any, nothing is asked.
        if words := tuple(SearchedWord.of(*each) for each in whole or forms):
            yield Term(term, words)
