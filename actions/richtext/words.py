"""The words of a rich text, as they are compared: without marks, with their place and their line.

Punctuation at the edge of a word is a word of its own, so that the full stop stays when the year
before it changes. The address of a link is a word behind the text of the link.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter

from actions.richtext.tree import Block, Footnote, Paragraph, RichText, Text

_PUNCTUATION = re.escape(".,;:!?…()[]{}\"'“”„‘’‚«»")
# From the first to the last character of a word that is no punctuation, or one that is.
_WORD = re.compile(rf"[^\s{_PUNCTUATION}](?:\S*[^\s{_PUNCTUATION}])?|[{_PUNCTUATION}]")


@dataclass(frozen=True, slots=True, order=True)
class Word:
    """Two words are equal wherever they stand.

    `line` is the number of the paragraph, `note` that of the footnote in it, from 1, or 0. `spaced`
    says that a space stands before the word, or that a line or a footnote begins with it.
    """

    text: str
    in_footnote: bool = False
    is_address: bool = False
    line: int = field(default=0, compare=False)
    note: int = field(default=0, compare=False)
    spaced: bool = field(default=True, compare=False)

    @property
    def part(self) -> tuple[int, int]:
        """What the word is a part of: a paragraph, or a footnote in it."""
        return self.line, self.note


def words_of(text: RichText) -> list[Word]:
    """Every word in reading order, those of a footnote at the place of its mark."""
    return [
        word
        for line, paragraph in enumerate(text.paragraphs())
        for word in _words_of_line(paragraph, line)
    ]


def _words_of_line(paragraph: Paragraph, line: int) -> Iterator[Word]:
    notes, begins = 0, True
    for is_footnote, group in groupby(paragraph.content, lambda part: isinstance(part, Footnote)):
        if is_footnote:
            for note in group:
                notes += 1
                yield from _words_of_runs(note.content, line, notes, begins=True)
        else:
            yield from _words_of_runs(tuple(group), line, begins=begins)
        begins = False


def _words_of_runs(
    runs: tuple[Text, ...], line: int, note: int = 0, *, begins: bool
) -> Iterator[Word]:
    text = "".join(run.text for run in runs)
    addresses = _addresses(runs)
    for match in _WORD.finditer(text):
        start = match.start()
        spaced = text[start - 1].isspace() if start else begins
        yield Word(match[0], note > 0, False, line, note, spaced)
        while addresses and addresses[0][0] <= match.end():
            yield Word(addresses.pop(0)[1], note > 0, True, line, note)


def _addresses(runs: tuple[Text, ...]) -> list[tuple[int, str]]:
    """Where the text of each link ends, with its address if that is not what the text says."""
    addresses, end = [], 0
    for link, group in groupby(runs, attrgetter("link")):
        text = "".join(run.text for run in group)
        if link and text.strip() not in ("", link, link.removeprefix("mailto:")):
            addresses.append((end + len(text.rstrip()), link))
        end += len(text)
    return addresses


def item_starts(blocks: tuple[Block, ...], in_item=False) -> Iterator[bool]:
    """For every paragraph in reading order whether an item of a list begins with it."""
    for place, block in enumerate(blocks):
        if isinstance(block, Paragraph):
            yield in_item and place == 0
        else:
            for item in block.items:
                yield from item_starts(item, in_item=True)
