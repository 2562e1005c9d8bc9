"""Being kept posted by e-mail: asked for, confirmed, ended.

Whoever does so has no account. That a mail was received is what gives them the right: its links
hold the random keys of these rows.
"""

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from reports.models import Edition, Subscriber, Subscription, SubscriptionRequest
from reports.models.subscriptions import REQUESTS_A_DAY
from reports.topics import Topic


def ask_for_subscription(*, email: str, topic: Topic, language: str) -> SubscriptionRequest | None:
    """Keep that someone asked for mails to this address; None if it had enough mails for today."""
    email = email.lower()
    mailbox = _mailbox(email)
    today = timezone.localdate()
    of_today = SubscriptionRequest.objects.filter(mailbox=mailbox, on=today)
    number = (of_today.aggregate(last=Max("number"))["last"] or 0) + 1
    if number > REQUESTS_A_DAY:
        # The database takes no more either, and would write the address in its own log.
        return None
    try:
        with transaction.atomic():
            return SubscriptionRequest.objects.create(
                **_about(topic),
                plan=topic.plan,
                email=email,
                language=language,
                mailbox=mailbox,
                on=today,
                number=number,
            )
    except IntegrityError:
        # Of two at once, such as by a double click, the database takes only one.
        return None


def _mailbox(email):
    """Where mail to this address ends up: some add to a name what they like, behind a plus or as
    dots, and would get past the limit. That others then share one does no harm.
    """
    name, _at, host = email.rpartition("@")
    return f"{name.partition('+')[0].replace('.', '')}@{host}"


@transaction.atomic
def confirm_subscription(*, request: SubscriptionRequest) -> Subscription:
    """Begin the mails that were asked for; once, however often it is confirmed."""
    newest = Edition.objects.filter(round__plan=request.plan_id).order_by("-pk").first()
    language = {"language": request.language}
    subscriber, _is_new = Subscriber.objects.update_or_create(
        email=request.email,
        plan=request.plan,
        defaults=language,
        create_defaults={**language, "told": newest},
    )
    subscription, _is_new = subscriber.subscriptions.get_or_create(**_about(request))
    return subscription


@transaction.atomic
def end_subscription(*, subscription: Subscription) -> None:
    """Delete a subscription, and what would let it begin again; the last takes the subscriber."""
    subscriber = _locked(subscription.subscriber)
    if subscriber is None:
        return
    if not subscriber.subscriptions.exclude(pk=subscription.pk).exists():
        end_subscriptions(subscriber=subscriber)
        return
    _requests_of(subscriber).filter(**_about(subscription)).delete()
    subscription.delete()


@transaction.atomic
def end_subscriptions(*, subscriber: Subscriber) -> None:
    """Delete a subscriber, and what would let anything of it begin again."""
    if subscriber := _locked(subscriber):
        _requests_of(subscriber).delete()
        subscriber.delete()


def _locked(subscriber):
    """The subscriber while nobody else confirms or ends anything of it; None if it has ended."""
    return Subscriber.objects.select_for_update().filter(pk=subscriber.pk).first()


def _requests_of(subscriber):
    return SubscriptionRequest.objects.filter(email=subscriber.email, plan=subscriber.plan_id)


def _about(row):
    return {"theme": row.theme, "organisation": row.organisation}
