"""A page as tests look at it: its elements in order, each with its text and what it stands in."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"area", "br", "hr", "img", "input", "link", "meta", "wbr"}


@dataclass
class Element:
    tag: str
    attributes: dict
    parents: list = field(default_factory=list, repr=False)
    text: str = ""

    def __getitem__(self, name):
        return self.attributes[name]

    def get(self, name, default=None):
        return self.attributes.get(name, default)

    @property
    def classes(self):
        return (self.get("class") or "").split()

    @property
    def language(self):
        """The language of its text: its own, or else that of what it stands in."""
        return next(
            (each["lang"] for each in [self, *reversed(self.parents)] if each.get("lang")), None
        )

    def is_in(self, other):
        return any(each is other for each in self.parents)


class Page(HTMLParser):
    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.elements = []
        self._open = []
        self.feed(html)
        for element in self.elements:
            element.text = " ".join(element.text.split())

    def handle_starttag(self, tag, attrs):
        element = Element(tag, dict(attrs), list(self._open))
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag, attrs):
        self.elements.append(Element(tag, dict(attrs), list(self._open)))

    def handle_endtag(self, tag):
        while self._open and self._open.pop().tag != tag:
            pass

    def handle_data(self, data):
        for element in self._open:
            element.text += data

    def all(self, tag=None, within=None, **attributes):
        """The elements of this tag, with these attributes, in another element."""
        attributes = {name.rstrip("_").replace("_", "-"): v for name, v in attributes.items()}
        css_class = attributes.pop("class", None)
        return [
            each
            for each in self.elements
            if tag in (None, each.tag)
            and (within is None or each.is_in(within))
            and (css_class is None or css_class in each.classes)
            and all(each.get(name) == value for name, value in attributes.items())
        ]

    def one(self, tag=None, within=None, **attributes):
        found = self.all(tag, within, **attributes)
        assert len(found) == 1, f"{len(found)} × {tag} {attributes}"
        return found[0]

    def texts(self, tag=None, within=None, **attributes):
        return [each.text for each in self.all(tag, within, **attributes)]

    @property
    def links(self):
        return [each["href"] for each in self.all("a")]
