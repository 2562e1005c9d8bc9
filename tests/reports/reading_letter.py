"""Asks for the cover letter of a round, and reads the text of its files without code of ours."""

import zipfile
from io import BytesIO

import pytest
from django.urls import reverse

from reports.formats import MEDIA_TYPES
from tests.reports.reading_office import TEXT, W, one_spaced, part

FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
in_both_formats = pytest.mark.parametrize("file_format", ["docx", "odt"])


def page_of(in_round):
    return reverse("admin:actions_reportinground_letter", args=[in_round.pk])


def file_of(client, in_round, file_format="docx"):
    """The letter as a file, as whoever is signed in gets it."""
    response = client.get(page_of(in_round), {"format": file_format})
    assert response.status_code == 200, response.content.decode()
    assert response["Content-Type"] == MEDIA_TYPES[file_format]
    return response.content


def read(data):
    """The style and text of each paragraph of a letter, whatever its format."""
    names = zipfile.ZipFile(BytesIO(data)).namelist()
    return _read_odt(data) if "content.xml" in names else _read_docx(data)


def _read_docx(data):
    return [
        (
            style.get(f"{W}val")
            if (style := paragraph.find(f"{W}pPr/{W}pStyle")) is not None
            else "",
            one_spaced(
                "".join(
                    " " if each.tag == f"{W}br" else each.text
                    for each in paragraph.iter()
                    if each.tag in (f"{W}t", f"{W}br")
                )
            ),
        )
        for paragraph in part(data, "word/document.xml").iter(f"{W}p")
    ]


def _read_odt(data):
    content = part(data, "content.xml")
    parents = {
        style.get(f"{STYLE}name"): style.get(f"{STYLE}parent-style-name")
        for style in content.iter(f"{STYLE}style")
    }
    in_notes = {line for note in content.iter(f"{TEXT}note-body") for line in note.iter(f"{TEXT}p")}
    lines = []
    for paragraph in content.iter(f"{TEXT}p"):
        if paragraph in in_notes:
            continue
        style = paragraph.get(f"{TEXT}style-name")
        style = (parents.get(style) or style).replace("_20_", "")
        lines.append((style, one_spaced("".join(_characters(paragraph)))))
    return lines


def _characters(element):
    if element.tag == f"{TEXT}note":
        return
    yield " " if element.tag in (f"{TEXT}line-break", f"{TEXT}s") else element.text or ""
    for child in element:
        yield from _characters(child)
        yield child.tail or ""


def file_text(client, in_round):
    return "\n".join(texts(file_of(client, in_round)))


def texts(data):
    return [text for _style, text in read(data)]


def of_style(data, name):
    return [text for style, text in read(data) if style == name]


def listed(data):
    """What a letter lists, with a colon behind what is a head of a list in it."""
    return [text for style, text in read(data) if style.startswith("Opsomming")]


def head_of_the_pages(data):
    names = zipfile.ZipFile(BytesIO(data)).namelist()
    if "word/header1.xml" in names:
        return "".join(each.text or "" for each in part(data, "word/header1.xml").iter(f"{W}t"))
    lines = part(data, "styles.xml").iter(f"{TEXT}p")
    return next(each.text or "" for each in lines if each.get(f"{TEXT}style-name") == "Header")
