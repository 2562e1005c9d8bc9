"""What must be in order before a report is published, each with a case in which it is not."""

import pytest

from actions import services as round_services
from actions.models import EntryTransition, ReportingRound, Status
from actions.plausibility import findings_of_round
from reports import services
from reports.checklist import checklist
from tests import factories
from tests.reports.publishing import closed_round, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator():
    return factories.coordinator()


@pytest.fixture
def in_round():
    return closed_round()


def wrong(in_round):
    """The checks that are not right, by name, with what each says."""
    in_round = ReportingRound.objects.get(pk=in_round.pk)
    return {check.name: check.wrong for check in checklist(in_round) if not check.is_right}


def number_of(in_round):
    return in_round.entries.get().number


def was_worked_on(in_round):
    entry = in_round.entries.get()
    by = factories.user(username="schrijver")
    EntryTransition.objects.create(entry=entry, from_stage="draft", to_stage="submitted", by=by)
    return entry


def test_everything_is_right_of_a_round_that_is_ready(in_round):
    assert [check.name for check in checklist(in_round)] == [
        "closed",
        "complete",
        "approved",
        "findings",
    ]
    assert wrong(in_round) == {}


@pytest.mark.parametrize("stage", ["preparing", "open", "published"])
def test_round_that_is_not_closed_is_not_in_order(in_round, stage):
    ReportingRound.objects.update(stage=stage, edition=1)

    assert list(wrong(in_round)) == ["closed"]
    assert ReportingRound.objects.get().get_stage_display() in wrong(in_round)["closed"][0]


def test_report_without_a_title_is_not_complete(in_round):
    ReportingRound.objects.update(title="")

    assert list(wrong(in_round)) == ["complete"]
    assert "titel" in wrong(in_round)["complete"][0]


def test_report_with_texts_of_pillars_only_is_not_complete(in_round):
    in_round.report_texts.update(pillar=in_round.plan.pillars.get())

    assert list(wrong(in_round)) == ["complete"]
    assert "inleiding" in wrong(in_round)["complete"][0]


def test_point_of_the_plan_without_an_entry_is_named(in_round):
    theme = in_round.plan.themes.get()
    factories.action_point(theme=theme, title="Zonder stand")
    factories.action_point(theme=theme, title="Van een ander jaar", first_year=in_round.year + 1)

    assert list(wrong(in_round)) == ["complete"]
    (said,) = wrong(in_round)["complete"]
    assert said.startswith("1.1.2 ")


def test_round_without_any_entry_is_not_complete(in_round):
    in_round.entries.all().delete()
    in_round.plan.action_points.update(first_year=in_round.year + 1)

    assert list(wrong(in_round)) == ["complete"]
    assert len(wrong(in_round)["complete"]) == 1


def test_entry_without_explanation_is_named(in_round):
    entry = in_round.entries.get()
    entry.explanation = "<p> </p>"
    entry.save()

    assert list(wrong(in_round)) == ["complete"]
    assert wrong(in_round)["complete"][0].startswith(f"{entry.number} ")


def test_entry_that_says_that_nothing_was_received_needs_no_explanation(in_round):
    entry = in_round.entries.get()
    entry.explanation, entry.status = "", factories.status(tone=Status.Tone.NO_UPDATE)
    entry.save()

    assert wrong(in_round) == {}


@pytest.mark.parametrize("stage", ["draft", "submitted", "returned"])
def test_entry_that_is_not_approved_is_named(in_round, stage):
    factories.put_in_stage(in_round.entries.get(), stage)

    assert list(wrong(in_round)) == ["approved"]
    (said,) = wrong(in_round)["approved"]
    assert said.startswith(f"{number_of(in_round)} ")
    assert in_round.entries.get().get_stage_display() in said


def test_finding_is_dealt_with_once_someone_says_why_it_may_stay(in_round, coordinator):
    entry = was_worked_on(in_round)
    entry.explanation = "<p>Momenteel.</p>"
    entry.save()

    assert list(wrong(in_round)) == ["findings"]
    assert wrong(in_round)["findings"][0].startswith("1 ")

    for finding in findings_of_round(in_round):
        round_services.mark_finding_seen(finding=finding, reason="Een citaat.", by=coordinator)
    assert wrong(in_round) == {}


def test_findings_in_a_report_that_was_read_in_as_published_do_not_count(in_round):
    entry = in_round.entries.get()
    entry.explanation = "<p>Momenteel.</p>"
    entry.save()

    assert findings_of_round(in_round)
    assert wrong(in_round) == {}


def test_findings_count_in_a_report_that_was_read_in_once_somebody_changes_an_entry(
    in_round, coordinator
):
    entry = in_round.entries.get()
    entry.explanation = "<p>Momenteel.</p>"
    entry.save()
    assert wrong(in_round) == {}
    ReportingRound.objects.update(stage="open")

    round_services.save_entry(
        entry=entry,
        version=entry.version,
        content=round_services.Content(entry.status, "<p>Momenteel en thans.</p>"),
        by=coordinator,
    )

    ReportingRound.objects.update(stage="closed")
    assert list(wrong(in_round)) == ["findings"]


def test_opening_a_round_in_which_a_report_is_then_read_in_is_not_work_on_its_entries(
    in_round, coordinator
):
    point = factories.action_point(theme=in_round.plan.themes.get())
    ReportingRound.objects.update(stage="open")
    round_services.follow_point(point=point, by=coordinator)
    entry = in_round.entries.get(action_point=point)
    assert entry.history.get().history_user == coordinator
    entry.status, entry.explanation = factories.status(), "<p>Momenteel.</p>"
    entry.save()
    factories.put_in_stage(entry, "approved")

    ReportingRound.objects.update(stage="closed")
    assert wrong(in_round) == {}


def test_what_is_not_in_order_is_refused_with_everything_that_is_wrong(in_round, coordinator):
    ReportingRound.objects.update(title="")
    factories.put_in_stage(in_round.entries.get(), "draft")

    with pytest.raises(round_services.Refused) as refused:
        services.document_to_publish(reporting_round=ReportingRound.objects.get(), by=coordinator)

    said = str(refused.value)
    for sentence in (*wrong(in_round)["complete"], *wrong(in_round)["approved"]):
        assert sentence in said


# --- Corrections ---------------------------------------------------------------------


@pytest.fixture
def corrected(in_round, coordinator):
    """A published round of which a correction has begun, and a round of the year before."""
    entry = in_round.entries.get()
    factories.responsibility(action_point=entry.action_point)
    publish(in_round, coordinator)
    round_services.correct_round(reporting_round=in_round, by=coordinator)
    in_round.refresh_from_db()
    return in_round


def change_entry(in_round, **values):
    in_round.entries.update(**values)


def end_responsibility(in_round):
    in_round.entries.get().action_point.responsibilities.all().delete()


def publish_year_before(in_round):
    before = factories.reporting_round(plan=in_round.plan, year=in_round.year - 1)
    factories.publish(before)


CORRECTED = {
    "text": lambda in_round: in_round.report_texts.update(body="<p>Iets anders.</p>"),
    "title": lambda in_round: ReportingRound.objects.update(title="Iets anders"),
    "state of play": lambda in_round: change_entry(in_round, status=factories.status()),
    "publisher": lambda in_round: type(in_round.plan).objects.update(publisher="Een ander"),
    "the year before": publish_year_before,
    # What the report does not say, and the public table does.
    "English": lambda in_round: change_entry(in_round, title_en="Another title"),
    "dates": lambda in_round: change_entry(in_round, end_date="2031-01-01"),
    "responsibility": end_responsibility,
}


def test_correction_in_which_nothing_changed_is_not_in_order(corrected, coordinator):
    assert list(wrong(corrected)) == ["changed"]
    assert wrong(corrected)["changed"][0].startswith("Er is niets veranderd sinds editie 1.")
    with pytest.raises(round_services.Refused, match="sinds editie 1"):
        publish(corrected, coordinator, note="Er is niets verbeterd.")


def test_references_that_were_not_recognised_at_publication_are_no_correction(
    coordinator, monkeypatch
):
    in_round = closed_round(explanation="<p>Zie Kamerstuk 26 485, nr. 430.</p>")
    with monkeypatch.context() as earlier:
        earlier.setattr("reports.build.link_references", lambda text: text)
        publish(in_round, coordinator)
    round_services.correct_round(reporting_round=in_round, by=coordinator)
    in_round.refresh_from_db()

    assert list(wrong(in_round)) == ["changed"]


@pytest.mark.parametrize("what", CORRECTED)
def test_correction_of_anything_that_the_public_sees_is_in_order(corrected, coordinator, what):
    CORRECTED[what](corrected)

    corrected = ReportingRound.objects.get(pk=corrected.pk)
    assert wrong(corrected) == {}
    assert publish(corrected, coordinator, note="Er is iets verbeterd.").number == 2
    # And then there is nothing more to correct.
    round_services.correct_round(reporting_round=corrected, by=coordinator)
    assert list(wrong(corrected)) == ["changed"]
