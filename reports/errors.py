"""What goes wrong with a report, said to a person."""

from django.utils.translation import gettext as _


class ReportError(Exception):
    """One sentence that says what is wrong, where it stands (`source`), and what to do."""

    def __init__(self, message: str, source: str = ""):
        super().__init__(f"{source}: {message}" if source else message)
        self.source = source


def line(number: int) -> str:
    """Where something stands in a text file, as messages name it."""
    return _("Line %d") % number
