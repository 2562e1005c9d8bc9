"""What the templates of the public pages need beyond Django's own tags."""

import re
import secrets
from html import escape

from django import template
from django.template.base import TokenType
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from actions.richtext.html import clean_text
from actions.rows import excerpt

register = template.Library()

ECHO_LENGTH = 60


register.filter(excerpt)


@register.tag
def fill(parser, token):
    """`{% fill rows as row %}…{{ row.title }}…{% endfill %}`: a loop that is many times as quick.

    The body is rendered once, with a slot wherever a value of the row stands, also in what it
    includes; then every row, a dict, is filled in and escaped. So the body can show values of the
    row, or pass them on to what it includes, and nothing else: no filters on them, no conditions.
    """
    bits = token.split_contents()
    if len(bits) != 4 or bits[2] != "as":
        raise template.TemplateSyntaxError("Write {% fill rows as row %}.")
    _, rows, _, name = bits
    _check_uses(parser, name)
    body = parser.parse(("endfill",))
    parser.delete_first_token()
    return FillNode(parser.compile_filter(rows), name, body)


def _check_uses(parser, name):
    """A slot is no value: whatever would look at it would give the same for every row."""
    is_named = re.compile(rf"(?<![\w.]){name}(?!\w)").search
    for token in reversed(parser.tokens):  # the next one is the last
        if token.token_type is TokenType.BLOCK and token.contents == "endfill":
            break
        if token.token_type not in (TokenType.VAR, TokenType.BLOCK):
            continue
        pieces, may_be = [token.contents], rf"{name}\.\w+"
        if token.contents.startswith("include "):
            pieces, may_be = token.split_contents(), rf"\w+={name}\.\w+"
        elif token.token_type is TokenType.BLOCK:
            may_be = ""
        if not all(re.fullmatch(may_be, piece) for piece in pieces if is_named(piece)):
            raise template.TemplateSyntaxError(
                f"“{token.contents}” in a fill: of {name} only plain values can be shown."
            )


class FillNode(template.Node):
    child_nodelists = ("body",)

    def __init__(self, rows, name, body):
        self.rows, self.name, self.body = rows, name, body

    def render(self, context):
        with context.push(**{self.name: Slots()}):
            row = self.body.render(context)
        rows, names = list(self.rows.resolve(context)), SLOT.findall(row)
        row = SLOT.sub("%s", row.replace("%", "%%"))
        values = _escaped([each[name] for each in rows for name in names])
        return mark_safe(row * len(rows) % tuple(values))  # noqa: S308


# Nothing that is shown can look like a slot by accident or on purpose.
MARK = secrets.token_hex(8)
SLOT = re.compile(rf"{MARK}<(\w+)>")


def _refuse(_self):
    raise template.TemplateSyntaxError("In a fill the values of a row can only be shown.")


class Slots:
    """Stands in for a row: whatever is asked of it, it gives the slot of that name."""

    __bool__ = __str__ = _refuse

    def __getitem__(self, name):
        return Slot(f"{MARK}<{name}>")


class Slot(SafeString):
    __bool__ = __len__ = _refuse


def _escaped(values):
    """The values, escaped: as one text where that can be, which is much quicker than one by one."""
    if set(map(type, values)) != {str}:
        return [value if isinstance(value, SafeString) else escape(value) for value in values]
    return escape(MARK.join(values)).split(MARK)


@register.filter
def printable(text):
    """What somebody put in the address, short and without characters that show nothing."""
    text = clean_text(text)
    return text if len(text) <= ECHO_LENGTH else f"{text[:ECHO_LENGTH]}…"


@register.inclusion_tag("components/status_badge.html")
def status_badge(status):
    """The badge of a status, or of a mere label."""
    label, tone = (status.label, status.tone) if hasattr(status, "tone") else (status, "")
    return {"label": label, "tone": tone or "neutral"}


@register.simple_block_tag
def said(content):
    """`{% said as title %}…{% endsaid %}`: what a page says of itself once, to show it twice."""
    # It was escaped when it was rendered.
    return mark_safe(" ".join(content.split()))  # noqa: S308


@register.filter
def listed(items):
    """Some things as a sentence has them: 2022, 2023 and 2024."""
    return get_text_list([str(each) for each in items], _("and"))


@register.filter
def get(mapping, key):
    """What a mapping holds for a key that is only known on the page; the key itself if nothing."""
    return mapping.get(key, key)
