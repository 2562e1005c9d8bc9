"""The formats in which a report is published, and what writes each of them."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext as _

from reports.document import ReportDocument
from reports.errors import ReportError


class Format(models.TextChoices):
    PDF = "pdf", "PDF"
    DOCX = "docx", "Word (DOCX)"
    ODT = "odt", "OpenDocument (ODT)"
    JSON = "json", "JSON"


MEDIA_TYPES = {
    Format.PDF: "application/pdf",
    Format.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Format.ODT: "application/vnd.oasis.opendocument.text",
    Format.JSON: "application/json",
}


@dataclass(frozen=True, slots=True)
class WrittenFile:
    format: Format
    content: bytes


def write(document: ReportDocument, chosen: Format) -> bytes:
    """The document as a file. A ReportError says why it cannot be written in this format."""
    try:
        return _writer(chosen)(document)
    except ReportError as error:
        raise ReportError(
            _("The %(format)s cannot be written: %(why)s") % {"format": chosen.label, "why": error}
        ) from error


def write_all(document: ReportDocument) -> Iterator[WrittenFile]:
    """The document in every format, each as soon as it has been written."""
    for each in Format:
        yield WrittenFile(each, write(document, each))


def _writer(chosen: Format):
    # Imported when they are used: a page that only links to a file needs none of them.
    from reports.writers import json_file, office, pdf

    return {
        Format.PDF: pdf.write,
        Format.DOCX: office.write_docx,
        Format.ODT: office.write_odt,
        Format.JSON: json_file.write,
    }[chosen]
