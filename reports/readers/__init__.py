"""Readers: each makes a document out of one kind of file; `read` finds out which kind a file is."""

from reports.document import ReportDocument
from reports.readers import json_file, office, published_text
from reports.readers.office.margin import Margin, margin_of
from reports.readers.upload import Kind, inspect

_READERS = {
    Kind.DOCX: office.read,
    Kind.ODT: office.read,
    Kind.JSON: json_file.read,
    Kind.TEXT: published_text.read,
}


def read(data: bytes) -> ReportDocument:
    """The report in a file that somebody brings. A ReportError says why it is refused."""
    document, _margin = read_with_margin(data)
    return document


def read_with_margin(data: bytes) -> tuple[ReportDocument, Margin]:
    """The report, and what stands beside its text."""
    upload = inspect(data)
    document = _READERS[upload.kind](upload.data)
    is_office = upload.kind in (Kind.DOCX, Kind.ODT)
    return document, margin_of(upload.data) if is_office else Margin()
