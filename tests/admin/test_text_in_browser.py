"""Text that nearly got lost, in a real browser: it comes back, and to everyone."""

import pytest
from playwright.sync_api import expect

from tests import factories
from tests.admin.pages import change, editor_of, type_at_the_end, what_axe_finds

pytestmark = pytest.mark.django_db(transaction=True)

SAVE = "Concept opslaan"


@pytest.fixture
def open_as(browser, live_server):
    """Opens a page in a browser of one's own, and signs in there."""
    contexts = []

    def open_page(url, person):
        context = browser.new_context(locale="nl-NL", base_url=live_server.url)
        contexts.append(context)
        page = context.new_page()
        page.goto(url)
        sign_in(page, person)
        return page

    yield open_page
    for context in contexts:
        context.close()


def sign_in(page, person):
    page.fill("#id_username", person.username)
    page.fill("#id_password", factories.PASSWORD)
    with page.expect_navigation():
        page.click("[type=submit]")


def press(page, name):
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def expect_no_barriers(page):
    assert {scheme: what_axe_finds(page, scheme) for scheme in ("light", "dark")} == {
        "light": [],
        "dark": [],
    }


def test_of_two_who_save_the_second_reads_both_texts(open_as, editor, colleague, entry):
    mine, theirs = open_as(change(entry), editor), open_as(change(entry), colleague)
    type_at_the_end(theirs, " De wet ligt bij de Kamer.")
    press(theirs, SAVE)
    type_at_the_end(mine, " De Raad van State heeft geadviseerd.")

    press(mine, SAVE)

    expect(mine.get_by_text("Iemand anders was u voor.")).to_be_visible()
    expect(mine.get_by_text("De wet ligt bij de Kamer.").first).to_be_visible()
    expect(editor_of(mine)).to_contain_text("De Raad van State heeft geadviseerd.")
    expect_no_barriers(mine)


def test_text_comes_back_after_signing_in_again_and_can_be_thrown_away(open_as, editor, entry):
    page = open_as(change(entry), editor)
    type_at_the_end(page, " Getypt toen de sessie verliep.")
    page.context.clear_cookies(name="sessionid")
    press(page, SAVE)
    sign_in(page, editor)

    expect(editor_of(page)).to_have_text("Een toelichting. Getypt toen de sessie verliep.")
    expect_no_barriers(page)
    press(page, "Deze tekst weggooien")

    expect(editor_of(page)).to_have_text("Een toelichting.")
    expect(page.get_by_text("Uw sessie was verlopen")).to_have_count(0)


def test_text_for_an_entry_that_another_organisation_took_over_is_there_to_copy(
    open_as, editor, entry
):
    page = open_as(change(entry), editor)
    type_at_the_end(page, " Getypt tijdens de overdracht.")
    entry.action_point.responsibilities.all().delete()

    press(page, SAVE)

    expect(page.get_by_text("Dit kan hier niet meer worden opgeslagen")).to_be_visible()
    expect(page.get_by_text("Een toelichting. Getypt tijdens de overdracht.")).to_be_visible()
    expect_no_barriers(page)
