"""From the blocks of pandoc's tree to rich text, with the marks of `marks.py` taken out."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from actions.richtext.html import is_safe_link, sanitise_tree
from actions.richtext.tree import Block, Footnote, Inline, ListBlock, Paragraph, RichText, Text
from reports.readers.office.marks import LANGUAGE_MARKS, PARAGRAPH, SPACE

_PARAGRAPHS = {"Para", "Plain", "Header", "CodeBlock", "LineBlock"}
_SAID = re.compile(f"{PARAGRAPH}([^{PARAGRAPH}]*){PARAGRAPH}")
_PIECES = re.compile(f"([{''.join(LANGUAGE_MARKS)}])")
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_BREAK = Text("\n")
_UNMARKED = Text("")


def rich(blocks: Iterable[dict]) -> RichText:
    """What the vocabulary of rich text holds of some blocks."""
    return sanitise_tree(RichText(_listed(_blocks(blocks))))


def plain(blocks: Iterable[dict]) -> str:
    """The bare text of some blocks, as one line and without its footnotes."""
    return plain_text(rich(blocks))


def plain_text(text: RichText) -> str:
    lines = (
        "".join(run.text for run in paragraph.content if isinstance(run, Text))
        for paragraph in text.paragraphs()
    )
    return " ".join(line.strip() for line in lines).strip()


def is_listed(block: dict) -> bool:
    """Whether a block stands in a list."""
    return any(isinstance(each, ListBlock | _Listed) for each in _blocks([block]))


class _Listed(NamedTuple):
    """A paragraph of a DOCX that stands in a list."""

    paragraph: Paragraph
    level: int
    list_name: str
    kind: str


def _blocks(blocks: Iterable[dict]) -> Iterable[Block | _Listed]:
    for block in blocks:
        kind, content = block["t"], block.get("c")
        if kind in _PARAGRAPHS:
            yield from _paragraphs(kind, content)
        elif kind in ("BulletList", "OrderedList"):
            items = content if kind == "BulletList" else content[1]
            yield ListBlock(
                tuple(_listed(_blocks(item)) for item in items), ordered=kind == "OrderedList"
            )
        elif kind == "BlockQuote":
            yield from _blocks(content)
        elif kind == "Div":
            yield from _blocks(content[1])
        elif kind == "DefinitionList":
            for term, meanings in content:
                yield from _paragraphs("Para", term)
                for meaning in meanings:
                    yield from _blocks(meaning)
        elif kind == "Table":
            for row in table_rows(block):
                for cell in row:
                    yield from _blocks(cell)
        elif kind == "Figure":
            yield from _blocks(content[2])


def table_rows(table: dict) -> list[list[list[dict]]]:
    """The rows of a table, its header among them, as cells of blocks."""
    return [[cell[4] for cell in row] for row in _rows(table)]


def has_merged_cells(table: dict) -> bool:
    """Whether a cell goes over several rows or columns."""
    return any(cell[2] > 1 or cell[3] > 1 for row in _rows(table) for cell in row)


def _rows(table: dict) -> Iterable[list]:
    _attributes, _caption, _columns, head, bodies, foot = table["c"]
    for rows in (head[1], *(part for body in bodies for part in body[2:]), foot[1]):
        yield from (row[1] for row in rows)


def _paragraphs(kind: str, content) -> Iterable[Paragraph | _Listed]:
    """A paragraph, or several where it has line breaks."""
    if kind == "CodeBlock":
        inlines = [{"t": "Str", "c": content[1]}]
    elif kind == "LineBlock":
        inlines = [each for line in content for each in (*line, {"t": "LineBreak"})]
    else:
        inlines = content[2] if kind == "Header" else content
    runs = list(_Runs().of(inlines))
    said = next((found[1] for run in runs if (found := _SAID.search(_text_of(run)))), "")
    lines: list[list[Inline]] = [[]]
    for run in runs:
        if run == _BREAK:
            lines.append([])
        elif isinstance(run, Footnote):
            lines[-1].append(run)
        else:
            lines[-1].append(replace(run, text=_SAID.sub("", run.text)))
    for line in lines:
        paragraph = Paragraph(tuple(line))
        if said:
            level, list_name, list_kind = said.split(",")
            yield _Listed(paragraph, int(level), list_name, list_kind)
            said = f"{level},{list_name},more"
        else:
            yield paragraph


def _text_of(inline: Inline) -> str:
    return inline.text if isinstance(inline, Text) else ""


# --- Runs --------------------------------------------------------------------


class _Runs:
    """Walks the inlines of a paragraph. The language holds until another one is marked."""

    def __init__(self):
        self.language = ""

    def of(self, inlines: Iterable[dict], marks: Text = _UNMARKED) -> Iterable[Inline]:
        for inline in inlines:
            kind, content = inline["t"], inline.get("c")
            if kind == "Str":
                yield from self._text(content, marks)
            elif kind in ("Space", "SoftBreak"):
                yield replace(marks, text=" ", language=self.language)
            elif kind == "LineBreak":
                yield _BREAK
            elif kind == "Strong":
                yield from self.of(content, replace(marks, strong=True))
            elif kind == "Emph":
                yield from self.of(content, replace(marks, emphasis=True))
            elif kind == "Strikeout":
                # Whoever strikes words through by hand has removed them, as with tracked changes.
                continue
            elif kind in ("Underline", "Subscript", "SmallCaps"):
                yield from self.of(content, marks)
            elif kind == "Superscript":
                for run in self.of(content, marks):
                    yield _superscript(run)
            elif kind in ("Span", "Quoted", "Cite"):
                yield from self.of(content[1], marks)
            elif kind == "Link":
                address = content[2][0]
                link = address if is_safe_link(address) else ""
                yield from self.of(content[1], replace(marks, link=link))
            elif kind in ("Code", "Math"):
                yield from self._text(content[1], marks)
            elif kind == "Note":
                yield _footnote(content)

    def _text(self, text: str, marks: Text) -> Iterable[Text]:
        for piece in _PIECES.split(text):
            if piece in LANGUAGE_MARKS:
                self.language = LANGUAGE_MARKS[piece]
            elif piece:
                text = piece.replace(SPACE, " ")
                yield replace(marks, text=text, language=self.language)


def _superscript(run: Inline) -> Inline:
    if isinstance(run, Text) and run.text.strip().isdecimal():
        return replace(run, text=run.text.translate(_SUPERSCRIPTS))
    return run


def _footnote(blocks: Iterable[dict]) -> Footnote:
    """The paragraphs of a note as one line."""
    runs: list[Text] = []
    for paragraph in RichText(_listed(_blocks(blocks))).paragraphs():
        runs += [Text(" "), *(run for run in paragraph.content if isinstance(run, Text))]
    return Footnote(tuple(runs[1:]))


# --- The lists of a DOCX -------------------------------------------------------


@dataclass
class _OpenList:
    level: int
    name: str
    ordered: bool
    items: list[list[Block]] = field(default_factory=list)


def _listed(blocks: Iterable[Block | _Listed]) -> tuple[Block, ...]:
    """The blocks with paragraphs that stand in lists put together to lists."""
    done: list[Block] = []
    open_lists: list[_OpenList] = []

    def close(level):
        """Close the lists that are deeper than this level."""
        while open_lists and open_lists[-1].level > level:
            closed = open_lists.pop()
            items = tuple(tuple(item) for item in closed.items)
            holder = open_lists[-1].items[-1] if open_lists else done
            holder.append(ListBlock(items, closed.ordered))

    for block in blocks:
        if not isinstance(block, _Listed):
            close(-1)
            done.append(block)
            continue
        close(block.level)
        current = open_lists[-1] if open_lists else None
        if block.kind == "more":
            (current.items[-1] if current else done).append(block.paragraph)
            continue
        if current and current.level == block.level and current.name != block.list_name:
            close(block.level - 1)
            current = open_lists[-1] if open_lists else None
        if not current or current.level < block.level:
            current = _OpenList(block.level, block.list_name, block.kind == "number")
            open_lists.append(current)
        current.items.append([block.paragraph])
    close(-1)
    return tuple(done)
