"""Writes a report as DOCX or ODT, for those who edit it in Word or LibreOffice.

pandoc makes the file: the document becomes its tree (`tree.py`), the styles, the page and its head
and foot come from a reference document (`reference.py`), and `finish.py` adds what pandoc lacks.
What is written here is read back by `reports.readers.office`.
"""

import tempfile
from pathlib import Path

from reports import pandoc
from reports.document import ReportDocument
from reports.printed import CONCEPT
from reports.writers.office import contents, finish
from reports.writers.office.reference import reference
from reports.writers.office.tree import blocks_of


def write_docx(document: ReportDocument) -> bytes:
    return finish.docx(_written(document, "docx", contents.docx), document)


def write_odt(document: ReportDocument) -> bytes:
    return finish.odt(_written(document, "odt", contents.odt), document)


def _written(document: ReportDocument, format_name: str, contents_of) -> bytes:
    header = CONCEPT if document.is_concept else ""
    footer = f"{document.title} – {document.year}"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"reference.{format_name}")
        path.write_bytes(reference(format_name, header=header, footer=footer))
        return pandoc.write(
            blocks_of(document, contents_of),
            f"--to={format_name}",
            f"--reference-doc={path}",
            language="nl-NL",
        )
