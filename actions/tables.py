"""The public table: its columns, how each one sorts, and its pages."""

from dataclasses import dataclass

import django_tables2 as tables
from django.core.paginator import EmptyPage
from django.db.models import F
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

PLAN_ORDER = (
    F("action_point__theme__pillar__number"),
    F("action_point__theme__position"),
    F("action_point__sequence"),
)


@dataclass(frozen=True, slots=True)
class Header:
    """The head of a column: its link sorts by the column, or turns its order round."""

    name: str
    label: str
    address: str
    direction: str


class EntryColumn(tables.Column):
    """Sorts by these expressions, what has none last; then in the order of the plan.

    So a table has one order, and no row is on two of its pages.
    """

    def __init__(self, label, *expressions):
        super().__init__(verbose_name=label)
        self.expressions = expressions

    def order(self, queryset, is_descending):
        direction = "desc" if is_descending else "asc"
        ordering = [getattr(each, direction)(nulls_last=True) for each in self.expressions]
        return queryset.order_by(*ordering, *PLAN_ORDER), True


class EntryTable(tables.Table):
    """One row per action point, as it stood in the year.

    The page loops over the entries of `page` itself: a row of cells as objects, each rendered by
    itself, takes many times as long. It does not read the number of rows per page from the
    address, as the library would.
    """

    number = EntryColumn(_("Number"), *PLAN_ORDER)
    title = EntryColumn(_("Action point"), Lower("title"))
    goal = EntryColumn(_("Goal"), Lower("goal"))
    responsibility = EntryColumn(_("Responsibility"), Lower("responsibility"))
    timeline = EntryColumn(
        _("Timeline"),
        F("action_point__start_date"),
        F("action_point__end_date"),
        Lower("timeline"),
    )
    status = EntryColumn(_("State of play"), F("status__position"))
    explanation = EntryColumn(_("Explanation"), Lower("explanation_text"))

    class Meta:
        per_page = 50

    def __init__(self, data, *, sort="", page=""):
        self.ignored = []
        if sort.removeprefix("-") not in self.base_columns:
            if sort:
                self.ignored.append((_("Sort by"), sort))
            sort = ""
        self.sort = sort
        super().__init__(data, order_by=sort or "number")
        self._turn_to(page)

    def _turn_to(self, page):
        # Longer is no page number, and Python refuses to read a very long number at all.
        is_number = page.isascii() and page.isdigit() and len(page) < 10
        try:
            self.paginate(page=int(page) if is_number else 1)
        except EmptyPage:
            self.paginate(page=1 if int(page) < 1 else self.paginator.num_pages)
            is_number = False
        if page and not is_number:
            self.ignored.append((_("Page"), page))

    @property
    def entries(self):
        return self.page.object_list.data

    def headers(self, query):
        """The heads of the columns, with links that keep the rest of the address."""
        for name, column in self.base_columns.items():
            direction = {name: "ascending", f"-{name}": "descending"}.get(self.order_by[0], "")
            link = query.copy()
            link.pop("page", None)
            link["sort"] = f"-{name}" if direction == "ascending" else name
            yield Header(name, column.verbose_name, f"?{link.urlencode()}", direction)

    def pages(self, query):
        """The numbers of the pages with their addresses; None where some are left out."""
        for number in self.paginator.get_elided_page_range(self.page.number):
            yield number, self.page_address(query, number) if isinstance(number, int) else None

    def page_address(self, query, number):
        link = query.copy()
        link["page"] = number
        return f"?{link.urlencode()}"
