"""What the command writes of a published report, and what the public sees of it."""

import pytest

from actions.models import (
    ActionPoint,
    ReportingRound,
    Responsibility,
    StatusEntry,
)
from reports.models import ReportText
from tests import factories
from tests.reports.published import document, row, text

Role = Responsibility.Role


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
