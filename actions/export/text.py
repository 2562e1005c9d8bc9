"""Rich text in bare lines, for a cell: its footnotes apart, and the addresses of its own links."""

from collections.abc import Iterator
from itertools import groupby

from actions.richtext.html import clean_text
from actions.richtext.tree import Block, Footnote, Inline, Paragraph, RichText

BULLET = "•"


def lines_of(text: str) -> str:
    """A text without what is no text, so that every format can hold it. Its lines stay."""
    return "\n".join(filter(None, (clean_text(line).strip() for line in text.splitlines())))


def as_lines(text: RichText) -> tuple[str, list[str]]:
    """The text, a line per paragraph, with "[1]" where a footnote stands, and the footnotes."""
    notes: list[str] = []
    return "\n".join(_lines(text.blocks, notes)), notes


def _lines(blocks: tuple[Block, ...], notes: list[str], indent: str = "") -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield indent + _line(block.content, notes)
            continue
        for number, item in enumerate(block.items, 1):
            first, *others = list(_lines(item, notes, f"{indent}  ")) or [""]
            mark = f"{number}." if block.ordered else BULLET
            yield f"{indent}{mark} {first.strip()}"
            yield from others


def _line(content: tuple[Inline, ...], notes: list[str]) -> str:
    pieces = []
    for link, runs in groupby(content, key=lambda each: getattr(each, "link", None)):
        if link is None:
            pieces += [_mark(note, notes) for note in runs]
            continue
        words = "".join(run.text for run in runs)
        pieces.append(f"{words} ({link})" if link and link != words else words)
    return "".join(pieces)


def _mark(note: Footnote, notes: list[str]) -> str:
    notes.append(_line(note.content, notes))
    return f"[{len(notes)}]"
