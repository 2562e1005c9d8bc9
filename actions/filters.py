"""The filters of the public table. Every one of them is part of the address of the page."""

from dataclasses import dataclass
from typing import Any

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from actions.models import Status, StatusEntry, Theme

MAX_SEARCH_LENGTH = 100


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a filter: its value in the address, its label, and what is filtered by."""

    value: str
    label: str
    target: Any


class OptionField(forms.CharField):
    """One of some options as plain data: the page loops over them itself, without a widget."""

    def __init__(self, *, options=(), **kwargs):
        super().__init__(**kwargs)
        self.options = options

    def clean(self, value):
        value = super().clean(value)
        if not value:
            return None
        for option in self.options:
            if option.value == value:
                return option.target
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
        years = [Option(str(each.year), str(each.year), each) for each in rounds]
        chosen = (option.target for option in years if option.value == data.get("jaar"))
        self.round = next(chosen, rounds[0])
        super().__init__(
            data, queryset=StatusEntry.objects.published().for_round(self.round).for_table()
        )
        options = {"jaar": years, **self._options()}
        for name, of_filter in options.items():
            self.filters[name].extra["options"] = of_filter

    def _options(self):
        """What can be chosen: what occurs in the round. Three queries, however many rows."""
        in_round = {"action_points__entries__round": self.round}
        themes = Theme.objects.filter(**in_round).select_related("pillar").distinct()
        pillars = {theme.pillar_id: theme.pillar for theme in themes}
        statuses = Status.objects.filter(entries__round=self.round).distinct()
        return {
            "pijler": [Option(str(each.number), str(each), each) for each in pillars.values()],
            "thema": [Option(each.slug, str(each), each) for each in themes],
            "organisatie": [
                Option(each.slug, each.label, each) for each in self.round.organisations()
            ],
            "stand": [Option(each.slug, each.label, each) for each in statuses],
        }

    @property
    def choices(self):
        """The filters that are a choice, for the form: name, label, options, the chosen value."""
        for name, field in self.form.fields.items():
            if isinstance(field, OptionField):
                chosen = "" if name in self.errors else self.data.get(name, "")
                if name == "jaar":
                    chosen = str(self.round.year)
                yield name, field.label, field.options, chosen

    @property
    def text(self):
        return self.form.cleaned_data.get("q", "")

    @property
    def is_active(self):
        return any(value for name, value in self.form.cleaned_data.items() if name != "jaar")

    def ignored(self):
        """The labels and values that were asked for and do not exist."""
        return [(self.form.fields[name].label, self.data.get(name, "")) for name in self.errors]

    def filter_organisation(self, entries, _name, organisation):
        return entries.of_organisation(organisation)

    def filter_text(self, entries, _name, text):
        return entries.matching(text)
