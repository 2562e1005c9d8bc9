"""The wording of an entry follows its action point, and the history of the entry says so."""

from datetime import date

import pytest
from django.utils import timezone

from actions.models import ReportingRound, StatusEntry
from tests.admin.entry_history.life import (
    changes,
    events,
    reword,
    said,
    save,
    words,
)


def test_who_rewords_the_point_is_told_and_not_who_saves_after(read, entry, editor, coordinator):
    reword(entry.action_point, coordinator, goal="Een nieuw doel", end_date=date(2027, 12, 31))
    save(entry, editor)

    page = read(entry, editor)

    saved, reworded, _created = events(page)
    assert set(changes(saved)) == {"toelichting"}
    assert reworded.said == "Tekst van het actiepunt gewijzigd"
    assert (reworded.by, reworded.reason) == (coordinator, "Volgens de Kamerbrief")
    assert changes(reworded) == {
        "doelstelling": ("Een doelstelling", "Een nieuw doel"),
        "einddatum": ("", "31 december 2027"),
    }
    assert "Doelstelling Een [-doelstelling-] {+nieuw doel+}" in words(page)
    assert "– → naar 31 december 2027" in words(page)


def test_a_point_that_is_saved_with_the_same_wording_changed_nothing(read, entry, editor):
    reword(entry.action_point, None, last_year=2026)

    assert said(read(entry, editor)) == ["Aangemaakt, overgenomen van 2024"]


def test_a_wording_is_shown_as_it_was_typed(read, entry, editor, coordinator):
    reword(entry.action_point, coordinator, goal="Minder dan <b>5%</b> & meer dan 1")

    page = read(entry, editor).content.decode()

    assert "Minder dan &lt;b&gt;5%&lt;/b&gt; &amp; meer dan 1" in page


def test_a_version_with_a_wording_of_its_own_is_told_as_that(read, last_year, coordinator):
    point = last_year.action_point
    reword(point, coordinator, goal="Een nieuw doel")
    last_year.goal = "Het doel volgens de rapportage"
    last_year._change_reason = "Ingelezen uit rapportage.txt"
    last_year.save()

    [saved, _began] = events(read(last_year, coordinator), 2024)

    assert saved.reason == "Ingelezen uit rapportage.txt"
    assert changes(saved) == {
        "doelstelling": ("Een doelstelling", "Het doel volgens de rapportage")
    }


def test_the_history_of_the_point_may_begin_after_that_of_the_entry(read, last_year, coordinator):
    point = last_year.action_point
    point.history.update(history_date=timezone.now())
    StatusEntry.history.filter(id=last_year.pk).update(goal="Oud")
    last_year.save()

    [saved, _began] = events(read(last_year, coordinator), 2024)

    assert saved.said == "Gewijzigd: doelstelling"


@pytest.mark.parametrize("stage", ["closed", "published"])
def test_an_entry_whose_round_is_over_does_not_follow_the_point(stage, read, entry, coordinator):
    reword(entry.action_point, coordinator, goal="Een nieuw doel")
    ReportingRound.objects.filter(pk=entry.round_id).update(stage=stage, edition=1)
    reword(entry.action_point, coordinator, goal="Het doel van 2026")
    reword(entry.action_point, coordinator, goal="Een nieuw doel")
    reword(entry.action_point, coordinator, goal="Het doel van 2027")

    page = read(entry, coordinator)

    assert [changes(event) for event in events(page)][:-1] == [
        {"doelstelling": ("Een doelstelling", "Een nieuw doel")}
    ]
    assert said(page, 2024) == ["Voor het eerst vastgelegd"]
