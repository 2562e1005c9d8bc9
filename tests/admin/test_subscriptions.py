"""Who is kept posted, in the admin: numbers, and one address to remove it."""

import pytest
from django.contrib.admin.models import LogEntry

from reports.models import Subscription
from tests import factories
from tests.admin.pages import address

LIST = address(Subscription, "changelist")


@pytest.fixture
def kept(entry):
    """Jan follows the plan and a theme of it, Piet the plan."""
    theme = entry.action_point.theme
    for email, of_theme in (("jan@nap.example", None), ("jan@nap.example", theme)):
        factories.subscription(email=email, plan=theme.plan, theme=of_theme)
    return factories.subscription(email="piet@nap.example", plan=theme.plan)


@pytest.fixture
def as_coordinator(client, coordinator):
    client.force_login(coordinator)
    return client


def test_coordinator_sees_how_many_follow_what_and_no_address(as_coordinator, kept):
    response = as_coordinator.get(LIST)

    rows = [(row["theme__title"], row["number"]) for row in response.context["numbers"]]
    theme = Subscription.objects.exclude(theme=None).get().theme
    assert rows == [(None, 2), (theme.title, 1)]
    assert "@nap.example" not in response.content.decode()


@pytest.mark.parametrize("term", ["piet", "nap.example", "@", "%", "piet@nap.exampl"])
def test_part_of_an_address_finds_nobody(as_coordinator, kept, term):
    response = as_coordinator.get(LIST, {"q": term})

    assert list(response.context["cl"].result_list) == []


def test_whole_address_is_found_and_removed_and_leaves_no_trace(as_coordinator, kept):
    found = as_coordinator.get(LIST, {"q": " PIET@nap.example "})
    assert list(found.context["cl"].result_list) == [kept]

    as_coordinator.post(address(kept, "delete", kept.pk), {"post": "yes"})

    assert not Subscription.objects.filter(email="piet@nap.example").exists()
    assert Subscription.objects.count() == 2
    assert "piet" not in LogEntry.objects.get().object_repr


def test_all_of_an_address_is_removed_at_once(as_coordinator, kept):
    keys = [str(each.pk) for each in Subscription.objects.filter(email="jan@nap.example")]

    as_coordinator.post(
        f"{LIST}?q=jan@nap.example",
        {"action": "delete_selected", "_selected_action": keys, "post": "yes"},
    )

    assert [each.email for each in Subscription.objects.all()] == ["piet@nap.example"]
    assert not [each for each in LogEntry.objects.all() if "jan" in each.object_repr]
