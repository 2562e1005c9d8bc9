"""Two coordinators who change one action point: the second is told, and keeps what they typed."""

import pytest

from actions.models import ActionPoint
from tests import factories
from tests.admin.pages import change, form_values
from tests.admin.server import Person, hidden, serve
from tests.admin.test_forms import NO_RESPONSIBILITIES
from tests.admin.test_rounds_at_once import post_at_once
from tests.admin.test_work import text_of

NO_ROWS = {
    **NO_RESPONSIBILITIES,
    "entries-TOTAL_FORMS": "0",
    "entries-INITIAL_FORMS": "0",
}


@pytest.fixture
def as_coordinator(signed_in, coordinator):
    return signed_in(coordinator)


@pytest.fixture
def point(entry):
    """A point with an entry in an open round."""
    return entry.action_point


@pytest.fixture
def read(as_coordinator, point):
    """What the page of the point sent along when it was read, before a colleague saved."""
    values = form_values(as_coordinator.get(change(point)))
    theirs = ActionPoint.objects.get(pk=point.pk)
    theirs.goal = "Doel van een collega"
    theirs.save()
    return values


def errors_on(page):
    return page.context["adminform"].form.errors


def test_what_a_colleague_saved_is_not_written_over(as_coordinator, point, read, entry):
    page = as_coordinator.post(change(point), {**read, "title": "Getypt"})

    point.refresh_from_db()
    entry.refresh_from_db()
    assert (point.goal, entry.goal) == ("Doel van een collega", "Doel van een collega")
    assert point.title != "Getypt"
    assert "Uw wijziging is nog niet opgeslagen" in text_of(page)
    assert errors_on(page)["goal"] == ["Nu opgeslagen: “Doel van een collega”"]
    assert page.context["adminform"].form["title"].value() == "Getypt"


def test_who_was_told_saves_what_they_make_of_it(as_coordinator, point, read):
    told = as_coordinator.post(change(point), {**read, "title": "Getypt"})
    values = form_values(told, goal="Doel van ons samen")

    assert as_coordinator.post(change(point), values).status_code == 302

    point.refresh_from_db()
    assert (point.title, point.goal) == ("Getypt", "Doel van ons samen")


def test_what_was_saved_already_by_a_double_click_is_no_conflict(as_coordinator, point):
    values = form_values(as_coordinator.get(change(point)), title="Getypt")

    answers = [as_coordinator.post(change(point), values).status_code for _click in range(2)]

    assert answers == [302, 302]


def test_who_sends_no_version_has_read_none(as_coordinator, point, read):
    values = {**read, "title": "Getypt"}
    del values["version"]

    assert errors_on(as_coordinator.post(change(point), values))
    point.refresh_from_db()
    assert point.title != "Getypt"


@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_a_point_at_the_same_moment_one_does(tmp_path):
    point = factories.status_entry().action_point
    users = [factories.coordinator(username=name) for name in ("een", "ander")]
    with serve(tmp_path) as site:
        people = [Person(site, user) for user in users]
        for attempt in range(5):
            version = hidden(people[0].get(change(point)), "version")
            values = {"first_year": 2022, "version": version, **NO_ROWS}
            forms = [{**values, "title": f"{attempt} {user.username}"} for user in users]

            answers = post_at_once(people, change(point), forms)

            assert sorted(status for status, _page in answers) == [200, 302]
            [told] = [page for status, page in answers if status == 200]
            assert "Uw wijziging is nog niet opgeslagen" in told
