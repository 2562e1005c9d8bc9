"""The public table: its columns, how each one sorts, and its pages."""

import copy
from functools import cached_property
from urllib.parse import urlencode

import django_tables2 as tables
from django.core.paginator import EmptyPage
from django.db.models import F
from django.db.models.functions import Lower
from django.template.loader import render_to_string
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from actions.filters import Ignored
from actions.models import PublishedEntry
from actions.search import Search
from actions.translation import worded

PLAN_ORDER = (
    F("action_point__theme__pillar__number"),
    F("action_point__theme__position"),
    F("action_point__sequence"),
)


class Alphabetical(Lower):
    """Without regard to capitals, and then by code point: alike on each database."""

    def as_postgresql(self, compiler, connection, **extra):
        template = '%(function)s(%(expressions)s) COLLATE "C"'
        return self.as_sql(compiler, connection, template=template, **extra)


class EntryColumn(tables.Column):
    """Sorts by these expressions, what has none last; then in the order of the plan.

    So a table has one order, and no row is on two of its pages.
    """

    def __init__(self, label, *expressions):
        super().__init__(verbose_name=label)
        self.expressions = expressions

    def __deepcopy__(self, memo):
        # The columns are copied for every page, which sets nothing of them.
        return copy.copy(self)

    def sort(self, entries, *, descending):
        direction = "desc" if descending else "asc"
        ordering = [getattr(each, direction)(nulls_last=True) for each in self.expressions]
        return entries.order_by(*ordering, *PLAN_ORDER)


class EntryTable(tables.Table):
    """One row per action point, as it stood in the year.

    `list_address` is its address without a query. `rows_on_page` are plain values for the page to
    fill in: a row of cells as objects, each rendered by itself, takes many times as long. The
    number of rows per page is ours to say: the library's own reading of the address would let the
    visitor say it.
    """

    number = EntryColumn(_("Number"), *PLAN_ORDER)
    title = EntryColumn(_("Action point"), Alphabetical("title"))
    goal = EntryColumn(_("Goal"), Alphabetical("goal"))
    responsibility = EntryColumn(_("Responsibility"), Alphabetical("responsibility"))
    timeline = EntryColumn(_("Timeline"), F("start_date"), F("end_date"), Alphabetical("timeline"))
    status = EntryColumn(_("State of play"), F("status__position"))
    explanation = EntryColumn(_("Explanation"), Alphabetical("explanation_text"))

    class Meta:
        per_page = 50

    def __init__(self, filterset, list_address):
        self.list_address = list_address
        query = filterset.data
        self.sort, self.ignored = self.sort_asked(query)
        self.filterset = filterset
        super().__init__(self._in_order(filterset))
        self.paginate_to(query.get("page", ""))

    @classmethod
    def sort_asked(cls, query):
        """The column to sort by, with a dash if the other way round, and what was ignored of it."""
        sort = query.get("sort", "")
        if sort and sort.removeprefix("-") not in cls.base_columns:
            return "", [Ignored("sort", _("Sort by"), sort)]
        return sort, []

    @classmethod
    def in_order_of(cls, sort, entries):
        """The entries as this column sorts them; without one in the order of the plan."""
        column = cls.base_columns[sort.removeprefix("-") or "number"]
        return column.sort(entries, descending=sort.startswith("-"))

    def _in_order(self, filterset):
        """The rows to show. The filters have them already; only another order is asked."""
        if not self.sort:
            return filterset.found
        entries = PublishedEntry.objects.for_round(filterset.round)
        entries = self.in_order_of(self.sort, entries)
        rows = {row.number: row for row in filterset.found}
        numbers = entries.values_list("action_point__number", flat=True)
        # A point that was added since the rows were read is not among them.
        return [rows[number] for number in numbers if number in rows]

    def paginate_to(self, page):
        # A number of ten digits is no page, and Python refuses to read a very long one at all.
        is_number = page.isascii() and page.isdigit() and len(page) < 10
        try:
            self.paginate(page=int(page) if is_number else 1)
        except EmptyPage:
            self.paginate(page=1 if int(page) < 1 else self.paginator.num_pages)
            is_number = False
        if page and not is_number:
            self.ignored.append(Ignored("page", _("Page"), page))

    @property
    def rows_on_page(self):
        search = Search(self.filterset.text) if self.filterset.text else None
        organisations = _names_by_number(self.filterset.held) if search else {}
        for row in self.page.object_list.data:
            title, goal = worded(row.title, row.title_en), worded(row.goal, row.goal_en)
            values = {
                "title": title.text,
                "goal": goal.text,
                "responsibility": row.responsibility,
                "timeline": row.timeline,
                "explanation": row.excerpt,
            }
            named = titled = aimed = ""
            if search:
                titled = in_other_language(search, title, row.title, row.title_en)
                aimed = in_other_language(search, goal, row.goal, row.goal_en)
                values["explanation"] = search.sentence(row.explanation) or row.excerpt
                # Who is responsible, where the wording does not say what was searched for.
                others = search.beside(row.responsibility, organisations.get(row.number, ()))
                named = named_beside(map(search.pieces, others)) if others else ""
                values = {name: marked(search.pieces(text)) for name, text in values.items()}
            yield {
                "number": row.number,
                "title_language": title.language,
                "goal_language": goal.language,
                "status": row.status_label or "–",
                "tone": row.status_tone or "neutral",
                "named": named,
                "titled": titled,
                "aimed": aimed,
                **values,
            }

    @classmethod
    def order_named(cls, sort):
        """What an order is called: the column, and which way round."""
        column = cls.base_columns[sort.removeprefix("-") or "number"].verbose_name
        if sort.startswith("-"):
            return gettext("%(column)s, descending") % {"column": column}
        return gettext("%(column)s, ascending") % {"column": column}

    @property
    def order(self):
        """What the order of the rows is called."""
        return self.order_named(self.sort)

    @cached_property
    def headers(self):
        """The heads of the columns, with links that sort by the column or turn its order round."""
        return list(self._headers())

    def _headers(self):
        sorted_by = self.sort or "number"
        for name, column in self.base_columns.items():
            direction, icon, sort = "none", "unsorted", name
            if sorted_by == name:
                direction, icon, sort = "ascending", "up", f"-{name}"
            elif sorted_by == f"-{name}":
                direction, icon = "descending", "down"
            yield {
                "name": name,
                "label": str(column.verbose_name),
                "address": self.address_of([*self.filterset.query, ("sort", sort)]),
                "direction": direction,
                "is_current": "false" if direction == "none" else "true",
                "icon": icon,
            }

    @property
    def pages(self):
        """The numbers of the pages with their addresses; None where some are left out."""
        for number in self.paginator.get_elided_page_range(self.page.number):
            is_page = isinstance(number, int)
            query = [*self.kept, ("page", number)]
            yield number, self.address_of(query) if is_page else None

    @property
    def tags(self):
        """The values that filter, each with the address of the table without it."""
        for active in self.filterset.active:
            kept = [each for each in self.kept if each != active[:2]]
            address = self.address_of(kept)
            yield {"label": active.label, "text": active.text, "address": address}

    @property
    def address(self):
        """The address of what is shown, in the one order that all links write it in."""
        page = [("page", self.page.number)] if self.page.number > 1 else []
        return self.address_of([*self.kept, *page])

    @property
    def kept(self):
        """What files and other pages keep of the address: the rows, and their order."""
        return [*self.filterset.query, *([("sort", self.sort)] if self.sort else [])]

    def address_of(self, query):
        return f"{self.list_address}?{urlencode(query)}" if query else self.list_address


def marked(pieces):
    """Pieces of a text that was searched in, with its hits marked."""
    return render_to_string("components/marked.html", {"pieces": pieces})


def named_beside(texts, language="nl"):
    """Names or another wording, each as the pieces of its hits, for below a text."""
    return render_to_string("actions/_named_beside.html", {"texts": texts, "language": language})


def in_other_language(search, shown, dutch, english):
    """The wording that is not shown, where only that has what was searched for; or else nothing."""
    language, other = ("en", english) if shown.language == "nl" else ("nl", dutch)
    found = search.beside(shown.text, [other])
    return named_beside(map(search.pieces, found), language) if found else ""


def _names_by_number(held):
    """Of each point the organisations with a role in it, by name and abbreviation."""
    names = {}
    for each in held:
        name = f"{each.name} ({each.abbreviation})" if each.abbreviation else each.name
        names.setdefault(each.number, []).append(name)
    return names
