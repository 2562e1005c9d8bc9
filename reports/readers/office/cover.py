"""Reads the lines of a cover."""

import re
from dataclasses import dataclass
from datetime import date

from reports import printed

_YEAR = re.compile(r"\d{4}")
_EDITION = re.compile(
    rf"(?:{printed.CONCEPT}|{printed.EDITION}(?P<number>\d+))(?:, (?P<day>\d{{1,2}} \w+ \d{{4}}))?"
)


@dataclass
class Cover:
    publisher: str = ""
    title: str = ""
    year: int = 0
    reference_date: date | None = None
    edition: int = 0
    published_on: date | None = None
    note: str = ""
    # Only our own files say of themselves which edition they are.
    is_ours: bool = False


def read_cover(lines: list[str]) -> Cover:
    cover = Cover()
    while lines and _take_word(cover, lines[-1]):
        lines = lines[:-1]
    if cover.is_ours and len(lines) == 3 and _YEAR.fullmatch(lines[2]):
        cover.publisher, cover.title = lines[:2]
        cover.year = int(lines[2])
        return cover
    cover.year = next((int(text) for text in lines if _YEAR.fullmatch(text)), 0)
    words = [text for text in lines if not _YEAR.fullmatch(text)]
    if len(words) > 1:
        cover.publisher = words.pop(0)
    cover.title = " ".join(words)
    return cover


def _take_word(cover: Cover, line: str) -> bool:
    """Read a line that begins with a word of ours; whether it does."""
    if line.startswith(printed.NOTE):
        cover.note = line.removeprefix(printed.NOTE)
    elif line.startswith(printed.REFERENCE_DATE):
        cover.reference_date = printed.read_day(line.removeprefix(printed.REFERENCE_DATE))
    elif found := _EDITION.fullmatch(line):
        cover.is_ours = True
        cover.edition = int(found["number"] or 0)
        cover.published_on = printed.read_day(found["day"] or "")
    else:
        return False
    return True
