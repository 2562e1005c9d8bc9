"""Writes a report as DOCX or ODT, for those who edit it in Word or LibreOffice.

pandoc makes the file: the document becomes its tree (`tree.py`), the styles, the page and its head
and foot come from a reference document (`reference.py`), and `finish.py` adds what pandoc lacks;
`files.py` puts these together. What is written here is read back by `reports.readers.office`.
"""

from reports import printed
from reports.document import ReportDocument
from reports.writers.office import contents, files
from reports.writers.office.tree import blocks_of


def write_docx(document: ReportDocument) -> bytes:
    return _written(document, "docx", contents.docx)


def write_odt(document: ReportDocument) -> bytes:
    return _written(document, "odt", contents.odt)


def _written(document: ReportDocument, format_name: str, contents_of) -> bytes:
    return files.write(
        blocks_of(document, contents_of),
        format_name,
        header=printed.CONCEPT if document.is_concept else "",
        footer=document.full_title,
        title=document.full_title,
        on=document.published_on,
        alt=printed.picture(document),
    )
