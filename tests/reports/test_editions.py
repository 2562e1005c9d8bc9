"""Publishing: all is in order, everything is stored at once, and each edition has its number."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError
from django.utils import timezone

from actions import services as round_services
from actions.models import ReportingRound, Status
from reports import services
from reports.build import build
from reports.checksums import checksum_of_bytes, checksum_of_document
from reports.errors import ReportError
from reports.formats import Format, WrittenFile
from reports.models import Edition, EditionFile
from reports.writers import json_file
from tests import factories
from tests.reports.publishing import (
    all_but_the_last,
    assert_nothing_is_published,
    close_again,
    closed_round,
    last_fails,
    publish,
)

pytestmark = pytest.mark.django_db

PEOPLE = {
    "editor": lambda: factories.editor(member_of=factories.organisation()),
    "reader": factories.reader,
    "visitor": factories.visitor,
}


@pytest.fixture
def coordinator():
    return factories.coordinator()


@pytest.fixture
def in_round():
    return closed_round()


@pytest.fixture
def document(in_round, coordinator):
    """What is about to be published of the round."""
    return services.document_to_publish(reporting_round=in_round, by=coordinator)


# --- What is stored ------------------------------------------------------------


def test_publishing_freezes_the_document_and_its_files_with_their_checksums(in_round, coordinator):
    edition = publish(in_round, coordinator, on=date(2023, 2, 1))

    edition = Edition.objects.get(pk=edition.pk)
    expected = build(in_round, edition=1, published_on=date(2023, 2, 1))
    assert edition.document == json_file.to_data(expected)
    assert edition.checksum == checksum_of_document(json_file.to_data(expected))
    assert (edition.number, edition.note, edition.published_on) == (1, "", date(2023, 2, 1))
    assert (edition.round, edition.by) == (in_round, coordinator)
    files = list(edition.files.all())
    assert [(file.format, bytes(file.content)) for file in files] == [
        (each.format, each.content) for each in factories.written_files(expected)
    ]
    for file in files:
        assert file.size == len(file.content)
        assert file.checksum == checksum_of_bytes(bytes(file.content))


def test_publishing_makes_the_round_published_and_its_entries_public(in_round, coordinator):
    publish(in_round, coordinator)

    in_round.refresh_from_db()
    assert (in_round.stage, in_round.edition) == (ReportingRound.Stage.PUBLISHED, 1)
    assert in_round.published_title == in_round.title
    assert in_round.published_reference_date == in_round.reference_date
    entry, published = in_round.entries.get(), in_round.published_entries.get()
    assert (published.action_point, published.status) == (entry.action_point, entry.status)
    assert published.explanation == entry.explanation
    record = in_round.history.first()
    assert (record.stage, record.history_user) == ("published", coordinator)


def test_day_of_publication_is_today_unless_another_is_given(in_round, coordinator):
    values = {"reporting_round": in_round, "by": coordinator}

    assert services.document_to_publish(**values).published_on == timezone.localdate()
    assert services.document_to_publish(**values, on=date(2025, 1, 2)).published_on == date(
        2025, 1, 2
    )


def test_asking_for_the_document_changes_nothing(in_round, document):
    assert (document.edition, document.is_concept) == (1, False)
    assert_nothing_is_published(in_round)


# --- Numbers and corrections ---------------------------------------------------


def test_editions_are_numbered_per_round(coordinator):
    first = closed_round()
    point = first.entries.get().action_point
    second = closed_round(action_point=point, plan=first.plan, year=first.year + 1)
    publish(first, coordinator)
    publish(second, coordinator)

    close_again(first, coordinator)
    correction = publish(first, coordinator, note="Een datum is verbeterd.")

    assert correction.number == 2
    assert list(Edition.objects.of_plan(first.plan.slug).values_list("round__year", "number")) == [
        (second.year, 1),
        (first.year, 2),
        (first.year, 1),
    ]


def test_correction_replaces_what_is_public_and_leaves_the_edition_before_it(in_round, coordinator):
    first = publish(in_round, coordinator)
    close_again(in_round, coordinator)
    entry = in_round.entries.get()
    entry.explanation = "<p>De verbeterde toelichting.</p>"
    entry.save()
    factories.status_entry(round=in_round, stage="approved")
    in_round.title = "De verbeterde titel"
    in_round.save()

    second = publish(in_round, coordinator, note=" Een toelichting is verbeterd. ")

    assert second.note == "Een toelichting is verbeterd."
    assert second.document["note"] == second.note
    assert list(
        in_round.published_entries.in_order().values_list("explanation_text", flat=True)
    ) == [
        "De verbeterde toelichting.",
        "Een toelichting.",
    ]
    in_round.refresh_from_db()
    assert (in_round.edition, in_round.published_title) == (2, "De verbeterde titel")
    kept = Edition.objects.get(pk=first.pk)
    assert kept.document == first.document
    assert kept.files.count() == second.files.count() == len(Format)


@pytest.mark.parametrize("note", ["", " \n "])
def test_correction_without_a_note_is_refused(in_round, coordinator, note):
    publish(in_round, coordinator)
    close_again(in_round, coordinator)

    with pytest.raises(round_services.Refused, match="openbaar"):
        publish(in_round, coordinator, note=note)

    assert Edition.objects.count() == 1


def test_report_of_the_next_year_says_what_changed_since_the_newest_edition(coordinator):
    first = closed_round()
    point = first.entries.get().action_point
    publish(first, coordinator)
    close_again(first, coordinator)
    corrected = factories.status(label="Verbeterde stand")
    first.entries.update(status=corrected)
    publish(first, coordinator, note="De stand is verbeterd.")
    second = closed_round(action_point=point, plan=first.plan, year=first.year + 1)
    entry = second.entries.get()

    (change,) = publish(second, coordinator).document["changes"]["items"]

    assert change["kind"] == "moved"
    assert (change["before"], change["after"]) == ("Verbeterde stand", entry.status.label)


# --- Who publishes ---------------------------------------------------------------


@pytest.mark.parametrize("who", PEOPLE)
def test_only_a_coordinator_publishes(in_round, document, who):
    person = PEOPLE[who]()

    with pytest.raises(PermissionDenied):
        services.document_to_publish(reporting_round=in_round, by=person)
    with pytest.raises(PermissionDenied):
        services.publish(
            reporting_round=in_round,
            document=document,
            files=factories.written_files(document),
            by=person,
        )

    assert_nothing_is_published(in_round)


# --- All or nothing --------------------------------------------------------------


def last_is_no_file(document):
    yield from all_but_the_last(document)
    yield WrittenFile(Format.JSON, None)


@pytest.mark.parametrize(
    ("files", "error"),
    [
        (last_fails, ReportError),
        (last_is_no_file, TypeError),
        (all_but_the_last, ValueError),
        (lambda document: reversed(factories.written_files(document)), ValueError),
        (lambda document: factories.written_files(document) * 2, ValueError),
    ],
    ids=["last fails", "last is no file", "one is missing", "another order", "each twice"],
)
def test_failure_in_the_last_file_publishes_nothing(in_round, coordinator, files, error):
    with pytest.raises(error):
        publish(in_round, coordinator, files=files)

    assert_nothing_is_published(in_round)


def test_failure_of_the_database_at_the_last_file_publishes_nothing(
    in_round, coordinator, monkeypatch
):
    def full(**values):
        if values["format"] == Format.JSON:
            raise DatabaseError("database or disk is full")
        return EditionFile(**values).save()

    monkeypatch.setattr(EditionFile.objects, "create", full)
    with pytest.raises(DatabaseError):
        publish(in_round, coordinator)

    assert_nothing_is_published(in_round)


def test_failed_correction_leaves_what_was_published(in_round, coordinator):
    publish(in_round, coordinator)
    close_again(in_round, coordinator)
    in_round.entries.update(status=factories.status(label="Anders"))

    with pytest.raises(ReportError):
        publish(in_round, coordinator, note="De stand is verbeterd.", files=last_fails)

    in_round.refresh_from_db()
    assert (in_round.stage, in_round.edition) == (ReportingRound.Stage.CLOSED, 1)
    assert Edition.objects.count() == 1
    assert in_round.published_entries.get().status.label != "Anders"


# --- What changes while the files are written --------------------------------------


def change_explanation(in_round):
    entry = in_round.entries.get()
    entry.explanation = "<p>Intussen.</p>"
    entry.save()


def change_status(in_round):
    in_round.entries.update(status=factories.status())


def change_text(in_round):
    in_round.report_texts.update(title="Intussen")


def change_title(in_round):
    ReportingRound.objects.update(title="Intussen")


def change_label(in_round):
    Status.objects.update(tone=Status.Tone.DONE)


@pytest.mark.parametrize(
    "change",
    [change_explanation, change_status, change_text, change_title, change_label],
    ids=lambda change: change.__name__,
)
def test_report_that_changed_since_its_files_were_written_is_not_published(
    in_round, document, coordinator, change
):
    change(in_round)

    with pytest.raises(round_services.Refused, match="gewijzigd"):
        services.publish(
            reporting_round=in_round,
            document=document,
            files=factories.written_files(document),
            by=coordinator,
        )

    assert_nothing_is_published(in_round)


def test_of_two_who_publish_at_once_one_does(in_round, document, coordinator):
    values = {
        "reporting_round": in_round,
        "document": document,
        "files": factories.written_files(document),
        "by": coordinator,
    }
    services.publish(**values)

    with pytest.raises(round_services.Refused, match="gepubliceerd"):
        services.publish(**values)

    assert Edition.objects.get().number == 1


def test_reopened_round_is_not_published(in_round, document, coordinator):
    round_services.reopen_round(reporting_round=in_round, by=coordinator)

    with pytest.raises(round_services.Refused):
        services.publish(
            reporting_round=in_round,
            document=document,
            files=factories.written_files(document),
            by=coordinator,
        )

    assert not Edition.objects.exists()
