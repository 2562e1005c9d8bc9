"""Holds the entries of a round, or one entry as it is being written, against the checks."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from django.db.models import prefetch_related_objects

from actions.models import (
    Organisation,
    ReportingRound,
    Responsibility,
    SeenFinding,
    StatusEntry,
)
from actions.plausibility.checks import CHECKS, NEARLY, Case
from actions.richtext.difference import alike_pairs
from actions.richtext.html import parse
from actions.richtext.tree import RichText

EVIDENCE_LENGTH = SeenFinding._meta.get_field("evidence").max_length


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about an entry that looks odd: in short, what exactly, and why it matters.

    A coordinator who marks it as seen has seen this `evidence` of this `check`, and `seen` is that.
    """

    entry: StatusEntry
    check: str
    title: str
    what: str
    why: str
    evidence: str
    seen: SeenFinding | None


def findings_of_round(reporting_round: ReportingRound) -> list[Finding]:
    """What looks odd in a round, in the order of the plan. At most six queries."""
    entries = list(reporting_round.entries.for_report())
    return _findings(entries, reporting_round, entries, reporting_round.previous_entries())


def findings_of_entry(entry: StatusEntry) -> list[Finding]:
    """What looks odd about an entry as it is in memory, whether that has been saved or not."""
    others = entry.round.entries.exclude(pk=entry.pk).for_report()
    previous = {entry.action_point_id: entry.previous}
    return _findings([entry], entry.round, [entry, *others], previous)


def _findings(
    entries: Sequence[StatusEntry],
    reporting_round: ReportingRound,
    whole_round: Sequence[StatusEntry],
    previous: Mapping[int, StatusEntry | None],
) -> list[Finding]:
    # Each of these has its values by the key of the action point.
    texts = {entry.action_point_id: parse(entry.explanation) for entry in whole_round}
    alike = _alike(whole_round, texts)
    organisations = list(Organisation.objects.all())
    ended = _ended(organisations, reporting_round.year)
    responsible = _responsible(entries, ended, reporting_round.year)
    seen = _seen(entries)
    found = []
    for entry in entries:
        point = entry.action_point_id
        case = Case(
            entry=entry,
            text=texts[point],
            previous=previous.get(point),
            alike=tuple(alike[point]),
            ended=tuple(ended.values()),
            responsible=frozenset(responsible[point]),
            names=tuple(each.name for each in organisations),
        )
        found += _findings_in(case, seen)
    return found


def _findings_in(case: Case, seen) -> Iterator[Finding]:
    for check in CHECKS:
        if not check.applies_to(case):
            continue
        # What is found twice in the same words is one finding: it is gone when both are mended.
        found = {_evidence(each.evidence): each.what for each in check.find(case)}
        for evidence, what in found.items():
            yield Finding(
                entry=case.entry,
                check=check.name,
                title=str(check.title),
                what=what,
                why=str(check.why),
                evidence=evidence,
                seen=seen.get((case.entry.pk, check.name, evidence)),
            )


def _evidence(words: str) -> str:
    """The words themselves, or where they are too long to keep, their beginning and a digest."""
    if len(words) <= EVIDENCE_LENGTH:
        return words
    digest = sha256(words.encode()).hexdigest()[:16]
    return f"{words[: EVIDENCE_LENGTH - len(digest) - 1]} {digest}"


def _alike(entries, texts: Mapping[int, RichText]) -> dict[int, list[tuple[str, float]]]:
    """For each point the numbers of those with nearly the same text, and the likeness."""
    numbers = {
        entry.action_point_id: entry.number
        for entry in entries
        if texts[entry.action_point_id] and not entry.is_without_update
    }
    alike = defaultdict(list)
    for one, other, likeness in alike_pairs({point: texts[point] for point in numbers}, NEARLY):
        alike[one].append((numbers[other], likeness))
        alike[other].append((numbers[one], likeness))
    return alike


def _ended(organisations, year) -> dict[int, Organisation]:
    """Those of the organisations that no longer exist in this year, by their key."""
    ended = [each for each in organisations if each.last_year and each.last_year < year]
    prefetch_related_objects(ended, "successors")
    return {each.pk: each for each in ended}


def _responsible(entries, ended, year) -> dict[int, set[Organisation]]:
    """For each point those of the ended organisations that answer for it in this year."""
    held = Responsibility.objects.in_force(year).filter(
        action_point__in={entry.action_point_id for entry in entries}, organisation__in=ended
    )
    responsible = defaultdict(set)
    for point, organisation in held.values_list("action_point", "organisation"):
        responsible[point].add(ended[organisation])
    return responsible


def _seen(entries) -> dict[tuple[int, str, str], SeenFinding]:
    rows = SeenFinding.objects.filter(entry__in=entries).select_related("by")
    return {(each.entry_id, each.check_name, each.evidence): each for each in rows}
