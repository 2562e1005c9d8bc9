"""What goes wrong has a page that helps on."""

import pytest

from tests import factories
from tests.public.page import Page
from tests.public.subscribing import FORM
from tests.public.test_every_page import ADDRESSES

NOT_THERE = [
    "/x/",
    "/nap/x/",
    "/nap/actiepunten/9.9.9/",
    "/nap/actiepunten/1.1/",
    "/nap/actiepunten/1.1.1.1.1/",
    f"/nap/actiepunten/{'1' * 20}.1.1/",
    "/nap/actiepunten/export.pdf",
    "/x/actiepunten/export.csv",
    "/nap/themas/x/",
    "/nap/themas/Arbeid/",
    "/nap/organisaties/x/",
    "/x/op-de-hoogte/",
    f"{FORM}?over=thema/x",
    f"{FORM}?over=organisatie/%00",
    f"{FORM}bevestigen/x/",
    "/nap/rapportages/1999/",
    "/nap/rapportages/99999999999999999999/",
    "/nap/rapportages/0000/",
    "/nl/nap/",
    "/nap%00/",
    "/nap/themas/%00/",
]


@pytest.mark.parametrize("address", [*NOT_THERE, *(f"/en{each}" for each in NOT_THERE)])
def test_what_is_not_there_is_a_404_that_helps(client, nap, address):
    response = client.get(address)
    assert response.status_code == 404
    page = Page(response.content.decode())
    assert page.one("h1").text
    assert {"/", "/en/"} & set(page.links)
    assert not response.cookies


def test_404_does_not_link_to_another_site(client, nap):
    page = Page(client.get("/en//evil.example/").content.decode())
    assert not [each for each in page.links if each.startswith("//")]


def search_of(client, address):
    [form] = Page(client.get(address).content.decode()).all("form", role="search")
    return form["action"]


def test_404_searches_the_plan_of_its_address_or_else_the_current_one(client, nap):
    newer = factories.plan(slug="nieuw", start_year=2027, end_year=2030)
    point = factories.action_point(
        theme=factories.theme(pillar=factories.pillar(plan=newer)), first_year=2027
    )
    of_year = factories.reporting_round(plan=newer, year=2027, stage="published")
    factories.status_entry(action_point=point, round=of_year, stage="approved")
    factories.publish(of_year)

    assert search_of(client, "/nap/themas/x/") == "/nap/actiepunten/"
    assert search_of(client, "/en/nap/themas/x/") == "/en/nap/actiepunten/"
    assert search_of(client, "/x/") == "/nieuw/actiepunten/"


def test_404_knows_nothing_of_a_plan_that_is_not_public(client, db):
    factories.plan(slug="straks", title="Geheim plan")

    response = client.get("/straks/")

    assert response.status_code == 404
    page = Page(response.content.decode())
    assert not [each for each in page.links if each.startswith("/straks")]
    assert "Geheim" not in response.content.decode()
    assert not page.all("form")


@pytest.fixture
def failing(client):
    """Nothing works: this test has no database, and so the page fails, and whatever asks it."""
    client.raise_request_exception = False
    return client


@pytest.mark.parametrize(
    ("address", "language", "heading", "way_out"),
    [
        ("/nap/", "nl", "Er ging iets mis", "/"),
        ("/en/nap/", "en", "Something went wrong", "/en/"),
    ],
)
def test_failure_has_a_page_in_the_language_of_its_address(
    failing, address, language, heading, way_out
):
    response = failing.get(address)

    assert response.status_code == 500
    page = Page(response.content.decode())
    assert page.one("html")["lang"] == language
    assert page.texts("h1") == [heading]
    assert set(page.links) == {way_out}
    assert page.one("link", rel="stylesheet")["href"].endswith("site.css")


def test_failure_has_a_page_even_without_styles(failing, settings):
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }
    settings.STATIC_ROOT = settings.BASE_DIR / "not-there"

    response = failing.get("/nap/")

    assert response.status_code == 500
    assert not Page(response.content.decode()).all("link")


@pytest.mark.parametrize(
    ("address", "heading"),
    [
        ("/nap/", "Deze aanvraag is niet te begrijpen"),
        ("/en/nap/", "This request cannot be understood"),
    ],
)
def test_request_under_another_name_gets_a_page_that_says_so(client, nap, address, heading):
    response = client.get(address, headers={"host": "evil.example"})

    assert response.status_code == 400
    page = Page(response.content.decode())
    assert page.texts("h1") == [heading]
    assert "evil" not in response.content.decode()


TOO_MUCH = {
    "1001 parameters": "&".join(f"x{nth}=1" for nth in range(1001)),
    "1001 choices": "&".join(["stand=voltooid"] * 1001),
    "8 kB of search": f"q={'x' * 8000}",
    "8 kB of choices": "&".join(f"thema={'x' * 90}{nth}" for nth in range(80)),
}


@pytest.mark.parametrize("query", TOO_MUCH.values(), ids=TOO_MUCH)
def test_address_that_asks_too_much_gets_an_answer_with_a_way_out(client, nap, query):
    client.raise_request_exception = False
    for address in (*ADDRESSES.values(), "/nap/actiepunten/export.csv", "/nap/x/"):
        for prefix, home in (("", "/"), ("/en", "/en/")):
            response = client.get(f"{prefix}{address}{'&' if '?' in address else '?'}{query}")

            assert response.status_code in (200, 400, 404), address
            if response["Content-Type"].startswith("text/html"):
                page = Page(response.content.decode())
                assert page.one("h1").text
                assert home in page.links


def test_too_many_choices_are_refused_with_a_page_that_says_so(client, nap):
    response = client.get(f"/nap/actiepunten/?{TOO_MUCH['1001 choices']}")

    assert response.status_code == 400
    assert Page(response.content.decode()).texts("h1") == ["Deze aanvraag is niet te begrijpen"]


def test_search_that_is_too_long_is_named_and_the_rest_is_answered(client, nap):
    response = client.get(f"/nap/actiepunten/?pijler=2&{TOO_MUCH['8 kB of search']}")

    page = Page(response.content.decode())
    assert page.one(id="genegeerd").text.count("x") < 100
    assert page.texts("td", class_="points__number") == ["2.1.1"]
