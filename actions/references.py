"""Recognises in plain text what it refers to: papers of parliament, official journals, EU acts.

It reads spelling, and that only. Whether a paper exists it cannot know, and where a spelling leaves
open which paper is meant, it reads none.

What was published is cited by what was recognised then: a change here that recognises more or less
needs a migration that cites it anew, as `0008_more_signs_in_references` does.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from actions.cited import ONE_SERIES, Cited, Kind


@dataclass(frozen=True, slots=True)
class Reference(Cited):
    """`text[start:end]` refers to this.

    That is nothing where a range means a paper without naming it: of "nrs. 430 t/m 433" the papers
    431 and 432 stand, without a word of their own, where the last number begins.
    """

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Unreadable:
    """`text[start:end]` announces a paper of parliament, and cannot be read as one."""

    start: int
    end: int


# Word's hyphen that ends no line is one like any other, and a superscript, of a note that was typed
# and not made, ends a number. Each stays one character, so that places in the text stay the same.
_AS_READ = str.maketrans({**dict.fromkeys("\u2010\u2011", "-"), **dict.fromkeys("⁰¹²³⁴⁵⁶⁷⁸⁹", " ")})


def find_references(text: str) -> list[Reference]:
    """All references, in the order of the text. In a list each number is one of its own."""
    text = text.translate(_AS_READ)
    finders = (_papers, _senate_papers, _identifiers, _documents, _journals, _acts)
    found = [reference for find in finders for reference in find(text)]
    apart: list[Reference] = []
    for reference in sorted(found, key=lambda reference: reference.start):
        # "Stcrt. 2024, 25516, nr. 3" is one reference, and no paper begins within it.
        if not apart or apart[-1].end <= reference.start:
            apart.append(reference)
    return apart


def find_unreadable(text: str) -> list[Unreadable]:
    """What announces a paper ("Kamerstuk …") that cannot be read as one."""
    text = text.translate(_AS_READ)
    read = [(each.start, each.end) for each in find_references(text)]
    announced = (match.span() for match in _ANNOUNCEMENT.finditer(text))
    return [
        Unreadable(start, end)
        for start, end in announced
        if not any(first <= start < last for first, last in read)
    ]


# --- Papers of parliament ------------------------------------------------------

_WORD = r"\b[Kk]amerst(?:uk(?:ken|nummers?|nr\.)?(?!\w)|\.)"
_NR = r"(?:[Nn]rs?\b\.?|[Nn]ummers?\b)\s*"
# No more than four digits, and not the first two of a dossier ("nr. 430, 31 985, nr. 80").
_NUMBER = r"[1-9]\d{0,3}(?!\w)(?!\s+\d{3}(?!\d))"

_PAPER = re.compile(
    rf"""
    (?: (?P<word>{_WORD}) :? \s+
        (?: (?:I|II|I/II|EK|TK) \b ,? \s+ )?            # the chamber
        (?: \d{{4}} \s* [-–/] \s* \d{{2,4}} ,? \s+ )?   # its year of sessions
        (?: {_NR} )?
      | (?<![\w.,/€-]) (?<!€\s) (?<!\d\s)
    )
    (?P<dossier> [1-9]\d (?:\s+|\.)? \d{{3}} ) (?!\d)
    (?P<part> [-–]\d\d(?!\d) | [\s-]+ (?:[IVX]+[AB]?|[A-M])(?!\w) )?
    (?: ,? \s* {_NR} (?P<number> {_NUMBER} | [A-Z]{{1,2}}(?!\w) )
      # Without "nr." only a word before it says that this is a paper. Two digits behind a dash may
      # be a part of the dossier (21501-20), unless the dossier has one already.
      | (?(word) (?: \s+ | (?(part) - | -(?!\d\d(?!\d)) ) ) (?P<bare_number> {_NUMBER} ) | (?!) )
    )
    """,
    re.VERBOSE,
)
# Numbers that follow: several after "nrs.", of which none is that of a date. Otherwise only the
# last of a range in words ("nr. 430-433" leaves open what is meant) and what has its own "nr.",
# since "nr. 430, 6 november 2023" and "nr. 430 en 2 bijlagen" name one paper. Behind a number
# without "nr." ("26485-430 en 435") one more, if no word follows and it cannot be a year.
_MONTH = (
    r"(?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december)\b"
)
_FOLLOWING = rf"{_NUMBER}(?!\s+{_MONTH})"
_AND = r"\s*(?:,|\ben\b|&)\s*"
_TO = rf"\s*\b(?:t/m|tot\s+en\s+met)\b\s*(?:{_NR})?"
_LIST = re.compile(
    rf"(?:(?:{_AND}|{_TO}|\s*[-–]\s*){_FOLLOWING})*"
    rf"(?:\s*(?:\ben\b|&|[-–])\s*|{_TO}){_FOLLOWING}"
)
_REPEATED = re.compile(rf"(?:{_TO}{_FOLLOWING}|{_AND}nr\b\.?\s*{_FOLLOWING})+")
_ONE_AFTER_BARE = re.compile(
    rf"\s*(?:\ben\b|&)\s*(?!(?:19|20)\d\d)(?P<number>{_NUMBER})(?=\s*(?:[);]|[.,:](?!\w)|\Z))"
)
_ONE_MORE = re.compile(rf"(?P<between>\D*)(?P<number>{_NUMBER})")
# Of a longer range only the first and the last are read.
_LONGEST_RANGE = 50

# A word for a paper counts as an announcement where a number follows, or what stands for one until
# it is known ("Kamerstuk PM", "Kamerstuk xx xxx, nr. x"), or nothing ("(Kamerstuk)"); in "het
# bovenstaande Kamerstuk" it is a word like any other.
_ANNOUNCEMENT = re.compile(
    rf"""
    {_WORD} :? \s+ (?= \d | {_NR} | I{{1,2}}\b | [xX]{{2}} | PM\b | [?…\[_] | \.\. )
        (?: (?! (?<!\bnr) (?<!\bnrs) \.(?:\s|\Z) | {_WORD} ) [^();] ){{1,40}} (?<!\s) (?!\w)
  | (?<=\() {_WORD} (?= \s*\) )
    """,
    re.VERBOSE,
)


def _papers(text: str) -> Iterator[Reference]:
    for match in _PAPER.finditer(text):
        dossier = re.sub(r"\D", "", match["dossier"])
        part = re.sub(r"[\s–-]", "", match["part"] or "")
        series = f"{dossier}-{part}" if part else dossier
        number = "number" if match["number"] else "bare_number"
        yield Reference(Kind.PAPER, f"{series}-{match[number]}", match.start(), match.end(number))
        is_plural = re.search(r"\b(?:nrs|nummers)\b\W*$", text[match.start() : match.start(number)])
        more = (_LIST if is_plural else _REPEATED).match(text, match.end())
        if match["bare_number"] and not more:
            more = _ONE_AFTER_BARE.match(text, match.end())
            # In order, as papers are listed: "26485-430 en 12." may count something else.
            if more and int(more["number"]) <= int(match["bare_number"]):
                more = None
        if more:
            before = match[number]
            for other in _ONE_MORE.finditer(text, *more.span()):
                start, end = other.span("number")
                if re.search(r"t/m|met|[-–]", other["between"]):
                    within = _within(before, other["number"])
                    if within is None:
                        break
                    for nr in within:
                        yield Reference(Kind.PAPER, f"{series}-{nr}", start, start)
                before = other["number"]
                yield Reference(Kind.PAPER, f"{series}-{before}", start, end)


def _within(first: str, last: str) -> range | None:
    """The numbers between the first and the last of a range, none of a long one.

    None for what is no range, as it does not go up.
    """
    if not first.isdigit() or int(last) <= int(first):
        return None
    if int(last) - int(first) >= _LONGEST_RANGE:
        return range(0)
    return range(int(first) + 1, int(last))


# The Senate gives its papers letters, often without "nr." before them. Letters that may be a Roman
# number are rather a chapter of a budget.
_SENATE_PAPER = re.compile(
    rf"""
    (?: {_WORD} :? \s+ (?:I|EK) | \bEK ) ,? \s+
    (?: \d{{4}} \s* [-–/] \s* \d{{2,4}} ,? \s+ )?
    (?P<dossier> [1-9]\d (?:\s+|\.)? \d{{3}} ) (?!\d)
    (?: \s+ (?P<part> [IVX]+[AB]? ) (?!\w) )?
    , \s* (?P<number> (?![IVX]+\b) [A-Z]{{1,2}} ) (?!\w|\.\w)
    """,
    re.VERBOSE,
)
# As the site of the official publications names them.
_IDENTIFIER = re.compile(
    r"(?<![\w/=-])kst-(?P<series>[1-9]\d{4}(?:-(?:\d\d|[IVX]+[AB]?|[A-M]))?)"
    r"-(?P<number>[1-9]\d{0,3}|[A-Z]{1,2})(?![\w-])"
)


def _senate_papers(text: str) -> Iterator[Reference]:
    for match in _SENATE_PAPER.finditer(text):
        dossier = re.sub(r"\D", "", match["dossier"])
        series = f"{dossier}-{match['part']}" if match["part"] else dossier
        yield Reference(Kind.PAPER, f"{series}-{match['number']}", *match.span())


def _identifiers(text: str) -> Iterator[Reference]:
    for match in _IDENTIFIER.finditer(text):
        yield Reference(Kind.PAPER, f"{match['series']}-{match['number']}", *match.span())


def read_dossier(text: str) -> str:
    """The dossier that a text numbers, as one writes it: "26 485". Empty if there is none."""
    paper = f"Kamerstuk {text.strip()}, nr. 1"
    found = find_references(paper)
    if [(each.kind, each.start, each.end) for each in found] != [(Kind.PAPER, 0, len(paper))]:
        return ""
    return found[0].label.removeprefix("Kamerstuk ").removesuffix(", nr. 1")


# --- What is found elsewhere ---------------------------------------------------

# Not in an address: "…/detail?id=2023D47692".
_DOCUMENT = re.compile(
    rf"(?:{_WORD}:?\s+(?:{_NR})?)?(?<![\w=/])(20\d\d)[\s-]*D[\s-]*(\d{{5}})(?!\w)"
)

_JOURNALS = {"staatscourant": "Stcrt.", "staatsblad": "Stb.", "tractatenblad": "Trb."}
_JOURNAL = re.compile(
    r"\b(Stcrt|Stb|Trb|Staatscourant|Staatsblad|Tractatenblad)\b\.?,?\s+"
    rf"((?:19|20)\d\d)(?:,\s*|\s+)(?:{_NR})?([1-9]\d{{0,4}})(?!\w)",
    re.IGNORECASE,
)


def _documents(text: str) -> Iterator[Reference]:
    for match in _DOCUMENT.finditer(text):
        yield Reference(Kind.DOCUMENT, f"{match[1]}D{match[2]}", *match.span())


def _journals(text: str) -> Iterator[Reference]:
    for match in _JOURNAL.finditer(text):
        journal = _JOURNALS.get(match[1].casefold()) or f"{match[1].capitalize()}."
        yield Reference(Kind.JOURNAL, f"{journal} {match[2]}, {match[3]}", *match.span())


# --- Acts of the European Union --------------------------------------------------

_ACT_NUMBER = rf"""
    (?: \(? (?P<before> EU|EG|EEG|EC|EEC ) (?: \) \s* | \s+ ) )?
    (?P<nr> {_NR} | No\b\.?\s* )?
    (?P<first> \d{{1,4}} ) / (?P<second> \d{{1,4}} )
    (?: /(?P<after> EU|EG|EEG|EC|EEC ) )?
    (?![\w/]) (?!-\d)
"""
_ACT = re.compile(
    rf"""
    \b\w* (?: (?P<directive> richtlijn | directive ) | verordening | regulation )
    (?P<plural> en | s )? \s+ {_ACT_NUMBER}
    """,
    re.VERBOSE | re.IGNORECASE,
)
# "de richtlijnen 2013/34/EU en 2006/43/EG"
_NEXT_ACT = re.compile(rf"(?:\s*,\s*|\s*\ben\s+)(?P<act>{_ACT_NUMBER})", re.VERBOSE | re.IGNORECASE)

# Of these years acts can be; "95" is 1995.
_ACT_YEARS = range(1952, 2100)


def _acts(text: str) -> Iterator[Reference]:
    for match in _ACT.finditer(text):
        is_directive, is_plural = bool(match["directive"]), bool(match["plural"])
        start = match.start()
        while match:
            if number := _act_number(match, is_directive):
                yield Reference(Kind.ACT, number, start, match.end())
            match = _NEXT_ACT.match(text, match.end()) if is_plural else None
            start = match and match.start("act")


def _act_number(match: re.Match, is_directive: bool) -> str:
    """The number in EUR-Lex. Empty where the spelling leaves open which is the year."""
    first, second = match["first"], match["second"]
    community = (match["before"] or match["after"] or "").upper()
    in_new_order = _year(first) if is_directive or _year(first) >= ONE_SERIES else 0
    in_old_order = _year(second) if not is_directive and _year(second) < ONE_SERIES else 0
    if in_old_order and in_new_order:
        # "2019/2014" is of 2019 after "(EU)", and of 2014 in "nr. 2019/2014".
        if match["nr"] or community not in ("EU", ""):
            in_new_order = 0
        elif not community:
            return ""
    if is_directive and len(first) < len(second) == 4:
        # "95/2014" has its number first, as no directive does.
        return ""
    if not community and second == f"{(_year(first) + 1) % 100:02}":
        # "de richtlijnen 2023/24" may be those of two years.
        return ""
    year, number = (in_new_order, second) if in_new_order else (in_old_order, first)
    if not year or not int(number):
        return ""
    return f"3{year}{'L' if is_directive else 'R'}{int(number):04}"


def _year(digits: str) -> int:
    """The year that these digits may stand for, or 0."""
    year = int(digits) if len(digits) == 4 else 1900 + int(digits) if len(digits) == 2 else 0
    return year if year in _ACT_YEARS else 0
