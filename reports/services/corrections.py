"""Withdrawing a correction: the round stands as its newest edition says again."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import zip_longest

from django.db import transaction
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actions import services as round_services
from actions.models import ReportingRound
from actions.services import Refused
from actions.services.rules import locked_round, wait_for_writers
from reports.beside import points_now, points_published
from reports.build import build
from reports.document import ReportDocument
from reports.links_read_back import unlinked
from reports.readers import json_file


@transaction.atomic
def withdraw_correction(*, reporting_round: ReportingRound, by) -> bool:
    """Take a correction back, as long as nothing in it differs from what is published.

    Returns whether the report was being corrected until now.
    """
    reporting_round = locked_round(reporting_round, by)
    if reporting_round.is_correction:
        wait_for_writers(reporting_round)
        if said := what_differs(reporting_round):
            raise Refused(said)
    return round_services.withdraw_correction(reporting_round=reporting_round, by=by)


def what_differs(reporting_round: ReportingRound) -> str:
    """What a correction has changed in the report, as a sentence that says what to do; or nothing.

    The publisher, the order of the states of play and what changed since the year before follow
    from elsewhere: to put these back is not in the hands of whoever corrects this report. Nor is a
    reference date that was published without: the round has it to be reopened, and loses it again.
    """
    edition = reporting_round.editions.first()
    published = unlinked(json_file.from_data(edition.document))
    follows = ["edition", "published_on", "note", "publisher", "labels", "changes"]
    if published.reference_date is None:
        follows.append("reference_date")
    now = replace(
        unlinked(build(reporting_round)), **{name: getattr(published, name) for name in follows}
    )
    parts = list(_parts(published, now, _otherwise_unsaid(reporting_round)))
    if now == published and not parts:
        return ""
    return _(
        "Edition %(number)s says something else: %(parts)s. Put that back as it was published, or "
        "publish the correction as a new edition."
    ) % {
        "number": edition.number,
        "parts": get_text_list(parts or [_("the order of its parts")], _("and")),
    }


def _otherwise_unsaid(reporting_round) -> set[str]:
    """The numbers of the points whose dates or translations, which no report says, are others."""
    now, published = points_now(reporting_round), points_published(reporting_round)
    return {
        number
        for number in now.keys() | published.keys()
        for part in ("dates", "english")
        if now.get(number, {}).get(part) != published.get(number, {}).get(part)
    }


def _parts(published: ReportDocument, now: ReportDocument, unsaid: set[str]) -> Iterator[str]:
    """What is different, each part in the words in which people look it up."""
    before, after = ({row.number: row for row in each.rows()} for each in (published, now))
    numbers = [
        each
        for each in {**before, **after}
        if before.get(each) != after.get(each) or each in unsaid
    ]
    if numbers:
        yield ngettext("action point %s", "action points %s", len(numbers)) % ", ".join(numbers)
    if published.title != now.title:
        yield _("the title")
    if published.reference_date != now.reference_date:
        yield _("the reference date")
    for old, new in zip_longest(published.sections, now.sections):
        if old != new:
            yield _("the text “%s”") % (old or new).title
    texts = {each.number: each.description for each in published.pillars}
    for pillar in now.pillars:
        if texts.get(pillar.number) != pillar.description:
            yield _("the text on pillar %s") % pillar.number
