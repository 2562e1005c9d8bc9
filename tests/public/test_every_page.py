"""What holds for every public page, in Dutch and in English."""

import re
from itertools import pairwise

import pytest
from django.conf import settings as django_settings
from django.urls import get_resolver, resolve

from tests import factories
from tests.public.page import Page

FORM = "/nap/op-de-hoogte/"
ADDRESSES = {
    "home": "/",
    "overview": "/nap/",
    "table": "/nap/actiepunten/",
    "table, filtered": "/nap/actiepunten/?jaar=2022&pijler=1&organisatie=EZK&q=arbeid&sort=-title",
    "table, several values": "/nap/actiepunten/?pijler=1&pijler=2&stand=vertraagd&stand=voltooid",
    "table, bad address": "/nap/actiepunten/?jaar=abc&page=99&sort=evil",
    "export, explained": "/nap/actiepunten/export/?jaar=2022&organisatie=EZK&sort=-title&stand=x",
    "action point": "/nap/actiepunten/1.1.1/",
    "comparison": "/nap/vergelijk/2022-2023/",
    "theme": "/nap/themas/arbeid/",
    "organisation": "/nap/organisaties/EZK/",
    "cited papers": "/nap/verwijzingen/",
    "keep me posted": FORM,
    "keep me posted of a theme": f"{FORM}?over=thema/arbeid",
    "keep me posted, asked": f"{FORM}aangevraagd/",
    "report list": "/nap/rapportages/",
    "report": "/nap/rapportages/2023/",
    "report, corrected": "/nap/rapportages/2022/",
    "report, earlier edition": "/nap/rapportages/2022/editie-1/",
    "accessibility": "/toegankelijkheid/",
    "privacy": "/privacy/",
}
BOTH_LANGUAGES = {
    **ADDRESSES,
    **{f"{name}, English": f"/en{address}" for name, address in ADDRESSES.items()},
}
every_page = pytest.mark.parametrize("address", BOTH_LANGUAGES.values(), ids=BOTH_LANGUAGES)


class MustExist(str):
    """Fails a test in which a template shows a variable that is not there."""

    def __contains__(self, _):
        return True

    def __mod__(self, name):
        raise AssertionError(f"The template shows {name}, which does not exist.")


@pytest.fixture
def no_missing_variables(settings):
    options = {**django_settings.TEMPLATES[0]["OPTIONS"], "string_if_invalid": MustExist("%s")}
    settings.TEMPLATES = [{**django_settings.TEMPLATES[0], "OPTIONS": options}]


def test_every_public_address_is_among_these():
    public = [
        *get_resolver("actions.urls").reverse_dict.keys(),
        *get_resolver("reports.urls").reverse_dict.keys(),
        *("accessibility", "privacy"),
    ]
    tried = {resolve(address.partition("?")[0]).url_name for address in ADDRESSES.values()}

    # Files and feeds are no pages.
    files = {
        *("report_file", "edition_file", "export_file"),
        *("plan_feed", "theme_feed", "organisation_feed"),
    }
    # Known only to who got a mail: test_keep_me_posted.py goes there.
    personal = {"confirm_subscription", "unsubscribe"}
    assert {name for name in public if isinstance(name, str)} - tried == files | personal


@every_page
def test_page_is_there_with_all_its_variables(client, nap, no_missing_variables, address):
    assert client.get(address).status_code == 200


@every_page
def test_page_answers_head(client, nap, address):
    response = client.head(address)
    assert response.status_code == 200
    assert response.content == b""


@every_page
def test_page_is_only_read(client, nap, address):
    # A form that is sent empty is shown again.
    is_form = address.partition("?")[0].removeprefix("/en") == FORM
    assert client.post(address).status_code == (422 if is_form else 405)


@every_page
def test_page_sets_no_cookie_and_does_not_depend_on_one(client, nap, address):
    response = client.get(address)
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")


@every_page
def test_page_speaks_the_language_of_its_address(client, nap, address):
    language = "en" if address.startswith("/en/") else "nl"
    other = {"accept-language": "nl" if language == "en" else "en"}

    response = client.get(address, headers=other)

    assert response.headers["Content-Language"] == language
    assert response.content == client.get(address).content
    assert "Accept-Language" not in response.headers.get("Vary", "")


def test_page_is_the_same_for_who_is_signed_in(client, nap):
    as_visitor = client.get("/nap/").content
    client.force_login(factories.coordinator())
    assert client.get("/nap/").content == as_visitor


@every_page
def test_page_holds_nothing_inline_and_nothing_of_others(client, nap, address):
    response = client.get(address)
    html = response.content.decode()
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|javascript:", html)
    for element in Page(html).elements:
        # What a script does stands in a file. What describes the data of a page is data itself, and
        # no browser runs it.
        is_data = element.get("type") == "application/ld+json"
        assert element.tag != "script" or is_data or (element.get("src") and not element.text)
        for name in ("src", "action") if element.tag == "a" else ("src", "href", "action"):
            assert (element.get(name) or "/").startswith(("/", "#", "http://testserver/"))


@every_page
def test_page_has_a_strict_policy(client, nap, address):
    policy = client.get(address).headers["Content-Security-Policy"]
    directives = dict(each.split(maxsplit=1) for each in policy.split(";"))
    assert directives["default-src"] == "'none'"
    assert directives["script-src"] == directives["style-src"] == "'self'"
    assert "unsafe" not in policy


@every_page
def test_page_has_one_h1_and_no_level_left_out(get, nap, address):
    levels = [
        int(each.tag[1]) for each in get(address).elements if re.fullmatch("h[1-6]", each.tag)
    ]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


@every_page
def test_page_has_landmarks_and_a_skip_link(get, nap, address):
    page = get(address)
    assert page.all("a")[0]["href"] == f"#{page.one('main')['id']}"
    assert page.one("h1").is_in(page.one("main"))
    navs = page.all("nav")
    assert len({nav.get("aria-label") or nav.get("aria-labelledby") for nav in navs}) == len(navs)


@every_page
def test_page_has_ids_once_and_references_that_exist(get, nap, address):
    page = get(address)
    ids = [each["id"] for each in page.elements if each.get("id")]
    assert len(ids) == len(set(ids))
    for element in page.elements:
        for name in ("aria-labelledby", "aria-describedby", "for"):
            assert set((element.get(name) or "").split()) <= set(ids)
        if (element.get("href") or "").startswith("#"):
            assert element["href"].removeprefix("#") in ids


@every_page
def test_page_has_tables_with_captions_and_scopes(get, nap, address):
    page = get(address)
    for table in page.all("table"):
        assert page.one("caption", within=table).text
        assert {each["scope"] for each in page.all("th", within=table)} == {"col", "row"}


@pytest.mark.parametrize("address", ADDRESSES.values(), ids=ADDRESSES)
def test_page_has_a_counterpart_in_the_other_language(get, nap, address):
    dutch, english = get(address), get(f"/en{address}")
    assert dutch.one("html")["lang"] == "nl"
    assert english.one("html")["lang"] == "en"
    assert dutch.one("a", hreflang="en")["href"] == f"/en{address}"
    assert english.one("a", hreflang="nl")["href"] == address
    assert {each.removeprefix("/en") for each in english.links} == {
        each.removeprefix("/en") for each in dutch.links
    }


@pytest.mark.parametrize(
    ("address", "queries"),
    [
        ("/nap/", 11),
        ("/nap/actiepunten/", 4),
        ("/nap/actiepunten/?pijler=1&pijler=2&organisatie=BZ&q=a&sort=-status", 6),
        ("/nap/actiepunten/?pijler=1&pijler=2&thema=arbeid&organisatie=BZ&stand=voltooid", 4),
        ("/nap/actiepunten/export/?pijler=1", 5),
        ("/nap/actiepunten/1.1.2/", 5),
        ("/nap/vergelijk/2022-2023/", 5),
        ("/nap/themas/arbeid/", 4),
        ("/nap/organisaties/BZ/", 8),
        ("/nap/verwijzingen/", 3),
        (FORM, 4),
        ("/nap/rapportages/", 4),
        ("/nap/rapportages/2023/", 4),
        ("/nap/rapportages/2022/editie-1/", 4),
        ("/toegankelijkheid/", 1),
        ("/privacy/", 1),
    ],
)
def test_number_of_queries_does_not_grow_with_rows(
    client, nap, django_assert_num_queries, address, queries
):
    client.get(address)
    with django_assert_num_queries(queries):
        client.get(address)
    theme, of_year = nap.points[0].theme, nap.rounds[2023]
    for _ in range(20):
        point = factories.action_point(theme=theme)
        factories.status_entry(
            action_point=point, round=of_year, explanation=f"<p>Kamerstuk {point.pk + 10_000} 1</p>"
        )
        factories.responsibility(action_point=point, organisation=nap.bz)
        factories.responsibility(action_point=nap.points[1])
        other_theme = factories.theme(pillar=theme.pillar)
        factories.status_entry(
            action_point=factories.action_point(theme=other_theme), round=of_year
        )
    for _ in range(3):
        factories.edition_files(factories.publish(of_year))
    with django_assert_num_queries(queries):
        client.get(address)


def test_plan_is_that_of_the_latest_years_with_something_published(get, nap):
    newer = factories.plan(slug="nieuw", title="Plan van straks", start_year=2027, end_year=2030)
    factories.reporting_round(plan=newer)
    assert get("/").one("h1").text == "Nationaal Actieplan"
    factories.publish(newer.rounds.get())
    assert get("/").one("h1").text == "Plan van straks"
    assert "/nap/" in get("/").links


def test_home_says_so_when_nothing_is_published(get, db):
    assert get("/en/").one("h1").text == "Nothing has been published yet"
    factories.reporting_round()
    assert get("/en/").one("h1").text == "Nothing has been published yet"


def test_address_without_slash_leads_to_the_page(client, nap):
    assert client.get("/nap/actiepunten").headers["Location"] == "/nap/actiepunten/"


@pytest.mark.parametrize("stage", ["preparing", "open", "closed"])
def test_plan_without_published_round_is_a_404(client, nap, stage):
    theme = factories.theme(
        pillar=factories.pillar(plan=factories.plan(slug="straks")), slug="arbeid"
    )
    point = factories.action_point(theme=theme)
    factories.responsibility(action_point=point, organisation=nap.ezk)
    for year in (2022, 2023):
        of_year = factories.reporting_round(plan=theme.plan, year=year, stage=stage)
        factories.status_entry(action_point=point, round=of_year, stage="approved")
    of_plan = [each for each in ADDRESSES.values() if each.startswith("/nap/")]
    addresses = [each.replace("/nap/", "/straks/") for each in of_plan]
    assert {client.get(address).status_code for address in addresses} == {404}
    for of_year in theme.plan.rounds.all():
        factories.publish(of_year)
    assert {client.get(address).status_code for address in addresses} == {200}
