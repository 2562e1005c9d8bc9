"""What belongs to a round and has a page of its own, such as the texts of its report.

Whoever saves or deletes it and whoever publishes the round wait for each other. Who comes second is
told, with what they typed still in the form.
"""

from django.contrib import messages
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms import ModelForm
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy

from actions import permissions
from actions.admin.base import RegisterAdmin
from actions.models import ReportingRound

PUBLISHED_MEANWHILE = gettext_lazy(
    "The report has been published in the meantime, so it has not been changed. To change it after "
    "all, begin a correction on the page of the round first."
)


class PartOfRoundForm(ModelForm):
    """Refuses what its round, as it is now, no longer lets anyone write."""

    def clean(self):
        cleaned = super().clean()
        in_round = self.cleaned_data.get("round") or getattr(self.instance, "round", None)
        if in_round:
            self.instance.round = _locked(in_round)
            if permissions.stands(self.instance):
                raise ValidationError(PUBLISHED_MEANWHILE)
        return cleaned


class PartOfRoundAdmin(RegisterAdmin):
    """A model whose rows belong to a round, and join only one in which they may still change."""

    form = PartOfRoundForm
    given_once = ("round",)
    # Rows are deleted one at a time: each on its own waits for its round.
    actions = None

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "round":
            kwargs["queryset"] = permissions.rounds_to_join(self.model).select_related("plan")
            kwargs["error_messages"] = {"invalid_choice": PUBLISHED_MEANWHILE}
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def has_change_permission(self, request, obj=None):
        # What is posted is for the form to refuse: a page that says 403 would lose what was typed.
        return super().has_change_permission(request, None if request.method == "POST" else obj)

    def delete_view(self, request, object_id, extra_context=None):
        if request.method != "POST":
            return super().delete_view(request, object_id, extra_context)
        with transaction.atomic():
            return self._refuse_to_delete(request, object_id) or super().delete_view(
                request, object_id, extra_context
            )

    def _refuse_to_delete(self, request, object_id):
        """Lock the round of a row, and say so if the row stands; None if it may be deleted."""
        row = self.get_object(request, unquote(object_id))
        if row is None or not self.has_delete_permission(request):
            return None  # Django has its own answers to these.
        row.round = _locked(row.round)
        if self.has_delete_permission(request, row):
            return None
        messages.error(request, PUBLISHED_MEANWHILE)
        return redirect(reverse(admin_urlname(self.opts, "change"), args=[row.pk]))


def _locked(reporting_round):
    """The round as it is once nobody else is moving it, and as it stays until this is saved."""
    return ReportingRound.objects.select_for_update().get(pk=reporting_round.pk)
