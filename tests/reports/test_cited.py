"""The index of papers that a report cites."""

from dataclasses import replace

from actions.richtext.html import parse
from reports.cited import cited
from reports.document import Section
from tests.reports import published


def document(*explanations, **texts):
    rows = [
        published.row(explanation=f"<p>{text}</p>", number=f"1.1.{nth}", **texts)
        for nth, text in enumerate(explanations, 1)
    ]
    return published.document(*rows)


def labels(report):
    return [paper.label for paper in cited(report)]


def test_a_paper_has_the_numbers_of_the_points_that_cite_it_each_once():
    report = document(
        "Zie Kamerstuk 26 485, nr. 430 en Kamerstuk 26485 430.",
        "Niets.",
        'Zie<span class="footnote">Kamerstuk 26485, nr. 430</span>.',
    )

    [paper] = cited(report)

    assert paper.label == "Kamerstuk 26 485, nr. 430"
    assert paper.address.startswith("https://")
    assert paper.numbers == ("1.1.1", "1.1.3")


def test_papers_are_in_the_order_of_their_kinds_and_numbers():
    report = document(
        "Richtlijn 2024/1760, Stcrt. 2024, 25516, Kamerstuk 26485, nr. 430, Kamerstuk 26485, nr. 80"
    )

    assert labels(report)[:2] == ["Kamerstuk 26 485, nr. 80", "Kamerstuk 26 485, nr. 430"]
    assert "25516" in labels(report)[2]
    assert "2024/1760" in labels(report)[3]


def test_a_journal_that_is_too_old_has_no_address():
    [paper] = cited(document("Zie Stcrt. 2005, 12."))

    assert (paper.label, paper.address) == ("Stcrt. 2005, 12", "")


def test_a_paper_that_only_a_text_before_the_tables_cites_has_no_numbers():
    report = replace(
        document("Niets."),
        sections=(Section("Inleiding", parse("<p>Zie Kamerstuk 26 485, nr. 430.</p>")),),
    )

    assert [paper.numbers for paper in cited(report)] == [()]


def test_every_cell_of_a_row_is_read():
    for name in ("title", "goal", "responsibility", "timeline"):
        assert labels(document("Niets.", **{name: "Zie Kamerstuk 26 485, nr. 430"}))


def test_a_report_that_cites_nothing_has_no_index():
    assert cited(document("Niets.")) == []
