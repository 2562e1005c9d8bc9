"""Two published years compared: the matrix of moves, the lists behind it, what it cannot say."""

from types import SimpleNamespace

import pytest

from actions.models import PublishedEntry
from tests import factories
from tests.public.conftest import publish_again

COMPARED = "/en/nap/vergelijk/2022-2023/"


def say(point, year, **values):
    """Let the report of a year say this of a point, once it is published again."""
    entry = point.entries.get(round__year=year)
    for name, value in values.items():
        setattr(entry, name, value)
    entry.save()


@pytest.fixture
def moved(nap):
    """From 2022 to 2023 point 1.1.2 went from late to done, in other words, and 2.1.1 from late to
    a status that is new. 1.2.1 says the same in both years; 1.1.3 came in and 1.2.2 left.
    """
    silent = factories.status(label="Geen update", slug="geen-update", tone="no_update", position=9)
    _, law, same, unheard = nap.points
    say(law, 2022, explanation="<p>De wet is in de maak.</p>")
    say(law, 2023, explanation="<p>De wet is van kracht.</p>", status=nap.done)
    say(unheard, 2023, status=silent)
    for year in (2022, 2023):
        say(same, year, explanation="<p>Steeds hetzelfde.</p>")
    new = factories.action_point(theme=law.theme, title="Een nieuwe belofte", first_year=2023)
    old = factories.action_point(theme=same.theme, title="Een oude belofte", last_year=2022)
    for point, year in ((new, 2023), (old, 2022)):
        factories.status_entry(
            action_point=point, round=nap.rounds[year], status=nap.late, stage="approved"
        )
    publish_again(nap)
    return SimpleNamespace(**vars(nap), silent=silent, new=new, old=old)


def matrix(page):
    """The texts of the matrix, a list per row; of a cell its number."""
    return [
        [
            each.text.split()[-1] if each.tag == "td" else each.text
            for each in page.elements
            if each.parents[-1:] == [row]
        ]
        for row in page.all("tr", within=page.one("table", class_="matrix"))
    ]


def points_in(page, anchor):
    """The numbers of the points in the list under a heading."""
    return page.texts(class_="compared__number", within=page.one("section", aria_labelledby=anchor))


def limits(page):
    """What the page says cannot simply be compared; nothing if all can."""
    return " ".join(page.texts("section", aria_labelledby="niet-te-vergelijken"))


def texts_of(page, number):
    """The texts of a point in the two years, as they are heard."""
    of_point = page.one("li", id=f"punt-{number}")
    return page.texts("div", class_="difference", within=of_point)


# --- The matrix and the lists -------------------------------------------------


def test_matrix_counts_moves_from_status_to_status(get, moved):
    head, *lines = matrix(get(COMPARED))
    assert head[0].endswith("State of play in 2022")
    assert head[1:] == ["Voltooid", "Geen update for the first time", "Total"]
    assert lines == [
        ["Voltooid", "2", "0", "2"],
        ["Vertraagd", "1", "1", "2"],
        ["Total 2023", "3", "1", "4"],
    ]


def test_every_number_leads_to_the_points_counted(get, moved):
    page = get(COMPARED)
    links = page.all("a", class_="matrix__link")
    assert len(links) == 3
    for link in links:
        assert len(points_in(page, link["href"].removeprefix("#"))) == int(link.text)


def test_list_behind_a_number_names_the_points_that_moved_so(get, moved):
    page = get(COMPARED)
    assert points_in(page, "vertraagd.voltooid") == ["1.1.2"]
    assert points_in(page, "vertraagd.geen-update") == ["2.1.1"]
    assert points_in(page, "voltooid.voltooid") == ["1.1.1", "1.2.1"]
    heading = page.one("h3", id="vertraagd.voltooid").text
    assert heading == "The state of play was: Vertraagd → and is now: Voltooid 1 action point"


def test_page_says_in_a_sentence_what_moved(get, moved):
    lead = get(COMPARED).one("p", class_="utrecht-paragraph--lead").text
    assert lead == (
        "From 2022 to 2023: 2 action points have a different state of play, 2 have the same state "
        "of play, 1 is new and 1 is no longer in the report."
    )


def test_points_that_one_report_lacks_are_listed_apart(get, moved):
    page = get(COMPARED)
    assert points_in(page, "nieuw") == ["1.1.3"]
    assert points_in(page, "verdwenen") == ["1.2.2"]
    assert {"/en/nap/actiepunten/1.1.3/#jaar-2023", "/en/nap/actiepunten/1.2.2/#jaar-2022"} <= set(
        page.links
    )


def test_every_point_leads_to_its_own_page(client, get, moved):
    page = get(COMPARED)
    lists = page.all("li", class_="compared")
    assert len(lists) == 6
    for each in lists:
        [link] = page.all("a", within=each)
        assert client.get(link["href"]).status_code == 200


def test_point_without_status_is_counted(get, moved):
    for point, year in ((moved.points[3], 2022), (moved.points[1], 2023)):
        entry = point.entries.get(round__year=year)
        factories.put_in_stage(entry, "draft", status=None)
    publish_again(moved)
    page = get(COMPARED)
    head, *lines = matrix(page)
    assert head[1:] == ["Voltooid", "Geen update for the first time", "No state of play", "Total"]
    assert lines == [
        ["Voltooid", "2", "0", "0", "2"],
        ["Vertraagd", "0", "0", "1", "1"],
        ["No state of play", "0", "1", "0", "1"],
        ["Total 2023", "2", "1", "1", "4"],
    ]
    assert points_in(page, ".geen-update") == ["2.1.1"]
    assert points_in(page, "vertraagd.") == ["1.1.2"]
    # That a point lacks a status is nothing that a year could not know.
    assert "No state of play" not in limits(page)


def test_years_without_a_point_in_common_say_so(get, nap):
    PublishedEntry.objects.filter(round=nap.rounds[2023]).delete()
    page = get(COMPARED)
    assert "No action point is in both reports" in page.one("main").text
    assert not page.all("table")
    assert len(points_in(page, "verdwenen")) == 4


# --- The texts ----------------------------------------------------------------


def test_texts_stand_side_by_side_with_what_changed_marked_for_eye_and_ear(get, moved):
    page = get(COMPARED)
    assert texts_of(page, "1.1.2") == [
        "De wet is removed: in de maak (end of removal).",
        "De wet is added: van kracht (end of addition).",
    ]
    point = page.one("li", id="punt-1.1.2")
    before, after = page.all("div", class_="sides__side", within=point)
    assert before.text.startswith("2022")
    assert after.text.startswith("2023")
    assert not page.all("ins", within=before)
    assert not page.all("del", within=after)
    assert {each.language for each in page.all("p", class_="difference__line")} == {"nl"}


def test_texts_of_a_point_that_kept_its_status_are_compared_too(get, moved):
    [before, after] = texts_of(get(COMPARED), "1.1.1")
    assert "removed: 2022 (end of removal)" in before
    assert "added: 2023 (end of addition)" in after


def test_point_that_says_the_same_says_so(get, moved):
    page = get(COMPARED)
    point = page.one("li", id="punt-1.2.1")
    assert "In the same words in both years." in point.text
    assert not page.all("details", within=point)
    assert "both reports 3 were reworded" in page.one("main").text


def test_wording_of_the_plan_is_compared_too(get, moved):
    say(moved.points[2], 2023, timeline="2022-2027")
    publish_again(moved)
    page = get(COMPARED)
    assert page.texts("h4", within=page.one("li", id="punt-1.2.1")) == ["Timeline"]
    assert texts_of(page, "1.2.1") == [
        "removed: 2022-2026 (end of removal)",
        "added: 2022-2027 (end of addition)",
    ]


def test_text_that_one_year_lacks_is_not_an_empty_place(get, moved):
    say(moved.points[2], 2022, explanation="")
    publish_again(moved)
    assert texts_of(get(COMPARED), "1.2.1") == [
        "No text",
        "added: Steeds hetzelfde. (end of addition)",
    ]


# --- What cannot be compared --------------------------------------------------


def test_status_that_no_earlier_report_uses_is_named(get, moved):
    said = limits(get(COMPARED))
    assert "Geen update No report up to and including 2022 uses this state of play." in said
    assert "That 1 action point has it in 2023" in said
    assert "Voltooid" not in said


def test_status_of_an_older_report_was_known(get, moved):
    of_2024 = factories.reporting_round(plan=moved.plan, year=2024)
    for point, status in zip(moved.points, (moved.silent, *[moved.late] * 3), strict=True):
        factories.status_entry(action_point=point, round=of_2024, status=status)
    factories.publish(of_2024)
    # In 2023 it was used, by another point; and 2022 is not asked.
    page = get("/en/nap/vergelijk/2023-2024/")
    assert "Geen update" in matrix(page)[0]
    assert not limits(page)
    assert "Geen update" in limits(get("/en/nap/vergelijk/2022-2024/"))


def test_status_that_another_plan_reported_before_was_known(get, moved):
    older = factories.plan(slug="ouder", start_year=2014, end_year=2021)
    of_2021 = factories.reporting_round(plan=older, year=2021)
    factories.status_entry(round=of_2021, status=moved.silent)
    assert "Geen update" in limits(get(COMPARED))
    factories.publish(of_2021)
    assert not limits(get(COMPARED))


def test_points_that_left_and_came_in_one_theme_may_be_one_split(get, moved):
    assert "Theme:" not in limits(get(COMPARED))
    split = factories.action_point(theme=moved.old.theme, title="Afgesplitst", first_year=2023)
    factories.status_entry(
        action_point=split, round=moved.rounds[2023], status=moved.done, stage="approved"
    )
    publish_again(moved)
    said = limits(get(COMPARED))
    assert "Theme: Inkoop." in said
    assert "Only in 2022: 1.2.2 Een oude belofte Only in 2023: 1.2.3 Afgesplitst" in said
    assert "Arbeid" not in said


def test_years_that_can_be_compared_have_no_notice(get, nap):
    assert not limits(get(COMPARED))


# --- Addresses ----------------------------------------------------------------


@pytest.mark.parametrize("language", ["", "/en"])
def test_years_the_other_way_round_lead_to_the_page_for_good(client, nap, language):
    response = client.get(f"{language}/nap/vergelijk/2023-2022/")
    assert response.status_code == 301
    assert response.headers["Location"] == f"{language}/nap/vergelijk/2022-2023/"


@pytest.mark.parametrize(
    "address",
    [
        "/nap/vergelijk/2022-2022/",
        "/nap/vergelijk/2021-2022/",
        "/nap/vergelijk/2022-2024/",
        "/nap/vergelijk/2024-2022/",
        "/nap/vergelijk/2022-20230/",
        f"/nap/vergelijk/2022-{'2' * 20}/",
        "/nap/vergelijk/2022/",
        "/nap/vergelijk/",
        "/ander/vergelijk/2022-2023/",
        "/bestaat-niet/vergelijk/2022-2023/",
    ],
)
def test_years_that_are_not_two_published_ones_of_the_plan_are_a_404(client, draft, address):
    factories.publish(factories.reporting_round(plan=factories.plan(slug="ander"), year=2022))
    assert client.get(address).status_code == 404
    assert client.get(f"/en{address}").status_code == 404


def test_either_year_can_be_exchanged_for_another(get, nap):
    page = get(COMPARED)
    assert not page.all("nav", class_="years")
    for year in (2024, 2025):
        factories.publish(factories.reporting_round(plan=nap.plan, year=year))
    page = get("/nap/vergelijk/2023-2024/")
    choice = page.one("nav", class_="years")
    assert [(each.text, each["href"]) for each in page.all("a", within=choice)] == [
        ("2022", "/nap/vergelijk/2022-2024/"),
        ("2023", "/nap/vergelijk/2023-2024/"),
        ("2024", "/nap/vergelijk/2023-2024/"),
        ("2025", "/nap/vergelijk/2023-2025/"),
    ]
    assert page.texts("a", within=choice, aria_current="page") == ["2023", "2024"]


def test_overview_reports_and_points_lead_to_it(get, nap):
    assert "/nap/vergelijk/2022-2023/" in get("/nap/").links
    assert get("/nap/rapportages/").links.count("/nap/vergelijk/2022-2023/") == 1
    [link] = [each for each in get("/nap/actiepunten/1.1.1/").links if "vergelijk" in each]
    address, _, place = link.partition("#")
    assert address == "/nap/vergelijk/2022-2023/"
    assert "Zo stond 1.1.1 er" in get(address).one("li", id=place).text


def test_nothing_leads_to_it_from_a_plan_with_one_year(get, real):
    for address in (real, f"{real}rapportages/", f"{real}actiepunten/1.1.1/"):
        assert not [each for each in get(address).links if "vergelijk" in each]


def test_number_of_queries_does_not_grow_with_points(client, moved, django_assert_num_queries):
    with django_assert_num_queries(5):
        client.get(COMPARED)
    for at in range(20):
        point = factories.action_point(theme=factories.theme(pillar=moved.points[0].theme.pillar))
        for year, status in ((2022, moved.late), (2023, factories.status())):
            factories.status_entry(
                action_point=point,
                round=moved.rounds[year],
                status=status,
                stage="approved",
                explanation=f"<p>Tekst {at} van {year}.</p>",
            )
        # One that left and one that came.
        for year in (2022, 2023):
            factories.status_entry(
                action_point=factories.action_point(theme=point.theme),
                round=moved.rounds[year],
                stage="approved",
            )
    publish_again(moved)
    with django_assert_num_queries(5):
        client.get(COMPARED)
