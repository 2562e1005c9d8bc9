"""How a report is laid out, in whatever format: the words by which its parts are known.

A cover, a table of contents, texts under a heading (the introduction), then per pillar the word
"Pijler", its title, its description, and per theme a title above a table of six columns.
"""

import re

COLUMNS = 6
# How the cells of a header begin; years differ in the exact words, so four of them will do.
_HEADER = ("actie", "doel", "verantwoord", "tijd", "stand", "toelicht")
_HEADER_WORDS = 4
_HEADER_CELL = 60  # characters at most
CONTENTS = ("inhoudsopgave", "inhoud")
INTRODUCTION = "inleiding"
# The heading of a pillar where its title stands below it.
PILLAR = re.compile(r"pijler(?:\s+(\d))?\s*[:.]?", re.IGNORECASE)

_PAGE_NUMBER = re.compile(
    r"(?:\b(?:pagina|blz|p)\b[.\s]*)?\b\d{1,4}\b(?:\s*(?:van|/)\s*\d{1,4}\b)?", re.IGNORECASE
)
_PAGE_SEPARATORS = " -–—|/\t"


def is_header(cells: list[str]) -> bool:
    """Whether these are the cells of the header of a table of action points."""
    words = [cell.casefold() for cell in cells]
    return (
        len(words) == COLUMNS
        and max(map(len, words)) <= _HEADER_CELL
        and sum(map(str.startswith, words, _HEADER)) >= _HEADER_WORDS
    )


def is_heading(text: str) -> bool:
    """Whether a line of bare text is a heading: short, and no sentence."""
    return len(text) < 80 and not re.search(r"[.:;?!)]$", text)


def is_page_furniture(text: str, title: str) -> bool:
    """A page number, alone or beside the title of the report or how that begins."""
    rest, count = _PAGE_NUMBER.subn("", text)
    rest = rest.strip(_PAGE_SEPARATORS).casefold()
    return count > 0 and (not rest or f"{title} ".casefold().startswith(f"{rest} "))


def shortened(text: str) -> str:
    """A text as messages quote it."""
    return text if len(text) <= 60 else f"{text[:60]}…"
