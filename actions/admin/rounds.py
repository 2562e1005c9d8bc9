"""The yearly round in the admin, and the statuses to choose from."""

from django.contrib import admin
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from actions.admin.base import RegisterAdmin
from actions.admin.filters import OnlyUsed
from actions.models import ReportingRound, Status


@admin.register(ReportingRound)
class ReportingRoundAdmin(RegisterAdmin):
    list_display = ("year", "plan", "stage", "reference_date", "deadline", "number_of_entries")
    list_filter = (("plan", OnlyUsed), "stage")
    ordering = ("-year", "plan")
    search_fields = ("year__startswith", "title", "plan__title")
    autocomplete_fields = ("plan",)
    given_once = ("plan", "year")
    readonly_fields = ("stage",)
    fields = ("plan", "year", "stage", "title", ("reference_date", "deadline"))

    def get_queryset(self, request):
        rounds = super().get_queryset(request).select_related("plan")
        return rounds.annotate(entry_count=Count("entries"))

    @admin.display(description=_("entries"), ordering="entry_count")
    def number_of_entries(self, reporting_round):
        return reporting_round.entry_count


@admin.register(Status)
class StatusAdmin(RegisterAdmin):
    list_display = ("label", "tone", "position", "number_of_entries")
    list_filter = ("tone",)
    search_fields = ("label",)
    given_once = ("slug",)
    fields = ("label", "slug", "tone", "position")

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(entry_count=Count("entries"))

    @admin.display(description=_("entries"), ordering="entry_count")
    def number_of_entries(self, status):
        return status.entry_count
