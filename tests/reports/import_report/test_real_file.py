"""The command reads the real report of 2024 into the register."""

from dataclasses import replace

import pytest
from django.core.management import call_command

from actions.models import (
    ActionPoint,
    Pillar,
    ReportingRound,
    Responsibility,
    Status,
    StatusEntry,
    Theme,
)
from actions.references_in_text import link_references
from actions.richtext.tree import Footnote
from reports.apply import apply
from reports.build import build
from reports.readers import published_text
from tests import factories


def runs(text):
    """Every run of a text, those of its footnotes too."""
    for paragraph in text.paragraphs():
        for inline in paragraph.content:
            yield from inline.content if isinstance(inline, Footnote) else [inline]


@pytest.fixture
def real(sources):
    return (sources / "voortgangsrapportage-2024.txt").read_text()


def test_real_file_fills_a_plan_of_which_only_the_structure_is_there(
    structure, import_report, real
):
    printed = import_report(real, plan=structure.slug)
    reporting_round = ReportingRound.objects.get()
    assert reporting_round.stage == ReportingRound.Stage.CLOSED
    assert reporting_round.entries.count() == 33
    assert set(reporting_round.entries.values_list("stage", flat=True)) == {"approved"}
    assert "actiepunten" in printed
    assert "Niet in het bestand: 0 actiepunten." in printed


def test_real_file_fills_a_plan_without_pillars(plan, import_report, real):
    Status.objects.all().delete()
    import_report(real, create_statuses=True)
    assert Pillar.objects.count() == 3
    assert Theme.objects.count() == 16
    assert list(ActionPoint.objects.in_order().values_list("number", flat=True))[-4:] == [
        "3.5.1",
        "3.5.2",
        "3.5.3",
        "3.5.4",
    ]
    assert Status.objects.count() == 7


def test_real_file_reads_the_same_structure_as_the_fixture_has(structure, import_report, real):
    def responsibilities(of_plan):
        return {
            (each.action_point.number, each.organisation.label, each.role)
            for each in Responsibility.objects.filter(action_point__plan=of_plan)
        }

    def dates(of_plan):
        return list(
            of_plan.action_points.in_order().values_list("number", "start_date", "end_date")
        )

    empty = factories.plan(slug="leeg", start_year=2022, end_year=2026)
    import_report(real, plan="leeg")
    assert responsibilities(empty) == responsibilities(structure)
    assert dates(empty) == dates(structure)


def test_real_file_replaces_our_summaries_and_nothing_else(structure, import_report, real):
    call_command("loaddata", "round-2024.json", verbosity=0)
    before = list(ActionPoint.objects.order_by("pk").values())
    printed = import_report(real, plan=structure.slug)
    assert list(ActionPoint.objects.order_by("pk").values()) == before
    assert "jaarlijkse stand: 1.1.1 (2024) (toelichting)" in printed
    assert StatusEntry.objects.filter(version=2).count() == 33


def test_real_file_read_again_changes_nothing(structure, import_report, real, everything):
    import_report(real, plan=structure.slug)
    before = everything()
    import_report(real, plan=structure.slug)
    assert everything() == before


def test_what_was_read_from_the_real_file_is_what_the_report_is_built_of(
    structure, import_report, real
):
    import_report(real, plan=structure.slug)
    read = published_text.read(real.encode())
    built = build(ReportingRound.objects.get())
    assert [replace(each, number="") for each in built.rows()] == [
        replace(each, explanation=link_references(each.explanation)) for each in read.rows()
    ]
    assert replace(built, pillars=(), labels=()) == replace(read, pillars=())
    assert {label.label for label in built.labels} == {each.status for each in read.rows()}
    assert [part.description for part in built.pillars] == [
        part.description for part in read.pillars
    ]


def test_references_of_the_real_file_are_links_in_what_is_built_and_not_in_what_is_stored(
    structure, import_report, real
):
    import_report(real, plan=structure.slug)
    built = build(ReportingRound.objects.get())
    addresses = [
        run.link for text in built.texts() for run in runs(text) if "/kst-26485-" in run.link
    ]
    assert addresses == [
        "https://zoek.officielebekendmakingen.nl/kst-26485-435.html",
        "https://zoek.officielebekendmakingen.nl/kst-26485-430.html",
    ]
    assert not StatusEntry.objects.filter(explanation__contains="officielebekendmakingen").exists()


def test_a_report_with_links_on_its_references_is_stored_without_them(
    structure, import_report, real, everything
):
    import_report(real, plan=structure.slug)
    before = everything()
    built = build(ReportingRound.objects.get())
    apply(built, plan=structure, year=2024, reason="test")
    assert everything() == before
