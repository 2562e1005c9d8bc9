"""Every public page, for search engines, in both languages."""

from itertools import pairwise

from django.contrib.sitemaps import Sitemap
from django.urls import reverse
from django.utils.functional import cached_property

from actions.models import Organisation, PublishedEntry, ReportingRound, Theme
from actions.public_page import published_at


class PublicPages(Sitemap):
    """`lastmod` is what the pages say of themselves as `Last-Modified`."""

    i18n = True
    alternates = True

    def items(self):
        """The name of each page, with what stands in its address."""
        yield from (("accessibility",), ("privacy",))
        rounds = list(
            ReportingRound.objects.published().select_related("plan").order_by("plan", "year")
        )
        for plan in dict.fromkeys(each.plan.slug for each in rounds):
            yield "actions:plan_overview", plan
            yield "actions:action_point_list", plan
            yield "actions:citation_list", plan
            yield "reports:report_list", plan
            yield "reports:keep_me_posted", plan
        for each in rounds:
            yield "reports:report_detail", each.plan.slug, each.year
        for earlier, later in pairwise(rounds):
            if earlier.plan == later.plan:
                yield "actions:comparison", later.plan.slug, (earlier.year, later.year)
        published = PublishedEntry.objects.order_by("action_point__plan", "action_point__number")
        for row in published.values_list("round__plan__slug", "action_point__number").distinct():
            yield "actions:action_point_detail", *row
        themes = Theme.objects.filter(action_points__published_entries__isnull=False).order_by("pk")
        for row in themes.values_list("plan__slug", "slug").distinct():
            yield "actions:theme_detail", *row
        held = Organisation.objects.filter(published_responsibilities__isnull=False).order_by("pk")
        plans = "published_responsibilities__entry__round__plan__slug"
        for row in held.values_list(plans, "slug").distinct():
            yield "actions:organisation_detail", *row

    @cached_property
    def lastmod(self):
        # Not a method: that would be asked for each page.
        return published_at()

    def location(self, item):
        name, *args = item
        return reverse(name, args=args)


SITEMAPS = {"pages": PublicPages}
