"""The news as Atom feeds: of a whole plan, of a theme, of an organisation."""

from django.http import HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from actions.public_page import public_page
from actions.views import published_rounds
from reports.news import news_of
from reports.topics import Topic, organisation_topic, theme_topic

# A reader of feeds asks often, and has seen what is older.
LONGEST = 100


@public_page
def plan_feed(request, plan):
    return _feed(request, Topic(_plan(plan)))


@public_page
def theme_feed(request, plan, slug):
    return _feed(request, theme_topic(_plan(plan), slug))


@public_page
def organisation_feed(request, plan, slug):
    return _feed(request, organisation_topic(_plan(plan), slug))


def _plan(slug):
    return published_rounds(slug)[0].plan


def _feed(request, topic):
    plan = topic.plan
    feed = Atom1Feed(
        title=f"{topic.title} – {_('NAP monitor')}",
        link=request.build_absolute_uri(topic.address),
        description=_("What has been published, and what changed in it."),
        language=get_language(),
        author_name=plan.publisher,
        feed_url=request.build_absolute_uri(request.path),
    )
    news = news_of(plan, topic.numbers())
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
