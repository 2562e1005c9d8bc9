"""A coordinator marks a finding as seen, and says why it may stay so."""

import pytest
from django.core.exceptions import PermissionDenied

from actions import services
from actions.models import ReportingRound, SeenFinding
from actions.plausibility import findings_of_entry, findings_of_round
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator():
    return factories.coordinator()


@pytest.fixture
def finding():
    (found,) = findings_of_entry(factories.status_entry(explanation="Momenteel."))
    return found


def mark(finding, by, reason="Het is een citaat."):
    return services.mark_finding_seen(finding=finding, reason=reason, by=by)


def test_a_finding_is_seen_with_a_reason(finding, coordinator):
    seen = mark(finding, coordinator, reason=" Het is een citaat. ")

    (found,) = findings_of_entry(finding.entry)
    assert finding.seen is None
    assert found.seen == seen
    assert (seen.reason, seen.by) == ("Het is een citaat.", coordinator)
    assert findings_of_round(finding.entry.round) == [found]


def test_what_is_found_anew_has_not_been_seen(finding, coordinator):
    mark(finding, coordinator)
    finding.entry.explanation = "Momenteel loopt iets anders."

    (found,) = findings_of_entry(finding.entry)

    assert found.seen is None


def test_a_finding_is_seen_once(finding, coordinator):
    mark(finding, coordinator)
    again = mark(finding, factories.coordinator(username="colleague"), reason="Ik zag het ook.")

    assert (again.reason, again.by) == ("Het is een citaat.", coordinator)
    assert SeenFinding.objects.count() == 1


def test_what_is_too_long_to_keep_is_known_again_all_the_same(coordinator):
    address = f"http://a.example/{'a' * 300}"
    entry = factories.status_entry(
        explanation=f'<a href="{address}1">a</a> en <a href="{address}2">b</a>'
    )

    mark(findings_of_entry(entry)[1], coordinator)

    assert [bool(each.seen) for each in findings_of_entry(entry)] == [False, True]


@pytest.mark.parametrize("reason", ["", " \n"])
def test_a_finding_is_not_seen_without_a_reason(finding, coordinator, reason):
    with pytest.raises(services.Refused):
        mark(finding, coordinator, reason=reason)

    assert not SeenFinding.objects.exists()


def test_only_a_coordinator_marks_a_finding_as_seen(finding):
    for person in (factories.editor(member_of=factories.organisation()), factories.reader()):
        with pytest.raises(PermissionDenied):
            mark(finding, person)

    assert not SeenFinding.objects.exists()


@pytest.mark.parametrize(
    ("stage", "is_refused"),
    [("preparing", False), ("open", False), ("closed", False), ("published", True)],
)
def test_a_finding_of_a_published_round_stays_as_it_was(finding, coordinator, stage, is_refused):
    ReportingRound.objects.update(stage=stage, edition=int(stage == "published"))

    if is_refused:
        with pytest.raises(services.Refused):
            mark(finding, coordinator)
    else:
        mark(finding, coordinator)

    assert SeenFinding.objects.exists() != is_refused
