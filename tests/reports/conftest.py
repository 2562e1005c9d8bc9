import pytest
from django.core.management import call_command

from actions.models import Plan
from tests import factories
from tests.reports import published


@pytest.fixture
def plan(db):
    """A plan without pillars, and the statuses that reports in these tests use."""
    for label in ("Voltooid", "Doorlopend"):
        factories.status(label=label)
    return factories.plan(slug="nap", start_year=2022, end_year=2026)


@pytest.fixture
def structure(db):
    """The real plan without any round."""
    call_command("loaddata", "nap-2022-2026.json", verbosity=0)
    return Plan.objects.get()


@pytest.fixture
def import_report(tmp_path, capsys):
    """Run the command on a document, a text or bytes; returns what it prints."""

    def run(report, *, plan="nap", year=2024, **options):
        if not isinstance(report, str | bytes):
            report = published.text(report)
        file = tmp_path / "rapportage.txt"
        file.write_bytes(report.encode() if isinstance(report, str) else report)
        call_command("import_report", str(file), plan=plan, year=year, **options)
        return capsys.readouterr().out

    return run
