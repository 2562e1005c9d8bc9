"""What a government site owes: how accessible it is, what it keeps, where to report a weakness."""

import re
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

STATEMENTS = ["/toegankelijkheid/", "/privacy/"]


@pytest.mark.parametrize("address", ["/", "/en/nap/", "/nap/bestaat-niet/"])
def test_statements_are_in_the_footer_of_every_page(client, nap, address):
    html = client.get(address).content.decode()
    footer = html[html.index("<footer") :]
    prefix = "/en" if address.startswith("/en/") else ""

    for statement in STATEMENTS:
        assert f'href="{prefix}{statement}"' in footer


def test_statements_are_there_before_anything_is_published(client, db):
    assert {client.get(address).status_code for address in STATEMENTS} == {200}


def test_statements_are_in_the_sitemap(client, nap):
    sitemap = client.get("/sitemap.xml").content.decode()

    for statement in STATEMENTS:
        assert f"<loc>http://testserver{statement}</loc>" in sitemap
        assert f"<loc>http://testserver/en{statement}</loc>" in sitemap


@pytest.mark.parametrize("address", STATEMENTS)
def test_statement_names_who_answers_for_the_site(get, db, settings, address):
    settings.ORGANISATION = "Ministerie van Proeven"
    settings.CONTACT_EMAIL = "vragen@nap.example"

    page = get(address)

    assert page.one("span", within=page.one("main"), lang="nl").text == "Ministerie van Proeven"
    assert "mailto:vragen@nap.example" in page.links
    assert page.one("main").text.endswith("26 november 2026.")


@pytest.mark.parametrize("address", STATEMENTS)
def test_statement_says_so_when_nobody_is_named_to_write_to(get, db, settings, address):
    settings.CONTACT_EMAIL = ""

    page = get(f"/en{address}")

    assert "has not been filled in yet" in page.one("main").text
    assert not [each for each in page.links if each.startswith("mailto:")]


def test_accessibility_is_said_to_be_unproven_and_links_to_the_register(get, db, settings):
    settings.ACCESSIBILITY_REGISTER_URL = "https://register.example/1"

    page = get("/en/toegankelijkheid/")

    assert "It has not been established" in page.one("main").text
    assert "https://register.example/1" in page.links
    settings.ACCESSIBILITY_REGISTER_URL = ""
    assert "https://register.example/1" not in get("/en/toegankelijkheid/").links


@pytest.mark.parametrize(("days", "said"), [(0, "no longer than is needed"), (30, "after 30 days")])
def test_privacy_says_for_how_long_the_log_is_kept(get, db, settings, days, said):
    settings.LOG_DAYS = days

    assert said in get("/en/privacy/").one("main").text


def test_security_txt_says_where_to_report_a_weakness(client, settings):
    settings.SECURITY_CONTACT = "mailto:veilig@nap.example"

    response = client.get("/.well-known/security.txt")

    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    fields = dict(re.findall(r"^([A-Z][A-Za-z-]+): (.+)$", response.content.decode(), re.M))
    expires = datetime.fromisoformat(fields.pop("Expires"))
    assert timedelta(days=170) < expires - timezone.now() < timedelta(days=365)
    assert fields == {
        "Contact": "mailto:veilig@nap.example",
        "Preferred-Languages": "nl, en",
        "Canonical": "http://testserver/.well-known/security.txt",
    }


def test_there_is_no_security_txt_without_somebody_to_report_to(client, db, settings):
    settings.SECURITY_CONTACT = ""

    assert client.get("/.well-known/security.txt").status_code == 404
