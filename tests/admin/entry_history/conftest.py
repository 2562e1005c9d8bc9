"""An entry with a published year behind it, and the page that tells its life."""

import pytest

from actions import services
from actions.models import ReportingRound
from tests import factories
from tests.admin.entry_history.life import LAST_YEAR, move, save
from tests.admin.pages import history


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


@pytest.fixture
def read(signed_in):
    """Opens the page as a person, and returns what it says."""

    def open_page(entry, person, query=""):
        response = signed_in(person).get(history(entry) + query)
        assert response.status_code == 200
        return response

    return open_page


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
