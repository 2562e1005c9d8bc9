"""What the templates of the public pages need beyond Django's own tags."""

from django import template
from django.template.loader import get_template
from django.utils.http import escape_leading_slashes
from django.utils.translation import get_language

from actions.richtext.html import clean_text

register = template.Library()

EXCERPT_LENGTH = 200
ECHO_LENGTH = 60


@register.filter
def excerpt(text):
    """The beginning of a bare text, cut at the end of a word."""
    text = " ".join(text[: EXCERPT_LENGTH * 2].split())
    if len(text) <= EXCERPT_LENGTH:
        return text
    beginning, _, _ = text[:EXCERPT_LENGTH].rpartition(" ")
    return f"{(beginning or text[:EXCERPT_LENGTH]).rstrip(',;:–-')}…"


@register.filter
def printable(text):
    """What somebody put in the address, short and without characters that show nothing."""
    text = clean_text(text)
    return text if len(text) <= ECHO_LENGTH else f"{text[:ECHO_LENGTH]}…"


@register.simple_tag(takes_context=True)
def status_badge(context, status):
    """The badge of a status, or of a mere label. A table shows few statuses many times: each is
    rendered once per page."""
    rendered = context.render_context.setdefault("status_badges", {})
    if status not in rendered:
        label, tone = (status.label, status.tone) if hasattr(status, "tone") else (status, "")
        badge = get_template("components/status_badge.html")
        rendered[status] = badge.render({"label": label, "tone": tone or "neutral"})
    return rendered[status]


@register.filter
def get(mapping, key):
    """What a mapping holds for a key that is only known on the page; the key itself if nothing."""
    return mapping.get(key, key)


@register.simple_tag(takes_context=True)
def other_language(context):
    """The language that the site is not shown in now, and this page in it."""
    request = context["request"]
    path = request.get_full_path()
    if get_language() == "en":
        # Two slashes at the beginning would make the rest of the path another site.
        return {"code": "nl", "address": escape_leading_slashes(path.removeprefix("/en"))}
    return {"code": "en", "address": f"/en{path}"}
