"""The list of reports, and the report of a year as a page."""

import pytest

from actions.models import ReportingRound, StatusEntry
from reports.build import build
from tests import factories
from tests.public.conftest import publish_again
from tests.reports.documents import as_version_1

NOTE = '<p>{}<span class="footnote">Noot bij {}</span></p>'


def test_list_holds_the_published_years_latest_first(get, nap):
    factories.reporting_round(plan=nap.plan, year=2024)
    page = get("/nap/rapportages/")
    heads = page.all("h2")
    assert [each["href"] for head in heads for each in page.all("a", within=head)] == [
        "/nap/rapportages/2023/",
        "/nap/rapportages/2022/",
    ]


def test_report_says_what_its_document_says_in_that_order(get, nap):
    document = build(nap.rounds[2023])
    page = get("/nap/rapportages/2023/")
    text = page.one("main").text
    expected = [document.publisher, document.title, "2023", "Inleiding", "Inleiding van 2023."]
    for pillar in document.pillars:
        expected += [f"{pillar.number}", pillar.title]
        for theme in pillar.themes:
            expected.append(theme.title)
            for row in theme.rows:
                expected += [row.number, row.title, row.goal, row.responsibility, row.timeline]
                expected += [row.status, row.explanation.plain_text()]
    at = text.index("Inleiding van 2023.")
    for each in expected[5:]:
        assert each in text[at:], each
        at += text[at:].index(each) + len(each)


def test_schema_of_the_json_is_linked_beside_it(get, nap):
    for address in ("/en/nap/rapportages/2023/", "/en/nap/rapportages/2022/editie-1/"):
        page = get(address)
        [item] = [each for each in page.all("li") if "JSON" in page.texts("a", within=each)]
        link = page.one("a", within=item, href="/static/schemas/report-2.json")
        assert link.text == "Schema of the JSON"
    assert len(page.all("a", href="/static/schemas/report-2.json")) == 1


def test_edition_of_an_earlier_schema_is_shown_and_leads_to_that(get, nap, monkeypatch):
    with monkeypatch.context() as before:
        before.setattr(factories, "to_data", as_version_1)
        factories.edition_files(factories.publish(nap.rounds[2023]))

    for address in ("/nap/", "/nap/rapportages/", "/nap/rapportages/2023/"):
        assert len(get(address).all("a", href="/static/schemas/report-1.json")) == 1
    newer = get("/nap/rapportages/2023/editie-1/")
    assert len(newer.all("a", href="/static/schemas/report-2.json")) == 1


def test_report_says_what_is_worded_otherwise(get, nap):
    entry = nap.points[0].entries.get(round=nap.rounds[2023])
    entry.goal, entry.timeline = "In andere woorden", "2022-2027"
    entry.save()
    publish_again(nap)

    def said(language):
        page = get(f"{language}/nap/rapportages/2023/")
        table = page.one("table", class_="changes-table")
        [row] = [each for each in page.all("tr", within=table) if "1.1.1" in each.text][:1]
        return page.texts("td", within=row)

    assert said("") == ["Anders verwoord: doelstelling, tijdlijn"]
    assert said("/en") == ["Worded differently: goal, timeline"]


def test_what_the_report_refers_to_is_a_link(get, nap):
    entry = nap.points[0].entries.get(round=nap.rounds[2023])
    entry.explanation = "<p>Zie Kamerstuk 26 485, nrs. 430 en 435.</p>"
    entry.save()
    publish_again(nap)
    page = get("/nap/rapportages/2023/")
    table = page.all("table", class_="report-table")[0]
    address = "https://zoek.officielebekendmakingen.nl/kst-26485-{}.html".format
    assert page.one("a", within=table, href=address(430)).text == "Kamerstuk 26 485, nrs. 430"
    assert page.one("a", within=table, href=address(435)).text == "435"
    cited = page.one("ul", class_="cited-list")
    assert page.one("a", within=cited, href=address(435)).text == "Kamerstuk 26 485, nr. 435"


def test_report_has_a_table_of_six_columns_per_theme(get, nap):
    page = get("/en/nap/rapportages/2023/")
    tables = page.all("table", class_="report-table")
    assert [page.one("caption", within=each).text for each in tables] == [
        "Action points: Arbeid",
        "Action points: Inkoop",
        "Action points: Zorgvuldigheid",
    ]
    for table in tables:
        assert page.texts("th", within=table, scope="col") == [
            "Action point",
            "Goal",
            "Responsibility",
            "Timeline",
            "State of play",
            "Explanation",
        ]


def test_contents_lead_to_every_part(get, nap):
    page = get("/nap/rapportages/2023/")
    links = page.all("a", within=page.one("nav", class_="contents"))
    heads = {
        each["id"]: each.text
        for each in page.elements
        if each.tag in ("h2", "h3") and each.get("id")
    }
    assert [heads[each["href"].removeprefix("#")].split()[-1] for each in links] == [
        each.text.split()[-1] for each in links
    ]
    # Of each text, pillar and theme; and of the overview, the changes and the cited papers.
    assert len(links) == (1 + 2 + 3) + 3


@pytest.fixture
def with_notes(nap):
    """A note in the introduction, in the description of a pillar and in three explanations."""
    of_year = nap.rounds[2023]
    text = of_year.report_texts.get()
    text.body = NOTE.format("Inleiding", "de inleiding")
    text.save()
    pillar = nap.points[0].theme.pillar
    pillar.description = NOTE.format("Pijler", "de pijler")
    pillar.save()
    for point in (nap.points[0], nap.points[1], nap.points[3]):
        entry = point.entries.get(round=of_year)
        entry.explanation = NOTE.format("Punt", point.number)
        entry.save()
    publish_again(nap)
    return nap


def test_footnotes_are_numbered_through_the_report_and_stand_under_their_table(get, with_notes):
    page = get("/nap/rapportages/2023/")
    marks = page.all("a", role="doc-noteref")
    assert [each.text for each in marks] == ["1", "2", "3", "4", "5"]
    assert [each["href"] for each in marks] == [f"#noot-{at}" for at in range(1, 6)]
    notes = [page.one("li", id=f"noot-{at}") for at in range(1, 6)]
    assert [each.text.split("↩")[0].strip() for each in notes] == [
        "Noot bij de inleiding",
        "Noot bij de pijler",
        "Noot bij 1.1.1",
        "Noot bij 1.1.2",
        "Noot bij 2.1.1",
    ]
    lists = page.all("ol", class_="notes__list")
    assert [each["start"] for each in lists] == ["1", "2", "3", "5"]
    for mark, note in zip(marks, notes, strict=True):
        section = [each for each in mark.parents if each.tag == "section"][-1]
        assert note.is_in(section)
        assert page.one("a", within=note, role="doc-backlink")["href"] == f"#{mark['id']}"


def test_lists_of_footnotes_have_names_of_their_own(get, with_notes):
    page = get("/nap/rapportages/2023/")
    names = []
    for notes in page.all(role="doc-endnotes"):
        itself, heading = notes["aria-labelledby"].split()
        assert itself == notes["id"]
        names.append(f"{notes['aria-label']} {page.one(id=heading).text}")
    assert len(names) == len(set(names)) == 4
    assert names[0] == "Voetnoten Inleiding"


def test_report_keeps_the_wording_of_its_year(get, nap):
    StatusEntry.objects.filter(round=nap.rounds[2022], action_point=nap.points[0]).update(
        title="Zoals het heette"
    )
    publish_again(nap)
    assert "Zoals het heette" in get("/nap/rapportages/2022/").one("main").text
    assert "Zoals het heette" not in get("/nap/rapportages/2023/").one("main").text


def test_status_in_a_report_has_its_tone_or_else_a_neutral_one(get, nap):
    page = get("/nap/rapportages/2023/")
    badges = [
        badge
        for table in page.all("table", class_="report-table")
        for badge in page.all("span", within=table, class_="status")
    ]
    assert [badge.classes[-1] for badge in badges] == [
        "status--done",
        "status--needs_attention",
        "status--done",
        "status--needs_attention",
    ]


def test_real_report_has_33_rows_and_four_footnotes_in_order(get, real):
    document = build(ReportingRound.objects.get())
    page = get(f"{real}rapportages/2024/")
    tables = page.all("table", class_="report-table")
    rows = [row for table in tables for row in page.texts("th", within=table, scope="row")]
    assert rows == [" ".join(f"{row.number} {row.title}".split()) for row in document.rows()]
    assert len(rows) == 33
    assert len(tables) == 16
    assert page.texts("a", role="doc-noteref") == ["1", "2", "3", "4"]
    assert [each["id"] for each in page.all("li", class_="notes__note")] == [
        "noot-1",
        "noot-2",
        "noot-3",
        "noot-4",
    ]
