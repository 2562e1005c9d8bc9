"""What one can follow: a whole plan, a theme of it, or an organisation in it."""

from dataclasses import dataclass

from django.shortcuts import get_object_or_404
from django.urls import reverse

from actions.models import (
    Organisation,
    Plan,
    PublishedEntry,
    PublishedResponsibility,
    Responsibility,
    Succession,
    Theme,
)
from actions.through_renames import line_of


@dataclass(frozen=True, slots=True)
class Topic:
    """A plan, or one theme of it, or one organisation in it."""

    plan: Plan
    theme: Theme | None = None
    organisation: Organisation | None = None

    @property
    def key(self) -> str:
        """What names it in an address or a form, among the topics of its plan."""
        if self.theme:
            return f"thema/{self.theme.slug}"
        return f"organisatie/{self.organisation.slug}" if self.organisation else ""

    @property
    def title(self) -> str:
        if self.theme:
            return self.theme.title
        return self.organisation.name if self.organisation else self.plan.title

    @property
    def address(self) -> str:
        """Where its page is."""
        return self._reverse("actions", "plan_overview", "theme_detail", "organisation_detail")

    @property
    def feed(self) -> str:
        """Where its news is, as an Atom feed."""
        return self._reverse("reports", "plan_feed", "theme_feed", "organisation_feed")

    def _reverse(self, app, of_plan, of_theme, of_organisation):
        if self.theme:
            return reverse(f"{app}:{of_theme}", args=[self.plan.slug, self.theme.slug])
        if self.organisation:
            args = [self.plan.slug, self.organisation.slug]
            return reverse(f"{app}:{of_organisation}", args=args)
        return reverse(f"{app}:{of_plan}", args=[self.plan.slug])

    def numbers(self) -> dict[int, set[str]] | None:
        """The numbers of its published action points per year; None for a plan, which has all.

        They differ from year to year, since who is responsible does. Those of an organisation are
        those of all that it came from and that came of it too, as on its page: who follows a
        ministry goes on hearing of its points once it has another name.
        """
        if self.theme:
            entries = PublishedEntry.objects.filter(action_point__theme=self.theme)
            return _per_year(entries.values_list("round__year", "action_point__number"))
        if self.organisation:
            held = PublishedResponsibility.objects.filter(
                entry__round__plan=self.plan, organisation__in=self._line()
            ).order_by()
            return _per_year(held.values_list("entry__round__year", "entry__action_point__number"))
        return None

    def numbers_in_plan(self, year: int) -> set[str]:
        """The numbers of its action points in a year as the plan has them, published or not."""
        points = self.plan.action_points.all()
        if self.theme:
            points = points.filter(theme=self.theme)
        if self.organisation:
            held = Responsibility.objects.in_force(year).filter(organisation__in=self._line())
            points = points.filter(responsibilities__in=held)
        return set(points.values_list("number", flat=True))

    def _line(self):
        successions = Succession.objects.select_related("predecessor", "successor")
        return line_of(self.organisation, list(successions)).keys()


def _per_year(rows):
    numbers: dict[int, set[str]] = {}
    for year, number in rows:
        numbers.setdefault(year, set()).add(number)
    return numbers


def theme_topic(plan: Plan, slug: str) -> Topic:
    """The theme of this plan with this slug, if something was published of it, or a 404."""
    return Topic(plan, theme=get_object_or_404(_themes(plan), slug=slug))


def organisation_topic(plan: Plan, slug: str) -> Topic:
    """The organisation with this slug, if a published year of this plan names it, or a 404."""
    return Topic(plan, organisation=get_object_or_404(_organisations(plan), slug=slug))


def themes(plan: Plan) -> list[Topic]:
    """The themes of a plan that something was published of."""
    return [Topic(plan, theme=each) for each in _themes(plan)]


def organisations(plan: Plan) -> list[Topic]:
    """The organisations that were responsible for something in a published year of a plan."""
    return [Topic(plan, organisation=each) for each in _organisations(plan)]


def _themes(plan):
    return (
        plan.themes.filter(action_points__published_entries__isnull=False)
        .select_related("pillar")
        .distinct()
    )


def _organisations(plan):
    return Organisation.objects.filter(
        published_responsibilities__entry__round__plan=plan
    ).distinct()
