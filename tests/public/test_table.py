"""The table of action points: what it shows, sorting, pages."""

from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest

from actions.rows import rows_of
from tests import factories
from tests.public.conftest import publish_again

TABLE = "/nap/actiepunten/"
COLUMNS = ["number", "title", "goal", "responsibility", "timeline", "status", "explanation"]


def numbers(page):
    return page.texts("td", class_="points__number")


def found(page):
    return page.one("p", id="gevonden").text


# --- What it shows -----------------------------------------------------------


def test_table_shows_the_latest_published_year(get, nap):
    page = get(f"/en{TABLE}")
    assert numbers(page) == ["1.1.1", "1.1.2", "1.2.1", "2.1.1"]
    assert found(page) == "4 action points in 2023"
    chosen = [each for each in page.all("option") if "selected" in each.attributes]
    assert [each["value"] for each in chosen] == ["2023"]


def test_row_shows_the_seven_columns_with_a_badge_and_a_link(get, nap):
    page = get(f"/en{TABLE}")
    # What a head says where it sorts, and what it says where the rows are cards.
    assert page.texts(class_="points__sort") == page.texts(class_="points__head")
    assert page.texts(class_="points__sort") == [
        "Number",
        "Action point",
        "Goal",
        "Responsibility",
        "Timeline",
        "State of play",
        "Explanation",
    ]
    row = page.all("tr")[1]
    assert [each.text for each in page.elements if each.parents[-1:] == [row]] == [
        "1.1.1",
        "Arbeid eerst",
        "Misstanden voorkomen",
        "BZ",
        "2022-2026",
        "Voltooid",
        "Zo stond 1.1.1 er in 2023 voor (Kamerstuk 26 485, nr. 323).",
    ]
    assert page.one("a", within=row)["href"] == "/en/nap/actiepunten/1.1.1/"
    assert page.all("span", within=row, class_="status--done")


def test_every_cell_has_the_label_of_its_column_for_narrow_screens(get, nap):
    page = get(f"/en{TABLE}")
    labels = page.texts(class_="points__sort")
    cells = page.all("td", within=page.one("tbody"))
    assert [cell["data-label"] for cell in cells[:6]] == [labels[0], *labels[2:]]


def test_text_of_the_register_is_never_markup(get, nap):
    nap.points[0].entries.update(title='<b>A</b> & "b" %(x)s {{ y }} 100%')
    publish_again(nap)
    assert '<b>A</b> & "b" %(x)s {{ y }} 100%' in get(TABLE).texts("th", scope="row")


def test_long_explanation_ends_at_a_word(get, nap):
    entry = nap.points[0].entries.get(round=nap.rounds[2023])
    entry.explanation = f"<p>{'woord ' * 60}</p>"
    entry.save()
    publish_again(nap)
    shown = get(f"/en{TABLE}").all("td", data_label="Explanation")
    assert shown[0].text.endswith("woord…")
    assert 180 < len(shown[0].text) <= 201


def test_entry_without_status_is_shown(get, nap):
    for entry in nap.points[0].entries.all():
        factories.put_in_stage(entry, "draft", status=None)
    publish_again(nap)
    assert numbers(get(TABLE)) == ["1.1.1", "1.1.2", "1.2.1", "2.1.1"]
    assert numbers(get(TABLE, sort="status"))[-1] == "1.1.1"


def test_entry_that_is_added_while_the_page_is_made_is_not_shown_yet(get, nap, monkeypatch):
    def read_before_the_last_was_added(reporting_round):
        return rows_of(reporting_round)[:-1]

    monkeypatch.setattr("actions.rows.rows_of", read_before_the_last_was_added)
    assert numbers(get(TABLE, q="stond")) == ["1.1.1", "1.1.2", "1.2.1"]
    assert numbers(get(TABLE, sort="-number")) == ["1.2.1", "1.1.2", "1.1.1"]


def test_link_leads_to_the_year_shown(get, nap):
    assert "/nap/actiepunten/1.1.1/#jaar-2022" in get(TABLE, jaar="2022").links


# --- Sorting -----------------------------------------------------------------


@pytest.fixture
def sortable(nap):
    """Points 1.1.1 to 1.1.12 beside the others, and values that sort otherwise than as text."""
    theme = nap.points[0].theme
    for at in range(3, 13):
        factories.status_entry(
            action_point=factories.action_point(theme=theme, title=f"Punt {at}"),
            round=nap.rounds[2023],
            status=nap.late,
        )
    a, b, c, _ = nap.points
    a.entries.update(start_date=date(2022, 1, 1), end_date=date(2022, 12, 31))
    b.entries.update(start_date=date(2022, 1, 1))
    c.entries.update(start_date=date(2021, 5, 1))
    c.entries.update(title="aan het begin", goal="aan", responsibility="AA")
    publish_again(nap)
    return nap


IN_ORDER = [*(f"1.1.{at}" for at in range(1, 13)), "1.2.1", "2.1.1"]


def test_numbers_sort_in_the_order_of_the_plan(get, sortable):
    assert numbers(get(TABLE)) == IN_ORDER
    assert numbers(get(TABLE, sort="number")) == IN_ORDER
    assert numbers(get(TABLE, sort="-number")) == IN_ORDER[::-1]


def test_texts_sort_without_regard_to_capitals(get, sortable):
    for column in ("title", "goal", "responsibility"):
        assert numbers(get(TABLE, sort=column))[0] == "1.2.1"
        assert numbers(get(TABLE, sort=f"-{column}"))[-1] == "1.2.1"
    texts = get(f"/en{TABLE}", sort="explanation").texts("td", data_label="Explanation")
    assert texts == sorted(texts, key=str.lower)


def test_capitals_with_an_accent_sort_as_small_ones(get, sortable):
    for point, title in zip(
        sortable.points, ("Énergie b", "énergie a", "zee", "ÉNERGIE c"), strict=True
    ):
        point.entries.update(title=title)
    publish_again(sortable)
    assert numbers(get(TABLE, sort="title"))[-4:] == ["1.2.1", "1.1.2", "1.1.1", "2.1.1"]


def test_timelines_sort_by_date_with_those_without_one_last(get, sortable):
    assert numbers(get(TABLE, sort="timeline"))[:3] == ["1.2.1", "1.1.1", "1.1.2"]
    assert numbers(get(TABLE, sort="-timeline"))[:3] == ["1.1.1", "1.1.2", "1.2.1"]


def test_timelines_of_a_published_year_keep_their_order_when_a_point_is_planned_anew(get, sortable):
    before = numbers(get(TABLE, sort="timeline"))
    for at, point in enumerate(sortable.points):
        point.start_date = date(2030 - at, 1, 1)
        point.save()
    assert numbers(get(TABLE, sort="timeline")) == before


def test_statuses_sort_in_their_own_order_and_alike_ones_in_that_of_the_plan(get, sortable):
    done = ["1.1.1", "1.2.1"]
    late = [each for each in IN_ORDER if each not in done]
    assert numbers(get(TABLE, sort="status")) == done + late
    assert numbers(get(TABLE, sort="-status")) == late + done


@pytest.mark.parametrize("column", COLUMNS)
def test_head_says_how_it_is_sorted_and_links_to_the_other_way(get, nap, column):
    def heads(page):
        return {
            each.classes[0].removeprefix("points__"): (
                each["aria-sort"],
                page.one("a", within=each)["href"],
            )
            for each in page.all("th", scope="col")
        }

    up = heads(get(TABLE, sort=column, jaar="2022", q="zo stond", page="1"))
    assert [name for name, (sort, _) in up.items() if sort != "none"] == [column]
    assert up[column][0] == "ascending"
    assert heads(get(TABLE, sort=f"-{column}"))[column][0] == "descending"
    for name, (_, address) in up.items():
        assert parse_qs(urlsplit(address).query) == {
            "jaar": ["2022"],
            "q": ["zo stond"],
            "sort": [f"-{column}" if name == column else name],
        }


@pytest.mark.parametrize("sort", ["", "-status", "goal"])
def test_what_sorts_on_a_phone_leads_where_the_heads_do_and_names_the_order(get, nap, sort):
    page = get(f"/en{TABLE}", sort=sort, pijler="1")
    folded = page.all("a", within=page.one("details", class_="sort"))

    heads = page.all("a", within=page.one("thead"))
    assert [each["href"] for each in folded] == [each["href"] for each in heads]
    current = [each.text for each in folded if each["aria-current"] == "true"]
    said = page.one("summary", within=page.one("details", class_="sort")).text
    names = {
        "": "Number, ascending",
        "-status": "State of play, descending",
        "goal": "Goal, ascending",
    }
    assert said == f"Sort by: {names[sort]}"
    assert current == [names[sort].partition(",")[0]]


def test_table_is_sorted_by_number_from_the_first(get, nap):
    assert get(TABLE).one("th", class_="points__number")["aria-sort"] == "ascending"


# --- Pages -------------------------------------------------------------------


@pytest.fixture
def long_table(nap):
    """60 points in 2023."""
    for at in range(56):
        factories.status_entry(
            action_point=factories.action_point(theme=nap.points[3].theme, title=f"Punt {at}"),
            round=nap.rounds[2023],
            status=nap.late,
        )
    publish_again(nap)
    return nap


def test_long_table_has_pages_of_fifty(get, long_table):
    first, second = get(f"/en{TABLE}"), get(f"/en{TABLE}", page="2")
    assert (len(numbers(first)), len(numbers(second))) == (50, 10)
    assert len({*numbers(first), *numbers(second)}) == 60
    assert found(second) == "60 action points in 2023, page 2 of 2"


def test_pages_of_a_sorted_table_hold_every_row_once(get, long_table):
    for column in ("status", "-goal", "timeline"):
        rows = [*numbers(get(TABLE, sort=column)), *numbers(get(TABLE, sort=column, page="2"))]
        assert len(set(rows)) == 60


def test_links_of_pages_keep_the_rest_of_the_address(get, long_table):
    page = get(TABLE, pijler="2", sort="-title", page="2")
    links = page.all("a", within=page.one("nav", class_="pagination"))
    assert [parse_qs(urlsplit(each["href"]).query) for each in links] == [
        {"pijler": ["2"], "sort": ["-title"], "page": [number]} for number in "12"
    ]
    assert [each.get("aria-current") for each in links] == [None, "page"]


def test_short_table_has_no_pages(get, nap):
    assert not get(TABLE).all("nav", class_="pagination")


def test_visitor_does_not_decide_on_the_rows_per_page(get, long_table):
    for per_page in ("1000", "0", "-1", "x"):
        assert len(numbers(get(TABLE, per_page=per_page))) == 50


def test_page_beyond_the_last_shows_the_last(get, long_table):
    assert len(numbers(get(TABLE, page="99"))) == 10


# --- The real plan -----------------------------------------------------------


def test_real_table_has_33_rows_in_four_queries(get, real, django_assert_num_queries):
    get(f"{real}actiepunten/")
    with django_assert_num_queries(4):
        page = get(f"{real}actiepunten/")
    assert len(numbers(page)) == 33
    assert numbers(page)[-1] == "3.5.4"
