"""Who answered for a point in a published year stands: such a responsibility can only be ended."""

import re

import pytest

from actions import permissions
from actions.models import ReportingRound, Responsibility
from tests import factories
from tests.admin.pages import address, change, form_values

FIRST = "responsibilities-0-"


@pytest.fixture
def held(ministry):
    """A responsibility since 2022, of a point in the published report on 2023."""
    published = factories.reporting_round(plan=factories.plan(), year=2023, stage="published")
    entry = factories.published_entry(round=published, responsible=ministry)
    return entry.action_point.responsibilities.get()


@pytest.fixture
def free(ministry):
    """A responsibility for a point of which nothing is published yet."""
    return factories.status_entry(responsible=ministry).action_point.responsibilities.get()


def delete(row):
    return address(row, "delete", row.pk)


def save(client, row, **values):
    return client.post(change(row), form_values(client.get(change(row)), **values))


def still_there(row):
    return Responsibility.objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize(
    ("first_year", "last_year", "expected"),
    [
        (2022, None, 2024),
        (2024, None, 2024),
        (2025, None, None),
        (2021, 2021, None),
        (2021, 2022, 2022),
        (2021, 2023, 2022),
    ],
)
def test_the_last_published_year_is_one_in_which_it_held(first_year, last_year, expected, db):
    point = factories.action_point()
    row = factories.responsibility(action_point=point, first_year=first_year, last_year=last_year)
    for year, stage in [(2022, "published"), (2023, "closed"), (2024, "published")]:
        of_year = factories.reporting_round(plan=point.plan, year=year, stage=stage)
        published = stage == "published"
        make = factories.published_entry if published else factories.status_entry
        make(action_point=point, round=of_year)
    elsewhere = factories.reporting_round(plan=point.plan, year=2025, stage="published")
    factories.published_entry(round=elsewhere, responsible=row.organisation)

    assert permissions.last_published_year(row) == expected


def test_a_published_year_stays_so_while_it_is_corrected(held):
    ReportingRound.objects.update(stage="open")

    assert permissions.last_published_year(held) == 2023


# --- On a page of its own ------------------------------------------------------


@pytest.mark.parametrize("is_superuser", [False, True], ids=["coordinator", "root"])
def test_nobody_deletes_one_that_a_published_report_names(is_superuser, signed_in, held):
    person = factories.user(is_superuser=True) if is_superuser else factories.coordinator()
    client = signed_in(person)

    assert client.post(delete(held), {"post": "yes"}).status_code == 403
    forged = {"action": "delete_selected", "_selected_action": [held.pk], "post": "yes"}
    client.post(address(Responsibility, "changelist"), forged)

    assert still_there(held)


def test_its_page_says_to_end_it_instead(signed_in, coordinator, held):
    page = signed_in(coordinator).get(change(held))

    hint = page.context["adminform"].form.fields["last_year"].help_text
    assert "2023" in hint
    assert str(hint) in page.content.decode()


def test_only_its_last_year_can_be_changed(signed_in, coordinator, held, other_ministry):
    forged = {
        "action_point": factories.action_point().pk,
        "organisation": other_ministry.pk,
        "role": "involved",
        "first_year": 2024,
    }
    before = Responsibility.objects.values().get(pk=held.pk)

    assert save(signed_in(coordinator), held, **forged, last_year=2023).status_code == 302

    after = Responsibility.objects.values().get(pk=held.pk)
    assert after == {**before, "last_year": 2023}


def test_it_does_not_end_before_a_published_year(signed_in, coordinator, held):
    page = save(signed_in(coordinator), held, last_year=2022)

    [error] = page.context["adminform"].form.errors["last_year"]
    assert "2023" in error


def test_one_of_which_nothing_is_published_is_changed(signed_in, coordinator, free):
    assert save(signed_in(coordinator), free, role="involved").status_code == 302

    free.refresh_from_db()
    assert free.role == "involved"


def test_one_of_which_nothing_is_published_is_deleted(signed_in, coordinator, free):
    assert signed_in(coordinator).post(delete(free), {"post": "yes"}).status_code == 302

    assert not still_there(free)


# --- On the page of its point --------------------------------------------------


@pytest.mark.parametrize("last_year", ["", "2023"])
def test_the_page_of_its_point_refuses_to_delete_it(last_year, signed_in, coordinator, held):
    values = {f"{FIRST}DELETE": "on", f"{FIRST}last_year": last_year}

    page = save(signed_in(coordinator), held.action_point, **values)

    [inline, _entries] = page.context["inline_admin_formsets"]
    [error] = inline.formset.non_form_errors()
    assert "2023" in error
    assert still_there(held)


def test_the_page_of_its_point_changes_only_its_last_year(
    signed_in, coordinator, held, other_ministry
):
    values = {
        f"{FIRST}organisation": other_ministry.pk,
        f"{FIRST}role": "involved",
        f"{FIRST}first_year": 2024,
        f"{FIRST}last_year": 2023,
    }
    before = Responsibility.objects.values().get(pk=held.pk)

    assert save(signed_in(coordinator), held.action_point, **values).status_code == 302

    after = Responsibility.objects.values().get(pk=held.pk)
    assert after == {**before, "last_year": 2023}


def test_the_page_of_its_point_deletes_one_of_which_nothing_is_published(
    signed_in, coordinator, free
):
    save(signed_in(coordinator), free.action_point, **{f"{FIRST}DELETE": "on"})

    assert not still_there(free)


def test_every_field_of_a_row_says_what_it_is(signed_in, coordinator, held):
    page = signed_in(coordinator).get(change(held.action_point)).content.decode()

    fields = re.findall(r'<(?:input|select)[^>]*name="responsibilities-0-(\w+)"[^>]*>', page)
    named = re.findall(
        r'<(?:input|select)[^>]*name="responsibilities-0-(\w+)"[^>]*aria-label="[^"]+"', page
    )
    assert {"organisation", "role", "first_year", "last_year"} <= set(fields)
    assert set(fields) - set(named) <= {"id", "action_point", "DELETE"}
