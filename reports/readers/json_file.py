"""Reads a report from the JSON in which we write it."""

import json
import re
from collections.abc import Callable
from datetime import date
from typing import TypeVar

from django.utils.translation import gettext as _

from actions.richtext.html import sanitise_tree
from actions.richtext.tree import (
    Block,
    Footnote,
    Inline,
    ListBlock,
    Paragraph,
    RichText,
    Text,
)
from reports.document import (
    Change,
    ChangeKind,
    Changes,
    Label,
    PillarPart,
    ReportDocument,
    Row,
    Section,
    ThemePart,
)
from reports.errors import ReportError
from reports.writers.json_file import VERSION

# Editions that were frozen in an earlier version stay as they are.
VERSIONS = range(1, VERSION + 1)

# Ten times the JSON of 500 action points.
MAX_BYTES = 20_000_000

# What JSON can spell and no database or page can hold.
_NO_CHARACTER = re.compile("[\x00\ud800-\udfff]")

Part = TypeVar("Part")


def read(data: bytes) -> ReportDocument:
    """The document in a file of ours. A ReportError says where the file is not as it should be."""
    if len(data) > MAX_BYTES:
        raise ReportError(_("The file is larger than %d MB.") % (MAX_BYTES // 1_000_000))
    try:
        return from_data(json.loads(data))
    except json.JSONDecodeError as error:
        raise ReportError(
            _(
                "The file is cut off or damaged: at line %d it stops being JSON. "
                "Download the report again and choose that file."
            )
            % error.lineno
        ) from None
    except (ValueError, RecursionError):
        # Bytes that are no text, a number without end, or lists in lists without end.
        raise ReportError(
            _("The file is damaged. Download the report again and choose that file.")
        ) from None


def from_data(data) -> ReportDocument:
    """The document that `writers.json_file.to_data` made these dicts and lists of."""
    if not isinstance(data, dict) or "version" not in data:
        raise ReportError(
            _(
                "This is JSON, but not a report from this system. "
                "Choose a file that was downloaded as JSON from the page of a report."
            )
        )
    file = _At(data, "")
    if file.get("version", int) not in VERSIONS:
        raise ReportError(
            _("This is JSON of version %(found)s; up to version %(known)s can be read.")
            % {"found": file.get("version", int), "known": VERSION}
        )
    return ReportDocument(
        title=file.get("title", str),
        publisher=file.get("publisher", str),
        year=file.get("year", int),
        sections=file.parts("sections", _section),
        pillars=file.parts("pillars", _pillar),
        reference_date=file.date("referenceDate"),
        edition=file.get("edition", int),
        published_on=file.date("publishedOn"),
        note=file.get("note", str),
        labels=file.parts("statuses", _label),
        changes=_changes(file.at("changes")) if file.get("changes", dict | None) else None,
    )


class _At:
    """A value of the file that knows where it stands, to say so when it is not as expected."""

    def __init__(self, value, place: str):
        self.value, self.place = value, place
        if not isinstance(value, dict):
            raise self.wrong(_("an object is expected here"))

    def wrong(self, what: str) -> ReportError:
        return ReportError(
            _("At “%(place)s”: %(what)s.") % {"place": self.place or "/", "what": what}
        )

    def get(self, name: str, kind):
        """The value of this name, which must be there and of this kind."""
        if name not in self.value:
            raise self.wrong(_("“%s” is missing") % name)
        value = self.value[name]
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise self.wrong(_("“%s” has a value of the wrong kind") % name)
        if isinstance(value, str) and _NO_CHARACTER.search(value):
            raise self.wrong(_("“%s” holds a character that does not exist") % name)
        return value

    def at(self, name: str) -> "_At":
        return _At(self.value[name], f"{self.place}/{name}")

    def parts(self, name: str, make: Callable[["_At"], Part]) -> tuple[Part, ...]:
        values = self.get(name, list)
        return tuple(
            make(_At(value, f"{self.place}/{name}/{at}")) for at, value in enumerate(values)
        )

    def date(self, name: str) -> date | None:
        text = self.get(name, str | None)
        try:
            return date.fromisoformat(text) if text is not None else None
        except ValueError:
            raise self.wrong(_("“%s” is not a date such as 2025-10-01") % name) from None

    def rich(self, name: str) -> RichText:
        """What the vocabulary holds of a rich text: a file may have been edited by hand."""
        return sanitise_tree(RichText(self.parts(name, _block)))


def _section(at: _At) -> Section:
    return Section(at.get("title", str), at.rich("body"), at.place)


def _pillar(at: _At) -> PillarPart:
    return PillarPart(
        at.get("number", int),
        at.get("title", str),
        at.rich("description"),
        at.parts("themes", _theme),
        at.place,
    )


def _theme(at: _At) -> ThemePart:
    return ThemePart(at.get("title", str), at.parts("actionPoints", _row), at.place)


def _row(at: _At) -> Row:
    names = ("number", "title", "goal", "responsibility", "timeline", "status")
    values = {name: at.get(name, str) for name in names}
    return Row(**values, explanation=at.rich("explanation"), source=at.place)


def _label(at: _At) -> Label:
    return Label(at.get("label", str), at.get("tone", str))


def _changes(at: _At) -> Changes:
    return Changes(at.get("since", int), at.parts("items", _change))


def _change(at: _At) -> Change:
    kind = at.get("kind", str)
    if kind not in list(ChangeKind):
        raise at.wrong(_("the change “%s” does not exist") % kind)
    values = {name: at.get(name, str) for name in ("number", "title", "before", "after")}
    fields = _fields(at) if kind == ChangeKind.REWORDED else ()
    return Change(ChangeKind(kind), **values, fields=fields)


def _fields(at: _At) -> tuple[str, ...]:
    fields = at.get("fields", list)
    if not fields or any(each not in Row.WORDING for each in fields):
        raise at.wrong(_("“%s” does not name what is worded differently") % "fields")
    return tuple(fields)


# --- Rich text -----------------------------------------------------------------


def _block(at: _At) -> Block:
    if "paragraph" in at.value:
        return Paragraph(at.parts("paragraph", _inline))
    items = at.get("list", list)
    return ListBlock(
        tuple(
            tuple(_block(_At(block, f"{at.place}/list/{nth}")) for block in _listed(item, at))
            for nth, item in enumerate(items)
        ),
        at.get("ordered", bool),
    )


def _listed(item, at: _At) -> list:
    if not isinstance(item, list):
        raise at.wrong(_("each item of “list” must be a list"))
    return item


def _inline(at: _At) -> Inline:
    return Footnote(at.parts("footnote", _run)) if "footnote" in at.value else _run(at)


def _run(at: _At) -> Text:
    marks = {
        name: at.get(name, kind)
        for name, kind in {"strong": bool, "emphasis": bool, "language": str, "link": str}.items()
        if name in at.value
    }
    return Text(at.get("text", str), **marks)
