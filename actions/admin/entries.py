"""The yearly entries in the admin, and the log of their stages."""

from django.contrib import admin
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from actions import permissions
from actions.admin.base import GuardedAdmin, PartOfRoundAdmin, ReadOnlyInline
from actions.admin.filters import EntriesOfOrganisation, EntriesSoFar, LateEntries, OnlyUsed
from actions.models import ActionPoint, EntryTransition, StatusEntry


class TransitionInline(ReadOnlyInline):
    model = EntryTransition
    verbose_name_plural = _("from stage to stage")
    fields = ("at", "by", "from_stage", "to_stage", "remark")

    def get_queryset(self, request):
        return (
            super()
            .get_queryset(request)
            .select_related("by", "entry__action_point", "entry__round")
        )


@admin.register(StatusEntry)
class StatusEntryAdmin(PartOfRoundAdmin):
    list_display = ("number", "short_title", "year", "status", "stage", "is_confirmed")
    list_display_links = ("number", "short_title")
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
    sortable_by = ("short_title", "year", "status", "stage")
    # Django shows the search box for this; what is searched is the queryset's to say, see below.
    search_fields = ("explanation_text",)
    search_help_text = _("Number, or words from the action point or the explanation")
    autocomplete_fields = ("action_point",)
    readonly_fields = (*ActionPoint.WORDING, "stage", "is_confirmed", "version")
    given_once = ("action_point", "round")
    fieldsets = (
        (None, {"fields": ("round", "action_point")}),
        (_("State of play"), {"fields": ("status", "explanation")}),
        (_("The action point, as worded this year"), {"fields": ActionPoint.WORDING}),
        (_("Where it is in the round"), {"fields": ("stage", "is_confirmed", "version")}),
    )
    inlines = (TransitionInline,)

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_queryset(self, request):
        entries = super().get_queryset(request).select_related("action_point", "round", "status")
        return permissions.visible_entries(entries, request.user)

    def get_search_results(self, request, queryset, search_term):
        return queryset.matching(search_term), False

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None:
            # The wording comes from the point, and the stage has yet to begin.
            return fieldsets[:2]
        if permissions.sees_everything(request.user):
            return fieldsets
        # An editor has no page of the round and the point to go to, and reads here what they are.
        _top, state, (wording_title, _wording), *rest = fieldsets
        title, *wording = ActionPoint.WORDING
        top = {"fields": ("year", "number", title)}
        return [(None, top), state, (wording_title, {"fields": wording}), *rest]

    def get_readonly_fields(self, request, obj=None):
        return (*super().get_readonly_fields(request, obj), "year", "number")

    def get_inlines(self, request, obj):
        return self.inlines if obj and obj.transitions.exists() else ()

    @admin.display(description=_("number"))
    def number(self, entry):
        return entry.number

    @admin.display(description=_("action point"), ordering="title")
    def short_title(self, entry):
        return Truncator(entry.title).chars(100)

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
