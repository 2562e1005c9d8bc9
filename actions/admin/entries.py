"""The yearly entries in the admin, and the log of their stages."""

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from actions import permissions
from actions.admin.base import GuardedAdmin, RegisterAdmin, short_title
from actions.admin.entry_history import show_history
from actions.admin.entry_page import change_entry
from actions.admin.filters import EntriesOfOrganisation, EntriesSoFar, LateEntries, OnlyUsed
from actions.admin.own_text import show_own_text
from actions.kept import keeps_text
from actions.models import EntryTransition, StatusEntry


@admin.register(StatusEntry)
class StatusEntryAdmin(RegisterAdmin):
    list_display = ("number", short_title, "year", "status", "progress")
    list_display_links = ("number", short_title)
    list_filter = (
        ("round", OnlyUsed),
        EntriesSoFar,
        LateEntries,
        EntriesOfOrganisation,
        ("status", OnlyUsed),
        ("action_point__theme__pillar", OnlyUsed),
        ("action_point__theme", OnlyUsed),
    )
    ordering = (
        "-round__year",
        "action_point__theme__plan",
        "action_point__theme__pillar__number",
        "action_point__theme__position",
        "action_point__sequence",
    )
    sortable_by = (short_title, "year", "status", "progress")
    # Django shows the search box for this; what is searched is the queryset's to say, see below.
    search_fields = ("explanation_text",)
    search_help_text = _("Number, or words from the action point or the explanation")

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_queryset(self, request):
        entries = super().get_queryset(request).select_related("action_point", "round", "status")
        return permissions.visible_entries(entries, request.user)

    def get_search_results(self, request, queryset, search_term):
        return queryset.matching(search_term), False

    @keeps_text("version", "status", "explanation", "remark")
    def change_view(self, request, object_id, form_url="", extra_context=None):
        entry = self.get_object(request, unquote(object_id))
        if entry is None:
            return show_own_text(self, request, Http404())
        # Whether they may change this entry, as it is now, is for the page: who was overtaken by a
        # colleague gets their own text back there.
        may = self.has_change_permission if request.method == "POST" else self.has_view_permission
        if not may(request):
            raise PermissionDenied
        return change_entry(self, request, entry)

    def history_view(self, request, object_id, extra_context=None):
        entry = self.get_object(request, unquote(object_id))
        if entry is None:
            raise Http404
        if not self.has_view_permission(request, entry):
            raise PermissionDenied
        return show_history(self, request, entry)

    @admin.display(description=_("number"))
    def number(self, entry):
        return entry.number

    @admin.display(description=_("progress"), ordering="stage")
    def progress(self, entry):
        return entry.progress.label

    @admin.display(description=_("year"), ordering="round__year")
    def year(self, entry):
        return entry.round.year


@admin.register(EntryTransition)
class EntryTransitionAdmin(GuardedAdmin):
    """The log, to read."""

    list_display = ("at", "entry", "from_stage", "to_stage", "by", "remark")
    list_filter = ("to_stage", ("entry__round", OnlyUsed), ("by", OnlyUsed))
    date_hierarchy = "at"
    search_fields = ("entry__action_point__number__startswith", "entry__title", "remark")
    fields = ("entry", "at", "by", "from_stage", "to_stage", "remark")

    def get_queryset(self, request):
        return (
            super()
            .get_queryset(request)
            .select_related("by", "entry__action_point", "entry__round")
        )

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
