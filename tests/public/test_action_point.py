"""The page of one action point through the years."""

from actions.models import PublishedEntry
from tests import factories
from tests.public.conftest import publish_again

POINT = "/nap/actiepunten/1.1.1/"
PARLIAMENT = "https://www.tweedekamer.nl/kamerstukken/detail"


def terms(page, within=None):
    """The lists of terms: what stands under each, by term."""
    found, term = {}, None
    for element in page.elements:
        if element.tag == "dt":
            term = found.setdefault(element.text, [])
        elif element.tag == "dd":
            term.append(element.text)
    return found


def test_point_is_shown_as_the_latest_published_year_words_it(get, nap):
    page = get(f"/en{POINT}")
    assert page.one("h1").text == "1.1.1 Arbeid eerst"
    facts = terms(page)
    assert facts["Goal"] == ["Misstanden voorkomen"]
    assert facts["Timeline"] == ["2022-2026"]
    assert facts["Responsibility"] == ["BZ"]
    assert facts["Pillar"] == ["1. Beschermen"]


def test_organisations_are_those_of_the_latest_published_year(get, nap):
    facts = terms(get(f"/en{POINT}"))
    assert facts["Organisations in 2023"] == ["Ministerie van Economische Zaken (EZ) responsible"]


def test_years_stand_latest_first_and_those_before_are_folded(get, nap):
    page = get(f"/en{POINT}")
    years = page.all("section", class_="point__year")
    assert [page.texts("h2", within=each) for each in years] == [["Explanation in 2023"], ["2022"]]
    texts = page.all("div", class_="point__explanation")
    assert ["Zo stond 1.1.1 er in 2023 voor" in texts[0].text, "2022" in texts[1].text] == [
        True
    ] * 2
    folds = page.all("details")
    assert [each for each in folds if texts[0].is_in(each)] == []
    [fold] = [each for each in folds if texts[1].is_in(each)]
    assert page.one("summary", within=fold).text == "Explanation in 2022"


def test_every_year_has_a_permalink_that_leads_to_its_text(get, nap):
    page = get(f"/en{POINT}")
    links = page.all("a", class_="point__permalink")
    assert [each.text for each in links] == ["Permalink 2023", "Permalink 2022"]
    for link in links:
        assert "point__explanation" in page.one(id=link["href"].removeprefix("#")).classes
    assert page.one("link", rel="canonical")["href"] == f"http://testserver/en{POINT}"


def test_status_through_the_years_says_what_moved(get, nap):
    nap.points[0].entries.filter(round=nap.rounds[2022]).update(status=nap.late)
    publish_again(nap)
    page = get(f"/en{POINT}")
    table = page.one("table")
    assert page.texts("th", within=table, scope="row") == ["2023", "2022"]
    assert page.texts("td", within=table) == [
        *("Voltooid", "Changed, it was: Vertraagd"),
        *("Vertraagd", "First report on this action point"),
    ]
    assert page.texts(class_="status", within=page.all("section", class_="point__year")[1]) == [
        "Vertraagd"
    ]
    assert page.all("span", within=table, lang="nl")


def test_status_that_stayed_or_was_not_there_is_said(get, nap):
    table = get(f"/en{POINT}").texts("td")
    assert table == ["Voltooid", "The same", "Voltooid", "First report on this action point"]
    PublishedEntry.objects.filter(round=nap.rounds[2022]).update(status=None)
    assert "Changed, it was: No state of play" in get(f"/en{POINT}").texts("td")


def test_what_changed_since_the_year_before_is_marked_and_said(get, nap):
    entry = nap.points[0].entries.get(round=nap.rounds[2023])
    entry.goal, entry.status = "Misstanden helemaal voorkomen", nap.late
    entry.save()
    publish_again(nap)
    page = get(f"/en{POINT}")
    change = page.one("details", class_="fold--optional")
    assert page.one("summary", within=change).text == "What changed since 2022"
    assert page.texts("h3", within=change) == ["State of play", "Goal", "Explanation"]
    added, removed = page.texts("ins", within=change), page.texts("del", within=change)
    assert added == ["added: helemaal (end of addition)", "added: 2023 (end of addition)"]
    assert removed == ["removed: 2022 (end of removal)"]
    assert "The state of play was: Voltooid → and is now: Vertraagd" in change.text


def test_year_in_the_same_words_says_so(get, nap):
    for entry in nap.points[0].entries.all():
        entry.explanation = "<p>Hetzelfde.</p>"
        entry.save()
    publish_again(nap)
    change = get(f"/en{POINT}").one("details", class_="fold--optional")
    assert "In the same words in both years." in change.text


def test_point_of_one_year_has_nothing_to_fold_or_to_compare(get, nap):
    nap.points[0].entries.get(round=nap.rounds[2022]).delete()
    publish_again(nap)
    page = get(f"/en{POINT}")
    assert not page.all("details")
    assert not page.all("table")


def test_year_that_skips_one_is_held_against_the_report_before(get, nap):
    of_year = factories.reporting_round(plan=nap.plan, year=2025, stage="published")
    factories.status_entry(action_point=nap.points[0], round=of_year, status=nap.late)
    factories.publish(of_year)
    page = get(f"/en{POINT}")
    assert "What changed since 2023" in page.texts("summary")
    assert "/en/nap/vergelijk/2023-2025/#punt-1.1.1" in page.links


def test_other_points_of_the_theme_are_there_with_their_status(get, nap):
    page = get(f"/en{POINT}")
    assert page.texts("li", within=page.one("section", aria_labelledby="thema")) == [
        "1.1.2 Arbeid daarna Vertraagd"
    ]
    assert page.texts("h2")[-1] == "Also in this theme"
    assert not get("/en/nap/actiepunten/1.2.1/").all("section", aria_labelledby="thema")


def test_point_that_left_the_plan_keeps_its_page(get, nap):
    nap.points[0].entries.get(round=nap.rounds[2023]).delete()
    publish_again(nap)
    page = get(f"/en{POINT}")
    assert "up to and including 2022" in page.one("header", class_="page-head").text
    assert "Explanation in 2022" in page.texts("h2")[0]
    assert terms(page)["Organisations in 2022"]
    # How the others stood then is not how they stand now.
    assert page.texts("h2")[-1] == "Also in this theme in 2022"


def test_point_of_the_latest_report_is_not_said_to_have_left(get, nap):
    assert "up to and including" not in get(f"/en{POINT}").one("header", class_="page-head").text


def test_footnotes_are_numbered_by_year_and_lead_to_and_fro(get, nap):
    for entry in nap.points[0].entries.all():
        entry.explanation = (
            '<p>Een<span class="footnote">Noot een</span> en '
            'twee<span class="footnote">Noot <em>twee</em></span> in '
            '<span class="lang-en">early warning</span>.</p>'
        )
        entry.save()
    publish_again(nap)
    page = get(f"/en{POINT}")
    marks = page.all("a", role="doc-noteref")
    assert [(each.text, each["aria-label"]) for each in marks] == [
        ("1", "Footnote 1"),
        ("2", "Footnote 2"),
    ] * 2
    assert [each["href"] for each in marks] == [
        "#2023-noot-1",
        "#2023-noot-2",
        "#2022-noot-1",
        "#2022-noot-2",
    ]
    for mark in marks:
        note = page.one("li", id=mark["href"].removeprefix("#"))
        back = page.one("a", within=note, role="doc-backlink")
        assert back["href"] == f"#{mark['id']}"
        assert back["aria-label"]
        assert note.text.startswith("Noot")
    assert page.all("span", lang="en")[0].text == "early warning"


def test_what_a_text_refers_to_is_a_link_to_where_it_is_read(get, nap):
    entry = nap.points[0].entries.get(round=nap.rounds[2023])
    entry.explanation = (
        '<p>Zie Kamerstuk 26 485, nr. 430<span class="footnote">En 2023D47692.</span>.</p>'
    )
    entry.save()
    publish_again(nap)
    page = get(POINT)
    text, notes = page.all("div", class_="rich-text")[0], page.one("section", role="doc-endnotes")
    paper = page.all("a", within=text)[0]
    assert paper["href"] == "https://zoek.officielebekendmakingen.nl/kst-26485-430.html"
    assert paper.text == "Kamerstuk 26 485, nr. 430"
    assert paper.language == "nl"
    document = page.all("a", within=notes)[0]
    assert document["href"] == f"{PARLIAMENT}?id=2023D47692&did=2023D47692"
    assert document.text == "2023D47692"


def test_point_leads_to_its_neighbours_in_the_plan(get, nap):
    def neighbours(number):
        page = get(f"/nap/actiepunten/{number}/")
        return {
            each["rel"]: each["href"].split("/")[-2] for each in page.all("a") if each.get("rel")
        }

    assert neighbours("1.1.1") == {"next": "1.1.2"}
    assert neighbours("1.2.1") == {"prev": "1.1.2", "next": "2.1.1"}
    assert neighbours("2.1.1") == {"prev": "1.2.1"}


def test_breadcrumbs_lead_up(get, nap):
    page = get(POINT)
    trail = page.one("nav", class_="breadcrumbs")
    assert [each["href"] for each in page.all("a", within=trail)] == ["/nap/", "/nap/actiepunten/"]
    assert page.one("span", within=trail, aria_current="page").text == "1.1.1"


def test_point_of_another_plan_is_not_shown(client, nap):
    other = factories.reporting_round(plan=factories.plan(slug="ander"), stage="published")
    factories.published_entry(round=other)
    assert client.get("/ander/actiepunten/1.1.1/").status_code == 200
    assert client.get("/ander/actiepunten/2.1.1/").status_code == 404


def test_every_real_point_has_a_page(get, real):
    for row in get(f"{real}actiepunten/").all("th", scope="row"):
        assert row.text
    links = {each for each in get(f"{real}actiepunten/").links if each.count(".") == 2}
    assert len(links) == 33
    for link in links:
        assert get(link).one("h1").text
