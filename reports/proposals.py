"""What reading an edited report into an open round would change. Nothing is written here.

Of a point its state of play and its explanation can be read in, and the texts of the report too.
How a point is worded is the plan's: where a file words it otherwise, that is only told.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cached_property
from hashlib import sha256

from django.utils.translation import gettext as _

from actions.models import ReportingRound, Status, StatusEntry
from actions.references_in_text import unlink_references
from actions.rewording import Rewording, in_one_line, rewordings_between
from actions.richtext.difference import Difference, difference, similarity
from actions.richtext.html import parse
from actions.richtext.tree import RichText
from actions.wording import title_key
from reports.apply import ALIKE
from reports.document import ReportDocument, Row, Section
from reports.errors import ReportError
from reports.links_read_back import without_our_links
from reports.matching import Why, match
from reports.models import ReportText

# Four times the largest report that we expect.
MAX_ROWS = 2_000


@dataclass(frozen=True)
class Proposal:
    """What a file says of an entry, where the register says something else.

    `status` and `explanation` are what the entry would say. `unknown_status` is a label of the file
    that the register does not know, and `lacks_status` says that the file gives none: then the
    state of play stays as it is.

    `last`, from the history, says who saved the entry last, None where nobody has yet; `behind` is
    a later change that the file does not know of: it was made from what the entry said before.
    """

    entry: StatusEntry
    status: Status | None
    explanation: RichText
    before: RichText
    unknown_status: str = ""
    lacks_status: bool = False
    last: object | None = None
    behind: object | None = None

    @property
    def key(self) -> str:
        return f"entry-{self.entry.pk}"

    @property
    def version(self) -> str:
        return str(self.entry.version)

    @property
    def moves_status(self) -> bool:
        return self.status != self.entry.status

    @property
    def rewrites(self) -> bool:
        return self.explanation != self.before

    @cached_property
    def difference(self) -> Difference:
        return difference(self.before, self.explanation)

    @property
    def can_be_applied(self) -> bool:
        return self.moves_status or self.rewrites

    @property
    def says_otherwise(self) -> bool:
        return self.can_be_applied or bool(self.unknown_status) or self.lacks_status

    @property
    def empties(self) -> bool:
        return bool(self.before) and not self.explanation

    @property
    def only_looks(self) -> bool:
        return not self.moves_status and self.difference.only_looks

    @property
    def has_warnings(self) -> bool:
        """Whether there is something to know before this is read in."""
        told = (self.behind, self.empties, self.unknown_status, self.lacks_status)
        return any(told) or not self.entry.is_in_hand

    @property
    def is_likely_meant(self) -> bool:
        """Whether somebody seems to have written this on purpose, after reading what there was."""
        return not (self.behind or self.empties or self.only_looks)


@dataclass(frozen=True)
class TextProposal:
    """A text of the report that a file words otherwise. `text` may be one that is still to be."""

    text: ReportText
    body: RichText
    before: RichText

    @property
    def key(self) -> str:
        if self.text.pillar_id:
            return f"pillar-{self.text.pillar_id}"
        return f"section-{self.text.position}"

    @property
    def version(self) -> str:
        return version_of(self.text)

    @property
    def can_be_applied(self) -> bool:
        return self.body != self.before

    @property
    def is_new_section(self) -> bool:
        return self.text._state.adding and not self.text.pillar_id

    @cached_property
    def difference(self) -> Difference:
        return difference(self.before, self.body)

    @property
    def is_likely_meant(self) -> bool:
        return bool(self.body) and not (self.is_new_section or self.difference.only_looks)


def version_of(text: ReportText) -> str:
    """Is another whenever the stored text is. One that is still to be has a version too."""
    stored = "" if text._state.adding else f"{text.title}\n{text.body}"
    return sha256(stored.encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Comparison:
    """A file beside a round. `refused` are proposals of which nothing can be applied.

    `same` are the keys of what would be proposed if the round did not say it already.
    """

    proposals: tuple[Proposal, ...] = ()
    refused: tuple[Proposal, ...] = ()
    texts: tuple[TextProposal, ...] = ()
    rewordings: tuple[tuple[StatusEntry, tuple[Rewording, ...]], ...] = ()
    unknown_rows: tuple[Row, ...] = ()
    repeated_rows: tuple[Row, ...] = ()
    missing: tuple[StatusEntry, ...] = ()
    missing_texts: tuple[str, ...] = ()
    unknown_pillars: tuple[str, ...] = ()
    found: int = 0
    same: frozenset[str] = frozenset()

    @property
    def leaves_out(self) -> bool:
        """Whether the file says something that is not read in, or lacks something."""
        return any(
            (
                *(self.refused, self.unknown_rows, self.repeated_rows, self.missing),
                *(self.rewordings, self.missing_texts, self.unknown_pillars),
            )
        )

    @property
    def all_proposals(self) -> tuple[Proposal | TextProposal, ...]:
        return (*self.texts, *self.proposals)


def compare(document: ReportDocument, reporting_round: ReportingRound) -> Comparison:
    """What the document says otherwise than the round. As many queries for many points as for few.

    A ReportError says that the document is about other points than this round.
    """
    rows = list(document.rows())
    _refuse_size(rows)
    matches = match(rows, reporting_round.entries.for_report())
    if not matches.pairs:
        raise ReportError(
            _(
                "None of the action points in the file (%(number)s) is in the round of %(year)s. "
                "Is this the report of another plan?"
            )
            % {"number": len(rows), "year": reporting_round.year}
        )
    statuses = {title_key(status.label): status for status in Status.objects.all()}
    proposals = [_proposal(row, entry, statuses) for row, entry in matches.pairs]
    texts, missing_texts, unknown_pillars = _texts(document, reporting_round)
    rewordings = [(entry, rewordings_between(entry, row)) for row, entry in matches.pairs]
    return Comparison(
        proposals=tuple(each for each in proposals if each.can_be_applied),
        refused=tuple(
            each for each in proposals if each.says_otherwise and not each.can_be_applied
        ),
        texts=tuple(each for each in texts if each.can_be_applied),
        rewordings=tuple((entry, changed) for entry, changed in rewordings if changed),
        unknown_rows=tuple(row for row, why in matches.unmatched if why == Why.UNKNOWN),
        repeated_rows=tuple(row for row, why in matches.unmatched if why == Why.REPEATED),
        missing=matches.missing,
        missing_texts=missing_texts,
        unknown_pillars=unknown_pillars,
        found=len(matches.pairs),
        same=frozenset(each.key for each in (*texts, *proposals) if not each.can_be_applied),
    )


def _refuse_size(rows: list[Row]):
    if len(rows) > MAX_ROWS:
        raise ReportError(
            _("The file has %(number)s action points; at most %(most)s can be read in.")
            % {"number": len(rows), "most": MAX_ROWS}
        )


def _before_and_after(stored: str, text: RichText) -> tuple[RichText, RichText]:
    """A stored text and what a file says in its place, both without links to what they cite."""
    before = parse(stored)
    return unlink_references(before), without_our_links(text, before)


# --- Points ----------------------------------------------------------------------


def _proposal(row: Row, entry: StatusEntry, statuses: Mapping[str, Status]) -> Proposal:
    """What the row says beside the entry, which may be the same."""
    key = title_key(row.status)
    status = statuses.get(key, entry.status)
    before, after = _before_and_after(entry.explanation, row.explanation)
    return Proposal(
        entry,
        status,
        after,
        before,
        unknown_status=row.status if key and key not in statuses else "",
        lacks_status=not key and entry.status is not None,
    )


def with_history(comparison: Comparison) -> Comparison:
    """The same, each proposal with who saved the entry last, and what the file does not know of."""
    proposals = comparison.proposals
    records = StatusEntry.history.filter(id__in=[each.entry.pk for each in proposals])
    of_entry: dict[int, list] = {}
    for record in records.select_related("history_user").order_by("history_date", "history_id"):
        of_entry.setdefault(record.id, []).append(record)
    placed = (_placed(each, of_entry.get(each.entry.pk, [])) for each in proposals)
    return replace(comparison, proposals=tuple(placed))


def _placed(proposal: Proposal, records: list) -> Proposal:
    """The same with its place among the records of the entry, which are in the order of time.

    An older version that is nearer to the file than the entry now is what the file was made from.
    """
    nearness = [_nearness(proposal, record) for record in records]
    nearest = max(range(len(records)), key=lambda at: (nearness[at], at), default=0)
    is_behind = nearest < len(records) - 1
    return replace(
        proposal,
        last=records[-1] if len(records) > 1 else None,
        # The change that the file does not know of.
        behind=records[nearest + 1] if is_behind else None,
    )


def _nearness(proposal: Proposal, record) -> float:
    """How much of what the file says a version said, 0 to 2: of the text, and the state of play."""
    said = unlink_references(parse(record.explanation))
    has_status = record.status_id == (proposal.status and proposal.status.pk)
    return similarity(said, proposal.explanation) + has_status


# --- Texts of the report -----------------------------------------------------------


def _texts(document: ReportDocument, reporting_round: ReportingRound):
    """The texts, the titles that the file lacks, and the pillars that are not there."""
    stored = list(reporting_round.report_texts.select_related("pillar"))
    sections = [text for text in stored if text.pillar_id is None]
    compared, missing = _sections(document.sections, sections, reporting_round)
    of_pillar = {text.pillar_id: text for text in stored if text.pillar_id}
    pillars = {title_key(each.title): each for each in reporting_round.plan.pillars.all()}
    unknown = []
    for part in document.pillars:
        pillar = _alike(part.title, pillars)
        if pillar is None:
            unknown.append(part.title)
            continue
        text = of_pillar.get(pillar.pk)
        before = text.body if text else pillar.description
        text = text or ReportText(round=reporting_round, pillar=pillar, title=pillar.title)
        compared.append(_text_proposal(text, before, part.description))
    return tuple(compared), tuple(missing), tuple(unknown)


def _sections(parts: Iterable[Section], texts: list[ReportText], reporting_round: ReportingRound):
    by_title = {title_key(text.title): text for text in texts}
    position = max((text.position for text in texts), default=0)
    compared = []
    for part in parts:
        text = _alike(part.title, by_title)
        if text:
            del by_title[title_key(text.title)]
            compared.append(_text_proposal(text, text.body, part.body))
        elif part.title and part.body:
            position += 1
            # As long as the title of a text may be.
            title = in_one_line(part.title)[: ReportText._meta.get_field("title").max_length]
            new = ReportText(round=reporting_round, position=position, title=title)
            compared.append(_text_proposal(new, "", part.body))
    return compared, [text.title for text in by_title.values()]


def _text_proposal(text: ReportText, stored: str, body: RichText) -> TextProposal:
    before, after = _before_and_after(stored, body)
    return TextProposal(text, after, before)


def _alike(title: str, by_title: Mapping):
    """What bears this title, or one that is much like it."""
    key = title_key(title)
    if key in by_title:
        return by_title[key]
    nearest = get_close_matches(key[:300], by_title, n=1, cutoff=ALIKE)
    return by_title[nearest[0]] if nearest else None
