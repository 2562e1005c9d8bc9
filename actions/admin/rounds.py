"""The yearly round in the admin, and the statuses to choose from."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count
from django.forms import ModelForm
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext_lazy as _

from actions.admin.base import RegisterAdmin
from actions.admin.filters import OnlyUsed
from actions.admin.round_page import PAGES, STEPS, address_of, page_of, take_step
from actions.admin.seen import mark_seen
from actions.admin.successors import move_to_successors
from actions.kept import keeps_text
from actions.models import Plan, ReportingRound, Status


class RoundForm(ModelForm):
    """Of two who add the round of a year at once, the second waits and is told that it is there."""

    def clean(self):
        if self.instance.pk:
            self._lock()
        plan = self.cleaned_data.get("plan")
        if plan:
            Plan.objects.select_for_update().get(pk=plan.pk)
        return super().clean()

    def _lock(self):
        """Take what no form shows from the round as it is now: it may just have been published."""
        now = ReportingRound.objects.select_for_update().get(pk=self.instance.pk)
        if now.is_published:
            raise ValidationError(_("This round has just been published: it cannot be changed."))
        for field in self.instance._meta.concrete_fields:
            if field.name not in self.fields:
                setattr(self.instance, field.attname, getattr(now, field.attname))


@admin.register(ReportingRound)
class ReportingRoundAdmin(RegisterAdmin):
    form = RoundForm
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

    def has_change_permission(self, request, obj=None):
        # What is posted is for the form to refuse: a page that says 403 would lose what was typed.
        return super().has_change_permission(request, None if request.method == "POST" else obj)

    def get_urls(self):
        def page(name, view, **kwargs):
            view = self.admin_site.admin_view(view)
            return path(f"<int:pk>/{name}/", view, kwargs, name=f"actions_reportinground_{name}")

        return [
            *(page(step, self.step_view, step=step) for step in STEPS),
            page("findings", self.findings_view),
            page("successors", self.successors_view),
            *(page(each.name, self.page_view, page=each) for each in PAGES),
            *super().get_urls(),
        ]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj:
            # As it is stored: validation writes on the object what is sent.
            context |= page_of(self.get_object(request, obj.pk), request.user)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def response_post_save_add(self, request, obj):
        # There the round is opened.
        return redirect(address_of(obj))

    def step_view(self, request, pk, step):
        return take_step(self, request, self._round(request, pk), step)

    @keeps_text("entry", "check", "evidence", "reason")
    def findings_view(self, request, pk):
        return mark_seen(self, request, self._round(request, pk))

    def successors_view(self, request, pk):
        return move_to_successors(self, request, self._round(request, pk))

    def page_view(self, request, pk, page):
        # To whoever sees the round; the page knows for whom it is.
        return page.view(self, request, self._visible_round(request, pk))

    def _round(self, request, pk):
        if request.method == "POST" and not self.has_change_permission(request):
            raise PermissionDenied
        return self._visible_round(request, pk)

    def _visible_round(self, request, pk):
        if not self.has_view_permission(request):
            raise PermissionDenied
        reporting_round = self.get_object(request, pk)
        if reporting_round is None:
            raise Http404
        return reporting_round

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
