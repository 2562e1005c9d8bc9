"""The mails to who is kept posted: the one that asks to confirm, and the news of an edition."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils import translation
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actions import letters
from actions.letters import Letter, Point
from reports.models import Edition, Subscriber, SubscriptionRequest
from reports.models.subscriptions import DAYS_TO_CONFIRM
from reports.news import News, NewsOfEdition, news_of_edition
from reports.topics import Topic

# So much of a title that a subject stays one line.
TITLE_IN_SUBJECT = 60


# --- To confirm ----------------------------------------------------------------


def to_confirm(request: SubscriptionRequest) -> EmailMultiAlternatives:
    """The mail that asks whoever reads it whether they want our mails."""
    with translation.override(request.language):
        letter = Letter(
            subject=_("Confirm that you want to be kept posted"),
            opening=[
                _(
                    "You asked to get a mail when something is published about what you want to "
                    "follow. Please confirm this: only then do you get our mails."
                )
            ],
            facts={_("You are following"): request.topic.title},
            closing=[
                ngettext(
                    "The link works for %(number)s day.",
                    "The link works for %(number)s days.",
                    DAYS_TO_CONFIRM,
                )
                % {"number": DAYS_TO_CONFIRM},
                _(
                    "Did you not ask for this? Then you need not do anything: you get no mails, "
                    "and your address is deleted."
                ),
            ],
            link=(
                _("Confirm your subscription"),
                letters.address("reports:confirm_subscription", request.plan.slug, request.pk),
            ),
            reason=_(
                "This mail was sent automatically, because someone filled in this address in the "
                "NAP monitor."
            ),
        )
    return letters.public_mail(letter, request.email, language=request.language)


# --- News ----------------------------------------------------------------------


class NewsMails:
    """The mails about one edition. What they say of topics in a language is written once."""

    def __init__(self, edition: Edition):
        self.edition = edition
        self._letters: dict[tuple[tuple[Topic, ...], str], Letter | None] = {}

    def to(self, subscriber: Subscriber) -> EmailMultiAlternatives | None:
        """The mail to one reader; None where the edition has no news of what they follow."""
        topics, language = topics_of(subscriber), subscriber.language
        with translation.override(language):
            if (topics, language) not in self._letters:
                news = news_of_edition(self.edition, topics)
                letter = _letter(self.edition, news) if news.topics else None
                self._letters[topics, language] = letter
            letter = self._letters[topics, language]
            stop = letters.address("reports:unsubscribe", subscriber.plan.slug, subscriber.pk)
        if letter is None:
            return None
        return letters.public_mail(letter, subscriber.email, language=language, stop=stop)


def topics_of(subscriber: Subscriber) -> tuple[Topic, ...]:
    """What someone follows, in one order: the whole plan first, then by title."""
    followed = subscriber.subscriptions.select_related("subscriber__plan", "theme", "organisation")
    return tuple(sorted((each.topic for each in followed), key=lambda it: (it.key != "", it.title)))


def _letter(edition, news: NewsOfEdition) -> Letter:
    subject = news.publication.title
    if len(news.topics) == 1 and news.topics[0].key:
        subject += f": {Truncator(news.topics[0].title).chars(TITLE_IN_SUBJECT)}"
    points = _points(news.changes)
    return Letter(
        subject=subject,
        opening=[*_opening(edition, news, len(points))],
        points=points,
        link=(_("Read the report"), _absolute(news.publication.address)),
        reason=_(
            "This mail was sent automatically, because you asked the NAP monitor to keep you "
            "posted."
        ),
    )


def _opening(edition, news, number):
    yield f"{news.publication.title}."
    if edition.note:
        yield _("What was corrected: %(note)s") % {"note": edition.note}
    topics = "; ".join(each.title for each in news.topics)
    yield _("It is about what you follow: %(topics)s") % {"topics": topics}
    if news.since is None:
        return
    if not number:
        words = (
            _("The states of play and the explanations are those of the previous edition.")
            if edition.number > 1
            else _("The states of play and the explanations are those of the report on %(year)s.")
        )
    elif edition.number > 1:
        words = ngettext(
            "%(number)s action point differs from the previous edition:",
            "%(number)s action points differ from the previous edition:",
            number,
        )
    else:
        words = ngettext(
            "%(number)s action point has changed since the report on %(year)s:",
            "%(number)s action points have changed since the report on %(year)s:",
            number,
        )
    yield words % {"number": number, "year": news.since}


def _points(changes: list[News]) -> list[Point]:
    """What changed, by action point."""
    said: dict[tuple[str, str], list[str]] = {}
    for each in changes:
        said.setdefault((each.title, each.address), []).append(each.text)
    return [Point(title, _absolute(at), tuple(lines)) for (title, at), lines in said.items()]


def _absolute(address):
    return settings.SITE_URL + address
