"""What the admin classes of the register and the reports share."""

from functools import cache

from django.contrib import admin
from django.contrib.admin.utils import display_for_field, unquote
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.forms import BaseInlineFormSet
from django.forms.formsets import DELETION_FIELD_NAME
from django.http import Http404
from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from simple_history.admin import SimpleHistoryAdmin
from simple_history.models import DeletedObject
from simple_history.template_utils import HistoricalRecordContextHelper

from actions import permissions
from actions.richtext.fields import RichTextField
from actions.richtext.html import sanitise


class PlainRelations:
    """Related rows are chosen here, and added and changed on pages of their own: no pop-ups."""

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(getattr(field, "widget", None), RelatedFieldWidgetWrapper):
            for action in ("add", "change", "delete", "view"):
                setattr(field.widget, f"can_{action}_related", False)
        return field


class GuardedAdmin(PlainRelations, admin.ModelAdmin):
    """Asks the rules per row, and answers 404 for a row that is not there for this person."""

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and (
            obj is None or permissions.may_change(obj, request.user)
        )

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and (
            obj is None or permissions.may_delete(obj, request.user)
        )

    def delete_view(self, request, object_id, extra_context=None):
        # Django asks for the permission first, and would say 403 where there is nothing to see.
        if self.get_object(request, unquote(object_id)) is None:
            raise Http404
        return super().delete_view(request, object_id, extra_context)

    def _get_obj_does_not_exist_redirect(self, request, opts, object_id):
        raise Http404


class RegisterAdmin(GuardedAdmin, SimpleHistoryAdmin):
    """A model with history. `given_once` names the fields that stand once a row is there.

    What a published table shows of a row stands as well: its name, and the tone of a status.
    """

    given_once = ()
    object_history_template = "admin/history.html"
    object_history_list_template = "admin/_history_list.html"

    def get_readonly_fields(self, request, obj=None):
        fields = super().get_readonly_fields(request, obj)
        if obj is None:
            return fields
        return (*fields, *self.given_once, *permissions.fixed_fields(obj))

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or self.has_change_permission(request, obj):
            return fieldsets
        # To read, rich text is shown as it looks instead of as its markup.
        rich = {
            field.name: shown(field)
            for field in self.opts.get_fields()
            if isinstance(field, RichTextField)
        }
        return [
            (title, {**options, "fields": [rich.get(name, name) for name in options["fields"]]})
            for title, options in fieldsets
        ]

    # --- History

    def get_urls(self):
        # Without the page that reverts to an old version: it saves for whoever may only look.
        revert = f"{self.opts.app_label}_{self.opts.model_name}_simple_history"
        return [url for url in super().get_urls() if url.name != revert]

    def history_view(self, request, object_id, extra_context=None):
        # simple_history falls back on the history itself for a row it does not find.
        if self.get_object(request, unquote(object_id)) is None:
            raise Http404
        return super().history_view(request, object_id, extra_context)

    def history_view_title(self, request, obj):
        return _("History: %(name)s") % {"name": obj}

    def revert_disabled(self, request, obj=None):
        return True

    def get_historical_record_context_helper(self, request, historical_record):
        return WholeValues(self.model, historical_record)


class WholeValues(HistoricalRecordContextHelper):
    """Old and new values as people read them: whole, with labels for codes and looks for markup."""

    def prepare_delta_change_value(self, change, value):
        field = self.model._meta.get_field(change.field)
        if isinstance(value, DeletedObject) and value.pk is None:
            # simple_history takes a relation that was empty for one to a deleted row.
            value = None
        return _rich(value) if isinstance(field, RichTextField) else _plain(value, field)

    def stringify_delta_change_values(self, change, old, new):
        return conditional_escape(old), conditional_escape(new)


class RowsFormSet(BaseInlineFormSet):
    """Rows whose boxes to delete them have a name."""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        if delete := form.fields.get(DELETION_FIELD_NAME):
            # The column has a heading only, and that is no name for a box.
            delete.widget.attrs["aria-label"] = delete.label


class RowsInline(PlainRelations, admin.TabularInline):
    """Rows of another model on the page of the one they belong to."""

    formset = RowsFormSet
    extra = 0
    # Without the line above each row that repeats what the row says.
    classes = ("nap-bare",)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field:
            # The head of a column is no label: whoever hears the page needs one at the field.
            widget = getattr(field.widget, "widget", field.widget)
            widget.attrs["aria-label"] = capfirst(db_field.verbose_name)
        return field


class ReadOnlyInline(RowsInline):
    """Rows that are shown to whoever sees the page they stand on."""

    can_delete = False

    def get_readonly_fields(self, request, obj=None):
        return self.fields

    def has_view_permission(self, request, obj=None):
        return True

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False


@cache
def shown(field):
    """A read-only field of the admin that shows a rich text field as it looks."""

    @admin.display(description=field.verbose_name, empty_value="–")
    def show(row):
        return _rich(field.value_from_object(row)) or "–"

    show.__name__ = field.name
    return show


def years(row):
    """The years of a row, as a period that may still run."""
    if not row.first_year and not row.last_year:
        return "–"
    return f"{row.first_year or ''}–{row.last_year or ''}"


years.short_description = gettext_lazy("years")


@admin.display(description=gettext_lazy("action point"), ordering="title")
def short_title(row):
    """Enough of the title to know an action point by, of the point or of its entry."""
    return Truncator(row.title).chars(100)


def _rich(value):
    # Safe because sanitised here and now, whatever wrote it.
    return mark_safe(sanitise(value or ""))  # noqa: S308


def _plain(value, field):
    return display_for_field(value, field, empty_value_display="–")
