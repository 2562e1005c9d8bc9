"""The styles of an office file that hide what has them, or strike it through as a whole.

A style says so itself, or the one that it is based on does.
"""

from xml.etree.ElementTree import Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"

# What each style says itself (None: nothing), and the name of the one that it is based on.
_Styles = dict[str, tuple[bool | None, str | None]]


def is_on(switch: Element | None) -> bool | None:
    """What a switch of Word says, such as `w:vanish`; None if it is not there."""
    return None if switch is None else switch.get(f"{_W}val", "1") not in ("0", "false", "off")


def hidden_docx_styles(styles: Element) -> set[str]:
    """The ids of the styles of words and paragraphs in the `styles.xml` of a DOCX."""
    found: _Styles = {}
    for style in styles.iter(f"{_W}style"):
        based_on = style.find(f"{_W}basedOn")
        found[style.get(f"{_W}styleId", "")] = (
            is_on(style.find(f"{_W}rPr/{_W}vanish")),
            None if based_on is None else based_on.get(f"{_W}val"),
        )
    return _that_say_so(found)


def hidden_odt_styles(*parts: Element, family: str) -> set[str]:
    """The names of the styles of a family ("text" or "paragraph") in parts of an ODT."""
    found: _Styles = {}
    for part in parts:
        for style in part.iter(f"{_STYLE}style"):
            if style.get(f"{_STYLE}family") == family:
                says = _says(style.find(f"{_STYLE}text-properties"), family)
                name = style.get(f"{_STYLE}name", "")
                found[name] = (says, style.get(f"{_STYLE}parent-style-name"))
    return _that_say_so(found)


def _says(properties: Element | None, family: str) -> bool | None:
    if properties is None:
        return None
    display = properties.get(f"{_TEXT}display")
    # Of words pandoc says itself that they are struck through; of a whole paragraph it does not.
    line = properties.get(f"{_STYLE}text-line-through-style") if family == "paragraph" else None
    if display is None and line is None:
        return None
    return display == "none" or line not in (None, "none")


def _that_say_so(styles: _Styles) -> set[str]:
    def says_so(name):
        passed = set()
        while name in styles and name not in passed:
            passed.add(name)
            says, name = styles[name]
            if says is not None:
                return says
        return False

    return set(filter(says_so, styles))
