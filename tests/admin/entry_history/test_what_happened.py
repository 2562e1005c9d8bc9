"""What happened to an entry is told on its history page, newest first."""

from datetime import timedelta

import pytest
from django.utils import timezone

from actions import services
from actions.models import EntryTransition, SeenFinding, Status, StatusEntry
from tests import factories
from tests.admin.entry_history.life import (
    LAST_YEAR,
    THIS_YEAR,
    changes,
    events,
    move,
    said,
    save,
    words,
)


def test_the_life_of_an_entry_is_told_newest_first(read, entry, editor, coordinator, done):
    save(entry, editor, status=done)
    move(entry, "submit", editor)
    move(entry, "return", coordinator, remark="Noem het jaar.")
    move(entry, "submit", editor, explanation="<p>In 2025 is de wet aangenomen.</p>")
    move(entry, "withdraw", editor, remark="Toch nog een fout.")
    move(entry, "submit", editor)
    move(entry, "approve", coordinator)

    page = read(entry, coordinator)

    assert said(page) == [
        "Goedgekeurd",
        "Ingediend",
        "Ingetrokken: dit is weer een concept",
        "Ingediend",
        "Teruggestuurd",
        "Ingediend",
        "Gewijzigd: stand van zaken en toelichting",
        "Aangemaakt, overgenomen van 2024",
    ]
    assert [event.version for event in events(page)] == [8, 7, 6, 5, 4, 3, 2, 1]


def test_what_an_entry_began_with_is_not_repeated_where_it_stands_on_the_page(
    read, entry, editor, coordinator
):
    save(entry, editor)

    page = read(entry, coordinator)

    assert events(page)[-1].changes == ()
    assert events(page, 2024)[-1].changes == ()
    assert words(page).count("Het wetsvoorstel ligt bij de Raad van State.") == 1


def test_a_version_says_who_saved_it_when_and_what_changed(read, entry, editor, done):
    save(entry, editor, status=done)

    page = read(entry, editor)

    saved = events(page)[0]
    assert (saved.by, saved.version) == (editor, 2)
    assert changes(saved) == {
        "stand van zaken": ("Vertraagd", "Voltooid"),
        "toelichting": (LAST_YEAR, THIS_YEAR),
    }
    moment = timezone.localtime(saved.at)
    assert f'<time datetime="{moment.isoformat()}">' in page.content.decode()
    assert "Sanne Zwart versie 2" in words(page)
    assert "Vertraagd → naar Voltooid" in words(page)


def test_the_difference_with_the_version_before_is_told_in_words(read, entry, editor, done):
    save(entry, editor)
    save(entry, editor, explanation="<p>Het wetsvoorstel ligt bij de Eerste Kamer.</p>")

    page = read(entry, editor)

    told = words(page)
    assert "Het wetsvoorstel ligt bij de [-Tweede-] {+Eerste+} Kamer." in told
    assert "Het wetsvoorstel ligt bij de [-Raad van State-] {+Tweede Kamer+}." in told


def test_text_that_was_written_with_a_move_stands_with_that_move(read, entry, editor, coordinator):
    move(entry, "submit", editor, explanation=THIS_YEAR)

    submitted, _created = events(read(entry, coordinator))

    assert submitted.said == "Ingediend"
    assert submitted.by == editor
    assert submitted.stages == ("concept", "ingediend")
    assert changes(submitted) == {"toelichting": (LAST_YEAR, THIS_YEAR)}


def test_a_remark_stands_with_its_move(read, entry, editor, coordinator):
    move(entry, "submit", editor, explanation=THIS_YEAR)
    move(entry, "return", coordinator, remark="Noem het jaar.\nEn de bron.")

    page = read(entry, editor)

    assert events(page)[0].remark == "Noem het jaar.\nEn de bron."
    assert "Noem het jaar.<br>En de bron." in page.content.decode()
    assert "ingediend → naar teruggestuurd" in words(page)


def test_a_confirmation_and_a_lacking_update_are_told_in_their_own_words(
    read, entry, editor, coordinator
):
    factories.status(label="Geen update", tone=Status.Tone.NO_UPDATE)
    other = factories.status_entry(
        action_point=factories.action_point(theme=entry.action_point.theme),
        round=entry.round,
        status=entry.status,
        explanation=LAST_YEAR,
    )
    move(entry, "confirm", editor)
    move(entry, "withdraw", editor)
    move(other, "no_update", coordinator)

    assert said(read(entry, coordinator))[:2] == [
        "Ingetrokken: dit is weer een concept",
        "Ongewijzigd bevestigd en ingediend",
    ]
    page = read(other, coordinator)
    assert said(page)[0] == "Vastgelegd dat er geen update is ontvangen"
    assert changes(events(page)[0]) == {
        "stand van zaken": ("Vertraagd", "Geen update"),
        "toelichting": (LAST_YEAR, ""),
    }


def test_what_was_saved_without_a_change_did_not_happen(read, entry, editor):
    entry.save()
    StatusEntry.objects.get(pk=entry.pk).save(update_fields=["is_confirmed"])

    assert said(read(entry, editor)) == ["Aangemaakt, overgenomen van 2024"]


def test_a_move_that_no_version_goes_with_is_told_all_the_same(read, entry, editor, coordinator):
    EntryTransition.objects.create(
        entry=entry, by=coordinator, from_stage="draft", to_stage="submitted", remark="Per brief."
    )

    alone = events(read(entry, editor))[0]

    assert (alone.said, alone.by, alone.remark) == ("Ingediend", coordinator, "Per brief.")
    assert (alone.version, alone.changes) == (None, ())


def test_a_version_with_another_stage_that_no_move_goes_with_says_so(read, entry, editor):
    entry.stage = "submitted"
    entry.save()

    assert changes(events(read(entry, editor))[0]) == {"fase": ("concept", "ingediend")}


@pytest.mark.parametrize("apart", ["time", "person"])
def test_a_version_and_a_move_of_another_moment_or_person_are_two_events(
    apart, read, entry, editor, coordinator
):
    transition = EntryTransition.objects.create(
        entry=entry, by=editor, from_stage="draft", to_stage="submitted"
    )
    entry.stage = "submitted"
    entry._history_user = coordinator if apart == "person" else editor
    entry._history_date = transition.at + timedelta(minutes=apart == "time")
    entry.save()

    assert sorted(said(read(entry, editor)))[1:] == ["Gewijzigd: fase", "Ingediend"]


def test_an_entry_that_began_with_a_text_of_its_own_shows_it(read, last_year, editor, coordinator):
    entry = factories.status_entry(
        action_point=last_year.action_point,
        round=factories.reporting_round(plan=last_year.round.plan, year=2025),
        status=None,
        explanation="<p>Ingelezen <em>tekst</em>.</p>",
        is_confirmed=True,
    )
    entry.history.update(history_change_reason="Ingelezen uit rapportage.txt")
    save(entry, editor, status=last_year.status)

    page = read(entry, coordinator)

    began = events(page)[-1]
    assert (began.said, began.reason) == ("Aangemaakt", "Ingelezen uit rapportage.txt")
    assert changes(began) == {"toelichting": ("", "<p>Ingelezen <em>tekst</em>.</p>")}
    assert "Ingelezen uit rapportage.txt" in words(page)
    assert "Ingelezen <em>tekst</em>." in page.content.decode()


def test_what_an_entry_lacked_when_it_began_is_not_told(read, ministry, editor, done):
    entry = factories.status_entry(responsible=ministry, status=done, explanation="")
    save(entry, editor)

    began = events(read(entry, editor), entry.round.year)[-1]

    assert changes(began) == {"stand van zaken": ("", "Voltooid")}


def test_where_the_history_begins_nobody_is_said_to_have_created_the_entry(
    read, last_year, coordinator
):
    assert said(read(last_year, coordinator), year=2024) == ["Voor het eerst vastgelegd"]


def test_an_entry_that_was_deleted_and_made_anew_has_one_life(read, entry, editor, coordinator):
    point = entry.action_point
    point.last_year = 2024
    point.save()
    services.follow_point(point=point, by=coordinator)
    point.last_year = None
    point.save()
    services.follow_point(point=point, by=coordinator)

    page = read(point.entries.get(round=entry.round), editor)

    assert said(page) == [
        "Aangemaakt, overgenomen van 2024",
        "Verwijderd",
        "Aangemaakt, overgenomen van 2024",
    ]
    assert events(page)[1].reason == "Het actiepunt staat dit jaar niet in het actieplan"


def test_a_status_that_is_gone_keeps_its_name_here(read, entry, editor):
    old = entry.status
    gone = factories.status(label="Onduidelijk")
    save(entry, editor, status=gone)
    save(entry, editor, status=old)
    gone.delete()

    page = read(entry, editor)

    assert changes(events(page)[0])["stand van zaken"] == ("Onduidelijk", "Vertraagd")


def test_a_finding_that_was_seen_is_told_with_its_reason(read, entry, coordinator):
    SeenFinding.objects.create(
        entry=entry,
        check_name="unchanged",
        evidence="x",
        reason="Klopt: er gebeurde niets.",
        by=coordinator,
    )

    page = read(entry, coordinator)

    seen = events(page)[0]
    assert seen.said.startswith("Gezien: ")
    assert "unchanged" not in seen.said
    assert (seen.by, seen.remark) == (coordinator, "Klopt: er gebeurde niets.")
    assert "Klopt: er gebeurde niets." in words(page)
