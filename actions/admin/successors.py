"""The page on which points of an organisation that no longer exists move to its successors."""

from django import forms
from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions import permissions, services
from actions.admin.round_page import address_of
from actions.models import ActionPoint
from actions.successors import Takeover, outlived, reworded, successors_in


class PointForm(forms.Form):
    """The responsibilities of a point to be moved: a successor for each, and the wording."""

    wording = forms.CharField(
        label=gettext_lazy("Responsibility, as worded"),
        help_text=gettext_lazy(
            "As the plan will word it. Where this still says the old name and you leave it, the "
            "successor that you choose takes its place."
        ),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
        # What was offered travels along, so that it can be told from what somebody typed.
        show_hidden_initial=True,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, point, held, data=None):
        super().__init__(data, prefix=f"point-{point.pk}")
        self.point, self.held = point, held
        for responsibility, successors in held.items():
            self.fields[str(responsibility.pk)] = forms.TypedChoiceField(
                label=str(responsibility),
                choices=[("", _("Leave as it is")), *((each.pk, str(each)) for each in successors)],
                coerce={str(each.pk): each for each in successors}.get,
                empty_value=None,
                required=False,
                initial=successors[0].pk if len(successors) == 1 else "",
            )
        only = {each: later[0] for each, later in held.items() if len(later) == 1}
        self.initial = {"wording": self._reworded(only), "version": point.version}

    def clean(self):
        cleaned = super().clean()
        chosen = {each: cleaned[str(each.pk)] for each in self.held if cleaned.get(str(each.pk))}
        wording = cleaned.get("wording", "")
        is_typed = "wording" in self.changed_data
        if is_typed and not chosen:
            self.add_error("wording", _("Choose a successor too, or leave the wording as it was."))
        self.takeover = Takeover(
            self.point,
            cleaned.get("version"),
            chosen,
            wording if is_typed else self._reworded(chosen),
        )
        return cleaned

    def show_both(self, overtaken):
        """Say beside the wording what it says now; the next attempt builds on that."""
        self.point = overtaken.point
        self.add_error("wording", str(overtaken))
        self.add_error(
            "wording", _("Saved now: “%(value)s”") % {"value": self.point.responsibility}
        )
        self.data = self.data.copy()
        self.data[self.add_prefix("version")] = self.point.version
        # What stands in the field is from now on what the person wants it to say.
        self.data[self["wording"].html_initial_name] = self.point.responsibility

    @property
    def choices(self):
        """Each responsibility with its field, which has nothing to choose without a successor."""
        return [(each, self[str(each.pk)], later) for each, later in self.held.items()]

    def _reworded(self, successors):
        wording = self.point.responsibility
        for responsibility, successor in successors.items():
            wording = reworded(wording, responsibility.organisation, successor)
        return wording


def move_to_successors(model_admin, request, reporting_round):
    """Show what can be moved, or move what was chosen, all of it at once."""
    data = request.POST if request.method == "POST" else None
    point_forms = _forms(reporting_round, data)
    if data is not None:
        _tell_of_moved(request, reporting_round.plan, {form.prefix for form in point_forms})
    is_right = data is not None and not any(form.errors for form in point_forms)
    if is_right and _move(request, reporting_round, point_forms):
        return redirect(address_of(reporting_round))
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "title": _("Move points to a successor"),
        "original": reporting_round,
        "forms": point_forms,
        "has_errors": any(form.errors for form in point_forms),
        "may_run": permissions.is_coordinator(request.user),
    }
    return TemplateResponse(request, "admin/actions/reportinground/successors.html", context)


def _forms(reporting_round, data):
    held: dict[ActionPoint, dict] = {}
    for each in outlived(reporting_round):
        successors = list(successors_in(reporting_round.year, each.organisation))
        held.setdefault(each.action_point, {})[each] = successors
    return [PointForm(point, of_point, data) for point, of_point in held.items()]


def _tell_of_moved(request, plan, shown):
    """A point that a colleague has moved has no form any more: what was typed there is not lost."""
    for name, wording in request.POST.items():
        prefix, _dash, field = name.rpartition("-")
        if field != "wording" or prefix in shown or prefix.startswith("initial-"):
            continue
        is_typed = wording != request.POST.get(f"initial-{name}")
        # After a double click it has been saved.
        if is_typed and not plan.action_points.filter(responsibility=wording).exists():
            messages.warning(
                request,
                _(
                    "Somebody else has moved a point in the meantime. This is what you had written "
                    "there, which has not been saved: “%(wording)s”"
                )
                % {"wording": wording},
            )


def _move(request, reporting_round, point_forms):
    takeovers = [form.takeover for form in point_forms if form.takeover.successors]
    if not takeovers:
        messages.warning(request, _("You have not chosen a successor, so nothing has moved."))
        return False
    try:
        services.move_responsibilities(
            reporting_round=reporting_round, takeovers=takeovers, by=request.user
        )
    except services.Overtaken as overtaken:
        next(form for form in point_forms if form.point == overtaken.point).show_both(overtaken)
        return False
    except services.Refused as refused:
        messages.error(request, str(refused))
        return False
    messages.success(request, _("The points have moved to the successors."))
    return True
