"""The form of an entry: what is said of a point, for the version of the entry that was read."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions import kept, permissions, services
from actions.models import Status, StatusEntry
from actions.moves import MOVES


class EntryForm(forms.Form):
    """Who had it before them, what version they read, and what they wrote.

    `brings_text` is whether something was written in it. Where the page showed the text to read
    only, the form holds what is saved, so that showing it again never empties a field.
    """

    person = forms.IntegerField(widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    status = StatusEntry._meta.get_field("status").formfield()
    explanation = StatusEntry._meta.get_field("explanation").formfield()
    remark = forms.CharField(
        label=gettext_lazy("Remark"),
        help_text=gettext_lazy("Goes with the message to the people concerned."),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=5000,
        required=False,
    )

    def __init__(self, entry, user, data=None):
        self.brings_text = data is not None and "explanation" in data
        saved = {"status": entry.status_id or "", "explanation": entry.explanation}
        if data is not None and not self.brings_text:
            data = data.copy()
            for name, value in saved.items():
                data[name] = value
        super().__init__(data, initial={kept.PERSON: user.pk, "version": entry.version, **saved})
        if permissions.may_move(MOVES["return"], entry, user):
            self.fields["remark"].help_text = _("Required when you return the entry.")
        if not permissions.is_coordinator(user):
            # That nothing was received is for the coordinator to say.
            statuses = Status.objects.exclude(tone=Status.Tone.NO_UPDATE)
            self.fields["status"].queryset = statuses

    def clean(self):
        if not (self.brings_text or self.data.get("move")):
            raise forms.ValidationError(_("No text was sent along, so there is nothing to save."))

    @property
    def content(self):
        """What was written; None where the page showed the text to read only."""
        if not self.brings_text:
            return None
        return services.Content(self.cleaned_data["status"], self.cleaned_data["explanation"])

    def is_behind(self, entry):
        """Whether the entry was saved after the person read it."""
        if not self.is_bound or "version" in self.errors:
            return False
        return self.cleaned_data["version"] != entry.version

    def at_version(self, version):
        """Make the next attempt build on this version: the person sees now what it says."""
        self.data = self.data.copy()
        self.data["version"] = version


def chosen_status(data):
    """The state of play that was chosen in a form, whatever else is in it, or None."""
    try:
        return EntryForm.base_fields["status"].clean(data.get("status"))
    except forms.ValidationError:
        return None
