import pytest
from django.apps import apps
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


@pytest.fixture
def everything():
    """Gives all rows of the register and its history, to compare before and after."""

    def rows():
        return {
            model._meta.label: list(model.objects.order_by("pk").values())
            for app in ("actions", "reports")
            for model in apps.get_app_config(app).get_models()
        }

    return rows
