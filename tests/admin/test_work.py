"""Where everyone lands: an editor on their work, a coordinator on the state of the round."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from actions.models import EntryTransition, Plan, Progress, ReportingRound, StatusEntry
from tests import factories
from tests.actions.test_progress import SO_FAR
from tests.admin.pages import address, change


@pytest.fixture
def land(signed_in):
    """The page on which a person lands who signs in."""

    def sign_in(person):
        return signed_in(person).get(reverse("admin:index"))

    return sign_in


def text_of(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


def links(page, to=""):
    """The links on a page to addresses that begin so, each with its words."""
    found = re.findall(r'<a [^>]*?href="([^"]*)"[^>]*>(.*?)</a>', page.content.decode(), re.DOTALL)
    return [
        (address.replace("&amp;", "&"), words.strip())
        for address, words in found
        if address.startswith(to)
    ]


# --- An editor -----------------------------------------------------------------


def test_an_editor_lands_on_exactly_what_waits_for_them(land, editor, entry, other_entry):
    handed_in = factories.status_entry(round=entry.round, **SO_FAR[Progress.SUBMITTED])

    page = land(editor)

    assert [each.entry for each in page.context["waiting"]] == [entry]
    assert [address for address, _words in links(page, change(entry))] == [change(entry)]
    assert not links(page, change(other_entry))
    assert not links(page, change(handed_in))


def test_nothing_stands_above_the_work_of_an_editor(land, editor, entry):
    page = land(editor)

    assert page.context["title"] == "Mijn werk"
    whole = page.content.decode()
    assert whole.index("nap-waiting") < whole.index("nap-sections")


def test_each_entry_says_what_it_still_lacks(land, editor, ministry):
    factories.status_entry(responsible=ministry, status=None, **SO_FAR[Progress.DRAFT])

    said = text_of(land(editor))

    assert "Nog niet ingediend." in said
    assert "De stand van zaken is nog niet gekozen." in said


def test_an_entry_that_came_back_says_who_returned_it_and_why(land, editor, ministry, coordinator):
    entry = factories.status_entry(responsible=ministry, **SO_FAR[Progress.RETURNED])
    coordinator.first_name, coordinator.last_name = "Anna", "de Boer"
    coordinator.save()
    EntryTransition.objects.create(
        entry=entry,
        by=coordinator,
        from_stage="submitted",
        to_stage="returned",
        remark="Noem <de> wet.",
    )

    page = land(editor)

    assert "Anna de Boer schreef op" in text_of(page)
    assert "Noem &lt;de&gt; wet." in page.content.decode()


@pytest.mark.parametrize(
    ("days", "words"), [(12, "nog 12 dagen"), (0, "vandaag"), (-3, "3 dagen te laat")]
)
def test_the_deadline_is_said_as_a_date_and_in_words(days, words, land, editor, ministry):
    deadline = timezone.localdate() + timedelta(days=days)
    in_round = factories.reporting_round(deadline=deadline)
    factories.status_entry(round=in_round, responsible=ministry)

    said = text_of(land(editor))

    assert str(deadline.year) in said
    assert f"({words})" in said


def test_an_editor_reads_how_much_looks_odd_in_what_they_wrote(land, editor, ministry):
    odd = {"explanation": "<p></p>"}
    written = factories.status_entry(responsible=ministry, **SO_FAR[Progress.DRAFT], **odd)
    factories.status_entry(round=written.round, responsible=ministry, **odd)

    begun, untouched = land(editor).context["waiting"]

    assert begun.findings > 0
    assert untouched.findings == 0


def test_an_editor_who_has_handed_in_everything_is_thanked(land, editor, ministry):
    entry = factories.status_entry(responsible=ministry, **SO_FAR[Progress.SUBMITTED])

    page = land(editor)

    assert "U hebt alles ingediend." in text_of(page)
    assert links(page, change(entry))


def test_an_editor_between_two_rounds_reads_what_will_come(land, editor, ministry):
    factories.published_entry()

    assert "Zodra een ronde opengaat, staan hier de actiepunten van SZW." in text_of(land(editor))


def test_an_editor_of_no_organisation_is_told_whom_to_ask(land, db):
    anna = {"first_name": "Anna", "last_name": "de Boer", "email": "anna@example.nl"}
    factories.coordinator(**anna)

    page = land(factories.user(group="editor"))

    assert "U bent nog niet aan een organisatie gekoppeld." in text_of(page)
    assert links(page, "mailto:") == [("mailto:anna@example.nl", "Anna de Boer")]


def test_an_editor_sees_nothing_of_the_state_of_the_round(land, editor, entry):
    page = land(editor)

    assert "states" not in page.context
    assert not links(page, address(ReportingRound, "changelist"))


# --- A coordinator -------------------------------------------------------------


@pytest.fixture
def busy_round(entry, other_entry, ministry):
    """A round past its deadline, with entries of every kind: of two organisations, and of none."""
    entry.round.deadline = timezone.localdate() - timedelta(days=3)
    entry.round.save()
    for values in SO_FAR.values():
        factories.status_entry(round=entry.round, responsible=ministry, **values)
        factories.status_entry(round=entry.round, **values)
    factories.responsibility(
        action_point=other_entry.action_point, organisation=ministry, role="executing"
    )
    # Nothing of another round is counted.
    earlier = factories.reporting_round(plan=entry.round.plan, year=2023, stage="published")
    factories.status_entry(round=earlier, action_point=entry.action_point, stage="approved")
    return entry.round


@pytest.mark.parametrize("who", ["coordinator", "reader"])
def test_whoever_sees_everything_lands_on_the_state_of_the_round(who, land, busy_round, request):
    page = land(request.getfixturevalue(who))

    [state] = page.context["states"]
    assert state.round == busy_round
    whole = page.content.decode()
    assert whole.index("nap-tally") < whole.index("nap-sections")
    assert links(page, change(busy_round))


def test_every_number_leads_to_the_list_of_exactly_these_entries(signed_in, land, busy_round):
    person = factories.coordinator(username="other-coordinator")
    entries = address(StatusEntry, "changelist")
    numbers = links(land(person), f"{entries}?")

    # Organisations, themes, and the round: each with its numbers.
    assert len(numbers) > 40
    client = signed_in(person)
    for link, number in numbers:
        listed = client.get(link).context["cl"].result_list
        assert len(listed) == int(number), link
        assert {each.round for each in listed} == {busy_round}, link


def test_an_organisation_without_an_editor_is_named(land, coordinator, entry):
    assert "SZW Nog geen redacteur" in text_of(land(coordinator))


@pytest.mark.parametrize(
    ("so_far", "is_late"), [(Progress.RETURNED, True), (Progress.APPROVED, False)]
)
def test_a_round_is_late_as_long_as_something_has_to_come_in(so_far, is_late, land, coordinator):
    late = factories.reporting_round(deadline=timezone.localdate() - timedelta(days=6))
    factories.status_entry(round=late, **SO_FAR[so_far])

    page = land(coordinator)

    assert ("6 dagen te laat" in text_of(page)) == is_late
    assert ("nap-late" in page.content.decode()) == is_late


def test_the_editors_of_an_organisation_are_named(land, coordinator, entry, ministry):
    factories.editor(member_of=ministry, first_name="Noor", last_name="Visser")

    assert "SZW Noor Visser" in text_of(land(coordinator))


def test_entries_that_nobody_can_write_are_shown(land, coordinator):
    factories.status_entry()

    assert "Niemand kan deze nog invullen" in text_of(land(coordinator))


def test_a_coordinator_who_writes_sees_their_work_and_the_round(land, coordinator, entry, ministry):
    ministry.memberships.create(user=coordinator)

    page = land(coordinator)

    assert [each.entry for each in page.context["waiting"]] == [entry]
    assert page.context["states"]


# --- What comes next -----------------------------------------------------------


def test_without_an_open_round_the_next_step_is_to_prepare_one(land, coordinator):
    published = factories.reporting_round(stage="published", year=2024)

    page = land(coordinator)

    add = f"{address(ReportingRound, 'add')}?plan={published.plan.pk}&year=2025"
    assert (add, "De ronde van 2025 voorbereiden") in links(page)


def test_the_form_for_the_next_round_is_filled_in(land, coordinator, signed_in):
    plan = factories.plan()
    [(link, _words)] = links(land(coordinator), f"{address(ReportingRound, 'add')}?")

    form = signed_in(coordinator).get(link).context["adminform"].form

    assert form["plan"].value() == str(plan.pk)
    assert form["year"].value() == "2022"


def test_a_round_in_preparation_is_the_next_to_be_opened(land, coordinator):
    prepared = factories.reporting_round(stage="preparing")

    assert (change(prepared), "De ronde van 2022 voorbereiden en openen") in links(
        land(coordinator)
    )


@pytest.mark.parametrize("last_year", [None, 2026])
def test_without_a_year_to_come_a_round_is_prepared_from_an_empty_form(
    last_year, land, coordinator
):
    if last_year:
        factories.reporting_round(stage="published", year=last_year)

    page = land(coordinator)

    assert (address(ReportingRound, "add"), "Een ronde voorbereiden") in links(page)
    assert Plan.objects.exists() == bool(last_year)


def test_a_reader_is_offered_no_step(land, reader):
    factories.plan()

    page = land(reader)

    assert "De coördinator opent de volgende ronde." in text_of(page)
    assert not links(page, address(ReportingRound, "add"))


# --- Everyone ------------------------------------------------------------------


def test_somebody_in_no_group_sees_nothing(land, entry):
    page = land(factories.user())

    assert "states" not in page.context
    assert "waiting" not in page.context


@pytest.mark.parametrize("who", ["coordinator", "editor"])
def test_the_index_takes_as_many_queries_for_much_as_for_little(
    who, land, entry, request, django_assert_max_num_queries, ministry
):
    person = request.getfixturevalue(who)
    land(person)

    def fill():
        for values in SO_FAR.values():
            factories.status_entry(round=entry.round, responsible=ministry, **values)

    fill()
    with django_assert_max_num_queries(100) as few:
        land(person)
    fill()
    factories.user(group="editor", member_of=ministry)
    with django_assert_max_num_queries(100) as many:
        land(person)
    assert len(many) == len(few)
