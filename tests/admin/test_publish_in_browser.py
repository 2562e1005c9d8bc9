"""The page that publishes, in a real browser: by keyboard, on a narrow screen, and by axe."""

import json

import pytest
from playwright.sync_api import expect

from tests import factories
from tests.admin.pages import address, what_axe_finds
from tests.reports.publishing import closed_round

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def in_round(db):
    return closed_round()


@pytest.fixture
def page(browser, live_server, coordinator, in_round):
    """The page of a closed round, as a coordinator sees it; its console fails the test."""
    context = browser.new_context(locale="nl-NL", base_url=live_server.url)
    page = context.new_page()
    complaints = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: said.type == "error" and complaints.append(said.text))
    page.goto(address(in_round, "publish", in_round.pk))
    page.fill("#id_username", coordinator.username)
    page.fill("#id_password", factories.PASSWORD)
    with page.expect_navigation():
        page.click("[type=submit]")
    yield page
    context.close()
    assert not complaints


def expect_no_barriers(page):
    for scheme in ("light", "dark"):
        serious = what_axe_finds(page, scheme)
        assert not serious, json.dumps(serious, indent=1)


def test_a_report_is_published_by_keyboard_alone(page, in_round):
    button = page.get_by_role("button", name="Rapportage publiceren")
    expect(button).to_be_visible()
    expect_no_barriers(page)

    for _ in range(60):
        page.keyboard.press("Tab")
        if button.evaluate("button => button === document.activeElement"):
            break
    with page.expect_navigation():
        page.keyboard.press("Enter")

    expect(page.get_by_role("status")).to_contain_text("is gepubliceerd: editie 1")
    expect_no_barriers(page)
    in_round.refresh_from_db()
    assert in_round.is_published


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_nothing_sticks_out_on_a_narrow_screen(width, page, in_round):
    in_round.title = ""
    in_round.save()
    page.set_viewport_size({"width": width, "height": 900})
    page.reload()

    expect(page.get_by_text("De rapportage heeft nog geen titel.")).to_be_visible()
    assert page.evaluate(
        "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    )
    expect_no_barriers(page)
