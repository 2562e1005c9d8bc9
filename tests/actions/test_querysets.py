"""What querysets select, at the edges of their years, roles, stages and words."""

import sqlite3
from contextlib import closing
from datetime import date

import pytest

from actions.models import (
    ActionPoint,
    Organisation,
    Plan,
    PublishedEntry,
    Responsibility,
    StatusEntry,
)
from actions.sqlite import teach_capitals
from tests import factories

pytestmark = pytest.mark.django_db

# First and last year of something, and whether it holds in 2024.
YEARS = [
    (2022, None, True),
    (2024, None, True),
    (2025, None, False),
    (2022, 2023, False),
    (2022, 2024, True),
    (2024, 2024, True),
    (2024, 2025, True),
    (2025, 2026, False),
]
ROLES = Responsibility.Role


# --- Years -------------------------------------------------------------------


@pytest.mark.parametrize(("first_year", "last_year", "holds"), YEARS)
def test_a_point_is_in_force_from_its_first_through_its_last_year(first_year, last_year, holds):
    factories.action_point(first_year=first_year, last_year=last_year)

    assert ActionPoint.objects.in_force(2024).exists() is holds


@pytest.mark.parametrize(("first_year", "last_year", "holds"), YEARS)
def test_a_responsibility_is_in_force_from_its_first_through_its_last_year(
    first_year, last_year, holds
):
    factories.responsibility(first_year=first_year, last_year=last_year)

    assert Responsibility.objects.in_force(2024).exists() is holds


@pytest.mark.parametrize(
    ("first_year", "last_year", "holds"), [*YEARS, (None, 2024, True), (None, 2023, False)]
)
def test_an_organisation_exists_from_its_first_through_its_last_year(first_year, last_year, holds):
    factories.organisation(first_year=first_year, last_year=last_year)

    assert Organisation.objects.existing_in(2024).exists() is holds


def test_an_organisation_of_unknown_years_exists_in_every_year():
    factories.organisation(first_year=None, last_year=None)

    assert Organisation.objects.existing_in(1815).exists()


@pytest.mark.parametrize(("first_year", "last_year", "holds"), YEARS)
def test_entries_are_of_an_organisation_in_the_years_of_its_responsibility(
    first_year, last_year, holds
):
    held = factories.responsibility(first_year=first_year, last_year=last_year)
    in_round = factories.reporting_round(plan=held.action_point.plan, year=2024)
    factories.status_entry(action_point=held.action_point, round=in_round)

    assert StatusEntry.objects.of_organisation(held.organisation).exists() is holds


# --- Published ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("stage", "edition", "public"),
    [
        ("preparing", 0, False),
        ("open", 0, False),
        ("closed", 0, False),
        ("published", 1, True),
        # A correction is being made: what was published stays public.
        ("open", 1, True),
        ("closed", 2, True),
    ],
)
def test_only_what_has_been_published_is_public(stage, edition, public):
    in_round = factories.reporting_round(stage=stage, edition=edition)

    assert Plan.objects.published().exists() is public
    assert in_round.plan.rounds.published().exists() is public


@pytest.mark.parametrize(
    ("stage", "reported"),
    [("preparing", False), ("open", False), ("closed", True), ("published", True)],
)
def test_a_round_is_reported_once_it_is_closed(stage, reported):
    in_round = factories.reporting_round(stage=stage)

    assert in_round.plan.rounds.reported().exists() is reported


def test_publishing_puts_the_entries_as_they_are_in_the_place_of_those_published_before():
    in_round = factories.reporting_round()
    stays = factories.status_entry(round=in_round, explanation="<p>Eerst.</p>")
    goes = factories.status_entry(round=in_round)
    elsewhere = factories.published_entry()
    PublishedEntry.objects.publish(in_round)

    stays.explanation = "<p>Daarna.</p>"
    stays.save()
    goes.delete()
    comes = factories.status_entry(round=in_round, status=None)
    before = list(PublishedEntry.objects.for_round(in_round).in_order())
    PublishedEntry.objects.publish(in_round)
    after = list(PublishedEntry.objects.for_round(in_round).in_order())

    assert [each.explanation_text for each in before] == ["Eerst.", "Een toelichting."]
    assert [each.action_point for each in after] == [stays.action_point, comes.action_point]
    assert [each.explanation_text for each in after] == ["Daarna.", "Een toelichting."]
    assert [each.status for each in after] == [stays.status, None]
    assert PublishedEntry.objects.for_round(elsewhere.round).count() == 1


def test_what_is_published_says_everything_that_its_entry_says():
    point = factories.action_point(start_date=date(2022, 3, 1), end_date=date(2023, 8, 31))
    entry = factories.published_entry(action_point=point, goal="Zo luidde het doel toen")
    entry.refresh_from_db()

    published = PublishedEntry.objects.get()

    fields = [
        field.attname
        for field in PublishedEntry._meta.fields
        if not field.primary_key and field.attname != "search_words"
    ]
    assert {name: getattr(published, name) for name in fields} == {
        name: getattr(entry, name) for name in fields
    }
    assert published.start_date == date(2022, 3, 1)


def test_a_plan_with_two_published_rounds_is_one_plan():
    plan = factories.plan()
    for year in (2022, 2023):
        factories.reporting_round(plan=plan, year=year, stage="published")

    assert list(Plan.objects.published()) == [plan]


def test_entries_for_a_round_are_of_that_round_only():
    entry = factories.status_entry()
    factories.status_entry()

    assert list(StatusEntry.objects.for_round(entry.round)) == [entry]


# --- Organisations and roles -------------------------------------------------


@pytest.mark.parametrize("role", ROLES)
def test_entries_are_of_an_organisation_by_any_role(role):
    held = factories.responsibility(role=role)
    entry = factories.status_entry(action_point=held.action_point)

    assert list(StatusEntry.objects.of_organisation(held.organisation)) == [entry]


def test_entries_are_of_an_organisation_by_the_roles_asked_for():
    held = factories.responsibility(role=ROLES.EXECUTING)
    entry = factories.status_entry(action_point=held.action_point)
    entries = StatusEntry.objects

    assert list(entries.of_organisation(held.organisation, ROLES.EXECUTING)) == [entry]
    assert not entries.of_organisation(
        held.organisation, ROLES.RESPONSIBLE, ROLES.INVOLVED
    ).exists()


def test_an_entry_is_not_of_an_organisation_that_answers_for_another_point():
    factories.status_entry(responsible=factories.organisation())
    other = factories.organisation()
    factories.responsibility(organisation=other)

    assert not StatusEntry.objects.of_organisation(other).exists()


def test_an_entry_of_an_organisation_with_two_roles_is_there_once():
    held = factories.responsibility(role=ROLES.COORDINATING)
    factories.responsibility(
        action_point=held.action_point, organisation=held.organisation, role=ROLES.INVOLVED
    )
    entry = factories.status_entry(action_point=held.action_point)

    assert list(StatusEntry.objects.of_organisation(held.organisation)) == [entry]


# --- What an editor may change -----------------------------------------------


@pytest.fixture
def szw():
    return factories.organisation(abbreviation="SZW")


@pytest.fixture
def editor(szw):
    return factories.editor(member_of=szw)


def editable(user):
    return list(StatusEntry.objects.editable_by(user))


@pytest.mark.parametrize(
    ("round_stage", "entry_stage", "may"),
    [
        ("open", "draft", True),
        ("open", "submitted", False),
        ("open", "approved", False),
        ("preparing", "draft", False),
        ("closed", "draft", False),
        ("published", "draft", False),
        ("published", "approved", False),
    ],
)
def test_an_editor_may_change_drafts_of_open_rounds(round_stage, entry_stage, may, szw, editor):
    in_round = factories.reporting_round(stage=round_stage)
    entry = factories.status_entry(round=in_round, stage=entry_stage, responsible=szw)

    assert editable(editor) == ([entry] if may else [])


@pytest.mark.parametrize(
    ("role", "may"),
    [
        (ROLES.COORDINATING, True),
        (ROLES.RESPONSIBLE, True),
        (ROLES.EXECUTING, True),
        (ROLES.INVOLVED, False),
    ],
)
def test_an_editor_may_change_what_the_organisation_writes(role, may, szw, editor):
    held = factories.responsibility(organisation=szw, role=role)
    entry = factories.status_entry(action_point=held.action_point)

    assert editable(editor) == ([entry] if may else [])


def test_a_role_with_every_member_is_either_editing_or_not():
    assert {*Responsibility.EDITING_ROLES, ROLES.INVOLVED} == set(ROLES)


@pytest.mark.parametrize(("first_year", "last_year", "holds"), YEARS)
def test_an_editor_may_change_entries_of_the_years_of_the_responsibility(
    first_year, last_year, holds, szw, editor
):
    held = factories.responsibility(organisation=szw, first_year=first_year, last_year=last_year)
    in_round = factories.reporting_round(plan=held.action_point.plan, year=2024)
    entry = factories.status_entry(action_point=held.action_point, round=in_round)

    assert editable(editor) == ([entry] if holds else [])


def test_an_editor_may_not_change_entries_of_another_organisation(szw, editor):
    factories.status_entry(responsible=factories.organisation())
    factories.status_entry()

    assert editable(editor) == []


def test_two_organisations_may_both_change_the_entry_they_share(szw, editor):
    bz = factories.organisation(abbreviation="BZ")
    colleague = factories.other_editor(member_of=bz)
    entry = factories.status_entry(responsible=szw)
    factories.responsibility(action_point=entry.action_point, organisation=bz)

    assert editable(editor) == editable(colleague) == [entry]


def test_an_editor_of_two_organisations_sees_a_shared_entry_once(szw, editor):
    bz = factories.organisation(abbreviation="BZ")
    editor.memberships.create(organisation=bz)
    entry = factories.status_entry(responsible=szw)
    factories.responsibility(action_point=entry.action_point, organisation=bz)

    assert editable(editor) == [entry]


def test_an_editor_whose_membership_ended_may_change_nothing(szw, editor):
    factories.status_entry(responsible=szw)

    editor.memberships.all().delete()

    assert editable(editor) == []


@pytest.mark.parametrize("persona", [factories.coordinator, factories.reader, factories.visitor])
def test_who_belongs_to_no_organisation_edits_nothing_as_an_editor(persona, szw):
    factories.status_entry(responsible=szw)

    assert editable(persona()) == []


# --- Words -------------------------------------------------------------------


@pytest.fixture
def entry():
    point = factories.action_point(
        title="Metten effect van inkoop",
        goal="Minder misstanden (100% ISV)",
        responsibility="RIVM, in opdracht van IenW",
        timeline="2-jaarlijkse monitor",
    )
    return factories.status_entry(
        action_point=point,
        explanation=(
            '<p>Een <strong>nieuwe</strong> veror<em>dening</em> over <span class="lang-en">due '
            'diligence</span> geldt, zie <a href="https://voorbeeld.nl/nota">Financiën</a>'
            '<span class="footnote">Kamerstuk 26\u00a0485, nr. 430.</span>.</p>'
        ),
    )


@pytest.mark.parametrize(
    "text",
    [
        "Metten effect",
        "misstanden",
        "rivm",
        "monitor",
        "nieuwe",
        "verordening",
        "diligence",
        "Kamerstuk 485",
        "430",
        "effect RIVM 2-jaarlijkse nieuwe 430",
        "  nieuwe\u00a0 verordening ",
        "Financiën",
        "FINANCIËN",
        "100%",
        "1.1.1",
        "1.1",
        "",
        "nieuwe " * 2000,
    ],
    ids=lambda text: text[:40],
)
def test_an_entry_is_found_when_every_word_occurs_in_it(text, entry):
    assert list(StatusEntry.objects.matching(text)) == [entry]


@pytest.mark.parametrize(
    "text",
    [
        "strong",
        "span",
        "em>",
        "<p>",
        "footnote",
        "lang-en",
        "href",
        "voorbeeld.nl",
        "nieuwe afwezig",
        "Financieen",
        "1_0%",
        "%",
        "_",
        "1.1.2",
        "\\",
        "'; --",
    ],
)
def test_an_entry_is_not_found_by_markup_wildcards_or_a_word_it_lacks(text, entry):
    entry.action_point.goal = "Minder misstanden"
    entry.action_point.save()

    assert not StatusEntry.objects.matching(text).exists()


def test_a_number_is_found_from_its_beginning_only(entry):
    StatusEntry.objects.update(timeline="", goal="")

    assert StatusEntry.objects.matching("1.").exists()
    assert not StatusEntry.objects.matching(".1.1").exists()


def like(text, pattern):
    with closing(sqlite3.connect(":memory:")) as database:
        teach_capitals(database)
        found = database.execute("SELECT ? LIKE ? ESCAPE '!'", [text, pattern]).fetchone()
    return bool(found[0])


@pytest.mark.parametrize(
    ("text", "pattern", "matches"),
    [
        ("Financiën", "%NCIË%", True),
        ("a\nb", "a%b", True),
        ("abc", "a_c", True),
        ("abc", "b", False),
        ("a.c", "a.c", True),
        ("abc", "a.c", False),
        ("a%c", "a!%c", True),
        ("abc", "a!%c", False),
        ("a!c", "a!!c", True),
        ("12", 12, True),
        (None, "%", False),
        ("a", None, False),
    ],
)
def test_like_on_sqlite_knows_wildcards_and_all_capitals(text, pattern, matches):
    assert like(text, pattern) is matches


def test_many_different_words_are_searched_for_without_an_error(entry):
    assert not StatusEntry.objects.matching(" ".join(map(str, range(2000)))).exists()


def test_a_character_that_no_text_holds_finds_nothing_that_was_not_there(entry):
    assert list(StatusEntry.objects.matching("nieuwe\x00 \ud800 \x00")) == [entry]


# --- What a page needs -------------------------------------------------------


def test_the_rows_of_the_report_are_read_in_one_query(entry, django_assert_num_queries):
    factories.status_entry(round=entry.round)

    with django_assert_num_queries(1):
        for row in StatusEntry.objects.for_report():
            assert row.action_point.theme.pillar.number
            assert row.explanation
            assert row.status.label


def test_a_round_knows_the_organisations_of_its_year():
    held = factories.responsibility(first_year=2022, last_year=2023)
    in_round = factories.reporting_round(plan=held.action_point.plan, year=2023)
    next_round = factories.reporting_round(plan=held.action_point.plan, year=2024)
    for of_round in (in_round, next_round):
        factories.published_entry(action_point=held.action_point, round=of_round)
    factories.responsibility()

    assert list(in_round.organisations()) == [held.organisation]
    assert list(next_round.organisations()) == []


def test_the_organisations_of_a_round_are_those_of_what_is_published_of_it():
    held = factories.responsibility()
    in_round = factories.reporting_round(plan=held.action_point.plan)
    factories.status_entry(action_point=held.action_point, round=in_round)

    assert list(in_round.organisations()) == []
    factories.publish(in_round)
    assert list(in_round.organisations()) == [held.organisation]
