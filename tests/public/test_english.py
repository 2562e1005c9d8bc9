"""English titles and goals: where they show, of which words, and from when."""

import pytest
from django.urls import reverse

from actions.plausibility.findings import findings_of_entry
from reports.services.corrections import what_differs
from tests import factories
from tests.public.conftest import publish_again

TITLE, GOAL = "Labour first", "To prevent abuse"


@pytest.fixture
def english(nap):
    """The first point has an English title and goal in 2023; the other points have none."""
    entry = nap.points[0].entries.get(round=nap.rounds[2023])
    entry.title_en, entry.goal_en = TITLE, GOAL
    entry.save()
    publish_again(nap)
    return nap


def languages(page, text):
    """The languages in which the page has a text: those of the innermost elements that hold it."""
    holding = [each for each in page.elements if each.text == text]
    return {each.language for each in holding if not any(inner.is_in(each) for inner in holding)}


@pytest.mark.parametrize(
    "address",
    [
        "/en/nap/actiepunten/",
        "/en/nap/actiepunten/1.1.1/",
        "/en/nap/actiepunten/1.1.2/",
        "/en/nap/themas/arbeid/",
        "/en/nap/organisaties/EZ/",
        "/en/nap/verwijzingen/",
        "/en/nap/vergelijk/2022-2023/",
    ],
)
def test_english_pages_show_the_english_title_and_mark_its_language(get, english, address):
    page = get(address)
    shown = [
        each
        for each in page.elements
        if each.text in (TITLE, f"1.1.1 {TITLE}") and each.tag in ("a", "span")
    ]
    assert shown
    assert {each.language for each in shown} == {"en"}
    assert TITLE not in get(address.removeprefix("/en")).one("main").text


def test_goal_is_english_in_the_table_and_on_the_page_of_the_point(get, english):
    table = get("/en/nap/actiepunten/")
    assert table.one("span", lang="en").text == GOAL
    assert languages(table, "Daders vervolgen") == {"nl"}
    point = get("/en/nap/actiepunten/1.1.1/")
    assert point.one("dd", lang="en").text == GOAL
    assert point.one("meta", name="description")["content"] == f"{TITLE}: {GOAL}"
    assert point.one("title").text.startswith(f"1.1.1 {TITLE}")


def test_page_of_a_translated_point_has_the_published_words_too(get, english):
    head = get("/en/nap/actiepunten/1.1.1/").one("header", class_="page-head")
    assert "Published in Dutch as: Arbeid eerst" in head.text
    assert "Published in Dutch" not in get("/en/nap/actiepunten/1.1.2/").one("main").text


def test_point_without_a_translation_is_shown_in_dutch(get, english):
    page = get("/en/nap/actiepunten/1.1.2/")
    assert languages(page, "Arbeid daarna") == {"nl"}


def test_translation_is_of_the_words_of_its_year(get, english):
    assert TITLE in get("/en/nap/actiepunten/", jaar="2023").one("table").text
    assert TITLE not in get("/en/nap/actiepunten/", jaar="2022").one("table").text


def test_translation_of_words_in_the_making_is_not_public(client, english):
    address = "/en/nap/actiepunten/1.1.1/"
    before = client.get(address)
    of_year = factories.reporting_round(plan=english.plan, year=2024)
    point = english.points[0]
    entry = factories.status_entry(action_point=point, round=of_year)
    point.title_en = "Another title"
    point.save()
    entry.refresh_from_db()
    assert entry.title_en == "Another title"
    assert client.get(address).content == before.content
    factories.publish(of_year)
    assert "Another title" in client.get(address).content.decode()


def test_coordinator_writes_the_translation_and_its_history_tells(client, nap):
    point = nap.points[0]
    coordinator = factories.coordinator()
    client.force_login(coordinator)
    address = reverse("admin:actions_actionpoint_change", args=[point.pk])
    form = client.get(address).context["adminform"].form
    data = {name: form[name].value() or "" for name in form.fields} | {"title_en": TITLE}
    for formset in client.get(address).context["inline_admin_formsets"]:
        management = formset.formset.management_form
        data |= {management.add_prefix(name): value for name, value in management.initial.items()}
        for each in formset.forms:
            data |= {each.add_prefix(name): each[name].value() or "" for name in each.fields}
    response = client.post(address, data)
    assert response.status_code == 302
    point.refresh_from_db()
    assert point.title_en == TITLE
    assert point.history.first().title_en == TITLE
    assert point.history.first().history_user == coordinator


def test_correction_that_only_translates_is_not_withdrawn_unseen(english):
    of_year = english.rounds[2023]
    assert what_differs(of_year) == ""
    of_year.entries.filter(action_point=english.points[0]).update(title_en="Otherwise")
    assert "1.1.1" in what_differs(of_year)


@pytest.mark.parametrize(
    ("now", "translation", "found"),
    [
        ("Arbeid voorop", TITLE, 1),
        ("Arbeid voorop", "Labour ahead", 0),
        ("Arbeid voorop", "", 0),
        ("Arbeid eerst", TITLE, 0),
    ],
)
def test_translation_of_earlier_words_is_pointed_out(english, now, translation, found):
    of_year = factories.reporting_round(plan=english.plan, year=2024)
    entry = factories.status_entry(action_point=english.points[0], round=of_year)
    entry.title, entry.title_en = now, translation
    entry.save()
    names = [each.check for each in findings_of_entry(entry)]
    assert names.count("translation") == found
