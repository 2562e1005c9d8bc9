"""A coordinator checks the report of a closed round, looks at the concept, and publishes it."""

import pytest
from django.db import DatabaseError
from django.urls import reverse
from django.utils.translation import gettext as _

from actions import services as round_services
from reports import formats
from reports.errors import ReportError
from reports.formats import Format
from reports.models import Edition
from tests import factories
from tests.admin.pages import address, change
from tests.admin.test_work import links
from tests.public.page import Page
from tests.reports.publishing import (
    assert_nothing_is_published,
    close_again,
    closed_round,
    publish,
)

BUTTON = "Rapportage publiceren</button>"


@pytest.fixture
def in_round(db):
    return closed_round()


@pytest.fixture
def as_coordinator(signed_in, coordinator):
    return signed_in(coordinator)


@pytest.fixture(autouse=True)
def quick_files(monkeypatch):
    """Files that are written at once; what is in them is the business of other tests."""
    monkeypatch.setattr(
        formats, "write", lambda document, chosen: f"{chosen} {document.edition}".encode()
    )


def page_of(in_round, name="publish"):
    return address(in_round, name, in_round.pk)


def body(answer):
    """What a page says, with each run of white space as one space."""
    content = answer.getvalue() if answer.streaming else answer.content
    return " ".join(content.decode().split()).replace(" </button>", "</button>")


def fails(monkeypatch, chosen, error):
    """From now on this format cannot be written."""
    write = formats.write

    def writes(document, asked):
        if asked == chosen:
            raise error
        return write(document, asked)

    monkeypatch.setattr(formats, "write", writes)


def test_the_page_of_a_closed_round_leads_to_it(as_coordinator, in_round):
    page = as_coordinator.get(change(in_round))

    assert links(page, page_of(in_round))
    assert links(page, page_of(in_round, "concept"))


def test_what_is_in_order_is_told_with_a_way_to_each_concept(as_coordinator, in_round):
    said = body(as_coordinator.get(page_of(in_round)))

    assert said.count("in orde") >= 4
    for each in Format:
        assert f'href="{page_of(in_round, "concept")}?format={each}"' in said
    assert BUTTON in said
    assert_nothing_is_published(in_round)


def test_the_checks_are_sent_before_the_first_file_is_written(as_coordinator, in_round):
    answer = as_coordinator.get(page_of(in_round))
    pieces = [piece.decode() for piece in answer.streaming_content]

    assert "Is alles in orde?" in pieces[0]
    assert [sum(f"{each.label}:" in piece for piece in pieces) for each in Format] == [1] * 4
    assert "PDF:" not in pieces[0]
    assert "PDF:" in pieces[1]


def test_what_is_not_in_order_is_named_and_cannot_be_published(as_coordinator, in_round):
    in_round.title = ""
    in_round.save()

    page = body(as_coordinator.get(page_of(in_round)))
    assert "De rapportage heeft nog geen titel." in page
    assert BUTTON not in page

    refused = body(as_coordinator.post(page_of(in_round)))
    assert "De rapportage heeft nog geen titel." in refused
    assert "Er is niets gepubliceerd." in refused
    assert_nothing_is_published(in_round)


def test_publishing_says_each_file_and_leads_to_the_public_page(as_coordinator, in_round):
    said = body(as_coordinator.post(page_of(in_round)))

    in_round.refresh_from_db()
    edition = in_round.editions.get()
    public = reverse("reports:report_detail", args=[in_round.plan.slug, in_round.year])
    assert in_round.is_published
    assert all(f"{each.label}:" in said for each in Format)
    assert edition.checksum in said
    assert f'href="{public}"' in said
    assert as_coordinator.get(public).status_code == 200
    letter = page_of(in_round, "letter")
    assert f'href="{letter}">{_("Write the letter to parliament")}<' in said


def test_published_twice_is_published_once(as_coordinator, in_round):
    body(as_coordinator.post(page_of(in_round)))
    again = body(as_coordinator.post(page_of(in_round)))

    assert "Er is niets gepubliceerd." in again
    assert in_round.editions.count() == 1


@pytest.mark.parametrize("chosen", Format)
@pytest.mark.parametrize(
    ("error", "told"),
    [
        (ReportError("In 1.1.1 staat iets wat niet past."), "In 1.1.1 staat iets wat niet past."),
        (OSError(28, "No space left on device"), "No space left on device"),
        (DatabaseError("database or disk is full"), "database or disk is full"),
    ],
)
def test_if_a_file_cannot_be_written_nothing_is_published_and_it_is_told_why(
    chosen, error, told, as_coordinator, in_round, monkeypatch
):
    fails(monkeypatch, chosen, error)

    said = body(as_coordinator.post(page_of(in_round)))

    assert told in said
    assert "Er is niets gepubliceerd." in said
    assert "Opnieuw proberen" in said
    assert_nothing_is_published(in_round)


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (ReportError("In 1.1.1 staat iets wat niet past."), "In 1.1.1 staat iets wat niet past."),
        (OSError(28, "No space left on device"), "No space left on device"),
    ],
)
def test_a_format_that_cannot_be_written_stands_in_the_way(
    error, told, as_coordinator, in_round, monkeypatch
):
    fails(monkeypatch, Format.ODT, error)

    said = body(as_coordinator.get(page_of(in_round)))

    assert told in said
    assert "Terug naar de ronde" in said
    assert BUTTON not in said


def test_a_correction_says_what_was_corrected(as_coordinator, in_round, coordinator):
    publish(in_round, coordinator)
    close_again(in_round, coordinator)

    missing = body(as_coordinator.post(page_of(in_round), {"note": " "}))
    assert "Dit veld is verplicht." in missing
    assert missing.count("gepubliceerd.") == missing.count("Er is niets gepubliceerd.") == 1
    assert in_round.editions.count() == 1

    body(as_coordinator.post(page_of(in_round), {"note": "Bij 1.1.1 stond een verkeerd jaar."}))
    assert [each.note for each in in_round.editions.order_by("number")] == [
        "",
        "Bij 1.1.1 stond een verkeerd jaar.",
    ]


def test_a_correction_in_which_nothing_changed_is_refused(as_coordinator, in_round, coordinator):
    publish(in_round, coordinator)
    round_services.correct_round(reporting_round=in_round, by=coordinator)

    assert "Er is niets veranderd sinds editie 1." in body(as_coordinator.get(page_of(in_round)))
    body(as_coordinator.post(page_of(in_round), {"note": "Er is niets verbeterd."}))

    assert in_round.editions.count() == 1


def test_concept_says_on_the_page_that_it_is_one(as_coordinator, in_round):
    page = as_coordinator.get(page_of(in_round, "concept"))

    assert page.status_code == 200
    assert "concept" in body(page).lower()
    assert page.headers["Cache-Control"].find("public") < 0


def test_concept_has_words_for_a_point_that_lost_its_state_of_play(as_coordinator):
    before = factories.status_entry()
    factories.publish(before.round)
    entry = factories.status_entry(
        action_point=before.action_point,
        round=factories.reporting_round(plan=before.round.plan),
        status=None,
    )

    page = Page(as_coordinator.get(page_of(entry.round, "concept")).content.decode())

    [change] = page.all("tr", within=page.one("table", class_="changes-table"))[1:]
    assert change.text.endswith("Nog geen stand van zaken")
    badges = page.all(class_="status")
    assert badges
    assert all(each.text for each in badges)


@pytest.mark.parametrize("chosen", Format)
def test_concept_is_there_in_every_format_under_its_own_name(chosen, as_coordinator, in_round):
    file = as_coordinator.get(page_of(in_round, "concept"), {"format": chosen})

    assert file.headers["Content-Type"] == formats.MEDIA_TYPES[chosen]
    assert f"concept-{in_round.year}.{chosen}" in file.headers["Content-Disposition"]


def test_there_is_no_concept_in_another_format(as_coordinator, in_round):
    answer = as_coordinator.get(page_of(in_round, "concept"), {"format": "exe"})

    assert answer.status_code == 404


def test_a_concept_that_cannot_be_written_is_told_why(as_coordinator, in_round, monkeypatch):
    fails(monkeypatch, Format.PDF, ReportError("In 1.1.1 staat iets wat niet past."))

    answer = as_coordinator.get(page_of(in_round, "concept"), {"format": "pdf"})

    assert answer.content.decode() == "In 1.1.1 staat iets wat niet past."


@pytest.mark.parametrize("name", ["publish", "concept"])
def test_a_published_round_leads_to_its_report_instead(as_coordinator, in_round, name):
    as_coordinator.post(page_of(in_round, "publish")).getvalue()
    in_round.refresh_from_db()

    assert in_round.is_published
    assert not links(as_coordinator.get(change(in_round)), page_of(in_round, name))
    found = as_coordinator.get(page_of(in_round, name))
    assert found.url == reverse("reports:report_detail", args=[in_round.plan.slug, in_round.year])


def test_a_round_in_preparation_does_not_lead_to_it_and_is_not_published(as_coordinator):
    in_round = factories.reporting_round(stage="preparing")

    assert not links(as_coordinator.get(change(in_round)), page_of(in_round))
    assert "Er is niets gepubliceerd." in body(as_coordinator.post(page_of(in_round)))
    assert not Edition.objects.exists()


def test_a_reader_sees_what_is_in_order_and_publishes_nothing(signed_in, reader, in_round):
    client = signed_in(reader)

    said = body(client.get(page_of(in_round)))
    assert "Een coördinator publiceert de rapportage." in said
    assert BUTTON not in said
    assert client.post(page_of(in_round)).status_code in (403, 404)
    assert not Edition.objects.exists()


def reopen(in_round, by):
    round_services.reopen_round(reporting_round=in_round, by=by)


def reword(in_round, _by):
    in_round.report_texts.update(body="<p>Anders.</p>")


@pytest.mark.parametrize("change_it", [reopen, reword])
def test_a_round_that_changes_while_its_files_are_written_is_not_published(
    change_it, as_coordinator, in_round, coordinator, monkeypatch
):
    write = formats.write

    def changes(document, chosen):
        if chosen == Format.JSON:
            change_it(in_round, coordinator)
        return write(document, chosen)

    monkeypatch.setattr(formats, "write", changes)

    said = body(as_coordinator.post(page_of(in_round)))

    assert said.count("Er is niets gepubliceerd") == 1
    assert not Edition.objects.exists()
