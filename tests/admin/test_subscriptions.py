"""Who is kept posted, in the admin: numbers, and one address to remove it."""

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client

from reports.models import Subscriber, Subscription
from tests import factories
from tests.admin.pages import address, change
from tests.public.page import Page

LIST = address(Subscriber, "changelist")


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


@pytest.mark.parametrize("term", ["piet", "nap.example", "@", "%", "piet@nap.exampl", ""])
def test_part_of_an_address_finds_nobody(as_coordinator, kept, term):
    response = as_coordinator.post(LIST, {"email": term})

    assert list(response.context["cl"].result_list) == []
    assert 'role="status"' in response.content.decode()


def test_whole_address_is_found_and_removed_and_leaves_no_trace(as_coordinator, kept):
    found = as_coordinator.post(LIST, {"email": " JAN@nap.example "})
    [jan] = found.context["cl"].result_list
    assert change(jan) in found.content.decode()
    page = as_coordinator.get(change(jan)).content.decode()
    assert Subscription.objects.exclude(theme=None).get().theme.title in page

    as_coordinator.post(address(jan, "delete", jan.pk), {"post": "yes"})

    assert [each.email for each in Subscriber.objects.all()] == ["piet@nap.example"]
    assert Subscription.objects.count() == 1
    assert "jan" not in LogEntry.objects.get().object_repr


def test_no_address_of_a_page_holds_an_address_of_a_person(as_coordinator, kept):
    form = Page(as_coordinator.get(LIST).content.decode()).one("form", id="changelist-search")
    assert form["method"] == "post"

    by_link = as_coordinator.get(LIST, {"q": "piet@nap.example"})
    assert list(by_link.context["cl"].result_list) == []

    found = as_coordinator.post(LIST, {"email": "piet@nap.example"})
    page = Page(found.content.decode())
    assert not [each for each in page.links if "piet" in each]


def test_a_forged_form_finds_nobody(coordinator, kept):
    client = Client(enforce_csrf_checks=True)
    client.force_login(coordinator)

    assert client.post(LIST, {"email": "piet@nap.example"}).status_code == 403
