"""The summaries that people get as a deadline comes near, and after it.

Someone gets one mail at each moment of a round, and `Reminder` says who got it already. When the
deadline is moved, its moments begin anew.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actions import letters, permissions
from actions.letters import Letter
from actions.models import Progress, Reminder, ReportingRound
from actions.progress import OfOrganisation, State, Waiting, state_of

# So many days before the deadline.
THRESHOLDS = (1, 7, 14)


class Outcome(Enum):
    SENT = "sent"
    REFUSED = "refused"
    # Another run was first.
    TAKEN = "taken"


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What someone is to be told of a round: what waits for them, to a coordinator its state."""

    round: ReportingRound
    moment: str
    on: date
    person: User
    waiting: list[Waiting]
    state: State | None

    @property
    def is_late(self):
        return self.on > self.round.deadline

    @property
    def obstacle(self):
        """Why it cannot be sent, or nothing."""
        if not permissions.can_sign_in(self.person):
            return _("cannot sign in")
        return "" if self.person.email else _("has no e-mail address")


def moment(deadline: date, today: date) -> str | None:
    """The moment that it is: 14, 7 or 1 days before the deadline, or a week after it.

    Each lasts until the next, so that a day on which nothing ran is made up for.
    """
    days = (deadline - today).days
    if days < 0:
        return f"late-{(6 - days) // 7}"
    return next((str(threshold) for threshold in THRESHOLDS if days <= threshold), None)


# --- Who gets one --------------------------------------------------------------


def due(on: date) -> Iterator[Summary]:
    """The summaries of open rounds that nobody has sent yet, also those that cannot be sent."""
    for reporting_round in ReportingRound.objects.open().select_related("plan"):
        if now := moment(reporting_round.deadline, on):
            yield from _due_in(reporting_round, now, on)


def _due_in(reporting_round, now, on):
    told = reporting_round.reminders.filter(moment=_key(reporting_round, now)).values("user")
    editors, coordinators = (
        dict.fromkeys(permissions.members_of(group).exclude(pk__in=told))
        for group in (permissions.EDITOR, permissions.COORDINATOR)
    )
    state = state_of(reporting_round, on)
    for person in editors | coordinators:
        summary = Summary(
            round=reporting_round,
            moment=now,
            on=on,
            person=person,
            waiting=letters.waiting_in(reporting_round, person) if person in editors else [],
            state=state if person in coordinators else None,
        )
        if summary.waiting or summary.state:
            yield summary


def _key(reporting_round, now):
    return f"{now} {reporting_round.deadline}"


# --- Sent once -----------------------------------------------------------------


def send(summary: Summary, connection) -> Outcome:
    """Send a summary, unless that has been done. One that is refused can be sent another time."""
    with letters.in_dutch():
        mail = letters.mail(_letter(summary), summary.person)
    # Of two runs at once, one writes the row and sends. What is written stays before anything
    # goes out: a mail cannot be taken back.
    with transaction.atomic(durable=True):
        reminder, is_ours = Reminder.objects.get_or_create(
            round=summary.round,
            user=summary.person,
            moment=_key(summary.round, summary.moment),
        )
    if not is_ours:
        return Outcome.TAKEN
    if letters.send(mail, connection):
        return Outcome.SENT
    reminder.delete()
    return Outcome.REFUSED


# --- What it says --------------------------------------------------------------


def _letter(summary) -> Letter:
    opening, lists = [], {}
    if summary.waiting:
        opening += _what_waits(summary)
    if summary.state:
        opening += _how_far(summary.state)
        lists = _lists(summary.state)
    return Letter(
        subject=_subject(summary),
        opening=opening,
        facts={
            _("Plan"): summary.round.plan.title,
            _("Deadline"): letters.deadline(summary.round, summary.on),
        },
        points=letters.points(summary.waiting),
        lists=lists,
        link=letters.to_the_admin(),
    )


def _subject(summary):
    if not summary.waiting:
        whole = summary.state.whole
        return _("Reporting round %(year)s: %(approved)s of %(total)s action points approved") % {
            "year": summary.round.year,
            "approved": whole.counts[Progress.APPROVED],
            "total": whole.total,
        }
    number = len(summary.waiting)
    words = (
        ngettext(
            "Late: %(number)s action point to submit, the deadline was %(deadline)s",
            "Late: %(number)s action points to submit, the deadline was %(deadline)s",
            number,
        )
        if summary.is_late
        else ngettext(
            "%(number)s action point to submit, the deadline is %(deadline)s",
            "%(number)s action points to submit, the deadline is %(deadline)s",
            number,
        )
    )
    return words % {"number": number, "deadline": date_format(summary.round.deadline, "j F Y")}


def _what_waits(summary):
    number = len(summary.waiting)
    yield (
        ngettext(
            "For the reporting round of %(year)s we expect %(number)s more action point from you.",
            "For the reporting round of %(year)s we expect %(number)s more action points from you.",
            number,
        )
        % {"year": summary.round.year, "number": number}
    )
    if summary.is_late:
        yield _(
            "The deadline has passed. Would you submit as soon as possible? If you cannot, please "
            "get in touch with the coordinator."
        )


def _how_far(state):
    approved, total = state.whole.counts[Progress.APPROVED], state.whole.total
    if total and approved == total:
        yield _("All action points have been approved. You can close the round.")
        return
    yield (
        ngettext(
            "Of the %(total)s action points, %(number)s has been approved.",
            "Of the %(total)s action points, %(number)s have been approved.",
            approved,
        )
        % {"total": total, "number": approved}
    )
    if submitted := state.whole.counts[Progress.SUBMITTED]:
        yield (
            ngettext(
                "%(number)s action point waits for your review.",
                "%(number)s action points wait for your review.",
                submitted,
            )
            % {"number": submitted}
        )


def _lists(state) -> dict[str, list[str]]:
    """The state of a round in lines: in all, by organisation, and who is late."""
    lists = {
        _("State of the round"): [
            f"{progress.label}: {number}" for progress, number in state.whole.counts.items()
        ],
        _("By organisation (a shared action point counts for each)"): [
            _line(row) for row in state.organisations
        ],
        _("Late"): [_late_line(row) for row in state.organisations if row.tally.late],
    }
    return {heading: lines for heading, lines in lists.items() if lines}


def _line(row: OfOrganisation):
    counts = (f"{number} {each.label}" for each, number in row.tally.counts.items() if number)
    return f"{_label(row)}: {', '.join(counts)}"


def _late_line(row: OfOrganisation):
    number = ngettext("%d action point", "%d action points", row.tally.late) % row.tally.late
    editors = ", ".join(row.editors) or _("no editor")
    return f"{_label(row)}: {number} ({editors})"


def _label(row: OfOrganisation):
    return row.organisation.label if row.organisation else capfirst(_("no organisation"))
