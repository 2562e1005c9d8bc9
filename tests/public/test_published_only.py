"""Drafts never leak: not the texts, not the wording, not that something exists."""

import pytest

from tests.public.conftest import DRAFT
from tests.public.test_every_page import BOTH_LANGUAGES

SOUGHT = ["", "?jaar=2024", f"?q={DRAFT}", f"?stand=stand-{DRAFT.lower()}", f"?organisatie={DRAFT}"]


def addresses_from(client, start):
    """Every public address that can be reached by following links."""
    seen, todo = set(), [start]
    while todo:
        address = todo.pop().partition("#")[0]
        if address in seen or not address.startswith("/") or address.startswith("/static/"):
            continue
        seen.add(address)
        response = client.get(address)
        assert response.status_code == 200, address
        html = response.content.decode()
        yield address, html
        todo += [part.partition('"')[0].replace("&amp;", "&") for part in html.split('href="')[1:]]


def test_no_page_that_can_be_reached_shows_a_draft(client, draft):
    reached = dict(addresses_from(client, "/"))
    assert {"/nap/actiepunten/1.1.1/", "/en/nap/rapportages/2023/", "/nap/themas/arbeid/"} <= set(
        reached
    )
    for address, html in reached.items():
        assert DRAFT.lower() not in html.lower(), address


@pytest.mark.parametrize("address", BOTH_LANGUAGES.values(), ids=BOTH_LANGUAGES)
def test_page_is_the_same_bytes_with_and_without_a_draft(client, nap, request, address):
    before = client.get(address).content
    request.getfixturevalue("draft")
    assert client.get(address).content == before


@pytest.mark.parametrize("query", SOUGHT)
def test_table_does_not_find_a_draft(get, draft, query):
    page = get(f"/nap/actiepunten/{query}")
    rows = page.texts("tr", within=page.one("table")) if page.all("table") else []
    assert not [row for row in rows if DRAFT in row]
    assert not [each for each in page.texts("option") if DRAFT in each or each == "2024"]


@pytest.mark.parametrize("stage", ["preparing", "open", "closed"])
def test_what_only_a_draft_holds_is_a_404(client, draft, stage):
    draft.round.stage = stage
    draft.round.save()
    for address in (
        f"/nap/actiepunten/{draft.point.number}/",
        f"/nap/themas/{draft.theme.slug}/",
        f"/nap/organisaties/{draft.body.slug}/",
        f"/nap/organisaties/{draft.body.slug.lower()}/",
        "/nap/rapportages/2024/",
    ):
        assert client.get(address).status_code == 404, address


def test_everything_is_there_once_the_round_is_published(client, draft):
    draft.round.stage = "published"
    draft.round.save()
    for address in (
        "/nap/",
        "/nap/actiepunten/",
        f"/nap/actiepunten/{draft.point.number}/",
        f"/nap/themas/{draft.theme.slug}/",
        f"/nap/organisaties/{draft.body.slug}/",
        "/nap/rapportages/2024/",
    ):
        assert DRAFT in client.get(address).content.decode(), address
