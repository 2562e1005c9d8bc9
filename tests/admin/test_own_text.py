"""Text that can no longer be saved: whoever typed it gets it back, and nothing else."""

from datetime import timedelta

import pytest
from django.utils import timezone

from actions import services
from actions.models import ReportingRound, StatusEntry
from actions.richtext.editor import MAX_LENGTH
from tests import factories
from tests.admin.pages import change, form_values

SAVED = "Een toelichting."
MINE = "<p>De tekst die ik <strong>typte</strong>.</p>"


@pytest.fixture
def typed(signed_in):
    """What a person has typed on the page of an entry that they can still see."""

    def values(person, entry, **values):
        client = signed_in(person)
        return form_values(client.get(change(entry)), **{"explanation": MINE} | values)

    return values


def responsibility_ends(entry):
    entry.action_point.responsibilities.all().delete()


def point_ends(entry):
    point = entry.action_point
    point.last_year = entry.round.year - 1
    point.save()
    services.follow_point(point=point, by=factories.coordinator(username="ends-it"))


def round_closes(entry):
    ReportingRound.objects.filter(pk=entry.round_id).update(stage="closed")


@pytest.mark.parametrize("happens", [responsibility_ends, point_ends, round_closes])
@pytest.mark.parametrize("move", ["", "submit"])
def test_an_editor_who_lost_sight_of_an_entry_gets_their_own_text_and_nothing_else(
    move, happens, typed, signed_in, editor, ministry
):
    plan = factories.plan()
    in_round = factories.reporting_round(plan=plan, year=plan.start_year + 1)
    entry = factories.status_entry(round=in_round, responsible=ministry)
    values = typed(editor, entry, move=move, remark="Mijn opmerking.")
    happens(entry)

    page = signed_in(editor).post(change(entry), values)

    assert page.status_code == 404
    shown = page.content.decode()
    assert MINE in shown
    assert "Mijn opmerking." in shown
    assert "kan hier niet meer worden opgeslagen" in shown
    for theirs in (SAVED, entry.title, entry.number):
        assert theirs not in shown


def test_a_text_for_an_entry_of_another_ministry_is_given_back_and_shows_nothing_of_it(
    signed_in, editor, other_entry
):
    page = signed_in(editor).post(change(other_entry), {"version": 1, "explanation": MINE})

    assert page.status_code == 404
    assert MINE in page.content.decode()
    assert SAVED not in page.content.decode()
    assert other_entry.title not in page.content.decode()


def test_an_entry_that_is_not_there_and_one_that_may_not_be_seen_look_the_same(
    signed_in, editor, other_entry
):
    client = signed_in(editor)
    values = {"version": 1, "status": other_entry.status_id, "explanation": MINE}
    missing = change(other_entry).replace(str(other_entry.pk), "987654")

    pages = [
        client.post(url, values).content.decode().replace(url, "")
        for url in (change(other_entry), missing)
    ]

    assert len({page.split("<main")[-1] for page in pages}) == 1


def test_what_is_given_back_is_sanitised(signed_in, editor, other_entry):
    page = signed_in(editor).post(
        change(other_entry), {"explanation": "<p onclick=x>Tekst<script>alert(1)</script></p>"}
    )

    shown = page.content.decode()
    assert "<p>Tekst</p>" in shown
    assert "alert(1)" not in shown


def test_a_text_that_is_too_long_is_given_back_whole(signed_in, editor, other_entry):
    much = f"<p>{'woord ' * (MAX_LENGTH // 6)}einde</p>"

    page = signed_in(editor).post(change(other_entry), {"explanation": much})

    assert "einde&lt;/p&gt;</textarea>" in page.content.decode()


def test_an_entry_that_goes_while_its_text_is_on_its_way_gives_it_back(
    typed, signed_in, editor, entry, monkeypatch
):
    values = typed(editor, entry)
    was_there = services.entries._locked_entry

    def delete_first(entry):
        StatusEntry.objects.filter(pk=entry.pk).delete()
        return was_there(entry)

    monkeypatch.setattr(services.entries, "_locked_entry", delete_first)

    page = signed_in(editor).post(change(entry), values)

    assert page.status_code == 404
    assert MINE in page.content.decode()


def test_a_responsibility_that_ends_while_a_text_is_on_its_way_gives_it_back(
    typed, signed_in, editor, entry, monkeypatch
):
    values = typed(editor, entry)
    was_there = services.entries._locked_entry

    def end_first(entry):
        responsibility_ends(entry)
        return was_there(entry)

    monkeypatch.setattr(services.entries, "_locked_entry", end_first)

    page = signed_in(editor).post(change(entry), values)

    assert page.status_code == 403
    assert MINE in page.content.decode()
    entry.refresh_from_db()
    assert SAVED in entry.explanation


@pytest.mark.parametrize("stage", ["closed", "published"])
@pytest.mark.parametrize("remark", ["", "x" * 5_001])
def test_a_coordinator_who_saves_in_a_closed_round_keeps_their_text(
    remark, stage, typed, signed_in, coordinator, entry
):
    values = typed(coordinator, entry, remark=remark)
    ReportingRound.objects.filter(pk=entry.round_id).update(stage=stage, edition=1)

    page = signed_in(coordinator).post(change(entry), values)

    assert page.status_code == 403
    assert 'name="explanation"' in page.content.decode()
    assert page.context["form"]["explanation"].value() == MINE
    assert page.context["form"]["remark"].value() == remark
    assert "kan hier niet meer worden opgeslagen" in page.content.decode()
    entry.refresh_from_db()
    assert SAVED in entry.explanation


# --- Text that waited for its person to sign in --------------------------------


@pytest.fixture
def waiting_text(signed_in, editor, entry):
    """The editor is signed in, and a text of theirs waits for the page of the entry."""
    client = signed_in(editor)
    session = client.session
    fields = {"person": str(editor.pk), "version": "1", "explanation": MINE}
    at = timezone.now() - timedelta(hours=1)
    session["kept_texts"] = {change(entry): {"at": at.timestamp(), "fields": fields}}
    session.save()
    return client


def test_text_that_waited_for_an_entry_out_of_sight_is_shown_alone(waiting_text, entry):
    responsibility_ends(entry)

    page = waiting_text.get(change(entry))

    assert page.status_code == 404
    assert MINE in page.content.decode()
    assert SAVED not in page.content.decode()


def test_text_that_waited_for_an_entry_that_was_submitted_meanwhile_is_shown(waiting_text, entry):
    factories.put_in_stage(entry, "approved", is_confirmed=True)

    page = waiting_text.get(change(entry))

    assert page.status_code == 200
    assert page.context["form"]["explanation"].value() == MINE
    assert 'name="explanation"' in page.content.decode()
    assert "kan hier niet meer worden opgeslagen" in page.content.decode()
