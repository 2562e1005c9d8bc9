"""The difference of two texts on a page: for the eye, for the ear, and safe."""

import re

import pytest
from django.template import Context, Template
from django.utils import translation

from actions.richtext.html import serialise
from actions.richtext.tree import Footnote, Paragraph, RichText, Text


def shown(old, new, language="en"):
    template = Template("{% load differences %}{% difference old new %}")
    with translation.override(language):
        return template.render(Context({"old": old, "new": new}))


def heard(html):
    return " ".join(re.sub(r"<[^>]+>", "", html).split())


def test_the_component_says_by_ear_what_it_shows():
    html = shown("<p>Klaar in 2024.</p>", "<p>Klaar in 2025.</p>")

    assert html.count("<del>") == html.count("<ins>") == 1
    assert heard(html) == ("Klaar in removed: 2024 (end of removal) added: 2025 (end of addition).")


def test_the_component_shows_a_footnote_in_brackets():
    old = '<p>Plan<span class="footnote">Brief.</span>, af.</p>'
    new = '<p>Plan<span class="footnote">Nota.</span>, af.</p>'

    assert heard(shown(old, new)) == (
        "Plan [footnote: removed: Brief (end of removal) added: Nota (end of addition).], af."
    )


def test_the_component_marks_what_is_dutch_and_what_is_of_the_interface():
    html = shown("", "<p>Klaar.</p>")

    assert '<p class="difference__line" lang="nl"><ins>' in html
    assert '<span class="visually-hidden" lang="en">added: </span>Klaar.' in html


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("<p>Klaar.</p>", "<p>Klaar.</p>", "The text has not changed."),
        ("", "", "The text has not changed."),
        (
            "<p>Klaar.</p>",
            "<p><strong>Klaar.</strong></p>",
            "The words are the same. Only the layout has changed.",
        ),
    ],
)
def test_the_component_says_so_where_no_word_changed(old, new, said):
    assert heard(shown(old, new)) == said


@pytest.mark.parametrize("in_footnote", [False, True])
def test_the_component_escapes_what_was_written(in_footnote):
    content = (Text("<script>kwaad()</script> & 'zo'", link='https://a.nl/?"<b>'),)
    content = (Text("Zie"), Footnote(content)) if in_footnote else content
    written = serialise(RichText((Paragraph(content),)))

    for html in (shown(written, ""), shown("", written), shown(written, f"{written}<p>x</p>")):
        assert "<script" not in html
        assert "<b>" not in html
        assert "&lt;script&gt;kwaad()&lt;/script&gt; &amp; &#x27;zo&#x27;" in html
