"""The filters of the table in a real browser: in place with JavaScript, and alike without it."""

import pytest

# The fixture opens a page of the real plan, whose year it publishes first.
from tests.public.test_pages_in_browser import PLAN, fails, violations, visit  # noqa: F401

TABLE = f"{PLAN}actiepunten/"

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def table(request):
    """Opens the table with its options folded open, and a mark that a new page would not have."""
    open_page = request.getfixturevalue("visit")

    def open_table(query="", **options):
        page = open_page(TABLE + query, **options)
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        page.evaluate("window.isSamePage = true")
        return page

    return open_table


def shown(page):
    return page.locator(".points__number:is(td)").all_inner_texts()


def is_same_page(page):
    return page.evaluate("window.isSamePage === true")


def test_filtering_happens_in_place_and_the_address_follows(table):
    page = table()
    page.evaluate("window.scrollTo(0, 150)")
    for name in ("filter-pijler-1", "filter-pijler-3", "filter-stand-doorlopend"):
        page.locator(f"#{name}").focus()
        scrolled = page.evaluate("window.scrollY")
        page.keyboard.press("Space")
        page.wait_for_url(f"**{name.split('-')[1]}={name.split('-')[2]}**")
        assert page.evaluate("document.activeElement.id") == name
        assert page.evaluate("window.scrollY") == scrolled
    assert page.url.endswith(f"{TABLE}?jaar=2024&pijler=1&pijler=3&stand=doorlopend")
    assert is_same_page(page)
    assert page.locator(".filters details[open]").count() == 4
    in_place = page.locator("body").inner_text()
    other = page.context.new_page()
    other.goto(page.url)
    other.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    assert other.locator("body").inner_text() == in_place
    assert page.locator(".header__language").get_attribute("href").endswith("stand=doorlopend")


def test_number_found_is_announced_by_the_element_that_stood_there(table):
    page = table()
    page.evaluate("window.announcing = document.querySelector('[role=status]')")
    page.check("#filter-pijler-2")
    page.wait_for_url("**pijler=2")
    assert page.evaluate("announcing.isConnected")
    assert page.evaluate("announcing.innerText").startswith(f"{len(shown(page))} actiepunt")


def test_number_found_is_announced_anew_where_it_stays_the_same(table):
    page = table("?pijler=2")
    page.evaluate(
        """() => {
          window.announced = [];
          const found = document.querySelector("[role=status]");
          new MutationObserver((all) => announced.push(...all)).observe(found, { childList: true });
          window.before = found.innerText;
        }"""
    )
    page.locator(".points__number .points__sort").click()
    page.wait_for_url("**sort=-number")
    assert page.evaluate("document.querySelector('[role=status]').innerText == before")
    assert page.evaluate("announced.length") > 0


def test_title_of_the_page_follows(table):
    page = table()
    page.evaluate("document.title = 'Another'")
    page.check("#filter-pijler-2")
    page.wait_for_url("**pijler=2")
    assert page.title() == "Actiepunten in 2024 – NAP-monitor"


def test_back_and_forward_show_what_was_shown(table):
    page = table()
    everything = shown(page)
    page.check("#filter-pijler-2")
    page.wait_for_url("**pijler=2")
    chosen = shown(page)
    page.go_back()
    page.wait_for_function("() => document.querySelectorAll('.points tbody tr').length == 33")
    assert shown(page) == everything
    assert not page.is_checked("#filter-pijler-2")
    page.go_forward()
    page.wait_for_function("() => document.querySelectorAll('.points tbody tr').length < 33")
    assert shown(page) == chosen
    assert page.is_checked("#filter-pijler-2")
    assert is_same_page(page)


def test_tag_is_taken_away_in_place_and_the_focus_stays_on_the_page(table):
    page = table("?pijler=2&stand=doorlopend")
    for left in (1, 0):
        page.locator(".tag").first.focus()
        page.keyboard.press("Enter")
        page.wait_for_function(f"() => document.querySelectorAll('.tag').length == {left}")
        assert page.evaluate("document.activeElement.matches('.tag, #gevonden')")
    assert page.url.endswith(TABLE)
    assert len(shown(page)) == 33
    assert not page.locator(".option__box:checked").count()
    assert is_same_page(page)


def test_sorting_happens_in_place(table):
    page = table("?pijler=2")
    before = shown(page)
    page.locator(".points__number .points__sort").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**pijler=2&sort=-number")
    assert shown(page) == before[::-1]
    assert page.locator("th.points__number").get_attribute("aria-sort") == "descending"
    assert is_same_page(page)
    # And the filters keep that order.
    page.check("#filter-pijler-3")
    page.wait_for_url("**pijler=3&sort=-number")


def test_what_is_folded_open_and_chosen_stays_when_a_notice_goes(table):
    page = table("?stand=x")
    assert page.locator("#genegeerd").is_visible()
    page.evaluate("window.form = document.querySelector('.filters')")
    page.locator("#filter-stand-voltooid").focus()
    page.keyboard.press("Space")
    page.wait_for_url("**stand=voltooid")
    assert not page.locator("#genegeerd").count()
    assert page.evaluate("form.isConnected")
    assert page.evaluate("document.activeElement.id") == "filter-stand-voltooid"
    assert page.locator(".filters details[open]").count() == 4


def test_text_is_searched_for_when_it_is_finished(table):
    page = table()
    asked = []
    page.on("request", lambda each: asked.append(each.url))
    page.locator("#filter-q").press_sequentially("zeppelin")
    assert asked == []
    page.keyboard.press("Enter")
    page.wait_for_url("**q=zeppelin")
    assert page.locator(".notice").is_visible()
    assert page.input_value("#filter-q") == "zeppelin"
    assert is_same_page(page)


def test_only_the_last_of_quick_choices_is_shown(table):
    page = table()
    held = []
    page.route("**jaar=2024&pijler=2", lambda route: held.append(route))
    page.check("#filter-pijler-2")
    page.wait_for_function("() => 'filtering' in document.documentElement.dataset")
    page.check("#filter-pijler-1")
    page.wait_for_url("**pijler=1&pijler=2")
    assert len(held) == 1
    assert not page.evaluate("'filtering' in document.documentElement.dataset")
    assert is_same_page(page)


def test_who_goes_back_and_at_once_forward_sees_what_the_address_says(table):
    page = table()
    page.check("#filter-pijler-2")
    page.wait_for_url("**pijler=2")
    page.check("#filter-stand-voltooid")
    page.wait_for_url("**stand=voltooid")
    chosen, held = shown(page), []
    page.route("**jaar=2024&pijler=2", lambda route: held.append(route))
    page.evaluate("history.back()")
    page.wait_for_url("**pijler=2")
    page.wait_for_function("() => 'filtering' in document.documentElement.dataset")
    with page.expect_response("**stand=voltooid"):
        page.evaluate("history.forward()")
    page.wait_for_function("() => !('filtering' in document.documentElement.dataset)")
    assert len(held) == 1
    assert page.url.endswith("pijler=2&stand=voltooid")
    assert shown(page) == chosen
    assert page.is_checked("#filter-stand-voltooid")
    assert is_same_page(page)


def test_what_is_typed_while_the_page_is_on_its_way_stays(table):
    page = table()
    held = []
    page.route("**pijler=2", lambda route: held.append(route))
    page.check("#filter-pijler-2")
    page.wait_for_function("() => 'filtering' in document.documentElement.dataset")
    page.locator("#filter-q").press_sequentially("zeppe")
    held[0].continue_()
    page.wait_for_url("**pijler=2")
    page.wait_for_function("() => !('filtering' in document.documentElement.dataset)")
    assert page.input_value("#filter-q") == "zeppe"
    page.unroute("**pijler=2")
    page.keyboard.type("lin")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=zeppelin")
    assert is_same_page(page)
    # What was asked for before is shown again in the field as well.
    page.go_back()
    page.wait_for_function("() => document.getElementById('filter-q').value == ''")


def test_address_that_a_browser_shares_follows(table):
    page = table("?jaar=2024")
    page.evaluate(
        """() => {
          for (const each of document.head.querySelectorAll("[rel=canonical], [hreflang]"))
            each.href = "https://nap.example/";
        }"""
    )
    page.check("#filter-pijler-2")
    page.wait_for_url("**pijler=2")
    other = page.context.new_page()
    other.goto(page.url)
    heads = [
        each.eval_on_selector_all("head > :not(title)", "all => all.map(each => each.outerHTML)")
        for each in (page, other)
    ]
    assert heads[0] == heads[1]
    assert page.get_attribute("meta[property='og:url']", "content").endswith("pijler=2")


@pytest.mark.parametrize("failure", ["no network", "refused", "another page", "not a page"])
def test_browser_goes_there_itself_when_anything_fails(table, visit, failure):  # noqa: F811
    page = table()
    visit.expected += ["net::ERR_FAILED", "503 (Service Unavailable)"]

    def fail(route):
        if route.request.resource_type != "fetch":
            route.continue_()
        elif failure == "no network":
            route.abort()
        elif failure == "refused":
            route.fulfill(status=503, body="Te druk")
        elif failure == "another page":
            route.fulfill(status=200, body="<p>Geen tabel")
        else:
            route.fulfill(status=200, content_type="text/plain", body="")

    page.route("**/*pijler=2", fail)
    page.check("#filter-pijler-2")
    page.wait_for_url("**pijler=2")
    page.wait_for_load_state()
    assert not is_same_page(page)
    assert 0 < len(shown(page)) < 33


def test_page_of_the_failure_is_shown_when_the_site_itself_fails(
    table,
    visit,  # noqa: F811
    monkeypatch,
):
    page = table()
    visit.expected += ["500 (Internal Server Error)"]
    with monkeypatch.context() as broken:
        broken.setattr("actions.views.EntryTable", fails)
        page.locator("#filter-pijler-2").focus()
        page.keyboard.press("Space")
        page.get_by_role("heading", name="Er ging iets mis").wait_for()
        assert page.url.endswith("pijler=2")
        assert page.get_by_role("link", name="Naar het overzicht").is_visible()
    page.reload()
    assert 0 < len(shown(page)) < 33


def test_page_can_be_used_on_when_the_browser_could_not_go_there_either(table, visit):  # noqa: F811
    page = table()
    visit.expected += ["net::ERR_FAILED"]
    gone = []

    def stop(route):
        # As when somebody presses Stop: the browser stays where it is.
        if route.request.resource_type == "document":
            gone.append(route.request.url)
            route.abort("aborted")
        else:
            route.abort()

    page.route("**/*pijler=2", stop)
    with page.expect_event("requestfailed", lambda each: each.resource_type == "document"):
        page.check("#filter-pijler-2")
    assert len(gone) == 1
    assert is_same_page(page)
    assert page.evaluate("getComputedStyle(document.querySelector('.points')).opacity") == "1"
    page.unroute("**/*pijler=2")
    page.get_by_role("button", name="Tonen").click()
    page.wait_for_url("**pijler=2")
    assert 0 < len(shown(page)) < 33
    assert is_same_page(page)


def test_everything_works_without_javascript(table, visit):  # noqa: F811
    page = visit(TABLE, java_script_enabled=False)
    page.locator("summary").first.click()
    page.check("#filter-pijler-1")
    page.check("#filter-pijler-2")
    page.get_by_role("button", name="Tonen").click()
    page.wait_for_url("**pijler=1&pijler=2**")
    chosen = shown(page)
    assert 0 < len(chosen) < 33
    page.locator(".tag").first.click()
    page.wait_for_url("**pijler=2")
    assert 0 < len(shown(page)) < len(chosen)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
def test_axe_finds_nothing_in_what_is_folded_open(table, scheme, width):
    page = table("?pijler=1&stand=doorlopend&stand=x", width=width, scheme=scheme)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
