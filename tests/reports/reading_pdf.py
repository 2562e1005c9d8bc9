"""Reads our files as a person hears them, for tests: the text of a PDF in the order of its tags."""

import io
import re
from collections import defaultdict
from dataclasses import dataclass

import pikepdf

# Elements that begin a line of their own.
_LINES = {"/H1", "/H2", "/Title", "/P", "/TH", "/TD", "/LI", "/L", "/TOCI", "/Note", "/Div"}
# Soft hyphens where a word was parted, and the joiners that Typst sets in a table of contents.
_INVISIBLE = re.compile("[\u00ad\u2060]")


def text_of(pdf: bytes) -> str:
    """What assistive technology reads of a PDF, a line per paragraph, heading, item or cell.

    Words that were parted at the end of a line are whole again. What is no part of the structure,
    such as page headers and watermarks, is not in it.
    """
    with opened(pdf) as file:
        marked = {page.objgen: _marked_texts(page) for page in file.pages}
        text = "".join(_texts(file.Root.StructTreeRoot.K, None, marked))
    lines = (re.sub(r"\s+", " ", line).strip() for line in _INVISIBLE.sub("", text).split("\n"))
    return "\n".join(line for line in lines if line)


def opened(pdf: bytes) -> pikepdf.Pdf:
    """The file, to look into. What one takes out of it lives no longer than it does."""
    return pikepdf.open(io.BytesIO(pdf))


def theme_rows(file: pikepdf.Pdf, count: int) -> list[pikepdf.Dictionary]:
    """The first rows of the tables of a report: those of its action points."""
    return [each for body in elements_of(file, "/TBody") for each in body.K][:count]


def decoration_of(pdf: bytes) -> list[str]:
    """What each page of a PDF shows and assistive technology passes over, such as its footer."""
    with opened(pdf) as file:
        return [_marked_texts(page)[None] for page in file.pages]


def elements_of(file: pikepdf.Pdf, *kinds: str) -> list[pikepdf.Dictionary]:
    """The elements of these kinds in the structure of a PDF, in its order."""
    return [each for each in _elements(file.Root.StructTreeRoot.K) if str(each.S) in kinds]


def pages_of(element: pikepdf.Dictionary, file: pikepdf.Pdf) -> set[int]:
    """The numbers of the pages on which an element has something, the first page being 1."""
    numbers = {page.objgen: nth for nth, page in enumerate(file.pages, 1)}
    return {numbers[page.objgen] for page, _number in marked_parts(element)}


def _elements(node):
    if isinstance(node, pikepdf.Array):
        for kid in node:
            yield from _elements(kid)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        yield node
        yield from _elements(node.get("/K", pikepdf.Array()))


def marked_parts(node, page=None):
    """The page and the number of each marked part of an element, but for its footnotes."""
    if isinstance(node, pikepdf.Array):
        for kid in node:
            yield from marked_parts(kid, page)
    elif isinstance(node, int):
        yield page, node
    else:
        page = node.get("/Pg", page)
        if "/MCID" in node:
            yield page, int(node.MCID)
        elif "/K" in node and node.get("/S") != "/Note":
            yield from marked_parts(node.K, page)


def _texts(node, page, marked):
    """The texts below a node of the structure, in its order."""
    if isinstance(node, pikepdf.Array):
        for kid in node:
            yield from _texts(kid, page, marked)
    elif isinstance(node, int):
        yield marked[page.objgen].get(node, "")
    else:
        page = node.get("/Pg", page)
        if "/MCID" in node:
            yield marked[page.objgen].get(int(node.MCID), "")
        elif "/Alt" in node:
            yield f"\n{node.Alt}\n"
        elif "/K" in node:
            kind = str(node.S)
            yield "\n" if kind in _LINES else ""
            yield from _texts(node.K, page, marked)
            yield "\n" if kind in _LINES else " " if kind == "/Lbl" else ""


def _marked_texts(page) -> dict[int, str]:
    """The text of each marked part of a page by its number."""
    fonts = {
        name: characters_of(font)
        for name, font in page.get("/Resources", {}).get("/Font", {}).items()
    }
    parts, font = [_Part()], {}
    texts: dict[int, str] = defaultdict(str)
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "BMC" | "BDC":
                parts.append(parts[-1].within(operands[1:]))
                texts[parts[-1].number] += parts[-1].instead
            case "EMC":
                parts.pop()
            case "Tf":
                font = fonts[str(operands[0])]
            case "Tj" | "TJ" if parts[-1].says_glyphs:
                texts[parts[-1].number] += shown(operands[0], font)
    return texts


@dataclass(frozen=True)
class _Part:
    """A marked part of a page, which may say by itself what its glyphs stand for."""

    number: int | None = None
    instead: str = ""
    says_glyphs: bool = True

    def within(self, operands):
        """A part inside this one."""
        properties = operands[0] if operands else pikepdf.Dictionary()
        if isinstance(properties, pikepdf.Name):
            return self
        number = int(properties.MCID) if "/MCID" in properties else self.number
        if "/ActualText" in properties:
            return _Part(number, str(properties.ActualText), says_glyphs=False)
        return _Part(number, says_glyphs=self.says_glyphs)


def shown(operand, font) -> str:
    strings = operand if isinstance(operand, pikepdf.Array) else [operand]
    codes = b"".join(bytes(each) for each in strings if isinstance(each, pikepdf.String))
    return "".join(font[codes[at : at + 2]] for at in range(0, len(codes), 2))


def characters_of(font) -> dict[bytes, str]:
    """What each glyph of a font of two bytes per glyph stands for."""
    table = font.ToUnicode.read_bytes().decode("latin-1")
    characters = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        for code, text in re.findall(r"<(\w+)>\s*<(\w+)>", block):
            characters[bytes.fromhex(code)] = bytes.fromhex(text).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", table, re.DOTALL):
        for first, last, text in re.findall(r"<(\w+)>\s*<(\w+)>\s*<(\w+)>", block):
            start = int(text, 16)
            for nth, code in enumerate(range(int(first, 16), int(last, 16) + 1)):
                characters[code.to_bytes(2)] = chr(start + nth)
    return characters
