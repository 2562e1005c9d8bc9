"""The yearly rounds: statuses, rounds, entries and the log of their stages."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from actions.models.organisations import Organisation, Responsibility
from actions.models.plans import ActionPoint, Plan
from actions.richtext.fields import PlainTextField, RichTextField
from actions.richtext.html import clean_text

# So many words of a search count: a database takes conditions to some depth only.
SEARCH_WORDS = 30
# The explanation and its bare text, which are only ever written together.
EXPLANATION_FIELDS = frozenset(["explanation", "explanation_text"])


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

    def published(self):
        return self.filter(stage=ReportingRound.Stage.PUBLISHED)


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
    deadline = models.DateField(_("deadline"), null=True, blank=True)
    stage = models.CharField(_("stage"), max_length=20, choices=Stage, default=Stage.PREPARING)

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
                violation_error_message=_("This plan already has a round of this year."),
            ),
            models.CheckConstraint(
                name="round_stage_known",
                condition=Q(stage__in=["preparing", "open", "closed", "published"]),
                violation_error_message=_("This stage does not exist."),
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

    @property
    def is_published(self):
        return self.stage == self.Stage.PUBLISHED

    def organisations(self):
        """The organisations that had a role that year in one of the points of this round."""
        return Organisation.objects.of_round(self.pk, self.year)


def _with_both_texts(fields):
    if fields is None or EXPLANATION_FIELDS.isdisjoint(fields):
        return fields
    return EXPLANATION_FIELDS.union(fields)


class StatusEntryQuerySet(models.QuerySet):
    def get_by_natural_key(self, plan, number, year):
        return self.get(
            action_point__plan__slug=plan, action_point__number=number, round__year=year
        )

    def update(self, **kwargs):
        self._refuse_explanations(kwargs)
        return super().update(**kwargs)

    update.alters_data = True

    def bulk_update(self, objs, fields, **kwargs):
        self._refuse_explanations(fields)
        return super().bulk_update(objs, fields, **kwargs)

    bulk_update.alters_data = True

    def bulk_create(self, objs, *args, update_fields=None, **kwargs):
        objs = list(objs)
        for entry in objs:
            entry.take_wording()
        fields = _with_both_texts(update_fields)
        return super().bulk_create(objs, *args, update_fields=fields, **kwargs)

    bulk_create.alters_data = True

    def _refuse_explanations(self, fields):
        if EXPLANATION_FIELDS.intersection(fields):
            raise TypeError(
                "Write explanations with save(): it keeps the bare text and the history with them."
            )

    def published(self):
        return self.filter(round__stage=ReportingRound.Stage.PUBLISHED)

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
        return self._responsible(organisation__in=[organisation], roles=roles)

    def editable_by(self, user):
        """What an editor may change: entries of their organisations, in open rounds, in hand."""
        return self._responsible(
            organisation__memberships__user=user, roles=Responsibility.EDITING_ROLES
        ).filter(round__stage=ReportingRound.Stage.OPEN, stage=StatusEntry.Stage.DRAFT)

    def _responsible(self, *, roles, **organisation):
        held = Responsibility.objects.filter(
            Q(last_year__isnull=True) | Q(last_year__gte=OuterRef("round__year")),
            action_point=OuterRef("action_point"),
            first_year__lte=OuterRef("round__year"),
            **organisation,
        )
        if roles:
            held = held.filter(role__in=roles)
        return self.filter(Exists(held))

    def matching(self, text):
        """Entries in whose number, wording or explanation every word of the text occurs."""
        entries = self
        for word in list(dict.fromkeys(clean_text(text).split()))[:SEARCH_WORDS]:
            entries = entries.filter(
                Q(action_point__number__startswith=word)
                | Q(title__icontains=word)
                | Q(goal__icontains=word)
                | Q(responsibility__icontains=word)
                | Q(timeline__icontains=word)
                | Q(explanation_text__icontains=word)
            )
        return entries

    def for_report(self):
        """With what the report shows, in the order of the plan."""
        return self.select_related("status", "action_point__theme__pillar").in_order()


class StatusEntry(models.Model):
    """How an action point stood in a year: the row of that year's report.

    It keeps the wording and the dates of the point in that year. While a round is being made these
    follow the action point; once the round is published they stand.
    """

    class Stage(models.TextChoices):
        DRAFT = "draft", _("draft")
        SUBMITTED = "submitted", _("submitted")
        APPROVED = "approved", _("approved")

    action_point = models.ForeignKey(
        ActionPoint, models.PROTECT, related_name="entries", verbose_name=_("action point")
    )
    round = models.ForeignKey(
        ReportingRound, models.PROTECT, related_name="entries", verbose_name=_("reporting round")
    )
    title = models.TextField(_("action point, as worded"), editable=False)
    goal = models.TextField(_("goal"), blank=True, editable=False)
    responsibility = models.TextField(_("responsibility, as worded"), blank=True, editable=False)
    timeline = models.TextField(_("timeline, as worded"), blank=True, editable=False)
    start_date = models.DateField(_("start date"), null=True, blank=True, editable=False)
    end_date = models.DateField(_("end date"), null=True, blank=True, editable=False)
    status = models.ForeignKey(
        Status,
        models.PROTECT,
        related_name="entries",
        verbose_name=_("state of play"),
        null=True,
        blank=True,
    )
    explanation = RichTextField(_("explanation"), blank=True)
    explanation_text = PlainTextField(_("explanation without markup"), source="explanation")
    stage = models.CharField(
        _("stage"), max_length=20, choices=Stage, default=Stage.DRAFT, editable=False
    )
    is_confirmed = models.BooleanField(
        _("confirmed this year"),
        default=False,
        editable=False,
        help_text=_("Not merely carried forward from the year before."),
    )
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    history = HistoricalRecords(verbose_name=_("history"), excluded_fields=["explanation_text"])
    objects = StatusEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        ordering = ["round", "action_point"]
        constraints = [
            models.UniqueConstraint(
                name="entry_unique_in_round",
                fields=["round", "action_point"],
                violation_error_message=_("This round already has an entry of this point."),
            ),
            models.CheckConstraint(
                name="entry_stage_known",
                condition=Q(stage__in=["draft", "submitted", "approved"]),
                violation_error_message=_("This stage does not exist."),
            ),
            models.CheckConstraint(
                name="entry_approved_has_status",
                condition=~Q(stage="approved") | Q(status__isnull=False),
                violation_error_message=_("An entry without a state of play cannot be approved."),
            ),
        ]

    def __str__(self):
        return f"{self.action_point.number} ({self.round.year})"

    def save(self, *, update_fields=None, **kwargs):
        if self._state.adding:
            self.take_wording()
        if not self._state.adding and update_fields is None:
            self.version += 1
        if "explanation" not in self.get_deferred_fields():
            # Django writes only what was loaded: the bare text, made anew, is from here on.
            self.explanation_text = ""
        super().save(update_fields=_with_both_texts(update_fields), **kwargs)

    def take_wording(self):
        """Word a new entry as its action point, unless it brings a wording of its own."""
        if not self.title:
            for name, value in self.action_point.kept.items():
                setattr(self, name, value)

    def clean(self):
        if (
            self.action_point_id
            and self.round_id
            and self.action_point.plan_id != self.round.plan_id
        ):
            raise ValidationError({"action_point": _("This point is of another plan.")})

    def validate_constraints(self, exclude=None):
        # No form shows the stage, and yet what it asks for holds.
        super().validate_constraints(exclude=set(exclude or ()) - {"stage"})

    def natural_key(self):
        return (*self.action_point.natural_key(), self.round.year)

    natural_key.dependencies = ["actions.actionpoint", "actions.reportinground", "actions.status"]

    @property
    def number(self):
        return self.action_point.number


class EntryTransitionQuerySet(models.QuerySet):
    def update(self, **kwargs):
        raise TypeError(EntryTransition.APPEND_ONLY)

    def bulk_create(self, objs, *args, update_conflicts=False, **kwargs):
        if update_conflicts:
            raise TypeError(EntryTransition.APPEND_ONLY)
        return super().bulk_create(objs, *args, **kwargs)

    def delete(self):
        raise TypeError(EntryTransition.APPEND_ONLY)


class EntryTransition(models.Model):
    """An entry went from one stage to another: who did it, when, and with what remark.

    The log is only ever added to.
    """

    APPEND_ONLY = "The log of transitions is only added to, never changed."

    entry = models.ForeignKey(
        StatusEntry, models.PROTECT, related_name="transitions", verbose_name=_("entry")
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by")
    )
    at = models.DateTimeField(_("at"), auto_now_add=True)
    from_stage = models.CharField(_("from"), max_length=20, choices=StatusEntry.Stage)
    to_stage = models.CharField(_("to"), max_length=20, choices=StatusEntry.Stage)
    remark = models.TextField(_("remark"), blank=True)

    objects = EntryTransitionQuerySet.as_manager()

    class Meta:
        verbose_name = _("transition")
        verbose_name_plural = _("transitions")
        ordering = ["-at", "-id"]

    def __str__(self):
        return f"{self.entry}: {self.get_from_stage_display()} → {self.get_to_stage_display()}"

    def save(self, **kwargs):
        if not self._state.adding:
            raise TypeError(self.APPEND_ONLY)
        super().save(**kwargs | {"force_insert": True})

    def delete(self, **kwargs):
        raise TypeError(self.APPEND_ONLY)
