"""What the index shows to somebody: to an editor their work, to a coordinator the open rounds."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from actions import permissions
from actions.models import Plan, ReportingRound
from actions.progress import state_of, waiting_for, with_the_coordinator


def work_of(user, on: date | None = None) -> dict:
    """The context of the index, beyond what Django gives it."""
    on = on or timezone.localdate()
    context = {"today": on}
    if user.has_perm("actions.change_statusentry"):
        context |= _as_editor(user)
    if permissions.sees_everything(user):
        context |= _as_coordinator(user, on)
    return context


def _as_editor(user):
    is_only_editor = not permissions.sees_everything(user)
    waiting, handed_in = waiting_for(user), with_the_coordinator(user)
    if not (is_only_editor or waiting or handed_in):
        return {}
    members = user.memberships.select_related("organisation")
    context = {
        "shows_work": True,
        "waiting": waiting,
        "handed_in": handed_in,
        "organisations": [member.organisation.label for member in members],
    }
    if not context["organisations"]:
        context["coordinators"] = list(permissions.coordinators())
    if is_only_editor:
        context["title"] = _("My work")
    return context


def _as_coordinator(user, on):
    rounds = ReportingRound.objects.exclude(stage=ReportingRound.Stage.PUBLISHED)
    unpublished = list(rounds.select_related("plan"))
    open_rounds = [each for each in unpublished if each.is_open]
    return {
        "may_run": permissions.is_coordinator(user),
        "shows_rounds": True,
        "states": [state_of(each, on) for each in open_rounds],
        "other_rounds": [each for each in unpublished if not each.is_open],
        "next_round": None if unpublished else _next_round(),
    }


def _next_round():
    """The plan and year of the round to be made now, None where the plans have come to an end."""
    plan = Plan.objects.first()
    if plan is None:
        return None
    latest = plan.rounds.first()
    year = latest.year + 1 if latest else plan.start_year
    return {"plan": plan, "year": year} if year in plan.years else None
