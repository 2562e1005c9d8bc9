"""A coordinator writes a text of a report that a colleague publishes at the same moment."""

import pytest
from django.test import Client

from actions.admin.part_of_round import PUBLISHED_MEANWHILE
from reports.models import ReportText
from tests import factories
from tests.admin.pages import address, change, form_values
from tests.admin.test_work import text_of
from tests.at_once import meanwhile
from tests.reports.publishing import closed_round, publish

TYPED = "<p>Wat een collega net had getypt.</p>"


@pytest.fixture
def colleague(coordinator):
    client = Client()
    client.force_login(factories.coordinator(username="collega"))
    return client


@pytest.fixture
def text():
    return closed_round().report_texts.get()


def published_before(post, in_round, coordinator):
    """What is answered when the round is published once the form has been opened."""
    publish(in_round, coordinator)
    return post()


def published_meanwhile(post, in_round, coordinator):
    """And when it is being published while the form is on its way."""
    return meanwhile(lambda: publish(in_round, coordinator), post)


pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.parametrize("answered", [published_before, published_meanwhile]),
]


def test_who_changes_a_text_is_told_and_keeps_what_they_typed(
    answered, colleague, coordinator, text
):
    values = form_values(colleague.get(change(text)), title="Anders", body=TYPED)

    page = answered(lambda: colleague.post(change(text), values), text.round, coordinator)

    assert str(PUBLISHED_MEANWHILE) in text_of(page)
    form = page.context["adminform"].form
    assert (form["title"].value(), form["body"].value()) == ("Anders", TYPED)
    text.refresh_from_db()
    assert (text.title, text.body) == ("Inleiding", "<p>Een inleiding.</p>")
    assert text.history.count() == 1


def test_what_came_back_can_be_saved_once_a_correction_has_begun(
    answered, colleague, coordinator, text
):
    values = form_values(colleague.get(change(text)), title="Anders", body=TYPED)
    page = answered(lambda: colleague.post(change(text), values), text.round, coordinator)
    colleague.post(address(text.round, "correct", text.round_id))

    saved = colleague.post(change(text), form_values(page))

    assert saved.status_code == 302
    text.refresh_from_db()
    assert (text.title, text.body) == ("Anders", TYPED)


def test_who_adds_a_text_is_told_and_keeps_what_they_typed(answered, colleague, coordinator, text):
    add = address(ReportText, "add")
    values = form_values(
        colleague.get(add), round=text.round_id, position=2, title="Slot", body=TYPED
    )

    page = answered(lambda: colleague.post(add, values), text.round, coordinator)

    assert str(PUBLISHED_MEANWHILE) in text_of(page)
    form = page.context["adminform"].form
    assert (form["title"].value(), form["body"].value()) == ("Slot", TYPED)
    assert ReportText.objects.get() == text


def test_who_deletes_a_text_is_told(answered, colleague, coordinator, text):
    delete = address(text, "delete", text.pk)

    page = answered(
        lambda: colleague.post(delete, {"post": "yes"}, follow=True), text.round, coordinator
    )

    assert page.redirect_chain == [(change(text), 302)]
    assert str(PUBLISHED_MEANWHILE) in text_of(page)
    assert ReportText.objects.get() == text
