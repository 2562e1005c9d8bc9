"""The command that shows whether what was published is still what it was."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from actions.models import Pillar, Status, Theme
from reports.formats import Format, WrittenFile
from reports.models import Edition
from reports.triggers import drop_triggers
from reports.writers import json_file
from tests import factories
from tests.reports.documents import as_version_1
from tests.reports.publishing import close_again, closed_round, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def corrected():
    """A round of which two editions are published."""
    coordinator = factories.coordinator()
    in_round = closed_round(year=2023)
    publish(in_round, coordinator)
    close_again(in_round, coordinator)
    publish(in_round, coordinator, note="Een verwijzing is verbeterd.")
    return in_round


@pytest.fixture
def tamper():
    """Change what is frozen, as someone who can take the guard away."""

    def execute(statement, *parameters):
        drop_triggers()
        with connection.cursor() as cursor:
            cursor.execute(statement, parameters)
            assert cursor.rowcount > 0, "nothing was changed"

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
        ["PDF"],
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
    """Whoever makes a new checksum is found for the JSON, which must hold the document."""
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
