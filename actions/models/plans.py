"""A plan and its parts: pillars, themes and action points."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models, transaction
from django.db.models import F, Q
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from actions.richtext.fields import RichTextField, RichTextQuerySet

# First parts of addresses that are not a plan.
RESERVED_SLUGS = ("api", "beheer", "en", "healthz", "nl", "privacy", "static", "toegankelijkheid")


class PlanQuerySet(models.QuerySet):
    def get_by_natural_key(self, slug):
        return self.get(slug=slug)

    def published(self):
        """Plans of which the public can see something: those with a published round."""
        return self.filter(rounds__edition__gte=1).distinct()


class Plan(models.Model):
    """A National Action Plan: what the government promises to do in a period of years."""

    slug = models.SlugField(
        _("short name in addresses"),
        unique=True,
        validators=[
            RegexValidator(
                rf"^(?:{'|'.join(RESERVED_SLUGS)})$",
                _("This word is already the address of another page. Choose another one."),
                inverse_match=True,
            )
        ],
    )
    title = models.CharField(_("title"), max_length=200)
    publisher = models.CharField(
        _("published by"), max_length=200, help_text=_("The ministry on the cover of the report.")
    )
    start_year = models.PositiveSmallIntegerField(_("first year"))
    end_year = models.PositiveSmallIntegerField(_("last year"))

    history = HistoricalRecords(verbose_name=_("history"))
    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("plan")
        verbose_name_plural = _("plans")
        ordering = ["-start_year", "slug"]
        constraints = [
            models.CheckConstraint(
                name="plan_ends_after_it_starts",
                condition=Q(end_year__gte=F("start_year")),
                violation_error_message=_("The last year of a plan cannot be before its first."),
            )
        ]

    def __str__(self):
        return self.title

    def natural_key(self):
        return (self.slug,)

    @property
    def years(self):
        return range(self.start_year, self.end_year + 1)


class PillarQuerySet(RichTextQuerySet):
    def get_by_natural_key(self, plan, number):
        return self.get(plan__slug=plan, number=number)


class Pillar(models.Model):
    """One of the pillars of the UN Guiding Principles: protect, respect, remedy."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="pillars", verbose_name=_("plan"))
    number = models.PositiveSmallIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=200)
    description = RichTextField(_("description"), blank=True)

    history = HistoricalRecords(verbose_name=_("history"))
    objects = PillarQuerySet.as_manager()

    class Meta:
        verbose_name = _("pillar")
        verbose_name_plural = _("pillars")
        ordering = ["plan", "number"]
        constraints = [
            models.UniqueConstraint(
                name="pillar_number_unique_in_plan",
                fields=["plan", "number"],
                violation_error_message=_("This plan already has a pillar with this number."),
            )
        ]

    def __str__(self):
        return f"{self.number}. {self.title}"

    def natural_key(self):
        return (*self.plan.natural_key(), self.number)

    natural_key.dependencies = ["actions.plan"]


class ThemeQuerySet(models.QuerySet):
    def get_by_natural_key(self, plan, slug):
        return self.get(plan__slug=plan, slug=slug)


class Theme(models.Model):
    """A subject within a pillar, under which action points stand."""

    plan = models.ForeignKey(
        Plan, models.PROTECT, related_name="themes", verbose_name=_("plan"), editable=False
    )
    pillar = models.ForeignKey(
        Pillar, models.PROTECT, related_name="themes", verbose_name=_("pillar")
    )
    position = models.PositiveSmallIntegerField(_("position in the pillar"))
    title = models.CharField(_("title"), max_length=200)
    slug = models.SlugField(_("short name in addresses"), max_length=200, blank=True)

    history = HistoricalRecords(verbose_name=_("history"))
    objects = ThemeQuerySet.as_manager()

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering = ["plan", "pillar__number", "position"]
        constraints = [
            models.UniqueConstraint(
                name="theme_position_unique_in_pillar",
                fields=["pillar", "position"],
                violation_error_message=_("This pillar already has a theme at this position."),
            ),
            models.UniqueConstraint(
                name="theme_slug_unique_in_plan",
                fields=["plan", "slug"],
                violation_error_message=_("This plan already has a theme with this short name."),
            ),
        ]

    def __str__(self):
        return f"{self.number} {self.title}"

    def save(self, **kwargs):
        self.plan_id = self.pillar.plan_id
        self.slug = self.slug or slugify(self.title)
        super().save(**kwargs)

    def clean(self):
        if self.pillar_id:
            self.plan_id = self.pillar.plan_id
        self.slug = self.slug or slugify(self.title)
        if not self.slug:
            raise ValidationError(_("A name needs a letter or a digit, to have an address."))

    def validate_constraints(self, exclude=None):
        # What clean() fills in is checked, also where a form does not show it.
        super().validate_constraints(exclude=set(exclude or ()) - {"plan", "slug"})

    def natural_key(self):
        return (*self.plan.natural_key(), self.slug)

    natural_key.dependencies = ["actions.pillar"]

    @property
    def number(self):
        return f"{self.pillar.number}.{self.position}"


class ActionPointQuerySet(models.QuerySet):
    def get_by_natural_key(self, plan, number):
        return self.get(plan__slug=plan, number=number)

    def in_force(self, year):
        """Points that are part of their plan in this year."""
        return self.filter(Q(last_year__isnull=True) | Q(last_year__gte=year), first_year__lte=year)

    def in_order(self):
        """In the order of the plan: by pillar, theme and sequence (not as text: 1.10 after 1.9)."""
        return self.order_by("theme__pillar__number", "theme__position", "sequence")


class ActionPoint(models.Model):
    """A promise: what will be done, to what end, by whom and when, as the plan words it now.

    How it was worded in an earlier year is kept by that year's entry. The number is given once.
    """

    plan = models.ForeignKey(
        Plan, models.PROTECT, related_name="action_points", verbose_name=_("plan"), editable=False
    )
    theme = models.ForeignKey(
        Theme, models.PROTECT, related_name="action_points", verbose_name=_("theme")
    )
    sequence = models.PositiveSmallIntegerField(_("sequence in the theme"), blank=True)
    number = models.CharField(_("number"), max_length=20, editable=False)
    title = models.TextField(_("action point"))
    goal = models.TextField(_("goal"), blank=True)
    title_en = models.TextField(_("action point in English"), blank=True)
    goal_en = models.TextField(_("goal in English"), blank=True)
    responsibility = models.TextField(_("responsibility, as worded"), blank=True)
    timeline = models.TextField(_("timeline, as worded"), blank=True)
    start_date = models.DateField(_("start date"), null=True, blank=True)
    end_date = models.DateField(_("end date"), null=True, blank=True)
    first_year = models.PositiveSmallIntegerField(_("first year in the plan"))
    last_year = models.PositiveSmallIntegerField(_("last year in the plan"), null=True, blank=True)

    history = HistoricalRecords(verbose_name=_("history"))
    objects = ActionPointQuerySet.as_manager()

    # What the plan says of a point in words, and all that an entry keeps of it for its year.
    WORDING = ("title", "goal", "responsibility", "timeline")
    # What can be translated, and where that stands: a translation is one of these very words.
    TRANSLATED: ClassVar = {"title": "title_en", "goal": "goal_en"}
    KEPT = (*WORDING, *TRANSLATED.values(), "start_date", "end_date")

    class Meta:
        verbose_name = _("action point")
        verbose_name_plural = _("action points")
        ordering = ["plan", "theme__pillar__number", "theme__position", "sequence"]
        constraints = [
            models.UniqueConstraint(
                name="action_point_number_unique_in_plan",
                fields=["plan", "number"],
                violation_error_message=_("This plan already has a point with this number."),
            ),
            models.CheckConstraint(
                name="action_point_ends_after_it_starts",
                condition=Q(end_date__gte=F("start_date"))
                | Q(start_date__isnull=True)
                | Q(end_date__isnull=True),
                violation_error_message=_("The end date cannot be before the start date."),
            ),
            models.CheckConstraint(
                name="action_point_last_year_after_first",
                condition=Q(last_year__gte=F("first_year")) | Q(last_year__isnull=True),
                violation_error_message=_("The last year cannot be before the first year."),
            ),
        ]

    def __str__(self):
        return f"{self.number} {self.title}"

    def save(self, **kwargs):
        """Give a new point its number; let the entry that is being made follow the wording."""
        with transaction.atomic():
            if self._state.adding:
                self._number()
            super().save(**kwargs)
            # Not those of an older year, also where that is open again for a correction.
            latest = self.entries.order_by("-round__year").values("pk")[:1]
            made_now = self.entries.filter(round__stage__in=["preparing", "open"], pk__in=latest)
            made_now.update(**self.kept)

    def clean(self):
        if self._state.adding and self.theme_id:
            self._number()
        elif self.theme_id and self.theme.plan_id != self.plan_id:
            raise ValidationError({"theme": _("This theme belongs to another plan.")})

    def validate_constraints(self, exclude=None):
        # What clean() fills in is checked, also where a form does not show it.
        super().validate_constraints(exclude=set(exclude or ()) - {"plan", "number"})

    def natural_key(self):
        return (*self.plan.natural_key(), self.number)

    natural_key.dependencies = ["actions.theme"]

    def _number(self):
        self.plan_id = self.theme.plan_id
        if self.sequence is None:
            # The history knows the points that were deleted, whose numbers are not given again.
            given = (self.theme.action_points, ActionPoint.history.filter(theme=self.theme))
            highest = (rows.aggregate(highest=models.Max("sequence"))["highest"] for rows in given)
            self.sequence = max(each or 0 for each in highest) + 1
        self.number = f"{self.theme.number}.{self.sequence}"

    def is_in_force(self, year):
        """Whether it is part of its plan in this year: `in_force` says the same of many."""
        return self.first_year <= year and (self.last_year is None or year <= self.last_year)

    @property
    def version(self):
        """The number of its last change, for a form to build on: every change is in the history."""
        return self.history.aggregate(last=models.Max("history_id"))["last"] or 0

    @property
    def kept(self):
        """What an entry of the present year keeps of the point."""
        return {name: getattr(self, name) for name in self.KEPT}
