"""Rich text as HTML: read any HTML into the tree, write the tree as the HTML that is stored.

The stored vocabulary: `p`, `ul`, `ol`, `li`, `strong`, `em`, `a[href]`, `span.footnote` around the
text of a note at the place of its mark, and `span.lang-xx` around a phrase in another language.
A phrase in another language within a note is a span with both classes beside the others of the
note, never inside one: the editor holds one class attribute per run of text.
"""

import re
from html import escape
from html.parser import HTMLParser
from itertools import groupby
from operator import attrgetter
from urllib.parse import urlsplit

import nh3

from actions.richtext.tree import (
    LANGUAGES,
    Block,
    Footnote,
    Inline,
    ListBlock,
    Paragraph,
    RichText,
    Text,
    join_runs,
)

LINK_SCHEMES = {"http", "https", "mailto"}
# As deep as Word nests lists. What is deeper goes on flat in the deepest list.
LIST_DEPTH = 9

_STRONG = {"strong", "b"}
_EMPHASIS = {"em", "i"}
_LISTS = {"ul", "ol"}
# Not of the vocabulary, but a line ends where they stand: pasted text keeps its parts.
_BREAKS = {"p", "br", "div", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "tr", "td", "th"}
_CLEANER = nh3.Cleaner(
    tags={*_STRONG, *_EMPHASIS, *_LISTS, *_BREAKS, "li", "a", "span"},
    attributes={"a": {"href"}, "span": {"class", "lang"}, "em": {"lang"}, "i": {"lang"}},
    url_schemes=LINK_SCHEMES,
    link_rel=None,
)

# Characters that are no text: controls, byte order marks, soft hyphens, the invisible marks that
# turn the reading direction (with which a text can be made to read as another), and surrogates.
_NO_TEXT = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069"
    "\ufeff\ufffe\uffff\ud800-\udfff]"
)
# Signs of the fonts Symbol and Wingdings, which Word pastes by numbers that mean nothing elsewhere,
# and as they are read from a DOCX: by the name of each in Unicode, which hardly any font has. Word
# makes the arrows by itself of "-->" and "==>".
_PASTED = str.maketrans(
    "\uf0b7\uf0a7\uf0d8\uf076\uf0fc\uf0fb\uf0fe\uf0fd\uf0df\uf0e0\uf0e7\uf0e8\uf0f3"
    "\u2b9a\u2b25\U0001f5f8\U0001f5f6\U0001f5f4\U0001f5f9\U0001f5f7\u2b1c"
    "\U0001f868\U0001f86a\U0001f869\U0001f86b\U0001f878\U0001f87a\u2b04\u2b62",
    "•▪➢❖✓✘☑☒←→←→⇔"  # as it is pasted
    "➢◆✓✘✗☑☒☐"  # as it is read
    "←→↑↓←→⇔→",
)
_WHITE_SPACE = re.compile(r"[ \t\n\r\f\v\u2028\u2029]+")


def clean_text(text: str) -> str:
    """Remove what is no text, mend pasted signs and make every run of white space one space."""
    return _WHITE_SPACE.sub(" ", _NO_TEXT.sub("", text).translate(_PASTED))


def parse(html: str) -> RichText:
    """Read any HTML, keeping what the vocabulary holds and the text of what it does not."""
    if not html:
        return RichText()
    reader = _Reader()
    reader.feed(_CLEANER.clean(_NO_TEXT.sub("", html)))
    reader.close()
    return reader.result()


def sanitise(html: str) -> str:
    """The one stored form of any HTML; the same again for what is already in that form."""
    return serialise(parse(html))


def sanitise_tree(text: RichText) -> RichText:
    """What the vocabulary holds of a tree that was not read from HTML."""
    return parse(serialise(text))


def plain_text(html: str) -> str:
    return parse(html).plain_text()


def is_safe_link(address: str) -> bool:
    try:
        return urlsplit(address).scheme in LINK_SCHEMES
    except ValueError:
        return False


class _Reader(HTMLParser):
    """Walks clean HTML and builds the tree. Lists nest; everything else is a flat row of lines."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.levels: list[list[Block]] = [[]]
        self.lists: list[tuple[bool, list[tuple[Block, ...]]]] = []
        self.lists_too_deep = 0
        # Each open element with the marks of all that are open up to it.
        self.marks: list[tuple[str, dict]] = [("", {})]
        self.line: list[Inline] = []

    def handle_starttag(self, tag, attrs):
        if tag in _BREAKS:
            self._end_line()
        elif tag in _LISTS:
            self._start_list(ordered=tag == "ol")
        elif tag == "li":
            self._end_item()
        else:
            self.marks.append((tag, self.marks[-1][1] | _marks_of(tag, dict(attrs))))

    def handle_endtag(self, tag):
        if tag in _BREAKS:
            self._end_line()
        elif tag == "li":
            self._end_item()
        elif tag in _LISTS:
            self._end_list()
        elif self.marks[-1][0] == tag:
            self.marks.pop()

    def handle_data(self, data):
        marks = dict(self.marks[-1][1])
        in_footnote = marks.pop("footnote", False)
        run = Text(clean_text(data), **marks)
        self.line.append(Footnote((run,)) if in_footnote else run)

    def result(self) -> RichText:
        self._end_line()
        while self.lists:
            self._end_list()
        return RichText(tuple(self.levels[0]))

    def _end_line(self):
        line, self.line = join_runs(self.line), []
        if line:
            self.levels[-1].append(Paragraph(line))

    def _end_item(self):
        self._end_line()
        if self.lists and self.levels[-1]:
            self.lists[-1][1].append(tuple(self.levels[-1]))
            self.levels[-1] = []

    def _start_list(self, *, ordered):
        if len(self.lists) == LIST_DEPTH:
            self._end_item()
            self.lists_too_deep += 1
            return
        self._end_line()
        self.lists.append((ordered, []))
        self.levels.append([])

    def _end_list(self):
        self._end_item()
        if self.lists_too_deep:
            self.lists_too_deep -= 1
            return
        self.levels.pop()
        ordered, items = self.lists.pop()
        if items:
            self.levels[-1].append(ListBlock(tuple(items), ordered))


def _marks_of(tag, attributes) -> dict:
    """The marks that an element sets on the text inside it."""
    marks = {}
    if tag in _STRONG:
        marks["strong"] = True
    elif tag in _EMPHASIS:
        marks["emphasis"] = True
    elif tag == "a":
        address = clean_text(attributes.get("href") or "").strip()
        marks["link"] = address if is_safe_link(address) else ""
    classes = (attributes.get("class") or "").split()
    if "footnote" in classes:
        marks["footnote"] = True
    codes = [name.removeprefix("lang-") for name in classes if name.startswith("lang-")]
    codes.append(attributes.get("lang"))
    if language := next((code for code in codes if code in LANGUAGES), ""):
        marks["language"] = language
    return marks


class HtmlWriter:
    """Writes a tree as HTML: here as it is stored. Pages override how two marks are written."""

    def text(self, text: RichText) -> str:
        return "".join(map(self.block, text.blocks))

    def block(self, block: Block) -> str:
        if isinstance(block, Paragraph):
            return f"<p>{self.line(block.content)}</p>"
        tag = "ol" if block.ordered else "ul"
        items = ("".join(map(self.block, item)) for item in block.items)
        return f"<{tag}>{''.join(f'<li>{item}</li>' for item in items)}</{tag}>"

    def line(self, content: tuple[Inline, ...]) -> str:
        parts = []
        for is_footnote, group in groupby(content, lambda inline: isinstance(inline, Footnote)):
            inlines = tuple(group)
            parts += map(self.footnote, inlines) if is_footnote else [self.runs(inlines)]
        return "".join(parts)

    def runs(self, runs: tuple[Text, ...], marks=("link", "language", "strong", "emphasis")) -> str:
        """Runs as nested elements, the outermost mark first, neighbours alike in one element."""
        if not marks:
            return "".join(escape(run.text, quote=False) for run in runs)
        mark, *inner_marks = marks
        parts = []
        for value, group in groupby(runs, attrgetter(mark)):
            inner = self.runs(tuple(group), inner_marks)
            parts.append(getattr(self, mark)(inner, value) if value else inner)
        return "".join(parts)

    def link(self, inner: str, address: str) -> str:
        return f'<a href="{escape(address)}">{inner}</a>'

    def language(self, inner: str, language: str) -> str:
        return f'<span class="lang-{language}">{inner}</span>'

    def strong(self, inner: str, _value: bool) -> str:
        return f"<strong>{inner}</strong>"

    def emphasis(self, inner: str, _value: bool) -> str:
        return f"<em>{inner}</em>"

    def footnote(self, note: Footnote) -> str:
        parts = []
        for language, group in groupby(note.content, attrgetter("language")):
            inner = self.runs(tuple(group), ("link", "strong", "emphasis"))
            classes = f"footnote lang-{language}" if language else "footnote"
            parts.append(f'<span class="{classes}">{inner}</span>')
        return "".join(parts)


def serialise(text: RichText) -> str:
    """The HTML in which a tree is stored."""
    return HtmlWriter().text(text)
