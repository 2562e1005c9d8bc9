"""Whatever kills the process that publishes: nothing is published, and it can be done again."""

import signal
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.management import call_command

from reports.models import Edition
from tests import factories
from tests.other_processes import environment, take_back
from tests.reports.publishing import assert_nothing_is_published, closed_round

# What was about to be done for which time, and how many formats had been written by then.
MOMENTS = {
    "the first file is written": ("reports.writers.pdf.write", 1, 0),
    "the last file is written": ("reports.writers.json_file.write", 1, 3),
    "the round is published": ("actions.services.publish_round", 1, 4),
    "the edition is stored": ("reports.models.Edition.objects.create", 1, 4),
    "the first file is stored": ("reports.models.EditionFile.objects.create", 1, 4),
    "the last file is stored": ("reports.models.EditionFile.objects.create", 4, 4),
    "all is committed": ("django.db.backends.base.base.BaseDatabaseWrapper.commit", 1, 4),
}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("function", "time", "written"), MOMENTS.values(), ids=MOMENTS)
def test_nothing_is_published_if_the_process_is_killed_before(function, time, written, tmp_path):
    in_round = closed_round()
    factories.coordinator(username="coordinator")
    plan, year = in_round.plan.slug, str(in_round.year)
    command = ["publish_report", "--plan", plan, "--year", year, "--by", "coordinator"]

    killed = subprocess.run(
        [sys.executable, "-m", "tests.reports.killed", function, str(time), *command],
        cwd=settings.BASE_DIR,
        env=environment(tmp_path) | {"PYTHONUNBUFFERED": "1"},
        capture_output=True,
        check=False,
    )
    take_back(tmp_path)

    assert killed.returncode == -signal.SIGKILL, killed.stderr.decode()
    assert len(killed.stdout.splitlines()) == written
    assert_nothing_is_published(in_round)

    call_command(*command)

    assert Edition.objects.get().number == 1
    call_command("verify_editions")
