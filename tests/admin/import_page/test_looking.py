"""A coordinator looks at what an edited report would change in an open round."""

from dataclasses import replace

import pytest

from actions.models import StatusEntry
from actions.richtext.html import parse
from reports.build import build
from reports.document import Section
from reports.readers import Margin
from reports.writers import json_file, office
from tests import factories
from tests.admin.import_page.page import entry, key, page_of, save, versions_on
from tests.admin.pages import change
from tests.admin.test_work import links, text_of
from tests.reports.edited import edit
from tests.reports.office_files import edited as changed


def test_the_page_of_an_open_round_leads_to_it(as_coordinator, in_round):
    assert links(as_coordinator.get(change(in_round)), page_of(in_round))


def test_what_would_change_is_shown_and_ticked(send, in_round, edited):
    page = send(edited)

    assert page.status_code == 200
    assert page.context["chosen"] == {
        key(in_round, "Wet"),
        key(in_round, "Gids"),
        "section-1",
    }
    said = text_of(page)
    assert "3 actiepunten van de ronde van 2022 staan erin. 3 wijzigingen" in said
    assert "Onderzoek doen" not in said


@pytest.mark.parametrize("write", [office.write_docx, office.write_odt])
def test_an_office_file_is_read_in_as_it_was_edited(write, send, apply, in_round, edited):
    page = send(write(edited))

    assert page.context["chosen"] == {key(in_round, "Wet"), key(in_round, "Gids"), "section-1"}
    assert not page.context["comparison"].leaves_out
    apply(page)
    assert entry(in_round, "Wet").status.label == "Voltooid"
    assert entry(in_round, "Gids").explanation == "<p>Een andere toelichting.</p>"


@pytest.mark.parametrize("write", [office.write_docx, office.write_odt])
def test_an_office_file_that_nobody_edited_has_nothing_to_read_in(write, send, in_round):
    page = send(write(build(in_round)))

    assert "het register zegt hetzelfde" in text_of(page)


def test_looking_writes_nothing(send, in_round, edited, everything):
    before = everything()

    send(edited)

    assert everything() == before


def test_a_file_that_says_the_same_has_nothing_to_read_in(send, in_round):
    page = send(build(in_round))

    assert "het register zegt hetzelfde" in text_of(page)
    assert b'type="checkbox"' not in page.content


def test_what_is_not_read_in_is_told(send, in_round, edited):
    report = edit(edited, "Onderzoek", title="Nieuw actiepunt", status="Bijna klaar")
    report = edit(report, "Gids", goal="Een ander doel", status="Half klaar")

    said = text_of(send(report))

    assert "Actiepunten die deze ronde niet heeft 1.1.3 Nieuw actiepunt" in said
    assert "niet in het bestand staan Die blijven zoals ze zijn. 1.1.3 Onderzoek doen" in said
    assert "De stand van zaken “Half klaar” bestaat niet." in said
    assert "toegevoegd: ander doel" in said


def test_an_approved_entry_is_ticked_and_said_to_be_approved(send, in_round, edited):
    for each in StatusEntry.objects.all():
        factories.put_in_stage(each, "approved", is_confirmed=True)

    page = send(edited)

    assert key(in_round, "Wet") in page.context["chosen"]
    assert "Deze jaarlijkse stand is goedgekeurd." in text_of(page)


def test_what_a_colleague_changed_since_is_not_ticked(send, in_round, edited):
    colleague = factories.coordinator(username="colleague", first_name="Sam", last_name="Bos")
    save(colleague, entry(in_round, "Onderzoek"), "<p>Een toelichting. En nog iets.</p>")

    page = send(edited)

    assert key(in_round, "Onderzoek") in versions_on(page)
    assert key(in_round, "Onderzoek") not in page.context["chosen"]
    assert "wat er stond voordat Sam Bos het wijzigde" in text_of(page)


@pytest.mark.parametrize("year", [2021, 0])
def test_of_a_report_on_another_year_nothing_is_ticked(year, send, edited):
    page = send(replace(edited, year=year))

    assert page.context["chosen"] == set()
    assert "Hieronder is niets aangevinkt." in text_of(page)


def test_nothing_in_a_file_acts_as_markup(send, in_round, edited):
    evil = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    report = edit(edited, "Gids", goal=evil, status=evil, explanation="<p>x</p>")
    report = edit(report, "Onderzoek", title=evil)
    report = replace(report, sections=(Section(evil, parse("<p>x</p>")),))

    content = send(report, name="<script>alert(1)</script>.docx").content.decode()

    assert "<script>alert" not in content
    assert "<img" not in content


WORD_REMARKS = (
    '><w:comment w:id="0"><w:p/></w:comment><w:comment w:id="1"><w:p/></w:comment></w:comments>'
)
WORD_TEXT = '<w:r><w:t xml:space="preserve">Een andere toelichting.</w:t></w:r>'
WORD_INSERTED = f'<w:ins w:id="9" w:author="Iemand">{WORD_TEXT}</w:ins>'
ODT_REMARK = "<office:annotation><text:p>Klopt dit?</text:p></office:annotation>"
ODT_DELETED = (
    '<office:text><text:tracked-changes><text:changed-region text:id="a"><text:deletion>'
    "<text:p>Weg.</text:p></text:deletion></text:changed-region></text:tracked-changes>"
)


def test_remarks_and_tracked_changes_in_a_word_file_are_told(send, in_round, edited):
    data = changed(office.write_docx(edited), "word/document.xml", WORD_TEXT, WORD_INSERTED)

    page = send(changed(data, "word/comments.xml", "/>", WORD_REMARKS))

    assert page.context["margin"] == Margin(2, has_changes=True).sentences()
    assert page.context["margin"][0] in text_of(page)
    assert key(in_round, "Gids") in page.context["chosen"]


def test_remarks_and_tracked_changes_in_an_odt_are_told(send, in_round, edited):
    data = changed(office.write_odt(edited), "content.xml", "<office:text>", ODT_DELETED)
    text = "Een andere toelichting."

    page = send(changed(data, "content.xml", text, f"{ODT_REMARK}{text}"))

    assert page.context["margin"] == Margin(1, has_changes=True).sentences()
    assert key(in_round, "Gids") in page.context["chosen"]


@pytest.mark.parametrize("write", [office.write_docx, office.write_odt, json_file.write])
def test_of_a_file_without_remarks_there_is_nothing_to_tell(write, send, edited):
    assert send(write(edited)).context["margin"] == []
