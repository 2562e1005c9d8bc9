"""The admin where there is little room: on a phone, and for who zooms in to 200 %."""

import json
from types import SimpleNamespace

import pytest
from django.urls import reverse

from actions.models import Organisation, StatusEntry
from tests import factories
from tests.admin.pages import MODELS, address, change, history, what_axe_finds
from tests.admin.test_editor_in_browser import visit  # noqa: F401
from tests.admin.test_pages import NEVER_ADDED

pytestmark = pytest.mark.django_db(transaction=True)

# In pixels: a phone, and half of an ordinary screen, which is what is left of it at 200 %.
PHONE, ZOOMED = 390, 640

# What sticks out of the window and is cut off there, since what is around it does not scroll. A row
# cuts nothing off; what is there for screen readers alone is in a box without a size to speak of.
CUT_OFF = """
  () => {
    const cuts = ({ overflowX: x, display }) => x !== "visible" && !display.startsWith("table");
    return [...document.querySelectorAll("body *")].filter(each => {
      const { width, right } = each.getBoundingClientRect();
      if (!width || right <= innerWidth + 1) return false;
      let around = each.parentElement;
      while (around && !cuts(getComputedStyle(around))) around = around.parentElement;
      if (!around || around.offsetWidth <= 1) return false;
      return !/auto|scroll/.test(getComputedStyle(around).overflowX);
    }).map(each => each.outerHTML.slice(0, 80));
  }
"""


@pytest.fixture
def filled(fill):
    """A row of everything, and of the tables within a page some rows."""
    row = fill()
    factories.responsibility(action_point=row.point)
    return SimpleNamespace(point=row.point, entry=row.entry, round=row.entry.round)


def pages_of(filled):
    for model in MODELS:
        row = model._default_manager.first()
        yield from (address(model, "changelist"), change(row), history(row))
        if model.__name__ not in NEVER_ADDED:
            yield address(model, "add")
    yield from main_pages_of(filled)


def main_pages_of(filled):
    yield reverse("admin:index")
    yield address(StatusEntry, "changelist")
    yield from map(change, (filled.point, filled.entry, filled.round))
    yield history(filled.entry)
    yield change(Organisation.objects.filter(predecessors__isnull=False).first())
    for page in ("close", "successors", "publish", "import"):
        yield address(filled.round, page, filled.round.pk)


def set_width(page, width):
    page.set_viewport_size({"width": width, "height": 800})


def test_no_page_scrolls_sideways_and_everything_can_be_reached(visit, coordinator, filled):  # noqa: F811
    page = visit(reverse("admin:index"), coordinator)
    wrong = []
    for url in pages_of(filled):
        assert page.goto(url).status == 200, url
        for width in (ZOOMED, PHONE):
            set_width(page, width)
            if page.evaluate("document.documentElement.scrollWidth") > width:
                wrong.append((url, width, "scrolls"))
            wrong += [(url, width, each) for each in page.evaluate(CUT_OFF)]

    assert not wrong, json.dumps(wrong, indent=1)


def test_on_a_phone_the_rows_of_roles_scroll_in_their_own_box(visit, coordinator, filled):  # noqa: F811
    page = visit(change(filled.point), coordinator)
    set_width(page, PHONE)
    last = page.locator("#responsibilities-0 .delete input")
    assert last.bounding_box()["x"] > PHONE

    last.focus()

    box = last.bounding_box()
    assert 0 <= box["x"] < box["x"] + box["width"] <= PHONE
    assert page.evaluate("scrollX") == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_at_200_percent(visit, coordinator, filled, scheme):  # noqa: F811
    page = visit(reverse("admin:index"), coordinator)
    set_width(page, ZOOMED)
    serious = []
    for url in main_pages_of(filled):
        page.goto(url)
        serious += [(url, *each) for each in what_axe_finds(page, scheme)]

    assert not serious, json.dumps(serious, indent=1)


def test_axe_finds_nothing_serious_for_who_can_only_read(visit, reader, filled):  # noqa: F811
    page = visit(change(filled.point), reader)
    set_width(page, ZOOMED)

    assert not what_axe_finds(page)
