"""The page of one action point through the years."""

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


def test_years_stand_latest_first_with_status_explanation_and_permalink(get, nap):
    nap.points[0].entries.filter(round=nap.rounds[2022]).update(status=nap.late)
    publish_again(nap)
    page = get(f"/en{POINT}")
    sections = page.all("section", class_="point__explanation")
    assert [each["id"] for each in sections] == ["jaar-2023", "jaar-2022"]
    assert "Zo stond 1.1.1 er in 2023 voor" in sections[0].text
    assert "Vertraagd" in sections[1].text
    assert {"#jaar-2023", "#jaar-2022"} <= set(page.links)


def test_point_that_left_the_plan_keeps_its_page(get, nap):
    nap.points[0].entries.get(round=nap.rounds[2023]).delete()
    publish_again(nap)
    page = get(f"/en{POINT}")
    assert "up to and including 2022" in page.one("header", class_="page-head").text
    assert "Explanation in 2022" in page.texts("h2")[0]
    assert terms(page)["Organisations in 2022"]


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
