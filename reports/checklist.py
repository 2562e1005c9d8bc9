"""What must be in order before the report of a round is published."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actions.models import EntryTransition, ReportingRound, StatusEntry
from actions.plausibility import findings_of_round
from reports.beside import points_now, points_published
from reports.build import build
from reports.links_read_back import unlinked
from reports.readers import json_file


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that must be in order. `wrong` is what is not, each a sentence; empty is right."""

    name: str
    label: str
    wrong: tuple[str, ...]

    @property
    def is_right(self) -> bool:
        return not self.wrong


def checklist(reporting_round: ReportingRound) -> list[Check]:
    """Everything that the register can tell; that each format can be written shows in writing."""
    checks = [
        Check("closed", _("The round is closed"), tuple(_not_closed(reporting_round))),
        Check("complete", _("The report is complete"), tuple(_missing(reporting_round))),
        Check("approved", _("Every entry is approved"), tuple(_unapproved(reporting_round))),
        Check("findings", _("Every finding has been dealt with"), tuple(_unseen(reporting_round))),
    ]
    if reporting_round.is_correction:
        wrong = tuple(_unchanged(reporting_round))
        checks.append(Check("changed", _("The correction changes something"), wrong))
    return checks


def _not_closed(reporting_round):
    if reporting_round.stage != ReportingRound.Stage.CLOSED:
        yield _("The round of %(year)s is %(stage)s.") % {
            "year": reporting_round.year,
            "stage": reporting_round.get_stage_display(),
        }


def _missing(reporting_round):
    if not reporting_round.title:
        yield _("The report has no title yet. Fill it in at the round.")
    if not reporting_round.report_texts.filter(pillar=None).exists():
        yield _("The report has no introduction yet. Add a text of the report.")
    for point in reporting_round.points_without_entry():
        yield _("%(number)s has no entry in this round.") % {"number": point.number}
    entries = reporting_round.entries.select_related("action_point", "status").in_order()
    if not entries:
        yield _("There is not a single entry in this round.")
    for entry in entries:
        if not entry.explanation_text and not entry.is_without_update:
            yield _("%(number)s has no explanation.") % {"number": entry.number}


def _unapproved(reporting_round):
    for entry in reporting_round.entries.unfinished().select_related("action_point").in_order():
        yield _("%(number)s is %(stage)s.") % {
            "number": entry.number,
            "stage": entry.get_stage_display(),
        }


def _unseen(reporting_round):
    if not _was_worked_on(reporting_round):
        # It stands as it was read in from a report that the ministry has published already.
        return
    unseen = [each for each in findings_of_round(reporting_round) if not each.seen]
    if unseen:
        yield ngettext(
            "%(number)s finding has not been dealt with: change the entry, or say why it may stay.",
            "%(number)s findings have not been dealt with: change the entries, or say why they may "
            "stay.",
            len(unseen),
        ) % {"number": len(unseen)}


def _unchanged(reporting_round):
    newest = reporting_round.editions.first()
    if newest is None:
        return
    published = json_file.from_data(newest.document)
    now = build(
        reporting_round,
        edition=published.edition,
        published_on=published.published_on,
        note=published.note,
    )
    is_same = unlinked(now) == unlinked(published)
    if is_same and points_now(reporting_round) == points_published(reporting_round):
        yield _(
            "Nothing has changed since edition %(number)s. Correct what has to be corrected, or "
            "withdraw the correction."
        ) % {"number": newest.number}


def _was_worked_on(reporting_round):
    """Whether somebody moved an entry or changed one, which reading in a report does for nobody."""
    changed = StatusEntry.history.filter(
        round=reporting_round, history_type="~", history_user__isnull=False
    )
    moved = EntryTransition.objects.filter(entry__round=reporting_round)
    return moved.exists() or changed.exists()
