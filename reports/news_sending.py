"""Sends the news of an edition to everyone who is kept posted of it, some time after publication.

Nothing is put in a queue: who is to be told follows from the editions and from what each
subscriber was told of last. So publishing waits for nobody, and what has not been sent when a
process dies is still to be sent.
"""

from collections.abc import Iterator
from datetime import timedelta
from enum import Enum

from django.db.models import Q
from django.utils import timezone

from actions import letters
from reports.models import Edition, Subscriber
from reports.subscription_mails import NewsMails

# What is older is no news, also for an address that has been refusing our mails so long.
NEWS_FOR = timedelta(days=14)
# An address is tried again after so long: when it refused a mail, or a run ended half way.
RETRY_AFTER = timedelta(hours=1)


class Outcome(Enum):
    SENT = "sent"
    REFUSED = "refused"
    # The edition has nothing of what this reader follows.
    NO_NEWS = "no news"
    # Another run has it in hand, or it was tried a short time ago, or it has ended.
    LEFT = "left"


def send_news(connection) -> Iterator[Outcome]:
    """Send what is to be sent, one mail after the other, over a connection that can be opened.

    Raises what the connection does when the mail server cannot be reached: what remains then is
    for the next run.
    """
    recent = Edition.objects.filter(at__gte=timezone.now() - NEWS_FOR).order_by("pk")
    for edition in recent.select_related("round__plan"):
        mails = NewsMails(edition)
        for pk in list(Subscriber.objects.waiting_for(edition).values_list("pk", flat=True)):
            # Here rather than at the first refusal: else each would wait for a server in vain.
            connection.open()
            yield _send(pk, edition, mails, connection)


def _send(pk, edition, mails, connection) -> Outcome:
    now = timezone.now()
    # Of two runs at once, one takes it in hand. Only what went out is marked as told: who gets a
    # mail twice, after a run that died in that moment, misses nothing.
    free = Q(tried_at=None) | Q(tried_at__lt=now - RETRY_AFTER)
    waiting = Subscriber.objects.waiting_for(edition).filter(pk=pk)
    if not waiting.filter(free).update(tried_at=now):
        return Outcome.LEFT
    subscriber = waiting.first()
    if subscriber is None:
        return Outcome.LEFT
    mail = mails.to(subscriber)
    if mail and not letters.send(mail, connection):
        return Outcome.REFUSED
    waiting.update(told=edition, tried_at=None)
    return Outcome.SENT if mail else Outcome.NO_NEWS
