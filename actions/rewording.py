"""What is worded otherwise of an action point: in another year, or in a file that was edited."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from actions.models import ActionPoint
from actions.richtext.difference import Difference, difference
from actions.richtext.html import clean_text
from actions.richtext.tree import Paragraph, RichText, Text

# What the wording of a point consists of, as people call it.
LABELS = {
    "title": _("title"),
    "goal": _("goal"),
    "responsibility": _("responsibility"),
    "timeline": _("timeline"),
}


@dataclass(frozen=True, slots=True)
class Rewording:
    """A text of a point that was worded otherwise: what people call it, and both wordings."""

    label: str
    difference: Difference


def rewordings_between(before, after) -> tuple[Rewording, ...]:
    """What the second words otherwise than the first, with the difference."""
    return tuple(
        Rewording(str(LABELS[name]), difference(_plain(before, name), _plain(after, name)))
        for name in reworded_fields(before, after)
    )


def reworded_fields(before, after) -> tuple[str, ...]:
    """The names of what the second words otherwise than the first; each has the wording of a point.

    How words are spaced does not count.
    """
    return tuple(
        name
        for name in ActionPoint.WORDING
        if in_one_line(getattr(before, name)) != in_one_line(getattr(after, name))
    )


def in_one_line(text: str) -> str:
    return " ".join(clean_text(text).split())


def _plain(point, name: str) -> RichText:
    text = in_one_line(getattr(point, name))
    return RichText((Paragraph((Text(text),)),) if text else ())
