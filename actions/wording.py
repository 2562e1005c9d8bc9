"""Reads structure from the plan's prose: dates from a timeline, roles from a responsibility.

The wording stays what it is; these give what can be computed with, and nothing where the wording
gives nothing.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from html import unescape
from unicodedata import normalize

from actions.models.organisations import Responsibility

MONTHS = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)
# Meteorological seasons: first and last month.
SEASONS = {
    "voorjaar": (3, 5),
    "lente": (3, 5),
    "zomer": (6, 8),
    "najaar": (9, 11),
    "herfst": (9, 11),
}

_MOMENT = re.compile(
    rf"(?:in\s+)?(?:(begin|eind|{'|'.join(SEASONS)})\s*)?(?:({'|'.join(MONTHS)})\s*)?(\d{{4}})?"
)


def title_key(title: str) -> str:
    """What is left of a title when markup, spacing and typography do not count."""
    bare = unescape(re.sub(r"</?[a-zA-Z][^<>]*>", "", title))
    return "".join(filter(str.isalnum, normalize("NFKC", bare).casefold()))


# --- Timelines ---------------------------------------------------------------


def read_timeline(wording: str) -> tuple[date | None, date | None]:
    """The first and last day that a timeline gives: "Maart – augustus 2022", "Vanaf 2022".

    None where it gives none, as in "2-jaarlijkse monitor". A year alone is the whole year; a season
    counts from the first day of its first month.
    """
    text = re.sub(r"\s+", " ", wording.casefold()).strip(" .")
    if found := re.fullmatch(r"vanaf (.+)", text):
        return _moment(found[1])[0], None
    if found := re.fullmatch(r"(?:tot en met|t/m) (.+)", text):
        return None, _moment(found[1])[1]
    if found := re.fullmatch(r"start (.+?), looptijd (?:t/m|tot en met) (.+)", text):
        return _moment(found[1])[0], _moment(found[2])[1]
    if found := re.fullmatch(r"(.+?) ?(?:[-–—]|\b(?:t/m|tot en met)\b) ?(.+)", text):
        last = _moment(found[2])[1]
        start = _moment(found[1], year=last and last.year)[0]
        return (start, last) if start and not (last and last < start) else (None, None)
    return _moment(text)


def _moment(text, year=None):
    """The first and last day of a moment in words; `year` serves where the words give none."""
    found = _MOMENT.fullmatch(text.strip())
    if not found or not (year := int(found[3] or year or 0)):
        return None, None
    part, month = found[1], found[2]
    if month:
        first = last = MONTHS.index(month) + 1
    else:
        first, last = SEASONS.get(part, (1, 12))
    start = None if part == "eind" else date(year, first, 1)
    end = None if part == "begin" else date(year, last, monthrange(year, last)[1])
    return start, end


# --- Responsibilities --------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Part:
    """An organisation as a wording names it, and the role it is given there."""

    organisation: str
    role: str


# What an organisation looks like where a part begins: an abbreviation with two capitals or more,
# or a name of several words with capitals ("Raad voor Rechtsbijstand").
_ABBREVIATION = r"[A-Z][A-Za-z]*[A-Z][A-Za-z]*"
_NAME = r"[A-Z][\w-]+(?: (?:(?:voor|van|en|de|het|der) )*[A-Z][\w-]+)+"
_ORGANISATION = re.compile(rf"(?:{_NAME}|{_ABBREVIATION})\b")
_COMMISSION = re.compile(r"\bin opdracht van\b")
_COOPERATION = re.compile(r"(?:\bi\.s\.m\.|\bin samenwerking met\b)")


def read_responsibility(wording: str, known: list[str]) -> list[Part]:
    """The organisations that a responsibility names, each with a role, in its order.

    `known` are names and abbreviations that count wherever they stand; another organisation is
    recognised where a part begins.

    >>> read_responsibility("RIVM, in opdracht van IenW", [])
    [Part(organisation='RIVM', role='executing'), Part(organisation='IenW', role='responsible')]
    """
    role = Responsibility.Role
    parts: list[Part] = []
    for text in re.split(r",(?![^(]*\))", wording):
        if commission := _COMMISSION.search(text):
            before, after = text[: commission.start()], text[commission.end() :]
            if before.strip():
                parts += _parts(before, known, role.EXECUTING)
            elif parts:
                parts[-1] = Part(parts[-1].organisation, role.EXECUTING)
            parts += _parts(after, known, role.RESPONSIBLE)
        elif cooperation := _COOPERATION.search(text):
            parts += _parts(text[: cooperation.start()], known)
            parts += _parts(text[cooperation.end() :], known, role.INVOLVED)
        else:
            parts += _parts(text, known)
    return list(dict.fromkeys(parts))


def _parts(text, known, role=None):
    """The organisations joined in one part: "JenV en BZ"."""
    parts = []
    for piece in re.split(r" en (?=[A-Z])|/|&", text):
        name = _organisation(piece.strip(), known)
        if name:
            parts.append(Part(name, role or _role(piece.partition(name)[2])))
    return parts


def _organisation(text, known):
    """The first organisation named; of two that begin at the same place the longer name."""
    found = [
        (match.start(), -len(name), name)
        for name in known
        if (match := re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text))
    ]
    if new := _ORGANISATION.match(text):
        found.append((0, -len(new[0]), new[0]))
    return min(found, default=(0, 0, ""))[2]


def _role(said):
    """The role that the words behind an organisation give it."""
    role = Responsibility.Role
    if "coördin" in said:
        return role.COORDINATING
    said = re.sub(r"\([^)]*\)", "", said).strip(" .;")
    return role.INVOLVED if said and "verantwoordelijk" not in said else role.RESPONSIBLE
