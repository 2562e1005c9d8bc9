"""The form with which one asks to be kept posted by e-mail."""

from django import forms
from django.utils.translation import gettext_lazy as _

_NO_ADDRESS = _("This is not an e-mail address. Write it as name@example.org.")


class SubscriptionForm(forms.Form):
    """An address, and what to be kept posted of: the key of one of these topics."""

    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        error_messages={
            "required": _("Fill in your e-mail address."),
            "invalid": _NO_ADDRESS,
            "max_length": _NO_ADDRESS,
        },
    )
    over = forms.CharField(label=_("What do you want to follow?"), required=False)
    # Not shown: only a program fills it in.
    website = forms.CharField(label=_("Leave this empty"), required=False)

    def __init__(self, data=None, *, topics, chosen=""):
        self.topics = {each.key: each for each in topics}
        super().__init__(data, initial={"over": chosen})

    def clean_over(self):
        topic = self.topics.get(self.cleaned_data["over"])
        if topic is None:
            raise forms.ValidationError(_("Choose one of the options."))
        return topic

    @property
    def is_by_a_program(self):
        return bool(self.cleaned_data["website"])
