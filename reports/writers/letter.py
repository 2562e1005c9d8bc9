"""Writes the cover letter as DOCX or ODT, on a page and with styles of its own (office/letter/)."""

from collections.abc import Iterator
from itertools import pairwise

from actions.richtext.tree import Text
from reports import printed
from reports.formats import Format
from reports.letter import Letter
from reports.writers.office import files
from reports.writers.office.nodes import marked, paragraph, plain, rich, styled
from reports.writers.office.reference import LETTER

FORMATS = (Format.DOCX, Format.ODT)
_LISTS = ("BulletList", "OrderedList")
# The style of a paragraph: whether it stands in a list, and whether it stays with what follows.
_STYLES = {
    (False, False): "",
    (False, True): "Aanloop",
    (True, False): "Opsomming",
    (True, True): "Opsommingskop",
}


def write(letter: Letter, chosen: Format) -> bytes:
    return files.write(
        _blocks(letter),
        chosen.value,
        header=printed.CONCEPT if letter.is_concept else "",
        footer=letter.sender,
        title=letter.subject,
        on=letter.day,
        own=LETTER,
    )


def _blocks(letter: Letter) -> list[dict]:
    return [
        *_line("Afzender", letter.sender),
        *_line("Concept", printed.letter_is_concept(letter.year) if letter.is_concept else ""),
        *_line("Concept", printed.MISSING + ", ".join(letter.missing) if letter.missing else ""),
        styled("Adres", [paragraph(*_lines(printed.SPEAKER))]),
        *_line("Kenmerk", letter.dated),
        _labelled(printed.DOSSIER, letter.dossier),
        _labelled(printed.SUBJECT, letter.subject),
        *_line("Aanhef", letter.salutation),
        *_laid_out(rich(letter.body)),
        *_line("Ambt", letter.office),
        *_line("Naam", letter.signed),
    ]


def _laid_out(blocks: list[dict], *, in_list: bool = False) -> Iterator[dict]:
    """The text with styles of its own for lists, and for a line that stays with what comes next."""
    for block, following in pairwise([*blocks, None]):
        # At the end of the text that is who signs: not alone on a page.
        stays = following["t"] in _LISTS if following else not in_list
        style = _STYLES[in_list, stays]
        if block["t"] in _LISTS:
            yield _with_items(block)
        else:
            yield styled(style, [block]) if style else block


def _with_items(block: dict) -> dict:
    *kind, items = block["c"] if block["t"] == "OrderedList" else [block["c"]]
    items = [list(_laid_out(item, in_list=True)) for item in items]
    return {**block, "c": [*kind, items] if kind else items}


def _line(style: str, text: str) -> list[dict]:
    return [styled(style, [paragraph(plain(text))])] if text else []


def _lines(texts: tuple[str, ...]) -> list[dict]:
    first, *others = map(plain, texts)
    return [first, *(node for other in others for node in ({"t": "LineBreak"}, other))]


def _labelled(label: str, text: str) -> dict:
    return styled("Kenmerk", [paragraph(marked(Text(label, strong=True)), plain(text))])
