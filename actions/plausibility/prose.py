"""Reads from plain Dutch text what the checks ask about: times, years, excuses, names, marks."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from unicodedata import normalize

from actions.references import find_references, find_unreadable

# Of what stands around the words that are quoted, in characters on either side.
AROUND = 40


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a text, and the piece of text they stand in, so that people can find them."""

    words: str
    context: str


def quote(text: str, start: int, end: int) -> Quote:
    """`text[start:end]` with some words of its line around it."""
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", end)
    before, words = text[line_start:start], text[start:end]
    after = text[end:] if line_end < 0 else text[end:line_end]
    if len(before) > AROUND:
        before = "…" + before[-AROUND:].partition(" ")[2]
    if len(after) > AROUND:
        after = after[:AROUND].rpartition(" ")[0] + "…"
    return Quote(words, f"{before}{words}{after}".strip())


def _quotes(pattern, text) -> Iterator[Quote]:
    """What the pattern finds where accents do not count: "vóór de zomer" is "voor de zomer"."""
    text = normalize("NFC", text)
    bare = "".join(normalize("NFD", character)[0] for character in text)
    return (quote(text, *match.span()) for match in pattern.finditer(bare))


# --- Time relative to now ------------------------------------------------------

# Chosen with the explanations of 2024 at hand. Each of these is wrong or says nothing a year later.
# Left out is what stays true, or is seldom about time: "inmiddels" ("is inmiddels uitgevoerd"),
# "huidige" ("het huidige systeem"), "nog", "nieuw", "lopende", "voorlopig", "toekomst".
_SEASON = r"(?:zomer|zomerreces|kerstreces|reces|winter|herfst|lente|voorjaar|najaar|jaarwisseling)"
_UNIT = rf"(?:week|weken|maand|maanden|kwartaal|halfjaar|jaar|jaren|periode|tijd|{_SEASON})"
_COUNT = r"(?:(?:\d+|twee|drie|vier|vijf|zes|tien|half|paar|aantal|enkele)\s+)*"
_NEXT_OR_LAST = r"(?:afgelopen|vorige?|komende?|aankomende?|eerst(?:komende?|volgende?)|volgende?)"
_RELATIVE_TIMES = (
    r"momenteel|op\s+dit\s+(?:moment|ogenblik)|thans|heden|vandaag|tegenwoordig|vooralsnog",
    # Both times that a text of 2024 says "nu" it means the moment of writing. Not so where it gives
    # a reason: "nu de richtlijn is vastgesteld".
    r"tot\s+(?:nu\s+toe|dusverre|dusver)"
    r"|nu(?!\.\w|\s+(?:de|het|een|er|deze|dit|die|dat|zij|ze|hij|wij|we)\b)",
    r"jl\.?|jongstleden|aanstaande|(?-i:j\.l\.|a\.s\.)",  # but "J.L. Jansen"
    r"recent|recente|recentelijk|onlangs|zojuist|kort\s+geleden|sinds\s+kort",
    r"binnenkort|spoedig|op\s+korte\s+termijn|binnen\s+afzienbare\s+tijd",
    rf"dit\s+(?:kalenderjaar|{_UNIT})|deze\s+(?:week|maand|{_SEASON})",
    rf"{_NEXT_OR_LAST}\s+{_COUNT}{_UNIT}",
    # Not with a year: "na de zomer 2024", "in het najaar van 2023".
    rf"(?:voor|na|rond|tot|in|tijdens|vanaf|begin|eind)\s+(?:de|het)\s+{_SEASON}"
    r"(?!\s+(?:van\s+)?\d{4})",
)
_RELATIVE = re.compile(rf"(?<![\w-])(?:{'|'.join(_RELATIVE_TIMES)})(?!\w)", re.IGNORECASE)


def times_relative_to_now(text: str) -> Iterator[Quote]:
    return _quotes(_RELATIVE, text)


# --- Addresses -----------------------------------------------------------------

# What ends a sentence, a quote or a bracket around it is no part of an address.
_ADDRESS = re.compile(
    r"(?<!\w)(?:https?://|www\.)[^\s<>\"“”‘’]*[^\s<>\"“”‘’.,:;!?'()\[\]…]", re.IGNORECASE
)


def addresses(text: str) -> list[str]:
    """The addresses with a scheme that stand in a text as mere characters."""
    return [each for each in _ADDRESS.findall(text) if "://" in each]


# --- Years ---------------------------------------------------------------------

# 2000 is a number of things far more often than a year.
_YEAR = r"(?!2000)(?:19|20)\d\d"
_NO_AMOUNT = r"(?!\w|[.,/]\d|\s*(?:%|euro|procent|miljoen|miljard|keer|maal)(?!\w))"
_YEARS = re.compile(
    rf"(?<!\w)\d{{1,2}}[-./]\d{{1,2}}[-./](?P<of_date>{_YEAR})(?!\w)"
    rf"|(?<![\w.,/€])(?<!€\s)(?<!\d-)(?:{_YEAR}\s*[-–—/]\s*(?P<last>{_YEAR}|['’]?\d\d)(?!\w|-\d)"
    rf"|(?P<alone>{_YEAR}){_NO_AMOUNT})"
)


@dataclass(frozen=True, slots=True)
class Year:
    """A year that a text speaks of, or the last year of a period: `words` is "2022-2026" then."""

    last: int
    words: str


def years(text: str) -> list[Year]:
    """The years a text speaks of, not those in the number of a paper or a law."""
    found = _YEARS.finditer(_without_references(text))
    return [_year(match) for match in found]


def _year(match):
    if match["last"]:
        # "2022-26" and "2022-'26" end in 2026; "2023-12" is a month.
        first = match[0][:4]
        return Year(max(int(first), int(first[:2] + match["last"][-2:])), match[0])
    year = match["of_date"] or match["alone"]
    return Year(int(year), year)


def _without_references(text):
    text = _ADDRESS.sub(lambda found: " " * len(found[0]), text)
    for each in (*find_references(text), *find_unreadable(text)):
        text = text[: each.start] + " " * (each.end - each.start) + text[each.end :]
    return text


# --- Excuses, names and marks ----------------------------------------------------

_GIVEN = (
    r"(?:ontvangen|gekregen|gegeven|verschaft|verstrekt|(?:aan)?geleverd|doorgegeven|ingediend"
    r"|beschikbaar)"
)
_NO_UPDATE = re.compile(
    r"(?<!\w)(?:geen\s+(?:\w+\s+){0,2}updates?(?!\s+(?:meer\s+)?(?:nodig|vereist))"
    r"|geen\s+(?:\w+\s+){0,2}(?:actualisatie|bijdrage|gegevens|inbreng|informatie|reactie)"
    rf"\b[^.]{{0,80}}\b{_GIVEN}"
    rf"|update\s+(?:\w+\s+)?(?:ontbreekt|niet\s+{_GIVEN})"
    r"|niets\s+ontvangen|niet\s+gereageerd)(?!\w)",
    re.IGNORECASE,
)
# A raised figure, but not of a measure (m², km³), or a figure in brackets as Word leaves it.
_NOTE_MARK = re.compile(r"(?<![\dkcdm]m)(?<!\bm)[⁰¹²³⁴-⁹]+|\[\d{1,3}\]")


def no_update_given(text: str) -> Iterator[Quote]:
    """Where a text says that nobody told how the point stands."""
    return _quotes(_NO_UPDATE, text)


def loose_note_marks(text: str) -> Iterator[Quote]:
    """Marks of footnotes that came along as mere characters, without their note."""
    return (quote(text, *match.span()) for match in _NOTE_MARK.finditer(text))


def names(text: str, abbreviation: str) -> bool:
    """Whether a text names an organisation: its abbreviation as a word, capitals and all."""
    return re.search(_whole_words(re.escape(abbreviation)), text) is not None


def names_in_full(text: str, name: str, *, longer: Iterable[str] = ()) -> bool:
    """Whether a text has the name of an organisation, in capitals or not, also over two lines.

    Not as the beginning of one of the `longer` names: who writes "Ministerie van Economische Zaken
    en Klimaat" does not mean the "Ministerie van Economische Zaken".
    """
    for each in longer:
        text = _in_full(each).sub(" ", text)
    return _in_full(name).search(text) is not None


def _in_full(name):
    return re.compile(_whole_words(r"\s+".join(map(re.escape, name.split()))), re.IGNORECASE)


def _whole_words(pattern):
    return rf"(?<!\w){pattern}(?!\w)"
