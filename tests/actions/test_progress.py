"""How far a round is, what waits for whom, and how far off the deadline is said to be."""

from datetime import date

import pytest

from actions.models import EntryTransition, Progress, Responsibility
from actions.progress import deadline_in_words, state_of, waiting_for, with_the_coordinator
from tests import factories

DEADLINE = date(2024, 12, 1)
TOO_LATE = date(2024, 12, 4)

# How an entry is made that is so far.
SO_FAR = {
    Progress.UNTOUCHED: {"stage": "draft", "is_confirmed": False},
    Progress.DRAFT: {"stage": "draft", "is_confirmed": True},
    Progress.SUBMITTED: {"stage": "submitted", "is_confirmed": True},
    Progress.RETURNED: {"stage": "returned", "is_confirmed": True},
    Progress.APPROVED: {"stage": "approved", "is_confirmed": True},
}

pytestmark = pytest.mark.django_db


@pytest.fixture
def ministry():
    return factories.organisation(abbreviation="SZW")


@pytest.fixture
def other_ministry():
    return factories.organisation(abbreviation="BZ")


@pytest.fixture
def in_round():
    return factories.reporting_round(year=2024, deadline=DEADLINE)


@pytest.fixture
def add(in_round):
    """Adds an entry to the round that is so far."""

    def add_entry(progress=Progress.UNTOUCHED, **values):
        return factories.status_entry(round=in_round, **SO_FAR[progress] | values)

    return add_entry


def numbers(tally):
    return {progress: number for progress, number in tally.counts.items() if number}


# --- The state of a round ------------------------------------------------------


def test_each_entry_counts_for_the_organisation_that_writes_it(
    add, in_round, ministry, other_ministry
):
    add(Progress.UNTOUCHED, responsible=ministry)
    add(Progress.UNTOUCHED, responsible=ministry)
    add(Progress.APPROVED, responsible=ministry)
    add(Progress.RETURNED, responsible=other_ministry)

    bz, szw = state_of(in_round).organisations

    assert (bz.organisation, numbers(bz.tally)) == (other_ministry, {Progress.RETURNED: 1})
    assert (szw.organisation, numbers(szw.tally)) == (
        ministry,
        {Progress.UNTOUCHED: 2, Progress.APPROVED: 1},
    )
    assert szw.tally.total == 3


def test_a_tally_has_a_count_for_every_progress(in_round):
    assert state_of(in_round).whole.counts == dict.fromkeys(Progress, 0)


def test_an_entry_of_two_organisations_counts_for_both_and_once_in_the_round(
    add, in_round, ministry, other_ministry
):
    entry = add(Progress.DRAFT, responsible=ministry)
    factories.responsibility(
        action_point=entry.action_point, organisation=other_ministry, role="executing"
    )

    state = state_of(in_round)

    assert [numbers(row.tally) for row in state.organisations] == [{Progress.DRAFT: 1}] * 2
    assert numbers(state.whole) == {Progress.DRAFT: 1}


def test_an_organisation_with_two_roles_in_a_point_counts_it_once(add, in_round, ministry):
    entry = add(responsible=ministry)
    factories.responsibility(
        action_point=entry.action_point, organisation=ministry, role="coordinating"
    )

    [row] = state_of(in_round).organisations

    assert row.tally.total == 1


@pytest.mark.parametrize(
    "values",
    [
        {"role": Responsibility.Role.INVOLVED},
        {"first_year": 2022, "last_year": 2023},
        {"first_year": 2025},
    ],
    ids=["involved", "past", "to come"],
)
def test_an_entry_that_nobody_writes_has_a_row_of_its_own(values, add, in_round, ministry):
    entry = add()
    factories.responsibility(action_point=entry.action_point, organisation=ministry, **values)

    [row] = state_of(in_round).organisations

    assert (row.organisation, row.tally.total, row.editors) == (None, 1, ())


def test_each_entry_counts_for_its_theme_in_the_order_of_the_plan(add, in_round):
    later = factories.theme(pillar=factories.pillar(plan=in_round.plan, number=2))
    sooner = factories.theme(pillar=factories.pillar(plan=in_round.plan, number=1))
    for theme in (later, later, sooner):
        add(action_point=factories.action_point(theme=theme))

    rows = state_of(in_round).themes

    assert [(row.theme, row.tally.total) for row in rows] == [(sooner, 1), (later, 2)]


@pytest.mark.parametrize(("on", "late"), [(DEADLINE, 0), (TOO_LATE, 3)])
def test_what_is_in_hand_after_the_deadline_is_late(on, late, add, in_round, ministry):
    for progress in Progress:
        add(progress, responsible=ministry)

    state = state_of(in_round, on)

    assert state.whole.late == late
    assert [row.tally.late for row in state.organisations] == [late]
    assert sum(row.tally.late for row in state.themes) == late


def test_nothing_is_late_without_a_deadline():
    in_round = factories.reporting_round(stage="closed", deadline=None)
    factories.status_entry(round=in_round)

    assert state_of(in_round, TOO_LATE).whole.late == 0


def test_editors_are_named_by_their_organisation(add, in_round, ministry):
    add(responsible=ministry)
    factories.editor(member_of=ministry, first_name="Noor", last_name="Visser")
    factories.other_editor(member_of=ministry)

    [row] = state_of(in_round).organisations

    assert row.editors == ("other-editor", "Noor Visser")


@pytest.mark.parametrize(
    "values",
    [{"is_active": False}, {"is_staff": False}, {"group": "reader"}],
    ids=["switched off", "no staff", "no editor"],
)
def test_who_cannot_write_is_no_editor(values, add, in_round, ministry):
    add(responsible=ministry)
    factories.editor(member_of=ministry, **values)

    [row] = state_of(in_round).organisations

    assert row.editors == ()


def test_the_state_takes_as_many_queries_for_many_entries_as_for_few(
    add, in_round, django_assert_num_queries
):
    for _round in range(2):
        for progress in Progress:
            ministry = factories.organisation()
            add(progress, responsible=ministry)
            factories.user(group="editor", member_of=ministry)
        with django_assert_num_queries(3):
            state = state_of(in_round)
            [str(row.theme) for row in state.themes]


# --- What waits for an editor --------------------------------------------------


@pytest.fixture
def editor(ministry):
    return factories.editor(member_of=ministry)


def lacks(editor):
    [waiting] = waiting_for(editor)
    return waiting.lacks


def test_what_is_in_hand_waits_for_its_editor_and_nothing_else(
    add, ministry, other_ministry, editor
):
    own = {progress: add(progress, responsible=ministry) for progress in Progress}
    add(responsible=other_ministry)
    closed = factories.reporting_round(stage="closed")
    factories.status_entry(round=closed, responsible=ministry)

    in_hand = (Progress.UNTOUCHED, Progress.DRAFT, Progress.RETURNED)
    assert [each.entry for each in waiting_for(editor)] == [own[each] for each in in_hand]
    handed_in = (Progress.SUBMITTED, Progress.APPROVED)
    assert with_the_coordinator(editor) == [own[each] for each in handed_in]


def test_what_waits_stands_by_deadline_and_then_as_the_plan_goes(add, ministry, editor):
    first = add(responsible=ministry)
    second = add(responsible=ministry)
    sooner = factories.reporting_round(deadline=date(2024, 11, 1))
    soonest = factories.status_entry(round=sooner, responsible=ministry)

    assert [each.entry for each in waiting_for(editor)] == [soonest, first, second]


@pytest.mark.parametrize(
    ("progress", "sentence"),
    [
        (Progress.UNTOUCHED, "Overgenomen van de vorige keer, nog niet bevestigd."),
        (Progress.DRAFT, "Nog niet ingediend."),
        (Progress.RETURNED, "Teruggestuurd en nog niet opnieuw ingediend."),
    ],
)
def test_an_entry_lacks_what_comes_next(progress, sentence, add, ministry, editor):
    add(progress, responsible=ministry)

    assert lacks(editor) == (sentence,)


def test_a_new_entry_lacks_everything(add, ministry, editor):
    add(responsible=ministry, status=None, explanation="")

    assert lacks(editor) == ("Nieuw dit jaar: er is nog niets ingevuld.",)


@pytest.mark.parametrize("tone", [None, "no_update"])
def test_an_entry_lacks_a_state_of_play_of_the_ministry(tone, add, ministry, editor):
    status = factories.status(tone=tone) if tone else None
    add(Progress.DRAFT, responsible=ministry, status=status)

    assert lacks(editor) == (
        "Nog niet ingediend.",
        "De stand van zaken is nog niet gekozen.",
    )


def test_an_entry_lacks_an_explanation(add, ministry, editor):
    add(Progress.DRAFT, responsible=ministry, explanation="<p></p>")

    assert lacks(editor) == ("Nog niet ingediend.", "De toelichting is nog leeg.")


def test_a_returned_entry_says_who_last_returned_it_and_why(add, ministry, editor):
    entry = add(Progress.RETURNED, responsible=ministry)
    coordinator = factories.coordinator()
    for remark in ("Te lang", "Nog steeds te lang"):
        EntryTransition.objects.create(
            entry=entry,
            by=coordinator,
            from_stage="submitted",
            to_stage="returned",
            remark=remark,
        )

    [waiting] = waiting_for(editor)

    assert waiting.returned.remark == "Nog steeds te lang"
    assert waiting.returned.by == coordinator


def test_an_earlier_return_is_not_told_again(add, ministry, editor):
    entry = add(Progress.DRAFT, responsible=ministry)
    EntryTransition.objects.create(
        entry=entry,
        by=factories.coordinator(),
        from_stage="submitted",
        to_stage="returned",
        remark="Te lang",
    )

    [waiting] = waiting_for(editor)

    assert waiting.returned is None


def test_what_waits_takes_as_many_queries_for_much_as_for_little(
    add, ministry, editor, django_assert_num_queries
):
    for _round in range(2):
        for progress in Progress:
            add(progress, responsible=ministry)
        with django_assert_num_queries(7):
            waiting = [(str(each.entry), each.returned) for each in waiting_for(editor)]
            handed_in = [str(entry.status) for entry in with_the_coordinator(editor)]
        assert waiting
        assert handed_in


# --- The deadline ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "words"),
    [
        (date(2024, 11, 19), "nog 12 dagen"),
        (date(2024, 11, 29), "nog 2 dagen"),
        (date(2024, 11, 30), "morgen"),
        (DEADLINE, "vandaag"),
        (date(2024, 12, 2), "1 dag te laat"),
        (TOO_LATE, "3 dagen te laat"),
    ],
)
def test_the_deadline_is_said_as_people_say_it(on, words):
    assert deadline_in_words(DEADLINE, on) == words
