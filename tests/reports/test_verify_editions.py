"""The command that shows whether what was published is still what it was."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from actions.models import Citation, Pillar, PublishedResponsibility, Status, Theme
from reports.formats import Format, WrittenFile
from reports.models import Edition
from reports.triggers import TABLES, create_triggers, drop_triggers
from reports.writers import json_file
from tests import factories
from tests.reports.documents import as_version_1
from tests.reports.publishing import close_again, closed_round, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def corrected():
    """A round of which two editions are published."""
    coordinator = factories.coordinator()
    explanation = "<p>Zie Kamerstuk 26 485, nr. 430 en Stcrt. 2024, 25516.</p>"
    in_round = closed_round(year=2023, explanation=explanation)
    factories.responsibility(action_point=in_round.entries.get().action_point)
    publish(in_round, coordinator)
    close_again(in_round, coordinator)
    publish(in_round, coordinator, note="Een verwijzing is verbeterd.")
    return in_round


@pytest.fixture
def tamper():
    """Change what is frozen, as someone who can take the guards away and lays them back."""

    def execute(statement, *parameters):
        drop_triggers()
        with connection.cursor() as cursor:
            cursor.execute(statement, parameters)
            assert cursor.rowcount > 0, "nothing was changed"
        create_triggers()

    return execute


@pytest.fixture
def verify(capsys):
    """Run the command; returns what it prints, and what it says differs, a line for each."""

    def run():
        code, said = 0, []
        try:
            call_command("verify_editions")
        except CommandError as error:
            code, said = error.returncode, [str(error)]
        printed = capsys.readouterr()
        differs = [*printed.err.splitlines(), *said]
        # It is by this that a nightly job knows.
        assert (code != 0) == bool(differs)
        return printed.out.splitlines(), differs

    return run


def test_all_is_well(corrected, verify):
    lines, differs = verify()

    assert differs == []
    assert len(lines) == 3
    for number, line in zip((2, 1), lines, strict=False):
        assert str(Edition.objects.get(number=number)) in line
        # Of two plans, both may have a report on a year.
        assert corrected.plan.title in line
    assert lines[-1] == "2 edities gecontroleerd, niets wijkt af."


def test_nothing_published_is_well_too(db, verify):
    assert verify() == (["0 edities gecontroleerd, niets wijkt af."], [])


def test_editions_of_the_first_version_are_well(db, verify, monkeypatch):
    before = factories.published_entry(title="Zoals het heette")
    factories.publish(before.round)
    later = closed_round(
        plan=before.round.plan, year=before.round.year + 1, action_point=before.action_point
    )
    monkeypatch.setattr(json_file, "to_data", as_version_1)
    edition = publish(later, factories.coordinator(), files=without_schema)

    assert edition.document["version"] == 1
    assert edition.document["changes"]["items"]
    assert b"$schema" not in bytes(edition.files.get(format=Format.JSON).content)
    assert [each for each in verify()[1] if str(edition) in each] == []


def without_schema(document):
    *others, _json = factories.written_files(document)
    return [*others, WrittenFile(Format.JSON, json.dumps(as_version_1(document)).encode())]


def test_editions_are_well_in_which_fewer_references_were_recognised(db, verify, monkeypatch):
    in_round = closed_round(explanation="<p>Zie Kamerstuk 26 485, nr. 430.</p>")
    monkeypatch.setattr("reports.build.link_references", lambda text: text)
    publish(in_round, factories.coordinator())
    monkeypatch.undo()

    assert verify()[1] == []


# What is tampered with in the first edition: how, and what must be named of it.
TAMPERING = {
    "document": ("UPDATE reports_edition SET document = %s WHERE number = 1", ["document", "JSON"]),
    "checksum": ("UPDATE reports_edition SET checksum = 'x' WHERE number = 1", ["document"]),
    # What stands beside the document, and is shown on the page of the edition.
    "note": ("UPDATE reports_edition SET note = 'Niets.' WHERE number = 1", ["document"]),
    "day": (
        "UPDATE reports_edition SET published_on = '2020-01-01' WHERE number = 1",
        ["document"],
    ),
    "file": (
        "UPDATE reports_editionfile SET content = %s WHERE format = 'pdf'"
        " AND edition_id = (SELECT id FROM reports_edition WHERE number = 1)",
        ["PDF"],
    ),
    "file, as text": (
        "UPDATE reports_editionfile SET content = 'x' WHERE format = 'pdf'"
        " AND edition_id = (SELECT id FROM reports_edition WHERE number = 1)",
        ["PDF"],
    ),
    "JSON, as text": (
        "UPDATE reports_editionfile SET content = 'x' WHERE format = 'json'"
        " AND edition_id = (SELECT id FROM reports_edition WHERE number = 1)",
        ["JSON", "JSON"],
    ),
    "size of a file": (
        "UPDATE reports_editionfile SET size = 1 WHERE format = 'odt'"
        " AND edition_id = (SELECT id FROM reports_edition WHERE number = 1)",
        ["ODT"],
    ),
    "checksum of a file": (
        "UPDATE reports_editionfile SET checksum = 'x' WHERE format = 'docx'"
        " AND edition_id = (SELECT id FROM reports_edition WHERE number = 1)",
        ["DOCX"],
    ),
    "file that is gone": (
        "DELETE FROM reports_editionfile WHERE format = 'docx'"
        " AND edition_id = (SELECT id FROM reports_edition WHERE number = 1)",
        ["DOCX"],
    ),
    "file under another format": (
        "UPDATE reports_editionfile SET format = 'xml' WHERE format = 'pdf'"
        " AND edition_id = (SELECT id FROM reports_edition WHERE number = 1)",
        ["PDF", "xml"],
    ),
}


def parameters(what):
    """What the statement puts in the place of what was there."""
    if what == "document":
        data = Edition.objects.get(number=1).document
        return [json.dumps({**data, "title": "Een andere titel"})]
    return [b"Een ander bestand"] if what == "file" else []


@pytest.mark.parametrize("what", TAMPERING)
def test_what_was_tampered_with_is_named_and_nothing_else(corrected, verify, tamper, what):
    statement, named = TAMPERING[what]
    tamper(statement, *parameters(what))

    lines, differs = verify()

    *sentences, total = differs
    assert len(sentences) == len(named)
    for sentence, name in zip(sentences, named, strict=True):
        assert str(Edition.objects.get(number=1)) in sentence
        assert name in sentence
    assert total == {1: "Er is 1 afwijking.", 2: "Er zijn 2 afwijkingen."}[len(named)]
    assert lines == [f"{Edition.objects.get(number=2)}: zoals gepubliceerd."]


@pytest.mark.parametrize("document", ["null", "[]", "{}", '"x"'])
def test_what_is_no_document_is_named_and_stops_nothing(corrected, verify, tamper, document):
    tamper("UPDATE reports_edition SET document = %s WHERE number = 1", document)

    lines, differs = verify()

    first = Edition.objects.defer("document").get(number=1)
    assert differs[0] == f"{first}: het document is niet zoals het is gepubliceerd."
    assert len(lines) == 1


def test_file_and_checksum_that_were_changed_together_do_not_hold_the_document(
    corrected, verify, tamper
):
    """Whoever makes a new checksum is found for the JSON, which must hold the document.

    This tells of an edition of which nothing was kept beside the document too.
    """
    tamper("UPDATE reports_edition SET beside = NULL")
    first, second = (Edition.objects.get(number=number) for number in (1, 2))
    other = second.files.get(format="json")
    tamper(
        "UPDATE reports_editionfile SET content = %s, checksum = %s, size = %s"
        " WHERE format = 'json' AND edition_id = %s",
        bytes(other.content),
        other.checksum,
        other.size,
        first.pk,
    )

    _lines, (sentence, _total) = verify()

    assert sentence == f"{first}: in de JSON staat niet het document."


@pytest.mark.parametrize("format", Format)
def test_files_that_changed_places_are_named(corrected, verify, tamper, format):
    """Each is what its checksum says, and yet not the file of that edition."""
    first, second = (Edition.objects.get(number=number) for number in (1, 2))
    one, other = (each.files.get(format=format).pk for each in (first, second))
    move = "UPDATE reports_editionfile SET edition_id = %s, format = %s WHERE id = %s"
    tamper(move, second.pk, "moved", one)
    tamper(move, first.pk, format.value, other)
    tamper(move, second.pk, format.value, one)

    _lines, (*sentences, _total) = verify()

    named = [each for each in sentences if "het bestand is niet zoals" in each]
    assert len(named) == 2
    assert all(f"({format.label})" in each for each in named)
    # The JSON tells by itself which document it holds.
    assert len(sentences) == (4 if format == Format.JSON else 2)


def test_files_of_an_edition_of_which_nothing_was_kept_beside_it_are_well(
    corrected, verify, tamper
):
    tamper("UPDATE reports_edition SET beside = NULL")

    assert verify()[1] == []


def test_edition_that_is_gone_is_named_with_its_round(corrected, verify, tamper):
    first = Edition.objects.get(number=1)
    tamper("DELETE FROM reports_editionfile WHERE edition_id = %s", first.pk)
    tamper("DELETE FROM reports_edition WHERE id = %s", first.pk)

    _lines, (sentence, _total) = verify()

    assert sentence == f"{corrected}: editie 1 ontbreekt."


def test_edition_that_its_round_does_not_know_of_is_named(corrected, verify):
    """A round that counts too few editions would hide what was published."""
    type(corrected).objects.update(edition=0, stage="closed")

    _lines, differs = verify()

    assert len(differs) == 3
    assert all("2023" in sentence for sentence in differs[:2])


def test_everything_that_differs_is_named_at_once(corrected, verify, tamper):
    tamper("UPDATE reports_editionfile SET checksum = 'x'")

    lines, differs = verify()

    assert lines == []
    assert len(differs) == 2 * 4 + 1
    assert differs[-1] == "Er zijn 8 afwijkingen."


@pytest.mark.parametrize(
    "change",
    [
        lambda in_round: in_round.published_entries.update(title="Iets anders"),
        lambda in_round: in_round.published_entries.all().delete(),
        lambda in_round: Pillar.objects.update(title="Iets anders"),
        lambda in_round: Theme.objects.update(title="Iets anders"),
        lambda in_round: Status.objects.update(tone="no_update"),
        lambda in_round: type(in_round).objects.update(published_title="Iets anders"),
        lambda in_round: type(in_round).objects.update(published_reference_date=None),
    ],
    ids=["entry", "no entry", "pillar", "theme", "tone", "title", "date"],
)
def test_a_public_table_that_is_not_what_the_newest_edition_says_is_named(
    change, corrected, verify
):
    change(corrected)

    _said, differs = verify()

    assert differs[0].startswith("2023")
    assert "editie 2" in differs[0]


# --- What the document does not say -------------------------------------------------


def _of_another(in_round):
    return PublishedResponsibility.objects.update(organisation=factories.organisation())


BESIDE = {
    "start date": (lambda r: r.published_entries.update(start_date="2020-01-01"), "data"),
    "end date": (lambda r: r.published_entries.update(end_date="2020-01-01"), "data"),
    "English title": (lambda r: r.published_entries.update(title_en="Another"), "Engels"),
    "English goal": (lambda r: r.published_entries.update(goal_en="Another"), "Engels"),
    "organisation": (_of_another, "verantwoordelijk"),
    "role": (lambda r: PublishedResponsibility.objects.update(role="involved"), "verantwoordelijk"),
    "nobody": (lambda r: PublishedResponsibility.objects.all().delete(), "verantwoordelijk"),
    "citation": (lambda r: Citation.objects.filter(position=2).update(number="x"), "stukken"),
    "no citation": (lambda r: Citation.objects.filter(position=1).delete(), "stukken"),
    "order of citations": (
        lambda r: Citation.objects.filter(position=1).update(position=3),
        "stuk",
    ),
}


@pytest.mark.parametrize("what", BESIDE)
def test_what_the_public_table_says_beside_the_document_is_held_to_what_was_published(
    what, corrected, verify
):
    change, named = BESIDE[what]
    change(corrected)

    _lines, (sentence, _total) = verify()

    assert sentence.startswith(str(corrected))
    assert corrected.published_entries.get().number in sentence
    assert named in sentence


def test_what_changes_in_the_register_after_publication_is_no_difference(corrected, verify):
    """The public sees it with the next edition."""
    point = corrected.entries.get().action_point
    point.responsibilities.all().delete()
    point.title_en, point.end_date = "Another", "2031-01-01"
    point.save()

    assert verify()[1] == []


# --- The guards -----------------------------------------------------------------------


def guards():
    """The names of all guards, as the database has them."""
    query = {
        "sqlite": "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname, tgrelid::regclass::text FROM pg_trigger"
        " WHERE NOT tgisinternal",
    }
    with connection.cursor() as cursor:
        cursor.execute(query[connection.vendor])
        return [(name, table) for name, table in cursor.fetchall() if table in TABLES]


def run(*statements):
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def drop(name, table):
    return f"DROP TRIGGER {name}" + (f" ON {table}" if connection.vendor == "postgresql" else "")


def test_each_guard_that_is_missing_is_named(db, verify):
    laid = guards()
    assert len(laid) == {"sqlite": 6, "postgresql": 4}[connection.vendor]
    for name, table in laid:
        run(drop(name, table))

        _lines, (sentence, _total) = verify()

        assert name in sentence
        create_triggers()
        assert verify()[1] == []


# Under their own names, guards that let pass what they should refuse.
WEAKENED = {
    "sqlite": {
        "another": [
            "DROP TRIGGER reports_edition_is_not_changed",
            "CREATE TRIGGER reports_edition_is_not_changed BEFORE UPDATE ON reports_edition"
            " WHEN 0 BEGIN SELECT RAISE(ABORT, 'x'); END",
        ],
    },
    "postgresql": {
        "another": [
            "DROP TRIGGER reports_edition_is_frozen ON reports_edition",
            "CREATE TRIGGER reports_edition_is_frozen BEFORE DELETE ON reports_edition"
            " FOR EACH ROW EXECUTE FUNCTION reports_refuse_change('x')",
        ],
        "switched off": ["ALTER TABLE reports_edition DISABLE TRIGGER reports_edition_is_frozen"],
        "another function": [
            "CREATE OR REPLACE FUNCTION reports_refuse_change() RETURNS trigger LANGUAGE plpgsql"
            " AS $$ BEGIN RETURN NULL; END $$"
        ],
    },
}[connection.vendor]


@pytest.mark.parametrize("how", WEAKENED)
def test_guard_that_lets_pass_is_named(db, verify, how):
    run(*WEAKENED[how])

    _lines, (*sentences, _total) = verify()

    assert sentences[0].startswith("In de database")
    # All that run the same function are as weak.
    assert len(sentences) == (4 if how == "another function" else 1)
