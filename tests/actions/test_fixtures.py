"""The real plan and its round of 2024: true to the published report, and in our own words."""

import json
import re
from collections import Counter
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.serializers.base import DeserializationError

from actions.models import (
    ActionPoint,
    Organisation,
    Pillar,
    Plan,
    PublishedEntry,
    ReportingRound,
    Responsibility,
    Status,
    StatusEntry,
    Succession,
    Theme,
)
from actions.richtext.html import parse, sanitise
from actions.richtext.tree import Text
from actions.wording import read_responsibility, read_timeline
from reports.models import ReportText
from tests.actions import published

FIXTURES = Path(__file__).resolve().parent.parent.parent / "fixtures"
STRUCTURE, ROUND = "nap-2022-2026", "round-2024"
NUMBERS = list(published.TIMELINES)


@pytest.fixture
def structure(db):
    call_command("loaddata", STRUCTURE, verbosity=0)


@pytest.fixture
def everything(structure):
    call_command("loaddata", ROUND, verbosity=0)


def points():
    return {point.number: point for point in ActionPoint.objects.in_order()}


def entries():
    return {entry.number: entry for entry in StatusEntry.objects.for_report()}


def main_text(rich_text):
    """The text without its footnotes."""
    return " ".join(
        "".join(inline.text for inline in paragraph.content if isinstance(inline, Text))
        for paragraph in rich_text.paragraphs()
    )


# --- Loading -----------------------------------------------------------------


def test_the_structure_loads_without_the_round(structure):
    assert Plan.objects.get().slug == STRUCTURE
    assert ActionPoint.objects.count() == 33
    assert not ReportingRound.objects.exists()
    assert not StatusEntry.objects.exists()


def test_the_round_does_not_load_without_the_structure(db):
    with pytest.raises(DeserializationError, match=ROUND):
        call_command("loaddata", ROUND, verbosity=0)

    assert not ReportingRound.objects.exists()


def test_loading_both_twice_changes_nothing(everything, capsys):
    def dump():
        call_command("dumpdata", "actions", "reports")
        return capsys.readouterr().out

    before = dump()
    call_command("loaddata", STRUCTURE, ROUND, verbosity=0)

    assert dump() == before


def test_what_is_loaded_is_what_the_fixtures_say(everything, capsys):
    call_command(
        *("dumpdata", "actions", "reports"),
        use_natural_foreign_keys=True,
        use_natural_primary_keys=True,
    )
    loaded = {_key(row): row["fields"] for row in json.loads(capsys.readouterr().out)}

    for name in (STRUCTURE, ROUND):
        for row in json.loads((FIXTURES / f"{name}.json").read_text()):
            assert row["fields"].items() <= loaded[_key(row)].items()


def _key(row):
    of_row = ("plan", "slug", "number", "year", "position", "pillar", "theme", "action_point")
    parties = ("round", "organisation", "role", "predecessor", "successor", "label")
    return row["model"], str([row["fields"].get(name) for name in (*of_row, *parties)])


# --- Structure ---------------------------------------------------------------


def test_the_plan_has_three_pillars_sixteen_themes_and_thirty_three_points(structure):
    sizes = {
        pillar.number: [theme.action_points.count() for theme in pillar.themes.all()]
        for pillar in Pillar.objects.all()
    }

    assert sizes == published.THEME_SIZES
    assert (Pillar.objects.count(), Theme.objects.count()) == (3, 16)
    assert list(points()) == NUMBERS


def test_the_plan_runs_from_2022_to_2026(structure):
    plan = Plan.objects.get()

    assert (plan.start_year, plan.end_year) == (2022, 2026)
    assert plan.publisher == "Ministerie van Buitenlandse Zaken"


def test_every_row_keeps_the_rules(everything):
    for model in (Plan, Pillar, Theme, ActionPoint, Organisation, Succession, Responsibility):
        for row in model.objects.all():
            row.full_clean()
    for model in (Status, ReportingRound, StatusEntry, ReportText):
        for row in model.objects.all():
            row.full_clean()


def test_timelines_and_their_dates_are_those_of_the_published_report(structure):
    timelines = {
        number: (point.timeline, (point.start_date, point.end_date))
        for number, point in points().items()
    }

    assert timelines == published.TIMELINES


def test_the_dates_are_what_is_read_from_the_timelines(structure):
    for point in points().values():
        assert (point.start_date, point.end_date) == read_timeline(point.timeline), point


def test_responsibilities_and_their_roles_are_those_of_the_published_report(structure):
    responsibilities = {
        number: (
            point.responsibility,
            {held.organisation.label: held.role for held in point.responsibilities.all()},
        )
        for number, point in points().items()
    }

    assert responsibilities == published.RESPONSIBILITIES


def test_the_roles_are_what_is_read_from_the_responsibilities(structure):
    known = [organisation.label for organisation in Organisation.objects.all()]

    for point in points().values():
        held = point.responsibilities.all()
        parts = read_responsibility(point.responsibility, known)
        assert {(part.organisation, part.role) for part in parts} == {
            (one.organisation.label, one.role) for one in held
        }, point


def test_only_the_organisations_that_changed_in_2024_have_years(structure):
    years = {
        organisation.abbreviation: (organisation.first_year, organisation.last_year)
        for organisation in Organisation.objects.exclude(first_year=None, last_year=None)
    }

    assert years == {
        "EZK": (None, 2024),
        "LNV": (None, 2024),
        "EZ": (2024, None),
        "KGG": (2024, None),
        "LVVN": (2024, None),
    }


def test_ezk_was_split_and_lnv_was_renamed_in_2024(structure):
    successions = set(
        Succession.objects.values_list(
            "predecessor__abbreviation", "successor__abbreviation", "kind", "year"
        )
    )

    assert successions == {
        ("EZK", "EZ", "split", 2024),
        ("EZK", "KGG", "split", 2024),
        ("LNV", "LVVN", "renamed", 2024),
    }


def test_points_and_responsibilities_hold_from_the_first_year_of_the_plan(structure):
    for model in (ActionPoint, Responsibility):
        assert set(model.objects.values_list("first_year", "last_year")) == {(2022, None)}


# --- The round of 2024 -------------------------------------------------------


def test_there_is_no_round_but_the_closed_one_of_2024_of_which_nothing_is_published_yet(everything):
    reporting_round = ReportingRound.objects.get()

    assert (reporting_round.year, reporting_round.stage) == (2024, "closed")
    assert reporting_round.edition == 0
    assert not PublishedEntry.objects.exists()
    # The report names neither.
    assert (reporting_round.reference_date, reporting_round.deadline) == (None, None)


def test_the_statuses_are_those_of_the_published_report(everything):
    statuses = {number: entry.status.label for number, entry in entries().items()}

    assert statuses == published.STATUSES
    assert Counter(statuses.values()) == published.STATUS_COUNTS
    later = {"Geen update ontvangen"}  # the report of 2024 had no word of its own for it
    known = set(Status.objects.values_list("label", flat=True))
    assert known == set(published.STATUS_COUNTS) | later


def test_every_entry_is_approved_and_worded_as_its_point(everything):
    for entry in entries().values():
        assert (entry.stage, entry.is_confirmed) == ("approved", True)
        assert {name: getattr(entry, name) for name in ActionPoint.KEPT} == entry.action_point.kept


def test_every_explanation_is_one_to_three_sentences(everything):
    for number, entry in entries().items():
        text = main_text(parse(entry.explanation))
        sentences = re.split(r"(?<=[.?!])\s+(?=[A-Z'‘])", text)
        assert 1 <= len(sentences) <= 3, (number, sentences)
        assert text.endswith("."), number


@pytest.mark.parametrize("name", [STRUCTURE, ROUND])
def test_every_rich_text_stands_in_the_fixture_in_its_stored_form(name):
    texts = [
        row["fields"][field]
        for row in json.loads((FIXTURES / f"{name}.json").read_text())
        for field in ("explanation", "body", "description")
        if field in row["fields"]
    ]

    assert texts
    assert list(map(sanitise, texts)) == texts


def test_every_reference_of_the_published_report_is_in_the_explanation(everything):
    for number, entry in entries().items():
        at = [entry.explanation_text.find(text) for text in published.REFERENCES.get(number, ())]
        assert -1 not in at, number


def test_there_is_no_reference_that_the_published_report_does_not_have(everything):
    for number, entry in entries().items():
        said = re.findall(r"Kamerstuk|Stcrt\.|nr\. \d+|richtlijn \d", entry.explanation_text)
        expected = re.findall(
            r"Kamerstuk|Stcrt\.|nr\. \d+|richtlijn \d",
            " ".join(published.REFERENCES.get(number, ())),
        )
        assert sorted(said) == sorted(expected), number


def test_the_four_footnotes_stand_at_their_points(everything):
    footnotes = {
        number: notes
        for number, entry in entries().items()
        if (notes := parse(entry.explanation).footnotes())
    }

    assert footnotes.keys() == published.FOOTNOTES.keys()
    for number, beginnings in published.FOOTNOTES.items():
        texts = ["".join(run.text for run in note.content) for note in footnotes[number]]
        assert len(texts) == len(beginnings)
        assert all(map(str.startswith, texts, beginnings)), texts


def test_the_introduction_is_the_only_text_before_the_pillars(everything):
    assert [text.title for text in ReportText.objects.all()] == ["Inleiding"]


# --- Held against the published report itself --------------------------------


@pytest.fixture
def source(sources):
    return (sources / "voortgangsrapportage-2024.txt").read_text()


@pytest.fixture
def rows(source):
    """The six cells of every row of the published report, bare of markup, by number."""
    rows = [
        [re.sub(r"<[^>]*>", "", cell).strip().replace(" .", ".") for cell in line.split("\t")]
        for line in source.splitlines()
        if line.count("\t") == 5 and not line.startswith("Actiepunten\t")
    ]
    return dict(zip(NUMBERS, rows, strict=True))


def test_every_cell_but_the_explanation_is_that_of_the_published_report(rows, everything):
    for number, entry in entries().items():
        assert rows[number][:5] == [
            entry.title,
            entry.goal,
            entry.responsibility,
            entry.timeline,
            entry.status.label,
        ]


def test_the_names_of_pillars_and_themes_are_those_of_the_published_report(source, structure):
    lines = source.splitlines()

    assert all(pillar.title in lines for pillar in Pillar.objects.all())
    in_order = [lines.index(theme.title) for theme in Theme.objects.all()]
    assert in_order == sorted(in_order)


# Names, titles and references cannot be said in other words: each counts as one word.
NAMES = [
    "Nederlands beleid stabiliteit, veiligheid en rechtsorde in enkele van de meest fragiele "
    "contexten",
    "Beleidsnota Mensenrechten - Democratie - Internationale Rechtsorde (overheid.nl)",
    "Beleidsreactie Nederlandse bijdrage aan stabiliteit, veiligheid en rechtsorde in fragiele "
    "contexten en conflictgebieden | Beleidsreactie | Directie Internationaal Onderzoek en "
    "Beleidsevaluatie (IOB) (iob-evaluatie.nl)",
    "Wet toezicht gelijke kansen bij werving en selectie",
    "United Nations Guiding Principles on Business and Human Rights",
    "Nationaal Contactpunt voor de OESO-richtlijnen (NCP)",
    "EU-Chili: 21 501-02, nr. 2715, EU-NZL: 31 985, nr. 80",
]
RUN = 8


def words(text):
    return re.findall(r"\w+", re.sub(r"<[^>]*>", " ", text).casefold())


def runs(text):
    said = " ".join(words(text))
    for at, name in enumerate(NAMES):
        said = said.replace(" ".join(words(name)), f"naam{at}")
    said = said.split()
    return {" ".join(said[at : at + RUN]) for at in range(len(said) - RUN + 1)}


def test_no_explanation_shares_eight_words_on_end_with_the_published_report(source, everything):
    for number, entry in entries().items():
        assert not runs(entry.explanation_text) & runs(source), number


def test_no_other_text_shares_eight_words_on_end_with_the_published_report(source, everything):
    for text in ReportText.objects.all():
        assert not runs(text.body) & runs(source)
    for pillar in Pillar.objects.all():
        assert not runs(pillar.description) & runs(source)


def test_no_explanation_names_a_figure_that_the_published_row_does_not(source, rows, everything):
    footnotes = " ".join(line for line in source.splitlines() if line[:1] in tuple("¹²³⁴"))

    for number, entry in entries().items():
        ours = set(re.findall(r"\d+", entry.explanation_text))
        theirs = set(re.findall(r"\d+", " ".join(rows[number]) + footnotes))
        # The year of the report is what it calls "this year" and "at present".
        assert ours <= theirs | {"2024"}, number
