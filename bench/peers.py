"""What the public table is measured against: a stock table, and a view that does nothing."""

from functools import cache

import django_filters
import django_tables2 as tables
from django.http import HttpResponse
from django.test import Client
from django.views.decorators.http import require_safe
from django_filters.views import FilterView

from actions.models import Organisation, Pillar, PublishedEntry, ReportingRound, Status, Theme
from actions.templatetags.pages import excerpt
from actions.views import published_rounds


def _of_plan(queryset, lookup):
    """The choices of a stock filter: the rows of the plan that the address names."""

    def choices(request):
        return queryset.filter(**{lookup: request.resolver_match.kwargs["plan"]})

    return choices


class StockFilter(django_filters.FilterSet):
    """The same filters as stock filters, in the library's own form."""

    jaar = django_filters.ModelChoiceFilter(
        field_name="round",
        queryset=_of_plan(ReportingRound.objects.published().select_related("plan"), "plan__slug"),
    )
    pijler = django_filters.ModelChoiceFilter(
        field_name="action_point__theme__pillar",
        queryset=_of_plan(Pillar.objects.all(), "plan__slug"),
    )
    thema = django_filters.ModelChoiceFilter(
        field_name="action_point__theme",
        queryset=_of_plan(Theme.objects.select_related("pillar"), "plan__slug"),
    )
    organisatie = django_filters.ModelChoiceFilter(
        field_name="responsibilities__organisation",
        queryset=_of_plan(
            Organisation.objects.distinct(), "published_responsibilities__entry__round__plan__slug"
        ),
    )
    stand = django_filters.ModelChoiceFilter(field_name="status", queryset=Status.objects.all())
    q = django_filters.CharFilter(field_name="explanation_text", lookup_expr="icontains")

    class Meta:
        model = PublishedEntry
        fields = []


class StockTable(tables.Table):
    """The same columns in the library's own cells and template."""

    number = tables.Column(accessor="action_point__number")
    title = tables.Column(
        linkify=(
            "actions:action_point_detail",
            {
                "plan": tables.A("round__plan__slug"),
                "number": tables.A("action_point__number"),
            },
        )
    )
    goal = tables.Column()
    responsibility = tables.Column()
    timeline = tables.Column()
    status = tables.Column(accessor="status__label")
    explanation = tables.Column(accessor="explanation_text")

    def render_explanation(self, value):
        return excerpt(value)

    class Meta:
        template_name = "django_tables2/table.html"


class StockList(tables.SingleTableMixin, FilterView):
    """The rows of the latest round, as the documentation of both libraries shows it."""

    table_class = StockTable
    filterset_class = StockFilter
    template_name = "bench/stock_table.html"
    table_pagination = {"per_page": 50}

    def get_queryset(self):
        self.round = published_rounds(self.kwargs["plan"])[0]
        entries = PublishedEntry.objects.for_round(self.round).in_order()
        # The round and the plan are what the link of each row is made of.
        return entries.select_related("status", "action_point", "round__plan").defer("explanation")

    def get_context_data(self, **kwargs):
        return super().get_context_data(plan=self.round.plan, round=self.round, **kwargs)


@require_safe
def same_bytes(request, address):
    """Returns the page at this address of the site, which it has asked for once."""
    return HttpResponse(_page_of(address, request.get_host()))


@cache
def _page_of(address, host):
    # The page names its own address.
    return Client().get(address, headers={"host": host}).content
