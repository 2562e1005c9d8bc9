"""Says to a person why a PDF cannot be set: which action point holds what Typst refuses."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actions.richtext.tree import Footnote, RichText
from reports.document import ReportDocument, Row
from reports.errors import ReportError

# Of one sentence: who reads it mends these first.
MAX_LISTED = 5
# Typst's own.
MAX_LINK = 8000

_LACKING = re.compile(r'the text `"((?:\\.|[^"\\])+)"` could not be displayed')
_ESCAPE = re.compile(r"\\(?:u\{(\w+)\}|(.))")
_ESCAPED = {"n": "\n", "r": "\r", "t": "\t", "0": "\0"}


def explain(document: ReportDocument, diagnostic: str) -> ReportError:
    """What Typst says, as a sentence that names the place in the document."""
    if found := _LACKING.findall(diagnostic):
        texts = [_ESCAPE.sub(_unescape, text) for text in found]
        # With a mark that the fonts lack Typst names the letter below it too, which they have.
        return lacking(document, [text for text in texts if not _is_latin(text)] or texts)
    for place, *texts in _places(document):
        if any(len(link) > MAX_LINK for link in _links(texts)):
            return ReportError(
                _("A link is longer than %(size)d characters: %(place)s. Shorten it.")
                % {"size": MAX_LINK, "place": place}
            )
    first_line = diagnostic.strip().partition("\n")[0].rstrip(".")
    return ReportError(_("The PDF could not be set: %s.") % first_line)


def lacking(document: ReportDocument, characters: list[str]) -> ReportError:
    """Where these stand: each a character, or some that are written as one."""
    characters = list(dict.fromkeys(characters))
    found: dict[str, list[str]] = {}
    for place, *texts in _places(document):
        whole = "\n".join(map(_plain, texts))
        if here := [each for each in characters if each in whole]:
            found[place] = here
    places = [f"{place}: {_listed(map(_named, here))}" for place, here in found.items()]
    return ReportError(
        _("The fonts of the PDF lack these characters: %s. Replace them.")
        % _listed(places or map(_named, characters), "; ")
    )


def _is_latin(text: str) -> bool:
    return text.isalpha() and ord(max(text)) < 0x180


def _unescape(match: re.Match) -> str:
    code, character = match.groups()
    return chr(int(code, 16)) if code else _ESCAPED.get(character, character)


def _listed(parts, separator=", ") -> str:
    parts = list(parts)
    return separator.join(parts if len(parts) <= MAX_LISTED else [*parts[:MAX_LISTED], "…"])


def _named(text: str) -> str:
    """The character, where it can be shown, with the code by which it can be searched."""
    codes = " ".join(f"U+{ord(character):04X}" for character in text)
    return f"{text} ({codes})" if text.isprintable() else codes


def _places(document: ReportDocument) -> Iterator[tuple]:
    """Each place as a person calls it, with every text that is set there."""
    yield _("cover"), document.publisher, document.title, document.note
    for section in document.sections:
        yield _("section “%s”") % section.title, section.title, section.body
    for pillar in document.pillars:
        yield _("pillar %d") % pillar.number, pillar.title, pillar.description
        for theme in pillar.themes:
            yield _("theme “%s”") % theme.title, theme.title
            for row in theme.rows:
                yield _place_of(row), *_cells(row)
    for change in document.changes.items if document.changes else ():
        place = _("what changed about action point %s") % change.number
        yield place, change.number, change.title, change.before, change.after


def _place_of(row: Row) -> str:
    return ngettext("action point %s", "action points %s", 1) % (row.number or f"“{row.title}”")


def _cells(row: Row) -> tuple[str | RichText, ...]:
    plain = (row.number, row.title, row.goal, row.responsibility, row.timeline, row.status)
    return *plain, row.explanation


def _plain(text: str | RichText) -> str:
    return text if isinstance(text, str) else text.plain_text()


def _links(texts) -> Iterator[str]:
    for text in texts:
        for paragraph in text.paragraphs() if isinstance(text, RichText) else ():
            for inline in paragraph.content:
                runs = inline.content if isinstance(inline, Footnote) else (inline,)
                yield from (run.link for run in runs)
