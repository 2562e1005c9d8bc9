"""References in rich text become links, and cease to be links again without a trace."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from actions.references_in_text import cited_in, link_references, unlink_references
from actions.richtext.html import parse, sanitise_tree, serialise
from actions.richtext.tree import Footnote, ListBlock, Paragraph, RichText, Text
from tests.reports.documents import RICH_TEXTS

KST = "https://zoek.officielebekendmakingen.nl/kst"
PAPER = f"{KST}-26485-430.html"


def linked(html):
    return serialise(link_references(parse(html)))


def unlinked(html):
    return serialise(unlink_references(parse(html)))


# --- Linking -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        pytest.param(
            "<p>Zie Kamerstuk 26 485, nr. 430.</p>",
            f'<p>Zie <a href="{PAPER}">Kamerstuk 26 485, nr. 430</a>.</p>',
            id="in a paragraph",
        ),
        pytest.param(
            "<p>Kamerstuk 26 485, nrs. 430 en 435</p>",
            f'<p><a href="{PAPER}">Kamerstuk 26 485, nrs. 430</a> en '
            f'<a href="{KST}-26485-435.html">435</a></p>',
            id="each number of a list",
        ),
        pytest.param(
            "<p>Kamerstuk 26 485, nr. 430 t/m 435</p>",
            f'<p><a href="{PAPER}">Kamerstuk 26 485, nr. 430</a> t/m '
            f'<a href="{KST}-26485-435.html">435</a></p>',
            id="both ends of a range",
        ),
        pytest.param(
            "<p>Zie EK 36 410, C.</p>",
            f'<p>Zie <a href="{KST}-36410-C.html">EK 36 410, C</a>.</p>',
            id="a paper of the Senate",
        ),
        pytest.param(
            "<p>Zie <em>Kamerstuk 26</em> 485, nr. <strong>430 nu</strong>.</p>",
            f'<p>Zie <a href="{PAPER}"><em>Kamerstuk 26</em> 485, nr. <strong>430</strong></a>'
            "<strong> nu</strong>.</p>",
            id="over runs with other marks",
        ),
        pytest.param(
            '<p>Dit<span class="footnote">Zie Kamerstuk 26 485, nr. 430.</span> staat vast.</p>',
            f'<p>Dit<span class="footnote">Zie <a href="{PAPER}">Kamerstuk 26 485, nr. 430</a>.'
            "</span> staat vast.</p>",
            id="in a footnote",
        ),
        pytest.param(
            '<p>Kamerstuk 26 485<span class="footnote">Een noot.</span>, nr. 430</p>',
            f'<p><a href="{PAPER}">Kamerstuk 26 485</a><span class="footnote">Een noot.</span>'
            f'<a href="{PAPER}">, nr. 430</a></p>',
            id="around a footnote",
        ),
        pytest.param(
            "<ul><li><p>Eén</p><ol><li><p>Kamerstuk 26485-430</p></li></ol></li></ul>",
            "<ul><li><p>Eén</p><ol><li><p>"
            f'<a href="{PAPER}">Kamerstuk 26485-430</a></p></li></ol></li></ul>',
            id="in a list within a list",
        ),
        pytest.param(
            "<p>het document 2023D47692</p>",
            '<p>het document <a href="https://www.tweedekamer.nl/kamerstukken/detail?'
            'id=2023D47692&amp;did=2023D47692">2023D47692</a></p>',
            id="with an address that HTML must escape",
        ),
    ],
)
def test_a_reference_becomes_a_link(html, expected):
    assert linked(html) == expected
    assert unlinked(expected) == html


@pytest.mark.parametrize(
    "html",
    [
        '<p><a href="https://voorbeeld.nl/">Kamerstuk 26 485, nr. 430</a></p>',
        '<p>Kamerstuk <a href="https://voorbeeld.nl/">26 485, nr. 430</a></p>',
        f'<p><a href="{PAPER}">zie </a>Kamerstuk 26 485, nr. 430</p>',
        "<p>Stb. 1994, 230</p>",
        "<p>Kamerstuk 26 485</p>",
        "",
    ],
    ids=[
        "of which an author made a link",
        "of which a part is a link",
        "beside a link to the same",
        "without an address",
        "that cannot be read",
        "that is not there",
    ],
)
def test_no_link_is_made_of_a_reference(html):
    assert linked(html) == html


def test_a_reference_does_not_run_on_from_one_paragraph_into_the_next():
    html = "<p>Dit is een Kamerstuk</p><p>26485-430</p>"

    assert linked(html) == html
    assert cited_in(parse(html)) == []


# --- Taking links away ---------------------------------------------------------


@pytest.mark.parametrize(
    "html",
    [
        f'<p><a href="{PAPER}">zie Kamerstuk 26 485, nr. 430</a></p>',
        f'<p>Kamerstuk <a href="{PAPER}">26 485, nr. 430</a></p>',
        f'<p><a href="{KST}-26485-431.html">Kamerstuk 26 485, nr. 430</a></p>',
        f'<p><a href="{PAPER}">de brief</a></p>',
    ],
    ids=["more than the reference", "a part of it", "to something else", "of other words"],
)
def test_a_link_stays_that_is(html):
    assert unlinked(html) == html


# Whole references, and what they are made of, so that runs break in the middle of one.
PIECES = [
    *("Kamerstuk 26 485, nr. 430", "Kamerstuk 26 485, nrs. 430 en 435", "2023D47692"),
    *("Kamerstuk ", "26 485", ", nr. ", "430", " en ", "435", "nr. 4", "Stb. 1994, 1"),
    *(" t/m ", "433", "kst-26485-430", "EK 36 410, ", "C"),
    *("Stcrt. 2024, ", "25516", "richtlijnen 2013/34/EU en ", "2024/1760", " ", "(", ")", "x"),
]
LINKS = [PAPER, f"{KST}-26485-435.html", "https://voorbeeld.nl/"]


def runs(links):
    return st.builds(
        Text,
        st.sampled_from(PIECES),
        strong=st.booleans(),
        emphasis=st.booleans(),
        language=st.sampled_from(["", "", "en"]),
        link=st.sampled_from(["", "", "", *links]),
    )


def texts(links):
    lines = st.lists(runs(links), min_size=1, max_size=6).map(tuple)
    content = st.lists(runs(links) | st.builds(Footnote, lines), min_size=1, max_size=6)
    paragraphs = st.builds(Paragraph, content.map(tuple))
    lists = st.builds(
        ListBlock, st.lists(paragraphs.map(lambda each: (each,)), min_size=1).map(tuple)
    )
    blocks = st.lists(paragraphs | lists, max_size=3).map(tuple)
    return st.builds(RichText, blocks).map(sanitise_tree)


ANY = texts(LINKS) | RICH_TEXTS


@given(ANY)
def test_what_was_linked_is_unlinked_to_what_it_was(text):
    assume(unlink_references(text) == text)

    assert unlink_references(link_references(text)) == text


@given(ANY)
def test_linking_twice_is_linking_once(text):
    once = link_references(text)

    assert link_references(once) == once


@given(ANY)
def test_unlinking_twice_is_unlinking_once(text):
    once = unlink_references(text)

    assert unlink_references(once) == once


@given(ANY)
def test_links_change_no_word_and_nothing_that_is_cited(text):
    for change in (link_references, unlink_references):
        assert change(text).plain_text() == text.plain_text()
        assert cited_in(change(text)) == cited_in(text)


@given(ANY)
def test_a_text_with_links_is_of_the_vocabulary(text):
    text = link_references(text)

    assert parse(serialise(text)) == text


# --- What a text cites -----------------------------------------------------------


def test_a_text_cites_each_paper_once_in_reading_order():
    text = parse(
        "<p>Zie richtlijn 2024/1760"
        '<span class="footnote">Kamerstuk 26 485, nr. 430 en Stb. 1994, 230.</span>, en ook '
        "Kamerstuk 31985 80.</p>"
        "<ul><li><p>Kamerstuk 26 485, nrs. 430 en 435</p></li></ul>"
    )

    assert [each.label for each in cited_in(text)] == [
        "Richtlijn (EU) 2024/1760",
        "Kamerstuk 31 985, nr. 80",
        "Kamerstuk 26 485, nr. 430",
        "Stb. 1994, 230",
        "Kamerstuk 26 485, nr. 435",
    ]


def test_a_text_cites_all_that_a_range_means():
    text = parse("<p>Kamerstuk 26 485, nrs. 430 t/m 432</p>")

    assert [each.number for each in cited_in(text)] == ["26485-430", "26485-431", "26485-432"]


def test_a_link_of_an_author_does_not_hide_what_is_cited():
    text = parse('<p><a href="https://voorbeeld.nl/">Kamerstuk 26 485, nr. 430</a></p>')

    assert [each.number for each in cited_in(text)] == ["26485-430"]
