"""The pages on which the report of a round is looked at as a concept, and published.

To write a file takes a second or more. So that whoever waits sees how far it is, the page is sent
in pieces: what is known at once, then a line for each file as it is written, then what came of it.
"""

import logging
from collections.abc import Iterator

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseNotAllowed, StreamingHttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions import permissions
from actions.admin.round_page import Offer, Page, address_of
from actions.services import Refused
from reports import formats, letter_page, services
from reports.build import build
from reports.checklist import checklist
from reports.document import ReportDocument
from reports.errors import ReportError
from reports.formats import Format, WrittenFile
from reports.views import file_response, report_response

logger = logging.getLogger(__name__)

# Where the page is cut in pieces. No text that is escaped can hold it.
_CUT = "<!--cut-->"


class NoteForm(forms.Form):
    """What is said of a correction."""

    note = forms.CharField(
        label=gettext_lazy("What was corrected in this edition"),
        help_text=gettext_lazy(
            "Public: it appears in the report and on its page. Name the action points."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
    )


# --- The concept ------------------------------------------------------------------


def concept(_model_admin, request, reporting_round):
    """The report as it is now, marked as a concept: as a page, or as the file that is asked for."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    if reporting_round.is_published:
        return _as_published(reporting_round)
    document = build(reporting_round)
    asked = request.GET.get("format")
    if asked is None:
        return report_response(request, document, plan=reporting_round.plan)
    if asked not in Format:
        raise Http404
    try:
        content = formats.write(document, Format(asked))
    except ReportError as error:
        return HttpResponse(str(error), status=500, content_type="text/plain; charset=utf-8")
    return file_response(content, Format(asked), f"concept-{reporting_round.year}")


# --- Publishing -------------------------------------------------------------------


def publish(model_admin, request, reporting_round):
    """Say whether everything is in order and each file can be written; when posted, publish."""
    is_posted = request.method == "POST"
    if is_posted and not permissions.is_coordinator(request.user):
        raise PermissionDenied
    if reporting_round.is_published and not is_posted:
        return _as_published(reporting_round)
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "title": _("Publish the report on %(year)s") % {"year": reporting_round.year},
        "original": reporting_round,
        "round": reporting_round,
        "checks": checklist(reporting_round),
        "is_posted": is_posted,
        "form": NoteForm(request.POST if is_posted else None) if reporting_round.edition else None,
        "may_run": permissions.is_coordinator(request.user),
    }
    # The cookie goes with the head of the answer, before a form is written that needs it.
    get_token(request)
    pieces = _publish if is_posted else _prepare
    page = render_to_string("admin/reports/publish/page.html", context, request)
    before, after = page.split(_CUT)
    answer = StreamingHttpResponse(_in_pieces(before, pieces(request, context), after))
    # A proxy that waits for the whole page would show nothing of the progress.
    answer["X-Accel-Buffering"] = "no"
    return answer


def _as_published(reporting_round):
    """What was published is no concept, and is not published again."""
    return redirect("reports:report_detail", reporting_round.plan.slug, reporting_round.year)


def _in_pieces(before: str, pieces: Iterator[str], after: str) -> Iterator[str]:
    yield before
    yield from pieces
    yield after


def _prepare(request, context) -> Iterator[str]:
    reporting_round = context["round"]
    wrong = [sentence for check in context["checks"] for sentence in check.wrong]
    try:
        for file in formats.write_all(build(reporting_round)):
            yield _line(file, reporting_round)
    except Exception as error:
        said = _said(error, reporting_round)
        wrong.append(said)
        yield _failure(said)
    yield render_to_string(
        "admin/reports/publish/_form.html", {**context, "is_ready": not wrong}, request
    )


def _publish(request, context) -> Iterator[str]:
    reporting_round, form = context["round"], context["form"]
    if form and not form.is_valid():
        yield _failure(_("What was corrected is not filled in well: see below."))
        yield render_to_string(
            "admin/reports/publish/_form.html", {**context, "is_ready": True}, request
        )
        return
    try:
        edition = yield from _steps(request, reporting_round, form)
    except Exception as error:
        yield _failure(_said(error, reporting_round))
    else:
        reporting_round.refresh_from_db()
        yield render_to_string(
            "admin/reports/publish/_done.html",
            {
                "edition": edition,
                "round": reporting_round,
                "letter": letter_page.offer(reporting_round, request.user),
            },
        )
        return
    yield render_to_string(
        "admin/reports/publish/_form.html", {**context, "is_ready": True, "again": True}, request
    )


def _steps(request, reporting_round, form):
    note = form.cleaned_data["note"] if form else ""
    values = {"reporting_round": reporting_round, "by": request.user}
    document: ReportDocument = services.document_to_publish(**values, note=note)
    files: list[WrittenFile] = []
    for file in formats.write_all(document):
        files.append(file)
        yield _line(file)
    return services.publish(**values, document=document, files=files)


def _line(file, reporting_round=None):
    """That a file has been written; with a round, also the way to look at it."""
    address = reporting_round and f"{address_of(reporting_round, 'concept')}?format={file.format}"
    return render_to_string(
        "admin/reports/publish/_written.html", {"file": file, "address": address}
    )


def _said(error: Exception, reporting_round) -> str:
    """Why it stops. The head of the page has been sent: whoever waits must be told in its body."""
    if isinstance(error, Refused | ReportError):
        return str(error)
    logger.exception("The report on %s was not written or published", reporting_round.year)
    why = f"{type(error).__name__}, {error}".removesuffix(", ")
    return _("Something went wrong that should not: %s.") % why


def _failure(sentence):
    return render_to_string("admin/reports/publish/_failure.html", {"sentence": sentence})


def _offers(label):
    """Offers a page of every round that has been opened and is not published yet."""

    def offer(reporting_round, _user) -> Offer | None:
        is_in_preparation = reporting_round.stage == reporting_round.Stage.PREPARING
        return None if is_in_preparation or reporting_round.is_published else Offer(label)

    return offer


PAGES = (
    Page("publish", publish, _offers(gettext_lazy("Check and publish the report"))),
    Page("concept", concept, _offers(gettext_lazy("View the report as a draft"))),
)
