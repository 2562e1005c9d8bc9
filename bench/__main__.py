"""Measures the public pages and the report, and prints ratios: `make bench` or `python -m bench`.

Two temporary databases are made, each behind a production server process of its own (gunicorn, one
worker, DEBUG=0). A client on the same machine asks for pages over HTTP with keep-alive, one request
at a time. What is compared is asked for in turn, 25 times in a row, so that whatever else the
machine does hits all alike, and each is measured at work: a server that waits for others between
two requests takes two milliseconds to wake up, and some requests to come up to speed, whatever it
answers. A ratio is the median of the ratios of requests at the same place in a turn, with its
quartiles. In 1 and 2 the site keeps what it keeps when it is at work; in 3 nothing, so that the
database is asked at each request.

On a busy machine each request also waits for a processor, and that weighs most on the quick ones:
the table then comes out less far from the stock one than it is. "undisturbed" is the same ratio of
the quickest tenth of the requests. If the two differ much, measure again when it is quiet.

1. The table of 33 rows, at an address that asks for a year and so is made anew at each request,
   against three peers. On the same server process and database: a stock django-tables2 table of the
   same rows and columns with a stock django-filter form, in the same base template; and a view that
   does nothing but return the bytes of a table. On a server of its own: Datasette with the same
   rows and filters (see datasette.py). To reach: 5 × the stock table, and 5 × Datasette. For
   information: the table where nothing is kept, not even what the year says.
2. Pages as they are kept until something public changes, against views that do nothing but return
   the same bytes. To reach: 0.7 × these.
3. Every public page with 66 entries in the database (33 points, 2 years) against 99,066 (the same
   plan beside 300 plans of 10 years). To reach: no page more than 1.5 × slower. The pages are the
   same byte for byte, but for the overview, which lists the other plans; the column "more bytes"
   says so. For information: pages of a plan of 10 years in the large database.
4. The PDF of the report as it is published, against the same bytes as a static file of the same
   server process. The database is asked each time which file it is; its bytes are kept. To reach:
   half the requests per second.
5. The PDF of a report of 500 action points (the real ones over and over). To stay under: 10 s, and
   500 MB for this process and that of Typst together, each at its peak.
6. The report written as PDF against the page of the report, set by WeasyPrint with the style sheet
   of the site: a process of its own for each time, as we do it. To reach: 10 × as fast. For
   information: against plain HTML that is made for WeasyPrint (see weasy.py). DOCX and ODT, to stay
   under: 0.5 s each. 5 and 6 need no database and are measured once.

The report is that of 2024. REPORT=/path/to/its/text.txt has the text read in that was published;
without it, our own summaries stand in its place.

BENCH_DATABASE_URL=postgres://user@host/database measures on PostgreSQL as well, in two databases
that are created beside the one named, and dropped.

The exit code is 0 if all targets are reached, 1 if one is missed, 2 if a page cannot be measured.
"""

import argparse
import os
import platform
import signal
import subprocess
import sys
from contextlib import ExitStack
from importlib.metadata import version
from pathlib import Path

from bench import datasette, pages, results
from bench.client import BenchError, Connection, Page, interleave
from bench.databases import filled_database
from bench.server import serving

STOCK_TARGET = 5
DATASETTE_TARGET = 5
KEPT_TARGET = 0.7
SIZE_TARGET = 1.5
STATIC_TARGET = 0.5
YEARS = 10
# Of requests for one page.
IN_A_ROW = 25


def main():
    # So that a run that is ended from outside cleans up as it does at Ctrl-C.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    options = _options()
    _print_machine()
    try:
        reached = [_measure(server, options) for server in _database_servers()]
    except BenchError as error:
        print(f"\nNot measured: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return 130
    return 0 if all(reached) else 1


def _options():
    parser = argparse.ArgumentParser(prog="python -m bench", description="See bench/__main__.py.")
    parser.add_argument("--plans", type=int, default=300, help="plans in the large database")
    parser.add_argument("--requests", type=int, default=100, help="requests per page and variant")
    parser.add_argument("--files", type=int, default=10, help="times that each file is written")
    return parser.parse_args()


def _print_machine():
    versions = ", ".join(
        f"{name} {version(name)}"
        for name in (
            *("Django", "django-tables2", "gunicorn", "datasette"),
            *("typst", "weasyprint"),
        )
    )
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    print(f"Python {platform.python_version()}, {versions}")
    print(f"{os.cpu_count()} CPUs, load {load} (1, 5 and 15 minutes)")
    report = os.environ.get("REPORT")
    text = (
        f"the text of {Path(report).name}" if report else "our summaries; REPORT=… names its text"
    )
    print(f"The report of 2024: {text}")


def _database_servers():
    """Where databases are made: None is SQLite."""
    return [None, *filter(None, [os.environ.get("BENCH_DATABASE_URL")])]


def _measure(database_server, options):
    """Measures on one kind of database; returns whether the targets are reached."""
    print(f"\n=== {'PostgreSQL' if database_server else 'SQLite'}")
    with ExitStack() as stack:
        print(f"Filling the databases with 0 and {options.plans} plans beside the real one …")
        databases = [
            stack.enter_context(filled_database(database_server, plans=plans, years=YEARS))
            for plans in (0, options.plans)
        ]
        small, large, kept = (
            stack.enter_context(Connection(stack.enter_context(serving(each))))
            for each in (*databases, databases[0] | {"BENCH_KEPT": "1"})
        )
        reached = [
            _measure_table(kept, small, options.requests),
            _measure_kept(kept, options.requests),
            _measure_size(small, large, options.requests),
            _measure_published_file(small, options.requests),
        ]
        if not database_server:
            reached.append(_measure_files(databases[0], options.files))
    return all(reached)


def _measure_table(connection, nothing_kept, requests):
    with (
        datasette.serving(connection) as port,
        Connection(port) as of_datasette,
    ):
        variants = {
            "our table": Page(connection, pages.ASKED_TABLE),
            "nothing kept": Page(nothing_kept, pages.ASKED_TABLE),
            "stock table": Page(connection, pages.STOCK_TABLE),
            "Datasette": Page(of_datasette, datasette.TABLE),
            "empty view": _empty_view(connection, pages.TABLE),
        }
        seconds = interleave(variants, requests, in_a_row=IN_A_ROW)
        sizes = {name: len(page.get()) for name, page in variants.items()}
    results.print_variants("The table", seconds, sizes)
    reached = [
        results.print_target(
            f"our table against {peer}",
            results.Comparison(seconds["our table"], seconds[variant]),
            at_least=target,
        )
        for peer, variant, target in (
            ("the stock one", "stock table", STOCK_TARGET),
            ("Datasette", "Datasette", DATASETTE_TARGET),
        )
    ]
    return all(reached)


def _measure_kept(connection, requests):
    addresses = {name: pages.PUBLIC_PAGES[name] for name in pages.KEPT_PAGES}
    variants = {}
    for name, address in addresses.items():
        variants[name] = Page(connection, address)
        variants[f"{name}, empty view"] = _empty_view(connection, address)
    seconds = interleave(variants, requests, in_a_row=IN_A_ROW)
    print(f"\nPages that are kept, {requests} requests each")
    reached = [
        results.print_target(
            f"{name} against an empty view",
            results.Comparison(seconds[name], seconds[f"{name}, empty view"]),
            at_least=KEPT_TARGET,
        )
        for name in addresses
    ]
    return all(reached)


def _empty_view(connection, address):
    """The view that does nothing but return the bytes of this page."""
    empty = Page(connection, pages.same_bytes(address))
    # The first answer of the empty view is where it gets the bytes.
    if Page(connection, address).get() != empty.get():
        raise BenchError(f"the empty view does not return the bytes of {address}")
    return empty


def _measure_size(small, large, requests):
    compared = {
        name: (Page(small, address), Page(large, address))
        for name, address in pages.PUBLIC_PAGES.items()
    }
    variants = {
        (name, size): page
        for name, of_name in compared.items()
        for size, page in zip(("small", "large"), of_name, strict=True)
    }
    # Measured in one go with the others, since they are compared with the small database too.
    variants |= {(name, "years"): Page(large, page) for name, page in pages.TEN_YEARS.items()}
    seconds = interleave(variants, requests, in_a_row=IN_A_ROW)
    rows = [
        results.SizeRow(
            name,
            results.Comparison(seconds[name, "small"], seconds[name, "large"]),
            more_bytes=len(of_large.get()) - len(of_small.get()),
        )
        for name, (of_small, of_large) in compared.items()
    ]
    ten_years = {
        name: results.Comparison(seconds[name, "small"], seconds[name, "years"])
        for name in pages.TEN_YEARS
    }
    return results.print_sizes(rows, ten_years, at_most=SIZE_TARGET)


def _measure_published_file(connection, requests):
    variants = {
        "published file": Page(connection, pages.FILE),
        "static file": Page(connection, pages.STATIC_FILE),
    }
    sizes = {name: len(page.get()) for name, page in variants.items()}
    if variants["published file"].get() != variants["static file"].get():
        raise BenchError("the static file is not the one that was published")
    seconds = interleave(variants, requests, in_a_row=IN_A_ROW)
    comparison = results.Comparison(seconds["published file"], seconds["static file"])
    results.print_variants("A file of a report", seconds, sizes)
    return results.print_target(
        "a published file against a static one", comparison, at_least=STATIC_TARGET
    )


def _measure_files(environment, times):
    """In a process of its own: see files.py."""
    sys.stdout.flush()
    command = [sys.executable, "-m", "bench.files", str(times)]
    code = subprocess.run(command, env=environment, check=False).returncode  # noqa: S603
    if code not in (0, 1):
        raise BenchError("the report as files")
    return code == 0


if __name__ == "__main__":
    sys.exit(main())
