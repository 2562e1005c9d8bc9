"""Publishing: from a closed round to an edition that nobody can alter.

It goes in three steps, so that whoever publishes sees each file as it is written, and so that
nothing is locked meanwhile: `document_to_publish` asks whether all is in order,
`formats.write_all` writes the files, and `publish` stores everything in one transaction.
"""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from actions import permissions
from actions import services as round_services
from actions.models import ReportingRound
from actions.services import Refused
from reports.beside import beside
from reports.build import build
from reports.checklist import checklist
from reports.checksums import checksum_of_bytes, checksum_of_document
from reports.document import ReportDocument
from reports.formats import Format, WrittenFile
from reports.models import Edition, EditionFile
from reports.writers import json_file


def document_to_publish(
    *, reporting_round: ReportingRound, by, note: str = "", on: date | None = None
) -> ReportDocument:
    """The document of the next edition, published on this day or today. Writes nothing."""
    if not permissions.is_coordinator(by):
        raise PermissionDenied
    wrong = [sentence for check in checklist(reporting_round) for sentence in check.wrong]
    if wrong:
        raise Refused(_("Not everything is in order yet: %s") % " ".join(wrong))
    # One line, as every format sets it.
    note = " ".join(note.split())
    if reporting_round.edition and not note:
        raise Refused(_("Say what was corrected in this edition: it will be public."))
    if note and not reporting_round.edition:
        raise Refused(_("A first edition corrects nothing, and so has no note."))
    if on:
        _refuse_impossible_day(reporting_round, on)
    return build(
        reporting_round,
        edition=reporting_round.edition + 1,
        published_on=on or timezone.localdate(),
        note=note,
    )


def _refuse_impossible_day(reporting_round, on):
    """Refuse a day of publication that somebody chose, and that it cannot have been."""
    newest = reporting_round.editions.defer("document").first()
    if on > timezone.localdate():
        raise Refused(
            _("%(day)s is still to come, and so cannot be the day of publication.")
            % {"day": date_format(on)}
        )
    if reporting_round.reference_date and on < reporting_round.reference_date:
        raise Refused(
            _("The day of publication, %(day)s, is before the reference date, %(reference)s.")
            % {"day": date_format(on), "reference": date_format(reporting_round.reference_date)}
        )
    if newest and on < newest.published_on:
        raise Refused(
            _("The day of publication, %(day)s, is before that of edition %(number)s, %(before)s.")
            % {
                "day": date_format(on),
                "number": newest.number,
                "before": date_format(newest.published_on),
            }
        )


@transaction.atomic
def publish(
    *,
    reporting_round: ReportingRound,
    document: ReportDocument,
    files: Iterable[WrittenFile],
    by,
) -> Edition:
    """Publish a round as this document, with these files of it in every format. All or nothing."""
    number = round_services.publish_round(reporting_round=reporting_round, by=by)
    now = build(
        ReportingRound.objects.get(pk=reporting_round.pk),
        edition=number,
        published_on=document.published_on,
        note=document.note,
    )
    if now != document:
        raise Refused(_("The report changed while it was being published. Look at it again first."))
    data = json_file.to_data(document)
    files = list(files)
    if [file.format for file in files] != list(Format):
        raise ValueError("An edition has a file of every format.")
    checksums = {file.format: checksum_of_bytes(file.content) for file in files}
    edition = Edition.objects.create(
        round=reporting_round,
        number=number,
        note=document.note,
        published_on=document.published_on,
        by=by,
        document=data,
        checksum=checksum_of_document(data),
        beside=beside(reporting_round, checksums),
    )
    for file in files:
        EditionFile.objects.create(
            edition=edition,
            format=file.format,
            content=file.content,
            size=len(file.content),
            checksum=checksums[file.format],
        )
    return edition
