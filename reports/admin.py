"""The reports in the admin."""

from django.contrib import admin
from django.db.models import F

from actions.admin.base import GuardedAdmin, PartOfRoundAdmin, ReadOnlyInline
from actions.admin.filters import OnlyUsed
from actions.admin.round_page import PAGES
from reports import import_page, publish_page
from reports.models import Edition, EditionFile, ReportText

PAGES.extend([*publish_page.PAGES, import_page.PAGE])


@admin.register(ReportText)
class ReportTextAdmin(PartOfRoundAdmin):
    list_display = ("title", "round", "pillar", "position")
    list_filter = (("round", OnlyUsed),)
    list_select_related = ("round__plan", "pillar")
    ordering = ("-round__year", F("pillar__number").asc(nulls_first=True), "position")
    search_fields = ("title", "body")
    given_once = ("round",)
    fields = ("round", "pillar", "position", "title", "body")


class EditionFileInline(ReadOnlyInline):
    model = EditionFile
    fields = ("format", "size", "checksum")

    def get_queryset(self, request):
        return super().get_queryset(request).defer("content").select_related("edition__round")


@admin.register(Edition)
class EditionAdmin(GuardedAdmin):
    """What was published, by whom and with which checksums, for whoever has to account for it."""

    list_display = ("__str__", "published_on", "by", "note")
    list_filter = (("round", OnlyUsed),)
    list_select_related = ("round__plan", "by")
    ordering = ("-round__year", "-number")
    search_fields = ("note", "round__year__startswith", "round__plan__title")
    fields = ("round", "number", "note", "published_on", "at", "by", "checksum")
    inlines = (EditionFileInline,)

    def get_queryset(self, request):
        return super().get_queryset(request).defer("document").select_related("round__plan", "by")

    # Publishing adds them, and nobody changes or deletes them: a superuser neither.

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
