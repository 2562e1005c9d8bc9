"""The PDF of a report: what it claims, how it is built, and that it says what the document says."""

import re
from dataclasses import replace
from datetime import date

import pdfua
import pytest
from django.utils.translation import override

from actions.models import Status
from reports.document import Changes, Label, ThemePart
from reports.writers import pdf
from tests.conftest import BASE_DIR
from tests.reports import published
from tests.reports.documents import everything
from tests.reports.reading_pdf import (
    decoration_of,
    elements_of,
    opened,
    pages_of,
    text_of,
    theme_rows,
)

LONG = "Een zin van enige lengte over de stand van zaken. "


def report(*rows):
    """A concept of one theme with these rows."""
    return published.document(*rows)


def row(**values):
    return published.row(**{"number": "1.1.1", **values})


@pytest.fixture(scope="module")
def whole():
    """The PDF of a report with something of everything."""
    return pdf.write(everything())


# --- What it claims ------------------------------------------------------------


def test_it_claims_to_be_accessible_and_archivable(whole):
    with opened(whole).open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["pdfaid:part"] + metadata["pdfaid:conformance"] == "2A"


def test_it_has_a_title_a_language_and_the_publisher_for_an_author(whole):
    file = opened(whole)

    assert str(file.docinfo.Title) == f"{everything().title} 2025"
    assert str(file.docinfo.Author) == everything().publisher
    assert str(file.docinfo.CreationDate).startswith("D:20251212")
    assert str(file.Root.Lang) == "nl"
    assert file.Root.ViewerPreferences.DisplayDocTitle


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        ({"published_on": date(2025, 2, 3), "reference_date": date(2024, 10, 1)}, "D:20250203"),
        ({"reference_date": date(2024, 10, 1)}, "D:20241001"),
        ({}, "D:20240101"),
    ],
)
def test_its_date_is_that_of_the_document(dates, expected):
    data = pdf.write(replace(report(), **dates))

    assert str(opened(data).docinfo.CreationDate).startswith(expected)


def test_tools_that_are_not_ours_find_nothing_wrong(whole, tmp_path):
    (file := tmp_path / "report.pdf").write_bytes(whole)

    checked = pdfua.validate(str(file))

    assert checked.findings == ()
    # This rule fails on its own account: it takes the colour of a border for a number.
    assert [rule.rule_id for rule in checked.skipped] == ["UA-14-001"]
    assert opened(whole).check_pdf_syntax() == []


def test_the_same_document_gives_the_same_bytes_whoever_asks(whole):
    with override("en"):
        assert pdf.write(everything()) == whole


# --- How it is built -----------------------------------------------------------


def test_its_bookmarks_are_its_headings(whole):
    with opened(whole).open_outline() as outline:
        titles = [(each.title, [child.title for child in each.children]) for each in outline.root]

    assert titles == [
        ("Inhoudsopgave", []),
        ("Inleiding", []),
        ("Leeswijzer", []),
        ("Pijler 1: De verplichting van de staat", ["Rijksinkoop"]),
        ("Pijler 2: De verantwoordelijkheid van het bedrijfsleven", ["Sectorale samenwerking"]),
        ("Overzicht van de stand van zaken", []),
        ("Wat is er veranderd sinds de rapportage over 2024", []),
        ("Aangehaalde stukken", []),
    ]


def scopes(table_row):
    attributes = [{**each} for cell in table_row.K for each in cell.A if each.O == "/Table"]
    return [
        (str(cell.S), each.get("/Scope"))
        for cell, each in zip(table_row.K, attributes, strict=True)
    ]


def test_each_table_has_headers_for_its_columns_and_its_rows(whole):
    file = opened(whole)
    columns = [scopes(kid.K[0]) for kid in elements_of(file, "/THead")]
    rows = [scopes(each) for kid in elements_of(file, "/TBody") for each in kid.K]

    assert [len(headers) for headers in columns] == [6, 6, 4, 4, 2]
    assert {scope for headers in columns for scope in headers} == {("/TH", "/Column")}
    assert {headers[0] for headers in rows} == {("/TH", "/Row")}
    assert {cell for headers in rows for cell in headers[1:]} == {("/TD", None)}
    assert not any("/Headers" in each for cell in elements_of(file, "/TD") for each in cell.A)


def test_every_page_belongs_to_the_structure(whole):
    file = opened(whole)

    assert file.Root.MarkInfo.Marked
    assert all("/StructParents" in page for page in file.pages)


def test_its_links_lead_where_the_document_says(whole):
    file = opened(whole)
    annotations = [link for page in file.pages for link in page.get("/Annots", [])]
    addresses = [str(link.A.URI) for link in annotations if "/A" in link]

    assert addresses[0] == "https://voorbeeld.nl/a?b=1&c"
    assert len(addresses) == 3  # two papers in the index
    assert all("/Contents" in link for link in annotations)


def test_neighbouring_runs_with_one_address_are_one_link():
    text = '<p><a href="https://voorbeeld.nl/">de <strong>nieuwe</strong> wet</a></p>'

    file = opened(pdf.write(report(row(explanation=text))))

    addresses = [link for page in file.pages for link in page.get("/Annots", []) if "/A" in link]
    assert len(addresses) == 1


def test_a_phrase_in_another_language_is_marked(whole):
    content = b"".join(
        page.Contents.read_bytes() for page in opened(whole).pages if "/Contents" in page
    )
    assert re.findall(rb"/Lang ?\((?!nl)(\w+)\)", content) == [b"en"]


# --- What it says --------------------------------------------------------------


def lines(data):
    return text_of(data).split("\n")


def test_it_says_what_the_document_says_in_that_order(whole):
    expected = [
        "Ministerie van Buitenlandse Zaken",
        "Voortgangsrapportage nationaal actieplan Bedrijfsleven & Mensenrechten",
        "2025",
        "Peildatum: 1 oktober 2025",
        "Editie 2, 12 december 2025",
        "Bij deze editie: In actiepunt 1.1.1 is een verwijzing verbeterd.",
        "Inhoudsopgave",
        "Rijksinkoop 5",
        "Inleiding",
        "Dit is een inleiding.",
        "Leeswijzer",
        "Pijler 1: De verplichting van de staat",
        "Over de staat1",
        "1 Een noot.",
        "Rijksinkoop",
        "Actiepunt",
        "Doelstelling",
        "Stand van zaken",
        "Toelichting",
        "1.1.1 Wet wijzigen",
        "Voorkomen van misstanden",
        "SZW (coördinerend departement)",
        "2022-2025",
        "Voltooid",
        "De wet is aangenomen2",
        "2 Zie de wet.",
        "en due diligence is verplicht (Kamerstuk 26 485, nr. 430).",
        "Eén",
        "1.",
        "Daarbinnen",
        "Twee & drie",
        "Tot slot.",
        "1.1.2 Onderzoek doen",
        "RIVM, in opdracht van IenW",
        "In uitvoering maar met vertraging",
        "Pijler 2: De verantwoordelijkheid van het bedrijfsleven",
        "2.1.1 Kader opstellen",
        "Zie Stcrt. 2024, 25516.",
        "Overzicht van de stand van zaken",
        "Wat is er veranderd sinds de rapportage over 2024",
        "1.1.1 Wet wijzigen",
        "Andere stand van zaken",
        "In uitvoering maar met vertraging",
        "Voltooid",
        "Toelichting herschreven",
        "2.1.1 Kader opstellen",
        "Nieuw in het actieplan",
        "1.1.3 Gids maken",
        "Niet meer in het actieplan",
        "Aangehaalde stukken",
        "Kamerstuk 26 485, nr. 430",
        "1.1.1",
    ]
    found = iter(lines(whole))

    assert [line for line in expected if line not in found] == []


def test_the_picture_says_the_numbers_that_it_draws(whole):
    file = opened(whole)
    [figure] = elements_of(file, "/Figure")

    assert str(figure.Alt) == (
        "Pijler 1: 1 In uitvoering maar met vertraging, 1 Voltooid. Pijler 2: 1 Doorlopend."
    )
    said = "\n".join(lines(whole))
    assert "Doorlopend\n0\n1\n1\n" in said
    assert "Totaal\n2\n1\n3\n" in said


def test_each_page_says_where_it_belongs(whole):
    _cover, *pages = decoration_of(whole)

    for number, page in enumerate(pages, 2):
        assert f"{everything().title} 2025" in page
        assert f"pagina {number} van {len(pages) + 1}" in page


def test_a_concept_says_so_on_every_page(whole):
    concept = pdf.write(replace(everything(), edition=0, published_on=None))

    cover, *pages = decoration_of(concept)
    assert cover == "Concept"
    assert "Concept" in lines(concept)[:6]
    assert all(page.count("Concept") == 2 for page in pages)
    assert "Concept" not in "".join([*decoration_of(whole), text_of(whole)])


def test_what_has_not_changed_is_said_and_what_is_not_known_is_not():
    unchanged = replace(everything(), changes=Changes(2024))

    assert "Er zijn geen veranderingen gevonden." in text_of(pdf.write(unchanged))
    assert "Wat is er veranderd" not in text_of(pdf.write(replace(unchanged, changes=None)))


def test_a_report_without_papers_or_points_has_no_index_and_no_overview():
    said = text_of(pdf.write(replace(everything(), pillars=(), sections=())))

    assert "Aangehaalde stukken" not in said
    assert "Overzicht van de stand van zaken" not in said


# --- How its tables break ------------------------------------------------------


def rows_of_all_heights():
    return [row(number=f"1.1.{nth}", explanation=f"<p>{LONG * nth}</p>") for nth in range(1, 25)]


def test_a_short_row_stays_whole():
    file = opened(pdf.write(report(*rows_of_all_heights())))

    assert [len(pages_of(each, file)) for each in theme_rows(file, 24)] == [1] * 24


def test_no_heading_is_left_alone_at_the_foot_of_a_page():
    document = report()
    themes = tuple(ThemePart(f"Thema {each.number}", (each,)) for each in rows_of_all_heights())
    pillar = replace(document.pillars[0], themes=themes)

    file = opened(pdf.write(replace(document, pillars=(pillar,))))

    headings = elements_of(file, "/H2")
    assert len(headings) == 24
    for heading, its_row in zip(headings, theme_rows(file, 24), strict=True):
        assert pages_of(heading, file) == pages_of(its_row, file)


def test_a_row_higher_than_a_page_goes_on_under_repeated_headers():
    tall = row(explanation=f"<p>{LONG * 20}</p>" * 8, goal=LONG * 60)

    data = pdf.write(report(tall))

    file = opened(data)
    [only] = theme_rows(file, 1)
    pages = sorted(pages_of(only, file))
    assert len(pages) > 2
    for page in pages[1:]:
        assert "ActiepuntDoelstelling" in decoration_of(data)[page - 1]
    assert text_of(data).count(LONG.strip()) == 160 + 60


def test_a_row_with_more_footnotes_than_a_page_holds_can_be_set():
    notes = "".join(f'<p>Woord<span class="footnote">{LONG * 5}</span></p>' for _ in range(40))

    said = text_of(pdf.write(report(row(explanation=notes))))

    assert said.count(LONG.strip()) == 200


def test_a_footnote_within_a_list_keeps_its_place():
    text = '<ul><li>Eén<span class="footnote">Een noot.</span></li><li>Twee</li></ul>'

    said = text_of(pdf.write(report(row(explanation=text))))

    assert re.search(r"Eén1\n1 Een noot\.\n(•\n)?Twee", said)


# --- How it looks --------------------------------------------------------------


def test_tones_look_as_they_do_on_the_site():
    tones = (BASE_DIR / "reports" / "typst" / "tones.typ").read_text()
    icons = (BASE_DIR / "templates" / "_icons.html").read_text()
    light = (BASE_DIR / "assets" / "tokens.css").read_text().split("@media")[0]
    colours = dict(re.findall(r"--nap-([\w-]+): (#\w+);", light))

    for tone in Status.Tone.values:
        name = tone.replace("_", "-")
        found = re.search(rf"^  {tone}: \((.*?)^  \)", tones, re.MULTILINE | re.DOTALL)
        drawn = dict(re.findall(r'(\w+): "([^"]+)"', found[1]))
        [icon] = re.findall(rf'id="icon-{tone}".*? d="([^"]+)"', icons)
        assert drawn == {
            "strong": colours[name],
            "soft": colours[f"{name}-soft"],
            "ink": colours[f"{name}-ink"],
            "icon": icon,
        }


def test_each_tone_can_be_set():
    labels = tuple(Label(f"Stand {tone}", tone) for tone in Status.Tone.values)
    rows = (row(number=f"1.1.{nth}", status=label.label) for nth, label in enumerate(labels, 1))

    said = text_of(pdf.write(replace(report(*rows), labels=labels)))

    assert all(said.count(label.label) >= 2 for label in labels)
