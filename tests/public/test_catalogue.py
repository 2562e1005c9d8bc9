"""The data of the site, described for data portals and for search engines."""

import json

import pytest

from actions.models import ReportingRound
from tests.public.page import Page


def catalogue(client, **headers):
    response = client.get("/catalogus.jsonld", headers=headers)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/ld+json"
    return json.loads(response.content)


def test_every_published_year_is_a_dataset_with_the_files_of_that_year(client, nap, draft):
    found = catalogue(client)["dcat:dataset"]

    assert [each["dct:temporal"]["dcat:startDate"]["@value"][:4] for each in found] == [
        "2023",
        "2022",
    ]
    for dataset in found:
        assert client.get(dataset["dct:identifier"]).status_code == 200
        files = dataset["dcat:distribution"]
        assert [each["dct:format"]["@id"].rpartition("/")[2] for each in files] == [
            *("XLSX", "ODS", "CSV", "JSON")
        ]
        for each in files:
            response = client.get(each["dcat:downloadURL"]["@id"])
            media_type = response.headers["Content-Type"].partition(";")[0]
            assert each["dcat:mediaType"]["@id"].endswith(f"/{media_type}")
            year = dataset["dct:temporal"]["dcat:startDate"]["@value"][:4]
            assert year in response.headers["Content-Disposition"]


def test_dataset_has_what_the_dutch_profile_asks_for(client, nap, settings):
    settings.CONTACT_EMAIL = "vragen@nap.example"
    found = catalogue(client)

    for described in (found, found["dcat:dataset"][0]):
        assert {each["@language"] for each in described["dct:title"]} == {"nl", "en"}
        assert {each["@language"] for each in described["dct:description"]} == {"nl", "en"}
        assert described["dct:publisher"]["foaf:name"]["@value"]
        email = described["dcat:contactPoint"]["vcard:hasEmail"]["@id"]
        assert email == "mailto:vragen@nap.example"
    dataset = found["dcat:dataset"][0]
    assert {"dct:identifier", "dct:creator", "dct:accessRights", "dcat:theme"} <= dataset.keys()
    for each in dataset["dcat:distribution"]:
        assert "publicdomain/zero/1.0" in each["dct:license"]["@id"]
        assert each["dcat:accessURL"]


def test_dataset_says_when_it_was_corrected(client, nap):
    corrected = catalogue(client)["dcat:dataset"][1]

    first, last = nap.rounds[2022].editions.order_by("number")
    assert corrected["dct:issued"]["@value"] == first.published_on.isoformat()
    assert corrected["dct:modified"]["@value"] == last.published_on.isoformat()


def test_catalogue_is_the_same_for_everyone_and_is_not_sent_twice(
    client, nap, django_assert_num_queries
):
    with django_assert_num_queries(2):
        first = client.get("/catalogus.jsonld", headers={"accept-language": "en"})
    assert client.get("/catalogus.jsonld").content == first.content

    again = client.get("/catalogus.jsonld", headers={"if-none-match": first.headers["ETag"]})
    assert again.status_code == 304


def test_catalogue_is_there_before_anything_is_published(client, db):
    ReportingRound.objects.all().delete()

    assert catalogue(client)["dcat:dataset"] == []


def structured(client, address):
    page = Page(client.get(address).content.decode())
    return json.loads(page.one("script", type="application/ld+json").text)


@pytest.mark.parametrize("address", ["/nap/", "/nap/actiepunten/export/?jaar=2022&pijler=1"])
def test_search_engines_are_told_of_the_data_that_a_page_offers(client, nap, address):
    dutch, english = structured(client, address), structured(client, f"/en{address}")

    year = "2022" if "2022" in address else "2023"
    assert dutch["@type"] == "Dataset"
    assert dutch["temporalCoverage"] == year
    assert english["name"] == f"Nationaal Actieplan: state of play in {year}"
    assert english["description"] != dutch["description"]
    assert dutch["license"] == "https://creativecommons.org/publicdomain/zero/1.0/"
    assert len(dutch["distribution"]) == 4
    for each in dutch["distribution"]:
        assert client.get(each["contentUrl"]).status_code == 200


@pytest.mark.parametrize("page", ["/nap/", "/en/nap/"])
def test_dataset_has_one_name_and_that_is_not_of_its_page(client, nap, page):
    dataset = catalogue(client)["dcat:dataset"][0]

    assert structured(client, page)["identifier"] == dataset["@id"] == dataset["dct:identifier"]
    assert dataset["@id"] != dataset["dcat:landingPage"]["@id"]


def test_what_is_told_of_the_data_cannot_end_its_script(client, nap):
    nap.plan.title = "Plan </script><script>alert('x')</script> & <!-- meer"
    nap.plan.save()

    html = client.get("/nap/").content.decode()

    assert html.count("<script") == html.count("</script") == 1
    assert structured(client, "/nap/")["name"].startswith(nap.plan.title)
