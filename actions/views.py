"""The public pages of the register.

Everything they show is of a published round, in the wording that round keeps. What is not
published does not exist here: it is a 404.
"""

from functools import partial

from django.db import DEFAULT_DB_ALIAS
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from actions.cited_papers import index_of
from actions.comparison import changed_between, compare
from actions.export.formats import offered
from actions.export.selection import query_string
from actions.figures import counted, stand_of
from actions.filters import EntryFilter
from actions.models import (
    Organisation,
    Plan,
    PublishedEntry,
    PublishedResponsibility,
    ReportingRound,
    Succession,
    Theme,
)
from actions.prepared import PreparedQuery
from actions.public_page import kept_with, public_page
from actions.rows import year_of
from actions.tables import EntryTable
from actions.through_renames import line_of
from actions.through_renames import years_of as years_of_line
from actions.through_years import beside, years_of
from actions.timeline import timeline_of

OTHER_PLANS = 10


def published_rounds(plan):
    """The published rounds of the plan with this slug, the latest first; there is at least one."""
    rounds = [_round(values) for values in _published_rounds(plan)]
    if not rounds:
        raise Http404
    return rounds


_ROUND, _PLAN = (
    [field.attname for field in model._meta.concrete_fields] for model in (ReportingRound, Plan)
)


@PreparedQuery
def _published_rounds(plan):
    return (
        ReportingRound.objects.published()
        .filter(plan__slug=plan)
        .order_by("-year")
        .values_list(*_ROUND, *(f"plan__{name}" for name in _PLAN))
    )


def _round(values):
    """A round with its plan, as a queryset makes them."""
    reporting_round = ReportingRound.from_db(DEFAULT_DB_ALIAS, _ROUND, values[: len(_ROUND)])
    reporting_round.plan = Plan.from_db(DEFAULT_DB_ALIAS, _PLAN, values[len(_ROUND) :])
    return reporting_round


@public_page
def home(request):
    """The overview of the current plan: the latest of those with something published."""
    plan = Plan.objects.published().first()
    if plan is None:
        return render(request, "actions/nothing_published.html")
    return _overview(request, plan.slug)


@public_page
def plan_overview(request, plan):
    return _overview(request, plan)


def _overview(request, plan):
    latest, *earlier = published_rounds(plan)
    themes = (
        Theme.objects.filter(action_points__published_entries__round=latest)
        .select_related("pillar")
        .distinct()
    )
    context = {
        "plan": latest.plan,
        "latest": latest,
        "earlier": earlier,
        "compared": (earlier[0].year, latest.year) if earlier else None,
        "stand": stand_of(latest),
        "changed": changed_between(earlier[0], latest) if earlier else None,
        "attention": _needing_attention(latest),
        "themes": themes,
        "organisations": latest.organisations(),
        "other_plans": Plan.objects.published().exclude(pk=latest.plan_id)[:OTHER_PLANS],
    }
    return render(request, "actions/plan_overview.html", context)


def _needing_attention(reporting_round):
    return (
        PublishedEntry.objects.for_round(reporting_round)
        .needing_attention(on=reporting_round.as_of)
        .select_related("status", "action_point")
        .defer("explanation", "explanation_text")
        .in_order()
    )


@public_page
def action_point_list(request, plan):
    rounds = published_rounds(plan)
    filterset = EntryFilter(request.GET, rounds=rounds, year_of=partial(_kept_year, request))
    list_address = reverse("actions:action_point_list", args=[plan])
    table = EntryTable(filterset, list_address)
    is_latest = filterset.round == rounds[0]
    context = {
        "plan": rounds[0].plan,
        "round": filterset.round,
        "is_latest": is_latest,
        "known_year": None if is_latest else filterset.round.year,
        # A point's page opens at the year that the table shows.
        "fragment": "" if is_latest else f"#jaar-{filterset.round.year}",
        "filterset": filterset,
        "table": table,
        "ignored": filterset.ignored + table.ignored,
        "list_address": list_address,
        "files": offered(list_address, table.kept),
        "about_files": f"{list_address}export/{query_string(table.kept)}",
    }
    return render(request, "actions/action_point_list.html", context)


def _kept_year(request, reporting_round):
    """What the rows of a year say. The table is asked in more ways than there are pages to keep."""
    return kept_with(request, f"year:{reporting_round.pk}", lambda: year_of(reporting_round))


@public_page
def action_point_detail(request, plan, number):
    entries = list(
        PublishedEntry.objects.filter(round__plan__slug=plan, action_point__number=number)
        .select_related("round__plan", "status", "action_point__theme__pillar")
        .order_by("-round__year")
    )
    if not entries:
        raise Http404
    latest = entries[0]
    context = {
        "plan": latest.round.plan,
        "entry": latest,
        "theme": latest.action_point.theme,
        "years": years_of(entries),
        "has_left": ReportingRound.objects.published()
        .filter(plan=latest.round.plan, year__gt=latest.round.year)
        .exists(),
        "responsibilities": latest.responsibilities.select_related("organisation"),
        "beside": beside(latest),
        "timeline": timeline_of(entries, on=timezone.localdate()),
    }
    return render(request, "actions/action_point_detail.html", context)


@public_page
def comparison(request, plan, years):
    """Two published years beside each other, the earlier one first."""
    rounds = {each.year: each for each in published_rounds(plan)}
    earlier, later = sorted(years)
    if earlier == later or not {earlier, later} <= rounds.keys():
        raise Http404
    if years != (earlier, later):
        return redirect("actions:comparison", plan=plan, years=(earlier, later), permanent=True)
    context = {
        "plan": rounds[later].plan,
        "comparison": compare(rounds[earlier], rounds[later]),
        "earlier": earlier,
        "later": later,
        # Either year can be exchanged for another that keeps them in order.
        "earlier_years": [(year, (year, later)) for year in sorted(rounds) if year < later],
        "later_years": [(year, (earlier, year)) for year in sorted(rounds) if year > earlier],
        "list_address": reverse("actions:action_point_list", args=[plan]),
    }
    return render(request, "actions/comparison.html", context)


@public_page
def citation_list(request, plan):
    plan = published_rounds(plan)[0].plan
    context = {"plan": plan, "index": index_of(plan)}
    return render(request, "actions/citation_list.html", context)


@public_page
def theme_detail(request, plan, slug):
    entries = PublishedEntry.objects.filter(
        action_point__theme__plan__slug=plan, action_point__theme__slug=slug
    )
    entries = _of_latest_round(entries)
    context = {
        "plan": entries[0].round.plan,
        "theme": entries[0].action_point.theme,
        "round": entries[0].round,
        "entries": entries,
        "counts": counted(entries),
        "beside": Theme.objects.filter(
            pillar=entries[0].action_point.theme.pillar,
            action_points__published_entries__round=entries[0].round,
        )
        .select_related("pillar")
        .distinct(),
    }
    return render(request, "actions/theme_detail.html", context)


@public_page
def organisation_detail(request, plan, slug):
    organisation = _organisation(slug)
    in_plan = PublishedEntry.objects.filter(round__plan__slug=plan)
    entries = _of_latest_round(in_plan.of_organisation(organisation))
    if slug != organisation.slug:
        return redirect(
            "actions:organisation_detail", plan=plan, slug=organisation.slug, permanent=True
        )
    reporting_round = entries[0].round
    roles = {}
    # By way of the entries: an organisation has responsibilities in many plans.
    for held in PublishedResponsibility.objects.filter(entry__in=entries):
        if held.organisation_id == organisation.pk:
            roles.setdefault(held.entry_id, []).append(held)
    successions = list(Succession.objects.select_related("predecessor", "successor"))
    context = {
        "plan": reporting_round.plan,
        "organisation": organisation,
        "round": reporting_round,
        "rows": [(entry, roles[entry.pk]) for entry in entries],
        "counts": counted(entries),
        "years": years_of_line(line_of(organisation, successions), reporting_round.plan),
        "succeeded": [each for each in successions if each.successor == organisation],
        "succeeded_by": [each for each in successions if each.predecessor == organisation],
        "public_organisations": _public_organisations(plan),
    }
    return render(request, "actions/organisation_detail.html", context)


def _organisation(slug):
    """The organisation of this spelling, or else of this one with other capitals."""
    found = list(Organisation.objects.filter(slug__iexact=slug))
    if not found:
        raise Http404
    return next((each for each in found if each.slug == slug), found[0])


def _public_organisations(plan):
    """The numbers of the organisations that have a page in this plan; others are not linked to."""
    held = PublishedResponsibility.objects.filter(entry__round__plan__slug=plan)
    return set(held.order_by().values_list("organisation_id", flat=True).distinct())


def _of_latest_round(entries):
    """Of these published entries those of the latest round that has any, in order, or a 404."""
    latest = entries.order_by("-round__year").values_list("round_id", flat=True).first()
    if latest is None:
        raise Http404
    return list(
        entries.filter(round=latest)
        .select_related("round__plan", "status", "action_point__theme__pillar")
        .defer("explanation", "action_point__theme__pillar__description")
        .in_order()
    )
