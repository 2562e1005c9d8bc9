"""Text that was on its way when the session had ended, through requests as a browser sends them."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from actions import kept
from tests import factories
from tests.admin.pages import change, form_values

LAST_YEAR = "<p>Een toelichting.</p>"
MINE = "<p>De tekst die ik typte.</p>"
THEIRS = "<p>De tekst van mijn collega.</p>"


@pytest.fixture
def second_entry(entry, ministry):
    """Another entry that the same editor writes."""
    return factories.status_entry(round=entry.round, responsible=ministry)


@pytest.fixture
def session_ended(client, signed_in):
    """Posts as a person whose session ended after they opened the page; returns the answer."""

    def post(person, entry, **values):
        sent = form_values(signed_in(person).get(change(entry)), **values)
        client.session.flush()
        return client.post(change(entry), sent)

    return post


def sign_in_through_the_form(client, response, person):
    return client.post(response.url, {"username": person.username, "password": factories.PASSWORD})


def text_on(page):
    return page.context["form"]["explanation"].value()


def test_signing_in_again_brings_back_the_text(client, session_ended, editor, entry):
    refused = session_ended(editor, entry, explanation=MINE, move="submit")
    assert refused.url.startswith(reverse("admin:login"))
    back = sign_in_through_the_form(client, refused, editor)
    page = client.get(back.url)

    assert back.url == change(entry)
    assert text_on(page) == MINE
    assert "nog niet opgeslagen" in page.content.decode()
    entry.refresh_from_db()
    assert entry.explanation == LAST_YEAR
    client.post(change(entry), form_values(page, move="submit"))
    entry.refresh_from_db()
    assert (entry.explanation, entry.stage) == (MINE, "submitted")
    assert "nog niet opgeslagen" not in client.get(change(entry)).content.decode()


def test_text_that_comes_back_after_a_colleague_saved_is_shown_as_a_conflict(
    client, signed_in, editor, colleague, entry
):
    values = form_values(signed_in(editor).get(change(entry)), explanation=MINE)
    signed_in(colleague).post(change(entry), values | {"explanation": THEIRS})
    client.session.flush()

    page = client.get(
        sign_in_through_the_form(client, client.post(change(entry), values), editor).url
    )

    assert page.context["theirs"].by == colleague
    assert text_on(page) == MINE


# --- More than one page, more than one person --------------------------------


def test_the_texts_of_two_pages_both_come_back(client, signed_in, editor, entry, second_entry):
    signed_in(editor)
    typed = {entry: "<p>De eerste tekst.</p>", second_entry: "<p>De tweede tekst.</p>"}
    sent = {
        each: form_values(client.get(change(each)), explanation=text)
        for each, text in typed.items()
    }
    client.session.flush()
    for each, values in sent.items():
        refused = client.post(change(each), values)
    sign_in_through_the_form(client, refused, editor)

    assert {each: text_on(client.get(change(each))) for each in typed} == typed


def test_saving_one_page_leaves_the_text_of_another(
    client, session_ended, signed_in, editor, entry, second_entry
):
    refused = session_ended(editor, entry, explanation=MINE)
    sign_in_through_the_form(client, refused, editor)

    client.post(change(second_entry), form_values(client.get(change(second_entry))))

    assert text_on(client.get(change(entry))) == MINE


@pytest.mark.parametrize("who", ["colleague", "coordinator"])
def test_the_next_person_at_the_browser_does_not_get_the_text(
    who, request, client, session_ended, editor, entry
):
    refused = session_ended(editor, entry, explanation=MINE)

    back = sign_in_through_the_form(client, refused, request.getfixturevalue(who))

    assert text_on(client.get(back.url)) == LAST_YEAR


def test_somebody_else_who_signs_in_does_not_get_the_text_of_an_entry_they_may_not_see(
    client, session_ended, editor, other_ministry, entry
):
    other = factories.other_editor(member_of=other_ministry)

    back = sign_in_through_the_form(client, session_ended(editor, entry, explanation=MINE), other)

    page = client.get(back.url)
    assert page.status_code == 404
    assert "De tekst die ik typte" not in page.content.decode()


def test_text_that_came_back_can_be_thrown_away(client, session_ended, editor, entry):
    back = sign_in_through_the_form(client, session_ended(editor, entry, explanation=MINE), editor)
    assert f'name="{kept.DISCARD}"' in client.get(back.url).content.decode()

    response = client.post(change(entry), {kept.DISCARD: ""})

    assert response.url == change(entry)
    page = client.get(change(entry))
    assert text_on(page) == LAST_YEAR
    assert kept.DISCARD not in page.content.decode()


# --- How much is kept, and for how long --------------------------------------


def kept_texts(client):
    return client.session.get("kept_texts", {})


def test_of_what_is_posted_only_the_fields_of_the_form_are_kept(client, editor, entry):
    values = {"person": editor.pk, "version": 1, "explanation": MINE, "anything": "x" * 50_000}

    client.post(change(entry), values)

    assert kept_texts(client)[change(entry)]["fields"] == {
        "person": str(editor.pk),
        "version": "1",
        "explanation": MINE,
    }


@pytest.mark.parametrize(("length", "is_kept"), [(50_000, True), (kept.LARGEST + 1, False)])
def test_a_text_that_no_form_would_accept_is_not_kept(length, is_kept, client, editor, entry):
    client.post(change(entry), {"person": editor.pk, "explanation": "x" * length})

    assert bool(kept_texts(client)) == is_kept


def test_of_many_texts_the_newest_are_kept(client, editor, entry):
    paths = [f"/beheer/actions/statusentry/{number}/change/" for number in range(kept.MOST + 2)]

    for path in [*paths, paths[3]]:
        client.post(path, {"person": editor.pk, "explanation": MINE})

    assert list(kept_texts(client)) == [*paths[2:3], *paths[4:], paths[3]]


def test_the_session_of_a_visitor_ends_after_a_day_and_that_of_who_signs_in_does_not(
    client, session_ended, editor, entry
):
    refused = session_ended(editor, entry, explanation=MINE)
    assert client.session.get_expiry_age() == 24 * 60 * 60

    sign_in_through_the_form(client, refused, editor)

    assert client.session.get_expiry_age() == settings.SESSION_COOKIE_AGE


def test_text_of_more_than_a_day_ago_does_not_come_back(client, signed_in, editor, entry):
    signed_in(editor)
    session = client.session
    at = (timezone.now() - timedelta(hours=25)).timestamp()
    fields = {"person": str(editor.pk), "version": "1", "explanation": MINE}
    session["kept_texts"] = {change(entry): {"at": at, "fields": fields}}
    session.save()

    assert text_on(client.get(change(entry))) == LAST_YEAR


# --- A form with an old token ------------------------------------------------


def test_a_form_from_before_signing_in_elsewhere_keeps_its_text(editor, entry):
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)
    values = {"person": editor.pk, "version": entry.version, "explanation": MINE}
    stale = {"csrfmiddlewaretoken": "x" * 64}

    response = client.post(change(entry), values | stale, headers={"Origin": "http://testserver"})

    assert response.url == change(entry)
    assert text_on(client.get(change(entry))) == MINE
    entry.refresh_from_db()
    assert entry.explanation == LAST_YEAR


@pytest.mark.parametrize("headers", [{}, {"Origin": "https://elders.example"}])
def test_another_site_leaves_no_text_behind(headers, editor, entry):
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)
    values = {"person": editor.pk, "version": 1, "explanation": "<p>Vals.</p>"}

    response = client.post(change(entry), values, headers=headers)

    assert response.status_code == 403
    assert text_on(client.get(change(entry))) == LAST_YEAR
