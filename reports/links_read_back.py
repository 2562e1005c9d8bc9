"""Links to what a text cites: they are put in where it is written out, and taken out again here.

Whoever changes a reference in Word leaves its link as it was. So not only a link that fits its
reference goes, but every link that was put in when the text was written out.
"""

from collections.abc import Iterator
from dataclasses import replace

from actions.references_in_text import link_references, unlink_references
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


def without_our_links(text: RichText, stored: RichText) -> RichText:
    """A text that came back from a file, without the links that the stored text went out with."""
    ours = set(_links(link_references(stored))) - set(_links(stored))
    return unlink_references(RichText(tuple(_block(block, ours) for block in text.blocks)))


def _links(text: RichText) -> Iterator[str]:
    for paragraph in text.paragraphs():
        for inline in paragraph.content:
            runs = inline.content if isinstance(inline, Footnote) else (inline,)
            yield from (run.link for run in runs if run.link)


def _block(block: Block, ours: set[str]) -> Block:
    if isinstance(block, ListBlock):
        items = (tuple(_block(each, ours) for each in item) for item in block.items)
        return ListBlock(tuple(items), block.ordered)
    return Paragraph(join_runs([_inline(inline, ours) for inline in block.content]))


def _inline(inline: Inline, ours: set[str]) -> Inline:
    if isinstance(inline, Footnote):
        return Footnote(join_runs([_run(run, ours) for run in inline.content]))
    return _run(inline, ours)


def _run(run: Text, ours: set[str]) -> Text:
    return replace(run, link="") if run.link in ours else run
