"""Who is responsible for what: organisations through their renames, responsibilities, members."""

import re

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords


class OrganisationQuerySet(models.QuerySet):
    def get_by_natural_key(self, slug):
        return self.get(slug=slug)

    def existing_in(self, year):
        """Organisations that existed in this year, as far as their years are known."""
        return self.filter(
            Q(first_year__isnull=True) | Q(first_year__lte=year),
            Q(last_year__isnull=True) | Q(last_year__gte=year),
        )

    def of_round(self, reporting_round):
        """Organisations with a role in what is published of this round (or its key)."""
        return self.filter(published_responsibilities__entry__round=reporting_round).distinct()


class Organisation(models.Model):
    """A ministry, agency or other body, under the name it has in some years.

    A new name is a new organisation that succeeds the old one, so that an old year keeps its names.
    """

    class Kind(models.TextChoices):
        MINISTRY = "ministry", _("ministry")
        AGENCY = "agency", _("agency")
        OTHER = "other", _("other body")

    abbreviation = models.CharField(_("abbreviation"), max_length=40, blank=True)
    name = models.CharField(_("name"), max_length=200)
    slug = models.SlugField(
        _("short name in addresses"),
        max_length=200,
        unique=True,
        blank=True,
        help_text=_("The abbreviation, or the name where there is none."),
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.OTHER)
    first_year = models.PositiveSmallIntegerField(_("exists since"), null=True, blank=True)
    last_year = models.PositiveSmallIntegerField(_("existed until"), null=True, blank=True)
    successors = models.ManyToManyField(
        "self",
        through="Succession",
        symmetrical=False,
        related_name="predecessors",
        verbose_name=_("succeeded by"),
    )

    history = HistoricalRecords(verbose_name=_("history"))
    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["slug"]
        constraints = [
            models.UniqueConstraint(
                name="organisation_abbreviation_unique",
                fields=["abbreviation"],
                condition=~Q(abbreviation=""),
                violation_error_message=_(
                    "There is already an organisation with this abbreviation."
                ),
            ),
            models.UniqueConstraint(
                name="organisation_name_unique",
                fields=["name"],
                violation_error_message=_("There is already an organisation with this name."),
            ),
            models.CheckConstraint(
                name="organisation_ends_after_it_starts",
                condition=Q(last_year__gte=F("first_year"))
                | Q(first_year__isnull=True)
                | Q(last_year__isnull=True),
                violation_error_message=_("The last year cannot be before the first year."),
            ),
        ]

    def __str__(self):
        return self.label

    def save(self, **kwargs):
        self.clean()
        super().save(**kwargs)

    def clean(self):
        # The address keeps the spelling of the abbreviation: /organisaties/IenW/.
        abbreviation = re.sub(r"[^A-Za-z0-9_-]+", "-", self.abbreviation).strip("-")
        self.slug = self.slug or abbreviation or slugify(self.name)

    def natural_key(self):
        return (self.slug,)

    @property
    def label(self):
        """What people call it: the abbreviation, or the name where there is none."""
        return self.abbreviation or self.name


class SuccessionQuerySet(models.QuerySet):
    def get_by_natural_key(self, predecessor, successor):
        return self.get(predecessor__slug=predecessor, successor__slug=successor)


class Succession(models.Model):
    """One organisation took over from another, wholly or in part."""

    class Kind(models.TextChoices):
        RENAMED = "renamed", _("renamed")
        MERGED = "merged", _("merged")
        SPLIT = "split", _("split")

    predecessor = models.ForeignKey(
        Organisation, models.CASCADE, related_name="+", verbose_name=_("predecessor")
    )
    successor = models.ForeignKey(
        Organisation, models.CASCADE, related_name="+", verbose_name=_("successor")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    year = models.PositiveSmallIntegerField(_("year"))

    history = HistoricalRecords(verbose_name=_("history"))
    objects = SuccessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("succession")
        verbose_name_plural = _("successions")
        ordering = ["year", "predecessor__slug", "successor__slug"]
        constraints = [
            models.UniqueConstraint(
                name="succession_unique",
                fields=["predecessor", "successor"],
                violation_error_message=_("This succession is already recorded."),
            ),
            models.CheckConstraint(
                name="succession_not_of_itself",
                condition=~Q(predecessor=F("successor")),
                violation_error_message=_("An organisation cannot succeed itself."),
            ),
        ]

    def __str__(self):
        return f"{self.predecessor} → {self.successor} ({self.year})"

    def natural_key(self):
        return (*self.predecessor.natural_key(), *self.successor.natural_key())

    natural_key.dependencies = ["actions.organisation"]


class ResponsibilityQuerySet(models.QuerySet):
    def get_by_natural_key(self, plan, number, organisation, role, first_year):
        return self.get(
            action_point__plan__slug=plan,
            action_point__number=number,
            organisation__slug=organisation,
            role=role,
            first_year=first_year,
        )

    def in_force(self, year):
        return self.filter(Q(last_year__isnull=True) | Q(last_year__gte=year), first_year__lte=year)

    def of_round(self, reporting_round):
        """Which point is held by which organisation, by their keys, in which role in its year."""
        held = (
            self.in_force(reporting_round.year)
            .filter(action_point__entries__round=reporting_round)
            .order_by("pk")
            .values_list("action_point", "organisation", "role")
        )
        # Two spells of one role can overlap in a year.
        return list(dict.fromkeys(held))


class Responsibility(models.Model):
    """An organisation has a role in an action point, in certain years."""

    class Role(models.TextChoices):
        COORDINATING = "coordinating", _("coordinating")
        RESPONSIBLE = "responsible", _("responsible")
        EXECUTING = "executing", _("executing, commissioned")
        INVOLVED = "involved", _("involved")

    # The roles whose organisation writes the entry.
    EDITING_ROLES = (Role.COORDINATING, Role.RESPONSIBLE, Role.EXECUTING)

    action_point = models.ForeignKey(
        "actions.ActionPoint",
        models.CASCADE,
        related_name="responsibilities",
        verbose_name=_("action point"),
    )
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="responsibilities",
        verbose_name=_("organisation"),
    )
    role = models.CharField(_("role"), max_length=20, choices=Role)
    first_year = models.PositiveSmallIntegerField(_("since"))
    last_year = models.PositiveSmallIntegerField(_("until"), null=True, blank=True)

    history = HistoricalRecords(verbose_name=_("history"))
    objects = ResponsibilityQuerySet.as_manager()

    class Meta:
        verbose_name = _("responsibility")
        verbose_name_plural = _("responsibilities")
        ordering = ["action_point", "id"]
        constraints = [
            models.UniqueConstraint(
                name="responsibility_unique",
                fields=["action_point", "organisation", "role", "first_year"],
                violation_error_message=_("This responsibility is already recorded."),
            ),
            models.CheckConstraint(
                name="responsibility_ends_after_it_starts",
                condition=Q(last_year__gte=F("first_year")) | Q(last_year__isnull=True),
                violation_error_message=_("The last year cannot be before the first year."),
            ),
        ]

    def __str__(self):
        return f"{self.organisation} ({self.get_role_display()})"

    def natural_key(self):
        return (
            *self.action_point.natural_key(),
            *self.organisation.natural_key(),
            self.role,
            self.first_year,
        )

    natural_key.dependencies = ["actions.actionpoint", "actions.organisation"]


class Membership(models.Model):
    """A person works at an organisation and may edit its action points."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships", verbose_name=_("user")
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="memberships", verbose_name=_("organisation")
    )

    history = HistoricalRecords(verbose_name=_("history"))

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["organisation__slug", "user__username"]
        constraints = [
            models.UniqueConstraint(
                name="membership_unique",
                fields=["user", "organisation"],
                violation_error_message=_("This person is already a member."),
            )
        ]

    def __str__(self):
        return f"{self.user} – {self.organisation}"
