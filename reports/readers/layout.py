"""How a report is laid out, in whatever format: the words by which its parts are known.

A cover, a table of contents, texts under a heading (the introduction), then per pillar the word
"Pijler", its title, its description, and per theme a title above a table of six columns.
"""

import re

from reports import printed

COLUMNS = 6
# How the cells of a header begin; years differ in the exact words, so four of them will do.
_HEADER = ("actie", "doel", "verantwoord", "tijd", "stand", "toelicht")
_HEADER_WORDS = 4
_HEADER_CELL = 60  # characters at most
CONTENTS = ("inhoudsopgave", "inhoud")
INTRODUCTION = "inleiding"
# The heading of a pillar where its title stands below it, and where it stands in it.
PILLAR = re.compile(r"pijler(?:\s+(\d))?\s*[:.]?", re.IGNORECASE)
_PILLAR_AND_TITLE = re.compile(r"pijler\s+(\d+)\s*[:.–-]\s*(\S.*)", re.IGNORECASE)
# Of the part that our own files have.
CHANGES = re.compile(rf"{printed.CHANGES}(\d+)")

_PAGE_NUMBER = re.compile(
    r"(?:\b(?:pagina|blz|p)\b[.\s]*)?\b\d{1,4}\b(?:\s*(?:van|/)\s*\d{1,4}\b)?", re.IGNORECASE
)
_PAGE_SEPARATORS = " -–—|/\t"


def pillar(text: str) -> tuple[int, str] | None:
    """The number and title in the heading of a pillar; 0 and "" where it does not give them."""
    if found := PILLAR.fullmatch(text):
        return int(found[1] or 0), ""
    if found := _PILLAR_AND_TITLE.fullmatch(text):
        return int(found[1]), found[2]
    return None


def begins_other_part(heading: str) -> bool:
    """Whether what stands below this heading is read as another part than a text of the report."""
    return (
        heading.casefold() in CONTENTS
        or pillar(heading) is not None
        or heading in (printed.OVERVIEW, printed.CITED)
        or CHANGES.fullmatch(heading) is not None
    )


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
