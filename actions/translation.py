"""Texts of the plan on a page: in English where that is asked for and there, or else in Dutch."""

from typing import NamedTuple

from django.utils.translation import get_language


class Worded(NamedTuple):
    """A text, and the language that a page marks it with."""

    text: str
    language: str

    def __str__(self):
        return self.text


def worded(dutch: str, english: str) -> Worded:
    """The text for the language of the page; without a translation it is Dutch."""
    if english and get_language() == "en":
        return Worded(english, "en")
    return Worded(dutch, "nl")
