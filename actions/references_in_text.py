"""References in rich text: which there are, and how they become links, and cease to be links.

A stored text holds no links to what it refers to: these follow from its words. Where a text is
shown or written to a file they are put in, and where one comes back from a file they are taken out.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from actions.cited import Cited
from actions.references import find_references
from actions.richtext.tree import (
    Block,
    Footnote,
    Inline,
    ListBlock,
    Paragraph,
    RichText,
    Text,
    join_runs,
)

# What is to be changed in a line: from which to which character, and to what link.
Spans = list[tuple[int, int, str]]


def cited_in(text: RichText) -> list[Cited]:
    """What a text cites, each once, in reading order; what a footnote cites after its paragraph."""
    found = (
        Cited(each.kind, each.number)
        for paragraph in text.paragraphs()
        for runs in _lines(paragraph)
        for each in find_references(_characters(runs))
    )
    return list(dict.fromkeys(found))


def link_references(text: RichText) -> RichText:
    """The text with a link on every reference that has an address and of which no part is a link.

    A reference beside a link of someone's own to the same address stays as it is: the two would
    be one link, of which nobody could tell what to take away again.
    """
    return _with_lines(text, _without_link)


def unlink_references(text: RichText) -> RichText:
    """The text without the links that are exactly a reference, to the address of that reference."""
    return _with_lines(text, _with_link)


def _without_link(runs: tuple[Text, ...]) -> Spans:
    links = _links(runs)
    return [
        (start, end, address)
        for start, end, address in _addresses(runs)
        if not any(links[start:end]) and address not in _beside(links, start, end)
    ]


def _with_link(runs: tuple[Text, ...]) -> Spans:
    links = _links(runs)
    return [
        (start, end, "")
        for start, end, address in _addresses(runs)
        if set(links[start:end]) == {address} and address not in _beside(links, start, end)
    ]


# --- A line: the runs of a paragraph or of a footnote ----------------------------


def _lines(paragraph: Paragraph) -> Iterator[tuple[Text, ...]]:
    yield _runs(paragraph.content)
    for inline in paragraph.content:
        if isinstance(inline, Footnote):
            yield inline.content


def _runs(content: Iterable[Inline]) -> tuple[Text, ...]:
    return tuple(inline for inline in content if isinstance(inline, Text))


def _characters(runs: tuple[Text, ...]) -> str:
    return "".join(run.text for run in runs)


def _links(runs: tuple[Text, ...]) -> list[str]:
    """The link of each character."""
    return [run.link for run in runs for _ in run.text]


def _beside(links: list[str], start: int, end: int) -> list[str]:
    return links[max(start - 1, 0) : start] + links[end : end + 1]


def _addresses(runs: tuple[Text, ...]) -> Spans:
    """Where the references of a line stand, and what each refers to."""
    found = find_references(_characters(runs))
    return [(each.start, each.end, each.address) for each in found if each.address]


# --- Changing links --------------------------------------------------------------


def _with_lines(text: RichText, find: Callable[[tuple[Text, ...]], Spans]) -> RichText:
    """The text with the links that `find` gives for each of its lines."""

    def of_block(block: Block) -> Block:
        if isinstance(block, ListBlock):
            return replace(block, items=tuple(tuple(map(of_block, item)) for item in block.items))
        notes = [
            Footnote(_relinked(inline.content, find(inline.content)))
            if isinstance(inline, Footnote)
            else inline
            for inline in block.content
        ]
        return Paragraph(_relinked(notes, find(_runs(notes))))

    return RichText(tuple(map(of_block, text.blocks)))


def _relinked(line: Iterable[Inline], spans: Spans) -> tuple[Inline, ...]:
    """The line, its runs cut where a span begins or ends, with the links of the spans."""
    pieces: list[Inline] = []
    at = 0
    for inline in line:
        if isinstance(inline, Footnote):
            pieces.append(inline)
            continue
        first, at = at, at + len(inline.text)
        edges = {edge for start, end, _ in spans for edge in (start, end) if first < edge < at}
        for start, end in pairwise(sorted({first, at} | edges)):
            link = next((link for s, e, link in spans if s <= start and end <= e), inline.link)
            pieces.append(replace(inline, text=inline.text[start - first : end - first], link=link))
    return join_runs(pieces)
