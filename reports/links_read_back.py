"""Links to what a text cites: they are put in where it is written out, and taken out again here."""

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
from reports.document import PillarPart, ReportDocument, Row


def without_our_links(text: RichText, stored: RichText) -> RichText:
    """A text that came back from a file, without the links that the stored text went out with.

    Whoever changes a reference in Word leaves its link as it was. So not only a link that fits its
    reference goes, but every link that was put in when the text was written out.
    """
    ours = set(_links(link_references(stored))) - set(_links(stored))
    return unlink_references(RichText(tuple(_block(block, ours) for block in text.blocks)))


def unlinked(document: ReportDocument) -> ReportDocument:
    """A document without the links of its references, to hold it to one of another time.

    Which spellings are recognised as references changes, and what was frozen does not.
    """
    return replace(
        document,
        sections=tuple(
            replace(each, body=unlink_references(each.body)) for each in document.sections
        ),
        pillars=tuple(map(_unlinked_pillar, document.pillars)),
    )


def _unlinked_pillar(pillar: PillarPart) -> PillarPart:
    return replace(
        pillar,
        description=unlink_references(pillar.description),
        themes=tuple(
            replace(theme, rows=tuple(map(unlinked_row, theme.rows))) for theme in pillar.themes
        ),
    )


def unlinked_row(row: Row) -> Row:
    return replace(row, explanation=unlink_references(row.explanation))


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
