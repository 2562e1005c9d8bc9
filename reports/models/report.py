"""What a report holds besides the register: its own texts, and its editions as published."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from actions.models import Pillar, ReportingRound
from actions.models.append_only import AppendOnly, AppendOnlyQuerySet
from actions.references import read_dossier
from actions.richtext.fields import RichTextField, RichTextQuerySet
from actions.richtext.html import clean_text
from reports import letter
from reports.errors import ReportError
from reports.formats import MEDIA_TYPES, Format
from reports.readers import layout
from reports.writers.json_file import schema


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
            raise ValidationError({"pillar": _("This pillar belongs to another plan.")})
        # A text on a pillar goes without its title.
        self.title = clean_text(self.title).strip()
        if not self.pillar_id and layout.begins_other_part(self.title):
            raise ValidationError(
                {
                    "title": _(
                        "“%(title)s” is how another part of the report is headed. A Word or "
                        "OpenDocument file could then not be read back: choose another title."
                    )
                    % {"title": self.title}
                }
            )

    def validate_constraints(self, exclude=None):
        # A form does not change the round, and yet what must be unique in it is.
        super().validate_constraints(exclude=set(exclude or ()) - {"round"})

    def natural_key(self):
        return (*self.round.natural_key(), self.pillar and self.pillar.number, self.position)

    natural_key.dependencies = ["actions.reportinground", "actions.pillar"]


class CoverLetterQuerySet(RichTextQuerySet):
    def get_by_natural_key(self, plan, year):
        return self.get(round__plan__slug=plan, round__year=year)


class CoverLetter(models.Model):
    """The letter to the Speaker with which the report of a round goes to parliament.

    Its subject and text are a template (see `reports.letter`): what they say in brackets is filled
    in from the report each time that the letter is asked for.
    """

    round = models.OneToOneField(
        ReportingRound,
        models.PROTECT,
        related_name="cover_letter",
        verbose_name=_("reporting round"),
        error_messages={"unique": _("This round already has a cover letter.")},
    )
    dossier = models.CharField(
        _("parliamentary dossier"),
        max_length=20,
        help_text=_("The number of the dossier that the letter belongs to, such as 26 485."),
    )
    subject = models.CharField(
        _("subject"),
        max_length=200,
        default=letter.DEFAULT_SUBJECT,
        help_text=_("[titel] and [jaar] are filled in from the report."),
    )
    place = models.CharField(_("place"), max_length=100, default=letter.DEFAULT_PLACE)
    date = models.DateField(
        _("date"),
        null=True,
        blank=True,
        help_text=_(
            "Empty: the day on which the report is published. Until then the letter says [datum]."
        ),
    )
    salutation = models.CharField(
        _("salutation"), max_length=200, default=letter.DEFAULT_SALUTATION
    )
    body = RichTextField(
        _("text"),
        default=letter.default_body,
        help_text=_(
            "Filled in from the report: [jaar], [titel], [peildatum] and [totaal], the number of "
            "action points. In a paragraph of their own: [aantallen], how many action points stand "
            "how, and [opvallend], what stands out."
        ),
    )
    office = models.CharField(
        _("office of the signatory"), max_length=200, default=letter.DEFAULT_OFFICE
    )
    name = models.CharField(_("name of the signatory"), max_length=200, blank=True)

    history = HistoricalRecords(verbose_name=_("history"))
    objects = CoverLetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("cover letter")
        verbose_name_plural = _("cover letters")
        ordering = ["round"]

    def __str__(self):
        return _("Cover letter %(year)s") % {"year": self.round.year}

    def clean(self):
        errors = {}
        dossier = read_dossier(self.dossier)
        if self.dossier and not dossier:
            errors["dossier"] = _(
                "This is not a dossier number. Write it as 26 485, 21 501-02 or 35 000 XVII."
            )
        self.dossier = dossier or self.dossier
        for field, check in (("subject", letter.check_subject), ("body", letter.check_body)):
            try:
                check(getattr(self, field))
            except ReportError as error:
                errors[field] = str(error)
        if errors:
            raise ValidationError(errors)

    def natural_key(self):
        return self.round.natural_key()

    natural_key.dependencies = ["actions.reportinground"]


class EditionQuerySet(AppendOnlyQuerySet):
    def of_plan(self, plan):
        """Editions of the reports of the plan with this slug; of each year the newest first."""
        return self.filter(round__plan__slug=plan).order_by("-round__year", "-number")

    def with_files(self):
        """With what a page says of their files, without the bytes of these."""
        files = EditionFile.objects.defer("content").order_by("id")
        versions = self.annotate(schema_version=F("document__version"))
        return versions.prefetch_related(models.Prefetch("files", queryset=files))


class Edition(AppendOnly):
    """One publication of the report of a round: the whole document, frozen.

    Nothing changes or deletes it, not even in the database: triggers refuse it (`triggers.py`). A
    correction is a new edition that says why.
    """

    APPEND_ONLY = "An edition is frozen: it is never changed or deleted."

    round = models.ForeignKey(
        ReportingRound, models.PROTECT, related_name="editions", verbose_name=_("reporting round")
    )
    number = models.PositiveSmallIntegerField(_("number"))
    note = models.TextField(
        _("why this edition replaces the one before"), blank=True, help_text=_("Public.")
    )
    published_on = models.DateField(_("published on"))
    at = models.DateTimeField(_("at"), auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by")
    )
    document = models.JSONField(_("document"))
    checksum = models.CharField(_("checksum"), max_length=64)
    # See `beside.py`. None of an edition that was frozen before this was kept.
    beside = models.JSONField(_("what was published beside the document"), null=True)

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["round", "-number"]
        constraints = [
            models.UniqueConstraint(
                name="edition_number_unique_in_round",
                fields=["round", "number"],
                violation_error_message=_("This edition has been published already."),
            ),
            models.CheckConstraint(
                name="edition_number_from_one",
                condition=Q(number__gte=1),
                violation_error_message=_("Editions are numbered from 1."),
            ),
            models.CheckConstraint(
                name="edition_correction_has_note",
                condition=Q(number=1) | ~Q(note=""),
                violation_error_message=_("Say what was corrected in this edition."),
            ),
        ]

    def __str__(self):
        return f"{self.round}, {_('edition %(number)s') % {'number': self.number}}"


class EditionFile(AppendOnly):
    """A file of an edition as it was published, byte for byte."""

    APPEND_ONLY = Edition.APPEND_ONLY

    edition = models.ForeignKey(
        Edition, models.PROTECT, related_name="files", verbose_name=_("edition")
    )
    format = models.CharField(_("format"), max_length=10, choices=Format)
    content = models.BinaryField(_("content"))
    size = models.PositiveIntegerField(_("size in bytes"))
    checksum = models.CharField(_("checksum"), max_length=64)

    class Meta:
        verbose_name = _("file of an edition")
        verbose_name_plural = _("files of an edition")
        ordering = ["edition", "id"]
        constraints = [
            models.UniqueConstraint(
                name="edition_file_unique",
                fields=["edition", "format"],
                violation_error_message=_("This edition already has a file of this format."),
            )
        ]

    def __str__(self):
        return f"{self.edition} ({self.get_format_display()})"

    @property
    def media_type(self):
        return MEDIA_TYPES[Format(self.format)]

    @property
    def schema(self):
        """The address of what describes its data; empty where it holds none.

        For an edition `with_files`: an earlier one can be of an earlier schema.
        """
        return schema(self.edition.schema_version) if self.format == Format.JSON else ""
