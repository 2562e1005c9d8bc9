"""Two coordinators who do the same at the same moment, through real HTTP to real processes."""

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from threading import Barrier

import pytest
from django.core.management import call_command

from actions import services
from actions.models import Plan, ReportingRound, Responsibility, StatusEntry
from actions.successors import Takeover
from reports.apply import apply
from reports.build import build
from tests import factories
from tests.admin.pages import address
from tests.admin.server import Person, hidden, serve
from tests.at_once import meanwhile

pytestmark = pytest.mark.django_db(transaction=True)

DATES = {"reference_date": date(2025, 10, 1), "deadline": date(2025, 12, 1)}


@pytest.fixture
def plan():
    call_command("loaddata", "nap-2022-2026", "round-2024", verbosity=0)
    return Plan.objects.get()


@pytest.fixture
def two_coordinators():
    return [factories.coordinator(username=name) for name in ("een", "ander")]


def post_at_once(people, path, forms):
    """Each has the page before them, and all post at the same moment; returns what each gets."""
    together = Barrier(len(people))

    def post(person, values):
        token = hidden(person.get(path), "csrfmiddlewaretoken")
        together.wait(timeout=60)
        status, page = person.post(path, {"csrfmiddlewaretoken": token, **values})
        return status, page

    with ThreadPoolExecutor(len(people)) as pool:
        return list(pool.map(post, people, forms))


def listed(person, model, **filters):
    """How many rows a list shows."""
    query = "&".join(f"{name}={value}" for name, value in filters.items())
    page = person.get(f"{address(model, 'changelist')}?{query}")
    return len(re.findall(r'name="_selected_action"|<th class="field-number', page))


def test_of_two_who_open_a_round_one_does_and_every_point_has_one_entry(
    tmp_path, plan, two_coordinators
):
    prepared = ReportingRound.objects.create(plan=plan, year=2025, **DATES)
    with serve(tmp_path) as site:
        people = [Person(site, user) for user in two_coordinators]

        answers = post_at_once(people, address(prepared, "open", prepared.pk), [{}, {}])

        assert [status for status, _page in answers] == [302, 302]
        said = sorted(
            re.search(r"De ronde (is|was al) open\.", person.get(address(prepared, "changelist")))[
                0
            ]
            for person in people
        )
        assert said == ["De ronde is open.", "De ronde was al open."]
        assert listed(people[0], StatusEntry, round__id__exact=prepared.pk) == 33


def test_of_two_who_add_the_round_of_a_year_the_second_is_told(tmp_path, plan, two_coordinators):
    values = {"plan": plan.pk, "year": 2025, "title": "", "reference_date": "", "deadline": ""}
    with serve(tmp_path) as site:
        people = [Person(site, user) for user in two_coordinators]

        answers = post_at_once(people, address(ReportingRound, "add"), [values, values])

        assert sorted(status for status, _page in answers) == [200, 302]
        [told] = [page for status, page in answers if status == 200]
        assert "Dit actieplan heeft al een ronde voor dit jaar." in told


# --- What is written of a point while the round that has it is closed ---------------


def moved_to_a_successor(entry, coordinator):
    """The point is taken over, from the next year on."""
    point = entry.action_point
    held = factories.responsibility(action_point=point, role=Responsibility.Role.COORDINATING)
    takeover = Takeover(point, point.version, {held: factories.organisation()}, "De opvolger")
    later = factories.reporting_round(plan=point.plan, year=2025, stage="preparing")
    return lambda: services.move_responsibilities(
        reporting_round=later, takeovers=[takeover], by=coordinator
    )


def read_in(entry, _coordinator):
    """The report of the next year, which was made elsewhere, words the point anew."""
    document = build(entry.round)
    [pillar] = document.pillars
    [theme] = pillar.themes
    [row] = theme.rows
    theme = replace(theme, rows=(replace(row, responsibility="De opvolger"),))
    document = replace(document, year=2025, pillars=(replace(pillar, themes=(theme,)),))
    return lambda: apply(document, plan=entry.round.plan, year=2025, reason="Ingelezen")


@pytest.mark.parametrize("reworded", [moved_to_a_successor, read_in])
def test_an_entry_of_a_round_that_is_being_closed_keeps_its_wording(reworded):
    coordinator = factories.coordinator()
    in_round = factories.reporting_round(year=2024)
    entry = factories.status_entry(round=in_round, stage="approved", is_confirmed=True)
    reword = reworded(entry, coordinator)

    meanwhile(lambda: services.close_round(reporting_round=in_round, by=coordinator), reword)

    entry.refresh_from_db()
    entry.action_point.refresh_from_db()
    assert entry.round.stage == "closed"
    assert (entry.responsibility, entry.action_point.responsibility) == ("BZ", "De opvolger")
