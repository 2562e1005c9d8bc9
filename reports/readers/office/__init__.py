"""Reads a report from DOCX or ODT: our own file, also as edited in Word or LibreOffice, or another
document with the tables of a report.

`unfold.py` brings out text where pandoc does not look and takes out what is hidden (`hidden.py`),
`marks.py` writes into the file what pandoc would lose, pandoc makes a tree of it, and
`structure.py` and `rich.py` find the report in that. `margin.py` tells what stands beside the text.
"""

import zipfile
import zlib
from io import BytesIO
from xml.etree.ElementTree import ParseError

from django.utils.translation import gettext as _

from reports import pandoc
from reports.document import ReportDocument
from reports.errors import ReportError
from reports.readers.office.marks import mark_docx, mark_odt
from reports.readers.office.structure import document_of

# What reading a damaged zip, or the damaged XML in one, can raise.
_DAMAGED = (
    *(zipfile.BadZipFile, zlib.error, ParseError),
    *(EOFError, KeyError, ValueError, RuntimeError, NotImplementedError, OSError, OverflowError),
)
# The names of a DOCX that Word saves as "Strict Open XML Document", which pandoc does not read.
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"


def read(data: bytes) -> ReportDocument:
    """The document in a DOCX or ODT. A ReportError says what is wrong with another file."""
    try:
        name = _format(data)
        marked = mark_docx(data) if name == "docx" else mark_odt(data)
    except _DAMAGED:
        raise ReportError(
            _("The file is damaged. Open it in Word or LibreOffice and save it again.")
        ) from None
    return document_of(pandoc.read(marked, name))


def _format(data: bytes) -> str:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        names = archive.namelist()
        if "word/document.xml" in names and _STRICT in archive.read("word/document.xml"):
            raise ReportError(
                _(
                    "The file is of the kind “Strict Open XML”. Save it as an ordinary Word "
                    "document (.docx)."
                )
            )
    if "word/document.xml" in names or "word/document2.xml" in names:
        return "docx"
    if "content.xml" in names and "styles.xml" in names:
        return "odt"
    raise ReportError(_("The file is neither a Word document (DOCX) nor an ODT text."))
