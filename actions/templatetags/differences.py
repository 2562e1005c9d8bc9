"""Shows on a page, of the public site or of the admin, what changed between two rich texts."""

from django import template

from actions.richtext.difference import difference as compare
from actions.richtext.html import parse

register = template.Library()


@register.inclusion_tag("components/difference.html")
def difference(old, new):
    """What changed from one stored rich text to another, word by word."""
    return {"difference": compare(parse(old), parse(new))}
