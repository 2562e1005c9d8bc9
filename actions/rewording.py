"""What is worded otherwise of an action point: in another year, or in a file that was edited."""

from dataclasses import dataclass

from actions.models import ActionPoint
from actions.richtext.difference import Difference, difference
from actions.richtext.html import clean_text
from actions.richtext.tree import Paragraph, RichText, Text


@dataclass(frozen=True, slots=True)
class Rewording:
    """A text of a point that was worded otherwise: the name of the field, and both wordings."""

    label: str
    difference: Difference


def rewordings_between(before, after) -> tuple[Rewording, ...]:
    """What the second words otherwise than the first; each has the wording of a point.

    How words are spaced does not count.
    """
    found = []
    for name in ActionPoint.WORDING:
        old, new = in_one_line(getattr(before, name)), in_one_line(getattr(after, name))
        if old != new:
            label = str(ActionPoint._meta.get_field(name).verbose_name)
            found.append(Rewording(label, difference(_plain(old), _plain(new))))
    return tuple(found)


def in_one_line(text: str) -> str:
    return " ".join(clean_text(text).split())


def _plain(text: str) -> RichText:
    return RichText((Paragraph((Text(text),)),) if text else ())
