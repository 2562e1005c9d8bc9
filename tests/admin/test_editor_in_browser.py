"""The rich text editor and the pages of the admin, in a real browser whose console is heard."""

import json

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from actions.models import ActionPoint, Organisation, ReportingRound, Responsibility, StatusEntry
from actions.richtext.editor import WORDS
from tests import factories
from tests.admin.pages import MODELS, address, change, editor_of, history, what_axe_finds
from tests.admin.test_pages import NEVER_ADDED

pytestmark = pytest.mark.django_db(transaction=True)

TRIES = 10


@pytest.fixture
def visit(browser, live_server):
    """Opens a page as someone who signs in by the form. What the console says fails the test."""
    context = browser.new_context(locale="nl-NL", base_url=live_server.url)
    page = context.new_page()
    complaints = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: said.type == "error" and complaints.append(said.text))

    def open_page(url, person=None):
        if person:
            page.goto(reverse("admin:login"))
            page.fill("#id_username", person.username)
            page.fill("#id_password", factories.PASSWORD)
            with page.expect_navigation():
                page.click("[type=submit]")
        page.goto(url)
        return page

    yield open_page
    context.close()
    assert not complaints


def button(page, word):
    return page.get_by_role("button", name=str(WORDS[word]), exact=True)


def press(page, word):
    button(page, word).click()


def mark(page, key):
    """Marks text with a key such as Shift+Home, again and again until the editor has taken it.

    The editor passes over a selection that is made while it is still busy with what was typed.
    """
    for _ in range(TRIES):
        editor_of(page).press(key)
        try:
            # A link is made of marked text only.
            expect(button(page, "link")).to_be_enabled(timeout=1_000)
            return
        except AssertionError:
            continue
    raise AssertionError(f"{key} has marked nothing in the editor.")


def save(page):
    with page.expect_navigation():
        page.click("[name=_save]")


def stored(entry):
    entry.refresh_from_db()
    return entry.explanation


def test_what_is_typed_and_marked_as_a_footnote_is_stored(visit, editor, entry):
    page = visit(change(entry), editor)

    mark(page, "Control+A")
    page.keyboard.type("Zie de wet.")
    press(page, "footnote")
    page.keyboard.type("Stcrt. 2024, 25516")
    press(page, "footnote")
    page.keyboard.type(" Verder.")
    save(page)

    note = '<span class="footnote">Stcrt. 2024, 25516</span>'
    assert stored(entry) == f"<p>Zie de wet.{note} Verder.</p>"


def test_a_selection_becomes_a_footnote_in_english_and_keeps_its_emphasis(visit, editor, entry):
    page = visit(change(entry), editor)

    mark(page, "Control+A")
    page.keyboard.type("due diligence")
    mark(page, "Shift+Home")
    press(page, "italic")
    press(page, "footnote")
    page.get_by_role("combobox", name=str(WORDS["language"])).select_option("en")
    save(page)

    assert stored(entry) == '<p><span class="footnote lang-en"><em>due diligence</em></span></p>'


def test_taking_the_language_off_leaves_the_footnote(visit, editor, entry):
    entry.explanation = '<p>Tekst<span class="footnote lang-en">due diligence</span></p>'
    entry.save()
    page = visit(change(entry), editor)

    editor_of(page).focus()
    page.locator(".ProseMirror .footnote").evaluate(
        "note => getSelection().selectAllChildren(note)"
    )
    language = page.get_by_role("combobox", name=str(WORDS["language"]))
    page.wait_for_function("select => select.value === 'en'", arg=language.element_handle())
    language.select_option("")
    save(page)

    assert stored(entry) == '<p>Tekst<span class="footnote">due diligence</span></p>'


def test_a_link_and_a_list_are_made(visit, editor, entry):
    page = visit(change(entry), editor)

    mark(page, "Control+A")
    page.keyboard.type("De wet")
    mark(page, "Shift+Home")
    press(page, "link")
    dialog = page.get_by_role("dialog", name=str(WORDS["dialog"]["Edit Link"]))
    address_field = dialog.get_by_role("textbox")
    address_field.fill("wetten.overheid.nl")
    dialog.get_by_role("button", name=str(WORDS["dialog"]["Update"])).click()
    # An address that would be lost is refused.
    expect(dialog).to_be_visible()
    address_field.fill("https://wetten.overheid.nl/")
    dialog.get_by_role("button", name=str(WORDS["dialog"]["Update"])).click()
    press(page, "bulletList")
    save(page)

    link = '<a href="https://wetten.overheid.nl/">De wet</a>'
    assert stored(entry) == f"<ul><li><p>{link}</p></li></ul>"


def test_opening_and_saving_changes_nothing(visit, editor, entry):
    text = (
        '<p><strong>Een</strong> <em>twee</em> <a href="https://x.nl/">drie</a>'
        '<span class="footnote">noot <em>schuin</em></span> '
        '<span class="lang-fr">devoir</span></p>'
        "<ol><li><p>a</p><ul><li><p>b</p></li></ul></li></ol>"
    )
    entry.explanation = text
    entry.save()
    page = visit(change(entry), editor)

    editor_of(page).press("Control+End")
    page.keyboard.type("x")
    page.keyboard.press("Backspace")
    save(page)

    assert stored(entry) == text


def test_the_toolbar_is_one_stop_and_the_arrows_walk_through_it(visit, editor, entry):
    page = visit(change(entry), editor)
    bar = page.get_by_role("toolbar", name=str(WORDS["toolbar"]))

    words = ("bold", "italic", "bulletList", "orderedList", "footnote", "link")
    expect(bar.get_by_role("button")).to_have_text([str(WORDS[word]) for word in words])
    expect(bar.locator("[tabindex='0']")).to_have_count(1)
    bar.get_by_role("button").first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(bar.get_by_role("button", pressed=True)).to_have_text(str(WORDS["italic"]))


def test_the_state_of_the_toolbar_is_told(visit, editor, entry):
    entry.explanation = "<p><strong>Vet</strong></p>"
    entry.save()
    page = visit(change(entry), editor)

    editor_of(page).press("Control+End")

    expect(button(page, "bold")).to_have_attribute("aria-pressed", "true")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "url", [change, history, "list", "index", "point", "round", "close", "successors"]
)
def test_axe_finds_nothing_serious(url, scheme, visit, coordinator, entry):
    entry.explanation = (
        '<p>Tekst<span class="footnote">noot</span> <span class="lang-en">word</span></p>'
    )
    entry.save()
    # So that there is something to move, and something odd.
    Organisation.objects.update(last_year=2021)
    urls = {
        "list": address(StatusEntry, "changelist"),
        "index": reverse("admin:index"),
        "point": change(entry.action_point),
        "round": change(entry.round),
        **{page: address(entry.round, page, entry.round.pk) for page in ("close", "successors")},
    }
    page = visit(urls[url] if url in urls else url(entry), coordinator)

    serious = what_axe_finds(page, scheme)
    assert not serious, json.dumps(serious, indent=1)


def test_on_a_phone_the_names_of_the_index_are_whole_words(visit, coordinator):
    page = visit(reverse("admin:index"), coordinator)
    page.set_viewport_size({"width": 360, "height": 800})

    names = page.locator(".dashboard .module th a").all()

    assert names
    assert {
        name.inner_text(): name.evaluate("a => a.getClientRects().length") for name in names
    } == {name.inner_text(): 1 for name in names}


def test_on_a_phone_the_list_of_entries_shows_how_far_each_is(visit, coordinator, entry):
    entry.status = factories.status(label="In uitvoering maar met vertraging")
    entry.save()
    page = visit(address(StatusEntry, "changelist"), coordinator)
    page.set_viewport_size({"width": 360, "height": 800})

    box = page.locator(".field-progress").bounding_box()

    assert box["x"] + box["width"] <= 360


def test_there_is_room_for_the_reason_why_a_finding_may_stay_so(visit, coordinator, entry):
    entry.explanation, entry.is_confirmed = "", True
    entry.save()
    page = visit(change(entry.round), coordinator)

    page.get_by_text("Dit mag zo blijven").click()

    assert page.get_by_label("Waarom mag het zo blijven?").bounding_box()["width"] >= 400


def test_no_page_of_the_admin_makes_the_console_complain(visit, coordinator, fill):
    fill()
    page = visit(reverse("admin:password_change"), coordinator)

    for model in MODELS:
        row = model._default_manager.first()
        pages = [address(model, "changelist"), change(row), history(row)]
        if model.__name__ not in NEVER_ADDED:
            pages.append(address(model, "add"))
        for url in pages:
            response = page.goto(url)
            assert response.status == 200, url


def test_autocomplete_and_the_date_picker_work_under_the_policy(visit, coordinator, fill):
    row = fill()
    page = visit(address(Responsibility, "add"), coordinator)
    page.locator(".field-action_point .select2-selection").click()
    page.keyboard.type(row.point.title)
    page.locator(".select2-results__option", has_text=row.point.title).click()
    expect(page.locator("#id_action_point")).to_have_value(str(row.point.pk))

    page.goto(address(ReportingRound, "add"))
    page.locator("#id_deadline ~ .datetimeshortcuts a[id^=calendarlink]").click()
    page.locator(".calendarbox:visible td:not(.nonday) a").first.click()
    expect(page.locator("#id_deadline")).not_to_have_value("")


def test_a_row_is_added_on_the_page_of_an_action_point(visit, coordinator, ministry):
    point = factories.action_point()
    page = visit(change(point), coordinator)

    page.locator("#responsibilities-group .add-row a").click()
    page.locator("#responsibilities-0 .select2-selection").click()
    page.keyboard.type(ministry.abbreviation)
    page.locator(".select2-results__option", has_text=ministry.abbreviation).click()
    page.locator("#id_responsibilities-0-role").select_option("executing")
    page.locator("#id_responsibilities-0-first_year").fill("2022")
    save(page)

    held = ActionPoint.objects.get(pk=point.pk).responsibilities.get()
    assert (held.organisation, held.role) == (ministry, "executing")
