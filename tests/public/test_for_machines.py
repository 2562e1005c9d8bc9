"""What machines ask of the site: whether it works, what is on it, which address a page has."""

import re
from datetime import UTC, datetime

import pytest
from django.contrib.staticfiles.finders import find

from actions.models import ReportingRound
from tests import factories
from tests.public.test_every_page import ADDRESSES, every_page


def addresses(client):
    sitemap = client.get("/sitemap.xml")
    assert sitemap.status_code == 200
    return re.findall(r"<loc>http://testserver([^<]+)</loc>", sitemap.content.decode())


def test_every_page_of_the_sitemap_is_there(client, nap):
    listed = addresses(client)

    assert len(listed) == len(set(listed))
    for address in listed:
        assert client.get(address).status_code == 200, address


def test_sitemap_lists_what_is_public_in_both_languages(client, nap):
    listed = set(addresses(client))

    assert {
        "/nap/",
        "/en/nap/",
        "/nap/actiepunten/1.1.1/",
        "/nap/themas/arbeid/",
        "/nap/organisaties/EZK/",
        "/nap/organisaties/EZ/",
        "/nap/rapportages/2023/",
        "/nap/vergelijk/2022-2023/",
        "/en/nap/verwijzingen/",
        "/nap/op-de-hoogte/",
    } <= listed
    assert not [each for each in listed if "2024" in each or "beheer" in each]


def test_sitemap_says_of_each_page_when_something_was_last_published(client, nap):
    # Who works on the year that comes changes nothing that is public.
    ReportingRound.history.update(history_date=datetime(2023, 11, 1, 12, tzinfo=UTC))
    of_2023 = ReportingRound.history.filter(year=2023)
    of_2023.update(history_date=datetime(2024, 2, 29, 23, 30, tzinfo=UTC))
    factories.reporting_round(plan=nap.plan, year=2024)

    sitemap = client.get("/sitemap.xml").content.decode()

    # The day as it was here.
    days = re.findall("<lastmod>([^<]+)", sitemap)
    assert days == ["2024-03-01"] * sitemap.count("<loc>")
    assert client.get("/nap/").headers["Last-Modified"] == "Thu, 29 Feb 2024 23:30:00 GMT"


def test_sitemap_takes_no_query_for_each_page(client, nap, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        client.get("/sitemap.xml")


def test_sitemap_without_anything_published_says_no_day(client, db):
    assert "<lastmod>" not in client.get("/sitemap.xml").content.decode()


def test_robots_are_led_to_the_sitemap_and_kept_from_the_admin_and_from_combinations(client):
    said = client.get("/robots.txt").content.decode()

    assert "Disallow: /beheer/" in said
    # What can be chosen combines without end; the address of a dataset has its year.
    assert {"Disallow: /*?*&", "Disallow: /*?sort="} <= set(said.splitlines())
    assert "Disallow: /*?" not in said.splitlines()
    assert "Sitemap: http://testserver/sitemap.xml" in said


@pytest.mark.parametrize(
    "address",
    [
        *(
            "/beheer/login/",
            "/robots.txt",
            "/sitemap.xml",
            "/nap/nieuws.atom",
            "/nap/bestaat-niet/",
        ),
        *("/nap/rapportages/2023/voortgangsrapportage-2023.json", "/nap/actiepunten/export.csv"),
    ],
)
def test_no_answer_depends_on_the_language_of_the_browser(client, nap, address):
    answers = [client.get(address, headers={"accept-language": each}) for each in ("nl", "en")]

    for answer in answers:
        assert "Accept-Language" not in answer.headers.get("Vary", "")
        assert answer.headers["Content-Language"] == "nl"


def test_healthz_answers_when_the_database_does(client, db):
    response = client.get("/healthz")

    assert (response.status_code, response.content) == (200, b"ok")
    assert "no-store" in response.headers["Cache-Control"]


def test_healthz_fails_when_the_database_does(client, db, monkeypatch):
    monkeypatch.setattr("napmonitor.views.connection", None)
    client.raise_request_exception = False

    assert client.get("/healthz").status_code == 500


@every_page
def test_page_names_its_address_and_that_in_the_other_language(client, get, nap, address):
    page = get(address)
    path = address.partition("?")[0]
    # A table of an earlier year is a page of its own, whatever else is chosen of it.
    if year := re.search(r"\?jaar=\d{4}", address):
        path += year[0]
    dutch = path.removeprefix("/en")

    assert page.one("link", rel="canonical")["href"] == f"http://testserver{path}"
    assert {
        each["hreflang"]: each["href"]
        for each in page.all("link", rel="alternate")
        if each.get("hreflang")
    } == {"nl": f"http://testserver{dutch}", "en": f"http://testserver/en{dutch}"}


@every_page
def test_page_says_what_it_is_where_it_is_shared(get, nap, address):
    page = get(address)
    said = {each["property"]: each["content"] for each in page.all("meta") if each.get("property")}
    description = page.one("meta", name="description")["content"]

    assert said["og:title"]
    assert (
        page.one("title", within=page.one("head")).text
        == f"{said['og:title']} – {said['og:site_name']}"
    )
    # Of the table is shared what one sees, with all that was chosen.
    shared = [
        f"http://testserver{each['data-address']}" for each in page.all("form", role="search")
    ]
    assert said["og:url"] == next(iter(shared), page.one("link", rel="canonical")["href"])
    assert find(said["og:image"].removeprefix("http://testserver/static/"))
    assert said["og:description"] == description
    assert 20 <= len(description) <= 250
    locales = said["og:locale"], said["og:locale:alternate"]
    assert locales == (("en_GB", "nl_NL") if address.startswith("/en/") else ("nl_NL", "en_GB"))


def test_page_of_its_own_kind_has_a_description_of_its_own(get, nap):
    addresses = {each.partition("?")[0] for each in ADDRESSES.values() if "/editie-" not in each}
    by_address = {
        address: get(address).one("meta", name="description")["content"] for address in addresses
    }
    # The front page is the overview of the current plan.
    assert by_address.pop("/") == by_address["/nap/"]

    assert len(set(by_address.values())) == len(by_address)


def test_what_a_page_is_called_is_escaped_where_it_is_shared(get, nap):
    theme = nap.points[0].theme
    theme.title = 'Arbeid "<b>" & meer'
    theme.save()

    page = get("/nap/themas/arbeid/")

    assert page.one("meta", property="og:title")["content"] == theme.title
    assert page.one("title", within=page.one("head")).text.startswith(theme.title)


@pytest.mark.parametrize("address", ["/healthz", "/robots.txt", "/sitemap.xml"])
def test_machines_only_read(client, nap, address):
    assert client.post(address).status_code == 405
