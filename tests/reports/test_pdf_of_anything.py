"""The PDF of what people write: a good file, or one sentence that says what cannot be set where."""

import re
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings

from actions.richtext.html import parse
from actions.richtext.tree import RichText
from reports.document import Section
from reports.errors import ReportError
from reports.writers import pdf, pdf_errors
from tests.reports import published
from tests.reports.documents import DOCUMENTS
from tests.reports.geometry import edges_of, heights_of, lines_of
from tests.reports.reading_pdf import elements_of, opened, text_of, theme_rows

# In points.
A4_WIDTH = 842


def report(*rows):
    """A concept of one theme with these rows."""
    return published.document(*rows)


def row(**values):
    return published.row(**{"number": "1.1.1", **values})


# --- What people write ---------------------------------------------------------

MARKUP = "#set text(red) $x$ \\ *a* _b_ @label <b> `c` // d /* e */ = f -- ~ 'g' \"h\" #panic()"


def test_nothing_in_a_text_acts_as_markup():
    body = parse("<p>.</p>")
    [block] = body.blocks
    run = replace(block.content[0], text=MARKUP)
    explanation = RichText((replace(block, content=(run,)),))
    hard = replace(row(), title=MARKUP, goal=MARKUP, status=MARKUP, explanation=explanation)

    said = text_of(pdf.write(replace(report(hard), title=MARKUP, publisher=MARKUP)))

    # Twice each on the cover and in the table, once in the overview.
    assert said.count(MARKUP) >= 6


@pytest.mark.parametrize(
    "word",
    [
        "mensenrechtenverdedigersbeschermingsprogramma's",
        "mensenrechtenverdedigersbeschermingsprogramma’s",
        "https://www.voorbeeld.nl/" + "kamerbrief-over-handel/" * 12 + "?a=1&b=2",
        "x" * 300,
        "1234567890" * 30,
        "a1" * 150,
        "info@" + "voorbeeld" * 12 + ".nl",
    ],
)
def test_a_long_word_is_parted_without_a_trace_in_the_text(word):
    cells = row(title=word, goal=word, timeline=word, status=word, explanation=f"<p>{word}</p>")

    data = pdf.write(report(cells))

    assert text_of(data).count(word) >= 5
    file = opened(data)
    [only] = theme_rows(file, 1)
    edges = [edges_of(cell, file) for cell in only.K]
    for (_, right), (left, _) in pairwise(edges):
        assert right < left
    assert edges[-1][1] < A4_WIDTH


def test_no_line_begins_with_the_ending_after_an_apostrophe():
    """The word meets the end of its line in different places, and is parted in the others."""
    goals = [f"{'m' * before} beschermingsprogramma's en meer" for before in range(3, 13)]

    file = opened(pdf.write(report(*(row(goal=goal) for goal in goals))))

    lines = [lines_of(each.K[1], file) for each in theme_rows(file, len(goals))]
    assert any(len(of_goal) > 2 for of_goal in lines)
    assert not [line for of_goal in lines for line in of_goal if line.startswith("'")]


def test_an_ending_after_an_apostrophe_may_stand_anywhere():
    word = "beschermingsprogramma's"
    link = f'<a href="https://voorbeeld.nl/">{word}</a>'
    explanation = f'<p>{word} {link}<span class="footnote">{word}</span></p>'
    document = report(row(title=word, status=word, explanation=explanation))
    pillar = replace(document.pillars[0], title=word, description=parse(explanation))
    pillar = replace(pillar, themes=(replace(pillar.themes[0], title=word),))
    section = Section(word, parse(explanation))
    document = replace(document, title=word, publisher=word, sections=(section,), pillars=(pillar,))

    said = text_of(pdf.write(document))

    # On the cover, in three lines of the contents and their headings, in three times three parts
    # of texts, in the row, and in the overview.
    assert said.count(word) >= 2 + 6 + 9 + 2 + 2


def test_hyphens_that_the_font_lacks_are_set_as_plain_ones():
    assert "non-breaking-hyphen" in text_of(
        pdf.write(report(row(goal="non\u2011breaking\u2010hyphen")))
    )


def test_signs_that_people_paste_are_set():
    signs = "● ■ ▪ ◦ ○ ➢ ❖ ✓ ☐ ☑ ↔ ⇒ ′ ″"
    explanation = f"<p>{signs}</p><p><strong>{signs}</strong> <em>{signs}</em></p>"

    data = pdf.write(report(row(explanation=explanation), row(goal=signs)))

    assert opened(data).check_pdf_syntax() == []
    said = re.sub(r"\s", "", text_of(data))
    assert said.count(signs.replace(" ", "")) == 4


def test_a_title_as_long_as_it_may_be_stands_between_what_is_above_and_below_it():
    file = opened(pdf.write(replace(report(row()), title="w" * 200)))

    [said] = elements_of(file, "/Title")
    publisher, year, *_ = elements_of(file, "/P")
    heights = heights_of(said, file)
    [above], [below] = heights_of(publisher, file), heights_of(year, file)
    # In points: a line of the title is half that high above its foot.
    assert above - max(heights) > 20
    assert min(heights) - below > 20


def test_cells_may_be_empty():
    empty = row(goal="", responsibility="", timeline="", status="", explanation="", number="")

    assert "Een gids maken" in text_of(pdf.write(report(empty)))


def test_lists_may_be_as_deep_as_they_can_be_stored():
    deep = "<ol><li>Een</li><li>Laag<ul><li>Twee " * 4 + "</li></ul></li></ol>" * 4

    assert text_of(pdf.write(report(row(explanation=deep)))).count("Laag") == 4


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(DOCUMENTS)
def test_every_document_can_be_set(document):
    data = pdf.write(document)

    assert opened(data).check_pdf_syntax() == []
    said = re.sub(r"\s", "", text_of(data))
    for each in document.rows():
        assert re.sub(r"\s", "", each.title) in said


# --- What cannot be set --------------------------------------------------------


def sentence(document):
    with pytest.raises(ReportError) as error:
        pdf.write(document)
    return str(error.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Het woord 日本", "actiepunt 1.1.1: 日 (U+65E5), 本 (U+672C)."),
        ("नमस्ते", "actiepunt 1.1.1: "),
        ("Klaar 😀", "actiepunt 1.1.1: 😀 (U+1F600)."),
        ("a\x01b", "actiepunt 1.1.1: U+0001."),
        ("a\x00b", "actiepunt 1.1.1: U+0000."),
        ("a\ud800b", "actiepunt 1.1.1: U+D800."),
        # The letter below such a mark is not at fault, and stands all over the report.
        ("Ba\u0360b", "deze tekens niet: actiepunt 1.1.1: \u0360 (U+0360)."),
    ],
)
def test_a_character_that_the_fonts_lack_is_said_with_its_place(text, said):
    assert said in sentence(report(row(goal=text), row(number="1.1.2")))


def test_a_letter_that_is_lacking_by_itself_is_said():
    said = pdf_errors.explain(report(row(goal="ŵ")), 'the text `"ŵ"` could not be displayed')

    assert "actiepunt 1.1.1: ŵ (U+0175)." in str(said)


def test_every_place_of_such_a_character_is_said():
    document = replace(
        report(row(goal="日"), row(number="1.1.2"), row(number="1.1.3", explanation="<p>本日</p>")),
        note="日",
        publisher="日",
    )

    assert sentence(document).endswith(
        "voorkant: 日 (U+65E5); actiepunt 1.1.1: 日 (U+65E5); "
        "actiepunt 1.1.3: 日 (U+65E5), 本 (U+672C). Vervang ze."
    )


def test_a_sentence_about_characters_stays_a_sentence():
    many = report(*(row(number=f"1.1.{nth}", goal="一丁七万丈三上下") for nth in range(1, 20)))

    said = sentence(many)

    assert said.count("actiepunt") == 5
    assert len(said) < 600


def test_a_link_that_is_too_long_is_said_with_its_place():
    link = f'<p><a href="https://voorbeeld.nl/{"a" * 9000}">Hier</a></p>'

    assert "actiepunt 1.1.2" in sentence(report(row(), row(number="1.1.2", explanation=link)))


def test_fonts_that_are_missing_are_said_with_what_to_do(monkeypatch, tmp_path):
    monkeypatch.setattr(pdf, "FONTS", tmp_path)

    assert "make install" in sentence(report())


@pytest.mark.parametrize(
    ("program", "said"),
    [
        ("import os; print('%PDF-1.7', flush=True); os.abort()", "halverwege gestopt (code -6)"),
        ("import sys; print('error: too hot', file=sys.stderr); sys.exit(3)", "error: too hot."),
        ("import time; time.sleep(60)", "langer dan 1 seconden"),
    ],
)
def test_a_renderer_that_fails_gives_a_sentence_and_no_half_file(
    monkeypatch, tmp_path, program, said
):
    (tmp_path / "compile.py").write_text(program)
    monkeypatch.setattr(pdf, "TYPST", tmp_path)
    monkeypatch.setattr(pdf, "TIMEOUT", 1)

    assert said in sentence(report())
