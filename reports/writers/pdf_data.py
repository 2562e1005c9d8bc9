"""What the PDF is set from: the JSON of the report, with what derives from it and printed words."""

from datetime import date

from reports import printed
from reports.cited import cited
from reports.document import ReportDocument
from reports.writers import json_file


def to_data(document: ReportDocument) -> dict:
    """What the templates set: the JSON of the report, and what derives from it."""
    on = document.published_on or document.reference_date or date(document.year, 1, 1)
    return json_file.to_data(document) | {
        "fullTitle": document.full_title,
        "concept": document.is_concept,
        "date": {"year": on.year, "month": on.month, "day": on.day},
        "cover": printed.cover(document),
        "pillarHeadings": [
            printed.pillar_heading(pillar.number, pillar.title) for pillar in document.pillars
        ],
        "tones": {label.label: label.tone for label in document.labels},
        "overview": overview(document),
        "changes": _changes(document),
        "cited": [
            {"label": paper.label, "address": paper.address, "numbers": paper.numbers}
            for paper in cited(document)
        ],
        "words": {
            "concept": printed.CONCEPT,
            "page": printed.PAGE,
            "contents": printed.CONTENTS,
            "columns": printed.COLUMNS,
            "overview": printed.OVERVIEW,
            "status": printed.STATUS,
            "total": printed.TOTAL,
            "changeColumns": printed.CHANGE_COLUMNS,
            "noChanges": printed.NO_CHANGES,
            "cited": printed.CITED,
            "citedColumns": printed.CITED_COLUMNS,
        },
    }


def overview(document: ReportDocument) -> dict:
    """What the picture of the overview is drawn from, and the table below it in a PDF."""
    statuses = document.overview()
    return {
        "statuses": [
            {
                "label": status.label.label or printed.NO_STATUS,
                "tone": status.label.tone,
                "numbers": status.numbers,
                "total": status.total,
            }
            for status in statuses
        ],
        "pillars": [
            {
                "name": printed.pillar_name(pillar.number),
                "title": pillar.title,
                "total": sum(len(theme.rows) for theme in pillar.themes),
            }
            for pillar in document.pillars
        ],
        "total": sum(status.total for status in statuses),
        "alt": printed.picture(document),
    }


def _changes(document: ReportDocument) -> dict | None:
    if document.changes is None:
        return None
    return {
        "heading": f"{printed.CHANGES}{document.changes.since}",
        "items": [
            {
                "number": change.number,
                "title": change.title,
                "what": printed.change_words(change),
                "before": change.before,
                "after": change.after,
            }
            for change in document.changes.items
        ],
    }
