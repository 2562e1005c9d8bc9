"""What somebody typed for an entry that is not there for them any more, for them to copy."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from actions import kept
from actions.admin.entry_form import chosen_status
from actions.richtext.editor import MAX_LENGTH


def show_own_text(model_admin, request, refusal: Http404 | PermissionDenied):
    """Refuse a request, with a page of what was typed in it and of nothing else.

    The round was closed, another organisation took over, or the point left the plan, while somebody
    was typing. Where nothing was typed the refusal is raised.
    """
    data = request.POST if request.method == "POST" else kept.kept_for(request)
    explanation, remark = (data.get(name, "") if data else "" for name in ("explanation", "remark"))
    if not (explanation.strip() or remark.strip()):
        raise refusal
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Your text"),
        "status": chosen_status(data),
        "explanation": explanation,
        # To show markup as it looks takes long where there is very much of it.
        "is_too_long": len(explanation) > MAX_LENGTH,
        "remark": remark,
    }
    return TemplateResponse(
        request,
        "admin/actions/statusentry/own_text.html",
        context,
        status=403 if isinstance(refusal, PermissionDenied) else 404,
    )
