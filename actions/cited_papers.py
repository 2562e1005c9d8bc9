"""The index of cited papers: everything that a plan's published entries cite, and who cites it."""

from dataclasses import dataclass, field
from itertools import groupby

from actions.cited import Cited, Kind
from actions.models import Citation, Plan
from actions.translation import Worded


@dataclass(slots=True)
class CitingPoint:
    """An action point in the wording of the latest year that cites, and the years that do."""

    number: str
    title: Worded
    years: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class CitedPaper:
    cited: Cited
    points: list[CitingPoint]


def index_of(plan: Plan) -> list[tuple[Kind, list[CitedPaper]]]:
    """The papers of each kind that occurs, in the order in which one looks them up. One query."""
    papers: dict[Cited, dict[str, CitingPoint]] = {}
    for citation in Citation.objects.of_plan(plan).for_index():
        entry = citation.entry
        points = papers.setdefault(citation.cited, {})
        point = points.setdefault(entry.number, CitingPoint(entry.number, entry.shown_title))
        point.years.append(entry.round.year)
    index = [
        CitedPaper(cited, sorted(papers[cited].values(), key=_in_order))
        for cited in sorted(papers, key=lambda cited: cited.sort_key)
    ]
    return [(kind, list(of_kind)) for kind, of_kind in groupby(index, lambda each: each.cited.kind)]


def _in_order(point: CitingPoint) -> list[int]:
    return [int(part) for part in point.number.split(".")]
