"""The command that reads a published report into the register."""

from dataclasses import replace

import pytest
from django.core.management import CommandError, call_command

from actions.models import (
    ActionPoint,
    EntryTransition,
    Organisation,
    Pillar,
    Plan,
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
from reports.document import ThemePart
from reports.models import ReportText
from reports.readers import published_text
from reports.writers import json_file, office
from tests import factories
from tests.reports.edited import edit
from tests.reports.published import document, row, text, with_rows

Role = Responsibility.Role


def refused(import_report, report, **options):
    with pytest.raises(CommandError) as caught:
        import_report(report, **options)
    return str(caught.value)


def runs(text):
    """Every run of a text, those of its footnotes too."""
    for paragraph in text.paragraphs():
        for inline in paragraph.content:
            yield from inline.content if isinstance(inline, Footnote) else [inline]


# --- The real file -----------------------------------------------------------


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


# --- What is written ---------------------------------------------------------


def test_report_becomes_a_closed_round_with_its_texts(plan, import_report):
    import_report(document(row()))
    reporting_round = plan.rounds.get(year=2024)
    entry = reporting_round.entries.get()
    assert reporting_round.title == "Voortgangsrapportage nationaal actieplan"
    assert (reporting_round.stage, reporting_round.edition) == (ReportingRound.Stage.CLOSED, 0)
    assert ReportText.objects.get(pillar=None).title == "Inleiding"
    assert entry.status.label == "Doorlopend"
    assert entry.explanation == "<p>De gids is in de maak.</p>"
    assert entry.title == entry.action_point.title == "Een gids maken"
    assert entry.is_confirmed


def test_history_says_where_a_change_came_from(plan, import_report):
    import_report(document(row()))
    record = StatusEntry.history.get()
    assert record.history_change_reason == "Ingelezen uit rapportage.txt"
    assert record.history_user is None


def test_read_again_changes_nothing(plan, import_report, everything):
    import_report(document(row(), row("Twee")))
    before = everything()
    printed = import_report(document(row(), row("Twee")))
    assert everything() == before
    assert "Nieuw" not in printed


def test_dry_run_shows_what_would_change_and_changes_nothing(plan, import_report, everything):
    import_report(document(row()))
    before = everything()
    printed = import_report(document(row(status="Voltooid")), dry_run=True)
    assert "jaarlijkse stand: 1.1.1 (2024) (stand van zaken)" in printed
    assert "er is niets gewijzigd" in printed
    assert everything() == before


def test_responsibility_is_read_with_roles(plan, import_report):
    factories.organisation(abbreviation="RIVM", name="Rijksinstituut")
    import_report(document(row(responsibility="RIVM, in opdracht van IenW")))
    assert set(Responsibility.objects.values_list("organisation__name", "role", "first_year")) == {
        ("Rijksinstituut", Role.EXECUTING, 2022),
        ("IenW", Role.RESPONSIBLE, 2022),
    }


def test_organisation_named_by_abbreviation_and_by_name_is_responsible_once(plan, import_report):
    factories.organisation(abbreviation="BZ", name="Ministerie van Buitenlandse Zaken")
    import_report(document(row(responsibility="BZ, Buitenlandse Zaken")))
    assert Responsibility.objects.get().organisation.abbreviation == "BZ"


def test_timeline_is_read_with_dates(plan, import_report):
    import_report(document(row(timeline="Maart – augustus 2022")))
    point = ActionPoint.objects.get()
    assert (str(point.start_date), str(point.end_date)) == ("2022-03-01", "2022-08-31")


def test_dates_and_roles_mended_by_hand_stay_while_the_wording_does(plan, import_report):
    import_report(document(row()))
    ActionPoint.objects.update(end_date=None)
    Responsibility.objects.update(role=Role.COORDINATING)
    import_report(document(row(status="Voltooid")))
    assert ActionPoint.objects.get().end_date is None
    assert Responsibility.objects.get().role == Role.COORDINATING


# --- What the public sees of it ----------------------------------------------


PAGES = (
    "/",
    "/nap/",
    "/nap/actiepunten/",
    "/nap/actiepunten/1.1.1/",
    "/nap/rapportages/",
    "/nap/rapportages/2024/",
)


def pages(client):
    return [client.get(address).content for address in PAGES]


def test_what_was_read_is_seen_by_nobody_until_it_is_published(plan, import_report, client):
    printed = import_report(document(row()))

    assert [client.get(address).status_code for address in PAGES] == [200, *[404] * 5]
    assert "manage.py publish_report --plan nap --year 2024 --by …\n" in printed

    factories.publish(plan.rounds.get())
    assert [client.get(address).status_code for address in PAGES] == [200] * 6


def test_published_round_that_a_file_changes_waits_for_its_next_edition(
    plan, import_report, client
):
    import_report(document(row()))
    factories.publish(plan.rounds.get())
    before = pages(client)

    printed = import_report(document(row(status="Voltooid", goal="Een ander doel")))

    reporting_round = plan.rounds.get()
    assert (reporting_round.stage, reporting_round.edition) == (ReportingRound.Stage.CLOSED, 1)
    assert pages(client) == before
    assert "--by … --note …" in printed

    factories.publish(reporting_round)
    assert "Een ander doel" in client.get("/nap/rapportages/2024/").content.decode()
    assert "Een ander doel" in client.get("/nap/actiepunten/").content.decode()


@pytest.mark.parametrize("part", ["title", "section"])
def test_published_round_of_which_a_file_changes_only_a_text_waits_as_well(
    plan, import_report, client, part
):
    import_report(document(row()))
    factories.publish(plan.rounds.get())
    before = pages(client)
    old = {"title": "Voortgangsrapportage nationaal", "section": "Dit is de inleiding"}[part]

    import_report(text(document(row())).replace(old, "Een nieuwe tekst"))

    assert not plan.rounds.get().is_published
    assert pages(client) == before


def test_published_round_that_a_file_does_not_change_stays_published(plan, import_report, client):
    import_report(document(row()))
    factories.publish(plan.rounds.get())
    before = pages(client)

    printed = import_report(document(row()))

    assert plan.rounds.get().is_published
    assert pages(client) == before
    assert "publish_report" not in printed


def test_report_of_another_year_leaves_a_published_round_published(plan, import_report):
    import_report(document(row()))
    factories.publish(plan.rounds.get())

    import_report(document(row(goal="Een ander doel")), year=2025)

    assert plan.rounds.get(year=2024).is_published
    assert not plan.rounds.get(year=2025).is_published


# --- Other years -------------------------------------------------------------


@pytest.mark.parametrize(
    "title",
    [
        "een  gids maken",
        "Een gids maken.",
        "<p>Een <i>gids</i> maken</p>",
        "Een gids‑maken",
        "‘Een gids maken’",
        "Een\u00a0gids maken",
    ],
)
def test_point_of_an_earlier_year_is_found_by_its_title(plan, import_report, title):
    import_report(document(row("Eerst iets anders"), row("Een gids maken")))
    later = text(document(row("X"), row("Eerst iets anders"))).replace("\nX\t", f"\n{title}\t")
    import_report(later, year=2025)
    assert ActionPoint.objects.count() == 2
    assert set(
        StatusEntry.objects.values_list("round__year", "action_point__number").order_by()
    ) == {(2024, "1.1.1"), (2024, "1.1.2"), (2025, "1.1.1"), (2025, "1.1.2")}
    assert (
        StatusEntry.objects.get(round__year=2025, action_point__number="1.1.1").title
        == "Eerst iets anders"
    )


def test_point_that_a_later_report_lacks_is_named_and_ends_the_year_before(plan, import_report):
    import_report(document(row("Een"), row("Twee")))
    printed = import_report(document(row("Twee")), year=2025)
    assert "1.1.1 Een" in printed
    assert "Niet in het bestand: 1 actiepunt." in printed
    assert ActionPoint.objects.get(number="1.1.1").last_year == 2024
    assert ActionPoint.objects.get(number="1.1.2").last_year is None


def test_new_point_of_a_later_report_gets_the_next_number_of_its_theme(plan, import_report):
    import_report(document(row("Een"), row("Twee")))
    import_report(document(row("Drie"), row("Een"), row("Twee")), year=2025)
    point = ActionPoint.objects.get(title="Drie")
    assert (point.number, point.first_year) == ("1.1.3", 2025)


def test_new_point_much_like_a_missing_one_is_pointed_out(plan, import_report):
    import_report(document(row("Metten effect van inkoop door overheden"), row("Iets anders")))
    later = document(row("Meten effect van inkoop door overheden"), row("Iets anders"))
    printed = import_report(later, year=2025, dry_run=True)
    assert "“1.1.3 Meten effect van inkoop door overheden” is nieuw en lijkt sterk op" in printed


def test_new_point_unlike_a_missing_one_is_not_pointed_out(plan, import_report):
    import_report(document(row("Een gids maken"), row("Iets anders")))
    printed = import_report(document(row("Toezicht houden"), row("Iets anders")), year=2025)
    assert "lijkt sterk op" not in printed


def test_number_of_an_ended_point_is_not_given_again(plan, import_report):
    import_report(document(row("Een"), row("Twee")))
    import_report(document(row("Een"), row("Drie")), year=2025)
    assert ActionPoint.objects.get(title="Drie").number == "1.1.3"


def test_point_that_comes_back_is_in_the_plan_again(plan, import_report):
    import_report(document(row("Een"), row("Twee")))
    import_report(document(row("Twee")), year=2025)
    import_report(document(row("Een"), row("Twee")), year=2026)
    assert ActionPoint.objects.get(title="Een").last_year is None


def test_renamed_organisation_takes_over_and_the_old_year_keeps_its_name(plan, import_report):
    old = factories.organisation(abbreviation="EZK", name="Economische Zaken en Klimaat")
    new = factories.organisation(abbreviation="EZ", name="Economische Zaken", first_year=2024)
    import_report(document(row(responsibility="EZK")))
    import_report(document(row(responsibility="EZ")), year=2025)
    assert set(Responsibility.objects.values_list("organisation", "first_year", "last_year")) == {
        (old.pk, 2022, 2024),
        (new.pk, 2025, None),
    }
    assert list(
        StatusEntry.objects.order_by("round__year").values_list("responsibility", flat=True)
    ) == ["EZK", "EZ"]


def test_organisation_that_is_not_known_is_added_and_named(plan, import_report):
    printed = import_report(document(row(responsibility="JenV, Raad voor Rechtsbijstand")))
    assert set(Organisation.objects.values_list("abbreviation", "name", "slug")) == {
        ("JenV", "JenV", "JenV"),
        ("", "Raad voor Rechtsbijstand", "raad-voor-rechtsbijstand"),
    }
    assert "organisatie: Raad voor Rechtsbijstand" in printed


def test_new_wording_of_a_later_year_leaves_the_earlier_year_as_it_was(plan, import_report):
    import_report(document(row(goal="Het oude doel")))
    import_report(document(row(goal="Het nieuwe doel")), year=2025)
    goals = StatusEntry.objects.order_by("round__year").values_list("goal", flat=True)
    assert list(goals) == ["Het oude doel", "Het nieuwe doel"]
    assert ActionPoint.objects.get().goal == "Het nieuwe doel"


def test_report_page_of_an_earlier_year_stays_the_same_to_the_byte(plan, import_report, client):
    import_report(document(row()))
    factories.publish(plan.rounds.get(year=2024))
    before = client.get("/nap/rapportages/2024/").content
    later = document(row(goal="Een nieuw doel", timeline="2025", responsibility="SZW"))
    later = text(later).replace("Staten beschermen mensen.", "Iets heel anders.")

    import_report(later, year=2025)
    factories.publish(plan.rounds.get(year=2025))

    assert client.get("/nap/rapportages/2024/").content == before
    assert "Iets heel anders." in client.get("/nap/rapportages/2025/").content.decode()


def test_point_that_only_a_draft_round_follows_is_not_ended(plan, import_report):
    import_report(document(row("Een")))
    factories.reporting_round(plan=plan, year=2025, stage="preparing")
    import_report(document(row("Een"), row("Twee")))
    assert ActionPoint.objects.get(title="Twee").last_year is None


def test_report_of_an_earlier_year_leaves_the_present_as_it_is(plan, import_report):
    import_report(document(row("Een", goal="Nu"), row("Twee")), year=2025)
    import_report(document(row("Een", goal="Toen")), year=2023)
    assert ActionPoint.objects.get(title="Een").goal == "Nu"
    assert StatusEntry.objects.get(round__year=2023).goal == "Toen"
    assert ActionPoint.objects.get(title="Twee").last_year is None


def test_point_known_under_the_title_of_an_earlier_year_is_found(plan, import_report):
    import_report(document(row("De oude titel")))
    point = ActionPoint.objects.get()
    point.title = "De nieuwe titel"
    point.save()
    import_report(document(row("De oude titel", status="Voltooid")))
    assert ActionPoint.objects.count() == 1


def test_file_of_the_same_year_that_was_cut_off_takes_nothing_away(plan, import_report):
    import_report(document(row("Een"), row("Twee")))
    printed = import_report(document(row("Een")))
    assert "Niet in het bestand: 1 actiepunt." in printed
    assert StatusEntry.objects.count() == 2
    assert ActionPoint.objects.get(title="Twee").last_year is None


def test_cover_of_another_year_is_noted(plan, import_report):
    assert "op de voorkant staat 2024" in import_report(document(row(), year=2024), year=2025)


# --- What is refused: one sentence, and nothing is changed -------------------


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
