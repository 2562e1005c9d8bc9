"""`make bench` on tiny data: its pieces fit together. How fast anything is, is not tested."""

import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings as site

from actions.models import Organisation, Plan, Responsibility, StatusEntry
from bench import pages, results
from bench.client import BenchError, Connection, Page, interleave
from bench.data import fill

BASE_DIR = Path(__file__).resolve().parent.parent
ROWS = re.compile(r"<tr[ >].*?</tr>", re.DOTALL)


@pytest.fixture
def bench_site(db, settings):
    """The site with the peers, and the real plan beside one more of two years."""
    settings.ROOT_URLCONF = "bench.urls"
    templates = {
        **site.TEMPLATES[0],
        "DIRS": [BASE_DIR / "templates", BASE_DIR / "bench/templates"],
    }
    settings.TEMPLATES = [templates]
    fill(plans=1, years=2)


def text_of_rows(html):
    """The text of each row of the table in a page, without its head."""
    rows = [re.sub(r"<[^>]+>", " ", row) for row in ROWS.findall(html)]
    return [" ".join(row.split()) for row in rows[1:]]


def test_generated_plan_is_like_the_real_one(bench_site):
    real, other = Plan.objects.order_by("-slug").reverse()
    assert (real.slug, other.slug) == ("nap-2022-2026", "plan-1")
    for plan in (real, other):
        assert plan.action_points.count() == 33
        assert Responsibility.objects.filter(action_point__plan=plan).count() == 41
        assert Counter(plan.rounds.values_list("stage", flat=True)) == {"published": 2}
        entries = StatusEntry.objects.filter(round__plan=plan, action_point__plan=plan)
        assert entries.count() == 66
        assert entries.values("status").distinct().count() == 7
    assert Organisation.objects.count() == 15


def test_stock_table_shows_the_rows_of_ours(bench_site, client):
    ours = text_of_rows(client.get(pages.TABLE).content.decode())
    stock = text_of_rows(client.get(pages.STOCK_TABLE).content.decode())
    assert len(ours) == 33
    assert stock == ours


def test_empty_view_returns_the_bytes_of_our_table(bench_site, client):
    assert client.get(pages.SAME_BYTES).content == client.get(pages.TABLE).content


def test_measured_pages_answer(bench_site, client):
    for address in (*pages.PUBLIC_PAGES.values(), *pages.TEN_YEARS.values()):
        assert client.get(address).status_code == 200, address


def test_variants_take_turns(monkeypatch):
    asked = []
    monkeypatch.setattr(Connection, "get", lambda _self, address: asked.append(address))
    connection = Connection(port=1)
    seconds = interleave({name: Page(connection, name) for name in "ab"}, requests=2)
    assert "".join(asked[-4:]) == "abab"
    assert {name: len(of_name) for name, of_name in seconds.items()} == {"a": 2, "b": 2}


def test_page_that_is_not_found_is_an_error(live_server):
    with (
        Connection(live_server.thread.port) as connection,
        pytest.raises(BenchError, match=r"/geen-plan/ answered 404"),
    ):
        connection.get("/geen-plan/")


def test_ratio_is_that_of_neighbouring_requests():
    comparison = results.Comparison(base=[1, 10, 100], other=[2, 30, 200])
    assert comparison.ratio == 2


def test_bench_runs_and_prints_its_ratios():
    command = [sys.executable, "-m", "bench", "--plans=1", "--requests=1"]
    run = subprocess.run(command, cwd=BASE_DIR, capture_output=True, text=True, check=False)
    # Whether the targets are reached is for the bench to say, not for a test.
    assert run.returncode in {0, 1}, run.stderr
    for line in ("our table against the stock one", "slowest of them", "report list"):
        assert line in run.stdout
