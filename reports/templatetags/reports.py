"""What pages of the register show of reports."""

from django import template

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
