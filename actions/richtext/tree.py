"""The tree of a rich text: blocks that hold runs of text. It knows no format and no database.

A run carries its marks itself instead of standing inside nested elements, so that a text has one
shape only: two trees are equal when, and only when, they say and look the same.
"""

from collections.abc import Iterator
from dataclasses import dataclass

# The languages a phrase can be marked with (BCP 47); a text is Dutch where nothing is marked.
LANGUAGES = ("en", "fr", "de", "la")


@dataclass(frozen=True, slots=True)
class Text:
    """A run of characters with the same marks."""

    text: str
    strong: bool = False
    emphasis: bool = False
    language: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Footnote:
    """A note, at the place where its mark stands in the text."""

    content: tuple[Text, ...]


Inline = Text | Footnote


@dataclass(frozen=True, slots=True)
class Paragraph:
    content: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A list; every item holds blocks, so that lists can hold lists."""

    items: tuple[tuple["Block", ...], ...]
    ordered: bool = False


Block = Paragraph | ListBlock


@dataclass(frozen=True, slots=True)
class RichText:
    """A whole text. An empty one has no blocks and is false."""

    blocks: tuple[Block, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.blocks)

    def paragraphs(self) -> Iterator[Paragraph]:
        """Every paragraph in reading order, those of lists among them."""
        yield from _paragraphs(self.blocks)

    def footnotes(self) -> list[Footnote]:
        return [
            inline
            for paragraph in self.paragraphs()
            for inline in paragraph.content
            if isinstance(inline, Footnote)
        ]

    def plain_text(self) -> str:
        """The bare characters: a line per paragraph, then a line per footnote."""
        lines = ["".join(_texts(paragraph.content)).strip() for paragraph in self.paragraphs()]
        lines += ["".join(_texts(note.content)) for note in self.footnotes()]
        return "\n".join(lines)


def _paragraphs(blocks: tuple[Block, ...]) -> Iterator[Paragraph]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        else:
            for item in block.items:
                yield from _paragraphs(item)


def _texts(content: tuple[Inline, ...]) -> Iterator[str]:
    return (inline.text for inline in content if isinstance(inline, Text))


def join_runs(content: list[Inline]) -> tuple[Inline, ...]:
    """Make the one shape of a line: neighbours alike joined, white space single, none at the ends.

    Neighbouring footnotes are one footnote: an editor splits a note where a mark changes inside it.
    """
    joined: list[Inline] = []
    for inline in content:
        if isinstance(inline, Footnote) or inline.text:
            _append(joined, inline)
    return _trim(joined)


def _append(line: list[Inline], inline: Inline) -> None:
    """Add a run to a line, as a part of the run before it where these are alike."""
    previous = line[-1] if line else None
    if isinstance(previous, Footnote) and isinstance(inline, Footnote):
        line[-1] = Footnote(previous.content + inline.content)
    elif (
        isinstance(previous, Text)
        and isinstance(inline, Text)
        and _marks(previous) == _marks(inline)
    ):
        line[-1] = _with_text(previous, (previous.text + inline.text).replace("  ", " "))
    else:
        line.append(inline)


def _marks(run: Text) -> tuple:
    return run.strong, run.emphasis, run.language, run.link


def _with_text(run: Text, text: str) -> Text:
    return Text(text, run.strong, run.emphasis, run.language, run.link)


def _trim(content: list[Inline]) -> tuple[Inline, ...]:
    trimmed: list[Inline] = []
    after_space = True
    for inline in content:
        if isinstance(inline, Footnote):
            notes = join_runs(list(inline.content))
            if notes:
                trimmed.append(Footnote(notes))
                after_space = False
            continue
        text = inline.text[1:] if after_space and inline.text.startswith(" ") else inline.text
        if text:
            _append(trimmed, _with_text(inline, text))
            after_space = text.endswith(" ")
    while trimmed and isinstance(last := trimmed[-1], Text):
        if text := last.text.rstrip(" "):
            trimmed[-1] = _with_text(last, text)
            break
        trimmed.pop()
    # Nothing but hard spaces, as editors leave behind in an empty paragraph, says nothing.
    says = any(isinstance(inline, Footnote) or inline.text.strip() for inline in trimmed)
    return tuple(trimmed) if says else ()
