"""The addresses in the frame of every public page, as tags for its template."""

from functools import lru_cache

from django import template
from django.urls import reverse
from django.utils.http import escape_leading_slashes
from django.utils.translation import get_language

register = template.Library()

# What every page links to, and every page of a plan.
_OF_SITE = {"home": "actions:home", "accessibility": "accessibility", "privacy": "privacy"}
_OF_PLAN = {
    "overview": "actions:plan_overview",
    "action_points": "actions:action_point_list",
    "reports": "reports:report_list",
    "papers": "actions:citation_list",
    "feed": "reports:plan_feed",
    "keep_me_posted": "reports:keep_me_posted",
}


@register.simple_tag(takes_context=True)
def frame_addresses(context):
    """Where the frame of a page leads, by name; a page that is of no plan has no plan's."""
    plan = context.get("plan")
    return _frame_addresses(get_language(), plan.slug if plan else None)


@lru_cache(maxsize=100)
def _frame_addresses(language, slug):
    """Kept, since nothing changes them: to work them out takes a fifteenth of a page's time."""
    addresses = {name: reverse(view) for name, view in _OF_SITE.items()}
    if slug:
        addresses |= {name: reverse(view, args=[slug]) for name, view in _OF_PLAN.items()}
    return addresses


@register.simple_tag(takes_context=True)
def page_addresses(context):
    """The address under which a page is known, its addresses by language, and that of the site.

    Of what is chosen in the table only the year is part of them, as `known_year` where a page is
    one of a year: to a search engine the rest is one page.
    """
    request = context["request"]
    path = request.path
    dutch = f"/{path.removeprefix('/en').lstrip('/')}" if get_language() == "en" else path
    by_language = {"nl": dutch, "en": f"/en{dutch}"}
    year = f"?jaar={context['known_year']}" if context.get("known_year") else ""
    absolute = {
        code: request.build_absolute_uri(escape_leading_slashes(address)) + year
        for code, address in by_language.items()
    }
    site = request.build_absolute_uri("/").removesuffix("/")
    return {"canonical": absolute[get_language()], "by_language": absolute, "site": site}


@register.simple_tag(takes_context=True)
def other_language(context):
    """The language that the site is not shown in now, and this page in it."""
    request = context["request"]
    path = request.get_full_path()
    if get_language() == "en":
        # Two slashes at the beginning would make the rest of the path another site.
        return {"code": "nl", "address": escape_leading_slashes(path.removeprefix("/en"))}
    return {"code": "en", "address": f"/en{path}"}
