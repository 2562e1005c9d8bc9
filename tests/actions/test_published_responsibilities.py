"""Who is responsible is published with an entry, as a copy."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db.models import ProtectedError

from actions.models import PublishedResponsibility
from tests import factories

pytestmark = pytest.mark.django_db


def published():
    fields = ("entry__round__year", "entry__action_point", "organisation", "role")
    return sorted(PublishedResponsibility.objects.values_list(*fields))


def test_a_published_entry_has_the_responsibilities_of_its_year():
    point = factories.action_point()
    before = factories.responsibility(action_point=point, first_year=2022, last_year=2022)
    since = factories.responsibility(action_point=point, first_year=2023, role="executing")
    for year in (2022, 2023):
        of_year = factories.reporting_round(plan=point.plan, year=year, stage="published")
        factories.published_entry(action_point=point, round=of_year)

    assert published() == [
        (2022, point.pk, before.organisation_id, "responsible"),
        (2023, point.pk, since.organisation_id, "executing"),
    ]


def test_a_role_that_is_recorded_twice_for_a_year_is_published_once():
    held = factories.responsibility(first_year=2022)
    factories.responsibility(
        action_point=held.action_point, organisation=held.organisation, first_year=2023
    )
    of_year = factories.reporting_round(plan=held.action_point.plan, year=2023, stage="published")

    factories.published_entry(action_point=held.action_point, round=of_year)

    assert published() == [(2023, held.action_point_id, held.organisation_id, "responsible")]


def test_an_organisation_that_a_published_entry_names_is_not_deleted():
    held = factories.responsibility()
    factories.published_entry(action_point=held.action_point)
    organisation = held.organisation
    held.delete()

    with pytest.raises(ProtectedError, match="PublishedResponsibility"):
        organisation.delete()


def test_the_migration_copies_what_was_public_before_there_were_copies():
    """Every year keeps the responsibilities that its pages showed: those in force in it."""
    point = factories.action_point()
    factories.responsibility(action_point=point, first_year=2021, last_year=2022)
    factories.responsibility(action_point=point, first_year=2023, last_year=2023)
    twice = factories.responsibility(action_point=point, first_year=2022)
    factories.responsibility(action_point=point, organisation=twice.organisation, first_year=2024)
    for year in (2022, 2023, 2024):
        of_year = factories.reporting_round(plan=point.plan, year=year, stage="published")
        factories.published_entry(action_point=point, round=of_year)
    factories.status_entry(responsible=factories.organisation())
    expected = published()
    assert len(expected) == 2 + 2 + 1
    PublishedResponsibility.objects.all().delete()

    migration = import_module("actions.migrations.0004_published_responsibilities")
    migration.copy_what_is_public(apps, None)

    assert published() == expected
