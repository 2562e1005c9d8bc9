"""Reading in what was chosen of an edited report, as a service: whatever page asks for it."""

from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied

from actions.models import ReportingRound, StatusEntry
from actions.richtext.html import parse
from actions.services import Conflict, Refused
from reports.build import build
from reports.document import Section
from reports.models import ReportText
from reports.proposals import compare
from reports.services import apply_proposals
from tests import factories
from tests.reports.edited import edit


@pytest.fixture
def entry(db):
    return factories.status_entry(action_point=factories.action_point(title="Wet wijzigen"))


@pytest.fixture
def chosen(entry):
    """All that an edited report proposes for the round, ready to be applied."""
    other = factories.action_point(theme=entry.action_point.theme, title="Gids maken")
    factories.status_entry(action_point=other, round=entry.round)
    factories.report_text(round=entry.round, title="Inleiding")
    document = edit(build(entry.round), "Wet", explanation="<p>Nieuw.</p>")
    document = replace(document, sections=(Section("Inleiding", parse("<p>Nieuw.</p>")),))
    document = edit(document, "Gids", explanation="<p>Nieuw.</p>")
    proposals = compare(document, entry.round).all_proposals
    return {
        "reporting_round": entry.round,
        "document": document,
        "versions": {each.key: each.version for each in proposals},
    }


def test_a_coordinator_applies_all_that_was_chosen(chosen):
    assert apply_proposals(**chosen, by=factories.coordinator()).written == 3

    assert set(StatusEntry.objects.values_list("explanation", flat=True)) == {"<p>Nieuw.</p>"}
    assert ReportText.objects.get().body == "<p>Nieuw.</p>"


@pytest.mark.parametrize("group", ["editor", "reader"])
def test_nobody_else_applies_anything(group, chosen, everything):
    person = factories.user(group=group)
    before = everything()

    with pytest.raises(PermissionDenied):
        apply_proposals(**chosen, by=person)

    assert everything() == before


@pytest.mark.parametrize("kind", ["entry", "section"])
@pytest.mark.parametrize("stage", ["preparing", "closed", "published"])
def test_a_round_that_is_not_open_is_refused(stage, kind, chosen, everything):
    ReportingRound.objects.update(stage=stage, edition=1)
    versions = {key: seen for key, seen in chosen["versions"].items() if key.startswith(kind)}
    by, before = factories.coordinator(), everything()

    with pytest.raises(Refused, match="niet open"):
        apply_proposals(**chosen | {"versions": versions}, by=by)

    assert everything() == before


def test_one_conflict_undoes_all(chosen, everything):
    last = f"entry-{StatusEntry.objects.last().pk}"
    by, before = factories.coordinator(), everything()

    with pytest.raises(Conflict):
        apply_proposals(**chosen | {"versions": chosen["versions"] | {last: "0"}}, by=by)

    assert everything() == before
