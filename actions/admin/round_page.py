"""The page of a round: how far it is, what stands in the way, and the step that comes next."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from actions import permissions, services
from actions.closing import obstacles_to_closing
from actions.models import Progress, ReportingRound
from actions.opening import opening_of
from actions.plausibility import findings_of_round
from actions.progress import state_of
from actions.successors import outlived

Stage = ReportingRound.Stage


@dataclass(frozen=True, slots=True)
class Step:
    """What a coordinator can do with a round in a stage.

    `label` is what the button says, `done` what is said when it has been done, and `again` when
    somebody else, or the same person, had done it already.
    """

    name: str
    from_stage: Stage
    service: Callable[..., bool]
    label: str | Promise
    done: str | Promise
    again: str | Promise


_ALL = (
    Step(
        "open",
        Stage.PREPARING,
        services.open_round,
        gettext_lazy("Open the round"),
        gettext_lazy("The round is open."),
        gettext_lazy("The round was open already."),
    ),
    Step(
        "close",
        Stage.OPEN,
        services.close_round,
        gettext_lazy("Close the round"),
        gettext_lazy("The round is closed."),
        gettext_lazy("The round was closed already."),
    ),
    Step(
        "reopen",
        Stage.CLOSED,
        services.reopen_round,
        gettext_lazy("Reopen the round"),
        gettext_lazy("The round is open again."),
        gettext_lazy("The round was open already."),
    ),
    Step(
        "correct",
        Stage.PUBLISHED,
        services.correct_round,
        gettext_lazy("Correct the report"),
        gettext_lazy("The report can be corrected now."),
        gettext_lazy("The report was being corrected already."),
    ),
)

STEPS = {step.name: step for step in _ALL}


@dataclass(frozen=True, slots=True)
class Offer:
    """What the link to a page says; `is_next` where that page is what comes next."""

    label: str | Promise
    is_next: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """A page that another app hangs under that of a round.

    `name` stands in its address. `view` gets the admin class, the request and the round; `offer`
    gets the round and the user, and gives None where the page of the round does not link to it.
    The view itself guards what it shows and does.
    """

    name: str
    view: Callable
    offer: Callable[[ReportingRound, object], Offer | None]


# Added to by the admin modules of other apps, which are all loaded before there are addresses.
PAGES: list[Page] = []


def address_of(reporting_round, page="change"):
    return reverse(f"admin:actions_reportinground_{page}", args=[reporting_round.pk])


# --- What the page shows ---------------------------------------------------------


def page_of(reporting_round, user) -> dict:
    """The context of the page of a round, beyond what Django gives it."""
    stage = reporting_round.stage
    context = {
        "round": reporting_round,
        "may_run": permissions.is_coordinator(user),
        "step": next((step for step in _ALL if step.from_stage == stage), None),
        "today": timezone.localdate(),
        "pages": [
            (offer, address_of(reporting_round, page.name))
            for page in PAGES
            if (offer := page.offer(reporting_round, user))
        ],
    }
    if stage in (Stage.PREPARING, Stage.OPEN):
        context["outlived"] = outlived(reporting_round)
    if stage in (Stage.OPEN, Stage.CLOSED):
        context["state"] = state_of(reporting_round, context["today"])
        context |= _findings(reporting_round)
    if stage == Stage.OPEN:
        context["obstacles"] = obstacles_to_closing(reporting_round)
    return context


def _findings(reporting_round):
    """What looks odd, apart from what has been seen and from texts that nobody has begun on yet."""
    lists = {"unseen": [], "untouched": [], "seen": []}
    for finding in findings_of_round(reporting_round):
        is_untouched = finding.entry.progress == Progress.UNTOUCHED
        lists["seen" if finding.seen else "untouched" if is_untouched else "unseen"].append(finding)
    return lists


# --- What it does ----------------------------------------------------------------


def take_step(model_admin, request, reporting_round, name):
    """Say what a step will do, and do it when that is posted."""
    step = STEPS[name]
    if request.method == "POST":
        return _take(step, request, reporting_round)
    if reporting_round.stage != step.from_stage:
        return redirect(address_of(reporting_round))
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "title": f"{step.label}: {reporting_round.year}",
        "original": reporting_round,
        "round": reporting_round,
        "step": step,
        "may_run": permissions.is_coordinator(request.user),
        "today": timezone.localdate(),
    }
    if name == "open":
        context["opening"] = opening_of(reporting_round)
    if name == "close":
        context["obstacles"] = obstacles_to_closing(reporting_round)
        context |= _findings(reporting_round)
    return TemplateResponse(request, "admin/actions/reportinground/step.html", context)


def _take(step, request, reporting_round):
    try:
        is_done = step.service(reporting_round=reporting_round, by=request.user)
    except services.Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, step.done) if is_done else messages.info(request, step.again)
    return redirect(address_of(reporting_round))
