"""Whole journeys through the public site with nothing but a keyboard.

That of a subscription is in test_pages_in_browser.py.
"""

import pytest

from actions.models import ReportingRound
from tests import factories

# The fixture opens a page of the real plan, whose year it publishes first.
from tests.public.test_pages_in_browser import PAGES, visit  # noqa: F401

pytestmark = pytest.mark.django_db(transaction=True)

# More stops than any page has between two that are tried here.
STOPS = 120


def tab_to(page, control, key="Tab"):
    """Press Tab until the focus is on this control, which is all that a keyboard can do."""
    wanted = control.element_handle()
    for _ in range(STOPS):
        page.keyboard.press(key)
        if page.evaluate("wanted => document.activeElement === wanted", wanted):
            return
    raise AssertionError(f"{key} never comes to {control}.")


def link(page, name):
    return page.get_by_role("link", name=name, exact=True).first


def follow(page, name, address):
    tab_to(page, link(page, name))
    page.keyboard.press("Enter")
    page.wait_for_url(address)


def test_from_the_overview_by_two_filters_to_a_point_and_what_it_cites_and_back(visit):  # noqa: F811
    page = visit(PAGES["overview"])
    follow(page, "Actiepunten", "**/actiepunten/")

    for name, value in (("pijler", "2"), ("stand", "voltooid")):
        tab_to(page, page.locator(f".options--{name} summary"))
        page.keyboard.press("Enter")
        tab_to(page, page.locator(f"#filter-{name}-{value}"))
        page.keyboard.press("Space")
        page.wait_for_url(f"**{name}={value}")
    chosen = page.locator(".points tbody tr").count()
    assert 1 < chosen < 6

    tab_to(page, link(page, "Doelstelling"))
    page.keyboard.press("Enter")
    page.wait_for_url("**sort=goal")
    assert page.locator(".points__goal").first.get_attribute("aria-sort") == "ascending"
    table = page.url
    point = page.locator("tbody .points__title a").first.inner_text()
    follow(page, point, "**/actiepunten/*.*/**")
    follow(page, "Alle aangehaalde stukken, en waar ze worden aangehaald", "**/verwijzingen/")

    page.go_back()
    page.go_back()
    page.wait_for_url(table)
    assert page.locator(".points tbody tr").count() == chosen
    assert page.locator(".option__box:checked").count() == 2


def test_through_the_report_to_a_footnote_and_back_and_to_the_pdf(visit):  # noqa: F811
    visit("about:blank")
    of_year = ReportingRound.objects.get()
    note = '<span class="footnote">Zie de Staatscourant.</span>'
    factories.report_text(
        round=of_year, position=9, title="Vooraf", body=f"<p>Een woord vooraf.{note}</p>"
    )
    factories.edition_files(factories.publish(of_year))
    page = visit(PAGES["report"])

    follow(page, "Vooraf", "**#tekst-*")
    follow(page, "Voetnoot 1", "**#noot-1")
    assert page.locator("#noot-1").evaluate("note => note.matches(':target')")
    follow(page, "Terug naar voetnoot 1 in de tekst", "**#verwijzing-1")
    # From the mark itself it goes on: the next stop is the note again.
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.classList.contains('notes__back')")

    tab_to(page, link(page, "PDF"), key="Shift+Tab")
    with page.expect_response("**/voortgangsrapportage-2024.pdf") as answered:
        page.keyboard.press("Enter")
    assert answered.value.headers["content-type"] == "application/pdf"


@pytest.mark.parametrize("name", ["table, several values", "action point", "report"])
def test_switch_of_language_stays_on_the_page(visit, live_server, name):  # noqa: F811
    page = visit(PAGES[name])

    follow(page, "English", f"{live_server.url}/en{PAGES[name]}")
    follow(page, "Nederlands", f"{live_server.url}{PAGES[name]}")
