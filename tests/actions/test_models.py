"""What the models of the register do on their own."""

import pytest
from django.core.exceptions import ValidationError

from actions.models import (
    ActionPoint,
    Organisation,
    Plan,
    ReportingRound,
    StatusEntry,
    Succession,
    Theme,
)
from actions.models.plans import RESERVED_SLUGS
from tests import factories

pytestmark = pytest.mark.django_db


# --- Plans -------------------------------------------------------------------


@pytest.mark.parametrize("slug", RESERVED_SLUGS)
def test_a_plan_cannot_take_the_address_of_another_page(slug):
    row = Plan(slug=slug, title="NAP", publisher="BZ", start_year=2022, end_year=2026)

    with pytest.raises(ValidationError) as refusal:
        row.full_clean()

    assert list(refusal.value.message_dict) == ["slug"]


@pytest.mark.parametrize("slug", ["nap-2022-2026", "beheerplan", "api-2030", "nlnap"])
def test_a_plan_may_begin_like_the_address_of_another_page(slug):
    Plan(slug=slug, title="NAP", publisher="BZ", start_year=2022, end_year=2026).full_clean()


def test_the_years_of_a_plan_include_its_last():
    assert list(factories.plan(start_year=2022, end_year=2024).years) == [2022, 2023, 2024]


def test_a_theme_takes_plan_and_short_name_from_pillar_and_title():
    theme = Theme.objects.create(pillar=factories.pillar(), position=1, title="IMVO steunpunt")

    assert (theme.plan, theme.slug) == (theme.pillar.plan, "imvo-steunpunt")


def test_a_theme_keeps_its_address_when_its_title_changes():
    theme = factories.theme(title="Rijksinkoop")

    theme.title = "Inkoop door het Rijk"
    theme.save()

    assert theme.slug == "rijksinkoop"


# --- Rounds and entries ------------------------------------------------------


@pytest.mark.parametrize(
    ("year", "fits"), [(2021, False), (2022, True), (2026, True), (2027, False)]
)
def test_a_round_is_of_a_year_of_its_plan(year, fits):
    row = ReportingRound(plan=factories.plan(start_year=2022, end_year=2026), year=year)

    if fits:
        row.full_clean()
    else:
        with pytest.raises(ValidationError) as refusal:
            row.full_clean()
        assert list(refusal.value.message_dict) == ["year"]


def test_an_entry_of_another_plans_point_is_refused():
    row = StatusEntry(
        round=factories.reporting_round(), action_point=factories.action_point(), title="Punt"
    )

    with pytest.raises(ValidationError) as refusal:
        row.full_clean()

    assert list(refusal.value.message_dict) == ["action_point"]


def test_only_a_published_round_is_published():
    stages = [
        stage
        for stage in ReportingRound.Stage.values
        if factories.reporting_round(stage=stage).is_published
    ]

    assert stages == ["published"]


def test_an_entry_takes_the_wording_of_its_point():
    point = factories.action_point(
        title="Titel", goal="Doel", responsibility="BZ, FIN", timeline="2022"
    )

    entry = factories.status_entry(action_point=point)

    assert (entry.title, entry.goal) == ("Titel", "Doel")
    assert (entry.responsibility, entry.timeline) == ("BZ, FIN", "2022")


def test_an_entry_that_brings_its_own_wording_keeps_it():
    entry = factories.status_entry(title="Zoals het toen heette", goal="")

    entry.refresh_from_db()

    assert (entry.title, entry.goal) == ("Zoals het toen heette", "")


def test_entries_made_in_bulk_are_worded_as_their_points():
    point = factories.action_point(title="Een titel")
    in_round = factories.reporting_round(plan=point.plan)

    StatusEntry.objects.bulk_create([StatusEntry(action_point=point, round=in_round)])

    assert StatusEntry.objects.get().title == "Een titel"


@pytest.mark.parametrize("stage", ["preparing", "open"])
def test_the_wording_of_an_entry_follows_its_point_while_the_round_is(stage):
    point = factories.action_point()
    in_round = factories.reporting_round(plan=point.plan, stage=stage)
    entry = factories.status_entry(action_point=point, round=in_round)

    point.title, point.goal = "Nieuwe titel", "Nieuw doel"
    point.responsibility, point.timeline = "SZW", "2025"
    point.save()

    entry.refresh_from_db()
    assert point.kept == {name: getattr(entry, name) for name in ActionPoint.KEPT}


@pytest.mark.parametrize("stage", ["open", "closed"])
def test_the_wording_of_an_older_year_stays_also_when_its_round_is(stage):
    plan = factories.plan()
    point = factories.action_point(
        theme=factories.theme(pillar=factories.pillar(plan=plan)), title="Oude titel"
    )
    older = factories.status_entry(
        action_point=point, round=factories.reporting_round(plan=plan, year=2024, stage=stage)
    )
    newer = factories.status_entry(
        action_point=point, round=factories.reporting_round(plan=plan, year=2025)
    )

    point.title = "Nieuwe titel"
    point.save()

    older.refresh_from_db()
    newer.refresh_from_db()
    assert (older.title, newer.title) == ("Oude titel", "Nieuwe titel")


def test_the_wording_of_an_entry_stays_once_its_round_is_closed():
    entry = factories.status_entry(round=factories.reporting_round(stage="closed"))
    before = entry.title

    entry.action_point.title = "Nieuwe titel"
    entry.action_point.save()

    entry.refresh_from_db()
    assert entry.title == before


def test_the_wording_of_an_entry_stays_once_its_round_is_published():
    entry = factories.published_entry(action_point=factories.action_point(title="Oude titel"))
    open_entry = factories.status_entry(action_point=entry.action_point)

    entry.action_point.title = "Nieuwe titel"
    entry.action_point.save()

    entry.refresh_from_db()
    open_entry.refresh_from_db()
    assert (entry.title, open_entry.title) == ("Oude titel", "Nieuwe titel")


def test_the_wording_of_other_points_entries_stays():
    entry, other = factories.status_entry(), factories.status_entry()
    before = other.title

    entry.action_point.title = "Nieuwe titel"
    entry.action_point.save()

    other.refresh_from_db()
    assert other.title == before


# --- Organisations and statuses ----------------------------------------------


@pytest.mark.parametrize(
    ("abbreviation", "name", "slug"),
    [
        ("IenW", "Infrastructuur en Waterstaat", "IenW"),
        ("", "Raad voor Rechtsbijstand", "raad-voor-rechtsbijstand"),
        ("", "Financiën", "financien"),
        ("V&J", "Veiligheid en Justitie", "V-J"),
        ("O.M.", "Openbaar Ministerie", "O-M"),
    ],
)
def test_the_address_of_an_organisation_is_its_abbreviation_or_name(abbreviation, name, slug):
    row = Organisation(abbreviation=abbreviation, name=name)

    row.full_clean()
    row.save()

    assert row.slug == slug
    Organisation._meta.get_field("slug").run_validators(row.slug)


def test_an_organisation_keeps_its_address_when_its_name_changes():
    row = factories.organisation(abbreviation="EZK")

    row.abbreviation = "EZ"
    row.save()

    assert (row.slug, row.label, str(row)) == ("EZK", "EZ", "EZ")


def test_an_organisation_without_abbreviation_is_called_by_its_name():
    assert factories.organisation(abbreviation="", name="Raad").label == "Raad"


def test_an_organisation_knows_what_succeeded_it_and_what_it_succeeded():
    ezk, ez, kgg = (factories.organisation(abbreviation=name) for name in ("EZK", "EZ", "KGG"))
    for successor in (ez, kgg):
        Succession.objects.create(predecessor=ezk, successor=successor, kind="split", year=2024)

    assert set(ezk.successors.all()) == {ez, kgg}
    assert list(kgg.predecessors.all()) == [ezk]
    assert [str(row) for row in Succession.objects.all()] == ["EZK → EZ (2024)", "EZK → KGG (2024)"]


def test_the_address_of_a_status_comes_from_its_label_and_stays():
    row = factories.status(label="In (formele) consultatie")

    row.label = "In consultatie"
    row.save()

    assert row.slug == "in-formele-consultatie"


# --- Natural keys ------------------------------------------------------------


@pytest.mark.parametrize(
    "factory",
    [
        *(factories.plan, factories.pillar, factories.theme, factories.action_point),
        *(factories.organisation, factories.responsibility, factories.status),
        *(factories.reporting_round, factories.status_entry, factories.report_text),
        factories.cover_letter,
    ],
)
def test_a_row_is_found_by_its_natural_key(factory):
    factory()
    row = factory()

    assert type(row).objects.get_by_natural_key(*row.natural_key()) == row
