"""DOCX and ODT as people hand them in: our own, edited; other documents; and what is refused."""

import re
import subprocess
import zipfile
from contextlib import suppress
from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from django.utils.translation import gettext

from actions.richtext.html import parse
from reports import pandoc, printed
from reports.document import Change, ChangeKind, Changes, Row
from reports.errors import ReportError
from reports.readers import office as reader
from reports.writers import office as writer
from tests.reports.documents import everything
from tests.reports.office_files import WRITERS, edited, first_row, in_both_formats, with_explanation

# --- Edited files --------------------------------------------------------------


@pytest.mark.parametrize(
    ("write", "name"), [(writer.write_docx, "word/document.xml"), (writer.write_odt, "content.xml")]
)
def test_a_changed_sentence_is_the_only_thing_that_changes(write, name):
    read = reader.read(edited(write(everything()), name, "Tot slot.", "Tot besluit."))

    html = "<p>Tot slot.</p>"
    blocks = first_row(everything()).explanation.blocks
    assert blocks[-1:] == parse(html).blocks
    changed = replace(
        first_row(everything()).explanation,
        blocks=(*blocks[:-1], *parse("<p>Tot besluit.</p>").blocks),
    )
    assert read == with_explanation(changed)


def test_headings_may_be_numbered_by_their_style():
    """As LibreOffice writes them in a DOCX."""
    heading = '<w:name w:val="heading 1" />'
    with zipfile.ZipFile(BytesIO(writer.write_docx(everything()))) as archive:
        styles = archive.read("word/styles.xml").decode()
    [properties] = re.findall(rf"{heading}.*?(<w:pPr>\s*<w:keepNext />)", styles, re.DOTALL)
    numbered = '<w:pPr><w:keepNext /><w:numPr><w:numId w:val="1000" /></w:numPr>'
    before = styles[: styles.index(heading)]
    changed = before + styles[len(before) :].replace(properties, numbered, 1)

    data = edited(writer.write_docx(everything()), "word/styles.xml", styles, changed)
    assert reader.read(data) == everything()


def test_a_comment_is_no_text():
    comment = (
        "<office:annotation><dc:creator>Iemand</dc:creator><text:p>Klopt dit?</text:p>"
        "</office:annotation>Tot slot."
    )
    data = edited(writer.write_odt(everything()), "content.xml", "Tot slot.", comment)

    assert reader.read(data) == everything()


def test_in_a_document_that_is_not_dutch_the_language_of_words_says_nothing():
    data = edited(
        writer.write_docx(everything()), "word/styles.xml", 'w:val="nl-NL"', 'w:val="en-US"'
    )

    runs = [
        run
        for text in reader.read(data).texts()
        for paragraph in text.paragraphs()
        for run in paragraph.content
    ]
    assert {getattr(run, "language", "") for run in runs} == {""}


def test_a_list_that_word_has_made_otherwise_is_read_as_it_looks():
    """LibreOffice and Word keep a list and say of a level that it now has numbers."""
    numbers = (
        '<w:lvlOverride w:ilvl="0"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/>'
        '<w:lvlText w:val="%1."/></w:lvl></w:lvlOverride>'
    )
    bullets = '<w:num w:numId="1001"><w:abstractNumId w:val="991" />'
    data = edited(writer.write_docx(everything()), "word/numbering.xml", bullets, bullets + numbers)

    _paragraph, outer, _last = first_row(reader.read(data)).explanation.blocks
    assert outer == replace(first_row(everything()).explanation.blocks[1], ordered=True)


def test_a_paragraph_that_its_style_puts_in_a_list_is_in_that_list():
    data = writer.write_docx(everything())
    style = '<w:style w:type="paragraph" w:styleId="Opsomming"><w:name w:val="Opsomming"/>'
    numbering = '<w:pPr><w:numPr><w:numId w:val="1001"/></w:numPr></w:pPr></w:style></w:styles>'
    data = edited(data, "word/styles.xml", "</w:styles>", style + numbering)
    slot = '<w:p><w:pPr><w:pStyle w:val="{}" /></w:pPr><w:r><w:t xml:space="preserve">Tot slot.'
    data = edited(data, "word/document.xml", slot.format("Tabeltekst"), slot.format("Opsomming"))

    [_paragraph, outer] = first_row(reader.read(data)).explanation.blocks
    expected = first_row(everything()).explanation.blocks[1]
    assert outer == replace(expected, items=(*expected.items, parse("<p>Tot slot.</p>").blocks))


@pytest.mark.parametrize(
    ("kind", "rest"),
    [
        (ChangeKind.MOVED, {"before": "Voltooid", "after": "Onbekend label"}),
        (ChangeKind.ADDED, {}),
        (ChangeKind.ENDED, {}),
        (ChangeKind.REWORDED, {"fields": Row.WORDING}),
        (ChangeKind.REWRITTEN, {}),
    ],
)
def test_each_kind_of_change_comes_back(kind, rest):
    changes = Changes(2023, (Change(kind, "1.1.1", "Wet wijzigen", **rest),))
    document = replace(everything(), changes=changes)

    assert reader.read(writer.write_docx(document)).changes == changes


@pytest.mark.parametrize(
    ("write", "name"), [(writer.write_docx, "word/document.xml"), (writer.write_odt, "content.xml")]
)
def test_a_file_that_spells_the_timeline_as_the_report_of_2024_does_is_read(write, name):
    assert reader.read(edited(write(everything()), name, "Tijdlijn", "Tijdslijn")) == everything()


# --- Other documents -----------------------------------------------------------

HEADER = "<tr>{}</tr>".format(
    "".join(
        f"<th>{name}</th>"
        for name in (
            *("Actiepunten", "Doelstelling", "Verantwoordelijk"),
            *("Tijdslijn", "Stand van zaken", "Toelichting"),
        )
    )
)


def table(*rows, header=HEADER):
    lines = ("".join(f"<td>{cell}</td>" for cell in row) for row in rows)
    return f"<table>{header}{''.join(f'<tr>{line}</tr>' for line in lines)}</table>"


def row(title, explanation="<p>Zie <em>hier</em>.</p>", status="Voltooid"):
    return (f"<p>{title}</p>", "Doel", "BZ", "2024", status, explanation)


def office_file(html, format_name="docx"):
    return pandoc.run(html.encode(), "--from=html", f"--to={format_name}", "--output=-")


def foreign(heading, theme):
    """A document with the tables of a report, and titles in the elements that are asked for."""
    return f"""
      <p>Ministerie van Zaken</p><p>Voortgang van het plan</p><p>2024</p>
      <p>Inhoudsopgave</p><p>Inleiding 3</p><p>Pijler 1 5</p>
      <{heading}>Inleiding</{heading}><p>Dit is de inleiding, met een zin.</p>
      <{heading}>Pijler</{heading}>
      <p>De plicht van de staat</p><p>Over de staat.</p>
      <{theme}>Inkoop</{theme}>{table(row("Eerste"), row("Tweede"))}
      <{theme}>Handel</{theme}>{table(row("Derde"))}{table(row("Vierde"))}
      <{heading}>Pijler</{heading}>
      <p>De plicht van bedrijven</p>
      <{theme}>Sectoren</{theme}>{table(row("Vijfde"))}"""


@pytest.mark.parametrize("format_name", WRITERS)
@pytest.mark.parametrize(("heading", "theme"), [("h1", "h2"), ("p", "p"), ("h1", "p")])
def test_a_document_with_the_tables_of_a_report_is_read(format_name, heading, theme):
    document = reader.read(office_file(foreign(heading, theme), format_name))

    assert (document.publisher, document.title, document.year) == (
        "Ministerie van Zaken",
        "Voortgang van het plan",
        2024,
    )
    assert [section.title for section in document.sections] == ["Inleiding"]
    assert document.sections[0].body == parse("<p>Dit is de inleiding, met een zin.</p>")
    assert [(each.number, each.title) for each in document.pillars] == [
        (1, "De plicht van de staat"),
        (2, "De plicht van bedrijven"),
    ]
    assert document.pillars[0].description == parse("<p>Over de staat.</p>")
    assert [
        (each.title, [row.title for row in each.rows])
        for pillar in document.pillars
        for each in pillar.themes
    ] == [
        ("Inkoop", ["Eerste", "Tweede"]),
        ("Handel", ["Derde", "Vierde"]),
        ("Sectoren", ["Vijfde"]),
    ]
    assert first_row(document).explanation == parse("<p>Zie <em>hier</em>.</p>")
    assert first_row(document).number == ""
    assert document.labels == ()
    assert document.changes is None


def test_a_number_before_a_title_is_the_number_of_the_point():
    html = f"<h1>Pijler 1: Staat</h1><h2>Inkoop</h2>{table(row('1.1.2 Wet wijzigen'))}"

    read = first_row(reader.read(office_file(html)))
    assert (read.number, read.title) == ("1.1.2", "Wet wijzigen")


def test_a_table_that_goes_on_under_the_same_bare_title_is_one():
    html = f"""<p>Pijler 1</p><p>Staat</p>
      <p>Inkoop</p>{table(row("Eerste"))}<p>Inkoop</p>{table(row("Tweede"))}"""

    [theme] = reader.read(office_file(html)).pillars[0].themes
    assert [row.title for row in theme.rows] == ["Eerste", "Tweede"]


def test_a_page_number_between_tables_is_no_text():
    html = f"""<p>Ministerie</p><p>Voortgang</p><p>Pijler 1</p><p>Staat</p>
      <p>Inkoop</p>{table(row("Eerste"))}<p>2</p><p>Voortgang 3</p>"""

    assert len(list(reader.read(office_file(html)).rows())) == 1


def test_a_row_knows_where_it_stood():
    html = f"<h1>Pijler 1: Staat</h1><h2>Inkoop</h2>{table(row('Eerste'))}"

    assert first_row(reader.read(office_file(html))).source == "Tabel 1, rij 2"


# --- What is refused -------------------------------------------------------------


@pytest.mark.parametrize(
    ("html", "sentence"),
    [
        ("<p>Een brief.</p>", "niet de opbouw"),
        (f"<h1>Inkoop</h1>{table(row('Eerste'))}", "Tabel 1"),
        (f"<h1>Pijler 1: Staat</h1>{table(row('Eerste'))}", "titel van het thema"),
        (f"<h1>Pijler 1: Staat</h1><h2>A</h2>{table(row('Eerste')[:5], header='')}", "kop"),
        (f"<h1>Pijler 1: Staat</h1><h2>A</h2>{table(row(''))}", "titel van het actiepunt"),
        (
            f"<h1>Pijler 1: Staat</h1><h2>A</h2>{table(row('B'))}<p>Losse tekst.</p>",
            "Losse tekst",
        ),
        (f"<h1>Pijler 1: Staat</h1><h2>A</h2>{table(row('B'))}<h1>Nawoord</h1>", "Nawoord"),
    ],
)
def test_a_document_that_does_not_fit_is_refused_with_what_is_wrong(html, sentence):
    with pytest.raises(ReportError, match=sentence):
        reader.read(office_file(html))


WORDS = "Een zin te veel."
IN_DOCX = (writer.write_docx, "word/document.xml", f"<w:p><w:r><w:t>{WORDS}</w:t></w:r></w:p>")
IN_ODT = (writer.write_odt, "content.xml", f"<text:p>{WORDS}</text:p>")


@pytest.mark.parametrize(
    ("file", "place"),
    [
        (IN_DOCX, "<w:tbl>"),
        (IN_DOCX, "<w:sectPr"),
        (IN_ODT, "<table:table "),
        (IN_ODT, "</office:text>"),
    ],
)
def test_a_sentence_between_a_theme_and_its_table_or_behind_the_lists_is_named(file, place):
    """In a file of ours; in another one that before a table may be the title of its theme."""
    write, name, sentence = file
    data = edited(write(everything()), name, place, sentence + place)

    with pytest.raises(ReportError, match=WORDS):
        reader.read(data)


CELLS = "<td>Doel</td><td>BZ</td><td>2025</td><td>Voltooid</td>"


@pytest.mark.parametrize(
    "rows",
    [
        f'<tr><td colspan="2">Een</td>{CELLS}</tr>',
        f'<tr><td rowspan="2">Een</td>{CELLS}<td>Zo</td></tr><tr>{CELLS}<td>Zus</td></tr>',
    ],
    ids=["columns", "rows"],
)
@pytest.mark.parametrize("format_name", WRITERS)
def test_merged_cells_are_named_where_a_row_lacks_one(rows, format_name):
    html = f"<h1>Pijler 1: Staat</h1><h2>Inkoop</h2>{table(header=HEADER + rows)}"

    with pytest.raises(ReportError, match=r"Tabel 1, rij .*5 cellen") as refused:
        reader.read(office_file(html, format_name))

    assert gettext("Cells of this table have been merged: split them again.") in str(refused.value)


def test_a_strict_docx_is_refused_with_what_to_do():
    ordinary = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"

    with pytest.raises(ReportError, match="Strict Open XML"):
        reader.read(edited(writer.write_docx(everything()), "word/document.xml", ordinary, strict))


def test_a_footnote_outside_the_explanation_is_refused():
    data = writer.write_docx(everything())
    reference = re.search(
        rb"<w:r><w:rPr><w:rStyle w:val=\"FootnoteReference\" /></w:rPr>.*?</w:r>",
        zipfile.ZipFile(BytesIO(data)).read("word/document.xml"),
    )[0].decode()
    goal = '<w:r><w:t xml:space="preserve">Steun aan sectoren</w:t></w:r>'

    with pytest.raises(ReportError, match=r"Tabel 2, rij 2: .*voetnoot"):
        reader.read(edited(data, "word/document.xml", goal, goal + reference))


@pytest.mark.parametrize(
    ("word", "other"),
    [
        (printed.CHANGE_WORDS[ChangeKind.ADDED], "Verdwenen"),
        ("doelstelling, tijdlijn", "doelstelling, kleur"),
        (": doelstelling, tijdlijn", ""),
        (printed.CHANGE_WORDS[ChangeKind.ADDED], "Nieuw in het actieplan: doelstelling"),
    ],
)
def test_a_change_that_does_not_exist_is_refused(word, other):
    data = edited(writer.write_docx(everything()), "word/document.xml", word, other)

    with pytest.raises(ReportError, match="verandering"):
        reader.read(data)


@in_both_formats
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_truncated_file_is_refused(write, share):
    data = write(everything())

    with pytest.raises(ReportError, match="beschadigd"):
        reader.read(data[: int(len(data) * share)])


@in_both_formats
def test_a_damaged_file_is_a_report_or_is_refused(write):
    """Whatever byte is changed, nothing but a ReportError is raised."""
    data = write(everything())

    for at in range(0, len(data), len(data) // 12):
        with suppress(ReportError):
            reader.read(data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :])


def zipped(**files):
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "beschadigd"),
        (b"Gewone tekst", "beschadigd"),
        (zipped(a_xml="<a/>"), "geen Word-document"),
        (zipped(word__document_xml="<a"), "beschadigd"),
        (zipped(word__document_xml="<a/>"), "omzetten"),
        (zipped(word__document_xml="<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"), "beschadigd"),
        (zipped(content_xml="<a/>", styles_xml=""), "beschadigd"),
    ],
)
def test_what_is_no_document_is_refused(data, sentence):
    with pytest.raises(ReportError, match=sentence):
        reader.read(data)


def test_pandoc_that_takes_too_long_is_stopped(monkeypatch):
    monkeypatch.setattr(pandoc, "_SECONDS", 0.001)

    with pytest.raises(ReportError, match="seconden"):
        writer.write_docx(everything())


def test_pandoc_that_takes_too_much_memory_is_stopped(monkeypatch):
    monkeypatch.setattr(pandoc, "_MEMORY", "64M")

    with pytest.raises(ReportError, match="geheugen"):
        office_file("<p>Woord</p>" * 200_000)


def test_pandoc_that_is_not_there_is_said(monkeypatch, tmp_path):
    monkeypatch.setattr(pandoc, "_PROGRAM", tmp_path / "pandoc")

    with pytest.raises(ReportError, match="start niet"):
        writer.write_odt(everything())


def test_pandoc_is_the_one_of_our_packages():
    done = subprocess.run([pandoc._PROGRAM, "--version"], capture_output=True, check=True)

    assert done.stdout.startswith(b"pandoc")


def test_a_day_is_printed_and_read():
    assert printed.day(date(2025, 10, 1)) == "1 oktober 2025"
    assert printed.read_day("1 oktober 2025") == date(2025, 10, 1)
    assert printed.read_day("31 februari 2025") is None
    assert printed.read_day("binnenkort") is None
