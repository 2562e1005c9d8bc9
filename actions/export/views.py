"""The public table as files, and the page that explains them."""

from collections.abc import Callable
from tempfile import TemporaryFile

from django.http import FileResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse

from actions.export import csv_file, json_file
from actions.export.columns import COLUMNS
from actions.export.formats import MEDIA_TYPES, Format, offered
from actions.export.readme import facts_of
from actions.export.selection import Selection, query_string, selection_of
from actions.public_page import public_page
from actions.views import published_rounds


@public_page
def export_file(request, plan, export_format):
    """The selection as a file. It is written as it goes out, or in a temporary file on the disk."""
    selection = selection_of(request, published_rounds(plan))
    if request.method == "HEAD":
        response = StreamingHttpResponse()
    else:
        response = _RESPONSES[export_format](selection)
    part = "-selectie" if selection.filterset.is_active else ""
    name = f"actiepunten-{plan}-{selection.round.year}{part}.{export_format}"
    response["Content-Type"] = MEDIA_TYPES[export_format]
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Link"] = f'<{selection.about_address}>; rel="describedby"; type="text/html"'
    return response


@public_page
def export_about(request, plan):
    """What the files of a selection hold. A CSV has no place of its own to say so."""
    selection = selection_of(request, published_rounds(plan))
    list_address = reverse("actions:action_point_list", args=[plan])
    context = {
        "plan": selection.plan,
        "round": selection.round,
        "known_year": selection.round.year,
        "facts": facts_of(selection),
        "columns": COLUMNS,
        "files": offered(list_address, selection.query),
        "table_address": list_address + query_string(selection.query),
    }
    return render(request, "actions/export_about.html", context)


def _streamed_by(write: Callable) -> Callable:
    def response(selection: Selection) -> StreamingHttpResponse:
        return StreamingHttpResponse(write(selection))

    return response


def _written_by(write: Callable) -> Callable:
    def response(selection: Selection) -> FileResponse:
        file = TemporaryFile()  # noqa: SIM115 the response closes it
        write(selection, file)
        file.seek(0)
        return FileResponse(file)

    return response


def _xlsx(selection, file):
    # Imported when it is used: no other page needs it.
    from actions.export import xlsx_file

    xlsx_file.write(selection, file)


def _ods(selection, file):
    from actions.export import ods_file

    ods_file.write(selection, file)


_RESPONSES = {
    Format.XLSX: _written_by(_xlsx),
    Format.ODS: _written_by(_ods),
    Format.CSV: _streamed_by(csv_file.write),
    Format.JSON: _streamed_by(json_file.write),
}
