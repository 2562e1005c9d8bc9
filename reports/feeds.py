"""The news as Atom feeds: of a whole plan, of a theme, of an organisation."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from actions.models import PublishedEntry, PublishedResponsibility
from actions.public_page import public_page
from actions.views import published_rounds
from reports.news import news_of

# A reader of feeds asks often, and has seen what is older.
LONGEST = 100


@public_page
def plan_feed(request, plan):
    plan = published_rounds(plan)[0].plan
    address = reverse("actions:plan_overview", args=[plan.slug])
    return _feed(request, plan, plan.title, address, news_of(plan))


@public_page
def theme_feed(request, plan, slug):
    entries = PublishedEntry.objects.filter(
        action_point__theme__plan__slug=plan, action_point__theme__slug=slug
    )
    numbers = _per_year(entries.values_list("round__year", "action_point__number"))
    plan = published_rounds(plan)[0].plan
    title = plan.themes.get(slug=slug).title
    address = reverse("actions:theme_detail", args=[plan.slug, slug])
    return _feed(request, plan, title, address, news_of(plan, numbers))


@public_page
def organisation_feed(request, plan, slug):
    held = PublishedResponsibility.objects.filter(
        entry__round__plan__slug=plan, organisation__slug=slug
    ).order_by("pk")
    numbers = _per_year(held.values_list("entry__round__year", "entry__action_point__number"))
    plan = published_rounds(plan)[0].plan
    organisation = held.select_related("organisation")[0].organisation
    address = reverse("actions:organisation_detail", args=[plan.slug, slug])
    return _feed(request, plan, organisation.name, address, news_of(plan, numbers))


def _per_year(rows) -> dict[int, set[str]]:
    numbers: dict[int, set[str]] = {}
    for year, number in rows:
        numbers.setdefault(year, set()).add(number)
    if not numbers:
        raise Http404
    return numbers


def _feed(request, plan, title, address, news):
    feed = Atom1Feed(
        title=f"{title} – {_('NAP monitor')}",
        link=request.build_absolute_uri(address),
        description=_("What has been published, and what changed in it."),
        language=get_language(),
        author_name=plan.publisher,
        feed_url=request.build_absolute_uri(request.path),
    )
    for each in news[:LONGEST]:
        feed.add_item(
            title=each.title,
            link=request.build_absolute_uri(each.address),
            # A reader of feeds takes it for HTML.
            description=escape(each.text),
            unique_id=_name(request, plan, each),
            pubdate=each.since,
            updateddate=each.changed,
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=Atom1Feed.content_type)


def _name(request, plan, news) -> str:
    """A name that stays, also where the address of what it is about does not (RFC 4151)."""
    return f"tag:{request.get_host().partition(':')[0]},2026:{plan.slug}/{news.name}"
