"""`make bench` on tiny data: its pieces fit together. How fast anything is, is not tested."""

import json
import os
import re
import sqlite3
import subprocess
import sys
from collections import Counter
from contextlib import closing
from html import unescape
from pathlib import Path

import pytest
from django.conf import settings as site
from django.core.management import call_command

from actions.models import Organisation, Plan, ReportingRound, Responsibility, StatusEntry
from actions.rows import EXCERPT_LENGTH
from bench import datasette, files, pages, results, weasy
from bench.client import BenchError, Connection, Page, interleave
from bench.data import FIXTURES, fill
from reports.build import build
from reports.writers import json_file
from tests.reports.documents import everything

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


def run_bench(**environment):
    command = [sys.executable, "-m", "bench", "--plans=1", "--requests=1", "--files=1"]
    return subprocess.run(
        command,
        cwd=BASE_DIR,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


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


@pytest.mark.parametrize("page", pages.KEPT_PAGES)
def test_empty_view_returns_the_bytes_of_a_page(page, bench_site, client):
    address = pages.PUBLIC_PAGES[page]
    assert client.get(pages.same_bytes(address)).content == client.get(address).content


def test_datasette_is_given_the_rows_of_our_table_to_cut_at_the_same_length(
    bench_site, client, tmp_path
):
    ours = text_of_rows(client.get(pages.TABLE).content.decode())
    exported = json.loads(client.get(pages.EXPORT).getvalue())["rows"]

    datasette.fill(tmp_path / "plan.sqlite3", exported)

    with closing(sqlite3.connect(tmp_path / "plan.sqlite3")) as database:
        given = database.execute("SELECT number, title, status FROM points").fetchall()
    assert len(given) == len(ours) == 33
    for row, in_ours in zip(given, ours, strict=True):
        assert all(value in unescape(in_ours) for value in row)
    assert datasette.EXCERPT_LENGTH == EXCERPT_LENGTH


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


def test_limit_is_reached_below_it_and_missed_at_it(capsys):
    assert results.print_limit("time", 0.49, "s", below=0.5)
    assert not results.print_limit("time", 0.5, "s", below=0.5)
    assert [line.split(": ")[-1] for line in capsys.readouterr().out.splitlines()] == [
        "reached",
        "MISSED",
    ]


def test_large_report_holds_the_rows_of_the_real_one_each_with_its_own_number(bench_site):
    real = files.published_document()
    large = files.larger(real, 500)

    rows = list(large.rows())
    assert len(rows) == len({row.number for row in rows}) == 500
    assert {row.explanation for row in rows} == {row.explanation for row in real.rows()}
    assert [len(pillar.themes) for pillar in large.pillars] == [8, 3, 5]


def test_weasyprint_is_given_what_our_pdf_says(settings):
    settings.TEMPLATES = [{**site.TEMPLATES[0], "DIRS": [BASE_DIR / "bench/templates"]}]
    document = everything()

    html = weasy.for_print(document)

    text = unescape(" ".join(re.sub(r"<[^>]+>", "", html).split()))
    for row in document.rows():
        for cell in (row.number, row.title, row.goal, row.responsibility, row.timeline, row.status):
            assert cell in text
    assert html.count('<table class="points">') == sum(
        len(pillar.themes) for pillar in document.pillars
    )
    assert html.count('<span class="footnote') == sum(
        len(each.footnotes()) for each in document.texts()
    )
    assert "{{" not in html


def test_weasyprint_is_given_the_page_of_the_site_with_its_style_sheet(bench_site, settings):
    settings.ALLOWED_HOSTS = ["127.0.0.1"]

    html = weasy.page(pages.PUBLIC_PAGES["report"])

    assert "<h1" in html
    style_sheet = re.search(r'<link rel="stylesheet" href="file://([^"]+)"', html)[1]
    assert Path(style_sheet).read_text() == (BASE_DIR / "static/build/site.css").read_text()


def test_weasyprint_that_does_not_start_is_said_in_a_sentence(settings, monkeypatch):
    settings.TEMPLATES = [{**site.TEMPLATES[0], "DIRS": [BASE_DIR / "bench/templates"]}]
    broken = (sys.executable, "-c", "raise OSError('cannot load library')")
    monkeypatch.setattr(weasy, "PROGRAM", broken)

    with pytest.raises(BenchError, match=r"\(OSError: cannot load library\).* needs .* Pango"):
        weasy.write("<title>Rapportage</title>")


def test_bench_runs_and_prints_its_ratios(db, tmp_path):
    call_command("loaddata", *FIXTURES, verbosity=0)
    report = tmp_path / "report.json"
    report.write_bytes(json_file.write(build(ReportingRound.objects.get())))

    run = run_bench(REPORT=str(report))

    # Whether the targets are reached is for the bench to say, not for a test. WeasyPrint needs a
    # library that not every machine has.
    assert run.returncode in {0, 1} or "Pango" in run.stderr, run.stderr
    for line in (
        "The report of 2024: the text of report.json",
        "our table against the stock one",
        "our table against Datasette",
        "home against an empty view",
        "slowest of them",
        "report list",
        "a published file against a static one",
        "The PDF of 500 action points",
    ):
        assert line in run.stdout
    if run.returncode in {0, 1}:
        for line in ("our PDF against WeasyPrint", "DOCX: ", "ODT: "):
            assert line in run.stdout


def test_report_that_is_not_there_is_said_in_a_sentence():
    run = run_bench(REPORT="nergens.txt")

    assert run.returncode == 2
    assert "nergens.txt" in run.stderr
    assert "Traceback" not in run.stderr
