"""The command reads a report beside those of other years."""

import pytest

from actions.models import (
    ActionPoint,
    Organisation,
    Responsibility,
    StatusEntry,
)
from tests import factories
from tests.reports.published import document, row, text


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


def test_translation_goes_with_the_words_that_it_translates(plan, import_report):
    import_report(document(row(goal="Het oude doel")))
    point = ActionPoint.objects.get()
    point.title_en, point.goal_en = "To make a guide", "The old goal"
    point.save()
    StatusEntry.objects.update(title_en="To make a guide", goal_en="The old goal")
    import_report(document(row(goal="Het nieuwe doel")), year=2025)
    import_report(document(row(goal="Het oude doel")))
    kept = StatusEntry.objects.order_by("round__year").values_list("title_en", "goal_en")
    assert list(kept) == [("To make a guide", "The old goal"), ("To make a guide", "")]
    point.refresh_from_db()
    assert (point.title_en, point.goal_en) == ("To make a guide", "")


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
