"""Public pages are kept, and answered without being rendered, until something public changes."""

import gzip
from datetime import date

import pytest
from django.core.cache import cache
from django.db import connection
from django.utils import timezone

from actions.filters import EntryFilter
from actions.models import Organisation, PublishedEntry, ReportingRound, Status, StatusEntry
from tests import factories
from tests.public.conftest import publish_again
from tests.public.test_every_page import BOTH_LANGUAGES, every_page


@pytest.fixture(autouse=True)
def kept_pages(settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    cache.clear()
    yield
    cache.clear()


@every_page
def test_page_says_its_version_and_since_when_and_may_be_shared(client, nap, address):
    headers = client.get(address).headers

    assert headers["ETag"].strip('"')
    assert headers["Last-Modified"].endswith("GMT")
    assert headers["Cache-Control"] == "public, max-age=60"


@every_page
def test_unchanged_page_is_not_sent_again_and_takes_one_query(
    client, nap, address, django_assert_num_queries
):
    first = client.get(address)

    with django_assert_num_queries(1):
        again = client.get(address, headers={"if-none-match": first.headers["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert again.headers["Cache-Control"] == first.headers["Cache-Control"]


@every_page
def test_page_that_was_rendered_before_takes_one_query(
    client, nap, address, django_assert_num_queries
):
    # What is asked of the table has no end, and is not kept.
    address = address.partition("?")[0]
    first = client.get(address)

    with django_assert_num_queries(1):
        again = client.get(address)

    assert again.content == first.content
    assert again.headers["Content-Type"] == first.headers["Content-Type"]
    assert again.headers.get("Content-Language") == first.headers.get("Content-Language")


def test_no_page_has_the_version_of_another(client, nap):
    versions = {client.get(address).headers["ETag"] for address in BOTH_LANGUAGES.values()}

    assert len(versions) == len(BOTH_LANGUAGES)


def renames_a_ministry(_nap):
    ministry = Organisation.objects.get(abbreviation="EZK")
    ministry.name = "Ministerie van Economie"
    ministry.save()


def gives_a_status_another_tone(_nap):
    status = Status.objects.exclude(tone="neutral").first()
    status.tone = "neutral"
    status.save()


def renames_the_plan(nap):
    nap.plan.title = "Ander actieplan"
    nap.plan.save()


@pytest.mark.parametrize(
    "changes",
    [renames_a_ministry, gives_a_status_another_tone, renames_the_plan, publish_again],
)
def test_page_is_rendered_again_once_something_public_has_changed(client, nap, changes):
    first = client.get("/nap/")
    changes(nap)

    again = client.get("/nap/", headers={"if-none-match": first.headers["ETag"]})

    assert again.status_code == 200
    assert again.headers["ETag"] != first.headers["ETag"]


def test_what_is_published_shows_at_once(client, nap):
    entry = StatusEntry.objects.filter(round=nap.rounds[2023]).first()
    address = f"/nap/actiepunten/{entry.action_point.number}/"
    client.get(address)
    entry.explanation = "<p>Een zin die er nog niet stond.</p>"
    entry.save()
    assert "Een zin die er nog niet stond." not in client.get(address).content.decode()

    publish_again(nap)

    assert "Een zin die er nog niet stond." in client.get(address).content.decode()


def test_a_draft_leaves_the_version_as_it_is(client, nap):
    first = client.get("/nap/actiepunten/")
    entry = StatusEntry.objects.first()
    entry.explanation = "<p>Nog niet af.</p>"
    entry.save()

    assert client.get("/nap/actiepunten/").headers["ETag"] == first.headers["ETag"]


def test_version_is_another_on_another_day(client, nap, monkeypatch):
    first = client.get("/nap/")
    monkeypatch.setattr(timezone, "localdate", lambda *_: date(2030, 1, 1))

    assert client.get("/nap/").headers["ETag"] != first.headers["ETag"]


def test_what_is_not_there_is_neither_kept_nor_shared(client, nap):
    for _ in range(2):
        missing = client.get("/nap/actiepunten/9.9.9/")
        assert missing.status_code == 404
        assert "ETag" not in missing.headers
        assert "public" not in missing.headers.get("Cache-Control", "")


def test_page_is_the_same_for_who_is_signed_in(client, nap):
    as_visitor = client.get("/nap/")
    cache.clear()
    client.force_login(factories.coordinator())
    signed_in = client.get("/nap/")

    assert signed_in.content == as_visitor.content
    assert signed_in.headers["ETag"] == as_visitor.headers["ETag"]


@every_page
@pytest.mark.parametrize("cookie", ["sessionid", "csrftoken"])
def test_page_sets_no_cookie_in_the_place_of_one_that_is_none(client, nap, address, cookie):
    first = client.get(address)
    client.cookies[cookie] = "x"

    for version in (None, first.headers["ETag"]):
        again = client.get(address, headers={"if-none-match": version} if version else {})
        assert "Set-Cookie" not in again.headers
        assert not again.cookies
        assert again.headers["Vary"] == first.headers["Vary"]


@pytest.mark.parametrize("cookie", ["sessionid", "csrftoken"])
def test_cookie_that_is_none_is_still_replaced_where_it_is_used(client, nap, cookie):
    client.cookies[cookie] = "x"

    response = client.get("/beheer/login/")

    assert response.cookies[cookie].value != "x"
    assert "Cookie" in response.headers["Vary"]


def test_page_that_is_kept_keeps_what_its_headers_say(client, nap):
    first = client.get("/sitemap.xml")
    again = client.get("/sitemap.xml")

    assert "noindex" in first.headers["X-Robots-Tag"]
    assert again.headers == first.headers


def test_page_of_an_address_is_kept_with_what_it_asks(client, nap):
    entries = PublishedEntry.objects.count()
    assert entries
    all_rows = client.get("/nap/actiepunten/")
    none = client.get("/nap/actiepunten/", {"q": "zeppelin"})

    assert client.get("/nap/actiepunten/").content == all_rows.content
    assert client.get("/nap/actiepunten/", {"q": "zeppelin"}).content == none.content
    assert all_rows.content != none.content


def test_two_sites_of_one_server_do_not_share_pages(client, nap):
    here = client.get("/nap/", headers={"host": "testserver"})
    there = client.get("/nap/", headers={"host": "localhost"})

    assert here.headers["ETag"] != there.headers["ETag"]


@pytest.mark.parametrize(
    "headers",
    [
        {"if-none-match": "*"},
        {"if-none-match": '"other"'},
        {"if-match": '"other"'},
        {"if-unmodified-since": "Mon, 01 Jan 2001 00:00:00 GMT"},
        {"if-modified-since": "Mon, 01 Jan 2035 00:00:00 GMT"},
    ],
)
@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/nap/", 200),
        ("/nap/actiepunten/9.9.9/", 404),
        ("/nap/rapportages/2024/", 404),
        ("/nap/organisaties/bz/", 301),
        ("/nap/rapportages/2023/voortgangsrapportage-2023.pdf", 200),
        ("/nap/rapportages/2022/editie-1/voortgangsrapportage-2022.pdf", 200),
    ],
)
def test_only_who_has_this_version_gets_an_empty_answer(client, nap, address, status, headers):
    response = client.get(address, headers=headers)

    assert response.status_code == status
    assert ("public" in response.headers.get("Cache-Control", "")) == (status == 200)


@pytest.mark.parametrize("accepted", ["gzip", "br, GZIP;q=0.5", "gzip, deflate, br"])
def test_page_goes_out_compressed_to_who_can_read_that(client, nap, accepted):
    plain = client.get("/nap/")
    assert "Content-Encoding" not in plain.headers

    # Rendered, and as it was kept.
    for _ in range(2):
        compressed = client.get("/nap/", headers={"accept-encoding": accepted})
        assert compressed.headers["Content-Encoding"] == "gzip"
        assert compressed.headers["Content-Length"] == str(len(compressed.content))
        assert gzip.decompress(compressed.content) == plain.content
        assert compressed.headers["ETag"] != plain.headers["ETag"]
        assert "Accept-Encoding" in compressed.headers["Vary"]
    assert "Accept-Encoding" in plain.headers["Vary"]


@pytest.mark.parametrize("accepted", ["", "br", "gzip;q=0", "gzip; q=0.00, br", "xgzipx"])
def test_page_goes_out_as_it_is_to_everyone_else(client, nap, accepted):
    response = client.get("/nap/", headers={"accept-encoding": accepted})

    assert "Content-Encoding" not in response.headers
    assert b"<h1" in response.content


def test_version_that_a_proxy_has_weakened_still_counts(client, nap):
    version = client.get("/nap/").headers["ETag"]

    assert client.get("/nap/", headers={"if-none-match": f"W/{version}"}).status_code == 304


def test_work_on_a_round_shows_in_no_header(client, nap, draft):
    def headers():
        return {**client.get("/nap/").headers}

    before = headers()
    draft.round.title = "Anders"
    draft.round.save()
    corrected = nap.rounds[2023]
    corrected.stage, corrected.title = ReportingRound.Stage.CLOSED, "Verbeterd"
    corrected.save()

    assert headers() == before


def test_what_is_asked_of_a_page_is_not_kept(client, nap, django_assert_num_queries):
    client.get("/nap/", {"x": 1})

    with django_assert_num_queries(11):
        client.get("/nap/", {"x": 1})


def test_what_a_year_says_is_read_once_however_the_table_is_asked(
    client, nap, django_assert_num_queries
):
    client.get("/nap/actiepunten/", {"jaar": "2023"})

    # What is public now, and the rounds.
    with django_assert_num_queries(2):
        asked = client.get("/nap/actiepunten/", {"jaar": "2023", "pijler": "2"})

    assert "2.1.1" in asked.content.decode()
    assert "1.1.1" not in asked.content.decode()


@pytest.mark.parametrize("asked", [{}, {"pijler": "1"}, {"jaar": "2023", "sort": "-number"}])
def test_table_shows_at_once_what_is_published(client, nap, asked):
    client.get("/nap/actiepunten/", asked)
    nap.points[0].entries.update(title="Een andere titel")
    publish_again(nap)

    assert "Een andere titel" in client.get("/nap/actiepunten/", asked).content.decode()


@pytest.mark.parametrize("asked", [{"q": "stond"}, {"sort": "-number"}])
def test_table_is_whole_if_a_correction_is_published_while_it_is_made(
    client, nap, monkeypatch, asked
):
    whole = client.get("/nap/actiepunten/", asked).content
    client.get("/nap/actiepunten/")
    reading = EntryFilter.found.fget

    def publish_first(filterset):
        monkeypatch.undo()
        publish_again(nap)
        return reading(filterset)

    monkeypatch.setattr(EntryFilter, "found", property(publish_first))

    assert client.get("/nap/actiepunten/", asked).content == whole


def test_page_that_shows_a_setting_is_another_when_that_is_changed(client, settings, nap):
    version = client.get("/privacy/").headers["ETag"]

    settings.CONTACT_EMAIL = "vragen@nap.example"

    response = client.get("/privacy/", headers={"if-none-match": version})
    assert response.status_code == 200
    assert "vragen@nap.example" in response.content.decode()


if connection.vendor == "postgresql":

    @pytest.mark.django_db(transaction=True)
    @pytest.mark.parametrize("address", ["/nap/actiepunten/", "/healthz", "/beheer/login/"])
    def test_page_is_there_after_the_database_was_restarted(client, nap, address):
        client.get("/nap/")
        # As after each request: it goes back to the pool.
        connection.close()
        other = connection.copy("other")
        with other.cursor() as outside:
            outside.execute(
                # Waits until they have ended.
                "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        other.close()
        other.close_pool()

        assert client.get(address).status_code == 200
