"""Rounds with entries of a ministry, and the people who are mailed about them."""

from datetime import date

import pytest

from actions.models import Responsibility
from tests import factories
from tests.actions.mailing import DEADLINE


@pytest.fixture
def ministry():
    return factories.organisation(abbreviation="SZW")


@pytest.fixture
def in_round():
    plan = factories.plan(title="Nationaal Actieplan")
    return factories.reporting_round(plan=plan, year=2024, deadline=DEADLINE)


@pytest.fixture
def add(in_round, ministry):
    """Adds an entry of the ministry to the round."""

    def add_entry(title="Eerlijke handel", **values):
        point = factories.action_point(theme=theme(), title=title)
        return factories.status_entry(
            **{"responsible": ministry} | values, action_point=point, round=in_round
        )

    def theme():
        return factories.theme(pillar=factories.pillar(plan=in_round.plan))

    return add_entry


@pytest.fixture
def entry(add):
    return add()


@pytest.fixture
def editor(ministry):
    return factories.editor(
        member_of=ministry, email="jan@szw.example", first_name="Jan", last_name="Jansen"
    )


@pytest.fixture
def coordinator():
    return factories.coordinator(email="anna@bz.example", first_name="Anna", last_name="de Wit")


@pytest.fixture
def carried_forward(ministry):
    """An entry of 2023, carried forward from the round before."""
    plan = factories.plan(title="Nationaal Actieplan")
    point = factories.action_point(
        theme=factories.theme(pillar=factories.pillar(plan=plan)), title="Eerlijke handel"
    )
    last = factories.published_entry(
        action_point=point,
        round=factories.reporting_round(plan=plan, year=2022, stage="published"),
        responsible=ministry,
    )
    factories.status(label="Geen update ontvangen", tone="no_update")
    return factories.status_entry(
        action_point=point,
        round=factories.reporting_round(plan=plan, year=2023, deadline=date(2200, 12, 1)),
        status=last.status,
        explanation=last.explanation,
    )


@pytest.fixture
def people(ministry, carried_forward):
    """Everybody who might hear of what happens to the entry, by name, and some who must not."""
    point = carried_forward.action_point
    other = factories.organisation()
    factories.responsibility(
        action_point=point,
        organisation=other,
        role=Responsibility.Role.EXECUTING,
    )
    involved = factories.organisation()
    factories.responsibility(
        action_point=point,
        organisation=involved,
        role=Responsibility.Role.INVOLVED,
    )
    former = factories.organisation()
    factories.responsibility(
        action_point=point,
        organisation=former,
        first_year=2020,
        last_year=2022,
    )
    editors = {
        "jan": {"member_of": ministry, "first_name": "Jan", "last_name": "Jansen"},
        "zus": {"member_of": ministry},
        "elders": {"member_of": other},
        "vertrokken": {"member_of": ministry, "is_active": False},
        "zonder-toegang": {"member_of": ministry, "is_staff": False},
        "zonder-adres": {"member_of": ministry, "email": ""},
        "betrokken": {"member_of": involved},
        "voorheen": {"member_of": former},
        "vreemd": {"member_of": factories.organisation()},
    }
    coordinators = {
        "anna": {"first_name": "Anna", "last_name": "de Wit"},
        "chef": {},
        "oud": {"is_active": False},
    }
    others = {"lezer": {"group": "reader"}, "lid": {"member_of": ministry}, "gast": {}}
    made = {
        **{name: factories.editor(**_person(name, values)) for name, values in editors.items()},
        **{n: factories.coordinator(**_person(n, values)) for n, values in coordinators.items()},
        **{name: factories.user(**_person(name, values)) for name, values in others.items()},
    }
    factories.user(**_person("beheerder", {"is_superuser": True}))
    return made


def _person(name, values):
    return {"username": name, "email": f"{name}@nap.example"} | values
