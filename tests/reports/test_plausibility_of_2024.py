"""What the checks find in the real report of 2024: each finding was looked up in it by hand."""

from datetime import date

import pytest

from actions import services
from actions.models import ReportingRound
from actions.plausibility import findings_of_entry, findings_of_round
from tests import factories

# The words that depend on when one reads, in the order of the text.
RELATIVE_TIMES = {
    "1.1.2": ["Op dit moment"],
    "1.2.1": ["Op dit moment"],
    "1.2.2": ["nu", "komende periode"],
    "1.3.2": ["dit jaar"],
    "1.4.2": ["Momenteel"],
    "1.6.1": ["Momenteel", "afgelopen jaren", "op dit moment"],
    "1.6.2": ["Momenteel", "komende jaren"],
    "1.8.1": ["Vooralsnog"],
    "1.8.2": ["recent"],
    "2.1.1": ["jl."],
    "2.1.2": ["jl.", "jl."],
    "2.1.3": ["nu"],
    "2.2.1": ["jl."],
    "3.2.2": ["jl."],
    "3.5.4": ["op dit moment"],
}
# The years of texts that speak of no later one.
EARLIER_YEARS = {
    "1.1.1": "2020, 2023",
    "1.1.2": "2023",
    "1.5.1": "2023",
    "1.6.1": "2023",
    "1.7.2": "2023",
    "2.3.2": "2022",
    "3.1.3": "2023",
    "3.3.1": "2019",
}
OVERDUE = {
    "1.8.1": "2023-12-31 in-formele-consultatie",
    "2.3.1": "2022-08-31 doorlopend",
    "3.1.1": "2023-12-31 in-formele-consultatie",
    "3.2.2": "2022-12-31 doorlopend",
    "3.5.3": "2023-12-31 niet-van-toepassing",
}


@pytest.fixture
def round_2024(structure, import_report, sources):
    report = (sources / "voortgangsrapportage-2024.txt").read_text()
    import_report(report, plan=structure.slug)
    return ReportingRound.objects.get()


def by_check(findings):
    """For each check the evidence of each finding, with the number of its point."""
    found = {}
    for each in findings:
        found.setdefault(each.check, []).append((each.entry.number, each.evidence))
    return found


def test_the_report_of_2024_has_these_findings_and_no_others(round_2024):
    found = by_check(findings_of_round(round_2024))

    relative = [(number, words.partition(": ")[0]) for number, words in found.pop("relative_time")]
    assert relative == [
        (point, words) for point in RELATIVE_TIMES for words in RELATIVE_TIMES[point]
    ]
    assert found == {
        "overdue": list(OVERDUE.items()),
        "earlier_years": list(EARLIER_YEARS.items()),
        "not_applicable": [("3.5.3", "Vanuit JenV kan geen update worden verschaft.")],
    }


def test_each_entry_of_2024_has_the_findings_it_has_in_its_round(round_2024):
    entries = round_2024.entries.for_report()

    found = [finding for entry in entries for finding in findings_of_entry(entry)]

    assert found == findings_of_round(round_2024)


def test_a_round_of_2025_that_nobody_has_worked_on(round_2024):
    year_2025 = ReportingRound.objects.create(
        plan=round_2024.plan,
        year=2025,
        reference_date=date(2025, 10, 1),
        deadline=date(2025, 12, 1),
    )
    services.open_round(reporting_round=year_2025, by=factories.coordinator())

    found = by_check(findings_of_round(year_2025))

    numbers = [entry.number for entry in year_2025.entries.in_order()]
    assert found["unchanged"] == [(number, "2024 100%") for number in numbers]
    # EZK and LNV existed in 2024, and two more points have come to their end.
    assert found["ended_organisation"] == [
        ("1.4.1", "EZK: responsibilities, wording, explanation"),
        ("1.4.2", "EZK: responsibilities, wording, explanation"),
        ("1.4.2", "LNV: explanation"),
    ]
    assert {number for number, _evidence in found["overdue"]} == {*OVERDUE, "1.5.1", "1.7.1"}
    new = {"1.3.1", "1.4.1", "2.1.1", "2.3.1"}
    assert {number for number, _evidence in found["earlier_years"]} == {*EARLIER_YEARS, *new}
