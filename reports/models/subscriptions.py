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


class Addressee(models.Model):
    """An address, what plan it wants to hear of, and in which language.

    Its key is random, so that the address of a page that holds it proves that a mail was received.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(_("e-mail address"))
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="+", verbose_name=_("plan"))
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)

    class Meta:
        abstract = True


class AboutTopic(models.Model):
    """About a theme of a plan, or an organisation in it, or else all of it."""

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

    class Meta:
        abstract = True

    def __str__(self):
        # Without the address: the name of a row is kept in the log of the admin.
        return self.topic.title

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


class SubscriptionRequest(Addressee, AboutTopic):
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


class SubscriberQuerySet(models.QuerySet):
    def waiting_for(self, edition):
        """Those that are still to be told of this edition, or to be passed over for it."""
        return self.filter(plan=edition.round.plan_id).filter(Q(told=None) | Q(told__lt=edition.pk))

    def following_nothing(self):
        """Those whose theme or organisation has been deleted."""
        return self.filter(subscriptions=None)


class Subscriber(Addressee):
    """Someone is kept posted of a plan by e-mail: with one mail, whatever they follow of it.

    It is there as long as a subscription is: nothing is kept of who no longer wants our mails.
    """

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

    objects = SubscriberQuerySet.as_manager()

    class Meta:
        verbose_name = _("subscriber")
        verbose_name_plural = _("subscribers")
        ordering = ["plan", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="subscriber_once",
                fields=["email", "plan"],
                violation_error_message=_("This address is kept posted of this plan already."),
            ),
        ]

    def __str__(self):
        # Without the address: the name of a row is kept in the log of the admin.
        return self.plan.title


class Subscription(AboutTopic):
    """What a subscriber follows, and has confirmed to want to hear of."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subscriber = models.ForeignKey(
        Subscriber,
        models.CASCADE,
        related_name="subscriptions",
        verbose_name=_("subscriber"),
    )
    since = models.DateTimeField(_("since"), auto_now_add=True)

    class Meta:
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        ordering = ["since", "pk"]
        constraints = [
            _one_topic("subscription_about_one_topic"),
            models.UniqueConstraint(
                # Not by the fields alone: to a database no two empty values are the same.
                F("subscriber"),
                Coalesce("theme", 0),
                Coalesce("organisation", 0),
                name="subscription_once",
                violation_error_message=_("This address has this subscription already."),
            ),
        ]

    @property
    def plan(self):
        return self.subscriber.plan
