"""What the command refuses: one sentence, and nothing is changed."""

from dataclasses import replace

import pytest
from django.core.management import CommandError, call_command

from actions.models import (
    EntryTransition,
    Plan,
    ReportingRound,
    Responsibility,
    StatusEntry,
)
from reports.build import build
from reports.document import ThemePart
from reports.readers import Margin
from reports.writers import json_file, office
from tests import factories
from tests.reports.edited import edit
from tests.reports.import_report.refusal import refused
from tests.reports.office_files import edited
from tests.reports.published import document, row, text, with_rows


@pytest.fixture
def changes_nothing(plan, import_report, everything):
    import_report(document(row("Een"), row("Twee")))
    before = everything()
    yield
    assert everything() == before


pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("changes_nothing")
class TestRefusals:
    def test_unknown_status_is_named_with_the_known_ones_and_the_line(self, import_report):
        message = refused(import_report, document(row("Een", status="Bijna klaar")))
        assert message.startswith("Regel ")
        assert "“Bijna klaar” bestaat niet" in message
        assert "“Doorlopend”" in message
        assert message.endswith("Er is niets gewijzigd.")

    def test_row_with_too_few_cells(self, import_report):
        broken = text(document(row("Een"))).replace("\tDoorlopend\t", " ")
        assert "heeft 4 cellen" in refused(import_report, broken)

    def test_two_rows_of_one_title(self, import_report):
        message = refused(import_report, document(row("Een"), row("een.")))
        assert message.startswith("Regel ")
        assert "staat twee keer in de rapportage (ook op: Regel " in message

    def test_pillar_that_does_not_fit(self, import_report):
        report = document(row("Een"))
        pillar = replace(report.pillars[0], title="Iets heel anders")
        message = refused(import_report, replace(report, pillars=(pillar,)))
        assert message.startswith("Regel ")
        assert "geen pijler “Iets heel anders”" in message

    def test_theme_that_does_not_fit(self, import_report):
        report = text(document(row("Een"))).replace("\nInkoop\n", "\nUitkoop\n")
        message = refused(import_report, report)
        assert message.startswith("Regel ")
        assert "geen thema “Uitkoop”. De thema's zijn: “Inkoop”" in message

    @pytest.mark.parametrize("year", [2021, 2027, 0, -1, 99999])
    def test_year_outside_the_plan(self, import_report, year):
        message = refused(import_report, document(row("Een")), year=year)
        assert "loopt van 2022 tot en met 2026" in message

    def test_unknown_plan(self, import_report):
        message = refused(import_report, document(row("Een")), plan="nap-2030")
        assert "geen actieplan “nap-2030”. Bekende actieplannen: nap." in message

    def test_round_that_is_being_worked_on(self, import_report):
        ReportingRound.objects.update(stage="preparing")
        try:
            assert "wordt gewerkt" in refused(import_report, document(row("Een")))
        finally:
            ReportingRound.objects.update(stage="closed")

    def test_file_that_does_not_exist(self):
        with pytest.raises(CommandError, match="bestaat niet"):
            call_command("import_report", "weg.txt", plan="nap", year=2024)

    def test_folder_instead_of_a_file(self, tmp_path):
        with pytest.raises(CommandError, match="kan niet worden gelezen"):
            call_command("import_report", str(tmp_path), plan="nap", year=2024)

    def test_file_over_ten_megabytes(self, import_report):
        assert "10 MB" in refused(import_report, b"a" * 10_000_001)

    def test_title_longer_than_fits(self, import_report):
        report = document(row("Een", status="Stand " * 30))
        message = refused(import_report, report, create_statuses=True)
        assert message.startswith("Regel ")
        assert "100 tekens" in message

    def test_error_in_the_last_row_undoes_the_first(self, import_report):
        report = document(row("Een", status="Voltooid"), row("Twee", status="Bijna klaar"))
        assert "Bijna klaar" in refused(import_report, report)


@pytest.mark.parametrize("edition", [0, 1])
def test_round_that_is_open_is_refused_also_for_a_correction(plan, import_report, edition):
    in_round = factories.reporting_round(plan=plan, year=2024, edition=edition)

    assert "wordt gewerkt (fase: open)" in refused(import_report, document(row()))
    assert not in_round.entries.exists()


def test_round_that_the_ministries_closed_and_nobody_published_is_refused(plan, import_report):
    import_report(document(row()))
    EntryTransition.objects.create(
        entry=StatusEntry.objects.get(),
        from_stage="submitted",
        to_stage="approved",
        by=factories.coordinator(),
    )

    assert "wordt gewerkt" in refused(import_report, document(row(status="Voltooid")))
    assert StatusEntry.objects.get().status.label == "Doorlopend"


@pytest.mark.parametrize("write", [json_file.write, office.write_docx, office.write_odt])
def test_a_file_of_ours_is_read_as_a_published_text_is(write, plan, import_report):
    import_report(document(row("Een"), row("Twee")))
    file = build(ReportingRound.objects.get())

    printed = import_report(write(edit(file, "Twee", status="Voltooid")))

    assert "jaarlijkse stand: 1.1.2 (2024) (stand van zaken)" in printed
    assert [each.status.label for each in StatusEntry.objects.in_order()] == [
        "Doorlopend",
        "Voltooid",
    ]


def test_remarks_in_a_file_are_told(plan, import_report):
    import_report(document(row("Een"), row("Twee")))
    remark = "<office:annotation><text:p>Klopt dit?</text:p></office:annotation>"
    data = office.write_odt(build(ReportingRound.objects.get()))

    printed = import_report(edited(data, "content.xml", "De gids", f"{remark}De gids"))

    assert Margin(1).sentences()[0] in printed


def test_a_file_that_is_no_report_is_refused_by_what_it_is(plan, import_report):
    assert "Dit is een pdf." in refused(import_report, b"%PDF-1.7")


def test_unknown_status_is_added_when_asked(plan, import_report):
    printed = import_report(document(row(status="Bijna klaar")), create_statuses=True)
    assert StatusEntry.objects.get().status.label == "Bijna klaar"
    assert "stand van zaken: Bijna klaar" in printed


@pytest.mark.parametrize(
    ("label", "said"), [("Doorlópend", "korte naam"), ("§", "letter of cijfer")]
)
def test_new_status_that_makes_no_address_of_its_own_is_refused(plan, import_report, label, said):
    message = refused(import_report, document(row(status=label)), create_statuses=True)
    assert message.startswith("Regel ")
    assert said in message.lower()


def test_abbreviation_longer_than_fits_is_refused(plan, import_report):
    message = refused(import_report, document(row(responsibility="AB" * 30)))
    assert "40 tekens" in message


def test_responsibility_that_names_nobody_known_keeps_what_was_held_and_says_so(
    plan, import_report
):
    import_report(document(row(responsibility="BZ")))
    printed = import_report(document(row(responsibility="nader te bepalen")), year=2025)
    assert "1.1.1: in “nader te bepalen” is geen organisatie herkend" in printed
    assert Responsibility.objects.get().last_year is None


def test_report_that_lacks_a_pillar_is_refused(plan, import_report):
    report = document(row("Een"))
    second = replace(
        report.pillars[0], number=2, title="Bedrijven", themes=(ThemePart("Zorg", (row("B"),)),)
    )
    import_report(replace(report, pillars=(*report.pillars, second)))
    message = refused(import_report, report, year=2025)
    assert "“Bedrijven”" in message
    assert not ReportingRound.objects.filter(year=2025).exists()


def test_point_of_another_theme_does_not_fit(plan, import_report):
    report = document(row("Een"))
    pillar = report.pillars[0]
    two_themes = replace(
        pillar, themes=(*pillar.themes, replace(pillar.themes[0], title="Twee", rows=(row("B"),)))
    )
    import_report(replace(report, pillars=(two_themes,)))
    moved = with_rows(replace(report, pillars=(two_themes,)), row("B"))
    moved = replace(moved, pillars=(replace(moved.pillars[0], themes=moved.pillars[0].themes[:1]),))
    assert "is actiepunt 1.2.1 van het thema “Twee”" in refused(import_report, moved, year=2025)


def test_plans_do_not_touch_each_other(plan, import_report):
    factories.plan(slug="later", start_year=2022, end_year=2030)
    import_report(document(row()))
    import_report(document(row()), plan="later")
    assert [each.action_points.count() for each in Plan.objects.all()] == [1, 1]
