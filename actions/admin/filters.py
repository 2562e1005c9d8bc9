"""Filters of the change lists, beyond those that Django makes of a field."""

from django.contrib.admin import RelatedOnlyFieldListFilter, SimpleListFilter
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from actions import permissions
from actions.models import Organisation, Progress, Responsibility
from actions.progress import late


class OnlyUsed(RelatedOnlyFieldListFilter):
    """Related rows that occur in the list, fetched with what their names are made of."""

    def field_choices(self, field, request, model_admin):
        used = model_admin.get_queryset(request).order_by().values(f"{self.field_path}__pk")
        related = model_admin.admin_site.get_model_admin(field.remote_field.model)
        return [(row.pk, str(row)) for row in related.get_queryset(request).filter(pk__in=used)]


class _ChoiceFilter(SimpleListFilter):
    """A filter with choices of its own. Anything else in the address is no choice and no filter."""

    def queryset(self, request, queryset):
        if self.value() in dict(self.lookup_choices):
            return self.narrow(queryset, self.value())
        return queryset


class EntriesSoFar(_ChoiceFilter):
    title = _("progress")
    parameter_name = "progress"

    def lookups(self, request, model_admin):
        return Progress.choices

    def narrow(self, entries, progress):
        return entries.with_progress(progress)


class LateEntries(_ChoiceFilter):
    title = _("deadline")
    parameter_name = "late"

    def lookups(self, request, model_admin):
        return [("yes", _("late"))]

    def narrow(self, entries, _yes):
        return late(entries)


class EntriesOfOrganisation(_ChoiceFilter):
    """The entries that an organisation writes, or that none does."""

    title = _("writing organisation")
    parameter_name = "organisation"
    NONE = "none"

    def lookups(self, request, model_admin):
        writing = Organisation.objects.filter(
            responsibilities__role__in=Responsibility.EDITING_ROLES,
            responsibilities__action_point__entries__in=model_admin.get_queryset(request),
        )
        choices = [(str(each.pk), each.label) for each in writing.distinct()]
        if permissions.sees_everything(request.user):
            choices.append((self.NONE, _("no organisation")))
        return choices

    def narrow(self, entries, organisation):
        if organisation != self.NONE:
            return entries.of_organisation(organisation, *Responsibility.EDITING_ROLES)
        writing = Responsibility.objects.in_force(OuterRef("round__year")).filter(
            action_point=OuterRef("action_point"), role__in=Responsibility.EDITING_ROLES
        )
        return entries.filter(~Exists(writing))


class PointsOfOrganisation(_ChoiceFilter):
    title = _("organisation")
    parameter_name = "organisation"

    def lookups(self, request, model_admin):
        organisations = Organisation.objects.filter(responsibilities__isnull=False).distinct()
        return [(str(organisation.pk), organisation.label) for organisation in organisations]

    def narrow(self, points, organisation):
        return points.filter(
            pk__in=points.filter(responsibilities__organisation=organisation).values("pk")
        )
