"""What a first visit to a public page loads, in a browser: how much, from whom, how steadily."""

import gzip
from io import StringIO

import pytest
from django.core.management import call_command

from actions.models import ReportingRound
from tests import factories

# The fixture opens a page of the real plan, whose year it publishes first.
from tests.public.test_pages_in_browser import PAGES, every_page, visit  # noqa: F401

pytestmark = pytest.mark.django_db(transaction=True)

# In bytes: what a first visit may take, and the page with its styles of that.
HEAVIEST, HEAVIEST_TEXT = 100_000, 45_000


@every_page
def test_first_visit_weighs_little_and_asks_nobody_else(visit, live_server, address):  # noqa: F811
    weighs_little(visit, live_server, address)


def test_report_as_it_was_published_weighs_little(visit, live_server, sources):  # noqa: F811
    report = sources / "voortgangsrapportage-2024.txt"
    of_2024 = ReportingRound.objects.get()
    ReportingRound.objects.update(stage="closed")
    call_command(
        *("import_report", str(report), "--plan", "nap-2022-2026", "--year", "2024"),
        stdout=StringIO(),
    )
    factories.edition_files(factories.publish(of_2024))
    for address in (PAGES["report"], PAGES["overview"], PAGES["cited papers"]):
        weighs_little(visit, live_server, address)


def weighs_little(visit, live_server, address):  # noqa: F811
    page = visit("about:blank")
    responses = []
    page.on("response", lambda response: responses.append(response))
    page.goto(f"{live_server.url}{address}", wait_until="networkidle")
    sizes = {each.url: _sent(each) for each in responses}
    assert all(url.startswith(live_server.url) for url in sizes)
    assert sum(sizes.values()) <= HEAVIEST
    text = [size for url, size in sizes.items() if not url.endswith((".woff2", ".svg"))]
    # The page and its styles, and on the table the script that filters in place.
    has_script = any(url.endswith(".js") for url in sizes)
    assert len(text) == 2 + has_script
    assert sum(text) <= HEAVIEST_TEXT


def _sent(response):
    """In bytes, as in production, where static files are compressed too; fonts are so already."""
    if response.headers.get("content-encoding"):
        return int(response.headers["content-length"])
    return len(response.body() if ".woff2" in response.url else gzip.compress(response.body()))


# What counts as steady: a larger layout shift is one that a reader notices.
STEADY = 0.1


def test_nothing_moves_while_the_page_loads(visit, live_server):  # noqa: F811
    assert ReportingRound.objects.exists()
    page = visit("about:blank")
    page.add_init_script(
        "window.moved = 0; new PerformanceObserver(list => list.getEntries().forEach("
        "each => window.moved += each.value)).observe({type: 'layout-shift', buffered: true})"
    )
    for address in (PAGES["overview"], PAGES["table"], PAGES["report"]):
        page.goto(f"{live_server.url}{address}", wait_until="networkidle")
        assert page.evaluate("window.moved") < STEADY
