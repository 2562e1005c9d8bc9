"""Writing an entry and moving it from stage to stage: what is allowed, logged, and kept apart."""

from itertools import product

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from actions import services
from actions.models import EntryTransition, ReportingRound, Status, StatusEntry
from actions.moves import MOVES
from tests import factories
from tests.factories import put_in_stage

pytestmark = pytest.mark.django_db

# Which moves lead where, and who makes them: the rules in a second hand, to hold the table to.
ALLOWED = {
    ("draft", "confirm"): ("submitted", {"editor", "coordinator"}),
    ("draft", "submit"): ("submitted", {"editor", "coordinator"}),
    ("draft", "no_update"): ("approved", {"coordinator"}),
    ("returned", "submit"): ("submitted", {"editor", "coordinator"}),
    ("returned", "no_update"): ("approved", {"coordinator"}),
    ("submitted", "withdraw"): ("draft", {"editor", "coordinator"}),
    ("submitted", "approve"): ("approved", {"coordinator"}),
    ("submitted", "return"): ("returned", {"coordinator"}),
    ("approved", "return"): ("returned", {"coordinator"}),
}
STAGES = StatusEntry.Stage.values
WHO = ("editor", "other editor", "coordinator", "reader", "nobody")


@pytest.fixture
def ministry():
    return factories.organisation()


@pytest.fixture
def people(ministry):
    return {
        "editor": factories.editor(member_of=ministry),
        "other editor": factories.other_editor(member_of=factories.organisation()),
        "coordinator": factories.coordinator(),
        "reader": factories.reader(),
        "nobody": factories.user(member_of=ministry),
    }


@pytest.fixture
def editor(people):
    return people["editor"]


@pytest.fixture
def coordinator(people):
    return people["coordinator"]


@pytest.fixture
def entry(ministry):
    """An entry that was carried forward from last year and that nobody has worked on."""
    last = factories.published_entry(responsible=ministry)
    factories.status(label="Geen update ontvangen", tone="no_update")
    return factories.status_entry(
        action_point=last.action_point,
        round=factories.reporting_round(plan=last.round.plan),
        status=last.status,
        explanation=last.explanation,
    )


def content(entry, explanation="<p>Nieuwe tekst.</p>"):
    return services.Content(entry.status, explanation)


def ready_for(move, entry, stage):
    """The entry in this stage, with what a move that is possible from there asks of it."""
    put_in_stage(
        entry, stage, is_confirmed=move == "submit" or (move != "confirm" and stage != "draft")
    )
    if move == "no_update" and stage == "returned":
        # Nobody has written anything this year: it was returned to ask for that.
        entry.status, entry.explanation = Status.objects.get(tone="no_update"), ""
        entry.save()
    return entry


def make(move, entry, by, **values):
    values = {"version": entry.version, "remark": "Graag de cijfers erbij.", **values}
    return services.move_entry(entry=entry, move=move, by=by, **values)


# --- The table ---------------------------------------------------------------


@pytest.mark.parametrize(("stage", "move", "who"), [*product(STAGES, MOVES, WHO)])
def test_a_move_is_made_from_the_stages_and_by_the_people_of_the_table(
    stage, move, who, entry, people
):
    entry = ready_for(move, entry, stage)
    to_stage, movers = ALLOWED.get((stage, move), (stage, set()))

    if who in movers:
        moved = make(move, entry, people[who])
        assert moved.stage == to_stage
    else:
        with pytest.raises((services.Refused, PermissionDenied)), transaction.atomic():
            make(move, entry, people[who])

    entry.refresh_from_db()
    assert entry.stage == (to_stage if who in movers else stage)
    assert entry.transitions.count() == (who in movers)


def test_a_move_is_logged_with_who_when_from_to_and_remark(entry, editor):
    put_in_stage(entry, "submitted", is_confirmed=True)

    make("withdraw", entry, editor, remark="  Er komt nog een cijfer bij. ")

    [logged] = entry.transitions.all()
    assert (logged.by, logged.from_stage, logged.to_stage) == (editor, "submitted", "draft")
    assert logged.remark == "Er komt nog een cijfer bij."
    assert logged.at is not None


def test_nothing_is_moved_when_the_log_cannot_be_written(entry, editor, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError("The disk is full.")

    monkeypatch.setattr(EntryTransition, "save", fail)

    with pytest.raises(RuntimeError), transaction.atomic():
        make("confirm", entry, editor)

    entry.refresh_from_db()
    assert (entry.stage, entry.version, entry.is_confirmed) == ("draft", 1, False)


@pytest.mark.parametrize("stage", ["preparing", "closed", "published"])
@pytest.mark.parametrize("who", ["editor", "coordinator"])
def test_nothing_is_written_or_moved_in_a_round_that_is_not_open(stage, who, entry, people):
    ReportingRound.objects.filter(pk=entry.round_id).update(stage=stage, edition=1)

    with pytest.raises(services.Refused, match="niet open"):
        make("submit", entry, people[who], content=content(entry))
    with pytest.raises(services.Refused, match="niet open"):
        services.save_entry(
            entry=entry, version=entry.version, content=content(entry), by=people[who]
        )

    entry.refresh_from_db()
    assert entry.explanation == "<p>Een toelichting.</p>"


# --- What a move asks for ----------------------------------------------------


def test_what_was_only_carried_forward_is_confirmed_and_not_submitted(entry, editor):
    with pytest.raises(services.Refused, match="Ongewijzigd bevestigen"):
        make("submit", entry, editor)

    assert make("confirm", entry, editor).is_confirmed


def test_what_was_changed_is_submitted_and_not_confirmed_unchanged(entry, editor):
    with pytest.raises(services.Refused, match="Indienen"):
        make("confirm", entry, editor, content=content(entry))

    moved = make("submit", entry, editor, content=content(entry))
    assert (moved.explanation, moved.is_confirmed) == ("<p>Nieuwe tekst.</p>", True)


def test_a_new_point_has_nothing_to_confirm(ministry, editor):
    new = factories.status_entry(responsible=ministry)

    with pytest.raises(services.Refused, match="nieuw dit jaar"):
        make("confirm", new, editor)


def test_where_no_update_was_received_last_year_there_is_nothing_to_confirm(entry, editor):
    entry.status = Status.objects.get(tone="no_update")
    entry.save()

    assert not services.is_offered(MOVES["confirm"], entry, editor)
    with pytest.raises(services.Refused, match="Vorig jaar is er geen update ontvangen"):
        make("confirm", entry, editor)


def test_an_entry_without_a_state_of_play_is_not_submitted(entry, editor):
    with pytest.raises(services.Refused, match="stand van zaken"):
        make("submit", entry, editor, content=services.Content(None, "<p>Tekst.</p>"))


@pytest.mark.parametrize("remark", ["", " \n "])
def test_an_entry_is_not_returned_without_a_remark(remark, entry, coordinator):
    put_in_stage(entry, "submitted")

    with pytest.raises(services.Refused, match="opmerking"):
        make("return", entry, coordinator, remark=remark)


def test_no_update_takes_away_last_years_text(entry, coordinator):
    moved = make("no_update", entry, coordinator)

    assert (moved.status.label, moved.explanation) == ("Geen update ontvangen", "")
    assert moved.stage == "approved"


@pytest.mark.parametrize(
    ("stage", "is_confirmed"), [("draft", True), ("returned", True), ("returned", False)]
)
def test_no_update_does_not_throw_away_what_somebody_worked_on(
    stage, is_confirmed, entry, coordinator
):
    put_in_stage(entry, stage, is_confirmed=is_confirmed)

    assert not services.is_offered(MOVES["no_update"], entry, coordinator)
    with pytest.raises(services.Refused, match="al gewerkt"):
        make("no_update", entry, coordinator)

    entry.refresh_from_db()
    assert (entry.explanation, entry.stage) == ("<p>Een toelichting.</p>", stage)


def test_no_update_does_not_throw_away_what_was_typed_with_it(entry, coordinator):
    with pytest.raises(services.Refused, match="kwijt"):
        make("no_update", entry, coordinator, content=content(entry))


def test_no_update_is_recorded_where_the_text_was_taken_away_on_purpose(entry, coordinator):
    emptied = services.Content(Status.objects.get(tone="no_update"), "")
    services.save_entry(entry=entry, version=1, content=emptied, by=coordinator)
    entry.refresh_from_db()

    assert services.is_offered(MOVES["no_update"], entry, coordinator)
    assert make("no_update", entry, coordinator, content=emptied).stage == "approved"


def test_an_editor_does_not_say_that_no_update_was_received(entry, editor):
    moved = services.Content(Status.objects.get(tone="no_update"), "<p>x</p>")

    with pytest.raises(services.Refused, match="coördinator"):
        make("submit", entry, editor, content=moved)


# --- Saving ------------------------------------------------------------------


def save(entry, by, explanation="<p>Nieuwe tekst.</p>", version=None):
    return services.save_entry(
        entry=entry, version=version or entry.version, content=content(entry, explanation), by=by
    )


def test_saving_a_change_confirms_the_entry_and_leaves_its_stage(entry, editor):
    saved = save(entry, editor)

    assert (saved.explanation, saved.stage) == ("<p>Nieuwe tekst.</p>", "draft")
    assert saved.is_confirmed
    assert not saved.transitions.exists()
    assert saved.history.first().history_user == editor


def test_saving_without_a_change_writes_nothing(entry, editor):
    saved = save(entry, editor, entry.explanation)

    assert (saved.version, saved.is_confirmed) == (1, False)
    assert saved.history.count() == 1


def test_whoever_saves_second_is_told_and_changes_nothing(entry, editor, coordinator):
    save(entry, coordinator, "<p>Van de een.</p>")

    with pytest.raises(services.Conflict) as conflict:
        save(entry, editor, "<p>Van de ander.</p>")

    assert conflict.value.entry.explanation == "<p>Van de een.</p>"
    entry.refresh_from_db()
    assert entry.explanation == "<p>Van de een.</p>"


@pytest.mark.parametrize("move", ["confirm", "submit", "no_update"])
def test_a_move_of_an_entry_that_somebody_saved_since_is_not_made(move, entry, coordinator, editor):
    save(entry, editor)

    with pytest.raises(services.Conflict):
        make(move, entry, coordinator)

    assert not entry.transitions.exists()


def test_whoever_was_overtaken_by_a_submission_keeps_their_text(entry, editor, coordinator):
    make("confirm", entry, coordinator)

    with pytest.raises(services.Conflict):
        save(entry, editor, "<p>Van de ander.</p>")


def test_saving_the_same_twice_saves_once(entry, editor):
    save(entry, editor)

    again = save(entry, editor)

    assert (again.version, again.history.count()) == (2, 2)


@pytest.mark.parametrize(("stage", "move"), ALLOWED)
def test_making_the_same_move_twice_makes_it_once(stage, move, entry, coordinator):
    version = ready_for(move, entry, stage).version
    make(move, entry, coordinator)

    again = make(move, entry, coordinator, version=version)

    assert again.stage == ALLOWED[stage, move][0]
    assert again.transitions.count() == 1


def test_a_second_remark_on_a_return_is_not_lost_in_silence(entry, coordinator):
    put_in_stage(entry, "submitted")
    make("return", entry, coordinator, remark="Eerste opmerking.")

    with pytest.raises(services.Conflict):
        make("return", entry, coordinator, remark="Tweede opmerking.")


def test_withdrawing_takes_along_what_was_typed_meanwhile(entry, editor):
    put_in_stage(entry, "submitted", is_confirmed=True)

    moved = make("withdraw", entry, editor, content=content(entry))

    assert (moved.stage, moved.explanation) == ("draft", "<p>Nieuwe tekst.</p>")


def test_a_double_click_on_no_update_is_no_conflict(entry, coordinator):
    version, shown = entry.version, content(entry, entry.explanation)
    make("no_update", entry, coordinator, content=shown)

    again = make("no_update", entry, coordinator, version=version, content=shown)

    assert again.transitions.count() == 1


def test_what_was_typed_with_a_second_click_on_no_update_is_not_lost(entry, coordinator):
    version = entry.version
    make("no_update", entry, coordinator, content=content(entry, entry.explanation))

    with pytest.raises(services.Conflict):
        make("no_update", entry, coordinator, version=version, content=content(entry))


@pytest.mark.parametrize("stage", ["submitted", "approved"])
def test_what_was_submitted_keeps_a_state_of_play(stage, entry, coordinator):
    put_in_stage(entry, stage, is_confirmed=True)
    without = services.Content(None, "<p>Tekst.</p>")

    with pytest.raises(services.Refused, match="stand van zaken"):
        services.save_entry(entry=entry, version=entry.version, content=without, by=coordinator)
    if stage == "submitted":
        with pytest.raises(services.Refused, match="stand van zaken"):
            make("approve", entry, coordinator, content=without)
