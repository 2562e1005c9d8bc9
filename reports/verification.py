"""Whether what was published is still what it was."""

from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import gettext as _

from actions.models import ReportingRound
from reports.beside import what_differs
from reports.build import labels_of, row_of
from reports.checksums import checksum_of_bytes, checksum_of_document
from reports.errors import ReportError
from reports.formats import Format
from reports.links_read_back import unlinked_row
from reports.models import Edition
from reports.readers import json_file
from reports.triggers import missing_triggers


def verify_guards() -> Iterator[str]:
    """Which guards of what was published the database lacks, each a sentence."""
    for name in missing_triggers():
        yield _(
            "The database lacks the guard %(name)s of what was published, or has another in its "
            "place: run `manage.py migrate`, which lays it anew."
        ) % {"name": name}


def verify(edition: Edition) -> Iterator[str]:
    """What differs in an edition, each a sentence; nothing if all is as it was published."""
    if checksum_of_document(edition.document) != edition.checksum:
        yield _("%(edition)s: the document is not the one that was published.") % {
            "edition": edition
        }
    if not _says_the_same(edition):
        yield _("%(edition)s: its year, number, date or note is not that of the document.") % {
            "edition": edition
        }
    files = {file.format: file for file in edition.files.all()}
    for each in Format:
        if each not in files:
            yield _("%(edition)s: the %(format)s is missing.") % {
                "edition": edition,
                "format": each.label,
            }
    for file in files.values():
        if not _is_as_published(file) or not _is_of(edition, file):
            yield _("%(file)s: the file is not the one that was published.") % {"file": file}
    if Format.JSON in files and not _holds(files[Format.JSON], edition.document):
        yield _("%(edition)s: the JSON does not hold the document.") % {"edition": edition}


def verify_rounds() -> Iterator[str]:
    """Where a round counts other editions than there are, each a sentence."""
    rounds = ReportingRound.objects.filter(Q(edition__gte=1) | Q(editions__isnull=False))
    for each in rounds.select_related("plan").distinct():
        numbers = set(each.editions.values_list("number", flat=True))
        counted = set(range(1, each.edition + 1))
        for number in sorted(counted - numbers):
            yield _("%(round)s: edition %(number)s is missing.") % {
                "round": each,
                "number": number,
            }
        for number in sorted(numbers - counted):
            yield _("%(round)s: edition %(number)s is there, and the round does not count it.") % {
                "round": each,
                "number": number,
            }
        newest = each.editions.first()
        if newest and not _is_shown(each, newest):
            yield _("%(round)s: the public table is not what edition %(number)s says.") % {
                "round": each,
                "number": newest.number,
            }
        if newest and newest.beside:
            for numbers, what in what_differs(newest.beside, each):
                yield _(
                    "%(round)s: the public table is not as it was published with edition "
                    "%(number)s: %(what)s (%(points)s)."
                ) % {"round": each, "number": newest.number, "what": what, "points": numbers}
        if points := list(_citing_otherwise(each)):
            yield _("%(round)s: the cited papers are not those of the explanation: %(points)s.") % {
                "round": each,
                "points": ", ".join(points),
            }


def _citing_otherwise(reporting_round) -> Iterator[str]:
    """The numbers of the points of which something else is kept than their explanation cites."""
    entries = reporting_round.published_entries.select_related("action_point").in_order()
    for entry in entries.prefetch_related("citations"):
        if [citation.cited for citation in entry.citations.all()] != entry.cites():
            yield entry.number


def _is_shown(reporting_round, newest) -> bool:
    """Whether the public table of a round, and its title and date, are those of the document."""
    try:
        document = json_file.from_data(newest.document)
    except ReportError:
        return False
    shown = list(reporting_round.published_entries.for_report())
    return (
        list(map(_shown_row, shown)) == list(_rows(document))
        # Their order may be another.
        and set(labels_of(shown)) == set(document.labels)
        and reporting_round.published_title == document.title
        and reporting_round.published_reference_date == document.reference_date
    )


def _shown_row(entry) -> tuple:
    """A row of the public table, under the titles below which it is shown."""
    theme = entry.action_point.theme
    return theme.pillar.number, theme.pillar.title, theme.title, unlinked_row(row_of(entry))


def _rows(document) -> Iterator[tuple]:
    """The same of a document."""
    for pillar in document.pillars:
        for theme in pillar.themes:
            for row in theme.rows:
                yield pillar.number, pillar.title, theme.title, unlinked_row(row)


def _says_the_same(edition) -> bool:
    """Whether what its page takes from beside the document is what the document says."""
    try:
        document = json_file.from_data(edition.document)
    except ReportError:
        return False
    return (edition.round.year, edition.number, edition.published_on, edition.note) == (
        document.year,
        document.edition,
        document.published_on,
        document.note,
    )


def _is_as_published(file) -> bool:
    # SQLite keeps a text where somebody has written one in the place of bytes.
    return (
        not isinstance(file.content, str)
        and len(file.content) == file.size
        and checksum_of_bytes(bytes(file.content)) == file.checksum
    )


def _is_of(edition, file) -> bool:
    """Whether this edition was published with this file, and not another."""
    return not edition.beside or edition.beside["files"].get(file.format) == file.checksum


def _holds(file, document) -> bool:
    if isinstance(file.content, str):
        return False
    try:
        return json_file.read(bytes(file.content)) == json_file.from_data(document)
    except ReportError:
        return False
