"""How a report is written as files: `python -m bench.files TIMES`; see __main__.py.

A program of its own, as it needs Django and its memory is measured. The report is that of the plan
of the fixtures in the database that DATABASE_URL names. The exit code is that of the bench.
"""

import resource
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import count
from statistics import median
from time import perf_counter

import django

from bench import results
from bench.client import BenchError, interleave
from bench.pages import PLAN, PUBLIC_PAGES

WEASYPRINT_TARGET = 10
OFFICE_SECONDS = 0.5
POINTS = 500
LARGE_SECONDS = 10
LARGE_MEGABYTES = 500
# In which the system counts memory.
MEMORY_UNIT = 1 if sys.platform == "darwin" else 1024


@dataclass(slots=True)
class Writing:
    """A report that is written in one way, and how many bytes that gave the last time."""

    write: Callable
    report: object
    size: int = 0

    def get(self):
        self.size = len(self.write(self.report))


def published_document():
    """The newest report of the plan of the fixtures, as it was published."""
    from reports.models import Edition
    from reports.readers import json_file

    return json_file.from_data(Edition.objects.of_plan(PLAN.strip("/"))[0].document)


def larger(document, points):
    """The report with its rows over and over in their themes: so many, each with its own number."""
    rows = len(list(document.rows()))
    taken = count(1)

    def theme(of):
        repeated = (
            replace(row, number=f"{row.number}{nth or ''}")
            for nth in range(-(-points // rows))
            for row in of.rows
        )
        return replace(of, rows=tuple(row for row in repeated if next(taken) <= points))

    return replace(
        document,
        pillars=tuple(
            replace(pillar, themes=tuple(map(theme, pillar.themes))) for pillar in document.pillars
        ),
    )


def measure_large(document):
    """The time and the peaks of memory of a large PDF. First of all: earlier peaks would count."""
    from reports.writers import pdf

    large = larger(document, POINTS)
    start = perf_counter()
    pdf.write(large)
    seconds = perf_counter() - start
    ours, of_typst = (
        resource.getrusage(who).ru_maxrss * MEMORY_UNIT / 1e6
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    print(f"\nThe PDF of {POINTS} action points")
    print(f"  peak of memory: {ours:.0f} MB here, {of_typst:.0f} MB in Typst")
    return all(
        [
            results.print_limit("time", seconds, "s", below=LARGE_SECONDS),
            results.print_limit("memory", ours + of_typst, "MB", below=LARGE_MEGABYTES),
        ]
    )


def measure_files(document, times):
    from bench import weasy
    from reports.writers import office, pdf

    variants = {
        "our PDF": Writing(pdf.write, document),
        "WeasyPrint, our page": Writing(weasy.write, weasy.page(PUBLIC_PAGES["report"])),
        "WeasyPrint, plain HTML": Writing(weasy.write, weasy.for_print(document)),
        "DOCX": Writing(office.write_docx, document),
        "ODT": Writing(office.write_odt, document),
    }
    seconds = interleave(variants, times, warm_up=1)
    sizes = {name: variant.size for name, variant in variants.items()}
    results.print_variants("The report as a file", seconds, sizes)
    print("  The plain HTML is made for WeasyPrint, and is for information: see bench/weasy.py")
    against = results.Comparison(seconds["our PDF"], seconds["WeasyPrint, our page"])
    return all(
        [
            results.print_target("our PDF against WeasyPrint", against, at_least=WEASYPRINT_TARGET),
            *(
                results.print_limit(name, median(seconds[name]), "s", below=OFFICE_SECONDS)
                for name in ("DOCX", "ODT")
            ),
        ]
    )


def main():
    from reports.errors import ReportError

    try:
        document = published_document()
        reached = [measure_large(document), measure_files(document, times=int(sys.argv[1]))]
    except (BenchError, ReportError) as error:
        print(f"\nNot measured: {error}", file=sys.stderr)
        return 2
    return 0 if all(reached) else 1


if __name__ == "__main__":
    django.setup()
    sys.exit(main())
