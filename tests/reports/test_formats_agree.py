"""Whatever the format, a report says the same: titles, states of play, texts, notes and links."""

import json
from dataclasses import replace
from datetime import date
from itertools import groupby

import pytest
from django.test import RequestFactory

from actions.models import Plan
from actions.references_in_text import link_references
from actions.richtext.tree import Footnote
from reports import printed
from reports.cited import cited
from reports.formats import Format, write
from reports.views import report_response
from tests.public.page import Page
from tests.reports.documents import everything
from tests.reports.reading_office import all_text, docx_text, odt_text, part
from tests.reports.reading_pdf import opened, text_of


def linked(pillar):
    """As the register builds it: with links on what is referred to."""
    return replace(
        pillar,
        themes=tuple(
            replace(
                theme,
                rows=tuple(
                    replace(row, explanation=link_references(row.explanation)) for row in theme.rows
                ),
            )
            for theme in pillar.themes
        ),
    )


DOCUMENT = replace(everything(), pillars=tuple(map(linked, everything().pillars)))


def bare(text):
    """Without white space, which each format sets in its own way."""
    return "".join(text.split())


def follow(words, text):
    """The words that do not follow each other in the text; none if all are there, in order."""
    lost, at = [], 0
    for word in map(bare, words):
        found = text.find(word, at)
        if found < 0:
            lost.append(word)
        else:
            at = found + len(word)
    return lost


def lines_of(text):
    """What a rich text says outside its notes, cut where a note stands."""
    for paragraph in text.paragraphs():
        for is_note, group in groupby(paragraph.content, lambda each: isinstance(each, Footnote)):
            if not is_note:
                yield "".join(run.text for run in group)


SAID = [
    said
    for pillar in DOCUMENT.pillars
    for theme in pillar.themes
    for row in theme.rows
    for said in (row.title, row.status, *lines_of(row.explanation))
]
NOTES = [
    "".join(run.text for run in note.content)
    for text in DOCUMENT.texts()
    for note in text.footnotes()
]
IN_TEXT = [
    run.link
    for text in DOCUMENT.texts()
    for paragraph in text.paragraphs()
    for run in paragraph.content
    if not isinstance(run, Footnote) and run.link
] + [paper.address for paper in cited(DOCUMENT)]
IN_NOTES = [
    run.link
    for text in DOCUMENT.texts()
    for note in text.footnotes()
    for run in note.content
    if run.link
]


def page_of(document):
    request = RequestFactory().get("/")
    return Page(report_response(request, document, plan=Plan(slug="nap")).content.decode())


def of_page():
    page = page_of(DOCUMENT)
    main = page.one("main")
    addresses = [each["href"] for each in page.all("a", within=main)]
    return main.text, [each for each in addresses if ":" in each]


def of_pdf():
    pdf = write(DOCUMENT, Format.PDF)
    with opened(pdf) as file:
        links = [
            str(link.A.URI)
            for page in file.pages
            for link in page.get("/Annots", [])
            if "/A" in link and "/URI" in link.A
        ]
    return text_of(pdf), links


def of_office(chosen, read):
    found = read(write(DOCUMENT, chosen))
    said = [
        part
        for each in zip(found.titles, found.statuses, found.explanations, strict=True)
        for part in each
    ]
    return " ".join([*said, *found.notes]), found.links


def of_json():
    data = json.loads(write(DOCUMENT, Format.JSON))
    texts, links = [], []

    def walk(node):
        if isinstance(node, dict):
            links.extend([node["link"]] if "link" in node else [])
            for name, value in node.items():
                if name not in ("link", "language"):
                    walk(value)
        elif isinstance(node, list):
            for value in node:
                walk(value)
        elif isinstance(node, str):
            texts.append(node)

    # As a page shows it: the state of play before the explanation.
    walk(data["sections"])
    walk(data["pillars"])
    return " ".join(texts), [*links, *(paper.address for paper in cited(DOCUMENT))]


FORMATS = {
    "page": of_page,
    "pdf": of_pdf,
    "docx": lambda: of_office(Format.DOCX, docx_text),
    "odt": lambda: of_office(Format.ODT, odt_text),
    "json": of_json,
}


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_says_what_the_document_says_in_that_order(name):
    text, links = FORMATS[name]()
    text = bare(text)

    assert follow(SAID, text) == []
    assert follow(NOTES, text) == []
    assert [each for each in links if each in IN_TEXT or each in IN_NOTES] == links
    assert is_in_order(IN_TEXT, links)
    assert is_in_order(IN_NOTES, links)


# --- The words of the report itself ------------------------------------------------

# A first edition; a concept in which one point has no state of play yet.
FIRST = replace(everything(), edition=1, published_on=date(2024, 11, 15))
_STATE, *_OTHERS = everything().pillars
UNFINISHED = replace(
    everything(),
    edition=0,
    published_on=None,
    note="",
    pillars=(
        replace(
            _STATE,
            themes=tuple(
                replace(theme, rows=(replace(theme.rows[0], status=""), *theme.rows[1:]))
                for theme in _STATE.themes
            ),
        ),
        *_OTHERS,
    ),
)
PRINTED = {
    "pdf": lambda document: text_of(write(document, Format.PDF)),
    "docx": lambda document: all_text(write(document, Format.DOCX), "word/document.xml"),
    "odt": lambda document: all_text(write(document, Format.ODT), "content.xml"),
    "page": lambda document: page_of(document).one("main").text,
}
every_print = pytest.mark.parametrize("name", PRINTED)
every_file = pytest.mark.parametrize("name", [name for name in PRINTED if name != "page"])


@every_file
def test_every_file_says_the_same_on_its_cover(name):
    cover = [
        *(FIRST.publisher, FIRST.title, "2025", "Peildatum: 1 oktober 2025"),
        *("Editie 1, 15 november 2024", f"Bij deze editie: {FIRST.note}", "Inhoudsopgave"),
    ]

    assert follow(cover, bare(PRINTED[name](FIRST))) == []


@every_print
def test_every_format_has_the_same_words_of_its_own(name):
    words = [
        *("Inhoudsopgave", "Pijler 1", *printed.COLUMNS),
        *("Overzicht van de stand van zaken", "Stand van zaken", "Totaal"),
        *("Wat is er veranderd sinds de rapportage over 2024", "Actiepunt", "Verandering"),
        *(
            "Toelichting herschreven",
            "Anders verwoord: doelstelling, tijdlijn",
            "Nieuw in het actieplan",
            "Niet meer in het actieplan",
        ),
        "Aangehaalde stukken",
    ]

    assert follow(words, bare(PRINTED[name](FIRST))) == []


@every_file
def test_every_file_names_the_columns_of_what_changed_the_same(name):
    columns = "".join(map(bare, printed.CHANGE_COLUMNS))

    assert columns in bare(PRINTED[name](FIRST))


@every_print
def test_every_overview_names_the_points_without_a_state_of_play(name):
    _before, overview = PRINTED[name](UNFINISHED).rsplit("Overzicht van de stand van zaken", 1)

    assert "Noggeenstandvanzaken101" in bare(overview)


def test_every_file_has_the_same_title():
    docx, odt = write(FIRST, Format.DOCX), write(FIRST, Format.ODT)
    title = f"{FIRST.title} 2025"
    name = "{http://purl.org/dc/elements/1.1/}title"

    assert str(opened(write(FIRST, Format.PDF)).docinfo.Title) == title
    assert part(docx, "docProps/core.xml").findtext(f".//{name}") == title
    assert part(odt, "meta.xml").findtext(f".//{name}") == title


# --- Itself -------------------------------------------------------------------------


def is_in_order(some, all_of_them):
    rest = iter(all_of_them)
    return all(each in rest for each in some)


def test_the_document_has_something_of_everything_to_compare():
    assert min(map(len, (SAID, NOTES, IN_TEXT, IN_NOTES))) > 0
