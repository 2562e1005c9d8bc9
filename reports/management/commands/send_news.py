"""`manage.py send_news`: the news of what was published, to who is kept posted. For cron."""

from collections import Counter

from django.core.mail import get_connection
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports.models import Subscriber, SubscriptionRequest
from reports.news_sending import Outcome, send_news


class Command(BaseCommand):
    help = _("Mails the news of what was published, and deletes requests that nobody confirmed.")

    def handle(self, **options):
        SubscriptionRequest.objects.lapsed().delete()
        Subscriber.objects.following_nothing().delete()
        outcomes, connection = Counter(), get_connection()
        try:
            for outcome in send_news(connection):
                outcomes[outcome] += 1
        except OSError as error:  # also what a mail server answers: SMTPException is one
            raise CommandError(
                _("The mail server cannot be reached: %s. The next run goes on.") % error
            ) from error
        finally:
            connection.close()
            # No addresses: whoever reads the log of a server need not know them.
            sent = outcomes[Outcome.SENT]
            self.stdout.write(ngettext("%d mail sent.", "%d mails sent.", sent) % sent)
        if refused := outcomes[Outcome.REFUSED]:
            raise CommandError(
                ngettext(
                    "%d mail was refused. A run after an hour tries again.",
                    "%d mails were refused. A run after an hour tries again.",
                    refused,
                )
                % refused
            )
