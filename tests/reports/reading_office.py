"""Reads the text of report files without our readers, for tests that compare formats.

Each function gives what a person meets, in order: the titles, states of play, explanations, notes
and links. How a format writes them does not count.
"""

import re
import zipfile
from dataclasses import dataclass, field
from io import BytesIO
from xml.etree import ElementTree

from reports.printed import NUMBER, SIGNS

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
XLINK = "{http://www.w3.org/1999/xlink}"

_POINT_COLUMNS = 6


@dataclass
class FileText:
    """`explanations` are bare texts without notes; `links` are addresses, those of notes last."""

    headings: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    statuses: list[str] = field(default_factory=list)
    explanations: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)


def part(data: bytes, name: str) -> ElementTree.Element:
    """The XML of one part of a DOCX or ODT."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return ElementTree.fromstring(archive.read(name))  # noqa: S314 we wrote it ourselves


def all_text(data: bytes, name: str) -> str:
    """Every word in one part of a DOCX or ODT, the paragraphs on lines of their own."""
    root = part(data, name)
    line_of = {f"{W}p": _docx_line, f"{TEXT}p": _odt_line, f"{TEXT}h": _odt_line}
    return "\n".join(line_of[each.tag](each) for each in root.iter() if each.tag in line_of)


def one_spaced(text: str) -> str:
    return " ".join(text.split())


def without_sign(text: str) -> str:
    return text.lstrip("".join(SIGNS.values())).strip()


def docx_text(data: bytes) -> FileText:
    document, notes = part(data, "word/document.xml"), part(data, "word/footnotes.xml")
    result = FileText()
    for paragraph in document.iter(f"{W}p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        if style is not None and re.fullmatch(r"Heading\d", style.get(f"{W}val")):
            result.headings.append(_docx_line(paragraph))
    for row in document.iter(f"{W}tr"):
        cells = row.findall(f"{W}tc")
        if len(cells) == _POINT_COLUMNS and row.find(f"{W}trPr/{W}tblHeader") is None:
            _take_row(result, [list(map(_docx_line, cell.iter(f"{W}p"))) for cell in cells])
    of_id = {note.get(f"{W}id"): note for note in notes}
    for mark in document.iter(f"{W}footnoteReference"):
        note = of_id[mark.get(f"{W}id")]
        result.notes.append(one_spaced(" ".join(map(_docx_line, note.iter(f"{W}p")))))
    for root, name in ((document, "document"), (notes, "footnotes")):
        targets = {
            each.get("Id"): each.get("Target") for each in part(data, f"word/_rels/{name}.xml.rels")
        }
        result.links += [
            targets[link.get(f"{R}id")]
            for link in root.iter(f"{W}hyperlink")
            if link.get(f"{R}id") in targets
        ]
    return result


def _docx_line(paragraph) -> str:
    return one_spaced(
        "".join(" " if each.tag == f"{W}br" else each.text or "" for each in _docx_words(paragraph))
    )


def _docx_words(paragraph):
    return (each for each in paragraph.iter() if each.tag in (f"{W}t", f"{W}br"))


def odt_text(data: bytes) -> FileText:
    content = part(data, "content.xml")
    result = FileText()
    result.headings = list(map(_odt_line, content.iter(f"{TEXT}h")))
    for row in content.iter(f"{TABLE}table-row"):
        cells = row.findall(f"{TABLE}table-cell")
        if len(cells) == _POINT_COLUMNS:
            lines = [
                [_odt_line(line) for line in cell.iter(f"{TEXT}p") if not _in_note(cell, line)]
                for cell in cells
            ]
            if lines[0] != ["Actiepunt"]:
                _take_row(result, lines)
    notes = [note.find(f"{TEXT}note-body") for note in content.iter(f"{TEXT}note")]
    result.notes = [
        one_spaced(" ".join(_odt_line(line) for line in note.iter(f"{TEXT}p"))) for note in notes
    ]
    in_notes = [link for note in notes for link in note.iter(f"{TEXT}a")]
    in_text = [link for link in content.iter(f"{TEXT}a") if link not in in_notes]
    addresses = [link.get(f"{XLINK}href") for link in (*in_text, *in_notes)]
    result.links = [address for address in addresses if not address.startswith("#")]
    return result


def _odt_line(element) -> str:
    def characters(element):
        is_space = element.tag in (f"{TEXT}s", f"{TEXT}line-break")
        yield " " if is_space else element.text or ""
        for child in element:
            if child.tag != f"{TEXT}note":
                yield from characters(child)
            yield child.tail or ""

    return one_spaced("".join(characters(element)))


def _in_note(cell, line) -> bool:
    return any(line in note.iter() for note in cell.iter(f"{TEXT}note"))


def _take_row(result, cells) -> None:
    """Cells as lists of lines. The first holds the number and the title."""
    result.titles.append(NUMBER.sub("", " ".join(cells[0]), count=1).strip())
    result.statuses.append(without_sign(" ".join(cells[4])))
    result.explanations.append(one_spaced(" ".join(cells[5])))
