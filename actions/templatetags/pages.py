"""What the templates of the public pages need beyond Django's own tags."""

import re
from html import escape

from django import template
from django.template.base import TextNode, VariableNode
from django.template.loader import get_template
from django.utils.http import escape_leading_slashes
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from actions.richtext.html import clean_text
from actions.tables import excerpt

register = template.Library()

ECHO_LENGTH = 60


register.filter(excerpt)


@register.tag
def fill(parser, token):
    """`{% fill rows as row %}…{{ row.title }}…{% endfill %}`: a loop that is many times as quick.

    The body is rendered once, with a slot wherever a value of the row stands, also in what it
    includes; then every row, a dict, is filled in and escaped. So the body can show values of the
    row and nothing else: no filters on them, no conditions.
    """
    _, rows, _, name = token.split_contents()
    body = parser.parse(("endfill",))
    parser.delete_first_token()
    return FillNode(parser.compile_filter(rows), name, body)


class FillNode(template.Node):
    SLOT = re.compile("\ue000(.+?)\ue001")
    child_nodelists = ("body",)

    def __init__(self, rows, name, body):
        self.rows, self.name, self.body = rows, name, body
        # Where the body is nothing but slots, it is the same on every page.
        of_row = all(self._is_of_row(node) for node in body.get_nodes_by_type(template.Node))
        self.row = self._with_slots(template.Context()) if of_row else None

    def _is_of_row(self, node):
        variable = getattr(getattr(node, "filter_expression", None), "var", None)
        lookups = getattr(variable, "lookups", None) or [None]
        return isinstance(node, TextNode) or (
            isinstance(node, VariableNode) and lookups[0] == self.name
        )

    def _with_slots(self, context):
        with context.push(**{self.name: Slots()}):
            row = self.body.render(context)
        return self.SLOT.sub(r"%(\1)s", row.replace("%", "%%"))

    def render(self, context):
        row = self.row or self._with_slots(context)
        return mark_safe("".join([row % _escaped(each) for each in self.rows.resolve(context)]))  # noqa: S308


class Slots:
    """Stands in for a row: whatever is asked of it, it gives the slot of that name."""

    def __getitem__(self, name):
        return mark_safe(f"\ue000{name}\ue001")  # noqa: S308


def _escaped(row):
    return {
        name: value if isinstance(value, SafeString) else escape(value)
        for name, value in row.items()
    }


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
