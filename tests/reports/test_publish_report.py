"""`publish_report` publishes as the admin does, and says what it writes and why it does not."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError

from reports.models import Edition
from tests import factories
from tests.reports.publishing import (
    assert_nothing_is_published,
    close_again,
    closed_round,
    last_fails,
)

pytestmark = pytest.mark.django_db


def disk_is_full(document):
    yield from factories.written_files(document)[:-1]
    raise OperationalError("disk I/O error")


@pytest.fixture
def coordinator():
    return factories.coordinator()


@pytest.fixture
def in_round():
    return closed_round()


@pytest.fixture
def run(monkeypatch, capsys):
    """Run `publish_report` with files that need no writers; returns what it prints."""

    def publish_report(in_round, *, by="coordinator", files=factories.written_files, **options):
        monkeypatch.setattr("reports.management.commands.publish_report.write_all", files)
        plan = in_round.plan.slug
        call_command("publish_report", plan=plan, year=in_round.year, by=by, **options)
        return capsys.readouterr().out

    return publish_report


@pytest.mark.usefixtures("coordinator")
class TestCommand:
    def test_publishes_and_says_each_file_as_it_is_written(self, run, in_round):
        printed = run(in_round, on="2023-12-12")

        edition = Edition.objects.get()
        assert edition.published_on == date(2023, 12, 12)
        lines = printed.splitlines()
        assert [line.split(" ")[0] for line in lines[:-1]] == [
            "PDF",
            "Word",
            "OpenDocument",
            "JSON",
        ]
        assert str(edition) in lines[-1]

    def test_publishes_a_correction_with_its_note(self, run, in_round, coordinator):
        run(in_round)
        close_again(in_round, coordinator)

        run(in_round, note="Een verwijzing is verbeterd.")

        assert Edition.objects.first().note == "Een verwijzing is verbeterd."

    @pytest.mark.parametrize(
        ("options", "said"),
        [
            ({"by": "niemand"}, "niemand"),
            ({"by": "lezer"}, "lezer"),
            ({"on": "31-12-2025"}, "31-12-2025"),
            ({"on": "2025-02-30"}, "2025-02-30"),
            ({"on": ""}, "“”"),
            # The reference date of the round is 1 October 2022.
            ({"on": "2022-09-30"}, "30 september 2022.* 1 oktober 2022"),
            ({"on": "9999-12-31"}, "31 december 9999"),
            ({"files": last_fails}, "De schijf is vol."),
            ({"files": disk_is_full}, "disk I/O error.* Er is niets gepubliceerd."),
        ],
        ids=[
            "nobody",
            "reader",
            "no date",
            "no day",
            "nothing",
            "too early",
            "to come",
            "last fails",
            "disk is full",
        ],
    )
    def test_says_why_nothing_was_published(self, run, in_round, options, said):
        factories.reader(username="lezer")

        with pytest.raises(CommandError, match=said):
            run(in_round, **options)

        assert_nothing_is_published(in_round)

    def test_the_reference_date_is_the_first_day_that_can_be(self, run, in_round):
        run(in_round, on="2022-10-01")

        assert Edition.objects.get().published_on == in_round.reference_date

    def test_a_correction_is_not_published_before_what_it_corrects(
        self, run, in_round, coordinator
    ):
        run(in_round, on="2023-02-01")
        close_again(in_round, coordinator)

        with pytest.raises(CommandError, match=r"31 januari 2023.* 1, 1 februari 2023"):
            run(in_round, on="2023-01-31", note="Een verwijzing is verbeterd.")

        assert Edition.objects.count() == 1

    def test_says_that_there_is_no_such_round(self, run, in_round):
        in_round.year += 1
        with pytest.raises(CommandError, match=str(in_round.year)):
            run(in_round)

    def test_says_what_is_not_in_order(self, run, in_round):
        factories.put_in_stage(in_round.entries.get(), "draft")

        with pytest.raises(CommandError, match=r"1\.1\.1 .* Er is niets gepubliceerd\."):
            run(in_round)

        assert_nothing_is_published(in_round)
