"""The reports in the admin."""

from django.contrib import admin
from django.db.models import F

from actions.admin.base import PartOfRoundAdmin
from actions.admin.filters import OnlyUsed
from reports.models import ReportText


@admin.register(ReportText)
class ReportTextAdmin(PartOfRoundAdmin):
    list_display = ("title", "round", "pillar", "position")
    list_filter = (("round", OnlyUsed),)
    list_select_related = ("round__plan", "pillar")
    ordering = ("-round__year", F("pillar__number").asc(nulls_first=True), "position")
    search_fields = ("title", "body")
    given_once = ("round",)
    fields = ("round", "pillar", "position", "title", "body")
