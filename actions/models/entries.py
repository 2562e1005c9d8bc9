"""The yearly entries: how a point stood, where its entry is in the round, and the log of that."""

from functools import cached_property

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import OuterRef, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from actions.models.append_only import AppendOnly
from actions.models.content import EntryContent, EntryContentQuerySet
from actions.models.organisations import Responsibility
from actions.models.plans import ActionPoint
from actions.models.rounds import ReportingRound, Status
from actions.richtext.html import clean_text
from actions.search import SEARCH_WORDS

# The explanation and its bare text, which are only ever written together.
EXPLANATION_FIELDS = frozenset(["explanation", "explanation_text"])


def _with_both_texts(fields):
    if fields is None or EXPLANATION_FIELDS.isdisjoint(fields):
        return fields
    return EXPLANATION_FIELDS.union(fields)


class StatusEntryQuerySet(EntryContentQuerySet):
    def update(self, **kwargs):
        self._refuse_what_goes_together(kwargs)
        return super().update(**kwargs)

    update.alters_data = True

    def bulk_update(self, objs, fields, **kwargs):
        self._refuse_what_goes_together(fields)
        return super().bulk_update(objs, fields, **kwargs)

    bulk_update.alters_data = True

    def bulk_create(self, objs, *args, update_fields=None, **kwargs):
        self._refuse_what_goes_together({"stage"}.intersection(update_fields or ()))
        objs = list(objs)
        for entry in objs:
            entry.take_wording()
        fields = _with_both_texts(update_fields)
        return super().bulk_create(objs, *args, update_fields=fields, **kwargs)

    bulk_create.alters_data = True

    def _held(self):
        # While its round is being made, an entry follows the register.
        return Responsibility.objects.in_force(OuterRef("round__year")).filter(
            action_point=OuterRef("action_point")
        )

    def _refuse_what_goes_together(self, fields):
        if EXPLANATION_FIELDS.intersection(fields):
            raise TypeError(
                "Write explanations with save(): it keeps the bare text and the history with them."
            )
        if "stage" in fields:
            raise TypeError(
                "A stage changes only by a move: services.move_entry() keeps the log with it."
            )

    def matching(self, text):
        """Entries in whose number, wording or explanation every word occurs, letter by letter."""
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

    def in_open_rounds(self):
        return self.filter(round__stage=ReportingRound.Stage.OPEN)

    def in_hand(self):
        """Entries that wait for the ministry that writes them."""
        return self.filter(stage__in=StatusEntry.IN_HAND)

    def unfinished(self):
        """Entries that stand in the way of closing their round."""
        return self.exclude(stage=StatusEntry.Stage.APPROVED)

    def with_progress(self, progress):
        """Entries that are so far: `StatusEntry.progress` says the same of one entry."""
        if progress in (Progress.UNTOUCHED, Progress.DRAFT):
            confirmed = progress == Progress.DRAFT
            return self.filter(stage=StatusEntry.Stage.DRAFT, is_confirmed=confirmed)
        return self.filter(stage=progress)

    def written_by(self, user):
        """Entries that an organisation of this person answers for in their year."""
        return self.responsible(
            organisation__memberships__user=user, roles=Responsibility.EDITING_ROLES
        )

    def editable_by(self, user):
        """What an editor may change: entries of their organisations, in open rounds, in hand."""
        return self.written_by(user).in_open_rounds().in_hand()


class Progress(models.TextChoices):
    """How far an entry is in its round: its stage, and in a draft whether anyone began."""

    UNTOUCHED = "untouched", _("not begun")
    DRAFT = "draft", _("in draft")
    SUBMITTED = "submitted", _("submitted")
    RETURNED = "returned", _("returned")
    APPROVED = "approved", _("approved")


class StatusEntry(EntryContent):
    """How an action point stood in a year: the row of that year's report.

    It keeps the wording and the dates of the point in that year. While a round is being made these
    follow the action point; once the round is closed they stand.
    """

    class Stage(models.TextChoices):
        DRAFT = "draft", _("draft")
        SUBMITTED = "submitted", _("submitted")
        RETURNED = "returned", _("returned")
        APPROVED = "approved", _("approved")

    # The stages in which the ministry writes.
    IN_HAND = (Stage.DRAFT, Stage.RETURNED)

    action_point = models.ForeignKey(
        ActionPoint, models.PROTECT, related_name="entries", verbose_name=_("action point")
    )
    round = models.ForeignKey(
        ReportingRound, models.PROTECT, related_name="entries", verbose_name=_("reporting round")
    )
    status = models.ForeignKey(
        Status,
        models.PROTECT,
        related_name="entries",
        verbose_name=_("state of play"),
        null=True,
        blank=True,
    )
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
                violation_error_message=_("This round already has an entry for this point."),
            ),
            models.CheckConstraint(
                name="entry_stage_known",
                condition=Q(stage__in=["draft", "submitted", "returned", "approved"]),
                violation_error_message=_("This stage does not exist."),
            ),
            models.CheckConstraint(
                name="entry_submitted_has_status",
                condition=Q(stage__in=["draft", "returned"]) | Q(status__isnull=False),
                violation_error_message=_("An entry without a state of play cannot be submitted."),
            ),
        ]

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
            raise ValidationError({"action_point": _("This point belongs to another plan.")})

    def validate_constraints(self, exclude=None):
        # No form shows the stage, and yet what it asks for holds.
        super().validate_constraints(exclude=set(exclude or ()) - {"stage"})

    def natural_key(self):
        return (*self.action_point.natural_key(), self.round.year)

    natural_key.dependencies = ["actions.actionpoint", "actions.reportinground", "actions.status"]

    @property
    def is_without_update(self):
        """Whether it says that nothing was received, and so has nothing to explain."""
        return self.status is not None and self.status.tone == Status.Tone.NO_UPDATE

    @property
    def is_in_hand(self):
        return self.stage in self.IN_HAND

    @property
    def progress(self):
        """How far it is: `StatusEntryQuerySet.with_progress` says the same of many."""
        if self.stage == self.Stage.DRAFT and not self.is_confirmed:
            return Progress.UNTOUCHED
        return Progress(self.stage)

    def is_as_carried_forward(self):
        """Whether nobody has worked on it, nor on what looks odd about it."""
        return not (self.is_confirmed or self.transitions.exists() or self.seen_findings.exists())

    @cached_property
    def previous(self):
        """The entry of the same point in the latest round before this, or None."""
        return (
            StatusEntry.objects.filter(
                action_point=self.action_point_id, round__year__lt=self.round.year
            )
            .select_related("status", "round")
            .order_by("-round__year")
            .first()
        )


class EntryTransition(AppendOnly):
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

    class Meta:
        verbose_name = _("transition")
        verbose_name_plural = _("transitions")
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(
                name="transition_return_has_remark",
                condition=~Q(to_stage="returned") | ~Q(remark=""),
                violation_error_message=_("Say in a remark why the entry is returned."),
            )
        ]

    def __str__(self):
        return f"{self.entry}: {self.get_from_stage_display()} → {self.get_to_stage_display()}"


class SeenFinding(models.Model):
    """A coordinator has seen what looked odd about an entry, and says why it may stay so.

    It holds for the finding as it was: `evidence` is what the check found, and where it finds
    something else later, that is a new finding.
    """

    entry = models.ForeignKey(
        StatusEntry, models.CASCADE, related_name="seen_findings", verbose_name=_("entry")
    )
    check_name = models.CharField(_("check"), max_length=50)
    evidence = models.CharField(_("found"), max_length=200)
    reason = models.TextField(_("reason"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by")
    )
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("seen finding")
        verbose_name_plural = _("seen findings")
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(
                name="seen_finding_unique",
                fields=["entry", "check_name", "evidence"],
                violation_error_message=_("This finding has been marked as seen already."),
            ),
            models.CheckConstraint(
                name="seen_finding_has_reason",
                condition=~Q(reason=""),
                violation_error_message=_("Say why this may stay as it is."),
            ),
        ]

    def __str__(self):
        return f"{self.entry}: {self.check_name}"
