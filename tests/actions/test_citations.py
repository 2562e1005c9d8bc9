"""What published explanations cite is kept with them, and follows them alone."""

from importlib import import_module

import pytest
from django.apps import apps
from django.core.management import call_command

from actions.models import Citation, PublishedEntry, ReportingRound
from tests import factories
from tests.actions.published import REFERENCES

pytestmark = pytest.mark.django_db

CITES_TWO = "<p>Zie Kamerstuk 26 485, nr. 430 en Stcrt. 2024, 25516.</p>"
CITES_ONE = "<p>Zie Kamerstuk 31 985, nr. 80.</p>"


def labels():
    return [citation.cited.label for citation in Citation.objects.all()]


def test_a_published_entry_cites_what_its_explanation_cites_in_that_order():
    factories.published_entry(explanation=CITES_TWO)

    assert labels() == ["Kamerstuk 26 485, nr. 430", "Stcrt. 2024, 25516"]


@pytest.mark.parametrize("stage", ["preparing", "open", "closed"])
def test_an_entry_that_is_not_published_is_not_said_to_cite(stage):
    factories.status_entry(
        round=factories.reporting_round(stage=stage), explanation=CITES_TWO, stage="approved"
    )

    assert labels() == []


def test_citations_follow_when_a_correction_is_published_and_not_before():
    entry = factories.published_entry(explanation=CITES_TWO)
    entry.explanation = CITES_ONE
    entry.save()
    assert len(labels()) == 2

    PublishedEntry.objects.publish(entry.round)

    assert labels() == ["Kamerstuk 31 985, nr. 80"]


def test_a_paper_that_is_cited_twice_in_an_explanation_is_one_citation():
    factories.published_entry(explanation=CITES_ONE + CITES_ONE)

    assert len(labels()) == 1


def test_publishing_asks_the_same_however_many_entries_cite(django_assert_num_queries):
    # Of each kind of row what goes, and what comes; the entries, who is responsible for them, and
    # what these are called.
    values = {"responsible": factories.organisation(), "explanation": CITES_TWO}
    entry = factories.published_entry(**values)
    for _ in range(5):
        factories.status_entry(round=entry.round, stage="approved", **values)
    with django_assert_num_queries(12):
        PublishedEntry.objects.publish(entry.round)


def test_the_real_round_cites_what_the_published_report_cites():
    call_command("loaddata", "nap-2022-2026", "round-2024", verbosity=0)
    in_round = ReportingRound.objects.get()

    PublishedEntry.objects.publish(in_round)

    cited = {}
    for citation in Citation.objects.select_related("entry__action_point"):
        cited.setdefault(citation.entry.number, []).append(citation)
    assert {number: len(found) for number, found in cited.items()} == {
        number: len(found) for number, found in REFERENCES.items()
    }


def test_a_citation_is_named_after_what_is_cited():
    factories.published_entry(explanation=CITES_ONE)

    assert str(Citation.objects.get()) == "Kamerstuk 31 985, nr. 80"


def test_the_migration_cites_anew_of_what_was_published_before():
    """It was cited by fewer spellings."""
    entry = factories.published_entry(
        explanation="<p>Zie Kamerstuk 26 485, nrs. 430 t/m 432.</p>"
    ).round.published_entries.get()
    entry.citations.exclude(position=1).delete()
    PublishedEntry.objects.update(search_words="")

    import_module("actions.migrations.0007_cite_and_find_anew").cite_and_find_anew(apps, None)

    assert [citation.cited for citation in entry.citations.all()] == entry.cites()
    assert len(labels()) == 3
    assert PublishedEntry.objects.matching("26485-431").exists()
