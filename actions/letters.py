"""A mail as it is written, set and sent: a letter in, text and HTML out.

Mails to colleagues are in Dutch, whatever the language of the page that led to them. Whoever asked
for mails on the public site gets them in the language of that page.
"""

import logging
import re
import textwrap
from dataclasses import dataclass, field

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions.models import EntryTransition
from actions.progress import Waiting, deadline_in_words, waiting_for
from actions.richtext.html import clean_text

logger = logging.getLogger(__name__)

LINE_LENGTH = 72

_TO_COLLEAGUES = gettext_lazy(
    "This mail was sent automatically, because you are an editor or a coordinator in the NAP "
    "monitor."
)


@dataclass(frozen=True, slots=True)
class Point:
    """An action point in a letter: its number and title, what is said of it, why it came back."""

    name: str
    url: str
    lines: tuple[str, ...]
    returned: EntryTransition | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What a mail says, in this order. Its templates only set it, as text and as HTML.

    `facts` are labels with their values, `lists` are headings with their lines, `link` is the words
    and the address of the one place to go to. `reason` says why the reader gets it.
    """

    subject: str
    opening: list[str]
    facts: dict[str, str] = field(default_factory=dict)
    remark: EntryTransition | None = None
    points: list[Point] = field(default_factory=list)
    lists: dict[str, list[str]] = field(default_factory=dict)
    closing: list[str] = field(default_factory=list)
    link: tuple[str, str]
    reason: str | Promise = _TO_COLLEAGUES


def in_dutch():
    """The language in which letters are written and set."""
    return translation.override(settings.LANGUAGE_CODE)


# --- What letters are made of --------------------------------------------------


def waiting_in(reporting_round, editor) -> list[Waiting]:
    """What waits for an editor in one round, in the words of a letter."""
    with in_dutch():
        return [each for each in waiting_for(editor) if each.entry.round_id == reporting_round.pk]


def points(waiting):
    return [
        Point(name_of_point(each.entry), address_of(each.entry), each.lacks, each.returned)
        for each in waiting
    ]


def name_of_point(entry):
    return f"{entry.number} {clean_text(entry.title).strip()}"


def day(date):
    return date_format(date, "l j F Y")


def deadline(reporting_round, on=None):
    return f"{day(reporting_round.deadline)} ({deadline_in_words(reporting_round.deadline, on)})"


def address_of(entry):
    return address("admin:actions_statusentry_change", entry.pk)


def to_the_admin():
    return _("Go to the NAP monitor"), address("admin:index")


def address(name, *args):
    return settings.SITE_URL + reverse(name, args=args)


# --- Set and sent --------------------------------------------------------------


def mail(letter: Letter, person) -> EmailMultiAlternatives:
    """The letter to a person, as text and as HTML."""
    with in_dutch():
        return _set(letter, person.email, person=person)


def public_mail(letter: Letter, to: str, *, language, stop="") -> EmailMultiAlternatives:
    """The letter to someone who asked for it on the public site, in their language.

    `stop` is the address that ends such mails: by a button on its page, or straight from a mail
    program (RFC 8058).
    """
    with translation.override(language):
        message = _set(letter, to, stop=stop)
    if stop:
        message.extra_headers |= {
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
    return message


def _set(letter, to, person=None, stop=""):
    context = {"letter": letter, "person": person, "stop": stop}
    text = render_to_string("mails/letter.txt", context)
    html = render_to_string("mails/letter.html", context)
    message = EmailMultiAlternatives(
        # No white space but spaces: a subject is one line.
        clean_text(letter.subject),
        _wrapped(text),
        to=[to],
        # So that nobody's absence is answered to us.
        headers={"Auto-Submitted": "auto-generated"},
    )
    message.attach_alternative(html, "text/html")
    return message


def _wrapped(text):
    """Text in lines that a mail program need not break, with one empty line between paragraphs."""
    lines = "\n".join(_wrapped_line(line) for line in text.strip().splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines) + "\n"


def _wrapped_line(line):
    start = re.match(r" *(?:- )?", line)[0]
    return textwrap.fill(
        line.removeprefix(start),
        LINE_LENGTH,
        initial_indent=start,
        subsequent_indent=" " * len(start),
        # An address that is broken leads nowhere.
        break_long_words=False,
        break_on_hyphens=False,
    )


def send_all(mails):
    """Send these over one connection. Without one none is sent, and that is an error."""
    with get_connection() as connection:
        for each in mails:
            send(each, connection)


def send(message, connection) -> bool:
    """Send a mail over a connection, which is opened where need be and stays open.

    Returns whether that went well. What goes wrong is logged and holds up no other mail.
    """
    try:
        connection.open()
        connection.send_messages([message])
    except Exception as error:
        # Whatever it is that the server, the address or the library does not like. The connection
        # may be of no use any more.
        connection.close()
        what = f"The mail “{message.subject}” to {message.to[0]} was not sent: {error!r}"
        logger.error("%s", _without_addresses(what))
        return False
    return True


def _without_addresses(text):
    """The text with no more of an address than tells which mail server was asked: a server too
    names in its answer whom it refuses, and a log is kept longer, and read by others.
    """
    return re.sub(r"(?:\"[^\"]*\"|[^\s\"<>(),:;@]+)(?=@)", lambda found: found[0][0] + "…", text)
