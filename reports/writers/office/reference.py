"""The reference documents: `docx/` and `odt/`, zipped, with the head and foot of a page filled in.

They hold the styles, the landscape page, Dutch as the language and hyphenation.
"""

import zipfile
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape

from actions.richtext.html import clean_text

_HERE = Path(__file__).parent
# An ODT begins with it, uncompressed.
_MIME_TYPE = "mimetype"


def reference(format_name: str, *, header: str, footer: str) -> bytes:
    root = _HERE / format_name
    paths = sorted(
        (path for path in root.rglob("*") if path.is_file()),
        key=lambda path: (path.name != _MIME_TYPE, path),
    )
    words = {"$header": header, "$footer": footer}
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for path in paths:
            text = path.read_text(encoding="utf-8")
            for name, value in words.items():
                text = text.replace(name, escape(clean_text(value)))
            archive.writestr(path.relative_to(root).as_posix(), text)
    return file.getvalue()
