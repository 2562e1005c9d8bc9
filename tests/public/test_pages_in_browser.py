"""The public pages in a real browser: accessibility by axe, widths, keyboard, console."""

import pytest
from django.core.management import call_command

from actions.models import ReportingRound
from reports.models import Subscriber
from tests import factories
from tests.conftest import AXE
from tests.public.subscribing import link_in

PLAN = "/nap-2022-2026/"
PAGES = {
    "overview": PLAN,
    "table": f"{PLAN}actiepunten/",
    "table, several values": f"{PLAN}actiepunten/?pijler=1&pijler=3&stand=doorlopend&stand=x",
    "table, nothing found": f"{PLAN}actiepunten/?q=zeppelin&jaar=1999",
    "export, explained": f"{PLAN}actiepunten/export/?pijler=2&stand=zeppelin",
    "action point": f"{PLAN}actiepunten/1.5.2/",
    "theme": f"{PLAN}themas/rijksinkoop/",
    "organisation": f"{PLAN}organisaties/EZK/",
    "cited papers": f"{PLAN}verwijzingen/",
    "keep me posted": f"{PLAN}op-de-hoogte/",
    "keep me posted, asked": f"{PLAN}op-de-hoogte/aangevraagd/",
    "report list": f"{PLAN}rapportages/",
    "report": f"{PLAN}rapportages/2024/",
    "report, earlier edition": f"{PLAN}rapportages/2024/editie-1/",
    "accessibility": "/toegankelijkheid/",
    "privacy": "/privacy/",
    "not found": f"{PLAN}bestaat-niet/",
    "English": f"/en{PLAN}actiepunten/?pijler=2",
}
every_page = pytest.mark.parametrize("address", PAGES.values(), ids=PAGES)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def visit(browser, live_server):
    """Opens a page of the real plan, whose report has been corrected once.

    What the console says fails the test.
    """
    call_command("loaddata", "nap-2022-2026", "round-2024", verbosity=0)
    for _ in range(2):
        factories.edition_files(factories.publish(ReportingRound.objects.get()))
    contexts, complaints = [], []
    # The browser itself says so of the page that does not exist, and of a form that is not right.
    expected = ["404 (Not Found)", "422 (Unprocessable"]

    def open_page(address, *, width=1280, scheme="light", status=None, **options):
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
            locale="nl-NL",
            **options,
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(f"{said.type}: {said.text}"))
        response = page.goto(address)
        if address != "about:blank":
            # Else a page that is not there would pass the tests of every page.
            usual = 404 if address == PAGES["not found"] else 200
            assert response.status == (status or usual)
        page.evaluate("document.fonts.ready")
        return page

    open_page.expected = expected
    yield open_page
    for context in contexts:
        context.close()
    assert not [each for each in complaints if not any(one in each for one in expected)]


def violations(page):
    page.evaluate(AXE.read_text())
    results = page.evaluate(
        "axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', "
        "'wcag22aa', 'best-practice']})"
    )
    return [
        f"{each['id']}: {node['target']} {node['failureSummary']}"
        for each in results["violations"]
        for node in each["nodes"]
    ]


def rows_heard(table):
    """How many rows of a table a screen reader finds, each with a cell under every head."""
    rows = [
        [line.split()[1].rstrip(":") for line in row.splitlines() if is_cell(line)]
        for row in table.aria_snapshot().split("- row ")[1:]
    ]
    heads, *others = rows
    assert set(heads) == {"columnheader"}
    assert [each for each in others if len(each) != len(heads)] == []
    return len(others)


def is_cell(line):
    return line.strip().startswith(("- cell", "- rowheader", "- columnheader"))


@every_page
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("zoom", [1, 2, 4])
def test_axe_finds_nothing(visit, address, scheme, zoom):
    # Who zooms in has fewer pixels of the page in the same window: 320 at 400 %, as on a phone.
    page = visit(address, width=1280 // zoom, scheme=scheme, device_scale_factor=zoom)
    assert violations(page) == []


@every_page
@pytest.mark.parametrize("width", [320, 390, 768, 1024, 1280, 1920])
def test_page_does_not_scroll_sideways(visit, address, width):
    page = visit(address, width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_what_changed_does_not_scroll_sideways_on_the_smallest_screen(visit):
    visit("about:blank")
    in_2024 = ReportingRound.objects.get()
    in_2025 = factories.reporting_round(plan=in_2024.plan, year=2025)
    for before in in_2024.entries.all():
        factories.status_entry(
            action_point=before.action_point,
            round=in_2025,
            title=before.title,
            goal="Anders",
            responsibility="Anders",
            timeline="Anders",
            status=in_2024.entries.exclude(status=before.status).first().status,
        )
    factories.edition_files(factories.publish(in_2025))

    page = visit(f"{PLAN}rapportages/2025/", width=320)

    # Moved, worded otherwise, and another explanation.
    assert page.locator(".changes-table tbody tr").count() == 3 * in_2024.entries.count()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_no_point_of_the_real_plan_scrolls_sideways_on_the_smallest_screen(visit):
    page = visit(PAGES["table"], width=320)
    links = page.eval_on_selector_all("tbody .points__title a", "all => all.map(each => each.href)")
    assert len(links) == 33
    for link in links:
        page.goto(link)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, link


@pytest.mark.parametrize("page", ["actiepunten/?thema=rijksinkoop", "rapportages/2024/"])
@pytest.mark.parametrize("width", [320, 800, 1280])
def test_cell_of_which_nothing_is_said_stays_under_its_head(visit, page, width):
    visit("about:blank")
    in_2024 = ReportingRound.objects.get()
    for entry in in_2024.entries.filter(action_point__theme__slug="rijksinkoop"):
        entry.goal = entry.timeline = ""
        entry.save()
    factories.publish(in_2024)

    page = visit(f"{PLAN}{page}", width=width)

    table = page.get_by_role("table", name="Rijksinkoop").or_(page.locator(".points"))
    assert rows_heard(table) == 2
    empty = table.locator("td:has(> span:empty)").first
    assert (empty.evaluate("each => each.clientWidth") == 1) == (width < 1248)


@pytest.mark.parametrize("page", ["", "op-de-hoogte/", "rapportages/2024/", "themas/lang/"])
def test_word_that_is_longer_than_the_screen_is_broken(visit, page):
    visit("about:blank")
    word = "arbeidsongeschiktheidsverzekeringsmaatschappijtoezichthouder"
    plan = ReportingRound.objects.get().plan
    plan.themes.filter(slug="rijksinkoop").update(title=word, slug="lang")
    factories.publish(ReportingRound.objects.get())

    page = visit(f"{PLAN}{page}", width=320)

    assert page.get_by_role("link", name=word).or_(page.get_by_role("heading", name=word)).count()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_keyboard_goes_by_the_skip_link_to_the_content(visit):
    page = visit(PAGES["table"])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#inhoud"
    assert page.locator(":focus").bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "inhoud"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "jaar"


def test_keyboard_alone_filters_the_table(visit):
    page = visit(f"{PAGES['table']}#inhoud")
    page.locator("#filter-q").focus()
    page.keyboard.type("IMVO")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=IMVO**")
    for _ in range(4):
        page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text().startswith("Stand van zaken")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.value") == "voltooid"
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_url("**stand=voltooid**")
    assert "q=IMVO" in page.url
    assert 0 < page.locator(".points tbody tr").count() < 6


def test_keyboard_alone_asks_to_be_kept_posted_and_confirms(visit, mailoutbox):
    page = visit(f"{PAGES['keep me posted']}?over=thema/rijksinkoop")
    page.locator("#inhoud").focus()
    page.keyboard.press("Tab")
    page.keyboard.type("jan@nap.example")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.value") == "thema/rijksinkoop"
    # What only a program fills in is no stop on the way.
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/aangevraagd/")
    [mail] = mailoutbox

    page.goto(link_in(mail, "bevestigen"))
    assert violations(page) == []
    page.locator("#inhoud").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="U blijft op de hoogte").wait_for()
    assert violations(page) == []

    [kept] = Subscriber.objects.all()
    factories.subscription(email=kept.email, plan=kept.plan)
    page.keyboard.press("Tab")
    page.get_by_role("link", name="Stop deze mails").press("Enter")
    page.locator(".posted__followed").wait_for()
    assert violations(page) == []
    page.locator(".posted__followed li", has_text="Nationaal").get_by_role("button").press("Enter")
    page.get_by_role("status").wait_for()
    assert violations(page) == []
    page.get_by_role("button", name="Ja, stop deze mails").press("Enter")
    page.get_by_role("heading", name="Deze mails zijn gestopt").wait_for()
    assert violations(page) == []


def test_form_that_is_not_right_leads_to_the_field_that_is_wrong(visit):
    page = visit(PAGES["keep me posted"])
    page.locator("form.posted").evaluate("form => { form.noValidate = true }")
    page.locator("#posted-email").fill("jan")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    field = page.get_by_role("textbox", name="Uw e-mailadres")
    assert field.evaluate("field => field === document.activeElement")
    assert "naam@voorbeeld.nl" in page.locator("#posted-email-error").inner_text()
    assert violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_focus_can_be_seen_on_everything(visit, scheme):
    page = visit(PAGES["table"], scheme=scheme)
    for _ in range(25):
        page.keyboard.press("Tab")
        width, style = page.evaluate(
            "(() => { const s = getComputedStyle(document.activeElement);"
            " return [parseFloat(s.outlineWidth), s.outlineStyle] })()"
        )
        assert width >= 2
        assert style != "none"


def test_controls_are_large_enough_to_touch(visit):
    page = visit(PAGES["table"], width=390)
    controls = "select, input[type=search], button, summary, .sort__link, .navigation__link"
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    for control in page.locator(f"{controls}, .option").all():
        if box := control.bounding_box():
            assert box["height"] >= 44
    for link in page.locator("main a, header a").all():
        # Some stand in the heads of the table on a wide screen only.
        if box := link.bounding_box():
            assert box["height"] >= 18


def test_head_of_the_table_stays_in_view(visit):
    page = visit(PAGES["table"])
    page.mouse.wheel(0, 3000)
    page.wait_for_function("window.scrollY > 2000")
    assert 0 <= page.locator(".points thead th").first.bounding_box()["y"] < 5


def test_rows_are_cards_with_labels_on_a_narrow_screen(visit):
    page = visit(PAGES["table"], width=390)
    label = page.evaluate(
        "getComputedStyle(document.querySelector('.points td:nth-child(3)'), '::before').content"
    )
    assert len(label.strip('"')) > 2
    tree = page.locator(".points").aria_snapshot()
    assert "- rowheader" in tree
    assert "- cell" in tree
    assert "- columnheader" in tree


def test_sorting_is_one_row_on_a_phone_and_stands_in_the_heads_on_a_wide_screen(visit):
    wide, phone = visit(PAGES["table"]), visit(PAGES["table"], width=360)

    assert not wide.locator(".sort").is_visible()
    assert wide.locator(".points__sort").first.is_visible()
    assert phone.locator(".sort").bounding_box()["height"] < 60
    assert phone.locator(".points thead").bounding_box()["height"] <= 1


def test_keyboard_alone_sorts_on_a_phone(visit):
    page = visit(PAGES["table"], width=360, java_script_enabled=False)
    page.locator(".sort summary").focus()
    page.keyboard.press("Enter")
    for _ in range(6):
        page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "Stand van zaken"
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    # Past the links, and none of those in the heads, which are out of sight.
    assert page.locator(".points tbody a").first.evaluate("it => it === document.activeElement")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**sort=status")
    assert page.locator(".sort summary").inner_text() == "Sorteer op: Stand van zaken, oplopend"
    head = page.locator(".points").get_by_role("columnheader", name="Stand van zaken")
    assert head.get_attribute("aria-sort") == "ascending"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_where_sorting_is_folded_open(visit, scheme):
    page = visit(f"{PAGES['table']}?sort=-title", width=360, scheme=scheme)
    page.locator(".sort summary").click()
    assert page.locator(".sort__link").first.is_visible()
    assert violations(page) == []


def test_page_moves_only_for_who_likes_it(visit):
    def behaviour(**options):
        page = visit(PAGES["overview"], **options)
        return page.evaluate("getComputedStyle(document.documentElement).scrollBehavior")

    assert behaviour(reduced_motion="reduce") == "auto"
    assert behaviour(reduced_motion="no-preference") == "smooth"


def test_everything_is_there_in_forced_colours(visit):
    page = visit(PAGES["overview"], forced_colors="active")
    bar, canvas = page.evaluate(
        "[getComputedStyle(document.querySelector('.chart__bar')).stroke,"
        " getComputedStyle(document.querySelector('.chart__mark')).color]"
    )
    assert bar == canvas


def test_timeline_is_there_in_forced_colours_and_in_both_schemes(visit):
    def colours(**options):
        page = visit(PAGES["action point"], **options)
        return page.evaluate(
            "['bar', 'report', 'today'].map(each => getComputedStyle("
            "document.querySelector(`.timeline__${each}`))).map(each => [each.fill, each.stroke])"
        )

    light, dark, forced = colours(), colours(scheme="dark"), colours(forced_colors="active")
    assert [one != other for one, other in zip(light, dark, strict=True)] == [True] * 3
    assert len({stroke for _, stroke in forced}) == 1
    assert forced[0][0] != forced[0][1]


def test_page_prints_without_what_is_for_the_screen(visit):
    page = visit(PAGES["table"])
    page.emulate_media(media="print")
    assert not page.locator(".filters, .navigation, .header").locator("visible=true").count()
    assert page.locator(".points tbody tr").first.is_visible()
    # Also on paper that is narrower than a screen with columns.
    page.set_viewport_size({"width": 1000, "height": 700})
    assert page.evaluate("getComputedStyle(document.querySelector('.points td')).display") == (
        "table-cell"
    )


@pytest.fixture
def second_year(visit):
    """The real plan has a year more, in which a point moved and is told in other words."""
    of_year = factories.reporting_round(
        plan=ReportingRound.objects.get().plan, year=2025, stage="published"
    )
    point = ReportingRound.objects.get(year=2024).entries.get(action_point__number="1.5.2")
    factories.status_entry(action_point=point.action_point, round=of_year)
    factories.publish(of_year)


def test_address_of_an_earlier_year_opens_its_text(visit, second_year):
    page = visit(f"{PAGES['action point']}#jaar-2024")
    text = page.locator("#jaar-2024")
    assert text.is_visible()
    # The browser goes there once the page has been laid out.
    page.wait_for_function(
        "() => { const { y } = document.querySelector('#kop-2024').getBoundingClientRect();"
        " return 0 <= y && y < innerHeight; }"
    )
    background = "getComputedStyle(document.querySelector('#kop-%s')).backgroundColor"
    assert page.evaluate(background % 2024) != page.evaluate(background % 2025)


def test_earlier_years_open_by_keyboard_and_print_unopened(visit, second_year):
    page = visit(PAGES["action point"])
    text, change = page.locator("#jaar-2024"), page.locator(".fold--optional")
    assert not text.is_visible()
    page.emulate_media(media="print")
    assert text.is_visible()
    assert not change.is_visible()
    page.emulate_media(media="screen")
    page.locator("#kop-2024 ~ .point__permalink").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert text.is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
def test_axe_finds_nothing_in_a_point_of_several_years(visit, second_year, scheme, width):
    page = visit(PAGES["action point"], width=width, scheme=scheme)
    for fold in page.locator("summary").all():
        fold.click()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def fails(*_args, **_values):
    raise RuntimeError("The site itself fails.")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_what_is_not_always_there(visit, second_year, monkeypatch, scheme):
    page = visit(f"{PAGES['table']}?q=kamerstuk&jaar=2024", scheme=scheme)
    assert page.locator("tbody mark").count() > 5
    assert violations(page) == []

    page = visit(PAGES["overview"], scheme=scheme)
    assert page.locator("#veranderd ~ .moves .status").count() == 2
    assert violations(page) == []

    visit.expected += ["400 (Bad Request)", "500 (Internal Server Error)"]
    page = visit(f"{PAGES['table']}?{'stand=x&' * 1001}", status=400, scheme=scheme)
    assert violations(page) == []
    monkeypatch.setattr("actions.views.EntryTable", fails)
    page = visit(PAGES["table"], status=500, scheme=scheme)
    assert page.get_by_role("heading").inner_text() == "Er ging iets mis"
    assert violations(page) == []
