"""The page of the cover letter of a round, and the letter as a file.

Before publication it says what the report says now, and is a concept. Then it says what the newest
edition says.
"""

from urllib.parse import urlencode

from django.http import Http404, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from actions import permissions
from actions.admin.round_page import Offer, Page
from actions.richtext.pages import PageWriter
from reports import printed
from reports.build import build
from reports.document import ReportDocument
from reports.errors import ReportError
from reports.formats import Format
from reports.letter import Letter, letter_of
from reports.models import CoverLetter
from reports.readers import json_file
from reports.views import file_response
from reports.writers import letter as writer


def cover_letter(model_admin, request, reporting_round):
    """The letter as it reads now, or as the file that is asked for.

    Whoever may write it gets the form where there is none yet.
    """
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    stored = CoverLetter.objects.filter(round=reporting_round).first()
    asked = request.GET.get("format")
    if asked is not None:
        return _file(stored, reporting_round, asked)
    may_write = permissions.is_coordinator(request.user)
    if may_write and stored is None:
        add = reverse("admin:reports_coverletter_add")
        return redirect(f"{add}?{urlencode({'round': reporting_round.pk})}")
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "title": _("Cover letter %(year)s") % {"year": reporting_round.year},
        "original": reporting_round,
        "round": reporting_round,
        "stored": stored,
        "may_write": may_write,
        "formats": [Format(each) for each in writer.FORMATS],
    }
    try:
        context |= _read(stored, reporting_round) if stored else {}
    except ReportError as error:
        context["error"] = str(error)
    return TemplateResponse(request, "admin/reports/letter/page.html", context)


def _read(stored: CoverLetter, reporting_round) -> dict:
    """The letter for the page: its text as HTML, and its footnotes."""
    letter = letter_of(stored, _document(reporting_round))
    on_page = PageWriter()
    return {
        "letter": letter,
        "printed": printed,
        "body": on_page.text(letter.body),
        "notes": on_page.take_notes(),
    }


def _file(stored: CoverLetter | None, reporting_round, asked: str):
    if stored is None or asked not in writer.FORMATS:
        raise Http404
    try:
        letter = letter_of(stored, _document(reporting_round))
        content = writer.write(letter, Format(asked))
    except ReportError as error:
        return HttpResponse(str(error), status=500, content_type="text/plain; charset=utf-8")
    return file_response(content, Format(asked), _name(letter))


def _name(letter: Letter) -> str:
    return f"concept-kamerbrief-{letter.year}" if letter.is_concept else f"kamerbrief-{letter.year}"


def _document(reporting_round) -> ReportDocument:
    """The report that the letter goes with: as it was published, or else as it is now."""
    edition = reporting_round.editions.first() if reporting_round.is_published else None
    return json_file.from_data(edition.document) if edition else build(reporting_round)


def offer(reporting_round, user) -> Offer:
    """A report that has been published goes to parliament, and that takes a letter."""
    may_write = reporting_round.is_published and permissions.is_coordinator(user)
    if may_write and not CoverLetter.objects.filter(round=reporting_round).exists():
        return Offer(_("Write the letter to parliament"), is_next=True)
    return Offer(_("Cover letter"))


PAGE = Page("letter", cover_letter, offer)
