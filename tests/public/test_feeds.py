"""The news of what has been published, as Atom feeds."""

import re
from xml.etree import ElementTree

import pytest

from actions.models import StatusEntry, Succession
from tests import factories
from tests.public.conftest import DRAFT, publish_again

# The site's own XML, which is not hostile.
parse = ElementTree.fromstring
ATOM = "{http://www.w3.org/2005/Atom}"
FEEDS = {
    "plan": "/nap/nieuws.atom",
    "theme": "/nap/themas/arbeid/nieuws.atom",
    "organisation": "/nap/organisaties/BZ/nieuws.atom",
}
every_feed = pytest.mark.parametrize("address", FEEDS.values(), ids=FEEDS)


@pytest.fixture
def read(client):
    """The entries of a feed, each as its texts by name, with its address."""

    def read_feed(address):
        response = client.get(address)
        assert response.status_code == 200
        root = parse(response.content)
        return [
            {
                **{part.tag.removeprefix(ATOM): part.text for part in entry},
                "link": entry.find(f"{ATOM}link").get("href"),
            }
            for entry in root.iter(f"{ATOM}entry")
        ]

    return read_feed


@every_feed
def test_feed_is_atom_with_a_name_and_an_address_of_its_own(client, nap, address):
    response = client.get(address)
    root = parse(response.content)

    assert response.headers["Content-Type"].startswith("application/atom+xml")
    assert root.find(f"{ATOM}title").text.endswith("– NAP-monitor")
    assert [each.get("href") for each in root.findall(f"{ATOM}link")][1] == (
        f"http://testserver{address}"
    )
    assert root.find(f"{ATOM}author/{ATOM}name").text == nap.plan.publisher
    assert not response.cookies


@every_feed
def test_feed_tells_of_every_publication_and_correction(read, nap, address):
    told = [each for each in read(address) if "rapportage over" in each["title"]]

    assert {each["title"] for each in told} == {
        "De voortgangsrapportage over 2022 is gepubliceerd",
        "De voortgangsrapportage over 2022 is verbeterd",
        "De voortgangsrapportage over 2023 is gepubliceerd",
    }
    [corrected] = [each for each in told if "verbeterd" in each["title"]]
    assert corrected["summary"] == nap.rounds[2022].editions.first().note
    assert corrected["link"] == "http://testserver/nap/rapportages/2022/editie-2/"


def test_what_changed_is_told_with_the_way_to_it(read, nap):
    entry = StatusEntry.objects.get(round=nap.rounds[2023], action_point__number="1.1.1")
    before = StatusEntry.objects.get(round=nap.rounds[2022], action_point__number="1.1.1").status
    entry.status = factories.status(label="In consultatie")
    entry.save()
    publish_again(nap)

    [told] = [each for each in read(FEEDS["plan"]) if "In consultatie" in each["summary"]]

    assert told["title"].startswith("1.1.1 ")
    assert told["summary"] == (
        f"Stand van zaken in 2023: In consultatie. Daarvoor: {before.label}."
    )
    assert told["link"] == "http://testserver/nap/actiepunten/1.1.1/#jaar-2023"


def test_what_is_worded_otherwise_is_told(read, nap):
    entry = StatusEntry.objects.get(round=nap.rounds[2023], action_point__number="1.1.1")
    entry.goal, entry.timeline = "In andere woorden", "2022-2027"
    entry.save()
    publish_again(nap)

    assert "Is in de rapportage over 2023 anders verwoord: doelstelling, tijdlijn." in {
        each["summary"] for each in read(FEEDS["plan"])
    }


def test_nothing_in_a_text_acts_as_markup(read, nap):
    factories.publish(nap.rounds[2023], note="Bij 1.1.1 stond <b>niets</b> & meer.")

    assert "Bij 1.1.1 stond &lt;b&gt;niets&lt;/b&gt; &amp; meer." in {
        each["summary"] for each in read(FEEDS["plan"])
    }


def test_a_correction_keeps_the_name_of_what_it_tells_again(read, nap):
    def names():
        return {each["id"] for each in read(FEEDS["plan"]) if each["title"][0].isdigit()}

    before = names()
    publish_again(nap)

    assert names() == before


def test_feeds_of_a_theme_and_an_organisation_tell_of_their_points_only(read, nap):
    for entry in StatusEntry.objects.filter(round=nap.rounds[2023]):
        entry.status = factories.status(label=f"Stand van {entry.action_point.number}")
        entry.save()
    publish_again(nap)

    def points(feed):
        return {
            each["title"].split()[0]
            for each in read(FEEDS[feed])
            if re.match(r"\d", each["title"]) and "Stand van" in each["summary"]
        }

    assert points("plan") >= {"1.1.1", "1.1.2", "1.2.1"}
    assert points("theme") == {"1.1.1", "1.1.2"}
    assert "1.1.1" not in points("organisation")
    assert points("organisation") >= {"1.1.2", "1.2.1"}


@pytest.fixture
def split(nap):
    """EZK, which had 1.1.1 until 2022, went on as EZ, which has it, and KGG, which has 2.1.1."""
    kgg = factories.organisation(
        abbreviation="KGG", name="Ministerie van Klimaat en Groene Groei", first_year=2023
    )
    Succession.objects.create(predecessor=nap.ezk, successor=kgg, kind="split", year=2023)
    factories.responsibility(action_point=nap.points[3], organisation=kgg, first_year=2023)
    for entry in StatusEntry.objects.filter(round=nap.rounds[2023]):
        entry.status = factories.status(label=f"Stand van {entry.action_point.number}")
        entry.save()
    publish_again(nap)


@pytest.mark.parametrize(
    ("organisation", "points"),
    [
        ("EZK", {"1.1.1", "2.1.1"}),
        ("EZ", {"1.1.1"}),
        ("KGG", {"2.1.1"}),
        ("BZ", {"1.1.2", "1.2.1"}),
    ],
)
def test_feed_of_an_organisation_goes_on_with_what_succeeds_it(read, split, organisation, points):
    told = read(f"/nap/organisaties/{organisation}/nieuws.atom")

    moved = [each for each in told if re.search(r"Stand van \d", each["summary"])]
    assert {each["title"].split()[0] for each in moved} == points


def test_feed_of_a_successor_tells_that_a_point_of_before_has_left(read, nap):
    StatusEntry.objects.get(round=nap.rounds[2023], action_point__number="1.1.1").delete()
    publish_again(nap)
    other = StatusEntry.objects.get(round=nap.rounds[2023], action_point__number="2.1.1")
    factories.responsibility(action_point=other.action_point, organisation=nap.ez, first_year=2023)
    publish_again(nap)

    [left] = [
        each for each in read("/nap/organisaties/EZ/nieuws.atom") if "niet meer" in each["summary"]
    ]
    assert left["title"] == "1.1.1 Arbeid eerst"


@every_feed
def test_feed_holds_nothing_of_a_draft(client, nap, address):
    assert DRAFT not in client.get(address).content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "/nee/nieuws.atom",
        "/nap/themas/nee/nieuws.atom",
        "/nap/organisaties/nee/nieuws.atom",
    ],
)
def test_what_is_not_published_has_no_feed(client, nap, address):
    factories.organisation(abbreviation="NEE", slug="nee-toch")

    assert client.get(address).status_code == 404


def test_english_feed_is_in_english_under_the_same_names(client, read, nap):
    english = read("/en/nap/nieuws.atom")

    assert english[0]["title"].startswith(("The progress report on", "1", "2"))
    assert {each["id"] for each in english} == {each["id"] for each in read(FEEDS["plan"])}


def test_english_feed_has_the_english_title_where_there_is_one(read, nap):
    entry = StatusEntry.objects.get(round=nap.rounds[2023], action_point__number="1.1.1")
    entry.title_en, entry.goal = "Labour first", "In andere woorden"
    entry.save()
    publish_again(nap)

    def titles(address):
        return {each["title"] for each in read(address) if each["title"].startswith("1.1.1 ")}

    assert titles("/en/nap/nieuws.atom") == {"1.1.1 Labour first"}
    assert titles(FEEDS["plan"]) == {f"1.1.1 {entry.title}"}


def test_feed_takes_as_many_queries_for_many_points_as_for_few(
    client, nap, django_assert_num_queries
):
    client.get(FEEDS["theme"])
    for _ in range(20):
        point = factories.action_point(theme=nap.points[0].theme)
        factories.status_entry(action_point=point, round=nap.rounds[2023])
    publish_again(nap)

    with django_assert_num_queries(5):
        client.get(FEEDS["theme"])


@pytest.mark.parametrize(
    ("page", "feeds"),
    [
        ("/nap/op-de-hoogte/", [FEEDS["plan"]]),
        ("/nap/themas/arbeid/", [FEEDS["plan"], FEEDS["theme"]]),
        ("/nap/organisaties/BZ/", [FEEDS["plan"], FEEDS["organisation"]]),
    ],
)
def test_pages_lead_to_their_feeds(get, nap, page, feeds):
    shown = get(page)

    assert [each["href"] for each in shown.all("link", type="application/atom+xml")] == feeds
    assert feeds[-1] in shown.links


def test_one_page_leads_to_every_feed_and_every_page_to_that(get, nap):
    assert set(FEEDS.values()) <= set(get("/nap/op-de-hoogte/").links)
    assert "/nap/op-de-hoogte/" in get("/nap/actiepunten/1.1.1/").links
    assert "/nap/op-de-hoogte/?over=thema/arbeid" in get("/nap/themas/arbeid/").links


def test_feed_of_a_theme_and_an_organisation_tells_that_a_point_has_left(read, nap):
    StatusEntry.objects.get(round=nap.rounds[2023], action_point__number="1.1.2").delete()
    publish_again(nap)

    for feed in FEEDS.values():
        [left] = [each for each in read(feed) if "niet meer" in each["summary"]]
        assert left["title"] == "1.1.2 Arbeid daarna"
