"""The filters of the public table. Every one of them is part of the address of the page."""

from dataclasses import dataclass

import django_filters
from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from actions.models import PublishedEntry
from actions.rows import organisations_of, rows_of

MAX_SEARCH_LENGTH = 100


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a filter: its value in the address, its label, and the key to filter by."""

    value: str
    label: str
    key: int


class OptionField(forms.CharField):
    """One of some options, which are plain data: the page writes them without a form widget."""

    def __init__(self, *, options=(), **kwargs):
        super().__init__(**kwargs)
        self.options = options

    def clean(self, value):
        value = super().clean(value)
        if not value:
            return None
        for option in self.options:
            if option.value == value:
                return option.key
        raise forms.ValidationError(_("This choice does not exist."))


class OptionFilter(django_filters.Filter):
    field_class = OptionField


class EntryFilter(django_filters.FilterSet):
    """Filters the published entries of one plan.

    `rounds` are its published rounds, the latest first. Without a year that exists the latest is
    shown. What else can be chosen depends on that round. A value that does not exist filters
    nothing; `ignored` says so.
    """

    jaar = OptionFilter(field_name="round", label=_("Year"))
    pijler = OptionFilter(field_name="action_point__theme__pillar", label=_("Pillar"))
    thema = OptionFilter(field_name="action_point__theme", label=_("Theme"))
    organisatie = OptionFilter(method="filter_organisation", label=_("Organisation"))
    stand = OptionFilter(field_name="status", label=_("State of play"))
    q = django_filters.CharFilter(
        method="filter_text", label=_("Search in the texts"), max_length=MAX_SEARCH_LENGTH
    )

    def __init__(self, data, *, rounds):
        chosen = (each for each in rounds if str(each.year) == data.get("jaar"))
        self.round = next(chosen, rounds[0])
        self.rows = self.read_rows()
        super().__init__(data, queryset=PublishedEntry.objects.all())
        years = [Option(str(each.year), str(each.year), each.pk) for each in rounds]
        self.options = {"jaar": years, **_options(self.rows, organisations_of(self.round))}
        for name, options in self.options.items():
            self.filters[name].extra["options"] = options

    def read_rows(self):
        """The rows of the round, which say what can be chosen."""
        return rows_of(self.round)

    @cached_property
    def is_asked(self):
        """Whether the address filters at all. To build the form and validate it takes long."""
        return any(self.data.get(name) for name in self.filters)

    @cached_property
    def chosen(self):
        """The values that filter, by name; the year always does."""
        if not self.is_asked:
            return {"jaar": str(self.round.year)}
        self.is_valid()  # cleans the values; those that are not valid are left out
        filtering = [name for name, key in self.form.cleaned_data.items() if key]
        return {name: self.data[name] for name in filtering} | {"jaar": str(self.round.year)}

    @property
    def selects(self):
        """The filters that are a choice, for the form: name, label, options."""
        for name, options in self.options.items():
            value = self.chosen.get(name)
            yield name, self.filters[name].label, [_for_page(each, value) for each in options]

    @property
    def text(self):
        return self.chosen.get("q", "")

    @property
    def is_active(self):
        return len(self.chosen) > 1

    def described(self):
        """The labels of the filters that filter, each with what was chosen, the year left out."""
        values = {name: self.chosen[name] for name in self.filters if name in self.chosen}
        values.pop("jaar")
        for name, value in values.items():
            options = {each.value: each.label for each in self.options.get(name, ())}
            yield self.filters[name].label, options.get(value, value)

    def ignored(self):
        """The labels and values that were asked for and do not exist."""
        if not self.is_asked:
            return []
        return [(self.filters[name].label, self.data.get(name, "")) for name in self.errors]

    def filter_queryset(self, entries):
        return super().filter_queryset(entries.for_round(self.round))

    def filter_organisation(self, entries, _name, organisation):
        return entries.of_organisation(organisation)

    def filter_text(self, entries, _name, text):
        return entries.matching(text)


def _for_page(option, value):
    selected = "selected" if option.value == value else ""
    return {"value": option.value, "label": option.label, "selected": selected}


def _options(rows, organisations):
    """What can be chosen: what occurs in these rows, in order."""
    pillars, themes, statuses = {}, {}, {}
    for row in rows:
        number = str(row.pillar_number)
        pillars[row.pillar] = Option(number, f"{number}. {row.pillar_title}", row.pillar)
        label = f"{number}.{row.theme_position} {row.theme_title}"
        themes[row.theme] = Option(row.theme_slug, label, row.theme)
        if row.status:
            option = Option(row.status_slug, row.status_label, row.status)
            statuses[row.status_position, row.status_label] = option
    return {
        "pijler": list(pillars.values()),
        "thema": list(themes.values()),
        "organisatie": [Option(slug, short or name, pk) for pk, slug, short, name in organisations],
        "stand": [statuses[place] for place in sorted(statuses)],
    }
