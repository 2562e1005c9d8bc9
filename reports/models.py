"""What a report holds besides the register: its own texts."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from actions.models import Pillar, ReportingRound
from actions.richtext.fields import RichTextField, RichTextQuerySet


class ReportTextQuerySet(RichTextQuerySet):
    def get_by_natural_key(self, plan, year, pillar, position):
        return self.get(
            round__plan__slug=plan, round__year=year, pillar__number=pillar, position=position
        )


class ReportText(models.Model):
    """A text of one round's report: a section before the pillars, such as the introduction, or
    what the report of that year says of a pillar in place of the plan's own description.
    """

    round = models.ForeignKey(
        ReportingRound,
        models.PROTECT,
        related_name="report_texts",
        verbose_name=_("reporting round"),
    )
    pillar = models.ForeignKey(
        Pillar,
        models.PROTECT,
        related_name="report_texts",
        verbose_name=_("pillar"),
        null=True,
        blank=True,
        help_text=_("Empty for a text that stands before the pillars."),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    title = models.CharField(_("title"), max_length=200)
    body = RichTextField(_("text"), blank=True)

    history = HistoricalRecords(verbose_name=_("history"))
    objects = ReportTextQuerySet.as_manager()

    class Meta:
        verbose_name = _("text of the report")
        verbose_name_plural = _("texts of the report")
        ordering = ["round", F("pillar__number").asc(nulls_first=True), "position"]
        constraints = [
            models.UniqueConstraint(
                name="report_text_position_unique_in_round",
                fields=["round", "position"],
                condition=Q(pillar__isnull=True),
                violation_error_message=_("This report already has a text at this position."),
            ),
            models.UniqueConstraint(
                name="report_text_pillar_unique_in_round",
                fields=["round", "pillar"],
                violation_error_message=_("This report already has a text on this pillar."),
            ),
        ]

    def __str__(self):
        return self.title

    def clean(self):
        if self.pillar and self.round_id and self.pillar.plan_id != self.round.plan_id:
            raise ValidationError({"pillar": _("This pillar is of another plan.")})

    def validate_constraints(self, exclude=None):
        # A form does not change the round, and yet what must be unique in it is.
        super().validate_constraints(exclude=set(exclude or ()) - {"round"})

    def natural_key(self):
        return (*self.round.natural_key(), self.pillar and self.pillar.number, self.position)

    natural_key.dependencies = ["actions.reportinground", "actions.pillar"]
