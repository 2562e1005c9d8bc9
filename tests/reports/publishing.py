"""A round of which everything is in order, and its publication, for tests."""

from actions import services as round_services
from actions.models import PublishedEntry, ReportingRound
from reports import services
from reports.errors import ReportError
from reports.models import Edition, EditionFile
from tests import factories


def closed_round(*, action_point=None, explanation="<p>Een toelichting.</p>", **values):
    """A closed round with an introduction and one approved entry: ready to be published."""
    in_round = factories.reporting_round(**{"stage": "closed"} | values)
    factories.report_text(round=in_round)
    factories.status_entry(
        action_point=action_point,
        round=in_round,
        stage="approved",
        is_confirmed=True,
        explanation=explanation,
    )
    return in_round


def publish(in_round, by, files=factories.written_files, **values):
    """Publish as the command does, with files that `files` makes of the document."""
    document = services.document_to_publish(reporting_round=in_round, by=by, **values)
    return services.publish(
        reporting_round=in_round, document=document, files=files(document), by=by
    )


def close_again(in_round, by):
    """Reopen a round, correct its introduction and close it: ready for a next edition."""
    round_services.correct_round(reporting_round=in_round, by=by)
    round_services.reopen_round(reporting_round=in_round, by=by)
    in_round.refresh_from_db()
    introduction = in_round.report_texts.first()
    introduction.body += "<p>Dit is verbeterd.</p>"
    introduction.save()
    round_services.close_round(reporting_round=in_round, by=by)
    in_round.refresh_from_db()


def assert_nothing_is_published(in_round):
    in_round.refresh_from_db()
    assert (in_round.stage, in_round.edition) == (ReportingRound.Stage.CLOSED, 0)
    assert (in_round.published_title, in_round.published_reference_date) == ("", None)
    assert not Edition.objects.exists()
    assert not EditionFile.objects.exists()
    assert not PublishedEntry.objects.exists()
    assert not in_round.history.filter(stage="published").exists()


def all_but_the_last(document):
    yield from factories.written_files(document)[:-1]


def last_fails(document):
    yield from all_but_the_last(document)
    raise ReportError("De schijf is vol.")
