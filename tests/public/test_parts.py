"""The parts that the pages are made with: rich text, the quick loop, prepared queries."""

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.utils.safestring import mark_safe
from hypothesis import given
from hypothesis import strategies as st

from actions.models import Organisation
from actions.prepared import PreparedQuery
from actions.richtext.html import parse
from actions.richtext.pages import PageWriter
from actions.rows import EXCERPT_LENGTH, excerpt, organisations_of
from actions.templatetags.pages import printable
from tests import factories
from tests.public.page import Page

RICH = "<p>A &lt;b&gt; <strong>b</strong> <em>c</em></p><ul><li><p>d</p></li></ul>"


def render(source, **context):
    return Template("{% load pages %}" + source).render(Context(context))


# --- Rich text ---------------------------------------------------------------


def test_rich_text_without_notes_is_written_as_stored():
    assert PageWriter().text(parse(RICH)) == RICH


def test_phrase_of_another_language_says_which():
    html = PageWriter().text(parse('<p><span class="lang-en">due diligence</span></p>'))
    assert html == '<p><span lang="en">due diligence</span></p>'


def test_notes_are_counted_through_and_taken_once():
    writer = PageWriter(prefix="x-")
    note = '<p>a<span class="footnote">n <strong>b</strong></span></p>'
    writer.text(parse(note))
    assert [each.number for each in writer.take_notes()] == [1]
    assert writer.take_notes() == []
    html = writer.text(parse(note))
    (second,) = writer.take_notes()
    assert (second.number, second.anchor) == (2, "x-noot-2")
    assert second.content == "n <strong>b</strong>"
    assert f'href="#{second.anchor}"' in html
    assert f'id="{second.reference}"' in html


@given(st.text())
def test_text_is_escaped_on_a_page(text):
    writer = PageWriter()
    html = writer.text(parse(f"<p>{text}</p><p>x<span class='footnote'>{text}</span></p>"))
    notes = "".join(note.content for note in writer.take_notes())
    assert not {each.tag for each in Page(html + notes).elements} - {
        "p",
        "ul",
        "ol",
        "li",
        "strong",
        "em",
        "a",
        "span",
        "sup",
    }


# --- The quick loop ----------------------------------------------------------


def test_fill_writes_its_body_for_every_row():
    rows = [{"a": "1", "b": "x"}, {"a": "2", "b": "y"}]
    source = "{% fill rows as row %}{{ row.a }}={{ row.b }}/{{ other }};{% endfill %}"
    assert render(source, rows=rows, other="o") == "1=x/o;2=y/o;"


def test_fill_of_no_rows_writes_nothing():
    assert render("{% fill rows as row %}{{ row.a }}{% endfill %}", rows=[]) == ""


def test_fill_escapes_values_but_not_what_is_safe():
    rows = [{"a": "<i>'\"&", "b": mark_safe("<b>")}]
    source = "{% fill rows as row %}{{ row.a }}{{ row.b }}{% endfill %}"
    assert render(source, rows=rows) == "&lt;i&gt;&#x27;&quot;&amp;<b>"


def test_fill_reaches_into_what_it_includes():
    source = (
        '{% fill rows as row %}{% include "components/status_badge.html" '
        "with label=row.label tone=row.tone %}{% endfill %}"
    )
    html = render(source, rows=[{"label": "Klaar & af", "tone": "done"}])
    assert "Klaar &amp; af" in html
    assert "status--done" in html


@given(st.lists(st.text(), max_size=4))
def test_fill_says_the_same_as_a_loop(texts):
    body = "100% {{ row.a }} %s %(a)s {{ row.a }}\n"
    rows = [{"a": text} for text in texts]
    filled = render("{% fill rows as row %}" + body + "{% endfill %}", rows=rows)
    assert filled == render("{% for row in rows %}" + body + "{% endfor %}", rows=rows)


@pytest.mark.parametrize(
    "source",
    [
        "{% fill rows row %}{{ row.a }}{% endfill %}",
        "{% fill rows as row reversed %}{{ row.a }}{% endfill %}",
        "{% fill rows in row %}{{ row.a }}{% endfill %}",
        '{% fill rows as row %}{{ row.a|default:"x" }}{% endfill %}',
        "{% fill rows as row %}{{ row.a|length }}{% endfill %}",
        "{% fill rows as row %}{{ row }}{% endfill %}",
        "{% fill rows as row %}{{ row.a.b }}{% endfill %}",
        "{% fill rows as row %}{{ other|default:row.a }}{% endfill %}",
        "{% fill rows as row %}{% if row.a %}x{% endif %}{% endfill %}",
        '{% fill rows as row %}{% if row.a == "x" %}x{% endif %}{% endfill %}',
        "{% fill rows as row %}{% for x in row.a %}x{% endfor %}{% endfill %}",
        "{% fill rows as row %}{% status_badge row.a %}{% endfill %}",
        '{% fill rows as row %}{% include "x.html" with label=row.a|lower %}{% endfill %}',
        '{% fill rows as row %}{% include "x.html" with label=row %}{% endfill %}',
        "{% fill rows as row %}{% include row.a %}{% endfill %}",
    ],
)
def test_fill_refuses_what_it_cannot_say_of_each_row(source):
    with pytest.raises(TemplateSyntaxError):
        Template("{% load pages %}" + source)


@pytest.mark.parametrize(
    "included",
    [
        "{% if value %}x{% endif %}",
        '{{ value|default:"x" }}',
        "{{ value|length }}",
        "{% if row %}x{% endif %}",
        "{{ row }}",
    ],
)
def test_fill_refuses_to_have_its_values_looked_at_in_what_it_includes(included):
    source = "{% fill rows as row %}{% include part with value=row.a %}{% endfill %}"
    with pytest.raises(TemplateSyntaxError):
        render(source, rows=[{"a": "1"}], part=Template("{% load pages %}" + included))


def test_fill_leaves_names_alone_that_only_look_like_the_row():
    source = "{% fill rows as row %}{{ rows|length }}{{ x.row }}{{ row.a }}{% endfill %}"
    assert render(source, rows=[{"a": "1"}], x={"row": "y"}) == "1y1"


def test_fill_takes_no_text_from_outside_for_a_slot():
    texts = "\ue000a\ue001 <a> %(a)s"
    assert render("{% fill rows as row %}{{ x }}{% endfill %}", rows=[{"a": "1"}], x=texts) == (
        "\ue000a\ue001 &lt;a&gt; %(a)s"
    )


# --- Prepared queries --------------------------------------------------------


def test_prepared_query_asks_anew_with_other_numbers(nap, django_assert_num_queries):
    def names(year):
        return [short for _, _, short, _ in organisations_of(nap.rounds[year])]

    assert names(2022) == ["BZ", "EZK"]
    assert names(2023) == ["BZ", "EZ"]
    nap.ez.responsibilities.all().delete()
    factories.publish(nap.rounds[2023])
    with django_assert_num_queries(1):
        assert names(2023) == ["BZ"]


def test_prepared_organisations_are_those_of_the_round(nap):
    for of_year in nap.rounds.values():
        assert [pk for pk, *_ in organisations_of(of_year)] == [
            each.pk for each in of_year.organisations()
        ]


def test_prepared_query_refuses_a_number_that_it_does_not_depend_on(db):
    query = PreparedQuery(lambda number: Organisation.objects.values_list("pk"))
    with pytest.raises(ValueError, match="parameter"):
        query(1)


# --- Excerpts and echoes -----------------------------------------------------


@given(st.text())
def test_excerpt_is_short_and_begins_as_the_text_does(text):
    cut = excerpt(text)
    assert len(cut) <= EXCERPT_LENGTH + 1
    assert " ".join(text.split()).startswith(cut.removesuffix("…"))


def test_excerpt_of_a_short_text_is_the_text():
    assert excerpt("Een  tekst\nmet witruimte.") == "Een tekst met witruimte."


def test_excerpt_of_one_endless_word_is_cut_within_it():
    assert excerpt("x" * 500) == "x" * EXCERPT_LENGTH + "…"


def test_excerpt_keeps_a_word_that_just_fits():
    assert excerpt("x" * 200 + " y") == "x" * 200 + "…"


def test_echo_is_short_and_shows_only_what_can_be_seen():
    assert printable("a\0b\u202ec") == "abc"
    assert len(printable("x" * 5000)) < 70
