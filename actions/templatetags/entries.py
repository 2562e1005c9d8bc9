"""What the admin's pages of an entry show: rich text as it looks."""

from django import template
from django.utils.safestring import SafeString, mark_safe

from actions.progress import name_of
from actions.richtext.html import sanitise

register = template.Library()


@register.filter
def rich(html) -> SafeString:
    """Stored rich text as it looks. Safe because sanitised here and now, whatever wrote it."""
    return mark_safe(sanitise(html or ""))  # noqa: S308


@register.filter
def person(user) -> str:
    """Somebody's name as people know them, or a dash."""
    return name_of(user) if user else "–"
