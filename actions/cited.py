"""What a text can cite: papers of parliament, official journals and acts of the European Union.

Each has one number, however a text spells it; its label and its public address follow from that.
"""

import re
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

BULLETINS = "https://zoek.officielebekendmakingen.nl"
# Of what was published before, and not electronically, no address follows from the number: until
# July 2009 the number of a Staatscourant is that of a whole issue.
FIRST_YEARS = {"Stcrt.": 2010, "Stb.": 1995, "Trb.": 1995}
# From this year on acts of all kinds share one series: the year, then the number.
ONE_SERIES = 2015


class Kind(TextChoices):
    # Kamerstuk: a number within a dossier.
    PAPER = "paper", _("Parliamentary papers")
    # The number that the Tweede Kamer gives a paper when it comes in.
    DOCUMENT = "document", _("Documents of the House of Representatives")
    # Staatscourant, Staatsblad, Tractatenblad.
    JOURNAL = "journal", _("Official publications")
    # A directive or a regulation.
    ACT = "act", _("European Union legislation")


@dataclass(frozen=True, slots=True)
class Cited:
    """A paper, journal or act by the one number that it has.

    "26485-430", "21501-02-2909" and "35000-XVII-34" for papers; "2023D47692" for documents;
    "Stcrt. 2024, 25516" for journals; for acts the number that EUR-Lex gives them, "32024L1760":
    L is a directive, R a regulation.
    """

    kind: Kind
    number: str

    @property
    def label(self) -> str:
        """As one writes it in Dutch: "Kamerstuk 26 485, nr. 430", "Richtlijn (EU) 2024/1760"."""
        if self.kind == Kind.PAPER:
            return _paper_label(self.number)
        return _act_label(self.number) if self.kind == Kind.ACT else self.number

    @property
    def names(self) -> tuple[str, str]:
        """What one may look it up by."""
        return self.number, self.label

    @property
    def address(self) -> str:
        """Where it is to be read. Empty for a journal that is too old to have such an address."""
        return _ADDRESSES[self.kind](self.number)

    @property
    def sort_key(self) -> tuple:
        """By kind, and within a kind as a person would look it up: nr. 80 before nr. 430."""
        parts = re.findall(r"\d+|\D+", self.number)
        # Text and number at one place cannot be compared: numbers come first.
        return (
            Kind.values.index(self.kind),
            [(not part.isdigit(), int(part) if part.isdigit() else 0, part) for part in parts],
        )


# --- Labels --------------------------------------------------------------------


def _paper_label(number: str) -> str:
    dossier, *part, nr = number.split("-")
    label = f"Kamerstuk {dossier[:2]} {dossier[2:]}"
    if part:
        # The parts of a budget are words of their own: "35 000 XVII", but "21 501-02".
        label += f"-{part[0]}" if part[0].isdigit() else f" {part[0]}"
    return f"{label}, nr. {nr}"


def _act_label(number: str) -> str:
    """As the official journal of its time names it.

    Until 2014 a directive ends in the name of its community ("2014/95/EU") and a regulation has its
    number first ("(EU) nr. 833/2014"); until 1998 the year has two digits ("95/46/EG").
    """
    year, is_directive, nr = int(number[1:5]), number[5] == "L", int(number[6:])
    name = "Richtlijn" if is_directive else "Verordening"
    if year >= ONE_SERIES:
        return f"{name} (EU) {year}/{nr}"
    community = _community(year)
    short_year = year if year >= 1999 else year % 100
    if is_directive:
        return f"{name} {short_year}/{nr}" + (f"/{community}" if community else "")
    return f"{name} " + (f"({community}) " if community else "") + f"nr. {nr}/{short_year}"


def _community(year: int) -> str:
    """In whose name acts were made. In 1993 and in 2009 that changed, and the year does not say."""
    if year in (1993, 2009):
        return ""
    return "EU" if year > 2009 else "EG" if year > 1993 else "EEG"


# --- Addresses -----------------------------------------------------------------


def _journal_address(number: str) -> str:
    journal, year, nr = number.replace(",", "").split()
    if int(year) < FIRST_YEARS[journal]:
        return ""
    return f"{BULLETINS}/{journal.rstrip('.').lower()}-{year}-{nr}.html"


_ADDRESSES = {
    Kind.PAPER: f"{BULLETINS}/kst-{{}}.html".format,
    Kind.DOCUMENT: "https://www.tweedekamer.nl/kamerstukken/detail?id={0}&did={0}".format,
    Kind.JOURNAL: _journal_address,
    Kind.ACT: "https://eur-lex.europa.eu/legal-content/NL/TXT/?uri=CELEX:{}".format,
}
