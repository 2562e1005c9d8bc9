"""People at the door of the admin, and a register with a row of everything."""

from types import SimpleNamespace

import pytest

from actions.models import EntryTransition, Succession
from tests import factories


@pytest.fixture
def signed_in(client):
    """A client that a person has signed in with."""

    def sign_in(person):
        client.force_login(person)
        return client

    return sign_in


@pytest.fixture
def ministry(db):
    return factories.organisation(abbreviation="SZW", name="Ministerie van Sociale Zaken")


@pytest.fixture
def other_ministry(db):
    return factories.organisation(abbreviation="EZ", name="Ministerie van Economische Zaken")


@pytest.fixture
def coordinator(db):
    return factories.coordinator()


@pytest.fixture
def reader(db):
    return factories.reader()


@pytest.fixture
def editor(ministry):
    return factories.editor(member_of=ministry)


@pytest.fixture
def colleague(ministry):
    """Another editor of the same ministry."""
    return factories.editor(username="colleague", first_name="Kim", member_of=ministry)


@pytest.fixture
def entry(ministry):
    """An entry in hand, of a point that the ministry answers for."""
    return factories.status_entry(responsible=ministry)


@pytest.fixture
def other_entry(entry, other_ministry):
    """An entry of the same round, of a point of the other ministry."""
    point = factories.action_point(theme=entry.action_point.theme, title="Geheim actiepunt")
    factories.responsibility(action_point=point, organisation=other_ministry)
    return factories.status_entry(action_point=point, round=entry.round)


@pytest.fixture
def fill(ministry, coordinator):
    """Adds a row of every model, with everything that a list of it shows; returns some of them."""

    def add_rows():
        point = factories.action_point()
        entry = factories.status_entry(action_point=point, responsible=ministry)
        factories.publish(factories.published_entry().round)
        factories.report_text(round=entry.round)
        factories.cover_letter(round=entry.round)
        factories.subscription(plan=entry.round.plan)
        later = factories.organisation()
        Succession.objects.create(predecessor=ministry, successor=later, kind="renamed", year=2024)
        factories.user(group="editor", member_of=factories.organisation())
        EntryTransition.objects.create(
            entry=entry, by=coordinator, from_stage="draft", to_stage="submitted"
        )
        return SimpleNamespace(entry=entry, point=point)

    return add_rows
