"""Filters of the change lists, beyond those that Django makes of a field."""

from django.contrib.admin import RelatedOnlyFieldListFilter, SimpleListFilter
from django.utils.translation import gettext_lazy as _

from actions.models import Organisation


class OnlyUsed(RelatedOnlyFieldListFilter):
    """Related rows that occur in the list, fetched with what their names are made of."""

    def field_choices(self, field, request, model_admin):
        used = model_admin.get_queryset(request).order_by().values(f"{self.field_path}__pk")
        related = model_admin.admin_site.get_model_admin(field.remote_field.model)
        return [(row.pk, str(row)) for row in related.get_queryset(request).filter(pk__in=used)]


class _OrganisationFilter(SimpleListFilter):
    title = _("organisation")
    parameter_name = "organisation"

    def lookups(self, request, model_admin):
        organisations = Organisation.objects.filter(responsibilities__isnull=False).distinct()
        return [(str(organisation.pk), organisation.label) for organisation in organisations]

    def queryset(self, request, queryset):
        # Anything else in the address is no organisation and so no filter.
        if self.value() in dict(self.lookup_choices):
            return self.narrow(queryset, self.value())
        return queryset


class EntriesOfOrganisation(_OrganisationFilter):
    def narrow(self, entries, organisation):
        return entries.of_organisation(organisation)


class PointsOfOrganisation(_OrganisationFilter):
    def narrow(self, points, organisation):
        return points.filter(
            pk__in=points.filter(responsibilities__organisation=organisation).values("pk")
        )
