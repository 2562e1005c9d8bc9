"""The database itself refuses to change or delete what was published, whoever asks it to.

The triggers are laid into the database after every `migrate`: where a later migration has to make
one of the tables anew, they are there again.
"""

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.models import UniqueConstraint

from reports.models import Edition, EditionFile

TABLES = {model._meta.db_table: model for model in (Edition, EditionFile)}

# ERRCODE 23001 (restrict_violation) reaches Django as an IntegrityError, as on SQLite.
_POSTGRESQL_BODY = """
DECLARE has_rows boolean := true;
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        EXECUTE format('SELECT EXISTS (SELECT FROM %I)', TG_TABLE_NAME) INTO has_rows;
    END IF;
    IF has_rows THEN
        RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = '23001';
    END IF;
    RETURN NULL;
END """
_POSTGRESQL_FUNCTION = (
    "CREATE OR REPLACE FUNCTION reports_refuse_change() RETURNS trigger LANGUAGE plpgsql"
    f" AS $${_POSTGRESQL_BODY}$$"
)
# Those that stand and are not switched off, each as one makes it.
_STANDING = {
    "postgresql": f"""
        SELECT tgname, pg_get_triggerdef(pg_trigger.oid, true)
        FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid
        WHERE tgenabled IN ('O', 'A') AND prosrc = $${_POSTGRESQL_BODY}$$
    """,  # noqa: S608
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'",
}


def create_triggers(*, using=DEFAULT_DB_ALIAS, **_signal):
    """Make the triggers as they are here, whatever stood in their place. Receives post_migrate."""
    connection = connections[using]
    with transaction.atomic(using=using), connection.cursor() as cursor:
        tables = [each for each in connection.introspection.table_names(cursor) if each in TABLES]
        for statement in _droppings(connection.vendor, tables):
            cursor.execute(statement)
        for statement in _statements(connection.vendor, tables):
            cursor.execute(statement)


def missing_triggers(*, using=DEFAULT_DB_ALIAS) -> list[str]:
    """The names of the triggers that do not stand in the database as they are here."""
    connection = connections[using]
    with connection.cursor() as cursor:
        cursor.execute(_STANDING[connection.vendor])
        standing = dict(cursor.fetchall())
    return [
        name
        for table in TABLES
        for name, statement in _triggers(connection.vendor, table).items()
        if standing.get(name) != statement
    ]


def drop_triggers(*, using=DEFAULT_DB_ALIAS):
    """Take the triggers away, for a test that has to empty the database."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for statement in _droppings(connection.vendor, TABLES):
            cursor.execute(statement)


def _droppings(vendor, tables):
    for table in tables:
        of_table = f" ON {table}" if vendor == "postgresql" else ""
        for name in _triggers(vendor, table):
            yield f"DROP TRIGGER IF EXISTS {name}{of_table}"


def _statements(vendor, tables):
    if vendor == "postgresql" and tables:
        yield _POSTGRESQL_FUNCTION
    for table in tables:
        yield from _triggers(vendor, table).values()


def _triggers(vendor, table) -> dict[str, str]:
    """The statement that makes each trigger of a table, by its name.

    In the words in which the database gives it back, so that the two can be compared.
    """
    if vendor == "postgresql":
        refuse = f"EXECUTE FUNCTION reports_refuse_change('{Edition.APPEND_ONLY}')"
        when = {
            "is_frozen": f"BEFORE DELETE OR UPDATE ON {table} FOR EACH ROW {refuse}",
            "is_not_emptied": f"BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {refuse}",
        }
    else:
        refuse = f"BEGIN SELECT RAISE(ABORT, '{Edition.APPEND_ONLY}'); END"
        # A REPLACE deletes the row in whose place it comes, and no trigger hears of that.
        taken = f"EXISTS (SELECT 1 FROM {table} WHERE {_is_same(TABLES[table])})"  # noqa: S608
        when = {
            "is_not_changed": f"BEFORE UPDATE ON {table} {refuse}",
            "is_not_deleted": f"BEFORE DELETE ON {table} {refuse}",
            "is_not_replaced": f"BEFORE INSERT ON {table} WHEN {taken} {refuse}",
        }
    return {
        f"{table}_{name}": f"CREATE TRIGGER {table}_{name} {rest}" for name, rest in when.items()
    }


def _is_same(model):
    """The condition, in SQL, that a row is the one whose place the new row would take."""
    unique = [each for each in model._meta.constraints if isinstance(each, UniqueConstraint)]
    keys = [[model._meta.pk.name], *(each.fields for each in unique)]
    columns = [[model._meta.get_field(name).column for name in names] for names in keys]
    return " OR ".join(" AND ".join(f"{each} = NEW.{each}" for each in key) for key in columns)
