"""What a year says of an action point: of the entry in the making and of the published one."""

from django.db import models
from django.db.models import Exists
from django.utils.translation import gettext_lazy as _

from actions.richtext.fields import PlainTextField, RichTextField
from actions.translation import Worded, worded


class EntryContentQuerySet(models.QuerySet):
    def get_by_natural_key(self, plan, number, year):
        return self.get(
            action_point__plan__slug=plan, action_point__number=number, round__year=year
        )

    def for_round(self, reporting_round):
        return self.filter(round=reporting_round)

    def in_order(self):
        """In the order of the plan: by pillar, theme and sequence."""
        return self.order_by(
            "action_point__theme__pillar__number",
            "action_point__theme__position",
            "action_point__sequence",
        )

    def of_organisation(self, organisation, *roles):
        """Entries of points in which the organisation had one of these (or any) roles that year."""
        return self.responsible(organisation__in=[organisation], roles=roles)

    def responsible(self, *, roles, **organisation):
        """Entries of points for which such an organisation had such a role in that year."""
        held = self._held().filter(**organisation)
        if roles:
            held = held.filter(role__in=roles)
        return self.filter(Exists(held))

    def _held(self):
        """Who is responsible for an entry: rows with an organisation and a role."""
        raise NotImplementedError

    def for_report(self):
        """With what the report shows, in the order of the plan."""
        return self.select_related("status", "action_point__theme__pillar").in_order()


class EntryContent(models.Model):
    """How an action point stood in a year, in the wording and with the dates of that year."""

    title = models.TextField(_("action point, as worded"), editable=False)
    goal = models.TextField(_("goal"), blank=True, editable=False)
    title_en = models.TextField(_("action point in English"), blank=True, editable=False)
    goal_en = models.TextField(_("goal in English"), blank=True, editable=False)
    responsibility = models.TextField(_("responsibility, as worded"), blank=True, editable=False)
    timeline = models.TextField(_("timeline, as worded"), blank=True, editable=False)
    start_date = models.DateField(_("start date"), null=True, blank=True, editable=False)
    end_date = models.DateField(_("end date"), null=True, blank=True, editable=False)
    explanation = RichTextField(_("explanation"), blank=True)
    explanation_text = PlainTextField(_("explanation without markup"), source="explanation")

    class Meta:
        abstract = True

    def __str__(self):
        return f"{self.action_point.number} ({self.round.year})"

    @property
    def number(self):
        return self.action_point.number

    @property
    def shown_title(self) -> Worded:
        return worded(self.title, self.title_en)

    @property
    def shown_goal(self) -> Worded:
        return worded(self.goal, self.goal_en)
