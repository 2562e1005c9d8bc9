"""The page on which a coordinator takes a correction back: what differs, and the button for it."""

from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from actions import permissions
from actions.admin.round_page import Offer, Page, address_of
from actions.services import Refused
from reports import services


def withdraw(model_admin, request, reporting_round):
    """Say whether the correction can be taken back; when posted, take it back."""
    if request.method == "POST":
        return _withdraw(request, reporting_round)
    if not reporting_round.is_correction:
        return redirect(address_of(reporting_round))
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "title": _("Withdraw the correction of %(year)s") % {"year": reporting_round.year},
        "original": reporting_round,
        "round": reporting_round,
        "differs": services.what_differs(reporting_round),
        "may_run": permissions.is_coordinator(request.user),
    }
    return TemplateResponse(request, "admin/reports/withdraw/page.html", context)


def _withdraw(request, reporting_round):
    try:
        is_done = services.withdraw_correction(reporting_round=reporting_round, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        if is_done:
            messages.success(request, _("The correction is withdrawn: the report is published."))
        else:
            messages.info(request, _("The report was published already."))
    return redirect(address_of(reporting_round))


def _offer(reporting_round, user) -> Offer | None:
    may_withdraw = reporting_round.is_correction and permissions.is_coordinator(user)
    return Offer(_("Withdraw the correction")) if may_withdraw else None


PAGE = Page("withdraw", withdraw, _offer)
