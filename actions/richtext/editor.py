"""The rich text editor in forms: what a person can do in it is what the vocabulary holds."""

import json

from django.core.serializers.json import DjangoJSONEncoder
from django.forms.widgets import Script
from django.utils.translation import gettext_lazy as _
from django_prose_editor.fields import ProseEditorFormField
from django_prose_editor.widgets import AdminProseEditorWidget
from js_asset import Media

from actions.richtext.html import sanitise
from actions.richtext.tree import LANGUAGES

LANGUAGE_NAMES = {"en": _("English"), "fr": _("French"), "de": _("German"), "la": _("Latin")}

# A run of text holds one class attribute, so that each combination is a class of its own.
_LANGUAGE_CLASSES = [f"lang-{code}" for code in LANGUAGES]
CLASSES = ["footnote", *_LANGUAGE_CLASSES, *(f"footnote {name}" for name in _LANGUAGE_CLASSES)]

EXTENSIONS = {
    "Bold": True,
    "Italic": True,
    "BulletList": True,
    "OrderedList": {"enableListAttributes": False},
    "ListItem": True,
    "Link": {"enableTarget": False, "protocols": ["http", "https", "mailto"]},
    "TextClass": {"cssClasses": CLASSES},
    "HardBreak": False,
    "History": True,
    # The toolbar is ours (static/admin-nap/editor.js): words instead of icons, and every control
    # with a name and a state that a screen reader tells.
    "Menu": False,
    # An editor's spelling is checked like that of any other field.
    "NoSpellCheck": False,
}

# What the toolbar and the dialog of a link say. The keys of `dialog` are the words that the
# editor's own script asks the translation of.
WORDS = {
    "toolbar": _("Formatting"),
    "bold": _("Bold"),
    "italic": _("Italic"),
    "bulletList": _("Bullets"),
    "orderedList": _("Numbering"),
    "footnote": _("Footnote"),
    "link": _("Link"),
    "unlink": _("Remove link"),
    "language": _("Language of the selection"),
    "languages": {"": _("Dutch"), **LANGUAGE_NAMES},
    "dialog": {
        "Edit Link": _("Link"),
        "URL": _("Address, with https://"),
        "Update": _("Apply"),
        "Cancel": _("Cancel"),
    },
}


# Of the HTML, in characters: some ten times the longest explanation of 2024. To clean markup that
# nests deeper and deeper takes a time that grows with its square.
MAX_LENGTH = 30_000


class RichTextWidget(AdminProseEditorWidget):
    @property
    def media(self):
        # The words must be there before the editor's own script asks for them.
        ours = Media(
            css={"all": ["admin-nap/editor.css"]},
            js=[Script("admin-nap/editor.js", defer=True)],
        )
        return ours + super().media

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"]["data-editor-words"] = json.dumps(WORDS, cls=DjangoJSONEncoder)
        return context


class RichTextFormField(ProseEditorFormField):
    """A text area with the editor; without JavaScript it is a text area with the stored HTML."""

    def __init__(self, *args, **kwargs):
        kwargs.update(
            extensions=EXTENSIONS, sanitize=sanitise, widget=RichTextWidget, max_length=MAX_LENGTH
        )
        super().__init__(*args, **kwargs)
