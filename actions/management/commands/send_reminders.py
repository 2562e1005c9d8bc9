"""`manage.py send_reminders`: to each person, the summary of what is open. For cron, once a day."""

from argparse import ArgumentTypeError
from datetime import date

from django.core.mail import get_connection
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actions import reminders
from actions.progress import name_of
from actions.reminders import Outcome, Summary


class Command(BaseCommand):
    help = _("Mails editors and coordinators what is still open in the open rounds.")

    def add_arguments(self, parser):
        parser.add_argument(
            "--on", type=_date, metavar="YYYY-MM-DD", help=_("as on this day, instead of today")
        )
        parser.add_argument(
            "--dry-run", action="store_true", help=_("show who would get a mail, and send none")
        )

    def handle(self, *, on, dry_run, **options):
        refused, number = [], 0
        connection = get_connection()
        try:
            for summary in reminders.due(on or timezone.localdate()):
                if summary.obstacle:
                    self.stdout.write(_("Skipped: %s") % f"{_who(summary)} {summary.obstacle}")
                    continue
                outcome = Outcome.SENT if dry_run else reminders.send(summary, connection)
                if outcome is Outcome.SENT:
                    number += 1
                    self.stdout.write(f"{_who(summary)}: {_what(summary)}")
                elif outcome is Outcome.REFUSED:
                    refused.append(summary)
        finally:
            connection.close()
        if dry_run:
            self.stdout.write(
                ngettext(
                    "This was a dry run: %d mail would have been sent.",
                    "This was a dry run: %d mails would have been sent.",
                    number,
                )
                % number
            )
        else:
            self.stdout.write(ngettext("%d mail sent.", "%d mails sent.", number) % number)
        if refused:
            raise CommandError(
                _("Not sent to: %s. The next run tries again.") % ", ".join(map(_who, refused))
            )


def _who(summary: Summary):
    person = summary.person
    return f"{name_of(person)} <{person.email}>" if person.email else name_of(person)


def _what(summary: Summary):
    number = len(summary.waiting)
    parts = [ngettext("%d action point", "%d action points", number) % number] if number else []
    if summary.state:
        parts.append(_("state of the round"))
    return f"{', '.join(parts)} ({summary.round})"


def _date(text):
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(_("“%s” is not a date such as 2026-12-01.") % text) from None
