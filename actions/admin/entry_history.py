"""The page that tells the life of an entry, year by year and newest first."""

from dataclasses import dataclass
from itertools import groupby

from django.contrib.admin.views.main import PAGE_VAR
from django.core.paginator import Page, Paginator
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from actions.events import Event
from actions.life import Year, life_of

EVENTS_PER_PAGE = 25


@dataclass(frozen=True, slots=True)
class Chapter:
    """A year as far as it stands on one page. `is_continued`: it began on a page before."""

    year: Year
    events: tuple[Event, ...]
    is_continued: bool


def show_history(model_admin, request, entry):
    life = life_of(entry, seen_by=request.user)
    page, chapters = _chapters(life, request.GET.get(PAGE_VAR))
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "title": _("History: %(name)s") % {"name": entry},
        "entry": entry,
        "chapters": chapters,
        "page_obj": page,
        "page_range": page.paginator.get_elided_page_range(page.number),
        "page_var": PAGE_VAR,
    }
    return TemplateResponse(request, "admin/actions/statusentry/history.html", context)


def _chapters(life, page_number) -> tuple[Page, list[Chapter]]:
    # A year without events has its place too.
    told = [(year, event) for year in life for event in year.events or (None,)]
    page = Paginator(told, EVENTS_PER_PAGE, orphans=5).get_page(page_number)
    chapters = []
    for _number, pairs in groupby(page, key=lambda pair: pair[0].year):
        years, events = zip(*pairs, strict=True)
        year, first = years[0], events[0]
        chapters.append(
            Chapter(
                year=year,
                events=tuple(filter(None, events)),
                is_continued=first is not None and first is not year.events[0],
            )
        )
    return page, chapters
