"""The cover letter as a file: its date, whether it is a concept, and what an office expects."""

import zipfile
from datetime import date
from io import BytesIO

import pytest
from django.db.models import QuerySet

from actions.models import StatusEntry
from reports import printed
from reports.models import CoverLetter
from tests import factories
from tests.reports.publishing import close_again, closed_round, publish
from tests.reports.reading_letter import (
    FO,
    STYLE,
    file_of,
    head_of_the_pages,
    in_both_formats,
    listed,
    of_style,
    page_of,
    read,
    texts,
)
from tests.reports.reading_office import TEXT, R, W, part

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator():
    return factories.coordinator()


@pytest.fixture
def client(client, coordinator):
    client.force_login(coordinator)
    return client


# --- The date and who signs ---------------------------------------------------------


def test_a_letter_that_is_being_prepared_shows_what_it_lacks(client):
    in_round = closed_round(reference_date=None)
    factories.cover_letter(round=in_round, body="<p>Op [peildatum].</p>")

    data = file_of(client, in_round)

    assert of_style(data, "Kenmerk")[0] == "Den Haag, [datum]"
    assert of_style(data, "Naam") == ["[naam]"]
    assert "Nog in te vullen: [datum], [naam], [peildatum]" in of_style(data, "Concept")
    assert "[datum], [naam], [peildatum]" in client.get(page_of(in_round)).content.decode()


def test_a_letter_has_its_own_date_or_that_of_the_publication(client, coordinator):
    in_round = closed_round()
    stored = factories.cover_letter(round=in_round, name="A. de Wit")
    publish(in_round, coordinator, on=date(2025, 2, 3))

    assert of_style(file_of(client, in_round), "Kenmerk")[0] == "Den Haag, 3 februari 2025"

    QuerySet(CoverLetter).filter(pk=stored.pk).update(date=date(2025, 2, 10))
    assert of_style(file_of(client, in_round), "Kenmerk")[0] == "Den Haag, 10 februari 2025"


# --- A concept, and what was published ------------------------------------------------


@in_both_formats
def test_a_letter_with_an_unpublished_report_is_marked_as_a_concept(file_format, client):
    in_round = closed_round(year=2023)
    factories.cover_letter(round=in_round, date=date(2024, 2, 1), name="A. de Wit")

    response = client.get(page_of(in_round), {"format": file_format})

    assert f'filename="concept-kamerbrief-2023.{file_format}"' in response["Content-Disposition"]
    assert head_of_the_pages(response.content) == "Concept"
    assert of_style(response.content, "Concept") == [
        "Concept bij de rapportage over 2023 zoals die nu is. Er kan nog iets veranderen."
    ]


@in_both_formats
def test_a_letter_with_a_published_report_is_no_concept(file_format, client, coordinator):
    in_round = closed_round(year=2023)
    factories.cover_letter(round=in_round, name="A. de Wit")
    publish(in_round, coordinator)

    response = client.get(page_of(in_round), {"format": file_format})

    assert f'filename="kamerbrief-2023.{file_format}"' in response["Content-Disposition"]
    assert head_of_the_pages(response.content) == ""
    assert of_style(response.content, "Concept") == []


def test_a_published_letter_counts_the_newest_edition_and_not_the_register(client, coordinator):
    in_round = closed_round()
    factories.cover_letter(round=in_round, body="<p>[aantallen]</p>")
    first, second, third = (factories.status(label=label) for label in ("Een", "Twee", "Drie"))
    entry = in_round.entries.get()

    def stands(status):
        QuerySet(StatusEntry).filter(pk=entry.pk).update(status=status)

    stands(first)
    publish(in_round, coordinator)
    stands(second)
    assert listed(file_of(client, in_round)) == ["Een: 1"]

    close_again(in_round, coordinator)
    assert listed(file_of(client, in_round)) == ["Twee: 1"]
    assert head_of_the_pages(file_of(client, in_round)) == "Concept"

    publish(in_round, coordinator, note="De stand is verbeterd.")
    stands(third)
    assert listed(file_of(client, in_round)) == ["Twee: 1"]
    assert head_of_the_pages(file_of(client, in_round)) == ""


# --- The file -------------------------------------------------------------------------


@in_both_formats
def test_a_letter_reads_from_the_sender_to_who_signs(file_format, client):
    plan = factories.plan(publisher="Ministerie van Buitenlandse Zaken")
    in_round = factories.reporting_round(plan=plan, year=plan.start_year, title="Voortgang")
    factories.cover_letter(
        round=in_round,
        body="<p>Een tekst.</p><p>En dit:</p><ul><li>Een punt</li></ul><p>Slot.</p>",
        date=date(2024, 2, 1),
        name="A. de Wit",
    )

    assert read(file_of(client, in_round, file_format)) == [
        ("Afzender", "Ministerie van Buitenlandse Zaken"),
        ("Concept", printed.letter_is_concept(in_round.year)),
        ("Adres", "Aan de Voorzitter van de Tweede Kamer der Staten-Generaal"),
        ("Kenmerk", "Den Haag, 1 februari 2024"),
        ("Kenmerk", "Kamerdossier: 26 485"),
        ("Kenmerk", f"Betreft: Voortgang over {in_round.year}"),
        ("Aanhef", "Geachte voorzitter,"),
        ("BodyText" if file_format == "docx" else "Textbody", "Een tekst."),
        ("Aanloop", "En dit:"),
        ("Opsomming", "Een punt"),
        ("Aanloop", "Slot."),
        ("Ambt", "De minister van Buitenlandse Zaken"),
        ("Naam", "A. de Wit"),
    ]


@in_both_formats
def test_text_is_data(file_format, client):
    markup = r"<b>&amp; $header $footer {\rtf <w:p/> *a* ~b~ (d) <!-- \u0041 -- ' \" ]]>"
    in_round = closed_round(title=markup)
    stored = factories.cover_letter(round=in_round, subject=markup, salutation=markup, name=markup)
    escaped = markup.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    stored.body = f"<p>{escaped}</p><p>Zie [titel]</p>"
    stored.save()

    data = file_of(client, in_round, file_format)

    assert of_style(data, "Kenmerk")[-1] == f"Betreft: {markup}"
    assert (of_style(data, "Aanhef"), of_style(data, "Naam")) == ([markup], [markup])
    assert {markup, f"Zie {markup}"} <= set(texts(data))
    assert "<b>" not in client.get(page_of(in_round)).content.decode()


def test_a_letter_has_real_footnotes_and_links_what_it_refers_to(client):
    in_round = closed_round()
    body = '<p>Zie<span class="footnote">Kamerstuk 26 485, nr. 430.</span> dit.</p>'
    factories.cover_letter(round=in_round, body=body)

    docx, odt = file_of(client, in_round), file_of(client, in_round, "odt")

    assert len(list(part(docx, "word/document.xml").iter(f"{W}footnoteReference"))) == 1
    [link] = part(docx, "word/footnotes.xml").iter(f"{W}hyperlink")
    targets = {
        each.get("Id"): each.get("Target") for each in part(docx, "word/_rels/footnotes.xml.rels")
    }
    assert targets[link.get(f"{R}id")].endswith("/kst-26485-430.html")
    [note] = part(odt, "content.xml").iter(f"{TEXT}note")
    assert "Kamerstuk 26 485, nr. 430" in "".join(note.itertext())


def test_a_letter_is_upright_and_dutch(client):
    in_round = closed_round()
    factories.cover_letter(round=in_round)
    docx, odt = file_of(client, in_round), file_of(client, in_round, "odt")

    page = part(docx, "word/document.xml").find(f".//{W}pgSz")
    assert (page.get(f"{W}w"), page.get(f"{W}h")) == ("11906", "16838")
    language = part(docx, "word/styles.xml").find(f"{W}docDefaults//{W}lang")
    assert language.get(f"{W}val") == "nl-NL"
    styles = zipfile.ZipFile(BytesIO(odt)).read("styles.xml").decode()
    assert 'style:print-orientation="portrait"' in styles
    assert 'fo:language="nl"' in styles


@in_both_formats
def test_every_style_of_a_letter_is_one_of_its_own_page(file_format, client):
    """pandoc makes a bare style of a name that it does not find."""
    in_round = closed_round()
    factories.cover_letter(round=in_round, body="<p>A:</p><ul><li>B<ul><li>C</li></ul></li></ul>")

    data = file_of(client, in_round, file_format)

    if file_format == "docx":
        ours = part(data, "word/styles.xml").iter(f"{W}style")
        styles = {each.get(f"{W}styleId") for each in ours if each.find(f"{W}pPr") is not None}
    else:
        ours = part(data, "styles.xml").iter(f"{STYLE}style")
        styles = {
            each.get(f"{STYLE}name").replace("_20_", "")
            for each in ours
            if each.find(f"{STYLE}paragraph-properties") is not None
        }
    assert {style for style, _text in read(data)} <= styles


def test_lines_of_an_odt_that_stay_with_the_next_have_no_height_of_their_own(client):
    """With one, LibreOffice leaves some of them alone at the foot of a page."""
    in_round = closed_round()
    factories.cover_letter(round=in_round)
    styles = {
        style.get(f"{STYLE}name"): style
        for style in part(file_of(client, in_round, "odt"), "styles.xml").iter(f"{STYLE}style")
    }

    def inherited(name, attribute):
        while style := styles.get(name):
            properties = style.find(f"{STYLE}paragraph-properties")
            if properties is not None and (value := properties.get(f"{FO}{attribute}")):
                return value
            name = style.get(f"{STYLE}parent-style-name")
        return None

    staying = {name for name in styles if inherited(name, "keep-with-next") == "always"}
    assert {"Aanloop", "Opsommingskop", "Aanhef", "Ambt"} == staying
    assert {inherited(name, "line-height") for name in staying} == {None}
    # Nor does it keep the name of who signs with the office across the margin between them.
    assert (inherited("Ambt", "margin-bottom"), inherited("Ambt", "padding-bottom")) == (
        "0mm",
        "21.2mm",
    )


@in_both_formats
def test_the_same_letter_is_the_same_file(file_format, client):
    in_round = closed_round()
    factories.cover_letter(round=in_round)

    assert file_of(client, in_round, file_format) == file_of(client, in_round, file_format)
