"""The nodes of pandoc's tree that texts are made of."""

from actions.richtext.tree import Block, Footnote, Inline, Paragraph, RichText, Text

NO_ATTRIBUTES = ["", [], []]
# Languages as Word and LibreOffice know them, so that their spelling checkers do.
LANGUAGES = {"en": "en-GB", "fr": "fr-FR", "de": "de-DE", "la": "la-VA"}


def rich(text: RichText) -> list[dict]:
    return list(map(_block, text.blocks))


def _block(block: Block) -> dict:
    if isinstance(block, Paragraph):
        return paragraph(*map(_inline, block.content))
    items = [list(map(_block, item)) for item in block.items]
    if block.ordered:
        return {"t": "OrderedList", "c": [[1, {"t": "Decimal"}, {"t": "Period"}], items]}
    return {"t": "BulletList", "c": items}


def _inline(inline: Inline) -> dict:
    if isinstance(inline, Footnote):
        return {"t": "Note", "c": [paragraph(*map(marked, inline.content))]}
    return marked(inline)


def marked(run: Text) -> dict:
    part = plain(run.text)
    if run.emphasis:
        part = {"t": "Emph", "c": [part]}
    if run.strong:
        part = {"t": "Strong", "c": [part]}
    if run.language:
        attributes = ["", [], [["lang", LANGUAGES[run.language]]]]
        part = {"t": "Span", "c": [attributes, [part]]}
    if run.link:
        part = {"t": "Link", "c": [NO_ATTRIBUTES, [part], [run.link, ""]]}
    return part


def paragraph(*inlines: dict) -> dict:
    return {"t": "Para", "c": list(inlines)}


def plain(text: str) -> dict:
    return {"t": "Str", "c": text}


def styled(style: str, blocks: list[dict]) -> dict:
    return {"t": "Div", "c": [["", [], [["custom-style", style]]], blocks]}
