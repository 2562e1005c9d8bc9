"""What changed between the report of one year and that of the next."""

from actions.references_in_text import unlink_references
from actions.rewording import LABELS, reworded_fields
from actions.richtext.difference import difference
from reports.document import Change, ChangeKind, Changes, ReportDocument, Row


def changes_since(previous: ReportDocument, rows: list[Row]) -> Changes:
    """What is different in these rows, in their order; points that have left the plan come last.

    Points are known by their numbers, which are given once.
    """
    before = {row.number: row for row in previous.rows()}
    items = []
    for row in rows:
        items += _changes_of(before.pop(row.number, None), row)
    items += [Change(ChangeKind.ENDED, row.number, row.title) for row in before.values()]
    return Changes(previous.year, tuple(items))


def reworded(change: Change) -> str:
    """What of a point is worded otherwise, as a list in the language of the page."""
    return ", ".join(str(LABELS[name]) for name in change.fields)


def _changes_of(before: Row | None, row: Row) -> list[Change]:
    if before is None:
        return [Change(ChangeKind.ADDED, row.number, row.title)]
    changes = []
    if before.status != row.status:
        change = Change(ChangeKind.MOVED, row.number, row.title, before.status, row.status)
        changes.append(change)
    if fields := reworded_fields(before, row):
        changes.append(Change(ChangeKind.REWORDED, row.number, row.title, fields=fields))
    texts = (unlink_references(each.explanation) for each in (before, row))
    if difference(*texts).has_changes:
        changes.append(Change(ChangeKind.REWRITTEN, row.number, row.title))
    return changes
