"""The report as DOCX and ODT: what is written is read back, and is what an office expects."""

import re
import zipfile
from dataclasses import replace
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings

from actions.models import Status
from actions.richtext.html import parse
from reports import printed
from reports.document import Label
from reports.readers import office as reader
from reports.writers import office as writer
from tests.reports.documents import DOCUMENTS, everything
from tests.reports.office_files import first_row, in_both_formats, with_explanation
from tests.reports.reading_office import (
    TABLE,
    TEXT,
    XLINK,
    FileText,
    W,
    docx_text,
    odt_text,
    part,
)

# Each example runs a program twice. The suite tries a few; the law was tried on hundreds.
few_examples = settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)


# --- The law -----------------------------------------------------------------


@given(DOCUMENTS)
@few_examples
def test_a_docx_is_read_back(document):
    assert reader.read(writer.write_docx(document)) == document


@given(DOCUMENTS)
@few_examples
def test_an_odt_is_read_back(document):
    assert reader.read(writer.write_odt(document)) == document


@in_both_formats
def test_something_of_everything_is_read_back(write):
    assert reader.read(write(everything())) == everything()


@in_both_formats
def test_labels_come_back_whether_or_not_points_have_them(write):
    """A label that no point has is listed; a state of play that is not listed stays unlisted."""
    document = replace(
        everything(), labels=(Label("Gestopt", "neutral"), Label("Voltooid", "done"))
    )

    assert reader.read(write(document)).labels == document.labels


@in_both_formats
def test_lists_come_back_as_they_hang_together(write):
    explanation = parse(
        "<ul><li><ul><li>Begint met een lijst</li></ul></li></ul>"
        "<ul><li>Een tweede lijst<p>Met nog een alinea</p><ol><li>En een</li></ol>"
        "<ol><li>En nog een</li></ol><p>En het slot</p></li><li>Laatste</li></ul>"
        '<p><span class="footnote">Alleen een noot.</span></p>'
    )
    document = with_explanation(explanation)
    described = replace(document.pillars[0], description=explanation)
    document = replace(document, pillars=(described, *document.pillars[1:]))

    read = reader.read(write(document))
    assert first_row(read).explanation == explanation
    assert read.pillars[0].description == explanation


@in_both_formats
def test_marks_on_spaces_and_hard_spaces_come_back(write):
    explanation = parse(
        "<p>Een <strong>vet </strong>woord,<em> schuin</em> woord en\u00a0een "
        '<span class="lang-en">due <strong>diligence </strong></span>"--" ... woord</p>'
    )
    document = with_explanation(explanation)

    assert first_row(reader.read(write(document))).explanation == explanation


@in_both_formats
def test_text_is_data(write):
    markup = r"<b>&amp; $header $footer {\rtf <w:p/> *a* ~b~ [c](d) <!-- \u0041 -- ' \" ]]>"
    document = replace(everything(), title=markup, note=markup)
    document = replace(document, pillars=(replace(document.pillars[0], title=markup),))

    read = reader.read(write(document))
    assert (read.title, read.note, read.pillars[0].title) == (markup,) * 3


@in_both_formats
def test_the_same_document_is_the_same_file(write):
    concept = replace(everything(), edition=0, published_on=None, note="")

    for document in (everything(), concept):
        data = write(document)
        assert data == write(document)
        entries = zipfile.ZipFile(BytesIO(data)).infolist()
        assert {entry.date_time[0] for entry in entries} == {1980}


def test_both_formats_say_the_same_in_the_same_order():
    document = everything()
    row = first_row(document)

    of_docx, of_odt = docx_text(writer.write_docx(document)), odt_text(writer.write_odt(document))

    assert of_docx == of_odt
    assert of_docx == FileText(
        headings=[
            "Inleiding",
            "Leeswijzer",
            "Pijler 1: De verplichting van de staat",
            "Rijksinkoop",
            "Pijler 2: De verantwoordelijkheid van het bedrijfsleven",
            "Sectorale samenwerking",
            *of_docx.headings[6:],
        ],
        titles=["Wet wijzigen", "Onderzoek doen", "Kader opstellen"],
        statuses=["Voltooid", "In uitvoering maar met vertraging", "Doorlopend"],
        explanations=[
            " ".join(row.explanation.plain_text().splitlines()[:-1]),
            "",
            "Zie Stcrt. 2024, 25516.",
        ],
        notes=["Een noot.", "Zie de wet."],
        links=of_docx.links,
    )
    assert of_docx.links[-1] == "https://voorbeeld.nl/a?b=1&c"
    assert of_docx.headings[6:8] == [printed.OVERVIEW, f"{printed.CHANGES}2024"]


def test_every_tone_has_a_sign_of_its_own():
    assert set(printed.SIGNS) == set(Status.Tone.values)
    assert len(set(printed.SIGNS.values())) == len(printed.SIGNS)


@in_both_formats
def test_the_overview_has_a_picture_that_says_what_it_draws(write):
    with zipfile.ZipFile(BytesIO(write(everything()))) as archive:
        [picture] = [archive.read(name) for name in archive.namelist() if name.endswith(".png")]
        is_odt = "content.xml" in archive.namelist()
        text = archive.read("content.xml" if is_odt else "word/document.xml").decode()

    said = re.findall(r'<svg:desc>([^<]+)|\bdescr="([^"]*)"', text)
    assert {"".join(each) for each in said} == {
        "Pijler 1: 1 In uitvoering maar met vertraging, 1 Voltooid. Pijler 2: 1 Doorlopend."
    }
    assert len(picture) < 60_000


@in_both_formats
def test_a_state_of_play_that_no_font_has_is_drawn_all_the_same(write):
    pillar, *others = everything().pillars
    row = replace(first_row(everything()), status="日本 😀")
    theme = replace(pillar.themes[0], rows=(row,))
    document = replace(everything(), pillars=(replace(pillar, themes=(theme,)), *others))

    assert reader.read(write(document)) == document


# --- What an office expects: DOCX ----------------------------------------------


def styled(document):
    """Each paragraph that has a style, with that and its text."""
    for paragraph in document.iter(f"{W}p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        if style is not None:
            text = "".join(each.text for each in paragraph.iter(f"{W}t"))
            yield paragraph, style.get(f"{W}val"), text


def test_a_docx_has_a_title_and_headings_of_the_real_styles():
    document = part(writer.write_docx(everything()), "word/document.xml")
    styles = [(style, text) for _paragraph, style, text in styled(document)]

    assert ("Title", everything().title) in styles
    assert ("Heading1", "Inleiding") in styles
    assert ("Heading1", "Pijler 1: De verplichting van de staat") in styles
    assert ("Heading2", "Rijksinkoop") in styles


def test_a_docx_lists_each_heading_with_a_link_and_a_page_number():
    document = part(writer.write_docx(everything()), "word/document.xml")
    headings = {
        bookmark.get(f"{W}name"): text
        for paragraph, style, text in styled(document)
        if style.startswith("Heading")
        for bookmark in paragraph.iter(f"{W}bookmarkStart")
    }
    entries = [each for each, style, _text in styled(document) if re.fullmatch(r"TOC\d", style)]
    links = [entry.find(f"{W}hyperlink") for entry in entries]
    instructions = [each.text.split() for entry in entries for each in entry.iter(f"{W}instrText")]
    begins = [
        each for each in document.iter(f"{W}fldChar") if each.get(f"{W}fldCharType") == "begin"
    ]

    assert {link.get(f"{W}anchor"): link.find(f"{W}r/{W}t").text for link in links} == headings
    assert instructions == [["PAGEREF", bookmark, "\\h"] for bookmark in headings]
    assert {each.get(f"{W}dirty") for each in begins} == {"true"}
    assert all(re.fullmatch(r"[a-z]\w{0,39}", bookmark) for bookmark in headings)


def test_the_page_numbers_of_a_docx_stand_within_their_paragraph():
    """LibreOffice shows nothing of what a tab moves into the indent on the right."""
    document, styles = (
        part(writer.write_docx(everything()), f"word/{name}.xml") for name in ("document", "styles")
    )
    margins = document.find(f".//{W}pgMar")
    page = int(document.find(f".//{W}pgSz").get(f"{W}w"))
    width = page - int(margins.get(f"{W}left")) - int(margins.get(f"{W}right"))

    for level in (1, 2):
        [style] = [each for each in styles if each.get(f"{W}styleId") == f"TOC{level}"]
        indent, tab = style.find(f"{W}pPr/{W}ind"), style.find(f"{W}pPr/{W}tabs/{W}tab")
        assert int(tab.get(f"{W}pos")) <= width - int(indent.get(f"{W}right"))


def test_a_docx_repeats_header_rows_and_keeps_short_rows_whole():
    long = parse(f"<p>{'Een lange toelichting. ' * 100}</p>")
    document = part(writer.write_docx(with_explanation(long)), "word/document.xml")
    tables = list(document.iter(f"{W}tbl"))

    for table in tables:
        first, *others = table.findall(f"{W}tr")
        assert first.find(f"{W}trPr/{W}tblHeader") is not None
        assert all(row.find(f"{W}trPr/{W}tblHeader") is None for row in others)
    _header, long_row, short_row = tables[0].findall(f"{W}tr")
    assert long_row.find(f"{W}trPr/{W}cantSplit") is None
    assert short_row.find(f"{W}trPr/{W}cantSplit") is not None


def test_the_columns_of_a_docx_are_as_wide_as_its_page():
    document = part(writer.write_docx(everything()), "word/document.xml")
    page, margins = document.find(f".//{W}pgSz"), document.find(f".//{W}pgMar")
    width = int(page.get(f"{W}w")) - int(margins.get(f"{W}left")) - int(margins.get(f"{W}right"))

    for table in document.iter(f"{W}tbl"):
        columns = sum(int(each.get(f"{W}w")) for each in table.iter(f"{W}gridCol"))
        share = int(table.find(f"{W}tblPr/{W}tblW").get(f"{W}w")) / 5000  # of the width
        assert columns == pytest.approx(width * share, abs=20)


@in_both_formats
def test_the_footnotes_of_a_row_do_not_count_for_whether_it_stays_whole(write):
    note = f'<span class="footnote">{"Een lange noot. " * 150}</span>'
    content = write(with_explanation(parse(f"<p>Een korte toelichting{note}.</p>")))
    is_odt = "content.xml" in zipfile.ZipFile(BytesIO(content)).namelist()

    if is_odt:
        table = next(part(content, "content.xml").iter(f"{TABLE}table"))
        rows = table.findall(f"{TABLE}table-row")
        assert {row.get(f"{TABLE}style-name") for row in rows} == {"Rij"}
    else:
        table = next(part(content, "word/document.xml").iter(f"{W}tbl"))
        _header, *rows = table.findall(f"{W}tr")
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)


def test_lists_stand_in_little_for_narrow_columns():
    docx, odt = writer.write_docx(everything()), writer.write_odt(everything())
    indents = [
        indent.get(f"{W}left") for indent in part(docx, "word/numbering.xml").iter(f"{W}ind")
    ]
    of_odt = zipfile.ZipFile(BytesIO(odt)).read("content.xml").decode()

    assert {"227", "454"} <= set(indents)
    assert max(map(int, indents)) <= 9 * 227
    assert 'fo:margin-left="4mm"' in of_odt
    assert 'fo:margin-left="0.5in"' not in of_odt


def test_a_docx_is_landscape_dutch_and_hyphenated():
    data = writer.write_docx(everything())
    page = part(data, "word/document.xml").find(f".//{W}pgSz")
    language = part(data, "word/styles.xml").find(f"{W}docDefaults//{W}lang")

    assert (page.get(f"{W}orient"), page.get(f"{W}w"), page.get(f"{W}h")) == (
        *("landscape", "16838"),
        "11906",
    )
    assert language.get(f"{W}val") == "nl-NL"
    assert part(data, "word/settings.xml").find(f"{W}autoHyphenation") is not None


def test_the_totals_of_the_overview_are_bold():
    document = part(writer.write_docx(everything()), "word/document.xml")
    [total] = [
        row
        for row in document.iter(f"{W}tr")
        if row.find(f".//{W}t").text == printed.TOTAL  # in its first cell
    ]
    runs = list(total.iter(f"{W}r"))

    assert [run.find(f"{W}t").text for run in runs] == ["Totaal", "2", "1", "3"]
    assert all(run.find(f"{W}rPr/{W}b") is not None for run in runs)


def test_a_docx_marks_a_phrase_with_its_language():
    document = part(writer.write_docx(everything()), "word/document.xml")

    [run] = [run for run in document.iter(f"{W}r") if run.find(f"{W}rPr/{W}lang") is not None]
    assert run.find(f"{W}rPr/{W}lang").get(f"{W}val") == "en-GB"
    assert run.find(f"{W}t").text == "due diligence"


def test_a_docx_has_real_footnotes():
    data = writer.write_docx(everything())
    marks = list(part(data, "word/document.xml").iter(f"{W}footnoteReference"))

    assert len(marks) == 2
    assert docx_text(data).notes == ["Een noot.", "Zie de wet."]


@pytest.mark.parametrize(("edition", "words"), [(0, ["Concept"]), (1, [""])])
def test_only_a_concept_says_so_at_the_head_of_each_page(edition, words):
    document = replace(everything(), edition=edition)
    docx, odt = writer.write_docx(document), writer.write_odt(document)
    of_odt = next(
        each.text or ""
        for each in part(odt, "styles.xml").iter(f"{TEXT}p")
        if each.get(f"{TEXT}style-name") == "Header"
    )

    assert [each.text or "" for each in part(docx, "word/header1.xml").iter(f"{W}t")] == words
    assert [of_odt] == words


def test_the_foot_of_a_page_has_title_year_and_page_number():
    footer = part(writer.write_docx(everything()), "word/footer1.xml")

    assert next(footer.iter(f"{W}t")).text == everything().full_title
    assert [each.text.strip() for each in footer.iter(f"{W}instrText")] == ["PAGE", "NUMPAGES"]


@in_both_formats
def test_the_properties_have_the_title_the_language_and_no_author(write):
    data = write(everything())
    with zipfile.ZipFile(BytesIO(data)) as archive:
        name = "meta.xml" if "meta.xml" in archive.namelist() else "docProps/core.xml"
    properties = {each.tag.rpartition("}")[2]: each.text for each in part(data, name).iter()}

    assert properties["title"] == everything().full_title
    assert properties["language"] == "nl-NL"
    assert not properties["creator"]
    assert not properties.get("initial-creator")
    assert "2025-12-12T00:00:00Z" in properties.values()


def test_a_docx_claims_no_program_and_counts_no_pages():
    """pandoc gives it the numbers of a file of its own."""
    assert not list(part(writer.write_docx(everything()), "docProps/app.xml"))


# --- What an office expects: ODT -----------------------------------------------


def test_an_odt_lists_each_heading_with_a_link_and_a_page_number():
    content = part(writer.write_odt(everything()), "content.xml")
    headings = ["".join(each.itertext()) for each in content.iter(f"{TEXT}h")]
    body = content.find(f".//{TEXT}table-of-content/{TEXT}index-body")
    entries = body.findall(f"{TEXT}p/{TEXT}a")
    bookmarks = {each.get(f"{TEXT}name") for each in content.iter(f"{TEXT}bookmark-start")}

    assert [entry.text for entry in entries] == headings
    assert {entry.get(f"{XLINK}href").removeprefix("#") for entry in entries} <= bookmarks
    pages = list(body.iter(f"{TEXT}bookmark-ref"))
    assert {page.get(f"{TEXT}reference-format") for page in pages} == {"page"}
    assert len(pages) == len(headings)


def test_an_odt_repeats_header_rows_keeps_short_rows_whole_and_has_borders():
    long = parse(f"<p>{'Een lange toelichting. ' * 100}</p>")
    data = writer.write_odt(with_explanation(long))
    content = part(data, "content.xml")
    tables = list(content.iter(f"{TABLE}table"))

    assert all(
        len(list(table.iterfind(f"{TABLE}table-header-rows/{TABLE}table-row"))) == 1
        for table in tables
    )
    long_row, short_row = tables[0].findall(f"{TABLE}table-row")
    assert long_row.get(f"{TABLE}style-name") is None
    assert short_row.get(f"{TABLE}style-name") == "Rij"
    text = zipfile.ZipFile(BytesIO(data)).read("content.xml").decode()
    assert text.count("0.5pt solid #9fb0b5") == 2
    assert 'style:name="Rij"' in text


def test_an_odt_is_landscape_dutch_and_hyphenated():
    text = zipfile.ZipFile(BytesIO(writer.write_odt(everything()))).read("styles.xml").decode()

    assert 'style:print-orientation="landscape"' in text
    assert 'fo:language="nl"' in text
    assert 'fo:country="NL"' in text
    assert 'fo:hyphenate="true"' in text
