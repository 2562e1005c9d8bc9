"""The plan in the admin: action points, themes, pillars and the plan itself."""

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import display_for_field
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db.models import TextField
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from actions import services
from actions.admin.base import ReadOnlyInline, RegisterAdmin, short_title, years
from actions.admin.filters import OnlyUsed, PointsOfOrganisation
from actions.admin.responsibilities import ResponsibilityInline
from actions.models import ActionPoint, Pillar, Plan, Responsibility, StatusEntry, Theme

IN_ORDER = ("theme__plan", "theme__pillar__number", "theme__position", "sequence")


class EntriesInline(ReadOnlyInline):
    """How the point stood through the years, each with the way to its own page."""

    model = StatusEntry
    verbose_name_plural = _("through the years")
    fields = ("status", "stage", "text")
    ordering = ("-round__year",)
    classes = ()
    show_change_link = True

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("status", "round", "action_point")

    @admin.display(description=_("explanation"))
    def text(self, entry):
        return Truncator(entry.explanation_text).words(30) or "–"


class ActionPointForm(forms.ModelForm):
    """Changes a point, and with it what the entries of open rounds say of it.

    The years of a point decide which rounds have an entry of it, so that rounds have their say. Its
    words are theirs too, so that nobody writes over what a colleague has just saved. Both are asked
    once everything else is right, and before anything is saved.
    """

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["version"] = self.instance.version

    def _post_clean(self):
        super()._post_clean()
        if self.errors:
            return
        try:
            services.entries_to_go(self.instance)
            if self.instance.pk:
                services.locked_point(self.instance, self.cleaned_data["version"])
        except services.Overtaken as overtaken:
            self._show_both(overtaken)
        except services.Refused as refused:
            starts_late = "first_year" in self.changed_data and "last_year" not in self.changed_data
            self.add_error("first_year" if starts_late else "last_year", str(refused))

    def _show_both(self, overtaken):
        """Say beside each field what it says now; the next attempt builds on that."""
        differing = {
            name: getattr(overtaken.point, name)
            for name in self.cleaned_data
            if name != "version" and getattr(overtaken.point, name) != getattr(self.instance, name)
        }
        if not differing:  # A double click, which has been saved already.
            return
        self.add_error(None, str(overtaken))
        for name, value in differing.items():
            shown = display_for_field(value, ActionPoint._meta.get_field(name), "–")
            self.add_error(name, _("Saved now: “%(value)s”") % {"value": shown})
        self.data = self.data.copy()
        self.data[self.add_prefix("version")] = overtaken.point.version


@admin.register(ActionPoint)
class ActionPointAdmin(RegisterAdmin):
    form = ActionPointForm
    list_display = ("number", short_title, "theme", "coordinating", years)
    list_display_links = ("number", short_title)
    list_filter = (
        ("plan", OnlyUsed),
        ("theme__pillar", OnlyUsed),
        PointsOfOrganisation,
        "last_year",
        ("theme", OnlyUsed),
    )
    list_select_related = ("theme__pillar",)
    ordering = IN_ORDER
    sortable_by = (short_title,)
    search_fields = ("number__startswith", "title", "goal", "responsibility", "timeline")
    search_help_text = _("Number, title, goal, responsibility or timeline")
    autocomplete_fields = ("theme",)
    # The number is made of these, and is never given twice.
    given_once = ("number", "theme", "sequence")
    fieldsets = (
        (None, {"fields": ("number", "theme", "sequence", "title", "goal")}),
        (
            _("In English"),
            {
                "fields": ("title_en", "goal_en"),
                "description": _(
                    "A translation of the words above, for the English pages. It becomes public "
                    "with the next report, and stays with the Dutch words of that year."
                ),
            },
        ),
        (_("Who and when, as the plan words it"), {"fields": ("responsibility", "timeline")}),
        (_("Dates read from the timeline"), {"fields": ("start_date", "end_date")}),
        (_("Years in the plan"), {"fields": ("first_year", "last_year")}),
    )
    inlines = (ResponsibilityInline, EntriesInline)
    formfield_overrides = {TextField: {"widget": AdminTextareaWidget(attrs={"rows": 3})}}

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("responsibilities__organisation")

    def get_fieldsets(self, request, obj=None):
        if obj:
            return super().get_fieldsets(request, obj)
        _first, *rest = self.fieldsets
        return [(None, {"fields": ("theme", "sequence", "title", "goal")}), *rest]

    def get_inlines(self, request, obj):
        return self.inlines if obj else (ResponsibilityInline,)

    def get_form(self, request, obj=None, **kwargs):
        if obj is None:
            hint = _("Left empty, the point comes last in its theme.")
            kwargs.setdefault("help_texts", {"sequence": hint})
        return super().get_form(request, obj, **kwargs)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        services.follow_point(point=form.instance, by=request.user)

    @admin.display(description=_("coordinating or responsible"))
    def coordinating(self, point):
        leading = (Responsibility.Role.COORDINATING, Responsibility.Role.RESPONSIBLE)
        names = [
            held.organisation.label
            for held in point.responsibilities.all()
            if held.role in leading and not held.last_year
        ]
        return ", ".join(dict.fromkeys(names)) or "–"


@admin.register(Theme)
class ThemeAdmin(RegisterAdmin):
    list_display = ("number", "title", "pillar", "plan")
    list_display_links = ("number", "title")
    list_filter = (("plan", OnlyUsed), ("pillar", OnlyUsed))
    ordering = ("plan", "pillar__number", "position")
    sortable_by = ("title",)
    search_fields = ("title",)
    autocomplete_fields = ("pillar",)
    # Numbers of points are made of these, and points belong to the plan of their theme.
    given_once = ("pillar", "position", "slug")
    fields = ("pillar", "position", "title", "slug")

    def get_queryset(self, request):
        # Everywhere, not only in the list: a theme is called by the number of its pillar.
        return super().get_queryset(request).select_related("pillar", "plan")

    @admin.display(description=_("number"))
    def number(self, theme):
        return theme.number


@admin.register(Pillar)
class PillarAdmin(RegisterAdmin):
    list_display = ("number", "title", "plan")
    list_display_links = ("number", "title")
    list_filter = (("plan", OnlyUsed),)
    list_select_related = ("plan",)
    ordering = ("plan", "number")
    search_fields = ("number__startswith", "title")
    autocomplete_fields = ("plan",)
    given_once = ("plan", "number")
    fields = ("plan", "number", "title", "description")


@admin.register(Plan)
class PlanAdmin(RegisterAdmin):
    list_display = ("title", "start_year", "end_year", "publisher", "slug")
    search_fields = ("title", "slug", "publisher", "start_year__startswith")
    given_once = ("slug",)
    fields = ("title", "slug", "publisher", ("start_year", "end_year"))
