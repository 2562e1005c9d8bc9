"""What the tests of DOCX and ODT share."""

import zipfile
from dataclasses import replace
from io import BytesIO

import pytest

from reports.document import ReportDocument
from reports.writers import office as writer
from tests.reports.documents import everything

WRITERS = {"docx": writer.write_docx, "odt": writer.write_odt}
in_both_formats = pytest.mark.parametrize("write", WRITERS.values(), ids=WRITERS)


def edited(data, name, old, new):
    """A file in which a person changed some words."""
    file = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as before, zipfile.ZipFile(file, "w") as after:
        for entry in before.infolist():
            content = before.read(entry)
            if entry.filename == name:
                assert old.encode() in content
                content = content.replace(old.encode(), new.encode(), 1)
            after.writestr(entry, content)
    return file.getvalue()


def with_explanation(explanation) -> ReportDocument:
    document = everything()
    pillar = document.pillars[0]
    theme = pillar.themes[0]
    rows = (replace(theme.rows[0], explanation=explanation), theme.rows[1])
    pillar = replace(pillar, themes=(replace(theme, rows=rows),))
    return replace(document, pillars=(pillar, *document.pillars[1:]))


def first_row(document):
    return next(document.rows())
