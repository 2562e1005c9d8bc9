"""What a report holds besides the register: its own texts."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from actions.models import ReportingRound
from actions.richtext.fields import RichTextField


class ReportTextQuerySet(models.QuerySet):
    def get_by_natural_key(self, plan, year, position):
        return self.get(round__plan__slug=plan, round__year=year, position=position)


class ReportText(models.Model):
    """A section of text of one round's report that stands before the pillars: the introduction."""

    round = models.ForeignKey(
        ReportingRound,
        models.PROTECT,
        related_name="report_texts",
        verbose_name=_("reporting round"),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    title = models.CharField(_("title"), max_length=200)
    body = RichTextField(_("text"), blank=True)

    history = HistoricalRecords(verbose_name=_("history"))
    objects = ReportTextQuerySet.as_manager()

    class Meta:
        verbose_name = _("text of the report")
        verbose_name_plural = _("texts of the report")
        ordering = ["round", "position"]
        constraints = [
            models.UniqueConstraint(
                name="report_text_position_unique_in_round",
                fields=["round", "position"],
                violation_error_message=_("This report already has a text at this position."),
            )
        ]

    def __str__(self):
        return self.title

    def natural_key(self):
        return (*self.round.natural_key(), self.position)

    natural_key.dependencies = ["actions.reportinground"]
