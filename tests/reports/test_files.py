"""The files of a report, as everyone downloads them."""

import json

import pytest
from django.utils.http import parse_http_date

from reports import views
from reports.formats import Format
from tests import factories

REPORT = "/nap/rapportages/2023/"
NEWEST = f"{REPORT}voortgangsrapportage-2023."
TYPES = {
    "pdf": ("application/pdf", "inline"),
    "docx": (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "attachment",
    ),
    "odt": ("application/vnd.oasis.opendocument.text", "attachment"),
    "json": ("application/json", "inline"),
}
every_format = pytest.mark.parametrize("file_format", TYPES)


@pytest.fixture
def editions(db):
    """Two editions of the report on 2023, and one of that on 2024."""
    # Another test may have had the same files under the same keys, of another moment.
    views._kept_file.cache_clear()
    plan = factories.plan(slug="nap")
    of_2023 = factories.reporting_round(plan=plan, year=2023)
    factories.status_entry(round=of_2023)
    for _ in range(2):
        factories.edition_files(factories.publish(of_2023))
    of_2024 = factories.reporting_round(plan=plan, year=2024)
    factories.edition_files(factories.publish(of_2024))
    return {edition.number: edition for edition in of_2023.editions.all()}


def content(edition, file_format):
    return bytes(edition.files.get(format=file_format).content)


def earlier(number):
    return f"{REPORT}editie-{number}/voortgangsrapportage-2023."


# --- What is served --------------------------------------------------------------


def test_every_format_has_a_type():
    assert set(TYPES) == set(Format.values)


@every_format
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_file_of_the_newest_edition_is_served_byte_for_byte(client, editions, file_format, prefix):
    response = client.get(f"{prefix}{NEWEST}{file_format}")

    media_type, kind = TYPES[file_format]
    assert response.status_code == 200
    assert response.content == content(editions[2], file_format)
    assert response.headers["Content-Type"] == media_type
    assert response.headers["Content-Length"] == str(len(response.content))
    assert response.headers["Content-Disposition"] == (
        f'{kind}; filename="voortgangsrapportage-2023.{file_format}"'
    )


@every_format
def test_file_of_each_edition_stays_where_it_is(client, editions, file_format):
    for number, edition in editions.items():
        response = client.get(f"{earlier(number)}{file_format}")
        assert response.content == content(edition, file_format)


@every_format
def test_file_of_an_edition_is_saved_under_a_name_that_tells_which(client, editions, file_format):
    for number in editions:
        response = client.get(f"{earlier(number)}{file_format}")
        assert response.headers["Content-Disposition"] == (
            f"{TYPES[file_format][1]}; "
            f'filename="voortgangsrapportage-2023-editie-{number}.{file_format}"'
        )


def test_file_of_the_newest_edition_is_another_once_a_correction_is_published(client, editions):
    factories.edition_files(factories.publish(editions[1].round))

    assert json.loads(client.get(f"{NEWEST}json").content)["edition"] == 3
    assert json.loads(client.get(f"{earlier(2)}json").content)["edition"] == 2


def test_file_stays_the_same_while_the_round_is_corrected(client, editions):
    before = client.get(f"{NEWEST}json").content
    in_round = editions[1].round
    in_round.stage, in_round.title = "open", "Een andere titel"
    in_round.save()

    assert client.get(f"{NEWEST}json").content == before


def test_head_says_the_same_and_sends_nothing(client, editions):
    got, head = client.get(f"{NEWEST}pdf"), client.head(f"{NEWEST}pdf")

    assert head.status_code == 200
    assert head.content == b""
    assert dict(head.headers) == dict(got.headers)


def test_head_does_not_read_the_file(client, editions, django_assert_num_queries):
    client.head(f"{NEWEST}pdf")
    with django_assert_num_queries(1):
        client.head(f"{NEWEST}pdf")


def test_file_is_only_read(client, editions):
    assert client.post(f"{NEWEST}pdf").status_code == 405


# --- Who has it already ------------------------------------------------------------


@every_format
def test_whoever_has_the_file_is_told_so_in_one_query(
    client, editions, file_format, django_assert_num_queries
):
    first = client.get(f"{NEWEST}{file_format}")
    etag = first.headers["ETag"]
    assert etag == f'"{editions[2].files.get(format=file_format).checksum}"'

    with django_assert_num_queries(1):
        again = client.get(f"{NEWEST}{file_format}", headers={"If-None-Match": etag})

    assert again.status_code == 304
    assert again.content == b""
    for name in ("ETag", "Last-Modified", "Cache-Control"):
        assert again.headers[name] == first.headers[name]


def test_file_says_since_when_it_is_there(client, editions):
    modified = client.get(f"{NEWEST}pdf").headers["Last-Modified"]

    assert parse_http_date(modified) == int(editions[2].at.timestamp())


def test_whoever_has_the_file_of_another_edition_gets_this_one(client, editions):
    etag = client.get(f"{earlier(1)}pdf").headers["ETag"]

    response = client.get(f"{NEWEST}pdf", headers={"If-None-Match": etag})

    assert response.status_code == 200
    assert response.content == content(editions[2], "pdf")


# --- Which bytes are kept -----------------------------------------------------------


@pytest.mark.parametrize("address", [f"{NEWEST}pdf", f"{earlier(1)}pdf"])
def test_file_is_read_once_and_its_bytes_are_kept(
    client, editions, django_assert_num_queries, address
):
    with django_assert_num_queries(2):
        first = client.get(address)
    with django_assert_num_queries(1):
        again = client.get(address)

    assert again.content == first.content
    assert dict(again.headers) == dict(first.headers)


def test_few_files_are_kept(client, editions, django_assert_num_queries):
    for _ in range(views.KEPT_FILES // len(TYPES)):
        factories.edition_files(factories.publish(editions[1].round))
    client.get(f"{earlier(1)}pdf")
    for number in range(3, editions[1].round.editions.count() + 1):
        for file_format in TYPES:
            client.get(f"{earlier(number)}{file_format}")

    with django_assert_num_queries(2):
        client.get(f"{earlier(1)}pdf")


def test_file_that_is_not_there_any_more_is_not_served_from_what_is_kept(client, editions):
    address = f"{NEWEST}pdf"
    assert client.get(address).status_code == 200
    plan = editions[1].round.plan
    plan.slug = "anders"
    plan.save()

    assert client.get(address).status_code == 404


def test_numbered_edition_may_be_kept_for_ever_and_the_newest_for_a_minute(client, editions):
    assert "immutable" in client.get(f"{earlier(1)}pdf").headers["Cache-Control"]
    assert client.get(f"{NEWEST}pdf").headers["Cache-Control"] == "public, max-age=60"


@every_format
def test_file_sets_no_cookie_and_does_not_depend_on_one(client, editions, file_format):
    client.force_login(factories.coordinator())
    for address in (f"{NEWEST}{file_format}", f"{earlier(1)}{file_format}"):
        response = client.get(address)
        assert not response.cookies
        assert "Cookie" not in response.headers.get("Vary", "")


def test_file_cannot_run_anything_on_the_site(client, editions):
    headers = client.get(f"{NEWEST}pdf").headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "script-src 'self'" in headers["Content-Security-Policy"]


# --- What is not there ---------------------------------------------------------------

NOT_THERE = [
    f"{REPORT}voortgangsrapportage-2024.pdf",
    f"{REPORT}editie-1/voortgangsrapportage-2024.pdf",
    f"{REPORT}editie-1/voortgangsrapportage-2022.pdf",
    f"{earlier(3)}pdf",
    f"{earlier(0)}pdf",
    f"{earlier('01')}pdf",
    f"{earlier('99999')}pdf",
    f"{REPORT}editie-3/",
    f"{NEWEST}xml",
    f"{NEWEST}PDF",
    f"{NEWEST}pdfx",
    f"{NEWEST}pdf/",
    "/nap/rapportages/2022/voortgangsrapportage-2022.pdf",
    "/ander/rapportages/2023/voortgangsrapportage-2023.pdf",
]


@pytest.mark.parametrize("address", [*NOT_THERE, *(f"/en{each}" for each in NOT_THERE)])
def test_what_is_not_there_is_a_404(client, editions, address):
    factories.plan(slug="ander")
    response = client.get(address)
    assert response.status_code == 404
    assert not response.cookies


@pytest.mark.parametrize("stage", ["preparing", "open", "closed"])
def test_report_that_was_never_published_has_no_files(client, editions, stage):
    draft = factories.reporting_round(plan=editions[1].round.plan, year=2025, stage=stage)
    factories.status_entry(round=draft)
    for file_format in TYPES:
        for folder in ("", "editie-1/"):
            address = f"/nap/rapportages/2025/{folder}voortgangsrapportage-2025.{file_format}"
            assert client.get(address).status_code == 404


# --- What the pages say of them --------------------------------------------------------


def test_pages_lead_to_every_file(client, editions):
    pages = {
        "/nap/rapportages/": NEWEST,
        REPORT: NEWEST,
        f"{REPORT}editie-1/": earlier(1),
    }
    for page, files in pages.items():
        html = client.get(page).content.decode()
        for file_format, (media_type, _kind) in TYPES.items():
            assert f'href="{files}{file_format}" type="{media_type}"' in html


def test_earlier_edition_says_that_there_is_a_newer_one(client, editions):
    newest = client.get(REPORT).content.decode()
    old = client.get(f"{REPORT}editie-1/").content.decode()

    assert "Naar de nieuwste editie" in old
    assert "Naar de nieuwste editie" not in newest
    assert editions[2].note in newest


def test_edition_is_read_from_what_was_frozen_and_from_nothing_else(client, editions):
    before = client.get(REPORT).content
    in_round = editions[1].round
    in_round.entries.update(title="Iets anders")
    in_round.published_entries.all().delete()

    assert client.get(REPORT).content == before
