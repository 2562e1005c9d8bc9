"""What stands out in a report, as a letter to parliament says it: in Dutch, as a list.

That is what has changed since the report before, and what still asks for attention. In the first
report of a plan it is what has been completed, and what asks for attention.
"""

from collections.abc import Iterator

from actions.models import Status
from actions.richtext.tree import Block, ListBlock, Paragraph, Text
from reports import printed
from reports.document import Change, ChangeKind, ReportDocument, Row

Tone = Status.Tone

# The heads of the list in their order, apart from those that are a state of play themselves.
_COMPLETED, _ATTENTION, _STILL, _MOVED, _ADDED, _ENDED = range(6)
_HEADS = {
    _MOVED: "Andere stand van zaken",
    _ADDED: "Nieuw in het actieplan",
    _ENDED: "Niet meer in het actieplan",
}
_BY_TONE = {Tone.DONE: _COMPLETED, Tone.NEEDS_ATTENTION: _ATTENTION}

# A point under its head: the place of the head in the list, what it says, and what the point says.
Said = tuple[int, str, str]


def standing_out(document: ReportDocument) -> list[Block]:
    """A sentence and, if there is something to list, a list of heads with action points."""
    if changes := document.changes:
        points = list(_since_before(document))
        lead = f"Ten opzichte van de rapportage over {changes.since} valt het volgende op:"
        nothing = (
            f"Elk actiepunt staat er hetzelfde voor als in de rapportage over {changes.since}."
        )
    else:
        points = list(_at_first(document))
        lead = "Het volgende valt op:"
        nothing = "Er zijn geen actiepunten die zijn voltooid of die aandacht vragen."
    if not points:
        return [_line(nothing)]
    under: dict[tuple[int, str], list[str]] = {}
    for place, head, point in points:
        under.setdefault((place, head), []).append(point)
    items = (
        (_line(f"{head}:"), ListBlock(tuple((_line(point),) for point in under[place, head])))
        for place, head in sorted(under, key=lambda head: head[0])
    )
    return [_line(lead), ListBlock(tuple(items))]


def _at_first(document: ReportDocument) -> Iterator[Said]:
    tones = _tones(document)
    for row in document.rows():
        place = _BY_TONE.get(tones.get(row.status))
        if place is not None:
            yield place, row.status, _name(row)


def _since_before(document: ReportDocument) -> Iterator[Said]:
    tones = _tones(document)
    rows = {row.number: row for row in document.rows()}
    news = {
        change.number: change
        for change in document.changes.items
        if change.kind not in (ChangeKind.REWORDED, ChangeKind.REWRITTEN)
    }
    for change in news.values():
        if change.kind == ChangeKind.MOVED:
            yield _moved(change, tones.get(change.after))
        elif change.kind == ChangeKind.ADDED:
            stands = rows[change.number].status or printed.NO_STATUS
            yield _ADDED, _HEADS[_ADDED], f"{_name(change)} – {stands}"
        else:
            yield _ENDED, _HEADS[_ENDED], _name(change)
    for row in rows.values():
        if row.number not in news and tones.get(row.status) == Tone.NEEDS_ATTENTION:
            yield _STILL, f"Nog steeds {row.status[0].lower()}{row.status[1:]}", _name(row)


def _moved(change: Change, tone: str | None) -> Said:
    """Under its new state of play where that stands out, and else under a head for all others."""
    was = f"(was: {change.before or printed.NO_STATUS})"
    if tone in _BY_TONE:
        return _BY_TONE[tone], change.after, f"{_name(change)} {was}"
    stands = change.after or printed.NO_STATUS
    return _MOVED, _HEADS[_MOVED], f"{_name(change)} – {stands} {was}"


def _tones(document: ReportDocument) -> dict[str, str]:
    return {label.label: label.tone for label in document.labels}


def _name(point: Row | Change) -> str:
    """The number and title of a point. Some titles are a sentence, which goes on here."""
    return f"{point.number} {point.title.rstrip(' .')}".strip()


def _line(text: str) -> Paragraph:
    return Paragraph((Text(text),))
