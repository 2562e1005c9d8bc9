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
_MINISTRY = "Ministerie van "

# A known name is read as one character that no text uses, so that no comma or "en" in it counts.
_FIRST_MASK = 0xE000
_MASK = r"[\ue000-\uf8ff]"

_OUTSIDE_BRACKETS = r"(?![^(]*\))"
_SEMICOLON = re.compile(rf";{_OUTSIDE_BRACKETS}")
_COMMA = re.compile(rf",{_OUTSIDE_BRACKETS}")
# "J&V" is one organisation, "BZ & J&V" are two.
_JOINT = re.compile(
    rf"(?: en (?:de |het )?(?=[A-Z]|{_MASK})|/| & |&(?={_MASK})){_OUTSIDE_BRACKETS}"
)


def read_responsibility(wording: str, known: list[str]) -> list[Part]:
    """The organisations that a responsibility names, each with a role, in its order.

    `known` are names and abbreviations that count wherever they stand, in capitals or not and with
    or without "Ministerie van"; another organisation is recognised where a part begins.

    "RIVM, in opdracht van IenW" gives RIVM as executing and IenW as responsible.
    """
    names = _names(known)
    parts: list[Part] = []
    for clause in _SEMICOLON.split(_masked(wording, names)):
        _read_clause(clause, parts)
    return list(dict.fromkeys(Part(_unmasked(part, names), part.role) for part in parts))


def _names(known):
    """Each way to write a known organisation, with the organisation, the longest first."""
    without_ministry = {name.removeprefix(_MINISTRY): name for name in known}
    written = without_ministry | {name: name for name in known}
    return sorted(written.items(), key=lambda item: len(item[0]), reverse=True)


def _masked(wording, names):
    wording = re.sub(_MASK, "", wording)
    if not names:
        return wording
    alternatives = "|".join(f"({re.escape(name)})" for name, _known in names)
    return re.sub(
        rf"(?<!\w)(?:{alternatives})(?!\w)",
        lambda found: chr(_FIRST_MASK + found.lastindex - 1),
        wording,
        flags=re.IGNORECASE,
    )


def _unmasked(part, names):
    is_mask = re.fullmatch(_MASK, part.organisation)
    return names[ord(part.organisation) - _FIRST_MASK][1] if is_mask else part.organisation


def _read_clause(clause, parts):
    """Add the organisations between two semicolons to `parts`."""
    role = Responsibility.Role
    role_here = None
    for text in _COMMA.split(clause):
        if commission := _COMMISSION.search(text):
            before, after = text[: commission.start()], text[commission.end() :]
            if before.strip():
                parts += _parts(before, role.EXECUTING)
            elif parts:
                parts[-1] = Part(parts[-1].organisation, role.EXECUTING)
            parts += _parts(after, role.RESPONSIBLE)
        elif cooperation := _COOPERATION.search(text):
            before, after = text[: cooperation.start()], text[cooperation.end() :]
            parts += _parts(before, role_here)
            parts += _parts(after, role.INVOLVED)
            # Behind a comma it goes on, unless it stood in brackets that end here.
            if after.count("(") >= after.count(")"):
                role_here = role.INVOLVED
        else:
            parts += _parts(text, role_here)


def _parts(text, role=None):
    """The organisations joined in one part: "JenV en BZ"."""
    parts = []
    for piece in _JOINT.split(text):
        name = _organisation(piece.strip())
        if name:
            parts.append(Part(name, role or _role(piece.partition(name)[2])))
    return parts


def _organisation(text):
    """The first organisation named: one that is known, or else one where the text begins."""
    found = _ORGANISATION.match(text) or re.search(_MASK, text)
    return found[0] if found else ""


def _role(said):
    """The role that the words behind an organisation give it."""
    role = Responsibility.Role
    if "coördin" in said:
        return role.COORDINATING
    said = re.sub(r"\([^)]*\)", "", said).strip(" .;")
    return role.INVOLVED if said and "verantwoordelijk" not in said else role.RESPONSIBLE
