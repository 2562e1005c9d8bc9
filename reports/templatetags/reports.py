"""What pages of the register show of reports."""

from django import template
from django.utils.safestring import mark_safe

from reports import catalogue
from reports.changes import reworded
from reports.models import Edition

register = template.Library()
register.filter(reworded)


@register.inclusion_tag("reports/_files.html")
def newest_files(plan, reporting_round):
    """The files of the newest edition of a round, with the way to each. Two queries."""
    editions = Edition.objects.with_files().filter(round=reporting_round).defer("document")
    return {
        "plan": plan,
        "year": reporting_round.year,
        "edition": editions.order_by("-number").first(),
        "is_newest": True,
    }


@register.inclusion_tag("reports/_dataset.html", takes_context=True)
def dataset(context, reporting_round):
    """What search engines are told of the data of a published round. One query."""
    absolute = context["request"].build_absolute_uri
    found = catalogue.datasets([reporting_round])
    # It holds no character that means something in HTML.
    described = [mark_safe(catalogue.schema_org(each, absolute)) for each in found]  # noqa: S308
    return {"described": described[0] if described else ""}
