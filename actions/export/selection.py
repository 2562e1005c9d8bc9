"""What is asked for: the rows that the table shows at the same address, in the same order.

The rows come one by one: however many there are, only some are in memory. So nothing is asked of
the database for each row, and nothing is kept of them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Aggregate, CharField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Concat
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from actions.export.columns import Held, Row
from actions.export.text import as_lines, lines_of
from actions.filters import EntryFilter, Ignored
from actions.models import PublishedResponsibility, ReportingRound, Responsibility
from actions.references_in_text import cited_in
from actions.richtext.html import parse
from actions.rows import facets_of, options_of, organisations_of
from actions.tables import EntryTable

CHUNK = 500
# What the cells of a CSV can be parted by, as the address says it.
SEPARATORS = {"komma": ",", "puntkomma": ";"}


class ExportFilter(EntryFilter):
    """The filter of the table, where the rows may be too many to hold."""

    def read_options(self):
        return options_of(facets_of(self.round), organisations_of(self.round))


class Joined(Aggregate):
    """The texts of a group as one, in any order."""

    function = "GROUP_CONCAT"
    output_field = CharField()

    def as_postgresql(self, compiler, connection, **extra):
        return self.as_sql(compiler, connection, function="STRING_AGG", **extra)


@dataclass(frozen=True, slots=True)
class Selection:
    """Published entries of one round; `list_address` is that of the table, with the host."""

    round: ReportingRound
    filterset: EntryFilter
    sort: str
    ignored: list[Ignored]
    list_address: str
    # As the address of the table has it, with the year.
    query: list[tuple[str, str]]
    separator: str = ","

    @property
    def plan(self):
        return self.round.plan

    @property
    def address(self) -> str:
        """Where the same selection is to be seen as a table."""
        return self.list_address + query_string(self.query)

    @property
    def about_address(self) -> str:
        """Where the columns of this selection are explained."""
        return f"{self.list_address}export/{query_string(self.query)}"

    def rows(self) -> Iterator[Row]:
        # What depends on the language is read now, and not while the rows go out.
        roles = {value: str(label) for value, label in Responsibility.Role.choices}
        organisations = {pk: names for pk, _slug, *names in organisations_of(self.round)}
        return self._rows(self._entries(), organisations, roles)

    def _entries(self) -> QuerySet:
        entries = EntryTable.in_order_of(self.sort, self.filterset.qs)
        return entries.annotate(held=_held()).values_list(
            "action_point__number",
            "action_point__theme__pillar__number",
            "action_point__theme__pillar__title",
            "action_point__theme__title",
            *("title", "goal", "responsibility", "held", "timeline", "start_date", "end_date"),
            "status__label",
            "explanation",
            "title_en",
            "goal_en",
            named=True,
        )

    def _rows(self, entries, organisations, roles) -> Iterator[Row]:
        year, day = self.round.year, self.round.published_reference_date
        for entry in entries.iterator(chunk_size=CHUNK):
            text = parse(entry.explanation)
            explanation, notes = as_lines(text)
            number = entry.action_point__number
            yield Row(
                number=number,
                pillar_number=entry.action_point__theme__pillar__number,
                pillar=lines_of(entry.action_point__theme__pillar__title),
                theme=lines_of(entry.action_point__theme__title),
                title=lines_of(entry.title),
                goal=lines_of(entry.goal),
                responsibility=lines_of(entry.responsibility),
                organisations=list(_read_held(entry.held, organisations, roles)),
                timeline=lines_of(entry.timeline),
                start_date=entry.start_date,
                end_date=entry.end_date,
                status=lines_of(entry.status__label or ""),
                explanation=explanation,
                footnotes=notes,
                references=cited_in(text),
                year=year,
                reference_date=day,
                address=f"{self.list_address}{number}/#jaar-{year}",
                title_in_english=lines_of(entry.title_en),
                goal_in_english=lines_of(entry.goal_en),
            )


def selection_of(request: HttpRequest, rounds: list[ReportingRound]) -> Selection:
    """What the address asks of these published rounds of a plan, the latest first."""
    filterset = ExportFilter(request.GET, rounds=rounds)
    sort, ignored = EntryTable.sort_asked(request.GET)
    if (separator := request.GET.get("scheidingsteken", "")) not in ("", *SEPARATORS):
        ignored.append(Ignored("scheidingsteken", _("Separator"), separator))
    list_address = reverse("actions:action_point_list", args=[filterset.round.plan.slug])
    # A file is kept for long: it names its year, also when that was the latest one.
    query = dict.fromkeys([("jaar", str(filterset.round.year)), *filterset.query])
    if sort:
        query["sort", sort] = None
    return Selection(
        round=filterset.round,
        filterset=filterset,
        sort=sort,
        ignored=filterset.ignored + ignored,
        list_address=request.build_absolute_uri(list_address),
        query=list(query),
        separator=SEPARATORS.get(separator, ","),
    )


def query_string(query: list[tuple[str, str]]) -> str:
    """These names and values as the end of an address; nothing if there are none."""
    return f"?{urlencode(query)}" if query else ""


# --- Who had which role ------------------------------------------------------


def _held() -> Subquery:
    """Of an entry "key:organisation:role" of each responsibility that was published with it."""
    colon = Value(":")
    each = Concat(
        Cast("pk", CharField()), colon, Cast("organisation_id", CharField()), colon, "role"
    )
    of_entry = PublishedResponsibility.objects.filter(entry=OuterRef("pk"))
    joined = of_entry.order_by().values("entry").annotate(held=Joined(each, Value(" ")))
    return Subquery(joined.values("held"))


def _read_held(held: str | None, organisations: dict, roles: dict) -> Iterator[Held]:
    """These responsibilities, in the order in which they were recorded."""
    each_held = (each.split(":") for each in (held or "").split())
    for _pk, organisation, role in sorted(each_held, key=lambda each: int(each[0])):
        # One that has come since the organisations were read is not among them.
        if int(organisation) in organisations:
            yield Held(*organisations[int(organisation)], role, roles[role])
