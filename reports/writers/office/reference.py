"""The reference documents: `docx/` and `odt/`, zipped, with the head and foot of a page filled in.

They hold the styles, the landscape page, Dutch as the language and hyphenation. A letter has a page
and styles of its own, which stand in `letter/` and take the place of those of the report.
"""

import zipfile
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape

from actions.richtext.html import clean_text

_HERE = Path(__file__).parent
LETTER = _HERE / "letter"
# An ODT begins with it, uncompressed.
_MIME_TYPE = "mimetype"


def reference(format_name: str, *, header: str, footer: str, own: Path | None = None) -> bytes:
    """The reference document of a format. `own` holds the parts that are not those of a report."""
    parts = _parts(_HERE / format_name) | (_parts(own / format_name) if own else {})
    words = {"$header": header, "$footer": footer}
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for part in sorted(parts, key=lambda part: (part != _MIME_TYPE, part)):
            text = parts[part].read_text(encoding="utf-8")
            for name, value in words.items():
                text = text.replace(name, escape(clean_text(value)))
            archive.writestr(part, text)
    return file.getvalue()


def _parts(folder: Path) -> dict[str, Path]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path for path in files}
