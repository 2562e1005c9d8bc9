"""The mails of a round: who is told what, when something has happened."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from actions import letters, permissions
from actions.letters import Letter
from actions.models import EntryTransition, ReportingRound, StatusEntry
from actions.moves import Move
from actions.progress import Waiting, name_of

# So much of a title that a subject stays one line.
TITLE_IN_SUBJECT = 60


# --- A round is opened ---------------------------------------------------------


def round_opened(reporting_round: ReportingRound) -> None:
    """Tell each editor that the round is open and what waits for them."""
    mails = []
    with letters.in_dutch():
        for editor in permissions.editors().exclude(email=""):
            if waiting := letters.waiting_in(reporting_round, editor):
                mails.append(letters.mail(_opening(reporting_round, waiting), editor))
    letters.send_all(mails)


def _opening(reporting_round, waiting: list[Waiting]) -> Letter:
    number = len(waiting)
    opening = [
        ngettext(
            "The reporting round of %(year)s is open. Would you update the state of play and the "
            "explanation of the action point below, and submit it by the deadline?",
            "The reporting round of %(year)s is open. Would you update the state of play and the "
            "explanation of the action points below, and submit them by the deadline?",
            number,
        )
        % {"year": reporting_round.year}
    ]
    if any(each.entry.explanation_text for each in waiting):
        opening.append(
            _(
                "The texts of the previous round have been carried forward for you. Is such a text "
                "still right in every respect? Then you only need to confirm it."
            )
        )
    return Letter(
        subject=ngettext(
            "Reporting round %(year)s is open: %(number)s action point waits for you",
            "Reporting round %(year)s is open: %(number)s action points wait for you",
            number,
        )
        % {"year": reporting_round.year, "number": number},
        opening=opening,
        facts={
            _("Plan"): reporting_round.plan.title,
            _("Reference date"): letters.day(reporting_round.reference_date),
            _("Deadline"): letters.deadline(reporting_round),
        },
        points=letters.points(waiting),
        link=letters.to_the_admin(),
    )


# --- An entry has moved --------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Words:
    """What is said of a move: its subject, its sentence, and what that means for the reader."""

    subject: str | Promise
    sentence: str | Promise
    consequence: str | Promise


_TO_COORDINATORS = {
    "submit": Words(
        gettext_lazy("Action point %(number)s has been submitted"),
        gettext_lazy("%(person)s has submitted action point %(number)s."),
        gettext_lazy("You can now approve it, or return it with a remark."),
    ),
    "confirm": Words(
        gettext_lazy("Action point %(number)s has been submitted unchanged"),
        gettext_lazy(
            "%(person)s has confirmed action point %(number)s unchanged, and submitted it."
        ),
        gettext_lazy("You can now approve it, or return it with a remark."),
    ),
    "withdraw": Words(
        gettext_lazy("Action point %(number)s has been withdrawn"),
        gettext_lazy("%(person)s has withdrawn action point %(number)s: it is a draft again."),
        gettext_lazy("You need not do anything. You get a mail when it is submitted again."),
    ),
}
_TO_EDITORS = {
    "return": Words(
        gettext_lazy("Action point %(number)s has been returned"),
        gettext_lazy("%(person)s has returned action point %(number)s."),
        gettext_lazy("Would you change the action point as the remark asks, and submit it again?"),
    ),
    "approve": Words(
        gettext_lazy("Action point %(number)s has been approved"),
        gettext_lazy("%(person)s has approved action point %(number)s."),
        gettext_lazy("You need not do anything else. Thank you for your contribution."),
    ),
    "no_update": Words(
        gettext_lazy("Action point %(number)s: no update received"),
        gettext_lazy(
            "%(person)s has recorded that no update was received on action point %(number)s."
        ),
        gettext_lazy(
            "The report will say so too. Is that not right? Then get in touch with the coordinator."
        ),
    ),
}
WORDS = _TO_COORDINATORS | _TO_EDITORS


def entry_moved(transition: EntryTransition, *, move: Move) -> None:
    """Tell the people concerned what was done with an entry: never the one who did it."""
    people = [
        person
        for person in _concerned(transition.entry, move)
        if person.email and person.pk != transition.by_id
    ]
    if not people:
        return
    with letters.in_dutch():
        letter = _moved(transition, move)
        mails = [letters.mail(letter, person) for person in people]
    letters.send_all(mails)


def _concerned(entry, move):
    if move.name in _TO_COORDINATORS:
        return permissions.coordinators()
    people = list(permissions.editors_of(entry))
    submitter = _submitter(entry)
    if submitter and submitter not in people:
        people.append(submitter)
    return people


def _submitter(entry):
    """Who submitted the entry last, if they may still see it: it may have been a coordinator."""
    last = entry.transitions.filter(to_stage=StatusEntry.Stage.SUBMITTED).first()
    if last and permissions.can_sign_in(last.by):
        this = StatusEntry.objects.filter(pk=entry.pk)
        return last.by if permissions.visible_entries(this, last.by).exists() else None
    return None


def _moved(transition, move) -> Letter:
    entry, words = transition.entry, WORDS[move.name]
    named = {"number": entry.number, "person": name_of(transition.by)}
    title = Truncator(entry.title).chars(TITLE_IN_SUBJECT)
    facts = {
        _("Action point"): letters.name_of_point(entry),
        _("State of play"): entry.status.label if entry.status else "–",
        _("Reporting round"): str(entry.round.year),
    }
    if entry.is_in_hand:
        facts[_("Deadline")] = letters.deadline(entry.round)
    return Letter(
        subject=f"{words.subject % named}: {title}",
        opening=[words.sentence % named],
        facts=facts,
        remark=transition if transition.remark else None,
        closing=[str(words.consequence)],
        link=(
            _("Open action point %(number)s") % {"number": entry.number},
            letters.address_of(entry),
        ),
    )
