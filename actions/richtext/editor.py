"""The rich text editor in forms: what a person can do in it is what the vocabulary holds."""

from django.utils.translation import gettext_lazy as _
from django_prose_editor.fields import ProseEditorFormField

from actions.richtext.html import sanitise

_CLASSES = [
    ("footnote", _("Footnote")),
    ("lang-en", _("English")),
    ("lang-fr", _("French")),
    ("lang-de", _("German")),
    ("lang-la", _("Latin")),
    ("footnote lang-en", _("Footnote in English")),
    ("footnote lang-fr", _("Footnote in French")),
    ("footnote lang-de", _("Footnote in German")),
    ("footnote lang-la", _("Footnote in Latin")),
]

EXTENSIONS = {
    "Bold": True,
    "Italic": True,
    "BulletList": True,
    "OrderedList": {"enableListAttributes": False},
    "ListItem": True,
    "Link": {"enableTarget": False, "protocols": ["http", "https", "mailto"]},
    "TextClass": {"cssClasses": [{"className": name, "title": title} for name, title in _CLASSES]},
    "HardBreak": False,
    "History": True,
}


class RichTextFormField(ProseEditorFormField):
    """A text area with the editor; without JavaScript it is a text area with the stored HTML."""

    def __init__(self, *args, **kwargs):
        kwargs.update(extensions=EXTENSIONS, sanitize=sanitise)
        super().__init__(*args, **kwargs)
