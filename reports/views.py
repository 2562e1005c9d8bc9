"""The public pages of the yearly reports: the list of them, and each one as a page."""

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from actions.models import Status
from actions.views import published_rounds
from reports import pages
from reports.build import build


@require_safe
def report_list(request, plan):
    rounds = published_rounds(plan)
    context = {"plan": rounds[0].plan, "rounds": rounds}
    return render(request, "reports/report_list.html", context)


@require_safe
def report_detail(request, plan, year):
    reporting_round = next((each for each in published_rounds(plan) if each.year == year), None)
    if reporting_round is None:
        raise Http404
    document = build(reporting_round)
    context = {
        "plan": reporting_round.plan,
        "document": document,
        "report": pages.write(document),
        # The report says how a point stands in words; these give each word its colour and icon.
        "statuses": {status.label: status for status in Status.objects.all()},
        "list_address": reverse("actions:action_point_list", args=[plan]),
    }
    return render(request, "reports/report_detail.html", context)
