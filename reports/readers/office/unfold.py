"""Brings text out of where pandoc does not look, before the file is marked and read.

pandoc passes over text boxes (and in a DOCX over the paragraph around one), over the fields and
wrappers of Word and LibreOffice that it does not know, and in an ODT over tables, sections and
headings in a cell. What a person reads in the file would be missing then, and nobody would be told.
It reads what is hidden, which a person does not see and did not mean to hand in: that is taken out.
"""

from collections.abc import Callable, Iterator
from xml.etree.ElementTree import Element

from reports.readers.office.hidden import is_on

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_LOEXT = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"

_DRAWINGS = {f"{_MC}AlternateContent", *(f"{_W}{name}" for name in ("drawing", "pict", "object"))}
# What a tracked change took away: a text box in it too.
_DELETED = {f"{_W}del", f"{_W}moveFrom"}

_Lift = Callable[[Element], Iterator[list[Element]]]


def unfold_docx(root: Element, hidden: set[str]) -> None:
    """`hidden` are the styles of words and paragraphs that nobody sees."""
    _unwrap(root, {f"{_W}{name}" for name in ("customXml", "fldSimple", "dir", "bdo")})
    # Before a text box is taken out of it, which is hidden with it.
    for paragraph in root.iter(f"{_W}p"):
        of_paragraph = _style(paragraph, "pPr", "pStyle")
        for run in paragraph.iter(f"{_W}r"):
            is_hidden = is_on(run.find(f"{_W}rPr/{_W}vanish"))
            if is_hidden is None:
                is_hidden = bool({of_paragraph, _style(run, "rPr", "rStyle")} & hidden)
            if is_hidden:
                run[:] = []
    _put_behind(root, {f"{_W}p"}, _lifted_from_docx)
    for run in root.iter(f"{_W}r"):
        for child in run:
            # Word's other way to end a line, which pandoc does not know.
            if child.tag == f"{_W}cr":
                child.tag = f"{_W}br"
    for properties in root.iter(f"{_W}rPr"):
        if is_on(twice := properties.find(f"{_W}dstrike")):
            for once in properties.findall(f"{_W}strike"):
                properties.remove(once)
            twice.tag = f"{_W}strike"


def _style(element: Element, properties: str, name: str) -> str:
    style = element.find(f"{_W}{properties}/{_W}{name}")
    return "" if style is None else style.get(f"{_W}val", "")


_ODT_WRAPPERS = {
    *(f"{_TEXT}{name}" for name in ("section", "numbered-paragraph")),
    *(f"{_TABLE}{name}" for name in ("table-rows", "table-row-group")),
}


def unfold_odt(root: Element, words: set[str], paragraphs: set[str]) -> None:
    """`words` and `paragraphs` are the styles of these that nobody sees, or that are struck."""
    _unwrap(root, _ODT_WRAPPERS)
    _put_behind(root, {f"{_TEXT}p", f"{_TEXT}h"}, _lifted_from_odt)
    for cell in root.iter(f"{_TABLE}table-cell"):
        cell[:] = list(_as_paragraphs(cell))
        for heading in cell.iter(f"{_TEXT}h"):
            heading.tag = f"{_TEXT}p"
    for name in ("p", "h"):
        for paragraph in root.iter(f"{_TEXT}{name}"):
            if paragraph.get(f"{_TEXT}style-name") in paragraphs:
                _empty(paragraph)
            _name_spans(paragraph, words)


def _unwrap(parent: Element, tags: set[str]) -> None:
    """Put the content of such elements in their place."""
    unwrapped = []
    for child in parent:
        if _is_hidden_section(child):
            continue
        _unwrap(child, tags)
        unwrapped += child if child.tag in tags else [child]
    parent[:] = unwrapped


def _is_hidden_section(element: Element) -> bool:
    return element.tag == f"{_TEXT}section" and (
        element.get(f"{_TEXT}display") == "none" or element.get(f"{_TEXT}is-hidden") == "true"
    )


def _put_behind(parent: Element, paragraphs: set[str], lifted: _Lift) -> None:
    """Put the paragraphs of a text box behind the paragraph in which it stands."""
    children = []
    for child in parent:
        _put_behind(child, paragraphs, lifted)
        children.append(child)
        if child.tag in paragraphs:
            for texts in lifted(child):
                children += texts
    parent[:] = children


def _lifted_from_docx(element: Element) -> Iterator[list[Element]]:
    """Take out the drawings in which there are text boxes."""
    for child in list(element):
        if child.tag in _DELETED:
            continue
        if child.tag not in _DRAWINGS:
            yield from _lifted_from_docx(child)
        elif boxes := _boxes(child):
            element.remove(child)
            yield from map(list, boxes)


def _boxes(drawing: Element) -> list[Element]:
    """The text boxes, each of which Word writes twice, for its older versions too."""
    found: list[Element] = []
    for child in drawing:
        if child.tag == f"{_W}txbxContent":
            found.append(child)
        elif not (found and child.tag == f"{_MC}Fallback"):
            found += _boxes(child)
    return found


def _lifted_from_odt(element: Element) -> Iterator[list[Element]]:
    """Empty the text boxes, and the shapes with a text in them."""
    for child in list(element):
        texts = [each for each in child if each.tag.startswith((_TEXT, _TABLE))]
        if child.tag.startswith(_DRAW) and texts:
            child[:] = []
            yield texts
        elif child.tag != f"{_TEXT}note":
            yield from _lifted_from_odt(child)


def _as_paragraphs(cell: Element) -> Iterator[Element]:
    """The content of a cell, with that of a table or text box in it in its place."""
    for child in cell:
        if child.tag == f"{_TABLE}table":
            for inner in child.iter(f"{_TABLE}table-cell"):
                yield from (each for each in inner if each.tag != f"{_TABLE}table")
        elif child.tag.startswith(_DRAW):
            for texts in _lifted_from_odt([child]):
                yield from texts
        else:
            yield child


# What pandoc reads by itself, and what nobody sees.
_READ = {
    f"{_TEXT}{name}"
    for name in (
        *("span", "a", "s", "tab", "line-break", "note", "bookmark-ref", "reference-ref"),
        *("bookmark", "bookmark-start", "bookmark-end", "reference-mark", "reference-mark-start"),
        *("reference-mark-end", "sequence", "soft-page-break", "p", "h", "list", "list-item"),
    )
}
_UNSEEN = {f"{_TEXT}{name}" for name in ("ruby-text", "script", "hidden-text", "hidden-paragraph")}


def _empty(element: Element) -> None:
    element.text = None
    element[:] = []


def _name_spans(element: Element, hidden: set[str]) -> None:
    """Make fields and wrappers ordinary text: what they show."""
    for child in element:
        is_unseen = child.tag in _UNSEEN or child.get(f"{_TEXT}display") == "none"
        if is_unseen or child.get(f"{_TEXT}style-name") in hidden:
            _empty(child)
        elif child.tag != f"{_TEXT}note":  # it has paragraphs of its own
            is_text = child.tag.startswith((_TEXT, f"{_LOEXT}content-control"))
            if is_text and child.tag not in _READ:
                child.tag = f"{_TEXT}span"
            _name_spans(child, hidden)
