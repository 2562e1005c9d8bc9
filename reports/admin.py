"""The reports in the admin."""

from django.contrib import admin

from actions.admin.base import PartOfRoundAdmin
from actions.admin.filters import OnlyUsed
from reports.models import ReportText


@admin.register(ReportText)
class ReportTextAdmin(PartOfRoundAdmin):
    list_display = ("title", "round", "position")
    list_filter = (("round", OnlyUsed),)
    list_select_related = ("round__plan",)
    ordering = ("-round__year", "position")
    search_fields = ("title", "body")
    given_once = ("round",)
    fields = ("round", "position", "title", "body")
