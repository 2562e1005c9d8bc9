"""Rich text on a public page: footnotes as numbered references, phrases with their language, and
links on what the text refers to.

One writer goes through a whole page, so that its footnotes are numbered through. What it returns is
safe to put in a page: the tree holds no markup, and every character of it is escaped.
"""

from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from actions.references_in_text import link_references
from actions.richtext.html import HtmlWriter
from actions.richtext.tree import Footnote, RichText


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote as a page shows it under the text: `anchor` is its id, `reference` its mark's."""

    number: int
    anchor: str
    reference: str
    content: SafeString


class PageWriter(HtmlWriter):
    """Writes trees for one page. `prefix` keeps the ids apart when a page has several writers."""

    def __init__(self, prefix=""):
        self.prefix = prefix
        self.count = 0
        self._notes: list[Note] = []

    def text(self, text: RichText) -> SafeString:
        return mark_safe(super().text(link_references(text)))  # noqa: S308

    def take_notes(self) -> list[Note]:
        """The footnotes written since the last time, to be shown at this place."""
        notes, self._notes = self._notes, []
        return notes

    def language(self, inner: str, language: str) -> str:
        return f'<span lang="{language}">{inner}</span>'

    def footnote(self, note: Footnote) -> str:
        self.count += 1
        anchor = f"{self.prefix}noot-{self.count}"
        reference = f"{self.prefix}verwijzing-{self.count}"
        content = mark_safe(self.runs(note.content))  # noqa: S308
        self._notes.append(Note(self.count, anchor, reference, content))
        label = _("Footnote %(number)s") % {"number": self.count}
        # The text around it may be in another language than the page.
        return format_html(
            '<sup class="note-mark"><a id="{}" href="#{}" role="doc-noteref" lang="{}" '
            'aria-label="{}">{}</a></sup>',
            reference,
            anchor,
            get_language(),
            label,
            self.count,
        )
