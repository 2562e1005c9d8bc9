"""A text of the report has no title by which a file would be read as another report."""

from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError

from actions.richtext.html import parse
from reports.document import Section
from reports.errors import ReportError
from reports.models import ReportText
from reports.readers import office as reader
from reports.writers import office as writer
from tests import factories
from tests.admin.pages import address
from tests.reports.documents import everything
from tests.reports.office_files import in_both_formats

REFUSED = [
    "Pijler",
    "pijler 2:",
    "Pijler 1: De staat beschermt",
    "PIJLER 12 – Herstel",
    "Inhoud",
    "Inhoudsopgave",
    "Overzicht van de stand van zaken",
    "Aangehaalde stukken",
    "Wat is er veranderd sinds de rapportage over 2024",
]
ACCEPTED = [
    "Pijlers van het plan",
    "De pijler 1: wat is die?",
    "Pijler 12",
    "Pijler 1 in het kort",
    "Inhoud van het plan",
    "Overzicht",
    "Aangehaalde stukken en wetten",
    "Wat is er veranderd sinds de rapportage over dit plan",
    "Stand van zaken",
    "1.1.1 Een gids maken",
    "Editie 2, 12 december 2025",
]


def titled(*titles):
    sections = tuple(Section(title, parse("<p>Dit is een tekst.</p>")) for title in titles)
    return replace(everything(), sections=sections)


def is_read_back(document, write):
    try:
        return reader.read(write(document)) == document
    except ReportError:
        return False


@pytest.mark.parametrize("title", REFUSED)
def test_title_that_would_be_read_as_another_part_is_refused(db, title):
    text = factories.report_text()
    text.title = title

    with pytest.raises(ValidationError) as refused:
        text.full_clean()

    assert list(refused.value.message_dict) == ["title"]
    assert title in refused.value.messages[0]
    assert not is_read_back(titled(title), writer.write_docx)


@pytest.mark.parametrize("title", ACCEPTED)
def test_other_titles_are_accepted(db, title):
    text = factories.report_text()
    text.title = title

    text.full_clean()


@in_both_formats
def test_texts_with_accepted_titles_are_read_back(write):
    assert is_read_back(titled(*ACCEPTED), write)


def test_text_on_a_pillar_may_be_titled_like_it(db):
    """Its title does not stand in the report."""
    in_round = factories.reporting_round()
    pillar = factories.pillar(plan=in_round.plan)
    text = factories.report_text(round=in_round, pillar=pillar, title=f"Pijler 1: {pillar.title}")

    text.full_clean()


def test_title_is_written_as_it_is_read_back(db):
    text = factories.report_text(title=" Een  titel\u200b ")

    text.full_clean()

    assert text.title == "Een titel"


def test_page_of_a_text_says_which_title_it_refuses(client, db):
    in_round = factories.reporting_round()
    client.force_login(factories.coordinator())
    values = {
        "round": in_round.pk,
        "position": 1,
        "title": "Pijler 1: De staat",
        "body": "<p>x</p>",
    }

    page = client.post(address(ReportText, "add"), values)

    assert "“Pijler 1: De staat” is" in page.content.decode()
    assert not ReportText.objects.exists()
