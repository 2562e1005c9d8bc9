"""Responsibilities in the admin: a list of their own, and rows on the page of their point."""

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.forms import ModelForm
from django.utils.translation import gettext as _

from actions import permissions
from actions.admin.base import RegisterAdmin, RowsFormSet, RowsInline, years
from actions.admin.filters import OnlyUsed
from actions.models import Responsibility


class ResponsibilityForm(ModelForm):
    """Once a published report names it, a responsibility can only be ended."""

    GIVEN_ONCE = ("action_point", "organisation", "role", "first_year")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # As the row is stored: validation writes on it what is sent.
        self.last_published = (
            permissions.last_published_year(self.instance) if self.instance.pk else None
        )
        if self.last_published and "last_year" in self.fields:
            for name in self.fields.keys() & set(self.GIVEN_ONCE):
                self.fields[name].disabled = True
            self.fields["last_year"].help_text = self.end_it_instead

    @property
    def end_it_instead(self):
        return _(
            "The published report on %(year)s names this organisation. "
            "End the responsibility with a last year instead of deleting it."
        ) % {"year": self.last_published}

    def clean_last_year(self):
        last_year = self.cleaned_data["last_year"]
        if last_year and self.last_published and last_year < self.last_published:
            raise ValidationError(
                _(
                    "The published report on %(year)s names this organisation: "
                    "the last year cannot be before it."
                )
                % {"year": self.last_published}
            )
        return last_year


class ResponsibilityFormSet(RowsFormSet):
    def clean(self):
        super().clean()
        for form in self.deleted_forms:
            if form.last_published:
                raise ValidationError(f"{form.instance}: {form.end_it_instead}")


class ResponsibilityInline(RowsInline):
    model = Responsibility
    form = ResponsibilityForm
    formset = ResponsibilityFormSet
    autocomplete_fields = ("organisation",)

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("organisation", "action_point")


@admin.register(Responsibility)
class ResponsibilityAdmin(RegisterAdmin):
    form = ResponsibilityForm
    list_display = ("action_point", "organisation", "role", years)
    list_filter = (("action_point__plan", OnlyUsed), "role", ("organisation", OnlyUsed))
    list_select_related = ("action_point", "organisation")
    ordering = (
        "action_point__theme__plan",
        "action_point__theme__pillar__number",
        "action_point__theme__position",
        "action_point__sequence",
        "pk",
    )
    search_fields = (
        "action_point__number__startswith",
        "action_point__title",
        "organisation__abbreviation",
        "organisation__name",
    )
    autocomplete_fields = ("action_point", "organisation")
    fields = ("action_point", "organisation", "role", ("first_year", "last_year"))
