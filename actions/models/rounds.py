"""The yearly rounds, the statuses to choose from, and the reminders that were sent."""

from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from actions.models.organisations import Organisation
from actions.models.plans import Plan


class StatusQuerySet(models.QuerySet):
    def get_by_natural_key(self, slug):
        return self.get(slug=slug)


class Status(models.Model):
    """A label for how an action point stands. Its tone decides colour and icon."""

    class Tone(models.TextChoices):
        DONE = "done", _("done")
        ON_SCHEDULE = "on_schedule", _("on schedule")
        ONGOING = "ongoing", _("ongoing")
        NEEDS_ATTENTION = "needs_attention", _("needs attention")
        NEUTRAL = "neutral", _("neutral")
        NO_UPDATE = "no_update", _("no update")

    label = models.CharField(_("label"), max_length=100)
    slug = models.SlugField(_("short name in addresses"), max_length=100, unique=True, blank=True)
    tone = models.CharField(_("tone"), max_length=20, choices=Tone, default=Tone.NEUTRAL)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    history = HistoricalRecords(verbose_name=_("history"))
    objects = StatusQuerySet.as_manager()

    class Meta:
        verbose_name = _("status")
        verbose_name_plural = _("statuses")
        ordering = ["position", "label"]
        constraints = [
            models.UniqueConstraint(
                name="status_label_unique",
                fields=["label"],
                violation_error_message=_("There is already a status with this label."),
            )
        ]

    def __str__(self):
        return self.label

    def save(self, **kwargs):
        self.clean()
        super().save(**kwargs)

    def clean(self):
        self.slug = self.slug or slugify(self.label)
        if not self.slug:
            raise ValidationError(_("A name needs a letter or a digit, to have an address."))

    def natural_key(self):
        return (self.slug,)


class ReportingRoundQuerySet(models.QuerySet):
    def get_by_natural_key(self, plan, year):
        return self.get(plan__slug=plan, year=year)

    def open(self):
        return self.filter(stage=ReportingRound.Stage.OPEN)

    def reported(self):
        """Rounds in which every point has its say: closed, or published as well."""
        return self.filter(stage__in=[ReportingRound.Stage.CLOSED, ReportingRound.Stage.PUBLISHED])

    def published(self):
        """Rounds of which the public sees something: also while one is open for a correction."""
        return self.filter(edition__gte=1)


class ReportingRound(models.Model):
    """The yearly round in which the working group records how every action point stands.

    The year is the year reported on, not the date of publication.
    """

    class Stage(models.TextChoices):
        PREPARING = "preparing", _("in preparation")
        OPEN = "open", _("open")
        CLOSED = "closed", _("closed")
        PUBLISHED = "published", _("published")

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="rounds", verbose_name=_("plan"))
    year = models.PositiveSmallIntegerField(_("year"))
    title = models.CharField(
        _("title of the report"),
        max_length=200,
        blank=True,
        help_text=_("As it stands on the cover, without the year."),
    )
    reference_date = models.DateField(
        _("reference date"),
        null=True,
        blank=True,
        help_text=_("The day on which the state of play is as reported."),
    )
    deadline = models.DateField(
        _("deadline"),
        null=True,
        blank=True,
        help_text=_("The last day on which the ministries can submit in time."),
    )
    stage = models.CharField(
        _("stage"), max_length=20, choices=Stage, default=Stage.PREPARING, editable=False
    )
    edition = models.PositiveSmallIntegerField(
        _("edition"),
        default=0,
        editable=False,
        help_text=_("How many times its report has been published."),
    )
    # What the public sees of the round itself; what a correction changes waits for its edition.
    published_title = models.CharField(
        _("title of the report, as published"), max_length=200, blank=True, editable=False
    )
    published_reference_date = models.DateField(
        _("reference date, as published"), null=True, blank=True, editable=False
    )

    history = HistoricalRecords(verbose_name=_("history"))
    objects = ReportingRoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("reporting round")
        verbose_name_plural = _("reporting rounds")
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(
                name="round_year_unique_in_plan",
                fields=["plan", "year"],
                violation_error_message=_("This plan already has a round for this year."),
            ),
            models.CheckConstraint(
                name="round_stage_known",
                condition=Q(stage__in=["preparing", "open", "closed", "published"]),
                violation_error_message=_("This stage does not exist."),
            ),
            models.CheckConstraint(
                name="round_open_has_dates",
                condition=~Q(stage="open")
                | (Q(reference_date__isnull=False) & Q(deadline__isnull=False)),
                violation_error_message=_("An open round has a reference date and a deadline."),
            ),
            models.CheckConstraint(
                name="round_published_has_edition",
                condition=~Q(stage="published") | Q(edition__gte=1),
                violation_error_message=_("A published round has an edition of its report."),
            ),
        ]

    def __str__(self):
        return f"{self.year} – {self.plan}"

    def clean(self):
        if self.plan_id and self.year and self.year not in self.plan.years:
            raise ValidationError(
                {
                    "year": _("The plan runs from %(first)s to %(last)s.")
                    % {"first": self.plan.start_year, "last": self.plan.end_year}
                }
            )

    def natural_key(self):
        return (*self.plan.natural_key(), self.year)

    natural_key.dependencies = ["actions.plan"]

    def validate_constraints(self, exclude=None):
        # No form shows the stage, and yet what it asks for holds.
        super().validate_constraints(exclude=set(exclude or ()) - {"stage"})

    @property
    def is_open(self):
        return self.stage == self.Stage.OPEN

    @property
    def is_published(self):
        """Whether it stands as published: nothing in it changes until it is reopened."""
        return self.stage == self.Stage.PUBLISHED

    def keep_as_published(self):
        """Let the public see its title and reference date as they are now. Does not save."""
        self.published_title = self.title
        self.published_reference_date = self.reference_date

    @property
    def has_dates(self):
        """Whether it has the dates without which it cannot be open."""
        return bool(self.reference_date and self.deadline)

    @property
    def is_correction(self):
        """Whether it is being worked on again after it was published."""
        return self.edition > 0 and not self.is_published

    def points_without_entry(self):
        """The points in force this year that have no entry in this round."""
        return self.plan.action_points.in_force(self.year).exclude(entries__round=self).in_order()

    def previous_entries(self):
        """For each point, by its key, the entry of the latest round before this that has one."""
        entries = self.entries.model.objects
        earlier = entries.filter(action_point__plan=self.plan_id, round__year__lt=self.year)
        # The latest comes last, and stays.
        return {
            entry.action_point_id: entry
            for entry in earlier.select_related("status", "round").order_by("round__year")
        }

    @property
    def as_of(self) -> date:
        """The day of which it says, to the public, how things stand."""
        return self.published_reference_date or date(self.year, 12, 31)

    def organisations(self):
        """The organisations that have a role in what is published of it."""
        return Organisation.objects.of_round(self.pk)


class Reminder(models.Model):
    """Someone was sent the summary of what is still open, at one of the moments for that.

    It is what makes a reminder go out once, however often the command runs.
    """

    round = models.ForeignKey(
        ReportingRound, models.CASCADE, related_name="reminders", verbose_name=_("reporting round")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("user")
    )
    moment = models.CharField(_("moment"), max_length=20)
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(
                name="reminder_once",
                fields=["round", "user", "moment"],
                violation_error_message=_("This reminder has been sent already."),
            )
        ]

    def __str__(self):
        return f"{self.round.year} {self.moment}: {self.user}"
