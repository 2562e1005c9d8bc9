"""The page on which an entry is written and moved, and where two who write at once find both texts.

Everything it writes goes through `actions.services`. The version of the entry as it was read
travels with the form, so that whoever comes second is shown what the first has saved.
"""

from copy import copy
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions import kept, permissions, services
from actions.models import Status, StatusEntry
from actions.moves import MOVES
from actions.plausibility import findings_of_entry


class EntryForm(forms.Form):
    """What is said of a point, with the version of the entry that the person read."""

    person = forms.IntegerField(widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    status = StatusEntry._meta.get_field("status").formfield()
    explanation = StatusEntry._meta.get_field("explanation").formfield()
    remark = forms.CharField(
        label=gettext_lazy("Remark"),
        help_text=gettext_lazy("Goes with the message to the people concerned."),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=5000,
        required=False,
    )

    def __init__(self, entry, user, data=None):
        super().__init__(
            data,
            initial={
                kept.PERSON: user.pk,
                "version": entry.version,
                "status": entry.status_id,
                "explanation": entry.explanation,
            },
        )
        if permissions.may_move(MOVES["return"], entry, user):
            self.fields["remark"].help_text = _("Required when you return the entry.")
        if not permissions.is_coordinator(user):
            # That nothing was received is for the coordinator to say.
            statuses = Status.objects.exclude(tone=Status.Tone.NO_UPDATE)
            self.fields["status"].queryset = statuses

    @property
    def content(self):
        """What was written; None where the page showed the text to read only."""
        if "explanation" not in self.data:
            return None
        return services.Content(self.cleaned_data["status"], self.cleaned_data["explanation"])

    def at_version(self, version):
        """Make the next attempt build on this version: the person sees now what it says."""
        self.data = self.data.copy()
        self.data["version"] = version


@dataclass(frozen=True, slots=True)
class Theirs:
    """What somebody else saved while this person wrote: who and when."""

    by: object
    at: object


def change_entry(model_admin, request, entry):
    """Show the page, or write what was posted and go where the work goes on."""
    if request.method == "POST":
        return _write(model_admin, request, entry)
    data = kept.kept_for(request)
    form = EntryForm(entry, request.user, data)
    is_behind = data is not None and _is_behind(form, entry)
    return _page(model_admin, request, entry, form, conflict=is_behind)


def _write(model_admin, request, entry):
    move = request.POST.get("move", "")
    if move and move not in MOVES:
        raise SuspiciousOperation(f"There is no move {move!r}.")
    form = EntryForm(entry, request.user, request.POST)
    if not form.is_valid():
        if not permissions.may_change(entry, request.user):
            raise PermissionDenied
        return _page(model_admin, request, entry, form, conflict=_is_behind(form, entry))
    values = {
        "entry": entry,
        "version": form.cleaned_data["version"],
        "content": form.content,
        "by": request.user,
    }
    try:
        if move:
            services.move_entry(**values, move=move, remark=form.cleaned_data["remark"])
        else:
            services.save_entry(**values)
    except services.Conflict as conflict:
        return _page(model_admin, request, conflict.entry, form, conflict=True, status=409)
    except services.Refused as refused:
        form.add_error("remark" if move == "return" else None, str(refused))
        return _page(model_admin, request, entry, form)
    kept.forget(request)
    said = MOVES[move].done if move else _("Saved.")
    messages.success(request, f"{entry.number}: {said}")
    return redirect(_next(request, move))


def _next(request, move):
    """Where the work goes on: here after saving, at the list of what waits after a move."""
    return reverse("admin:index") if move else request.path


def _is_behind(form, entry):
    return form.data.get("version", "").isdigit() and int(form.data["version"]) != entry.version


def _page(model_admin, request, entry, form, *, conflict=False, status=200):
    user = request.user
    may_write = permissions.may_change(entry, user)
    moves = [move for move in MOVES.values() if services.is_offered(move, entry, user)]
    if conflict:
        form.at_version(entry.version)
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "title": f"{entry.number} – {entry.round.year}",
        "original": entry,
        "entry": entry,
        "previous": entry.previous,
        "form": form,
        "was_kept": request.method == "GET" and form.is_bound,
        "media": model_admin.media + form.media,
        "may_write": may_write,
        # Whoever was overtaken sees what they typed, also where it can no longer be saved.
        "shows_form": may_write or conflict,
        "moves": moves,
        "theirs": _theirs(entry) if conflict else None,
        "mine": form.data.get("explanation", "") if conflict else "",
        "my_status": _chosen_status(form) if conflict else None,
        "returned": _last_return(entry),
        "findings": findings_of_entry(_as_written(entry, form)),
        "today": timezone.localdate(),
    }
    return TemplateResponse(
        request, "admin/actions/statusentry/change_form.html", context, status=status
    )


def _as_written(entry, form):
    """The entry as the form would have it, to look for what is odd about that."""
    if not form.is_bound or not form.is_valid() or form.content is None:
        return entry
    written = copy(entry)
    written.status, written.explanation = form.content.status, form.content.explanation
    return written


def _chosen_status(form):
    try:
        return form.fields["status"].clean(form.data.get("status"))
    except forms.ValidationError:
        return None


def _theirs(entry):
    record = entry.history.select_related("history_user").first()
    return Theirs(record.history_user, record.history_date) if record else None


def _last_return(entry):
    """The remark that the ministry has to deal with, None where there is none."""
    if entry.stage != StatusEntry.Stage.RETURNED:
        return None
    return entry.transitions.filter(to_stage=entry.stage).select_related("by").first()
