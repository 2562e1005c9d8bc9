"""What tests may need from the machine. Where it is absent, they are skipped with the reason.

With NO_SKIPS=1 (set by .ci/run) a skipped test fails the run, so that nothing goes untested there.
"""

import os
import shutil
from pathlib import Path

import pytest
from django.apps import apps
from django.utils import translation
from hypothesis import HealthCheck, settings

# How quick a test machine is says nothing about the law under test.
settings.register_profile(
    "nap", deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("nap")

BASE_DIR = Path(__file__).resolve().parent.parent
AXE = BASE_DIR / "node_modules" / "axe-core" / "axe.min.js"
CHROMIUM_ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
NO_SKIPS = os.environ.get("NO_SKIPS") == "1"


@pytest.fixture(scope="session")
def sources():
    """The folder of the published documents, which stand beside the checkout."""
    folder = Path(os.environ.get("SOURCES") or BASE_DIR.parent / "shared" / "sources")
    if not folder.is_dir():
        pytest.skip(f"the source documents are not at {folder} (SOURCES=… names another place)")
    return folder


@pytest.fixture(scope="session")
def chromium():
    """The path of a Chromium to drive."""
    names = ("chromium", "chromium-browser", "google-chrome")
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    if not path:
        pytest.skip("there is no Chromium on this machine (CHROMIUM=… names its executable)")
    return path


@pytest.fixture(scope="module")
def browser(chromium):
    """A running Chromium, and the styles and axe that the pages are tested with."""
    playwright = pytest.importorskip("playwright.sync_api")
    if not (AXE.exists() and (BASE_DIR / "static" / "build" / "site.css").exists()):
        pytest.skip("the styles and axe are not installed (`make setup` does so)")
    # Playwright runs an event loop in this thread, where Django would refuse to ask the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with playwright.sync_playwright() as p:
        running = p.chromium.launch(executable_path=chromium, args=CHROMIUM_ARGUMENTS)
        yield running
        running.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


def _skipped(config):
    # With xdist only the controlling process has a reporter, and it sees the reports of all.
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    return reporter.stats.get("skipped", []) if NO_SKIPS and reporter else []


def pytest_sessionfinish(session):
    if _skipped(session.config) and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter, config):
    if skipped := _skipped(config):
        terminalreporter.section("NO_SKIPS=1, and these were skipped", red=True)
        for report in skipped:
            terminalreporter.line(report.nodeid)


@pytest.fixture(autouse=True)
def _database_can_be_emptied(request):
    """What was published cannot be deleted, and yet a test that commits leaves nothing behind."""
    marker = request.node.get_closest_marker("django_db")
    commits = marker is not None and marker.kwargs.get("transaction")
    if commits:
        request.getfixturevalue("transactional_db")
    yield
    if commits:
        from reports.triggers import drop_triggers

        # Emptying the database brings them back, as migrating it does.
        drop_triggers()


@pytest.fixture(autouse=True)
def dutch():
    """Every test begins in Dutch: a request for an English page leaves its language behind."""
    with translation.override("nl"):
        yield


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
