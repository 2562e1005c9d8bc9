"""The page with the life of an entry: what happened to it, this year and in the years before."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from actions import services
from actions.models import (
    EntryTransition,
    ReportingRound,
    SeenFinding,
    Status,
    StatusEntry,
)
from tests import factories
from tests.admin.pages import change, history

LAST_YEAR = "<p>Het wetsvoorstel ligt bij de Raad van State.</p>"
THIS_YEAR = "<p>Het wetsvoorstel ligt bij de Tweede Kamer.</p>"
# Session, person, groups; the entry and its life; what the frame of the admin shows.
QUERIES = 14
HOSTILE = '<p onclick="alert(1)">Tekst<script>alert(2)</script><img src=x onerror=alert(3)></p>'


@pytest.fixture
def editor(ministry):
    return factories.editor(member_of=ministry, first_name="Sanne", last_name="Zwart")


@pytest.fixture
def coordinator(db):
    return factories.coordinator(first_name="Cato", last_name="Ordina")


@pytest.fixture
def last_year(ministry):
    """How the point was published for 2024."""
    plan = factories.plan(start_year=2022)
    return factories.published_entry(
        action_point=factories.action_point(
            theme=factories.theme(pillar=factories.pillar(plan=plan))
        ),
        round=factories.reporting_round(plan=plan, year=2024, stage="published"),
        responsible=ministry,
        status=factories.status(label="Vertraagd"),
        explanation=LAST_YEAR,
        is_confirmed=True,
    )


@pytest.fixture
def entry(last_year, coordinator):
    """The entry of the open round of 2025, carried forward from 2024."""
    in_round = factories.reporting_round(
        plan=last_year.round.plan, year=2025, stage=ReportingRound.Stage.PREPARING
    )
    services.open_round(reporting_round=in_round, by=coordinator)
    return in_round.entries.get()


@pytest.fixture
def done():
    return factories.status(label="Voltooid")


def save(entry, by, *, status=None, explanation=THIS_YEAR):
    entry.refresh_from_db()
    content = services.Content(status or entry.status, explanation)
    return services.save_entry(entry=entry, version=entry.version, content=content, by=by)


def move(entry, move, by, *, remark="", explanation=None):
    entry.refresh_from_db()
    content = explanation and services.Content(entry.status, explanation)
    return services.move_entry(
        entry=entry, version=entry.version, move=move, by=by, content=content, remark=remark
    )


def write_past_every_path(entry, explanation):
    """Straight into the table of what was kept, as no path of ours would."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE actions_historicalstatusentry SET explanation = %s WHERE id = %s",
            [explanation, entry.pk],
        )


@pytest.fixture
def read(signed_in):
    """Opens the page as a person, and returns what it says."""

    def open_page(entry, person, query=""):
        response = signed_in(person).get(history(entry) + query)
        assert response.status_code == 200
        return response

    return open_page


def years(page):
    return [chapter.year.year for chapter in page.context["chapters"]]


def events(page, year=2025):
    [chapter] = [each for each in page.context["chapters"] if each.year.year == year]
    return chapter.events


def said(page, year=2025):
    return [event.said for event in events(page, year)]


def changes(event):
    return {change.label: (change.old, change.new) for change in event.changes}


def words(page):
    """What a page says, with [-what was removed-] and {+what was added+}, and no other markup."""
    html = page.content.decode()
    for tag, before, after in (("del", "[-", "-]"), ("ins", "{+", "+}")):
        hidden = r'<span class="visually-hidden"[^>]*>[^<]*</span>'
        html = re.sub(rf"<{tag}>{hidden}(.*?){hidden}</{tag}>", rf"{before}\1{after}", html)
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


# --- What happened ---------------------------------------------------------------


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
    assert events(page)[1].reason == "Het punt staat dit jaar niet in het plan"


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


# --- The wording, which follows the action point ---------------------------------


def reword(point, by, **values):
    for name, value in values.items():
        setattr(point, name, value)
    point._history_user, point._change_reason = by, "Volgens de Kamerbrief"
    point.save()


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
    ReportingRound.objects.filter(pk=entry.round_id).update(stage=stage)
    reword(entry.action_point, coordinator, goal="Het doel van 2026")
    reword(entry.action_point, coordinator, goal="Een nieuw doel")
    reword(entry.action_point, coordinator, goal="Het doel van 2027")

    page = read(entry, coordinator)

    assert [changes(event) for event in events(page)][:-1] == [
        {"doelstelling": ("Een doelstelling", "Een nieuw doel")}
    ]
    assert said(page, 2024) == ["Voor het eerst vastgelegd"]


# --- The years before ------------------------------------------------------------


@pytest.fixture
def long_life(entry, editor, coordinator):
    """Points with work in three rounds: 2025 open, 2024 and 2023 as the test wants them."""

    def make(*, stage_of_2024="published"):
        point = entry.action_point
        of_2023 = factories.status_entry(
            action_point=point,
            round=factories.reporting_round(plan=point.plan, year=2023, stage="published"),
            status=factories.status(label="Op schema"),
            explanation="<p>Het wetsvoorstel ligt bij de minister.</p>",
            stage="approved",
            is_confirmed=True,
        )
        of_2024 = point.entries.get(round__year=2024)
        ReportingRound.objects.filter(year=2024).update(stage="open")
        colleague = factories.editor(
            username="vertrokken",
            first_name="Vera",
            last_name="Vertrokken",
            member_of=editor.memberships.get().organisation,
        )
        factories.put_in_stage(of_2024, "submitted")
        move(of_2024, "return", coordinator, remark="Dit is te vaag.")
        move(of_2024, "submit", colleague, explanation="<p>Een eerste poging.</p>")
        move(of_2024, "withdraw", colleague)
        move(of_2024, "submit", colleague, explanation=LAST_YEAR)
        move(of_2024, "approve", coordinator)
        ReportingRound.objects.filter(year=2024).update(stage=stage_of_2024)
        save(entry, editor)
        return of_2023, of_2024

    return make


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
    ReportingRound.objects.filter(year=2025).update(stage="published")
    later = factories.status_entry(
        action_point=entry.action_point,
        round=factories.reporting_round(plan=entry.round.plan, year=2026),
    )

    page = read(later, coordinator)

    assert years(page) == [2026, 2025, 2024]
    assert said(page, 2025) == ["Verwijderd", "Aangemaakt, overgenomen van 2024"]
    assert "Verschil met 2024" in words(page)
    assert years(read(later, editor)) == [2026, 2024]


# --- Who ---------------------------------------------------------------------------


def test_whoever_may_not_see_the_entry_finds_nothing(
    signed_in, entry, last_year, editor, other_ministry
):
    other = factories.other_editor(member_of=other_ministry)

    assert signed_in(other).get(history(entry)).status_code == 404
    assert signed_in(editor).get(history(last_year)).status_code == 404
    assert signed_in(editor).get(history(entry).replace(str(entry.pk), "999999")).status_code == 404


def test_an_editor_finds_nothing_once_the_round_is_closed(signed_in, entry, editor):
    ReportingRound.objects.filter(pk=entry.round_id).update(stage="closed")

    assert signed_in(editor).get(history(entry)).status_code == 404


def test_hostile_markup_in_old_versions_is_not_run(read, entry, editor, coordinator):
    save(entry, editor)
    write_past_every_path(entry, HOSTILE)
    save(entry, editor, explanation="<p>Weer gewoon.</p>")
    reword(entry.action_point, coordinator, title="<script>alert(4)</script>")
    hostile = factories.status(label="<img src=x onerror=alert(5)>")
    save(entry, editor, status=hostile, explanation="<p>Weer gewoon.</p>")
    move(entry, "submit", editor, remark="<script>alert(6)</script>")

    page = read(entry, coordinator).content.decode()

    for markup in ("onclick", "alert(2)", "alert(3)", "<img", "<script>alert"):
        assert markup not in page
    assert "&lt;script&gt;alert(4)&lt;/script&gt;" in page
    assert "&lt;script&gt;alert(6)&lt;/script&gt;" in page


def test_hostile_markup_with_which_an_entry_began_is_not_run(read, last_year, coordinator):
    write_past_every_path(last_year, HOSTILE)

    page = read(last_year, coordinator).content.decode()

    for markup in ("onclick", "alert(", "<img"):
        assert markup not in page


# --- The page ----------------------------------------------------------------------


def test_the_page_has_one_head_a_part_per_year_and_the_way_back(read, entry, editor):
    page = read(entry, editor).content.decode()

    assert re.findall(r"<h1>\s*(.*?)\s*</h1>", page) == [f"Geschiedenis van {entry.number}"]
    assert [int(year) for year in re.findall(r'<h2 id="year-\d+">\s*(\d+)', page)] == [2025, 2024]
    assert change(entry) in page


@pytest.fixture
def many_versions(entry):
    """Adds versions to the entry, each with another text, as saving would."""

    def add(number):
        first = entry.history.latest()
        start = first.version
        StatusEntry.history.bulk_create(
            [
                StatusEntry.history.model(
                    **{
                        field.attname: getattr(first, field.attname)
                        for field in first._meta.fields
                        if field.attname != "history_id"
                    }
                    | {
                        "history_date": first.history_date + timedelta(minutes=nth),
                        "history_type": "~",
                        "version": start + nth,
                        "explanation": f"<p>Tekst {start + nth}.</p>",
                    }
                )
                for nth in range(1, number + 1)
            ]
        )

    return add


def test_a_long_life_takes_as_many_queries_as_a_short_one(
    signed_in, entry, coordinator, many_versions, long_life, django_assert_num_queries
):
    client = signed_in(coordinator)
    with django_assert_num_queries(QUERIES):
        client.get(history(entry))
    long_life()
    many_versions(200)

    with django_assert_num_queries(QUERIES):
        page = client.get(history(entry))

    assert page.context["page_obj"].paginator.count > 200


def test_a_long_life_goes_on_on_the_next_page(read, entry, editor, many_versions):
    many_versions(59)

    first, second, last = (read(entry, editor, f"?p={number}") for number in (1, 2, 3))

    assert [len(events(page)) for page in (first, second, last)] == [25, 25, 10]
    assert [event.version for event in events(second)][::24] == [35, 11]
    assert years(first) == years(second) == [2025]
    assert years(last) == [2025, 2024]
    assert "Verschil met 2024" in words(first)
    assert "Verschil met 2024" not in words(second)
    assert "2025 vervolg" in words(second)
    assert "?p=3" in second.content.decode()


@pytest.mark.parametrize("number", ["0", "99", "x", ""])
def test_a_page_that_does_not_exist_is_the_nearest_one(number, read, entry, editor):
    assert years(read(entry, editor, f"?p={number}")) == [2025, 2024]


def test_a_short_life_has_no_page_numbers(read, entry, editor):
    assert "paginator" not in read(entry, editor).content.decode()
