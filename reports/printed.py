"""The words and signs with which a report is printed, the same in every file.

The report is Dutch, whatever the language of the one who asks for it. Readers of
office files know these words too: what stands here decides how a file is written and read back.
"""

import re
from datetime import date

from actions.wording import MONTHS
from reports.document import Change, ChangeKind, ReportDocument

CONTENTS = "Inhoudsopgave"
PAGE = "pagina {page} van {pages}"
STATUS = "Stand van zaken"
COLUMNS = (
    "Actiepunt",
    "Doelstelling",
    "Verantwoordelijkheid",
    "Tijdlijn",
    STATUS,
    "Toelichting",
)

# --- The cover ---------------------------------------------------------------

CONCEPT = "Concept"
REFERENCE_DATE = "Peildatum: "
EDITION = "Editie "
NOTE = "Bij deze editie: "


def day(value: date) -> str:
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def read_day(text: str) -> date | None:
    """The date that a text consists of, as `day` writes it."""
    found = re.fullmatch(rf"(\d{{1,2}}) ({'|'.join(MONTHS)}) (\d{{4}})", text.strip().casefold())
    try:
        return found and date(int(found[3]), MONTHS.index(found[2]) + 1, int(found[1]))
    except ValueError:
        return None


def cover(document: ReportDocument) -> list[str]:
    """What the cover says below the year: the reference date, the edition, and why there is one."""
    lines = []
    if document.reference_date:
        lines.append(REFERENCE_DATE + day(document.reference_date))
    edition = CONCEPT if document.is_concept else f"{EDITION}{document.edition}"
    on = document.published_on
    lines.append(f"{edition}, {day(on)}" if on else edition)
    if document.note:
        lines.append(NOTE + document.note)
    return lines


# --- Pillars and points ------------------------------------------------------

NUMBER = re.compile(r"\d+(?:\.\d+){2}")


def pillar_name(number: int) -> str:
    return f"Pijler {number}"


def pillar_heading(number: int, title: str) -> str:
    return f"{pillar_name(number)}: {title}"


# --- States of play ----------------------------------------------------------

# What tells the tones apart without colour. Fonts of every office have these signs, or a font that
# steps in for them, and none of them is drawn as a picture.
SIGNS = {
    "done": "✓",
    "on_schedule": "►",
    "ongoing": "↻",
    "needs_attention": "▲",
    "neutral": "○",
    "no_update": "⊖",
}
_TONES = {sign: tone for tone, sign in SIGNS.items()}


def signed(label: str, tone: str | None) -> str:
    """A label behind the sign of its tone; bare where the report does not list it."""
    return f"{SIGNS[tone]}\u00a0{label}" if tone else label


def unsigned(text: str) -> tuple[str, str | None]:
    """The label in a text, and the tone that its sign stands for."""
    tone = _TONES.get(text[:1])
    return (text[1:].strip(), tone) if tone else (text, None)


NO_STATUS = "Nog geen stand van zaken"

# --- The parts that are counted out of the others -------------------------------

OVERVIEW = "Overzicht van de stand van zaken"
TOTAL = "Totaal"


def picture(document: ReportDocument) -> str:
    """What the picture of the overview draws: per pillar how many of its points stand how."""
    overview = document.overview()
    of_pillars = (
        ", ".join(
            f"{counts.numbers[nth]} {counts.label.label or NO_STATUS}"
            for counts in overview
            if counts.numbers[nth]
        )
        for nth in range(len(document.pillars))
    )
    return " ".join(
        f"{pillar_name(pillar.number)}: {bars}."
        for pillar, bars in zip(document.pillars, of_pillars, strict=True)
    )


CHANGES = "Wat is er veranderd sinds de rapportage over "
CHANGE_COLUMNS = ("Actiepunt", "Verandering", "Was", "Is nu")
NO_CHANGES = "Er zijn geen veranderingen gevonden."
CHANGE_WORDS = {
    ChangeKind.ADDED: "Nieuw in het actieplan",
    ChangeKind.ENDED: "Niet meer in het actieplan",
    ChangeKind.MOVED: "Andere stand van zaken",
    ChangeKind.REWORDED: "Anders verwoord: ",
    ChangeKind.REWRITTEN: "Toelichting herschreven",
}
FIELD_WORDS = {
    "title": "titel",
    "goal": "doelstelling",
    "responsibility": "verantwoordelijkheid",
    "timeline": "tijdlijn",
}
_KINDS = {word: kind for kind, word in CHANGE_WORDS.items()}
_FIELDS = {word: name for name, word in FIELD_WORDS.items()}


def change_words(change: Change) -> str:
    """What is different about a point, and of a rewording, what is worded otherwise."""
    return CHANGE_WORDS[change.kind] + ", ".join(FIELD_WORDS[name] for name in change.fields)


def read_change_words(text: str) -> tuple[ChangeKind, tuple[str, ...]] | None:
    """The kind and the fields of a change; None of one that `change_words` does not write."""
    word, colon, listed = text.partition(": ")
    kind = _KINDS.get(word + colon)
    fields = tuple(_FIELDS.get(each, "") for each in listed.split(", ")) if colon else ()
    return None if kind is None or "" in fields else (kind, fields)


CITED = "Aangehaalde stukken"
CITED_COLUMNS = ("Stuk", "Actiepunten")

# --- The cover letter ------------------------------------------------------------

SPEAKER = ("Aan de Voorzitter van de", "Tweede Kamer der Staten-Generaal")
DOSSIER = "Kamerdossier: "
SUBJECT = "Betreft: "
MISSING = "Nog in te vullen: "


def letter_is_concept(year: int) -> str:
    """Also true of a report that was published, and is being corrected."""
    return f"Concept bij de rapportage over {year} zoals die nu is. Er kan nog iets veranderen."
