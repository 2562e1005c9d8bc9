"""A report that was looked at is held until it is read in."""

from datetime import timedelta

import pytest
from django.utils import timezone

from actions.models import StatusEntry
from tests import factories
from tests.admin.import_page.page import at, entry, key, page_of, said_on
from tests.reports.edited import edit


def test_what_would_change_can_be_looked_at_again(send, as_coordinator, in_round, edited):
    page = send(edited)

    assert as_coordinator.get(at(page)).context["chosen"] == page.context["chosen"]


def test_what_was_not_chosen_can_be_chosen_later(send, apply, in_round, edited, as_coordinator):
    page = send(edited)
    apply(page, key(in_round, "Wet"))

    page = as_coordinator.get(at(page))

    assert page.context["chosen"] == {key(in_round, "Gids"), "section-1"}


def test_two_windows_do_not_stand_in_each_others_way(send, apply, in_round, edited):
    first = send(edited)
    send(edit(edited, "Onderzoek", status="Voltooid"))

    apply(first)

    assert entry(in_round, "Onderzoek").status.label == "Doorlopend"


def test_of_many_reports_only_the_last_few_are_held(send, as_coordinator, edited):
    pages = [send(edited) for _ in range(4)]

    assert [as_coordinator.get(at(page)).status_code for page in pages] == [302, 200, 200, 200]


def asks_again(client, answer):
    assert "?" not in answer.url
    page = client.get(answer.url)
    assert said_on(page) == ["Wat u zag, is niet meer geldig. Kies het bestand opnieuw."]
    assert "form" in page.context


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", ["", "x", "é" * 500])
def test_a_report_that_is_not_held_is_asked_for(name, method, as_coordinator, in_round):
    url = f"{page_of(in_round)}?report={name}"

    asks_again(as_coordinator, getattr(as_coordinator, method)(url))


def test_a_report_that_was_looked_at_in_another_round_is_asked_for(
    send, edited, in_round, as_coordinator
):
    query = at(send(edited)).removeprefix(page_of(in_round))
    other = factories.reporting_round(plan=factories.plan())

    asks_again(as_coordinator, as_coordinator.post(page_of(other) + query))


def test_a_report_that_was_looked_at_yesterday_is_asked_for(
    send, apply, edited, as_coordinator, monkeypatch
):
    page = send(edited)
    later = timezone.now() + timedelta(hours=25)
    monkeypatch.setattr("reports.held.timezone.now", lambda: later)

    asks_again(as_coordinator, apply(page))


def test_after_the_end_of_the_session_the_file_is_asked_for(
    send, apply, edited, as_coordinator, coordinator, everything
):
    page = send(edited)
    before = everything()
    as_coordinator.logout()

    answer = apply(page)
    assert answer.url.startswith("/beheer/login/")
    as_coordinator.force_login(coordinator)

    asks_again(as_coordinator, as_coordinator.get(at(page)))
    assert everything() == before


def test_another_coordinator_does_not_see_what_is_held(send, edited, signed_in):
    page = send(edited)
    client = signed_in(factories.coordinator(username="colleague"))

    asks_again(client, client.get(at(page)))


def test_a_report_that_is_too_large_to_hold_is_refused(send, edited, monkeypatch):
    monkeypatch.setattr("reports.held._MAX_BYTES", 100)

    page = send(edited)

    assert page.context["form"].errors["file"] == ["De rapportage is te groot om hier in te lezen."]


def test_a_round_that_has_lost_its_points_meanwhile_says_so(send, edited, as_coordinator):
    page = send(edited)
    StatusEntry.objects.all().delete()

    page = as_coordinator.get(at(page), follow=True)

    assert "een ander actieplan" in said_on(page)[0]
