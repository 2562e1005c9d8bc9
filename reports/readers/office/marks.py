"""Puts marks into the text of an office file, for what pandoc does not hand over.

pandoc reads Word's and LibreOffice's XML for us, but it drops the language of a phrase, moves
spaces out of bold and italic text, and in DOCX loses which paragraph belongs to which item of a
list. So before it reads, we write these down in the text itself, in characters that no text has:
the last ones of the last private plane of Unicode. `rich.py` takes them out again.
"""

import re
import zipfile
from collections.abc import Callable
from functools import partial
from io import BytesIO
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from actions.richtext.tree import LANGUAGES
from reports.readers.office.hidden import hidden_docx_styles, hidden_odt_styles
from reports.readers.office.unfold import unfold_docx, unfold_odt

SPACE = "\U0010fff0"
# At both ends of what is said of a paragraph: its level, list and kind, where it stands in a list.
PARAGRAPH = "\U0010fff1"
# Before each piece of text, its language: no language first, then those of LANGUAGES.
_FIRST_LANGUAGE = 0x10FFE0
LANGUAGE_MARKS = {
    chr(_FIRST_LANGUAGE + at): language for at, language in enumerate(("", *LANGUAGES))
}
_MARK_OF = {language: mark for mark, language in LANGUAGE_MARKS.items()}
_OURS = re.compile("[\U0010ffe0-\U0010ffff]")

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
# pandoc knows the parts of Word's XML by the prefixes that Word gives them.
_PREFIXES = {
    "w": _W.strip("{}"),
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "v": "urn:schemas-microsoft-com:vml",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
}
for prefix, address in _PREFIXES.items():
    ElementTree.register_namespace(prefix, address)
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def _tree(content: bytes) -> Element:
    """Office files declare no entities: what does has been made to do harm."""
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise ElementTree.ParseError("DOCTYPE")
    return ElementTree.fromstring(content)  # noqa: S314 nothing can be expanded


def _rewritten(data: bytes, part: Callable[[str], Callable[[Element], None] | None]) -> bytes:
    """The zip with the XML of some of its parts changed. `part` gives what changes a part."""
    file = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(file, "w") as new:
        for entry in old.infolist():
            content = old.read(entry)
            if change := part(entry.filename):
                root = _tree(content)
                change(root)
                content = ElementTree.tostring(root, encoding="utf-8")
            new.writestr(entry.filename, content)
    return file.getvalue()


def _marked(text: str, language: str) -> str:
    return _MARK_OF[language] + _OURS.sub("", text).replace(" ", SPACE)


def _language(code: str | None) -> str:
    base = (code or "").partition("-")[0].casefold()
    return base if base in LANGUAGES else ""


# --- DOCX --------------------------------------------------------------------


def mark_docx(data: bytes) -> bytes:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        names = set(archive.namelist())
        numbering, styles = (
            _tree(archive.read(name)) if name in names else Element("none")
            for name in ("word/numbering.xml", "word/styles.xml")
        )
    lists, hidden = _Lists(numbering, styles), hidden_docx_styles(styles)
    default = styles.find(f"{_W}docDefaults/{_W}rPrDefault/{_W}rPr/{_W}lang")
    # Word marks what is typed with the language of the keyboard. In a document that is not Dutch to
    # begin with, that says nothing about the text.
    is_dutch = default is not None and _value(default).casefold().startswith("nl")

    def mark(root):
        unfold_docx(root, hidden)
        for run in root.iter(f"{_W}r"):
            code = run.find(f"{_W}rPr/{_W}lang")
            language = _language(_value(code)) if is_dutch and code is not None else ""
            for text in run.iter(f"{_W}t"):
                words = text.text or ""
                kept = words if text.get(_XML_SPACE) == "preserve" else words.strip()
                text.text = _marked(kept, language)
                text.set(_XML_SPACE, "preserve")
        for paragraph in root.iter(f"{_W}p"):
            lists.mark(paragraph)

    texts = re.compile(r"word/(?:document|footnotes|endnotes)\d*\.xml")
    return _rewritten(data, lambda name: mark if texts.fullmatch(name) else None)


def _value(element: Element | None) -> str:
    return element.get(f"{_W}val", "") if element is not None else ""


class _Lists:
    """Knows which paragraphs of a DOCX stand in which list, and says so at their beginning.

    It takes them out of their lists then, so that pandoc does not make lists of them too.
    """

    def __init__(self, numbering: Element, styles: Element):
        self.of_style = {
            style.get(f"{_W}styleId", ""): found
            for style in styles.iter(f"{_W}style")
            if (found := style.find(f"{_W}pPr/{_W}numPr")) is not None
        }
        abstract = {
            each.get(f"{_W}abstractNumId"): _kinds(each)
            for each in numbering.iter(f"{_W}abstractNum")
        }
        # A list looks like its abstract one, but for the levels that it makes otherwise.
        self.kinds = {
            each.get(f"{_W}numId"): abstract.get(_value(each.find(f"{_W}abstractNumId")), {})
            | _kinds(each)
            for each in numbering.iter(f"{_W}num")
        }

    def mark(self, paragraph: Element) -> None:
        properties = paragraph.find(f"{_W}pPr")
        said = ""
        if properties is not None:
            own = properties.find(f"{_W}numPr")
            styled = self.of_style.get(_value(properties.find(f"{_W}pStyle")))
            number, level = self._place(own, styled)
            if own is not None:
                properties.remove(own)
            if number in self.kinds:
                properties.append(_out_of_list())
                said = f"{level},{number},{self.kinds[number].get(level, 'bullet')}"
        run = Element(f"{_W}r")
        text = Element(f"{_W}t", {_XML_SPACE: "preserve"})
        text.text = f"{PARAGRAPH}{said}{PARAGRAPH}"
        run.append(text)
        paragraph.insert(0 if properties is None else 1, run)

    @staticmethod
    def _place(own: Element | None, styled: Element | None) -> tuple[str, str]:
        """The list and the level of a paragraph: its own, or those of its style."""
        places = [place for place in (own, styled) if place is not None]

        def first(name):
            values = (_value(place.find(f"{_W}{name}")) for place in places)
            return next(filter(None, values), "")

        return first("numId"), first("ilvl") or "0"


def _kinds(element: Element) -> dict[str | None, str]:
    return {level.get(f"{_W}ilvl"): _kind(level) for level in element.iter(f"{_W}lvl")}


def _kind(level: Element) -> str:
    """Whether a level of a list has numbers, bullets, or nothing: that is more of the same item."""
    form = _value(level.find(f"{_W}numFmt"))
    if form == "none" or not _value(level.find(f"{_W}lvlText")).strip():
        return "more"
    return "bullet" if form == "bullet" else "number"


def _out_of_list() -> Element:
    place = Element(f"{_W}numPr")
    place.append(Element(f"{_W}numId", {f"{_W}val": "0"}))
    return place


# --- ODT ---------------------------------------------------------------------


def mark_odt(data: bytes) -> bytes:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        styles = _tree(archive.read("styles.xml"))
    parts = {"content.xml": partial(_mark_odt_content, styles), "styles.xml": _not_underlined}
    return _rewritten(data, parts.get)


def _not_underlined(root: Element) -> None:
    """pandoc takes underlined text, which a link is, for emphasised text."""
    for properties in root.iter(f"{_STYLE}text-properties"):
        properties.attrib.pop(f"{_STYLE}text-underline-style", None)


def _mark_odt_content(styles: Element, root: Element) -> None:
    words, paragraphs = (
        hidden_odt_styles(styles, root, family=family) for family in ("text", "paragraph")
    )
    unfold_odt(root, words, paragraphs)
    _not_underlined(root)
    languages = {
        style.get(f"{_STYLE}name"): code
        for style in root.iterfind(f"{_OFFICE}automatic-styles/{_STYLE}style")
        if (properties := style.find(f"{_STYLE}text-properties")) is not None
        and (code := properties.get(f"{_FO}language"))
    }

    def mark(element, language):
        """Mark the text within an element of a paragraph."""
        code = languages.get(element.get(f"{_TEXT}style-name"))
        language = _language(code) if code else language
        if element.tag == f"{_TEXT}s":
            element.tag = f"{_TEXT}span"
            element.text = _marked(" ", language)
        elif element.text:
            element.text = _marked(_single_spaced(element.text), language)
        for child in element:
            if child.tag != f"{_TEXT}note":  # it has paragraphs of its own
                mark(child, language)
            if child.tail:
                child.tail = _marked(_single_spaced(child.tail), language)

    for name in ("p", "h"):
        for paragraph in root.iter(f"{_TEXT}{name}"):
            mark(paragraph, "")


def _single_spaced(text: str) -> str:
    return re.sub(r"[ \t\r\n]+", " ", text)
