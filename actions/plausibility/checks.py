"""The checks: each a small function that says what it finds in a case, and one table of them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions.models import ActionPoint, Organisation, Status, StatusEntry
from actions.plausibility import prose
from actions.references import find_unreadable
from actions.richtext.difference import similarity
from actions.richtext.html import parse
from actions.richtext.tree import RichText, Text

# From here on two texts are nearly the same, of 0 to 1. In the report of 2024 no two points share
# more than 0.4. An explanation of 100 words in which one sentence is new comes out at about 0.9.
NEARLY = 0.9
NOT_APPLICABLE = "niet-van-toepassing"

Tone = Status.Tone


@dataclass(frozen=True)
class Case:
    """An entry, with what the checks hold it against.

    `alike` are the points of the round with nearly the same text, each with its likeness. `ended`
    are the organisations that no longer exist in its year, `responsible` those of them that answer
    for the point in that year all the same. `names` are those of all organisations, in full.
    """

    entry: StatusEntry
    text: RichText
    previous: StatusEntry | None
    alike: tuple[tuple[str, float], ...]
    ended: tuple[Organisation, ...]
    responsible: frozenset[Organisation]
    names: tuple[str, ...]

    @property
    def status(self) -> Status | None:
        return self.entry.status

    @property
    def tone(self) -> str:
        return self.status.tone if self.status else ""

    @property
    def tone_before(self) -> str:
        return self.previous.status.tone if self.previous and self.previous.status else ""

    @property
    def year(self) -> int:
        return self.entry.round.year

    @property
    def on(self) -> date:
        """The day on which the state of play is as reported."""
        return self.entry.round.reference_date or date(self.year, 12, 31)

    @cached_property
    def plain_text(self) -> str:
        return self.text.plain_text()

    @cached_property
    def likeness(self) -> float:
        """How nearly the text is that of the previous entry, of 0 to 1."""
        return similarity(parse(self.previous.explanation), self.text) if self.previous else 0.0


@dataclass(frozen=True, slots=True)
class Suspicion:
    """What a check finds: a sentence for people, and by what it is known again in any language."""

    what: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Check:
    """`name` is kept with what has been seen.

    A check `of_text` asks nothing where no update was received: there is no text to be expected.
    """

    name: str
    title: str | Promise
    why: str | Promise
    find: Callable[[Case], Iterator[Suspicion]]
    of_text: bool = True

    def applies_to(self, case: Case) -> bool:
        return not (self.of_text and case.tone == Tone.NO_UPDATE)


# --- The state of play -----------------------------------------------------------


def _overdue(case):
    end = case.entry.end_date
    if end and end < case.on and case.status and case.tone not in (Tone.DONE, Tone.NEEDS_ATTENTION):
        yield Suspicion(
            _("The timeline ended on %(date)s, but the state of play is “%(status)s”.")
            % {"date": date_format(end), "status": case.status},
            f"{end} {case.status.slug}",
        )


def _no_longer_completed(case):
    if case.status and case.tone_before == Tone.DONE and case.tone != Tone.DONE:
        yield Suspicion(
            _("In %(year)s the state of play was “%(before)s”. Now it is “%(now)s”.")
            % _before_and_now(case),
            _move(case),
        )


def _delay_gone(case):
    is_made_up = case.tone_before == Tone.NEEDS_ATTENTION and case.tone == Tone.ON_SCHEDULE
    if is_made_up and case.likeness >= NEARLY:
        yield Suspicion(
            _(
                "In %(year)s the state of play was “%(before)s”. Now it is “%(now)s”, while "
                "%(percent)s%% of the text is the same."
            )
            % {**_before_and_now(case), "percent": _percent(case.likeness)},
            f"{_move(case)} {_percent(case.likeness)}%",
        )


def _not_applicable(case):
    if case.status and case.status.slug == NOT_APPLICABLE:
        for found in prose.no_update_given(case.plain_text):
            yield Suspicion(
                _("The state of play is “%(status)s”, but the text says: “%(context)s”")
                % {"status": case.status, "context": found.context},
                found.context,
            )


def _before_and_now(case):
    before = case.previous
    return {"year": before.round.year, "before": before.status, "now": case.status}


def _move(case):
    before = case.previous
    return f"{before.round.year} {before.status.slug} → {case.status.slug}"


# --- The text beside other texts ---------------------------------------------------


def _unchanged(case):
    if case.text and case.likeness >= NEARLY:
        year, percent = case.previous.round.year, _percent(case.likeness)
        yield Suspicion(
            _("The explanation is the same as that of %(year)s.") % {"year": year}
            if percent == 100
            else _("The explanation is %(percent)s%% the same as that of %(year)s.")
            % {"percent": percent, "year": year},
            f"{year} {percent}%",
        )


def _alike(case):
    for number, likeness in case.alike:
        percent = _percent(likeness)
        yield Suspicion(
            _("The explanation is the same as that of point %(number)s.") % {"number": number}
            if percent == 100
            else _("The explanation is %(percent)s%% the same as that of point %(number)s.")
            % {"percent": percent, "number": number},
            f"{number} {percent}%",
        )


def _percent(likeness):
    # Rounded down: only what is wholly the same is 100% the same.
    return int(likeness * 100)


# --- The words of the text ---------------------------------------------------------


def _relative_time(case):
    for found in prose.times_relative_to_now(case.plain_text):
        yield Suspicion(
            _("The text says “%(words)s”: “%(context)s”")
            % {"words": found.words, "context": found.context},
            f"{found.words}: {found.context}",
        )


def _only_earlier_years(case):
    years = prose.years(case.plain_text)
    if years and all(each.last < case.year for each in years):
        words = sorted({each.words for each in years})
        yield Suspicion(
            _("The text speaks of %(years)s, and not of %(year)s.")
            % {"years": get_text_list(words, _("and")), "year": case.year},
            ", ".join(words),
        )


def _empty(case):
    if not any(map(str.isalnum, case.plain_text)):
        yield Suspicion(_("The explanation has no text."), "empty")


def _footnotes(case):
    for number, note in enumerate(case.text.footnotes(), start=1):
        words = "".join(run.text for run in note.content)
        if not any(map(str.isalnum, words)):
            yield Suspicion(
                _("Footnote %(number)s of the explanation says nothing: “%(words)s”")
                % {"number": number, "words": words},
                f"{number}: {words}",
            )
    for found in prose.loose_note_marks(case.plain_text):
        yield Suspicion(
            _("There is a footnote mark in the text without its footnote: “%(context)s”")
            % {"context": found.context},
            f"{found.words}: {found.context}",
        )


def _references(case):
    for each in find_unreadable(case.plain_text):
        words = case.plain_text[each.start : each.end]
        yield Suspicion(
            _("“%(words)s” cannot be read as a parliamentary paper.") % {"words": words}, words
        )


def _links(case):
    links = set(_addresses(case.text))
    for address in _addresses(case.text):
        if _is_unsafe(address):
            yield Suspicion(_("The link leads to “%(address)s”.") % {"address": address}, address)
    for address in prose.addresses(case.plain_text):
        if _is_unsafe(address) and address not in links:
            yield Suspicion(_("The text has “%(address)s”.") % {"address": address}, address)


def _is_unsafe(address):
    # For an address to mail to there is no https.
    return address.partition(":")[0].lower() not in ("https", "mailto")


def _addresses(text):
    for paragraph in text.paragraphs():
        for inline in paragraph.content:
            for run in (inline,) if isinstance(inline, Text) else inline.content:
                if run.link:
                    yield run.link


# --- Organisations -----------------------------------------------------------------


def _ended_organisations(case):
    for organisation in case.ended:
        places = dict(_places(organisation, case))
        if not places:
            continue
        what = _("%(organisation)s existed until %(year)s, but is still named in %(places)s.") % {
            "organisation": organisation,
            "year": organisation.last_year,
            "places": get_text_list(list(places.values()), _("and")),
        }
        if successors := [str(each) for each in organisation.successors.all()]:
            what += " " + _("It was succeeded by %(organisations)s.") % {
                "organisations": get_text_list(successors, _("and"))
            }
        yield Suspicion(what, f"{organisation}: {', '.join(places)}")


def _places(organisation, case):
    if organisation in case.responsible:
        yield "responsibilities", _("the responsibilities")
    if _names(organisation, case.entry.responsibility, case.names):
        yield "wording", _("the wording of the responsibility")
    if _names(organisation, case.plain_text, case.names):
        yield "explanation", _("the explanation")


def _names(organisation, text, names):
    name, abbreviation = organisation.name, organisation.abbreviation
    longer = [each for each in names if each.startswith(name) and each != name]
    return bool(abbreviation and prose.names(text, abbreviation)) or prose.names_in_full(
        text, name, longer=longer
    )


# --- The English beside the Dutch ---------------------------------------------------


def _translation_left_behind(case):
    before = case.previous
    if not before:
        return
    for dutch, english in ActionPoint.TRANSLATED.items():
        translation, words = getattr(case.entry, english), getattr(case.entry, dutch)
        is_as_before = translation and translation == getattr(before, english)
        if is_as_before and words != getattr(before, dutch):
            label = ActionPoint._meta.get_field(dutch).verbose_name
            yield Suspicion(
                _("Worded differently than in %(year)s: %(text)s. Its English is still the same.")
                % {"text": label, "year": before.round.year},
                f"{english} {words}",
            )


# --- The table -----------------------------------------------------------------------

CHECKS = (
    Check(
        "overdue",
        gettext_lazy("The end date has passed"),
        gettext_lazy("Readers then expect that the point is completed or delayed."),
        _overdue,
        of_text=False,
    ),
    Check(
        "no_longer_completed",
        gettext_lazy("No longer completed"),
        gettext_lazy(
            "What is completed normally stays so. If not, the explanation should say what happened."
        ),
        _no_longer_completed,
        of_text=False,
    ),
    Check(
        "delay_gone",
        gettext_lazy("Delay gone without a word"),
        gettext_lazy("Readers want to know how the delay was made up."),
        _delay_gone,
    ),
    Check(
        "unchanged",
        gettext_lazy("Text unchanged, or nearly"),
        gettext_lazy("Readers want to know what has happened since."),
        _unchanged,
    ),
    Check(
        "alike",
        gettext_lazy("Nearly the same text as another point"),
        gettext_lazy("One of the two may have got the wrong text."),
        _alike,
    ),
    Check(
        "relative_time",
        gettext_lazy("Time without a date"),
        gettext_lazy("The report is still read in later years. A month and a year stay clear."),
        _relative_time,
    ),
    Check(
        "earlier_years",
        gettext_lazy("Only earlier years"),
        gettext_lazy("The report tells how the point stands in the year of the round."),
        _only_earlier_years,
    ),
    Check(
        "not_applicable",
        gettext_lazy("“Not applicable” where no update came"),
        gettext_lazy(
            "A point on which nothing was reported still applies. There is a status for that."
        ),
        _not_applicable,
    ),
    Check(
        "ended_organisation",
        gettext_lazy("Organisation that no longer exists"),
        gettext_lazy("Readers want to know whom they can turn to."),
        _ended_organisations,
        of_text=False,
    ),
    Check(
        "empty",
        gettext_lazy("Empty explanation"),
        gettext_lazy("The report explains of each point how it stands."),
        _empty,
    ),
    Check(
        "footnote",
        gettext_lazy("Footnote without text"),
        gettext_lazy("Readers look for a footnote that is not there."),
        _footnotes,
    ),
    Check(
        "reference",
        gettext_lazy("Reference that cannot be read"),
        gettext_lazy("Readers cannot look the paper up. Write: Kamerstuk 26 485, nr. 430."),
        _references,
    ),
    Check(
        "link",
        gettext_lazy("Link without https"),
        gettext_lazy("On the way to such a page others can read along or change what it says."),
        _links,
    ),
    Check(
        "translation",
        gettext_lazy("English of earlier words"),
        gettext_lazy("Readers of the English pages would read another promise."),
        _translation_left_behind,
        of_text=False,
    ),
)
