"""Who is kept posted by e-mail, and who has asked for it and has not confirmed that yet."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actions.models import Organisation, Plan, Theme
from reports.models.report import Edition
from reports.topics import Topic

# A request can be confirmed for so many days; then it is deleted.
DAYS_TO_CONFIRM = 3
# So many mails a day ask a mailbox to confirm: else anyone could flood it with them.
REQUESTS_A_DAY = 3


class KeptPosted(models.Model):
    """An address, what it wants to hear of, and in which language.

    Its key is random, so that the address of a page that holds it proves that a mail was received.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(_("e-mail address"))
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="+", verbose_name=_("plan"))
    theme = models.ForeignKey(
        Theme, models.CASCADE, related_name="+", verbose_name=_("theme"), null=True, blank=True
    )
    organisation = models.ForeignKey(
        Organisation,
        models.CASCADE,
        related_name="+",
        verbose_name=_("organisation"),
        null=True,
        blank=True,
    )
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)

    class Meta:
        abstract = True

    @property
    def topic(self):
        return Topic(self.plan, self.theme, self.organisation)


def _one_topic(name):
    return models.CheckConstraint(
        name=name,
        condition=Q(theme=None) | Q(organisation=None),
        violation_error_message=_("It is about a theme or about an organisation, not about both."),
    )


class SubscriptionRequestQuerySet(models.QuerySet):
    def valid(self):
        return self.filter(on__gte=_oldest_day())

    def lapsed(self):
        return self.filter(on__lt=_oldest_day())


def _oldest_day():
    return timezone.localdate() - timedelta(days=DAYS_TO_CONFIRM)


class SubscriptionRequest(KeptPosted):
    """Someone asked for mails to this address. One mail went there, with the way to confirm that.

    Each row is a mail, so that the database itself limits how many an address gets in a day.
    """

    mailbox = models.CharField(_("mailbox"), max_length=254)
    on = models.DateField(_("on"))
    number = models.PositiveSmallIntegerField(_("number on that day"))

    objects = SubscriptionRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request for a subscription")
        verbose_name_plural = _("requests for a subscription")
        constraints = [
            _one_topic("subscription_request_about_one_topic"),
            models.UniqueConstraint(
                name="subscription_request_numbered",
                fields=["mailbox", "on", "number"],
                violation_error_message=_("This request has been made already."),
            ),
            models.CheckConstraint(
                name="subscription_request_limited",
                condition=Q(number__gte=1, number__lte=REQUESTS_A_DAY),
                violation_error_message=_("This address has had enough mails for today."),
            ),
        ]

    def __str__(self):
        # Without the address: the name of a row is kept in the log of the admin.
        return self.topic.title


class SubscriptionQuerySet(models.QuerySet):
    def waiting_for(self, edition):
        """Those that are still to be told of this edition, or to be passed over for it."""
        return self.filter(plan=edition.round.plan_id).filter(Q(told=None) | Q(told__lt=edition.pk))


class Subscription(KeptPosted):
    """Someone is kept posted by e-mail, and has confirmed to want that.

    Ending it deletes the row: nothing is kept of who no longer wants our mails.
    """

    since = models.DateTimeField(_("since"), auto_now_add=True)
    # Of this plan's editions the newest that was dealt with, or that was there at the beginning.
    told = models.ForeignKey(
        Edition,
        models.PROTECT,
        related_name="+",
        verbose_name=_("last edition told about"),
        null=True,
        blank=True,
    )
    tried_at = models.DateTimeField(_("last tried at"), null=True, blank=True)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        ordering = ["plan", "since"]
        constraints = [
            _one_topic("subscription_about_one_topic"),
            models.UniqueConstraint(
                # Not by the fields alone: to a database no two empty values are the same.
                F("email"),
                F("plan"),
                Coalesce("theme", 0),
                Coalesce("organisation", 0),
                name="subscription_once",
                violation_error_message=_("This address has this subscription already."),
            ),
        ]

    def __str__(self):
        # Without the address: the name of a row is kept in the log of the admin.
        return self.topic.title
