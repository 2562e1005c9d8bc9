"""What the admin's pages of a round show."""

from django import template

from actions.progress import deadline_in_words

register = template.Library()

register.filter("in_words", deadline_in_words)
