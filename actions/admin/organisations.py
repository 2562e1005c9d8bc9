"""Organisations in the admin, with what they were called before and after."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from actions.admin.base import RegisterAdmin, RowsFormSet, RowsInline, years
from actions.models import Organisation, Succession


# The two sides of a succession stand on one page. Their foreign keys have no name to reach them
# back by, which is where Django takes the name of a formset from.
class _Successors(RowsFormSet):
    @classmethod
    def get_default_prefix(cls):
        return "successors"


class _Predecessors(RowsFormSet):
    @classmethod
    def get_default_prefix(cls):
        return "predecessors"


class SuccessorInline(RowsInline):
    model = Succession
    fk_name = "predecessor"
    formset = _Successors
    verbose_name = _("successor")
    verbose_name_plural = _("succeeded by")
    autocomplete_fields = ("successor",)

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("predecessor", "successor")


class PredecessorInline(SuccessorInline):
    fk_name = "successor"
    formset = _Predecessors
    verbose_name = _("predecessor")
    verbose_name_plural = _("successor of")
    autocomplete_fields = ("predecessor",)


@admin.register(Organisation)
class OrganisationAdmin(RegisterAdmin):
    list_display = ("label", "name", "kind", years, "later")
    list_display_links = ("label", "name")
    list_filter = ("kind", "last_year")
    search_fields = ("abbreviation", "name")
    given_once = ("slug",)
    fields = ("abbreviation", "name", "slug", "kind", ("first_year", "last_year"))
    inlines = (SuccessorInline, PredecessorInline)

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("successors")

    @admin.display(description=_("abbreviation"), ordering="slug")
    def label(self, organisation):
        return organisation.abbreviation or "–"

    @admin.display(description=_("succeeded by"))
    def later(self, organisation):
        return ", ".join(later.label for later in organisation.successors.all()) or "–"
