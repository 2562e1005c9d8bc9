"""What the database refuses of the register, and how a person is told."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.forms import modelform_factory

from actions.models import (
    ActionPoint,
    Citation,
    EntryTransition,
    Membership,
    Organisation,
    Pillar,
    Plan,
    PublishedEntry,
    PublishedResponsibility,
    Reminder,
    ReportingRound,
    Responsibility,
    SeenFinding,
    Status,
    StatusEntry,
    Succession,
    Theme,
)
from reports.models import Edition, EditionFile, ReportText
from tests import factories

pytestmark = pytest.mark.django_db


def plan_that_ends_before_it_starts():
    return Plan(slug="nap", title="NAP", publisher="BZ", start_year=2026, end_year=2022)


def second_pillar_of_a_number():
    first = factories.pillar(number=1)
    return Pillar(plan=first.plan, number=1, title="Weer een")


def second_theme_at_a_position():
    first = factories.theme(position=1)
    return Theme(plan=first.plan, pillar=first.pillar, position=1, title="Weer", slug="weer")


def second_theme_of_a_slug():
    first = factories.theme(slug="inkoop")
    pillar = factories.pillar(plan=first.plan)
    return Theme(plan=first.plan, pillar=pillar, position=1, title="Inkoop", slug="inkoop")


def point(**values):
    theme = factories.theme()
    numbered = {"plan": theme.plan, "theme": theme, "sequence": 1, "number": "1.1.1"}
    return ActionPoint(**numbered | {"title": "Punt", "first_year": 2022} | values)


def second_point_of_a_number():
    first = factories.action_point(sequence=1)
    return point(plan=first.plan, theme=first.theme)


def second_organisation_so_abbreviated():
    factories.organisation(abbreviation="BZ")
    return Organisation(abbreviation="BZ", name="Een ander", slug="BZ-2")


def second_organisation_of_a_name():
    factories.organisation(name="Buitenlandse Zaken")
    return Organisation(abbreviation="X", name="Buitenlandse Zaken", slug="X")


def second_succession():
    old, new = factories.organisation(), factories.organisation()
    values = {"predecessor": old, "successor": new, "kind": "renamed", "year": 2024}
    Succession.objects.create(**values)
    return Succession(**values)


def succession_of_itself():
    one = factories.organisation()
    return Succession(predecessor=one, successor=one, kind="renamed", year=2024)


def second_responsibility():
    first = factories.responsibility(role="responsible", first_year=2022)
    return Responsibility(
        action_point=first.action_point,
        organisation=first.organisation,
        role="responsible",
        first_year=2022,
    )


def responsibility_that_ends_before_it_starts():
    return Responsibility(
        action_point=factories.action_point(),
        organisation=factories.organisation(),
        role="responsible",
        first_year=2024,
        last_year=2023,
    )


def second_membership():
    organisation = factories.organisation()
    return Membership(user=factories.user(member_of=organisation), organisation=organisation)


def second_status_of_a_label():
    factories.status(label="Doorlopend")
    return Status(label="Doorlopend", slug="doorlopend-2")


def second_round_of_a_year():
    first = factories.reporting_round(year=2024)
    return ReportingRound(plan=first.plan, year=2024)


def entry(**values):
    in_round = factories.reporting_round()
    of_point = factories.action_point(
        theme=factories.theme(pillar=factories.pillar(plan=in_round.plan))
    )
    return StatusEntry(round=in_round, action_point=of_point, title="Punt", **values)


def second_entry_of_a_point():
    first = factories.status_entry()
    return StatusEntry(round=first.round, action_point=first.action_point, title="Punt")


def second_text_at_a_position():
    first = factories.report_text(position=1)
    return ReportText(round=first.round, position=1, title="Weer een")


def second_text_on_a_pillar():
    pillar = factories.pillar()
    text = factories.report_text(
        round=factories.reporting_round(plan=pillar.plan), pillar=pillar, position=1
    )
    return ReportText(round=text.round, pillar=pillar, position=2, title="Tekst")


def return_without_a_remark():
    return EntryTransition(
        entry=factories.status_entry(),
        by=factories.coordinator(),
        from_stage="submitted",
        to_stage="returned",
    )


def second_reminder():
    values = {"round": factories.reporting_round(), "user": factories.user(), "moment": "7"}
    Reminder.objects.create(**values)
    return Reminder(**values)


def seen_finding(**values):
    defaults = {"check_name": "empty", "evidence": "", "reason": "Klopt zo."}
    return SeenFinding(
        **defaults | values, entry=factories.status_entry(), by=factories.coordinator()
    )


def second_reason_for_a_finding():
    first = seen_finding(evidence="x")
    first.save()
    return SeenFinding(
        entry=first.entry, check_name="empty", evidence="x", reason="Nogmaals.", by=first.by
    )


def second_published_responsibility():
    factories.published_entry(responsible=factories.organisation())
    first = PublishedResponsibility.objects.get()
    return PublishedResponsibility(
        entry=first.entry, organisation=first.organisation, role=first.role
    )


def second_citation_of_a_paper():
    factories.published_entry(explanation="<p>Kamerstuk 26 485, nr. 430</p>")
    first = Citation.objects.get()
    return Citation(entry=first.entry, kind=first.kind, number=first.number, position=2)


def second_published_entry_of_a_point():
    factories.published_entry()
    first = PublishedEntry.objects.get()
    return PublishedEntry(round=first.round, action_point=first.action_point, title="Weer")


def edition(**values):
    defaults = {"number": 1, "published_on": date(2025, 2, 1), "document": {"version": 1}}
    defaults["round"] = values.pop("round", None) or factories.reporting_round()
    return Edition(**defaults | values, checksum="x", by=factories.user())


def second_edition_of_a_number():
    return edition(round=factories.publish(factories.reporting_round()).round)


def second_file_of_a_format():
    first, *_ = factories.edition_files(factories.publish(factories.reporting_round()))
    return EditionFile(
        edition=first.edition, format=first.format, content=b"x", size=1, checksum="x"
    )


VIOLATIONS = {
    "plan_ends_after_it_starts": plan_that_ends_before_it_starts,
    "pillar_number_unique_in_plan": second_pillar_of_a_number,
    "theme_position_unique_in_pillar": second_theme_at_a_position,
    "theme_slug_unique_in_plan": second_theme_of_a_slug,
    "action_point_number_unique_in_plan": second_point_of_a_number,
    "action_point_ends_after_it_starts": lambda: point(
        start_date="2024-01-02", end_date="2024-01-01"
    ),
    "action_point_last_year_after_first": lambda: point(first_year=2024, last_year=2023),
    "organisation_abbreviation_unique": second_organisation_so_abbreviated,
    "organisation_name_unique": second_organisation_of_a_name,
    "organisation_ends_after_it_starts": lambda: Organisation(
        abbreviation="X", name="X", slug="X", first_year=2024, last_year=2023
    ),
    "succession_unique": second_succession,
    "succession_not_of_itself": succession_of_itself,
    "responsibility_unique": second_responsibility,
    "responsibility_ends_after_it_starts": responsibility_that_ends_before_it_starts,
    "membership_unique": second_membership,
    "status_label_unique": second_status_of_a_label,
    "round_year_unique_in_plan": second_round_of_a_year,
    "round_stage_known": lambda: ReportingRound(plan=factories.plan(), year=2024, stage="x"),
    "entry_unique_in_round": second_entry_of_a_point,
    "round_open_has_dates": lambda: ReportingRound(plan=factories.plan(), year=2024, stage="open"),
    "round_published_has_edition": lambda: ReportingRound(
        plan=factories.plan(), year=2024, stage="published"
    ),
    "published_entry_unique_in_round": second_published_entry_of_a_point,
    "published_responsibility_unique": second_published_responsibility,
    "citation_once_in_entry": second_citation_of_a_paper,
    "edition_number_unique_in_round": second_edition_of_a_number,
    "edition_number_from_one": lambda: edition(number=0, note="x"),
    "edition_correction_has_note": lambda: edition(number=2),
    "edition_file_unique": second_file_of_a_format,
    "entry_stage_known": lambda: entry(stage="x", status=factories.status()),
    "entry_submitted_has_status": lambda: entry(stage="submitted"),
    "transition_return_has_remark": return_without_a_remark,
    "reminder_once": second_reminder,
    "seen_finding_unique": second_reason_for_a_finding,
    "seen_finding_has_reason": lambda: seen_finding(reason=""),
    "report_text_position_unique_in_round": second_text_at_a_position,
    "report_text_pillar_unique_in_round": second_text_on_a_pillar,
}
CONSTRAINTS = {
    constraint.name: constraint
    for model in (
        *(Plan, Pillar, Theme, ActionPoint, Organisation, Succession, Responsibility, Membership),
        *(Status, ReportingRound, Reminder, StatusEntry, EntryTransition, SeenFinding),
        *(PublishedEntry, PublishedResponsibility, Citation, ReportText, Edition, EditionFile),
    )
    for constraint in model._meta.constraints
}


def test_every_constraint_has_a_row_here_that_violates_it():
    assert VIOLATIONS.keys() == CONSTRAINTS.keys()


@pytest.mark.parametrize("name", VIOLATIONS)
def test_the_database_itself_refuses_a_violation_of(name):
    row = VIOLATIONS[name]()

    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        type(row).objects.bulk_create([row])

    if connection.vendor == "postgresql" or isinstance(CONSTRAINTS[name], models.CheckConstraint):
        assert name in str(refusal.value)


@pytest.mark.parametrize("name", VIOLATIONS)
def test_a_person_reads_what_is_wrong_with_a_violation_of(name):
    row = VIOLATIONS[name]()

    with pytest.raises(ValidationError) as refusal:
        row.validate_constraints()

    assert refusal.value.messages == [str(CONSTRAINTS[name].violation_error_message)]


@pytest.mark.parametrize("name", VIOLATIONS)
def test_cleaning_refuses_a_violation_of(name):
    row = VIOLATIONS[name]()

    with pytest.raises(ValidationError):
        row.full_clean()


def test_two_organisations_without_abbreviation_may_exist():
    factories.organisation(abbreviation="", name="Raad voor Rechtsbijstand")

    Organisation(abbreviation="", name="Sociaal-Economische Raad").full_clean()


# A form leaves out what the model fills in itself; the rule holds all the same.


def errors_of_form(model, fields, data, instance=None):
    return modelform_factory(model, fields=fields)(data, instance=instance).non_field_errors()


def test_a_form_refuses_a_sequence_that_another_point_of_the_theme_has():
    first = factories.action_point(sequence=1)
    data = {"theme": first.theme_id, "sequence": 1, "title": "Punt", "first_year": 2022}

    errors = errors_of_form(ActionPoint, list(data), data)

    assert errors == [CONSTRAINTS["action_point_number_unique_in_plan"].violation_error_message]


def test_a_form_refuses_a_theme_title_that_gives_the_short_name_of_another():
    first = factories.theme(title="Inkoop")
    other_pillar = factories.pillar(plan=first.plan)
    data = {"pillar": other_pillar.pk, "position": 1, "title": "Inkoop"}

    errors = errors_of_form(Theme, list(data), data)

    assert errors == [CONSTRAINTS["theme_slug_unique_in_plan"].violation_error_message]


def test_a_form_refuses_to_take_the_status_from_an_approved_entry():
    approved = factories.status_entry(stage="approved")

    errors = errors_of_form(StatusEntry, ["status"], {"status": ""}, instance=approved)

    assert errors == [CONSTRAINTS["entry_submitted_has_status"].violation_error_message]


def test_a_form_without_a_theme_only_asks_for_it():
    form = modelform_factory(ActionPoint, fields=["theme", "title", "first_year"])(
        {"title": "Punt", "first_year": 2022}
    )

    assert list(form.errors) == ["theme"]


@pytest.mark.parametrize(
    ("row", "protected"),
    [
        (factories.pillar, "plan"),
        (factories.theme, "pillar"),
        (factories.action_point, "theme"),
        (factories.responsibility, "organisation"),
        (factories.reporting_round, "plan"),
        (factories.status_entry, "action_point"),
        (factories.status_entry, "round"),
        (factories.status_entry, "status"),
        (factories.report_text, "round"),
        (factories.cover_letter, "round"),
    ],
)
def test_what_something_depends_on_is_not_deleted(row, protected):
    row = row()

    with pytest.raises(models.ProtectedError):
        getattr(row, protected).delete()
