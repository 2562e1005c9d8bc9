"""The page of all papers that the published explanations cite, and those on the page of a point."""

from actions.models import PublishedEntry
from tests import factories

PAPERS = "/nap/verwijzingen/"
BULLETINS = "https://zoek.officielebekendmakingen.nl"


def explain(nap, at, year, explanation):
    entry = nap.points[at].entries.get(round=nap.rounds[year])
    entry.explanation = explanation
    entry.save()
    PublishedEntry.objects.publish(entry.round)
    return entry


def cite_nothing(nap):
    for at in range(len(nap.points)):
        for year in nap.rounds:
            explain(nap, at, year, "")


def papers(page):
    """Under each heading, for each paper the points that cite it."""
    return {
        section.text.split(" ")[0]: {
            term.text: page.texts("li", within=group)
            for group in page.all("div", within=section, class_="citations__paper")
            for term in page.all("dt", within=group)
        }
        for section in page.all("section", within=page.one("main"))
    }


def test_every_paper_stands_under_its_kind_with_the_points_that_cite_it(get, nap):
    cite_nothing(nap)
    explain(nap, 0, 2023, "<p>Stcrt. 2024, 25516; Kamerstuk 26 485, nr. 430; 2023D47692</p>")
    explain(nap, 2, 2023, "<p>Richtlijn (EU) 2024/1760 en Kamerstuk 26 485, nr. 80</p>")
    explain(nap, 3, 2022, '<p>Zie<span class="footnote">Kamerstuk 26485 430</span></p>')

    assert papers(get(f"/en{PAPERS}")) == {
        "Parliamentary": {
            "Kamerstuk 26 485, nr. 80": ["1.2.1 Inkoop (2023)"],
            "Kamerstuk 26 485, nr. 430": [
                "1.1.1 Arbeid eerst (2023)",
                "2.1.1 Zorgvuldigheid (2022)",
            ],
        },
        "Documents": {"2023D47692": ["1.1.1 Arbeid eerst (2023)"]},
        "Official": {"Stcrt. 2024, 25516": ["1.1.1 Arbeid eerst (2023)"]},
        "European": {"Richtlijn (EU) 2024/1760": ["1.2.1 Inkoop (2023)"]},
    }


def test_papers_lead_to_where_they_are_read_and_points_to_the_year_that_cites_them(get, nap):
    cite_nothing(nap)
    explain(nap, 0, 2022, "<p>Kamerstuk 26 485, nr. 430</p>")

    page = get(PAPERS)

    links = page.all("a", within=page.one("dl"))
    assert [(each.text, each["href"], each.language) for each in links] == [
        ("Kamerstuk 26 485, nr. 430", f"{BULLETINS}/kst-26485-430.html", "nl"),
        ("Arbeid eerst", "/nap/actiepunten/1.1.1/#jaar-2022", "nl"),
    ]


def test_a_point_stands_once_with_all_its_years_in_the_wording_of_the_latest(get, nap):
    cite_nothing(nap)
    explain(nap, 0, 2022, "<p>Kamerstuk 26 485, nr. 430</p>")
    entry = explain(nap, 0, 2023, "<p>Kamerstuk 26 485, nr. 430</p>")
    type(entry).objects.filter(pk=entry.pk).update(title="Arbeid anders")
    PublishedEntry.objects.publish(entry.round)

    page = get(PAPERS)

    assert page.texts("li", within=page.one("dl")) == ["1.1.1 Arbeid anders (2023, 2022)"]
    assert "/nap/actiepunten/1.1.1/#jaar-2023" in page.links


def test_points_stand_in_the_order_of_their_numbers(get, nap):
    cite_nothing(nap)
    theme, in_round = nap.points[0].theme, nap.rounds[2023]
    for _ in range(10):
        factories.status_entry(
            action_point=factories.action_point(theme=theme),
            round=in_round,
            explanation="<p>Kamerstuk 26 485, nr. 430</p>",
        )
    PublishedEntry.objects.publish(in_round)

    page = get(PAPERS)

    numbers = [each.split()[0] for each in page.texts("li", within=page.one("dl"))]
    assert numbers == [f"1.1.{sequence}" for sequence in range(3, 13)]


def test_a_paper_without_an_address_is_named_and_no_link(get, nap):
    cite_nothing(nap)
    explain(nap, 0, 2023, "<p>Stb. 1994, 230</p>")

    page = get(PAPERS)

    assert page.one("dt").text == "Stb. 1994, 230"
    assert not page.all("a", within=page.one("dt"))


def test_a_plan_that_cites_nothing_says_so(get, nap):
    cite_nothing(nap)

    page = get(f"/en{PAPERS}")

    assert "cite no papers" in page.one("main").text
    assert not page.all("dl")


def test_papers_of_another_plan_and_of_a_draft_are_not_shown(get, nap):
    cite_nothing(nap)
    explanation = "<p>Kamerstuk 26 485, nr. 430</p>"
    factories.published_entry(explanation=explanation)
    draft = factories.reporting_round(plan=nap.plan, year=2024)
    factories.status_entry(action_point=nap.points[0], round=draft, explanation=explanation)

    assert not get(PAPERS).all("dl")


def test_the_page_of_a_point_lists_what_each_year_cites(get, nap):
    cite_nothing(nap)
    explain(nap, 0, 2023, "<p>Kamerstuk 26 485, nrs. 430 en 435, en weer 26 485, nr. 430</p>")
    explain(nap, 0, 2022, "<p>Stb. 1994, 230</p>")

    page = get("/nap/actiepunten/1.1.1/")

    lists = page.all("ul", class_="point__cited")
    assert [page.texts("li", within=each) for each in lists] == [
        ["Kamerstuk 26 485, nr. 430", "Kamerstuk 26 485, nr. 435"],
        ["Stb. 1994, 230"],
    ]
    assert [each["href"] for each in page.all("a", within=lists[0])] == [
        f"{BULLETINS}/kst-26485-430.html",
        f"{BULLETINS}/kst-26485-435.html",
    ]


def test_every_real_paper_is_listed(get, real):
    index = papers(get(f"{real}verwijzingen/"))

    assert list(index) == ["Kamerstukken", "Documenten", "Officiële", "Wetgeving"]
    assert list(index["Kamerstukken"]) == [
        "Kamerstuk 21 501-02, nr. 2715",
        "Kamerstuk 21 501-02, nr. 2909",
        "Kamerstuk 22 112, nr. 3393",
        "Kamerstuk 26 485, nr. 430",
        "Kamerstuk 26 485, nr. 435",
        "Kamerstuk 29 544, nr. 1243",
        "Kamerstuk 31 985, nr. 80",
        "Kamerstuk 36 547, nr. 4",
    ]
