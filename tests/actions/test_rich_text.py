"""The laws of rich text: whatever comes in, what is stored is of the small vocabulary."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actions.richtext.html import clean_text, parse, plain_text, sanitise, serialise
from actions.richtext.tree import (
    LANGUAGES,
    Footnote,
    ListBlock,
    Paragraph,
    RichText,
    Text,
    join_runs,
)

# --- What may be stored, written down a second time ---------------------------

_TOKEN = re.compile(r"<[^<>]*>|[^<>]+")
_PLAIN_TAGS = {"p", "ul", "ol", "li", "strong", "em"}
_LANGUAGE = "lang-(?:en|fr|de|la)"
_SPAN = re.compile(rf'<span class="(?:footnote|{_LANGUAGE}|footnote {_LANGUAGE})">')
_LINK = re.compile(r'<a href="(?i:https?|mailto):[^"<>]*">')
_TEXT = re.compile(r"(?:[^&]|&(?:amp|lt|gt);)*")
_MAY_STAND_IN = {
    "p": {"", "li"},
    "ul": {"", "li"},
    "ol": {"", "li"},
    "li": {"ul", "ol"},
    "a": {"p", "span"},
    "span": {"p", "a"},
    "strong": {"p", "a", "span"},
    "em": {"p", "a", "span", "strong"},
}
_FORBIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)


def assert_of_the_vocabulary(html):
    """Reads HTML strictly and without the product: every tag, attribute, place and character."""
    assert not _FORBIDDEN.search(html)
    assert "".join(_TOKEN.findall(html)) == html
    open_tags = [""]
    for token in _TOKEN.findall(html):
        if not token.startswith("<"):
            assert _TEXT.fullmatch(token), token
            assert "p" in open_tags, f"{token!r} stands outside a paragraph"
        elif token.startswith("</"):
            assert token == f"</{open_tags.pop()}>"
        else:
            tag = re.match(r"<([a-z]+)", token)[1]
            well_formed = (
                token == f"<{tag}>"
                if tag in _PLAIN_TAGS
                else {"span": _SPAN, "a": _LINK}[tag].fullmatch(token)
            )
            assert well_formed, token
            assert open_tags[-1] in _MAY_STAND_IN[tag], f"{tag} stands in {open_tags[-1]!r}"
            open_tags.append(tag)
    assert open_tags == [""]


@pytest.mark.parametrize(
    "html",
    [
        "los",
        "<p>open",
        "<p><b>vet</b></p>",
        "<p onclick='x'>a</p>",
        '<p><span class="groot">a</span></p>',
        '<p><a href="javascript:x">a</a></p>',
        "<ul><p>a</p></ul>",
        "<p>a & b</p>",
        "<p>a\u202eb</p>",
    ],
)
def test_the_checker_itself_refuses_what_is_not_of_the_vocabulary(html):
    with pytest.raises((AssertionError, KeyError)):
        assert_of_the_vocabulary(html)


often = settings(max_examples=200, deadline=None)


# --- Laws --------------------------------------------------------------------

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=6)
TAGS = [
    *("p", "br", "div", "h2", "b", "strong", "i", "em", "ul", "ol", "li", "span", "a", "table"),
    *("tr", "td", "math", "mi", "template", "textarea", "iframe", "svg", "noscript", "select"),
]
FRAGMENTS = st.sampled_from(
    [
        *(f"<{tag}>" for tag in TAGS),
        *(f"</{tag}>" for tag in TAGS),
        *(" ", "\n", "\t", "\u00a0", "\u00ad", "\u061c", "tekst", "<", ">", "&", '"', "'"),
        *("&nbsp;", "&shy;", "&#0;", "&#x202e;", "&lt;b&gt;", "&amp;lt;"),
        *("<script>kwaad()</script>", "<style>p{}</style>", "<!--c-->", "<!--", "<![CDATA[x]]>"),
        *("<?php?>", "<plaintext>", "<svg/onload=x>", '<em lang="de" style="color:red">'),
        *('<span class="footnote">', '<span class="lang-en">', '<span class="lang-fr footnote x">'),
        *('<a href="https://a.nl/?b=1&c=2">', '<a href="https://a.nl/\'&quot;&#x202e;">'),
        *('<a href="mailto:a@b.nl" target=_blank>', '<a href="javascript:alert(1)">'),
    ]
)
HTML = st.lists(FRAGMENTS | ANY_TEXT, max_size=25).map("".join)

RUNS = st.builds(
    Text,
    text=st.text("ab é<&>\"'\u00a0\n", max_size=5).map(clean_text),
    strong=st.booleans(),
    emphasis=st.booleans(),
    language=st.sampled_from(("", *LANGUAGES)),
    link=st.sampled_from(("", "https://a.nl/?b=1&c='2'", "mailto:a@b.nl")),
)
NOTES = st.lists(RUNS, max_size=3).map(lambda runs: Footnote(tuple(runs)))
PARAGRAPHS = st.lists(RUNS | NOTES, max_size=5).map(join_runs).filter(bool).map(Paragraph)
BLOCKS = st.recursive(
    PARAGRAPHS,
    lambda blocks: st.builds(
        ListBlock,
        items=st.lists(st.tuples(blocks) | st.tuples(blocks, blocks), min_size=1, max_size=3).map(
            tuple
        ),
        ordered=st.booleans(),
    ),
    max_leaves=3,
)
TREES = st.lists(BLOCKS, max_size=3).map(lambda blocks: RichText(tuple(blocks)))


@often
@given(HTML)
def test_what_is_stored_is_of_the_vocabulary_whatever_comes_in(html):
    assert_of_the_vocabulary(sanitise(html))


@often
@given(HTML)
def test_sanitising_what_is_sanitised_changes_nothing(html):
    once = sanitise(html)

    assert sanitise(once) == once


@often
@given(HTML)
def test_reading_back_what_was_read_from_any_html_gives_the_same_tree(html):
    tree = parse(html)

    assert parse(serialise(tree)) == tree


@settings(deadline=None)
@given(TREES)
def test_reading_back_what_was_written_gives_the_same_tree(tree):
    assert parse(serialise(tree)) == tree


@settings(deadline=None)
@given(TREES)
def test_every_tree_is_written_in_the_vocabulary(tree):
    assert_of_the_vocabulary(serialise(tree))


@often
@given(st.lists(RUNS | NOTES, max_size=7))
def test_a_line_has_one_shape_only(content):
    line = join_runs(content)

    assert join_runs(list(line)) == line


@given(st.lists(st.text("abcé&<>'\"", min_size=1), min_size=1, max_size=4))
def test_text_stays_whatever_tags_stand_around_it(words):
    escaped = [word.replace("&", "&amp;").replace("<", "&lt;") for word in words]

    html = "<blink>" + "</blink> <marquee onstart=x>".join(escaped)

    assert plain_text(html) == " ".join(words)


# --- What vanishes -----------------------------------------------------------


@pytest.mark.parametrize(
    ("html", "stored"),
    [
        ("<p>a<script>kwaad()</script>b</p>", "<p>ab</p>"),
        ("<p>a<style>p{color:red}</style>b</p>", "<p>ab</p>"),
        ('<p onclick="kwaad()" style="color:red" id="x" class="groot">a</p>', "<p>a</p>"),
        ('<p><a href="javascript:kwaad()">a</a></p>', "<p>a</p>"),
        ('<p><a href="java\nscript:kwaad()">a</a></p>', "<p>a</p>"),
        ('<p><a href="JaVaScRiPt:kwaad()">a</a></p>', "<p>a</p>"),
        ('<p><a href="data:text/html,x">a</a></p>', "<p>a</p>"),
        ('<p><a href="//elders.nl/">a</a></p>', "<p>a</p>"),
        ('<p><a href="/relatief">a</a></p>', "<p>a</p>"),
        ('<p><a href="http://[">a</a></p>', "<p>a</p>"),
        ('<p><img src="x" onerror="kwaad()">a</p>', "<p>a</p>"),
        ("<p>a<!-- geheim -->b</p>", "<p>ab</p>"),
        ("<p>a<svg><script>kwaad()</script></svg></p>", "<p>a</p>"),
        ('<p><span class="groot rood">a</span></p>', "<p>a</p>"),
        ('<p><span class="en">a</span></p>', "<p>a</p>"),
        ('<p><span class="lang-xx">a</span></p>', "<p>a</p>"),
        ('<p><span lang="nl">a</span></p>', "<p>a</p>"),
        ("<p><u>a</u> <font>b</font></p>", "<p>a b</p>"),
        ("<p></p><p> </p><ul><li></li></ul>", ""),
        ("<p>&nbsp;</p><p>a</p><p>\u2003</p>", "<p>a</p>"),
        ("<p>a<script", "<p>a</p>"),
    ],
)
def test_what_is_not_of_the_vocabulary_vanishes_and_the_text_stays(html, stored):
    assert sanitise(html) == stored


@pytest.mark.parametrize(
    "character",
    [
        *("\x00", "\x01", "\x0e", "\x1f", "\x7f", "\x85", "\x9f", "\u00ad", "\u061c", "\u200b"),
        *("\u200e", "\u200f", "\u202a", "\u202d", "\u202e", "\u2060", "\u2066", "\u2069"),
        *("\ufeff", "\ufffe", "\uffff", "\ud800", "\udbff", "\udfff"),
    ],
    ids=ascii,
)
def test_a_character_that_is_no_text_vanishes_wherever_it_stands(character):
    html = f'<p>be{character}leid <a href="https://a.nl/{character}b">nota</a></p>'

    assert sanitise(html) == '<p>beleid <a href="https://a.nl/b">nota</a></p>'


def test_a_turned_reading_direction_vanishes_when_written_as_an_entity():
    assert sanitise("<p>a&#x202e;b&#8238;c</p>") == "<p>abc</p>"


def test_a_tag_that_a_control_character_splits_is_not_put_together_again():
    assert sanitise("<p>a<scr\x00ipt>kwaad()</script>b</p>") == "<p>ab</p>"


# --- What stays --------------------------------------------------------------


@pytest.mark.parametrize(
    "html",
    [
        "",
        "<p>Eén <strong>vet <em>en schuin</em></strong> woord</p>",
        '<p><a href="https://a.nl/?b=1&amp;c=2">een <strong>link</strong></a></p>',
        '<p><a href="mailto:a@b.nl">schrijf</a></p>',
        '<p><span class="lang-la">forum necessitatis</span></p>',
        '<p>nota<span class="footnote">Noot.</span> en meer</p>',
        "<ul><li><p>a</p></li><li><p>b</p><ol><li><p>c</p></li></ol></li></ul><p>d</p>",
        "<p>26\u00a0485 &lt; 27 &amp; meer</p>",
    ],
)
def test_the_canonical_form_is_stored_as_it_is(html):
    assert sanitise(html) == html


@pytest.mark.parametrize(
    ("html", "stored"),
    [
        ("a\n\n b", "<p>a b</p>"),
        ("<b>a</b><i>b</i>", "<p><strong>a</strong><em>b</em></p>"),
        ("<p><b>a</b><strong>b</strong></p>", "<p><strong>ab</strong></p>"),
        ("<p><em><strong>a</strong></em></p>", "<p><strong><em>a</em></strong></p>"),
        ("a<br>b<h2>c</h2>", "<p>a</p><p>b</p><p>c</p>"),
        ('<p><em lang="en">a</em></p>', '<p><span class="lang-en"><em>a</em></span></p>'),
        ("<ul><li>a</li></ul>", "<ul><li><p>a</p></li></ul>"),
        ("<ul>a<li>b</ul>", "<ul><li><p>a</p></li><li><p>b</p></li></ul>"),
        ("<li>a</li>", "<p>a</p>"),
        (
            "<ul><li>a<ol><li>b</li></ol>c</li></ul>",
            "<ul><li><p>a</p><ol><li><p>b</p></li></ol><p>c</p></li></ul>",
        ),
    ],
)
def test_other_html_is_brought_into_the_one_form(html, stored):
    assert sanitise(html) == stored


def test_white_space_around_runs_that_vanish_is_one_space():
    assert parse('<p>a <span class="footnote"> </span> b</p>') == parse("<p>a b</p>")


def test_a_footnote_that_an_editor_split_by_bold_is_one_note():
    html = (
        '<p>a<span class="footnote">de </span><strong><span class="footnote">vette</span></strong>'
        '<span class="footnote"> noot</span></p>'
    )

    [note] = parse(html).footnotes()

    assert note == Footnote((Text("de "), Text("vette", strong=True), Text(" noot")))


def test_a_footnote_holds_a_phrase_in_another_language():
    html = (
        '<p>a<span class="footnote">zie </span><span class="footnote lang-en">due diligence</span>'
        "</p>"
    )

    assert parse(html).footnotes() == [
        Footnote((Text("zie "), Text("due diligence", language="en")))
    ]
    assert sanitise(html) == html


def test_a_phrase_of_another_language_inside_a_footnote_is_kept_beside_the_note():
    html = '<p>a<span class="footnote">zie <span class="lang-fr">la loi</span></span></p>'

    assert sanitise(html) == (
        '<p>a<span class="footnote">zie </span><span class="footnote lang-fr">la loi</span></p>'
    )


def test_two_footnotes_with_text_between_them_stay_two():
    html = '<p><span class="footnote">a</span> <span class="footnote">b</span></p>'

    assert len(parse(html).footnotes()) == 2


def test_the_bare_text_has_a_line_per_paragraph_and_then_the_footnotes():
    html = (
        '<p>Een<span class="footnote">Noot 1.</span> <em>en</em>der</p>'
        '<ul><li>twee<span class="footnote">Noot 2.</span></li></ul>'
    )

    assert plain_text(html) == "Een ender\ntwee\nNoot 1.\nNoot 2."


# --- Too much of it ----------------------------------------------------------


@pytest.mark.parametrize(
    "piece",
    ["<b>", "<ul>", "<ol><li>", "<ul><li>a", "<div>", '<span class="footnote">', "<b>a", "<b></i>"],
)
def test_ten_thousand_nested_elements_are_read_in_moments(piece):
    html = sanitise(piece * 10_000 + "tekst")

    assert html.count("tekst") == 1
    assert_of_the_vocabulary(html)


def test_lists_nest_as_deep_as_a_word_processor_can_write_and_go_on_flat_from_there():
    html = sanitise("<ul><li>a" * 12 + "</li></ul>" * 12 + "b")

    assert html.count("<ul>") == 9
    assert html.count("<p>a</p>") == 12
    assert html.endswith("</ul><p>b</p>")
    assert sanitise(html) == html


def test_half_a_megabyte_of_text_is_read_in_moments():
    html = sanitise("<p>woord <b>vet</b> en <i>schuin</i></p>" * 10_000)

    assert html.count("<p>") == 10_000


def test_forty_thousand_short_runs_are_read_in_moments():
    html = sanitise('a<span class="footnote">b</span>' * 20_000)

    assert html.count("footnote") == 20_000


def test_signs_that_word_pastes_become_what_they_look_like():
    """In its fonts Symbol and Wingdings; anywhere else they are empty boxes."""
    pasted = "<p>\uf0b7 Een \uf0a7 twee \uf0d8 drie \uf076 vier \uf0fc vijf \uf0e0 zes</p>"

    assert sanitise(pasted) == "<p>• Een ▪ twee ➢ drie ❖ vier ✓ vijf → zes</p>"


@pytest.mark.parametrize(
    ("read", "seen"),
    [("\U0001f86a", "→"), ("\U0001f87a", "→"), ("\u2b9a", "➢"), ("\U0001f5f9", "☑")],
)
def test_signs_of_wingdings_that_are_read_from_a_file_are_signs_that_fonts_have(read, seen):
    """Word makes such an arrow of "-->" by itself, and the PDF could not be set with it."""
    assert sanitise(f"<p>Dus {read} zo</p>") == f"<p>Dus {seen} zo</p>"
