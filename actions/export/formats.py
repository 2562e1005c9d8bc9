"""The formats of an export, and where they are offered."""

from collections.abc import Iterator

from django.db import models
from django.utils.translation import gettext_lazy as _

from actions.export.selection import query_string


class Format(models.TextChoices):
    XLSX = "xlsx", "Excel (XLSX)"
    ODS = "ods", "OpenDocument (ODS)"
    CSV = "csv", "CSV"
    JSON = "json", "JSON"


MEDIA_TYPES = {
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.ODS: "application/vnd.oasis.opendocument.spreadsheet",
    Format.CSV: "text/csv; charset=utf-8",
    Format.JSON: "application/json",
}


def offered(list_address: str, query: list[tuple[str, str]]) -> Iterator[dict[str, str]]:
    """The files of a selection for its page: the name and the address of each."""

    def file(name, label, **more):
        address = f"{list_address}export.{name}{query_string([*query, *more.items()])}"
        return {"label": label, "address": address, "media_type": MEDIA_TYPES[name]}

    yield file(Format.XLSX, Format.XLSX.label)
    yield file(Format.ODS, Format.ODS.label)
    yield file(Format.CSV, str(_("CSV with commas")))
    yield file(Format.CSV, str(_("CSV with semicolons")), scheidingsteken="puntkomma")
    yield file(Format.JSON, str(_("JSON, for programs")))
