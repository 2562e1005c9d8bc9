"""The reader of the published text."""

from collections import Counter
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.richtext.html import serialise
from actions.richtext.tree import Footnote, Paragraph, RichText, Text, join_runs
from reports.document import PillarPart, ReportDocument, Row, Section, ThemePart
from reports.errors import ReportError
from reports.readers.published_text import read
from tests.reports import published


def read_text(text):
    return read(text.encode())


# --- The real file -----------------------------------------------------------


@pytest.fixture
def real(sources):
    return read((sources / "voortgangsrapportage-2024.txt").read_bytes())


def test_cover_of_the_real_file(real):
    assert real.publisher == "Ministerie van Buitenlandse Zaken"
    assert real.title == "Voortgangsrapportage nationaal actieplan Bedrijfsleven & Mensenrechten"
    assert real.year == 2024


def test_pillars_and_themes_of_the_real_file(real):
    assert [[len(theme.rows) for theme in pillar.themes] for pillar in real.pillars] == [
        [2, 2, 2, 2, 2, 2, 2, 2],
        [3, 1, 2],
        [3, 2, 1, 1, 4],
    ]
    assert [pillar.title for pillar in real.pillars] == [
        "De verplichting van de staat om mensenrechten te beschermen",
        "De verantwoordelijkheid van het bedrijfsleven om mensenrechten te respecteren",
        "Het bieden van effectieve remedie",
    ]
    assert all(len(pillar.description.blocks) == 1 for pillar in real.pillars)


def test_statuses_of_the_real_file(real):
    assert Counter(row.status for row in real.rows()) == {
        "Doorlopend": 11,
        "In uitvoering volgens planning": 9,
        "Voltooid": 6,
        "In uitvoering maar met vertraging": 3,
        "In (formele) consultatie": 2,
        "In uitvoering": 1,
        "Niet van toepassing": 1,
    }


def test_introduction_of_the_real_file_has_two_paragraphs_and_an_italic_title(real):
    (introduction,) = real.sections
    assert introduction.title == "Inleiding"
    assert len(introduction.body.blocks) == 2
    assert "<em>United Nations Guiding Principles" in serialise(introduction.body)


def test_four_footnotes_of_the_real_file_stand_at_their_marks(real):
    notes = [
        (before.text.split()[-1], " ".join(inline.content[0].text.split()[:3]))
        for row in real.rows()
        for paragraph in row.explanation.paragraphs()
        for before, inline in pairwise(paragraph.content)
        if isinstance(inline, Footnote)
    ]
    assert notes == [
        ("Rechtsorde", "Beleidsnota Mensenrechten -"),
        ("Overleg", "Het Breed Mensenrechten"),
        ("contexten'", "Beleidsreactie Nederlandse bijdrage"),
        ("benchmarks", "'Een referentiekader waarmee"),
    ]


def test_no_mark_digit_or_markup_is_left_in_the_real_file(real):
    said = " ".join(
        " ".join((row.title, row.goal, row.responsibility, row.timeline, row.status))
        + row.explanation.plain_text()
        for row in real.rows()
    )
    assert not set("⁰¹²³⁴⁵⁶⁷⁸⁹<>*") & set(said)


def test_paragraphs_and_italics_of_the_real_file_are_kept(real):
    paragraphs = [len(list(row.explanation.paragraphs())) for row in real.rows()]
    italics = sum(serialise(row.explanation).count("<em>") for row in real.rows())
    assert sum(paragraphs) == 47
    assert italics == 20


# --- The layout --------------------------------------------------------------

words = st.sampled_from(
    [
        "de",
        "UNGP's",
        "één",
        "(zie",
        "p. 3)",
        "5%",
        "a&b",
        "–",
        "«zo»",
        '"zei"',
        "1.2",
        "&",
        "<",
        ">",
    ]
)
sentences = st.lists(words, min_size=1, max_size=4).map(lambda chosen: f"Zin {' '.join(chosen)}")
titles = sentences.map(lambda text: f"Titel {text}")
runs = st.builds(
    Text,
    sentences.map(lambda text: f" {text} "),
    strong=st.booleans(),
    emphasis=st.booleans(),
    link=st.sampled_from(["", "https://example.org/?a=1&b=2"]),
)
notes = st.builds(Footnote, st.tuples(st.builds(Text, sentences.map(lambda text: f"Noot {text}"))))


@st.composite
def paragraphs(draw, inlines=runs | notes):
    content = [Text("Woord"), *draw(st.lists(inlines, max_size=4)), Text("slot")]
    return Paragraph(_notes_behind_words(join_runs(content)))


def _notes_behind_words(content):
    """A reader takes the space before a mark for typesetting."""
    tidy = []
    for inline in content:
        if isinstance(inline, Footnote) and isinstance(tidy[-1], Text):
            tidy[-1] = replace(tidy[-1], text=tidy[-1].text.rstrip() or "x")
        tidy.append(inline)
    return join_runs(tidy)


rich_texts = st.lists(paragraphs(), min_size=1, max_size=3).map(
    lambda blocks: RichText(tuple(blocks))
)
rows = st.builds(
    Row, titles, sentences, sentences, sentences, titles, rich_texts, number=st.just("")
)


@st.composite
def documents(draw):
    """Documents of two pillars whose themes have titles of their own."""
    pillars = []
    for number in (1, 2):
        count = draw(st.integers(1, 3))
        themes = tuple(
            ThemePart(
                f"Thema {number} {index}", tuple(draw(st.lists(rows, min_size=1, max_size=3)))
            )
            for index in range(count)
        )
        pillars.append(PillarPart(number, f"Pijler nummer {number}", RichText(), themes))
    return ReportDocument("Voortgangsrapportage", "Ministerie", 2025, (), tuple(pillars))


@given(documents())
def test_what_is_published_is_read_back(document):
    assert read_text(published.text(document)) == document


def test_introduction_and_other_sections_are_read():
    report = replace(
        published.document(),
        sections=(
            Section("Inleiding", published.parse("<p>Eerste zin.</p><p>Tweede zin.</p>")),
            Section("Leeswijzer", published.parse("<p>Zo leest u dit.</p>")),
        ),
    )
    assert read_text(published.text(report)) == report


@pytest.mark.parametrize(
    "header",
    [
        published.HEADER.replace("Verantwoordelijkheid", "Verantwoordelijk"),
        published.HEADER.replace("Verantwoordelijkheid", "Trekker"),
        published.HEADER.replace("Tijdslijn", "Tijdlijn").replace("Actiepunten", "Actiepunt"),
        published.HEADER.upper(),
        published.HEADER.replace("Actiepunten", "Acties"),
        published.HEADER.replace("Actiepunten", "Actie"),
        published.HEADER.replace("Actiepunten", "Maatregel"),
        "Maatregel\tDoel\tVerantwoordelijk\tTijdpad\tStatus\tToelichting",
        "\t".join(f"<p>{word}</p>" for word in published.HEADER.split("\t")),
    ],
)
def test_header_may_use_other_words(header):
    report = published.document()
    assert read_text(published.text(report, header=header)) == report


def test_repeated_header_continues_the_theme():
    report = published.document(published.row("Een"), published.row("Twee"))
    first, second = published.text(report).split("\nTwee\t")
    assert read_text(f"{first}\n\n{published.HEADER}\nTwee\t{second}") == report


def test_theme_title_repeated_after_a_page_break_continues_the_theme():
    report = published.document(published.row("Een"), published.row("Twee"))
    first, second = published.text(report).split("\nTwee\t")
    assert read_text(f"{first}\n\nInkoop\n\n{published.HEADER}\nTwee\t{second}") == report


def test_row_with_a_long_cell_is_no_header():
    values = {
        "goal": "Doel is bewustwording",
        "responsibility": "Verantwoordelijk is BZ",
        "timeline": "Tijdens 2024",
        "status": "Stand onbekend",
        "explanation": f"<p>{'Lange toelichting. ' * 9}</p>",
    }
    report = published.document(published.row("Actie", **values))
    assert read_text(published.text(report)) == report


@pytest.mark.parametrize(
    "page_number",
    [
        *("2", " 17 ", "- 3 -", "Pagina 4 van 26", "5 / 26", "Blz. 8", "blz 8", "p. 8"),
        *("8 | Voortgangsrapportage", "Voortgangsrapportage | 8", "VOORTGANGSRAPPORTAGE – p. 8"),
        "Voortgangsrapportage nationaal actieplan | pagina 8 van 26",
    ],
)
def test_stray_page_numbers_are_passed_over(page_number):
    report = published.document(published.row("Een"), published.row("Twee"))
    text = published.text(report)
    for place in ("\nInkoop\n\n", "\nTwee\t", "\nPijler\n\n"):
        before, _, after = text.rpartition(place)
        assert read_text(f"{before}\n{page_number}\n{place}{after}") == report


@pytest.mark.parametrize(
    "title",
    ["8 pilots", "Voortgangsrapportage", "Inkoop 2030", "Voortgang 8", "Stap 8", "P. Jansen"],
)
def test_title_that_looks_like_a_page_number_is_a_title(title):
    text = published.text(published.document()).replace("\nInkoop\n", f"\n{title}\n")
    assert read_text(text).pillars[0].themes[0].title == title


@pytest.mark.parametrize("line_end", ["\r\n", "\r"])
def test_line_ends_of_other_systems_are_read(line_end):
    report = published.document()
    assert read_text(published.text(report).replace("\n", line_end)) == report


def test_byte_order_mark_is_passed_over():
    report = published.document()
    assert read(published.text(report).encode("utf-8-sig")) == report


def test_footnote_numbers_may_start_again_on_another_page():
    note = '<p>Tekst<span class="footnote">{}</span> gaat door</p>'
    report = published.document(
        published.row("Een", explanation=note.format("Eerste noot")),
        published.row("Twee", explanation=note.format("Tweede noot")),
    )
    text = published.text(report)
    first_note, second_note = "¹ Eerste noot", "² Tweede noot"
    text = text.replace(f"\n{first_note}\n{second_note}", f"\n{second_note.replace('²', '¹')}")
    text = text.replace("\nTwee\t", f"\n\n{first_note}\n\n{published.HEADER}\nTwee\t")
    text = text.replace("Tekst²", "Tekst¹")
    assert read_text(text) == report


def test_digits_in_sup_are_a_footnote_mark():
    report = published.document(published.row(explanation=NOTE))
    text = published.text(report)
    assert text.count("¹") == 2
    assert read_text(text.replace("¹", "<sup>1</sup>")) == report


def test_unit_with_a_superscript_is_no_footnote():
    report = published.document(published.row(explanation="<p>Een gebouw van 300 m² groot</p>"))
    assert read_text(published.text(report)) == report


def test_angle_brackets_and_ampersands_in_text_are_text():
    report = published.document(
        published.row(explanation="<p>Minder &lt;5% &amp; meer dan &lt;naam&gt; zegt</p>")
    )
    text = published.text(report).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    assert read_text(text) == report


NOTE = '<p>Tekst<span class="footnote">Een noot</span> gaat door</p>'


# --- What is refused, and with which sentence --------------------------------


def refused(data):
    with pytest.raises(ReportError) as caught:
        read(data if isinstance(data, bytes) else data.encode())
    return str(caught.value)


def line_of(text, start):
    return next(n for n, line in enumerate(text.split("\n"), 1) if line.startswith(start))


def test_row_with_too_few_cells_is_refused_with_its_line():
    text = published.text(published.document()).replace("\t2022-2024\t", "\t")
    assert refused(text).startswith(f"Regel {line_of(text, 'Een gids')}: ")
    assert "5 cellen" in refused(text)


def test_row_without_status_is_refused_with_its_line():
    text = published.text(published.document()).replace("\tDoorlopend\t", "\t\t")
    assert refused(text).startswith(f"Regel {line_of(text, 'Een gids')}: ")


def test_row_without_a_header_above_it_is_refused_with_its_line():
    text = published.text(published.document()).replace(published.HEADER, "")
    assert refused(text).startswith(f"Regel {line_of(text, 'Een gids')}: ")


def test_line_that_is_nothing_is_refused_with_its_line():
    text = published.text(published.document()) + "\nZomaar een zin."
    assert refused(text).startswith(f"Regel {line_of(text, 'Zomaar')}: “Zomaar een zin.”")


@pytest.mark.parametrize("row", ["Een\t", "Twee\t"])
def test_line_that_is_nothing_above_a_row_is_refused_with_its_own_line(row):
    text = published.text(published.document(published.row("Een"), published.row("Twee")))
    text = text.replace(f"\n{row}", f"\nZomaar een zin.\n{row}")
    assert refused(text).startswith(f"Regel {line_of(text, 'Zomaar')}: ")
    assert "“Zomaar een zin.”" in refused(text)


def test_line_that_is_nothing_between_a_theme_and_its_header_is_refused_with_its_own_line():
    text = published.text(published.document())
    text += f"\nZorg\n\nZomaar een zin.\n{published.HEADER}\n"
    assert refused(text).startswith(f"Regel {line_of(text, 'Zomaar')}: ")
    assert "“Zorg”" in refused(text)
    assert "“Zomaar een zin.”" in refused(text)


def test_file_cut_off_in_a_cell_is_refused_with_its_line():
    text = published.text(published.document(published.row(explanation="<p>Een</p><p>Twee</p>")))
    row = "Een gids maken\tDoel\tBZ\t2024\tDoorlopend\t<p>Een</p><p>Twe"
    text = text[: text.index("Een gids")] + row
    assert refused(text).startswith(f"Regel {line_of(text, 'Een gids')}: ")
    assert "</p>" in refused(text)


@pytest.mark.parametrize("mark", ["¹", "<sup>1</sup>"])
@pytest.mark.parametrize(
    "cell", ["Een gids maken", "terechtkunnen.", "\tBZ", "2022-2024", "Doorlopend"]
)
def test_footnote_mark_outside_the_explanation_is_refused_with_its_line(cell, mark):
    text = published.text(published.document()).replace(cell, cell + mark) + f"\n{mark} Een noot"
    assert refused(text).startswith(f"Regel {line_of(text, 'Een gids')}: ")


def test_mark_without_a_footnote_is_refused_with_its_line():
    text = published.text(published.document(published.row(explanation="<p>Noot² hier</p>")))
    assert refused(text).startswith(f"Regel {line_of(text, 'Een gids')}: ")


def test_footnote_without_a_mark_is_refused_with_its_line():
    text = published.text(published.document()) + "\n³ Een noot"
    assert refused(text).startswith(f"Regel {line_of(text, '³')}: ")


@pytest.mark.parametrize("text", ["", "\n\n", "Zomaar een brief.\nMet twee regels.", "Pijler\n\nA"])
def test_file_of_another_layout_is_refused(text):
    assert refused(text)


@pytest.mark.parametrize("separator", ["    ", "|", ";"])
def test_table_with_another_separator_is_refused_as_another_layout(separator):
    text = published.text(published.document(published.row(explanation=NOTE)))
    assert "gescheiden door tabs" in refused(text.replace("\t", separator))


def test_letter_to_parliament_is_refused_as_another_layout(sources):
    data = (sources / "kamerbrief-imvo-2020.txt").read_bytes()
    assert "indeling" in refused(data)


def test_wrong_encoding_is_refused_with_its_line():
    text = published.text(published.document(published.row("Financiën")))
    assert refused(text.encode("cp1252")).startswith(f"Regel {line_of(text, 'Financi')}: ")
    assert "UTF-16" in refused(text.encode("utf-16"))


@pytest.mark.parametrize("data", [b"PK\x03\x04 word", b"%PDF-1.7", b"a\0b", b"{\\rtf1"])
def test_binary_file_is_refused(data):
    assert "geen platte tekst" in refused(data)


def test_file_over_ten_megabytes_is_refused():
    assert "10 MB" in refused(b"a" * 10_000_001)


@given(
    st.binary(max_size=400)
    | st.text(max_size=400).map(lambda text: text.encode("utf-8", "replace"))
)
def test_anything_else_is_a_sentence_or_a_document(data):
    try:
        document = read(data)
    except ReportError:
        return
    assert list(document.rows())
