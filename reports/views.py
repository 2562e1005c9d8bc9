"""The public pages of the yearly reports: the list of them, each edition as a page, and its files.

They show what was frozen when an edition was published, and nothing else.
"""

from functools import lru_cache
from itertools import zip_longest

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from actions.prepared import PreparedQuery
from actions.public_page import FRESH, public_page, unchanged
from actions.views import published_rounds
from reports import pages
from reports.formats import MEDIA_TYPES, Format
from reports.models import Edition, EditionFile
from reports.readers import json_file

# In seconds. The newest edition may be replaced; one that is named by its number never changes.
FOREVER = 31_536_000
# How many files a process keeps in memory: those of two editions, of some hundreds of kB each.
KEPT_FILES = 8


@public_page
def report_list(request, plan):
    rounds = published_rounds(plan)
    editions = {}
    for edition in Edition.objects.of_plan(plan).with_files().defer("document"):
        editions.setdefault(edition.round_id, []).append(edition)
    context = {
        "plan": rounds[0].plan,
        "reports": [
            (each, editions[each.pk], (previous.year, each.year) if previous else None)
            for each, previous in zip_longest(rounds, rounds[1:])
            if each.pk in editions
        ],
    }
    return render(request, "reports/report_list.html", context)


@public_page
def report_detail(request, plan, year, number=None):
    """The newest edition of a report, or the one of this number."""
    editions = list(
        Edition.objects.of_plan(plan)
        .filter(round__year=year)
        .with_files()
        .select_related("round__plan")
        .defer("document")
    )
    edition = next((each for each in editions if number in (None, each.number)), None)
    if edition is None:
        raise Http404
    return report_response(
        request,
        json_file.from_data(edition.document),
        plan=edition.round.plan,
        edition=edition,
        editions=editions,
        newest=editions[0],
    )


def report_response(request, document, *, plan, **context):
    """A report as a page: an edition of it, or a concept."""
    context |= {
        "plan": plan,
        "document": document,
        "report": pages.write(document),
        # The report says how a point stands in words; these give each word its colour and icon.
        "statuses": {"": pages.NO_STATUS_YET, **{each.label: each for each in document.labels}},
        "list_address": reverse("actions:action_point_list", args=[plan.slug]),
    }
    return render(request, "reports/report_detail.html", context)


@require_safe
def report_file(request, plan, year, of_year, file_format, number=None):
    """A file as it was published: of the newest edition, or of the one of this number."""
    if of_year != year:
        raise Http404
    found = (
        _newest_file(plan, year, file_format)
        if number is None
        else _numbered_file(plan, year, file_format, number)
    )
    if not found:
        raise Http404
    [(pk, checksum)] = found
    content, published = _kept_file(pk, checksum)
    response = unchanged(request, checksum)
    if response is None:
        # Whoever saves two editions in one folder can tell them apart.
        name = f"voortgangsrapportage-{year}" + (f"-editie-{number}" if number else "")
        response = file_response(content, Format(file_format), name)
    response["ETag"], response["Last-Modified"] = f'"{checksum}"', published
    response["Cache-Control"] = (
        f"public, max-age={FRESH}" if number is None else f"public, max-age={FOREVER}, immutable"
    )
    return response


@PreparedQuery
def _newest_file(plan, year, file_format):
    return _files(plan, year, file_format).order_by("-edition__number")[:1]


@PreparedQuery
def _numbered_file(plan, year, file_format, number):
    return _files(plan, year, file_format).filter(edition__number=number).order_by()


def _files(plan, year, file_format):
    """What names a file, without its bytes: most often these are kept already."""
    return EditionFile.objects.filter(
        edition__round__plan__slug=plan, edition__round__year=year, format=file_format
    ).values_list("pk", "checksum")


@lru_cache(maxsize=KEPT_FILES)
def _kept_file(pk, _checksum):
    """The bytes of a file, which its checksum names, and when they were published, as a header.

    PostgreSQL takes longer to hand them over, as text, than all the rest of the answer takes.
    """
    [(content, at)] = _whole_file(pk)
    return bytes(content), http_date(at.timestamp())


@PreparedQuery
def _whole_file(pk):
    return EditionFile.objects.filter(pk=pk).order_by().values_list("content", "edition__at")


def file_response(content: bytes, file_format: Format, name: str):
    """A file that a browser shows itself if it can, and else saves under this name."""
    response = HttpResponse(content, content_type=MEDIA_TYPES[file_format])
    kind = "inline" if file_format in (Format.PDF, Format.JSON) else "attachment"
    response["Content-Disposition"] = f'{kind}; filename="{name}.{file_format}"'
    return response
