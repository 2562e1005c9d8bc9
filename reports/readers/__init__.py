"""Readers: each makes a document out of one kind of file; `read` finds out which kind a file is."""

from reports.document import ReportDocument
from reports.readers import json_file, office, published_text
from reports.readers.upload import Kind, inspect

_READERS = {
    Kind.DOCX: office.read,
    Kind.ODT: office.read,
    Kind.JSON: json_file.read,
    Kind.TEXT: published_text.read,
}


def read(data: bytes) -> ReportDocument:
    """The report in a file that somebody brings. A ReportError says why it is refused."""
    upload = inspect(data)
    return _READERS[upload.kind](upload.data)
