"""What was published cannot be changed or deleted: not by the program, not in the database."""

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError

from reports.models import Edition, EditionFile
from reports.triggers import create_triggers, drop_triggers
from tests import factories

pytestmark = pytest.mark.django_db

FROZEN = "An edition is frozen"


@pytest.fixture
def edition():
    """A published edition with its files."""
    published = factories.publish(factories.status_entry().round)
    factories.edition_files(published)
    return published


def rows():
    return [list(model.objects.order_by("pk").values()) for model in (Edition, EditionFile)]


@pytest.fixture
def nothing_changes(edition):
    before = rows()
    yield
    assert rows() == before


def run(statement, *parameters):
    """One statement as a person with access to the database gives it."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, parameters)


# --- By the program --------------------------------------------------------------


@pytest.mark.usefixtures("nothing_changes")
@pytest.mark.parametrize("model", [Edition, EditionFile])
class TestProgram:
    def test_refuses_to_save_again(self, model):
        row = model.objects.first()
        row.checksum = "x"
        for values in ({}, {"update_fields": ["checksum"]}, {"force_update": True}):
            with pytest.raises(TypeError, match=FROZEN):
                row.save(**values)

    def test_refuses_to_save_another_in_its_place(self, model):
        row = model.objects.first()
        row._state.adding = True
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save()

    def test_refuses_to_delete(self, model):
        with pytest.raises(TypeError, match=FROZEN):
            model.objects.first().delete()

    def test_refuses_to_update_or_delete_many(self, model):
        with pytest.raises(TypeError, match=FROZEN):
            model.objects.update(checksum="x")
        with pytest.raises(TypeError, match=FROZEN):
            model.objects.all().delete()
        with pytest.raises(TypeError, match=FROZEN):
            model.objects.filter(pk=0).delete()

    def test_refuses_to_update_in_bulk(self, model):
        row = model.objects.first()
        row.checksum = "x"
        with pytest.raises(TypeError, match=FROZEN), transaction.atomic():
            model.objects.bulk_update([row], ["checksum"])
        with pytest.raises(TypeError, match=FROZEN):
            model.objects.bulk_create(
                [row],
                update_conflicts=True,
                update_fields=["checksum"],
                unique_fields=["id"],
            )

    def test_refuses_to_update_or_create(self, model):
        with pytest.raises(TypeError, match=FROZEN), transaction.atomic():
            model.objects.update_or_create(pk=model.objects.first().pk, defaults={"checksum": "x"})

    def test_refuses_to_change_it_through_what_it_belongs_to(self, model):
        edition = Edition.objects.get()
        related = edition.files if model is EditionFile else edition.round.editions
        with pytest.raises(TypeError, match=FROZEN):
            related.update(checksum="x")
        with pytest.raises(TypeError, match=FROZEN):
            related.all().delete()


@pytest.mark.usefixtures("nothing_changes")
def test_what_an_edition_is_of_cannot_be_deleted(edition):
    for row in (edition.round, edition.by):
        with pytest.raises(ProtectedError), transaction.atomic():
            row.delete()


# --- In the database ---------------------------------------------------------------

CHANGES = {
    "document": "UPDATE reports_edition SET document = '{}'",
    "note": "UPDATE reports_edition SET note = 'x'",
    "number": "UPDATE reports_edition SET number = 9, note = 'x'",
    "same round": "UPDATE reports_edition SET round_id = round_id",
    "file": "UPDATE reports_editionfile SET checksum = 'x' WHERE format = 'pdf'",
    "deleted file": "DELETE FROM reports_editionfile WHERE format = 'pdf'",
    "deleted files": "DELETE FROM reports_editionfile",
    "deleted edition": "DELETE FROM reports_edition",
}
# PostgreSQL empties a table with TRUNCATE; SQLite has a DELETE of all rows for that.
EMPTYING = {
    "postgresql": [
        "TRUNCATE reports_edition CASCADE",
        "TRUNCATE reports_editionfile",
        "TRUNCATE actions_reportinground CASCADE",
    ],
    "sqlite": ["DELETE FROM reports_editionfile", "DELETE FROM reports_edition"],
}
# A new row that would take the place of one: by what is unique in it, and by its key.
TAKING_A_PLACE = {
    "edition": (
        "INSERT INTO reports_edition"
        " (round_id, number, note, published_on, at, by_id, document, checksum)"
        " SELECT round_id, number, note, published_on, at, by_id, document, 'x'"
        " FROM reports_edition WHERE true"
        " ON CONFLICT (round_id, number) DO UPDATE SET checksum = 'x'"
    ),
    "edition, by key": (
        "INSERT INTO reports_edition"
        " (id, round_id, number, note, published_on, at, by_id, document, checksum)"
        " SELECT id, round_id, number + 1, 'x', published_on, at, by_id, document, 'x'"
        " FROM reports_edition WHERE true ON CONFLICT (id) DO UPDATE SET checksum = 'x'"
    ),
    "file": (
        "INSERT INTO reports_editionfile (edition_id, format, content, size, checksum)"
        " SELECT edition_id, format, content, size, 'x' FROM reports_editionfile WHERE true"
        " ON CONFLICT (edition_id, format) DO UPDATE SET checksum = 'x'"
    ),
    "file, by key": (
        "INSERT INTO reports_editionfile (id, edition_id, format, content, size, checksum)"
        " SELECT id, edition_id, 'xml', content, size, 'x' FROM reports_editionfile"
        " WHERE format = 'pdf' ON CONFLICT (id) DO UPDATE SET checksum = 'x'"
    ),
}


@pytest.mark.usefixtures("nothing_changes")
@pytest.mark.parametrize("statement", CHANGES.values(), ids=CHANGES)
def test_database_refuses(statement):
    with pytest.raises(IntegrityError, match=FROZEN):
        run(statement)


@pytest.mark.usefixtures("nothing_changes")
def test_database_refuses_to_be_emptied():
    # Else PostgreSQL refuses for another reason: that it still has to check the rows of this test.
    connection.check_constraints()
    for statement in EMPTYING[connection.vendor]:
        with pytest.raises(IntegrityError, match=FROZEN):
            run(statement)


@pytest.mark.usefixtures("nothing_changes")
@pytest.mark.parametrize("statement", TAKING_A_PLACE.values(), ids=TAKING_A_PLACE)
def test_database_refuses_a_row_that_takes_the_place_of_another(statement):
    statements = [statement]
    if connection.vendor == "sqlite":
        # It has a word of its own for this, of which triggers on deletion do not hear.
        insert = statement.partition(" ON CONFLICT")[0]
        statements.append(insert.replace("INSERT", "REPLACE"))
        statements.append(insert.replace("INSERT", "INSERT OR REPLACE"))
    for each in statements:
        with pytest.raises(IntegrityError, match=FROZEN):
            run(each)


@pytest.mark.usefixtures("nothing_changes")
def test_database_takes_what_is_added(edition):
    with transaction.atomic():
        second = factories.publish(edition.round)
        factories.edition_files(second)
        assert Edition.objects.count() == 2
        transaction.set_rollback(True)


def test_guard_is_laid_anew_by_every_migrate_and_may_be_laid_twice(edition):
    drop_triggers()
    with transaction.atomic():
        run(CHANGES["note"])
        transaction.set_rollback(True)

    call_command("migrate", verbosity=0)
    create_triggers()

    for statement in CHANGES.values():
        with pytest.raises(IntegrityError, match=FROZEN):
            run(statement)


# Under the names of ours, triggers that let pass what they should refuse.
OUTDATED = {
    "postgresql": [
        "CREATE TRIGGER reports_edition_is_frozen BEFORE DELETE ON reports_edition"
        " FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()",
    ],
    "sqlite": [
        "CREATE TRIGGER reports_edition_is_not_changed BEFORE UPDATE ON reports_edition"
        " WHEN 0 BEGIN SELECT RAISE(ABORT, 'x'); END",
    ],
}


def test_guard_of_an_earlier_version_is_replaced_by_migrate(edition):
    drop_triggers()
    for statement in OUTDATED[connection.vendor]:
        run(statement)
    with transaction.atomic():
        run(CHANGES["note"])
        transaction.set_rollback(True)

    call_command("migrate", verbosity=0)

    for statement in CHANGES.values():
        with pytest.raises(IntegrityError, match=FROZEN):
            run(statement)


def test_tables_without_rows_may_be_emptied():
    """As the database of a test is, in which nothing was published."""
    for statement in EMPTYING[connection.vendor]:
        run(statement)
    assert rows() == [[], []]
