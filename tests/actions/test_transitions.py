"""The log of an entry's stages is only ever added to, and no stage changes beside it."""

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from actions.models import EntryTransition, StatusEntry
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def transition():
    return EntryTransition.objects.create(
        entry=factories.status_entry(),
        by=factories.coordinator(),
        from_stage="draft",
        to_stage="submitted",
        remark="Ingediend",
    )


def remarks():
    return list(EntryTransition.objects.values_list("remark", flat=True))


def test_a_transition_is_logged_with_its_moment(transition):
    assert remarks() == ["Ingediend"]
    assert transition.at is not None


def save(transition):
    transition.save()


def update(_transition):
    EntryTransition.objects.update(remark="Vervalst")


def update_through_the_entry(transition):
    transition.entry.transitions.update(remark="Vervalst")


def bulk_update(transition):
    EntryTransition.objects.bulk_update([transition], ["remark"])


def update_or_create(transition):
    EntryTransition.objects.update_or_create(pk=transition.pk, defaults={"remark": "Vervalst"})


def bulk_create_over_what_is_there(transition):
    EntryTransition.objects.bulk_create(
        [transition], update_conflicts=True, unique_fields=["id"], update_fields=["remark"]
    )


def delete(transition):
    transition.delete()


def delete_all(_transition):
    EntryTransition.objects.all().delete()


def delete_through_the_entry(transition):
    transition.entry.transitions.all().delete()


@pytest.mark.parametrize(
    "change",
    [
        save,
        update,
        update_through_the_entry,
        bulk_update,
        update_or_create,
        bulk_create_over_what_is_there,
        delete,
        delete_all,
        delete_through_the_entry,
    ],
)
def test_a_logged_transition_is_not_changed_by(change, transition):
    transition.remark = "Vervalst"

    with pytest.raises(TypeError, match="only added to"), transaction.atomic():
        change(transition)

    assert remarks() == ["Ingediend"]


def test_a_new_transition_does_not_take_the_place_of_a_logged_one(transition):
    forged = EntryTransition(
        pk=transition.pk,
        entry=transition.entry,
        by=transition.by,
        at=transition.at,
        from_stage="draft",
        to_stage="approved",
        remark="Vervalst",
    )

    with pytest.raises(IntegrityError), transaction.atomic():
        forged.save()

    assert remarks() == ["Ingediend"]


@pytest.mark.parametrize("party", ["entry", "by"])
def test_what_the_log_speaks_of_is_not_deleted(party, transition):
    with pytest.raises(ProtectedError):
        getattr(transition, party).delete()


def test_the_latest_transition_comes_first(transition):
    later = EntryTransition.objects.create(
        entry=transition.entry, by=transition.by, from_stage="submitted", to_stage="draft"
    )

    assert list(transition.entry.transitions.all()) == [later, transition]


# --- The stage of an entry ---------------------------------------------------


def write_stage_by_update(entry):
    StatusEntry.objects.filter(pk=entry.pk).update(stage="approved")


def write_stage_through_the_round(entry):
    entry.round.entries.update(stage="approved")


def write_stage_by_bulk_update(entry):
    StatusEntry.objects.bulk_update([entry], ["stage"])


def write_stage_over_what_is_there(entry):
    StatusEntry.objects.bulk_create(
        [entry], update_conflicts=True, unique_fields=["id"], update_fields=["stage"]
    )


@pytest.mark.parametrize(
    "write",
    [
        write_stage_by_update,
        write_stage_through_the_round,
        write_stage_by_bulk_update,
        write_stage_over_what_is_there,
    ],
)
def test_no_query_changes_a_stage_beside_the_log(write):
    entry = factories.status_entry()
    entry.stage = "approved"

    with pytest.raises(TypeError, match="only by a move"):
        write(entry)

    entry.refresh_from_db()
    assert entry.stage == "draft"
