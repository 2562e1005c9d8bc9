"""Edits a report as somebody would in Word, for tests of reading it back."""

from collections.abc import Callable
from dataclasses import replace

from actions.richtext.html import parse
from reports.document import ReportDocument, Row


def edit(document: ReportDocument, title: str, /, **values) -> ReportDocument:
    """The report with other values in the row whose title begins so. The explanation is HTML."""
    if "explanation" in values:
        values["explanation"] = parse(values["explanation"])
    return _with_rows(
        document,
        lambda rows: [
            replace(row, **values) if row.title.startswith(title) else row for row in rows
        ],
    )


def with_row(document: ReportDocument, title: str) -> ReportDocument:
    """The report with one more row in each theme: like the first, but of this title."""
    return _with_rows(document, lambda rows: [*rows, replace(rows[0], title=title, number="")])


def _with_rows(document: ReportDocument, change: Callable[[tuple[Row, ...]], list[Row]]):
    return replace(
        document,
        pillars=tuple(
            replace(
                pillar,
                themes=tuple(
                    replace(theme, rows=tuple(change(theme.rows))) for theme in pillar.themes
                ),
            )
            for pillar in document.pillars
        ),
    )
