"""The history of an entry goes on into the years before, as far as the reader may know."""

import pytest

from actions.models import ReportingRound, StatusEntry
from tests import factories
from tests.admin.entry_history.life import (
    events,
    said,
    save,
    words,
    years,
)


@pytest.mark.parametrize("who", ["coordinator", "reader"])
def test_who_sees_everything_sees_the_whole_life_of_earlier_years(
    who, read, entry, long_life, request
):
    long_life()

    page = read(entry, request.getfixturevalue(who))

    assert years(page) == [2025, 2024, 2023]
    assert said(page, 2024)[:5] == [
        "Goedgekeurd",
        "Ingediend",
        "Ingetrokken: dit is weer een concept",
        "Ingediend",
        "Teruggestuurd",
    ]
    assert "Dit is te vaag." in words(page)
    assert "Vera Vertrokken" in words(page)
    assert "Een eerste poging." in words(page)


def test_an_editor_sees_of_earlier_years_how_they_were_published(read, entry, editor, long_life):
    long_life()

    page = read(entry, editor)

    assert years(page) == [2025, 2024, 2023]
    assert said(page)[0] == "Gewijzigd: toelichting"
    assert events(page, 2024) == events(page, 2023) == ()
    told = words(page)
    assert "Vertraagd in 2023: Op schema" in told
    assert "Het wetsvoorstel ligt bij de [-minister-] {+Raad van State+}." in told
    for secret in ("Vera", "Vertrokken", "Dit is te vaag", "Een eerste poging"):
        assert secret not in page.content.decode()


@pytest.mark.parametrize("stage", ["closed", "preparing"])
def test_an_editor_sees_nothing_of_a_round_that_is_not_published(
    stage, read, entry, editor, coordinator, long_life
):
    _of_2023, of_2024 = long_life(stage_of_2024=stage)
    StatusEntry.objects.filter(pk=of_2024.pk).update(status=factories.status(label="Nog geheim"))

    page = read(entry, editor)

    assert years(page) == [2025, 2023]
    assert "Verschil met 2023" in words(page)
    assert "Nog geheim" not in page.content.decode()
    assert "Een eerste poging" not in page.content.decode()
    assert "Nog geheim" in read(entry, coordinator).content.decode()


def test_the_text_of_this_year_is_compared_with_that_of_last_year(read, entry, editor, done):
    save(entry, editor, status=done, explanation="<p>Tussendoor stond er iets anders.</p>")
    save(entry, editor)

    told = words(read(entry, editor))

    assert "Voltooid in 2024: Vertraagd" in told
    text = "Het wetsvoorstel ligt bij de [-Raad van State-] {+Tweede Kamer+}."
    assert f"Verschil met 2024 {text}" in told


def test_a_text_that_did_not_change_since_last_year_says_so(read, entry, editor):
    told = words(read(entry, editor))

    assert "Verschil met 2024 De tekst is niet veranderd." in told
    assert "in 2024: " not in told


def test_the_first_year_has_its_text_in_full(read, ministry, editor):
    entry = factories.status_entry(responsible=ministry, explanation="<p>Een <em>begin</em>.</p>")

    page = read(entry, editor)

    assert "Een <em>begin</em>." in page.content.decode()
    assert "Verschil met" not in words(page)


def test_the_page_of_an_earlier_year_does_not_tell_of_later_ones(
    read, entry, last_year, editor, coordinator
):
    save(entry, editor)

    page = read(last_year, coordinator)

    assert years(page) == [2024]
    assert "Tweede Kamer" not in page.content.decode()


def test_a_year_in_which_the_entry_was_deleted_is_told_to_who_sees_everything(
    read, entry, editor, coordinator
):
    entry._history_user, entry._change_reason = coordinator, "Hoort er niet in"
    entry.delete()
    ReportingRound.objects.filter(year=2025).update(stage="published", edition=1)
    later = factories.status_entry(
        action_point=entry.action_point,
        round=factories.reporting_round(plan=entry.round.plan, year=2026),
    )

    page = read(later, coordinator)

    assert years(page) == [2026, 2025, 2024]
    assert said(page, 2025) == ["Verwijderd", "Aangemaakt, overgenomen van 2024"]
    assert "Verschil met 2024" in words(page)
    assert years(read(later, editor)) == [2026, 2024]
