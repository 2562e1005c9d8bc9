"""The filters of the public table. Every one of them is part of the address of the page."""

import copy
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import NamedTuple

import django_filters
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions.models import PublishedEntry, ReportingRound
from actions.richtext.html import clean_text
from actions.rows import Year, choose, year_of
from actions.search import Search, has_words

MAX_SEARCH_LENGTH = 100
YEAR = gettext_lazy("Year")
SAYS_NOTHING = gettext_lazy("is in every text")
NO_WORDS = gettext_lazy("has no letters or digits")


class Active(NamedTuple):
    """A value that filters: the name of its filter and its own in the address, and their labels."""

    name: str
    value: str
    label: str
    text: str


class Ignored(NamedTuple):
    """A part of the address that was ignored: its name there, what it is, its value, and why where
    that helps.
    """

    name: str
    label: str
    value: str
    why: str = ""


class OptionsField(forms.Field):
    """Some of the options, in their own order. What is asked for and is no option is left out."""

    widget = forms.MultipleHiddenInput

    def __init__(self, *, options=(), **kwargs):
        super().__init__(**kwargs)
        self.options = options

    def clean(self, value):
        asked = {each.strip() for each in value or ()}
        return [option for option in self.options if option.value in asked]


class QuicklyCopied(django_filters.Filter):
    """A filter that is copied for every page, as all are, without what the copies have in common.

    To copy labels, validators and what else never changes takes a tenth of the time of the page.
    """

    def __deepcopy__(self, memo):
        copied = copy.copy(self)
        copied.extra = dict(self.extra)
        copied.method = self.method  # which is bound to its filter
        return copied


class OptionsFilter(QuicklyCopied):
    """Lets pass what has one of the chosen options."""

    field_class = OptionsField

    def __init__(self, **kwargs):
        super().__init__(lookup_expr="in", **kwargs)

    def filter(self, entries, options):
        return super().filter(entries, [option.key for option in options])


class TextFilter(QuicklyCopied):
    """Lets pass what holds the words that are searched for."""

    field_class = forms.CharField


def refuse_what_says_nothing(text):
    """A search for "de" or "van" alone, or for mere signs."""
    if why := _why_nothing(text):
        raise forms.ValidationError(why)


class EntryFilter(django_filters.FilterSet):
    """Filters the published entries of one plan.

    `rounds` are its published rounds, the latest first. Without a year that exists the latest is
    shown. What else can be chosen depends on that round. Of each filter several values can be
    chosen: an entry passes with any of them. A value that does not exist filters nothing; `ignored`
    says so.

    `year_of` reads what the shown round says, or has it.

    The table and its counts choose among rows that they have already (`found`); for a file, whose
    rows may be too many for that, the database chooses by the same rules (`qs`).
    """

    pijler = OptionsFilter(field_name="action_point__theme__pillar", label=gettext_lazy("Pillar"))
    thema = OptionsFilter(field_name="action_point__theme", label=gettext_lazy("Theme"))
    organisatie = OptionsFilter(method="filter_organisations", label=gettext_lazy("Organisation"))
    stand = OptionsFilter(field_name="status", label=gettext_lazy("State of play"))
    q = TextFilter(
        method="filter_text",
        label=gettext_lazy("Search in the texts"),
        max_length=MAX_SEARCH_LENGTH,
        validators=[refuse_what_says_nothing],
    )

    def __init__(self, data, *, rounds, year_of: Callable[[ReportingRound], Year] = year_of):
        by_year = {str(each.year): each for each in rounds}
        self.years = list(by_year)
        years = [year for year in _values(data, "jaar") if year in by_year]
        self.is_year_asked = bool(years)
        self.round = by_year[years[-1]] if years else rounds[0]
        self.year_of = year_of
        super().__init__(data, queryset=PublishedEntry.objects.all())
        self.options = self.read_options()
        for name, options in self.options.items():
            self.filters[name].extra["options"] = options

    def read_options(self):
        """By filter the options that the rows of the round give."""
        self.rows, self.held, options = self.year_of(self.round)
        return options

    @cached_property
    def chosen(self):
        """What filters, by name: options, or the text that is searched for."""
        # To build the form and validate it takes long.
        if not any(_values(self.data, name) for name in self.filters):
            return {}
        self.is_valid()  # cleans the values; those that are not valid are left out
        return {name: value for name, value in self.form.cleaned_data.items() if value}

    @property
    def text(self):
        """The text that is searched for."""
        return self.chosen.get("q", "")

    @property
    def typed(self):
        """What stands in the field of the search, also if it is too long to search for."""
        return self.text or clean_text(self.data.get("q", "")).strip()

    @property
    def is_active(self):
        return bool(self.chosen)

    @cached_property
    def active(self) -> list[Active]:
        """Every value that filters, the year left out."""
        active = [
            Active(name, option.value, self.filters[name].label, option.label)
            for name in self.options
            for option in self.chosen.get(name, ())
        ]
        if self.text:
            active.append(Active("q", self.text, self.filters["q"].label, clean_text(self.text)))
        return active

    @property
    def query(self) -> list[tuple[str, str]]:
        """The address in one order, without what is ignored: each selection has one."""
        year = [("jaar", str(self.round.year))] if self.is_year_asked else []
        return [*year, *((each.name, each.value) for each in self.active)]

    @property
    def ignored(self) -> list[Ignored]:
        """What was asked for and does not exist, or cannot be searched for."""
        years = [year for year in _values(self.data, "jaar") if year != str(self.round.year)]
        ignored = [Ignored("jaar", YEAR, year) for year in years]
        for name, options in self.options.items():
            known = {option.value for option in options}
            label = self.filters[name].label
            asked = _values(self.data, name)
            ignored += [Ignored(name, label, value) for value in asked if value not in known]
        # The form takes long to build.
        if _values(self.data, "q") and "q" in self.errors:
            text = self.data["q"].strip()
            ignored.append(Ignored("q", self.filters["q"].label, text, _why_ignored(text)))
        return ignored

    # --- The rows of the table and the counts of its form ---------------------

    @property
    def found(self):
        """The rows that pass, in the order of the plan."""
        return self._choice[0]

    @property
    def groups(self) -> Iterator[dict]:
        """The filters that are a choice, for the form, each option with the rows it would give."""
        counts = self._choice[1]
        for name, options in self.options.items():
            chosen = self.chosen.get(name, ())
            yield {
                "name": name,
                "label": str(self.filters[name].label),
                "chosen": len(chosen),
                "options": [_for_form(each, each in chosen, counts[name]) for each in options],
            }

    @cached_property
    def _choice(self):
        rows = self.rows
        if self.text:
            entries = PublishedEntry.objects.for_round(self.round)
            matching = self.filter_text(entries, "q", self.text)
            numbers = set(matching.values_list("action_point__number", flat=True))
            rows = [row for row in rows if row.number in numbers]
        organisations = {}
        for held in self.held:
            organisations.setdefault(held.number, set()).add(held.organisation)
        keys_of = {
            "pijler": lambda row: (row.pillar,),
            "thema": lambda row: (row.theme,),
            "organisatie": lambda row: organisations.get(row.number, ()),
            "stand": lambda row: (row.status,),
        }
        wanted = {
            name: {option.key for option in self.chosen[name]}
            for name in keys_of
            if name in self.chosen
        }
        return choose(rows, keys_of, wanted)

    # --- The same in the database ---------------------------------------------

    def filter_queryset(self, entries):
        return super().filter_queryset(entries.for_round(self.round))

    def filter_organisations(self, entries, _name, options):
        organisations = [option.key for option in options]
        return entries.responsible(organisation__in=organisations, roles=())

    def filter_text(self, entries, _name, text):
        return entries.matching(text)


def _why_ignored(text):
    """Why a text cannot be searched for; nothing if it holds what no text can hold."""
    if len(text) > MAX_SEARCH_LENGTH:
        return _("longer than %(number)s characters") % {"number": MAX_SEARCH_LENGTH}
    return _why_nothing(text)


def _why_nothing(text):
    """Why a search would ask nothing; empty if it asks something."""
    if Search(text).terms:
        return ""
    return SAYS_NOTHING if has_words(text) else NO_WORDS


def _values(data, name):
    """What the address asks of a filter: each value once."""
    values = (value.strip() for value in data.getlist(name))
    return list(dict.fromkeys(value for value in values if value))


def _for_form(option, is_chosen, counts):
    number = counts[option.key]
    return {
        "value": option.value,
        "label": option.label,
        "checked": "checked" if is_chosen else "",
        "number": str(number),
        "none": "" if number or is_chosen else "option--none",
    }
