"""The comparison of two years in a real browser: the real plan, and a year made before it."""

import pytest

from actions.models import ReportingRound, Status
from tests import factories
from tests.public.test_first_visit_in_browser import weighs_little

# The fixture opens a page of the real plan, whose year it publishes first.
from tests.public.test_pages_in_browser import PLAN, rows_heard, violations, visit  # noqa: F401

COMPARED = f"{PLAN}vergelijk/2023-2024/"

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def compare(request):
    """Opens the comparison of 2024 with a year in which every point but one was otherwise.

    Every status occurs before and after, one point left and another came in the same theme.
    """
    open_page = request.getfixturevalue("visit")
    of_2024 = ReportingRound.objects.get()
    entries = list(of_2024.entries.for_report())
    statuses = list(Status.objects.all())
    of_2023 = factories.reporting_round(plan=of_2024.plan, year=2023)
    for at, entry in enumerate(entries[1:]):
        factories.status_entry(
            action_point=entry.action_point,
            round=of_2023,
            status=statuses[at % len(statuses)] if at else entry.status,
            explanation=entry.explanation.replace(". ", ". Dit was in het jaar ervoor zo. "),
        )
    left = factories.action_point(theme=entries[0].action_point.theme, last_year=2023)
    factories.status_entry(action_point=left, round=of_2023, status=statuses[0])
    factories.publish(of_2023)

    def open_comparison(**options):
        page = open_page(COMPARED, **options)
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        return page

    return open_comparison


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
def test_axe_finds_nothing(compare, scheme, width):
    assert violations(compare(width=width, scheme=scheme)) == []


@pytest.mark.parametrize("width", [320, 390, 768, 1024, 1280, 1920])
def test_page_does_not_scroll_sideways(compare, width):
    page = compare(width=width)
    assert page.locator(".sides").count() > 20
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_matrix_shows_a_narrow_screen_what_is_not_zero(compare):
    page = compare(width=320)
    none = page.locator(".matrix__number--none").all()
    assert none
    # Out of sight.
    assert {each.evaluate("each => each.clientWidth") for each in none} == {1}
    links = page.locator(".matrix__link")
    assert links.count() == page.locator(".matrix__link >> visible=true").count() > 10
    for link in links.all():
        box = link.bounding_box()
        assert box["width"] >= 44
        assert box["height"] >= 32
    assert rows_heard(page.locator(".matrix"))


def test_no_label_leaves_its_column(compare):
    page = compare(width=1280)
    outside = page.evaluate(
        "[...document.querySelectorAll('.matrix__head .status')].filter(badge => {"
        " const a = badge.getBoundingClientRect(), b = badge.parentElement.getBoundingClientRect();"
        " return a.left < b.left || a.right > b.right || badge.scrollWidth > badge.clientWidth })"
        ".length"
    )
    assert outside == 0


def test_keyboard_goes_from_a_number_to_its_list_and_opens_the_texts(compare):
    page = compare()
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = false)")
    link = page.locator(".matrix__number:not(.matrix__number--stay) .matrix__link").first
    link.focus()
    page.keyboard.press("Enter")
    section = page.locator("section.move:has(h3:target)")
    assert section.is_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    page.keyboard.press("Enter")
    assert section.locator(".sides").first.is_visible()


def test_paper_shows_the_texts_that_nobody_opened(compare):
    page = compare()
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = false)")
    shown = "document.querySelector('.sides').checkVisibility({contentVisibilityAuto: true})"
    assert not page.evaluate(shown)
    page.emulate_media(media="print")
    page.wait_for_function(shown)
    assert not page.locator(".fold__summary >> visible=true").count()


def test_first_visit_weighs_little(compare, visit, live_server):  # noqa: F811
    weighs_little(visit, live_server, COMPARED)
