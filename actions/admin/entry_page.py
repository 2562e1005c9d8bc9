"""The page on which an entry is written and moved, and where two who write at once find both texts.

Everything it writes goes through `actions.services`. The version of the entry as it was read
travels with the form, so that whoever comes second is shown what the first has saved.
"""

from copy import copy
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from actions import kept, permissions, services
from actions.admin.entry_form import EntryForm, chosen_status
from actions.admin.own_text import show_own_text
from actions.models import StatusEntry
from actions.moves import MOVES
from actions.plausibility import findings_of_entry

# The remarks that are read while reviewing. All of them stand in the history.
REMARKS = 3


@dataclass(frozen=True, slots=True)
class Theirs:
    """What somebody else saved while this person wrote: who and when."""

    by: object
    at: object


def change_entry(model_admin, request, entry):
    """Show the page, or write what was posted and go where the work goes on."""
    if request.method == "POST":
        return _write(model_admin, request, entry)
    form = EntryForm(entry, request.user, kept.kept_for(request))
    return _page(model_admin, request, entry, form)


def _write(model_admin, request, entry):
    move = request.POST.get("move", "")
    if move and move not in MOVES:
        raise SuspiciousOperation(f"There is no move {move!r}.")
    form = EntryForm(entry, request.user, request.POST)
    if not form.is_valid():
        return _page(model_admin, request, entry, form)
    remark = form.cleaned_data["remark"]
    values = {
        "entry": entry,
        "version": form.cleaned_data["version"],
        "content": form.content,
        "by": request.user,
    }
    try:
        if move:
            entry = services.move_entry(**values, move=move, remark=remark)
        else:
            entry = services.save_entry(**values)
    except services.Conflict as conflict:
        form = EntryForm(conflict.entry, request.user, request.POST)
        return _page(model_admin, request, conflict.entry, form)
    except services.Refused as refused:
        form.add_error("remark" if move == "return" else None, str(refused))
        return _page(model_admin, request, entry, form)
    except PermissionDenied as denied:
        return show_own_text(model_admin, request, denied)
    except StatusEntry.DoesNotExist:
        return show_own_text(model_admin, request, Http404())
    kept.forget(request)
    said = MOVES[move].done if move else _("Saved.")
    messages.success(request, f"{entry.number}: {said}")
    if remark and not move:
        return _with_remark(model_admin, request, entry, remark)
    # The work goes on here after saving, and after a move at the list of what waits.
    return redirect(reverse("admin:index") if move else request.path)


def _with_remark(model_admin, request, entry, remark):
    """The page of what has just been saved, on which a remark still waits for its move."""
    messages.warning(
        request,
        _("Your remark has not been sent yet. It goes along when you submit, approve or return."),
    )
    form = EntryForm(entry, request.user)
    form.initial["remark"] = remark
    return _page(model_admin, request, entry, form)


def _page(model_admin, request, entry, form):
    user = request.user
    may_write = permissions.may_change(entry, user)
    moves = [move for move in MOVES.values() if services.is_offered(move, entry, user)]
    is_behind = form.is_behind(entry)
    if is_behind:
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
        # Whoever typed something sees it, also where it can no longer be saved.
        "shows_form": may_write or form.brings_text,
        "moves": moves,
        "theirs": _theirs(entry) if is_behind else None,
        # What is too long stands in the form alone: to compare that takes long too.
        "mine": form.data["explanation"] if _is_comparable(form) else None,
        "my_status": chosen_status(form.data),
        "remarks": _remarks(entry),
        "findings": findings_of_entry(_as_written(entry, form)),
        "today": timezone.localdate(),
    }
    return TemplateResponse(
        request,
        "admin/actions/statusentry/change_form.html",
        context,
        status=_status_code(request, is_behind, may_write),
    )


def _status_code(request, is_behind, may_write):
    if request.method != "POST":
        return 200
    if is_behind:
        return 409
    return 200 if may_write else 403


def _is_comparable(form):
    return form.brings_text and "explanation" not in form.errors


def _as_written(entry, form):
    """The entry as the form would have it, to look for what is odd about that."""
    if not form.is_bound or not form.is_valid() or form.content is None:
        return entry
    written = copy(entry)
    written.status, written.explanation = form.content.status, form.content.explanation
    return written


def _theirs(entry):
    record = entry.history.select_related("history_user").first()
    return Theirs(record.history_user, record.history_date) if record else None


def _remarks(entry):
    """What people said of the entry when they moved it, newest first.

    Whoever writes has to deal with the last of it, whoever reviews looks back further.
    """
    told = entry.transitions.exclude(remark="").select_related("by")
    return told[:1] if entry.stage == StatusEntry.Stage.RETURNED else told[:REMARKS]
