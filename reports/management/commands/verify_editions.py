"""`manage.py verify_editions`: whether what was published is still what it was, and guarded."""

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports.models import Edition
from reports.verification import verify, verify_guards, verify_rounds


class Command(BaseCommand):
    help = _("Recomputes every checksum of what was published; ends with an error if any differs.")

    def handle(self, **options):
        differs = [*verify_guards(), *verify_rounds()]
        number = 0
        # One at a time: the files of all editions together may not fit into memory.
        for edition in Edition.objects.select_related("round__plan").iterator(chunk_size=1):
            number += 1
            found = list(verify(edition))
            differs += found
            if not found:
                self.stdout.write(_("%s: as it was published.") % edition)
        for sentence in differs:
            self.stderr.write(sentence)
        if differs:
            raise CommandError(
                ngettext("%d thing differs.", "%d things differ.", len(differs)) % len(differs)
            )
        self.stdout.write(
            ngettext(
                "%d edition checked, nothing differs.",
                "%d editions checked, nothing differs.",
                number,
            )
            % number
        )
