"""Drafts never leak: not the texts, not the wording, not that something exists."""

import pytest

from actions import services
from actions.models import ReportingRound, Responsibility, StatusEntry
from reports.models import ReportText
from tests import factories
from tests.public.conftest import DRAFT
from tests.public.test_every_page import BOTH_LANGUAGES
from tests.public.test_table import numbers

SOUGHT = ["", "?jaar=2024", f"?q={DRAFT}", f"?stand=stand-{DRAFT.lower()}", f"?organisatie={DRAFT}"]


def addresses_from(client, start):
    """Every public address that can be reached by following links.

    Of the table as it is chosen, the links to the table as it can be chosen next are left: each
    choice, each order and each file of them would be another address.
    """
    seen, todo = set(), [start]
    while todo:
        address = todo.pop().partition("#")[0]
        if address in seen or not address.startswith("/") or address.startswith("/static/"):
            continue
        seen.add(address)
        response = client.get(address)
        assert response.status_code == 200, address
        html = response.getvalue().decode(errors="replace")
        yield address, html
        links = [part.partition('"')[0].replace("&amp;", "&") for part in html.split('href="')[1:]]
        todo += [link for link in links if "?" not in address or "?" not in link]


def test_no_page_that_can_be_reached_shows_a_draft(client, draft):
    reached = dict(addresses_from(client, "/"))
    assert {
        "/nap/actiepunten/1.1.1/",
        "/en/nap/rapportages/2023/",
        "/nap/themas/arbeid/",
        "/nap/verwijzingen/",
        "/nap/rapportages/2022/editie-1/",
        "/nap/rapportages/2022/voortgangsrapportage-2022.pdf",
        "/nap/rapportages/2022/editie-1/voortgangsrapportage-2022.json",
    } <= set(reached)
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
        "/nap/vergelijk/2023-2024/",
        f"/nap/themas/{draft.theme.slug}/",
        f"/nap/organisaties/{draft.body.slug}/",
        f"/nap/organisaties/{draft.body.slug.lower()}/",
        "/nap/rapportages/2024/",
        "/nap/rapportages/2024/editie-1/",
        "/nap/rapportages/2024/voortgangsrapportage-2024.json",
        "/nap/rapportages/2024/editie-1/voortgangsrapportage-2024.json",
    ):
        assert client.get(address).status_code == 404, address


def test_everything_is_there_once_the_round_is_published(client, draft):
    factories.edition_files(factories.publish(draft.round))
    for address in (
        "/nap/",
        "/nap/actiepunten/",
        f"/nap/actiepunten/{draft.point.number}/",
        f"/nap/themas/{draft.theme.slug}/",
        f"/nap/organisaties/{draft.body.slug}/",
        "/nap/verwijzingen/",
        "/nap/rapportages/2024/",
        "/nap/rapportages/2024/editie-1/",
        "/nap/rapportages/2024/voortgangsrapportage-2024.json",
    ):
        assert DRAFT in client.get(address).content.decode(), address


# --- A published round that is corrected -------------------------------------


def reopen(nap):
    coordinator = factories.coordinator()
    for of_year in nap.rounds.values():
        services.correct_round(reporting_round=of_year, by=coordinator)
        services.reopen_round(reporting_round=of_year, by=coordinator)
        of_year.refresh_from_db()


def rewrite(nap):
    """Everything that the rounds themselves say is another text, a point comes and one goes."""
    status = factories.status(label=f"Stand {DRAFT}", slug=f"stand-{DRAFT.lower()}")
    theme = factories.theme(pillar=nap.points[3].theme.pillar, title=f"Thema {DRAFT}")
    for of_year in nap.rounds.values():
        of_year.title = f"Verslag {DRAFT}"
        of_year.reference_date = of_year.reference_date.replace(month=1)
        of_year.save()
        factories.status_entry(action_point=factories.action_point(theme=theme), round=of_year)
        nap.points[3].entries.get(round=of_year).delete()
    for point in nap.points:
        point.title = point.goal = point.responsibility = point.timeline = DRAFT
        point.save()
    for entry in StatusEntry.objects.all():
        entry.status, entry.explanation, entry.title = status, f"<p>{DRAFT}</p>", DRAFT
        entry.goal = entry.responsibility = entry.timeline = DRAFT
        entry.stage, entry.start_date = "draft", None
        entry.save()
    for text in ReportText.objects.all():
        text.title, text.body = DRAFT, f"<p>{DRAFT}</p>"
        text.save()
    body = factories.organisation(abbreviation=DRAFT, name=f"Ministerie van {DRAFT}")
    Responsibility.objects.update(organisation=body)


def test_while_published_rounds_are_corrected_every_page_stays_the_same_to_the_byte(client, nap):
    before = dict(addresses_from(client, "/"))
    reopen(nap)
    rewrite(nap)
    for stage in ("open", "closed"):
        ReportingRound.objects.update(stage=stage)
        assert dict(addresses_from(client, "/")) == before
        for address in (
            f"/nap/themas/thema-{DRAFT.lower()}/",
            f"/nap/organisaties/{DRAFT}/",
            "/nap/actiepunten/2.2.1/",
        ):
            assert client.get(address).status_code == 404, address


@pytest.mark.parametrize("query", SOUGHT[2:])
def test_table_does_not_find_a_correction(get, nap, query):
    reopen(nap)
    rewrite(nap)
    for year in ("2022", "2023"):
        page = get(f"/nap/actiepunten/{query}&jaar={year}")
        assert not [each for each in page.texts("td") + page.texts("th") if DRAFT in each]
        assert not [each for each in page.texts("option") if DRAFT in each]


def test_a_correction_is_seen_once_it_is_published_and_the_earlier_edition_stays(client, nap):
    earlier = "/nap/rapportages/2023/editie-1/voortgangsrapportage-2023.json"
    before = client.get(earlier).content
    reopen(nap)
    rewrite(nap)
    factories.edition_files(factories.publish(nap.rounds[2023]))
    for address in (
        "/nap/",
        "/nap/actiepunten/",
        "/nap/actiepunten/1.1.1/",
        "/nap/themas/arbeid/",
        f"/nap/organisaties/{DRAFT}/",
        "/nap/rapportages/",
        "/nap/rapportages/2023/",
        "/nap/rapportages/2023/voortgangsrapportage-2023.json",
    ):
        assert DRAFT in client.get(address).content.decode(), address
    assert "Zo stond 1.1.1 er in 2023 voor" in (
        client.get("/nap/rapportages/2023/editie-1/").content.decode()
    )
    assert client.get(earlier).content == before
    assert DRAFT not in client.get("/nap/rapportages/2022/").content.decode()


# --- Who is responsible ------------------------------------------------------


RESPONSIBILITIES = {
    "added": lambda nap, body: factories.responsibility(
        action_point=nap.points[3], organisation=body
    ),
    "other organisation": lambda nap, body: nap.ez.responsibilities.update(organisation=body),
    "other role": lambda nap, _body: nap.ez.responsibilities.update(role="involved"),
    "ended": lambda nap, _body: nap.bz.responsibilities.update(last_year=2022),
    "gone": lambda nap, _body: nap.ez.responsibilities.all().delete(),
}


@pytest.mark.parametrize("change", RESPONSIBILITIES.values(), ids=RESPONSIBILITIES)
def test_who_is_responsible_in_a_published_year_is_seen_in_the_next_edition(client, nap, change):
    body = factories.organisation(abbreviation="OCW", name="Ministerie van Onderwijs")
    before = dict(addresses_from(client, "/nap/"))

    change(nap, body)

    assert dict(addresses_from(client, "/nap/")) == before
    for address in ("/nap/organisaties/OCW/", "/nap/organisaties/ocw/"):
        assert client.get(address).status_code == 404
    factories.edition_files(factories.publish(nap.rounds[2023]))
    after = dict(addresses_from(client, "/nap/"))
    # The reports say in words who is responsible, and those words are the same.
    assert [
        address
        for address, html in after.items()
        if before.get(address) != html and "/rapportages/" not in address
    ]


def test_a_new_responsibility_is_on_every_page_once_it_is_published(get, nap):
    body = factories.organisation(abbreviation="OCW", name="Ministerie van Onderwijs")
    factories.responsibility(action_point=nap.points[3], organisation=body, role="executing")
    factories.publish(nap.rounds[2023])

    assert "OCW" in get("/en/nap/").one("main").text
    assert "OCW) executing" in get("/en/nap/actiepunten/2.1.1/").one("main").text
    assert "executing" in get("/en/nap/organisaties/OCW/").one("p", class_="point-card__role").text
    assert numbers(get("/nap/actiepunten/", organisatie="OCW")) == ["2.1.1"]
    assert "OCW" not in get("/nap/actiepunten/", jaar="2022").texts("option")
