"""The cover letter (Kamerbrief) with which a report goes to parliament, filled in.

Its text is a template: a word in brackets stands for what the report says. These words are Dutch,
as the letter is, and so is what takes their place.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from actions.references_in_text import link_references
from actions.richtext.html import clean_text, parse, serialise
from actions.richtext.tree import (
    Block,
    Footnote,
    Inline,
    ListBlock,
    Paragraph,
    RichText,
    Text,
    join_runs,
)
from reports import printed
from reports.document import ReportDocument
from reports.errors import ReportError
from reports.standing_out import standing_out

# What stands in the letter while its date and who signs it are not known.
_DATE, _NAME = "[datum]", "[naam]"

DEFAULT_SUBJECT = "[titel] over [jaar]"
DEFAULT_PLACE = "Den Haag"
DEFAULT_SALUTATION = "Geachte voorzitter,"
DEFAULT_OFFICE = "De minister van Buitenlandse Zaken"
_DEFAULT_BODY = (
    "Hierbij ontvangt u de rapportage “[titel]” over het jaar [jaar]. Zij beschrijft hoe het staat "
    "met de [totaal] actiepunten uit het actieplan. De peildatum is [peildatum].",
    "Aan de actiepunten werken verschillende ministeries. Zij hebben per actiepunt aangegeven hoe "
    "ver de uitvoering is en wat er het afgelopen jaar is gedaan. De stand van zaken is:",
    "[aantallen]",
    "[opvallend]",
    "In de rapportage vindt u de toelichting op elk actiepunt. Over de verdere voortgang informeer "
    "ik uw Kamer in de volgende rapportage.",
)


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter to the Speaker of the House of Representatives, as it is printed.

    `day` is the one on which it is dated. What is not known yet is empty, and `missing` names it
    by the words in brackets that stand in its place.
    """

    year: int
    is_concept: bool
    sender: str
    place: str
    day: date | None
    dossier: str
    subject: str
    salutation: str
    body: RichText
    office: str
    name: str
    missing: tuple[str, ...] = ()

    @property
    def dated(self) -> str:
        """Where and when it is written; a date that is not known yet is a word."""
        return f"{self.place}, {printed.day(self.day) if self.day else _DATE}"

    @property
    def signed(self) -> str:
        return self.name or _NAME


def default_body() -> str:
    """The text that a new letter begins with."""
    return serialise(RichText(tuple(Paragraph((Text(line),)) for line in _DEFAULT_BODY)))


def letter_of(cover_letter, document: ReportDocument) -> Letter:
    """The letter that goes with this report. A ReportError says which of its words is unknown.

    Without a date of its own it is dated on the day on which the report was published.
    """
    check_subject(cover_letter.subject)
    check_body(cover_letter.body)
    day, name = cover_letter.date or document.published_on, clean_text(cover_letter.name).strip()
    missing = [(_DATE, day), (_NAME, name)]
    template = f"{cover_letter.subject} {cover_letter.body}".casefold()
    missing += [
        (f"[{word}]", value(document))
        for word, value in _IN_LINE.items()
        if f"[{word}]" in template
    ]
    return Letter(
        year=document.year,
        is_concept=document.is_concept,
        sender=clean_text(document.publisher),
        place=clean_text(cover_letter.place),
        day=day,
        dossier=clean_text(cover_letter.dossier),
        subject=_WORD.sub(lambda word: _value(word[1], document), clean_text(cover_letter.subject)),
        salutation=clean_text(cover_letter.salutation),
        body=link_references(RichText(_filled(parse(cover_letter.body).blocks, document))),
        office=clean_text(cover_letter.office),
        name=name,
        missing=tuple(word for word, value in missing if not value),
    )


# --- The words in brackets -----------------------------------------------------

# One word: what an author puts in brackets otherwise, such as "[…]" or a phrase, stays as it is.
_WORD = re.compile(r"\[([^\W\d_]+)\]")


def _counts(document: ReportDocument) -> list[Block]:
    """How many points stand how, as a list."""
    items = [
        f"{counts.label.label or printed.NO_STATUS}: {counts.total}"
        for counts in document.overview()
    ]
    return [ListBlock(tuple((Paragraph((Text(item),)),) for item in items))] if items else []


_IN_LINE: dict[str, Callable[[ReportDocument], str]] = {
    "jaar": lambda document: str(document.year),
    "titel": lambda document: clean_text(document.title),
    "peildatum": lambda document: (
        printed.day(document.reference_date) if document.reference_date else ""
    ),
    "totaal": lambda document: str(len(list(document.rows()))),
}
_AS_BLOCKS: dict[str, Callable[[ReportDocument], list[Block]]] = {
    "aantallen": _counts,
    "opvallend": standing_out,
}
WORDS = tuple(f"[{word}]" for word in (*_IN_LINE, *_AS_BLOCKS))


def _value(word: str, document: ReportDocument) -> str:
    """What stands in the place of a word; what is not known yet stays a word in brackets."""
    return _IN_LINE[word.casefold()](document) or f"[{word}]"


def _filled(blocks: tuple[Block, ...], document: ReportDocument) -> tuple[Block, ...]:
    filled: list[Block] = []
    for block in blocks:
        if isinstance(block, ListBlock):
            items = tuple(filter(None, (_filled(item, document) for item in block.items)))
            filled += [ListBlock(items, block.ordered)] if items else []
        elif word := _word_alone(block):
            filled += _AS_BLOCKS[word](document)
        else:
            filled.append(Paragraph(_filled_line(block.content, document)))
    return tuple(filled)


def _word_alone(paragraph: Paragraph) -> str:
    """The word that becomes blocks, if it is all that a paragraph says."""
    text = "".join(part.text for part in paragraph.content if isinstance(part, Text))
    alone = _WORD.fullmatch(text.strip())
    has_notes = any(isinstance(part, Footnote) for part in paragraph.content)
    word = alone[1].casefold() if alone and not has_notes else ""
    return word if word in _AS_BLOCKS else ""


def _filled_line(content: tuple[Inline, ...], document: ReportDocument) -> tuple[Inline, ...]:
    line: list[Inline] = []
    for part in content:
        if isinstance(part, Footnote):
            line.append(Footnote(tuple(_filled_run(part.content, document))))
        else:
            line += _filled_run((part,), document)
    return join_runs(line)


def _filled_run(runs: tuple[Text, ...], document: ReportDocument) -> Iterator[Text]:
    for run in runs:
        yield replace(run, text=_WORD.sub(lambda word: _value(word[1], document), run.text))


# --- Whether they can be filled in ----------------------------------------------


def check_subject(subject: str) -> None:
    """Refuse, with a ReportError, a word in brackets that cannot be filled in where it stands."""
    _check_line((Text(subject),))


def check_body(body: str) -> None:
    """The same for the text, which is HTML."""
    for paragraph in parse(body).paragraphs():
        if _word_alone(paragraph):
            continue
        _check_line(tuple(part for part in paragraph.content if isinstance(part, Text)))
        for part in paragraph.content:
            if isinstance(part, Footnote):
                _check_line(part.content)


def _check_line(runs: tuple[Text, ...]) -> None:
    words = _WORD.findall("".join(run.text for run in runs))
    for word in words:
        _check_word(word)
    for word in words:
        if sum(run.text.count(f"[{word}]") for run in runs) < words.count(word):
            raise ReportError(
                _("“[%s]” is marked in part. Mark the whole word, with its brackets, or nothing.")
                % word
            )


def _check_word(word: str) -> None:
    if word.casefold() in _AS_BLOCKS:
        raise ReportError(
            _("“[%s]” becomes a list: put it in the text, in a paragraph of its own.") % word
        )
    if word.casefold() not in _IN_LINE:
        raise ReportError(
            _(
                "“[%(word)s]” is none of the words that are filled in. These are %(known)s. "
                "Choose one of them, or leave out the brackets."
            )
            % {"word": word, "known": ", ".join(WORDS)}
        )
