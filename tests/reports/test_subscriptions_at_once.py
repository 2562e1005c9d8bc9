"""Two that begin or end something of one subscriber at the same moment."""

import pytest

from reports import services
from reports.models import Subscriber, Subscription, SubscriptionRequest
from reports.topics import Topic
from tests import factories
from tests.at_once import meanwhile

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def theme():
    return factories.theme()


@pytest.fixture
def asked(theme):
    """A request for the plan and one for a theme of it, of one person."""
    return [
        services.ask_for_subscription(email="jan@nap.example", topic=topic, language="nl")
        for topic in (Topic(theme.plan), Topic(theme.plan, theme=theme))
    ]


@pytest.fixture
def kept(asked):
    return [services.confirm_subscription(request=each) for each in asked]


def test_who_confirms_two_things_at_once_is_one_subscriber(asked):
    confirm = services.confirm_subscription
    meanwhile(lambda: confirm(request=asked[0]), lambda: confirm(request=asked[1]))

    assert Subscriber.objects.count() == 1
    assert Subscription.objects.count() == 2


def test_who_ends_the_last_two_things_at_once_is_forgotten(kept):
    end = services.end_subscription
    meanwhile(lambda: end(subscription=kept[0]), lambda: end(subscription=kept[1]))

    assert not Subscriber.objects.exists()
    assert not SubscriptionRequest.objects.exists()


def test_what_is_confirmed_while_all_is_being_ended_ends_too(kept, asked):
    services.end_subscription(subscription=kept[1])
    again = services.ask_for_subscription(
        email="jan@nap.example", topic=asked[1].topic, language="nl"
    )
    meanwhile(
        lambda: services.confirm_subscription(request=again),
        lambda: services.end_subscriptions(subscriber=kept[0].subscriber),
    )

    assert not Subscriber.objects.exists()
    assert not SubscriptionRequest.objects.exists()


def test_who_ends_everything_twice_at_once_is_told_nothing_is_wrong(kept):
    def end():
        services.end_subscriptions(subscriber=kept[0].subscriber)

    meanwhile(end, end)

    assert not Subscriber.objects.exists()
