"""What the PDF is set from: the JSON of the report, with what derives from it and our own words."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from reports.cited import cited
from reports.document import ChangeKind, ReportDocument
from reports.writers import json_file


def to_data(document: ReportDocument) -> dict:
    """What the templates set: the JSON of the report, and what derives from it."""
    on = document.published_on or document.reference_date or date(document.year, 1, 1)
    return json_file.to_data(document) | {
        "fullTitle": f"{document.title} {document.year}",
        "concept": document.is_concept,
        "date": {"year": on.year, "month": on.month, "day": on.day},
        "cover": _cover(document),
        "tones": {label.label: label.tone for label in document.labels},
        "overview": _overview(document),
        "changes": _changes(document),
        "cited": [
            {"label": paper.label, "address": paper.address, "numbers": paper.numbers}
            for paper in cited(document)
        ],
        "words": _words(),
    }


def _words() -> dict:
    return {
        "concept": _("Concept"),
        "page": _("page {page} of {pages}"),
        "contents": _("Contents"),
        "pillar": _("Pillar {number}"),
        "point": _("Action point"),
        "points": _("Action points"),
        "goal": _("Goal"),
        "responsibility": _("Responsibility"),
        "timeline": _("Timeline"),
        "status": _("State of play"),
        "explanation": _("Explanation"),
        "overview": _("Overview of the state of play"),
        "total": _("Total"),
        "change": _("What changed"),
        "nothingChanged": _(
            "Nothing has changed: every action point stands as it did, in the same words."
        ),
        "cited": _("Cited papers"),
        "paper": _("Paper"),
    }


def _cover(document: ReportDocument) -> list[str]:
    lines = []
    if document.reference_date:
        lines.append(_("Reference date %(date)s") % {"date": _day(document.reference_date)})
    if document.edition > 1:
        edition = _("Edition %(number)d") % {"number": document.edition}
        lines.append(
            f"{edition}, {_day(document.published_on)}" if document.published_on else edition
        )
    return lines


def _day(on: date) -> str:
    return date_format(on, "j F Y")


def _overview(document: ReportDocument) -> dict:
    statuses = document.overview()
    pillars = [
        {
            "name": _("Pillar {number}").format(number=pillar.number),
            "title": pillar.title,
            "total": sum(len(theme.rows) for theme in pillar.themes),
        }
        for pillar in document.pillars
    ]
    of_pillars = [
        "{}: {}.".format(
            pillar["name"],
            "; ".join(
                f"{status.label.label}: {status.numbers[nth]}"
                for status in statuses
                if status.numbers[nth]
            ),
        )
        for nth, pillar in enumerate(pillars)
    ]
    return {
        "statuses": [
            {
                "label": status.label.label,
                "tone": status.label.tone,
                "numbers": status.numbers,
                "total": status.total,
            }
            for status in statuses
        ],
        "pillars": pillars,
        "total": sum(status.total for status in statuses),
        "alt": " ".join(
            [_("Stacked bars: how many action points of each pillar stand how."), *of_pillars]
        ),
    }


def _changes(document: ReportDocument) -> dict | None:
    if document.changes is None:
        return None
    what = {
        ChangeKind.ADDED: _("New in the plan"),
        ChangeKind.ENDED: _("No longer in the plan"),
        ChangeKind.MOVED: _("Another state of play"),
        ChangeKind.REWRITTEN: _("Explanation rewritten"),
    }
    return {
        "heading": _("What has changed since the report on %(year)d")
        % {"year": document.changes.since},
        "before": _("State of play %(year)d") % {"year": document.changes.since},
        "after": _("State of play %(year)d") % {"year": document.year},
        "items": [
            {
                "number": change.number,
                "title": change.title,
                "what": what[change.kind],
                "before": change.before,
                "after": change.after,
            }
            for change in document.changes.items
        ],
    }
