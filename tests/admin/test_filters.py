"""The filters of the list of entries: what they narrow it to, and for whom."""

from datetime import timedelta

import pytest
from django.utils import timezone

from actions.admin.filters import EntriesOfOrganisation
from actions.models import Progress, StatusEntry
from tests import factories
from tests.actions.test_progress import SO_FAR
from tests.admin.pages import address


@pytest.fixture
def listed(signed_in, coordinator):
    """The entries that the list shows with these filters in its address."""

    def entries(person=coordinator, **filters):
        page = signed_in(person).get(address(StatusEntry, "changelist"), filters)
        return set(page.context["cl"].result_list)

    return entries


@pytest.mark.parametrize("progress", Progress)
def test_entries_that_are_so_far(progress, listed, entry):
    made = {
        each: factories.status_entry(round=entry.round, **SO_FAR[each])
        for each in Progress
        if each != Progress.UNTOUCHED
    }
    made[Progress.UNTOUCHED] = entry

    assert listed(progress=progress.value) == {made[progress]}


@pytest.mark.parametrize(("days", "is_late"), [(-1, True), (0, False), (1, False)])
def test_entries_that_are_late(days, is_late, listed):
    deadline = timezone.localdate() + timedelta(days=days)
    in_round = factories.reporting_round(deadline=deadline)
    made = [factories.status_entry(round=in_round, **values) for values in SO_FAR.values()]

    assert listed(late="yes") == {each for each in made if is_late and each.is_in_hand}


def test_entries_that_an_organisation_writes(listed, entry, other_entry, ministry):
    factories.responsibility(
        action_point=other_entry.action_point, organisation=ministry, role="involved"
    )

    assert listed(organisation=ministry.pk) == {entry}


def test_entries_that_no_organisation_writes(listed, entry, ministry):
    alone = factories.status_entry(round=entry.round)
    factories.responsibility(
        action_point=alone.action_point, organisation=ministry, role="involved"
    )

    assert listed(organisation=EntriesOfOrganisation.NONE) == {alone}


def test_entries_of_a_theme(listed, entry, other_entry):
    elsewhere = factories.status_entry(round=entry.round)

    of_theme = listed(action_point__theme__id__exact=entry.action_point.theme_id)

    assert of_theme == {entry, other_entry}
    assert elsewhere not in of_theme


@pytest.mark.parametrize("name", ["progress", "late", "organisation"])
def test_what_is_no_choice_is_no_filter(name, listed, entry):
    assert listed(**{name: "anders"}) == {entry}


def test_an_editor_chooses_among_the_organisations_of_their_own_entries(
    signed_in, editor, entry, other_entry, ministry
):
    page = signed_in(editor).get(address(StatusEntry, "changelist"))

    [organisations] = [
        each for each in page.context["cl"].filter_specs if isinstance(each, EntriesOfOrganisation)
    ]
    assert organisations.lookup_choices == [(str(ministry.pk), ministry.label)]


def test_no_filter_shows_an_editor_the_entries_of_others(listed, editor, entry, other_entry):
    other = other_entry.action_point.responsibilities.get().organisation

    for filters in (
        {"organisation": other.pk},
        {"organisation": "none"},
        {"progress": "untouched"},
    ):
        assert listed(editor, **filters) <= {entry}
