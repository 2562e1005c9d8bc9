"""Fills an empty database: the real plan with two years, and any number of plans made after it.

`python -m bench.data PLANS YEARS` does so in the database that DATABASE_URL names. REPORT names the
text of the report as it was published, which then replaces the summaries of the fixture.
"""

import os
import sys
from contextlib import contextmanager
from copy import copy
from functools import cache
from pathlib import Path
from unittest.mock import patch

import django
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from actions.richtext.html import plain_text, sanitise
from bench.pages import STATIC_FILE

FIXTURES = ("nap-2022-2026", "round-2024")


@transaction.atomic
def fill(*, plans, years, report=None):
    """The real plan with its year and the one before it; `plans` like it, each of `years` years.

    `report` is the file of the report of that year, as `import_report` reads it.
    """
    from actions.models import Plan

    call_command("loaddata", *FIXTURES, verbosity=0)
    real = Plan.objects.get()
    if report:
        # What it says of what it read is for whoever imports a report to keep.
        with open(os.devnull, "w", encoding="utf-8") as nowhere:
            year = real.rounds.get().year
            call_command("import_report", report, plan=real.slug, year=year, stdout=nowhere)
    _publish(real.rounds.get())
    with _each_text_sanitised_once():
        _add_year(real.rounds.get(), year=real.rounds.get().year - 1)
        for number in range(1, plans + 1):
            _add_plan(real, number, years)


def _add_plan(real, number, years):
    """A plan of the same pillars, themes, points and responsibilities; each year is published."""
    last = real.start_year + years - 1
    changes = {"slug": f"plan-{number}", "title": f"{real.title} {number}", "end_year": last}
    plan = _add_copies([real], **changes)[real.pk]
    pillars = _add_copies(real.pillars.all(), plan=plan)
    themes = _add_copies(real.themes.all(), plan=plan, pillar=pillars)
    points = _add_copies(real.action_points.all(), plan=plan, theme=themes)
    _add_copies(_responsibilities_of(real), action_point=points)
    of_round = real.rounds.latest("year")
    for year in plan.years:
        _add_year(of_round, plan=plan, year=year, points=points)


def _add_year(of_round, *, year, plan=None, points=None):
    """A round like this one with the same texts and entries, of the same or another plan."""
    of_plan = {"plan": plan} if plan else {}
    of_points = {"action_point": points} if points else {}
    new = _add_copies([of_round], year=year, **of_plan)[of_round.pk]
    _add_copies(of_round.report_texts.all(), round=new)
    _add_copies(of_round.entries.all(), round=new, **of_points)
    published = _add_copies(of_round.published_entries.all(), round=new, **of_points)
    _add_copies(_published_responsibilities_of(of_round), entry=published)
    _add_copies(of_round.editions.all(), round=new)


def _publish(in_round):
    """The round as `publish_report` publishes it."""
    # Once Django has been set up.
    from django.contrib.auth import get_user_model
    from django.contrib.auth.models import Group

    from reports.formats import write_all
    from reports.services import document_to_publish, publish

    user = get_user_model().objects.create_user("bench")
    user.groups.add(Group.objects.get(name="coordinator"))
    values = {"reporting_round": in_round, "by": user}
    document = document_to_publish(**values)
    publish(**values, document=document, files=write_all(document))


def _responsibilities_of(plan):
    from actions.models import Responsibility

    return Responsibility.objects.filter(action_point__plan=plan)


def _published_responsibilities_of(of_round):
    from actions.models import PublishedResponsibility

    return PublishedResponsibility.objects.filter(entry__round=of_round)


def _add_copies(rows, **changes):
    """Adds rows like these with other values; returns them by the key of the row they are like.

    A value is the same for all, or a dictionary by the key of what the row refers to.
    """
    copies = {}
    for row in rows:
        copies[row.pk] = new = copy(row)
        new.pk = None
        for name, value in changes.items():
            by_key = isinstance(value, dict)
            setattr(new, name, value[getattr(row, f"{name}_id")] if by_key else value)
    if copies:
        type(new)._default_manager.bulk_create(copies.values())
    return copies


@contextmanager
def _each_text_sanitised_once():
    """The same 33 texts are written thousands of times; to sanitise them each time takes hours."""
    with (
        patch("actions.richtext.fields.sanitise", cache(sanitise)),
        patch("actions.richtext.fields.plain_text", cache(plain_text)),
    ):
        yield


def _copy_as_static_file():
    """The PDF of the report, as it would lie among the static files of the site."""
    from reports.models import EditionFile

    file = Path(settings.STATIC_ROOT, Path(STATIC_FILE).name)
    file.parent.mkdir()
    pdf = EditionFile.objects.get(format="pdf")
    file.write_bytes(pdf.content)


if __name__ == "__main__":
    django.setup()
    call_command("migrate", verbosity=0)
    try:
        fill(plans=int(sys.argv[1]), years=int(sys.argv[2]), report=os.environ.get("REPORT"))
    except CommandError as error:
        sys.exit(str(error))
    _copy_as_static_file()
    if connection.vendor == "postgresql":
        # As the server itself does within a minute: until then it plans for a table of a few rows.
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
