"""Writes a report as JSON: the whole document as data, as a schema of `static/schemas/` says.

The same document always gives the same bytes. An edition is frozen, and its checksum taken, of the
data alone: the file says beside it where its schema is, which whoever was sent the file can find.
"""

import json

from django.conf import settings

from actions.richtext.tree import Block, Footnote, Inline, Paragraph, RichText, Text
from reports.document import (
    Change,
    Changes,
    Label,
    PillarPart,
    ReportDocument,
    Row,
    Section,
    ThemePart,
)

# Of the schema. A reader refuses a version that it does not know. Version 1 did not tell what is
# worded otherwise than in the previous report.
VERSION = 2


def write(document: ReportDocument) -> bytes:
    """UTF-8, indented, with a line end."""
    data = {"$schema": settings.SITE_URL + schema(VERSION), **to_data(document)}
    text = json.dumps(data, ensure_ascii=False, indent=1)
    return f"{text}\n".encode()


def schema(version: int) -> str:
    """Where the site has this schema: not under the name with a hash, as this one stays."""
    return f"{settings.STATIC_URL}schemas/report-{version}.json"


def to_data(document: ReportDocument) -> dict:
    """The document as dicts, lists, texts and numbers."""
    return {
        "version": VERSION,
        "title": document.title,
        "publisher": document.publisher,
        "year": document.year,
        "referenceDate": document.reference_date and document.reference_date.isoformat(),
        "edition": document.edition,
        "publishedOn": document.published_on and document.published_on.isoformat(),
        "note": document.note,
        "sections": list(map(_section, document.sections)),
        "pillars": list(map(_pillar, document.pillars)),
        "statuses": list(map(_label, document.labels)),
        "changes": document.changes and _changes(document.changes),
    }


def _section(section: Section) -> dict:
    return {"title": section.title, "body": _rich(section.body)}


def _pillar(pillar: PillarPart) -> dict:
    return {
        "number": pillar.number,
        "title": pillar.title,
        "description": _rich(pillar.description),
        "themes": list(map(_theme, pillar.themes)),
    }


def _theme(theme: ThemePart) -> dict:
    return {"title": theme.title, "actionPoints": list(map(_row, theme.rows))}


def _row(row: Row) -> dict:
    return {
        "number": row.number,
        "title": row.title,
        "goal": row.goal,
        "responsibility": row.responsibility,
        "timeline": row.timeline,
        "status": row.status,
        "explanation": _rich(row.explanation),
    }


def _label(label: Label) -> dict:
    return {"label": label.label, "tone": label.tone}


def _changes(changes: Changes) -> dict:
    return {"since": changes.since, "items": list(map(_change, changes.items))}


def _change(change: Change) -> dict:
    return {
        "kind": change.kind.value,
        "number": change.number,
        "title": change.title,
        "before": change.before,
        "after": change.after,
        "fields": list(change.fields),
    }


# --- Rich text -----------------------------------------------------------------


def _rich(text: RichText) -> list:
    return list(map(_block, text.blocks))


def _block(block: Block) -> dict:
    if isinstance(block, Paragraph):
        return {"paragraph": list(map(_inline, block.content))}
    items = [list(map(_block, item)) for item in block.items]
    return {"list": items, "ordered": block.ordered}


def _inline(inline: Inline) -> dict:
    if isinstance(inline, Footnote):
        return {"footnote": list(map(_run, inline.content))}
    return _run(inline)


def _run(run: Text) -> dict:
    """The marks that a run has; those it lacks are left out."""
    marks = {
        "strong": run.strong,
        "emphasis": run.emphasis,
        "language": run.language,
        "link": run.link,
    }
    return {"text": run.text, **{name: value for name, value in marks.items() if value}}
