"""A coordinator says why a finding may stay so. What they typed stands there until it is taken."""

from django import forms
from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions import kept, permissions, services
from actions.admin.round_page import address_of
from actions.models import SeenFinding
from actions.plausibility import findings_of_round


class SeenForm(forms.Form):
    """Why a finding may stay so, and by what it is known again."""

    person = forms.IntegerField(widget=forms.HiddenInput, required=False)
    entry = forms.IntegerField(widget=forms.HiddenInput)
    check = SeenFinding._meta.get_field("check_name").formfield(widget=forms.HiddenInput)
    evidence = SeenFinding._meta.get_field("evidence").formfield(
        widget=forms.HiddenInput, strip=False
    )
    reason = forms.CharField(
        label=gettext_lazy("Why may it stay as it is?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        error_messages={"required": gettext_lazy("Say why this may stay as it is.")},
    )

    def finding_in(self, reporting_round):
        """The finding as it is now, None where it is no longer there."""
        names = ("entry", "check", "evidence")
        for finding in findings_of_round(reporting_round):
            known = (finding.entry.pk, finding.check, finding.evidence)
            if known == tuple(self.cleaned_data.get(name) for name in names):
                return finding
        return None


def mark_seen(model_admin, request, reporting_round):
    """Record that a coordinator has seen a finding, or show again what they typed, and why."""
    back = redirect(f"{address_of(reporting_round)}#findings")
    is_posted = request.method == "POST"
    data = request.POST if is_posted else kept.kept_for(request)
    if data is None:
        return back
    form = SeenForm(data)
    form.full_clean()
    finding = form.finding_in(reporting_round)
    if is_posted and finding and form.is_valid() and _mark(form, finding, request.user):
        kept.forget(request)
        messages.success(request, _("Marked as seen."))
        return back
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "title": _("Mark as seen"),
        "original": reporting_round,
        "finding": finding,
        "form": form,
        "was_kept": not is_posted,
        "may_run": permissions.is_coordinator(request.user),
    }
    return TemplateResponse(request, "admin/actions/reportinground/finding.html", context)


def _mark(form, finding, by):
    try:
        services.mark_finding_seen(finding=finding, reason=form.cleaned_data["reason"], by=by)
    except services.Refused as refused:
        form.add_error(None, str(refused))
    return not form.errors
