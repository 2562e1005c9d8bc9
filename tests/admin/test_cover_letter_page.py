"""The page of a cover letter: who finds it, where, and who may write one when."""

from datetime import date

import pytest
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from actions.models import StatusEntry
from reports.models import CoverLetter
from tests import factories
from tests.admin.pages import address, change, form_values
from tests.admin.test_work import links
from tests.reports.publishing import close_again, closed_round, publish
from tests.reports.reading_letter import file_of, head_of_the_pages, listed, of_style, page_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(signed_in, coordinator):
    return signed_in(coordinator)


def test_the_page_of_a_round_leads_to_the_letter(client):
    for stage in ("preparing", "closed"):
        in_round = factories.reporting_round(stage=stage)

        assert page_of(in_round) in client.get(change(in_round)).content.decode()


def test_the_page_of_a_letter_leads_to_its_files_and_its_form(client):
    stored = factories.cover_letter(round=closed_round())

    page = client.get(page_of(stored.round)).content.decode()

    assert "?format=docx" in page
    assert "?format=odt" in page
    assert change(stored) in page
    assert "Geachte voorzitter," in page


def in_preparation(_coordinator):
    return factories.reporting_round(stage="preparing")


def opened(_coordinator):
    return factories.reporting_round()


def closed(_coordinator):
    return closed_round()


def published(coordinator):
    in_round = closed_round()
    publish(in_round, coordinator)
    in_round.refresh_from_db()
    return in_round


def corrected(coordinator):
    in_round = published(coordinator)
    close_again(in_round, coordinator)
    return in_round


EVERY_STAGE = (in_preparation, opened, closed, published, corrected)


@pytest.mark.parametrize("at_stage", EVERY_STAGE)
def test_a_letter_is_written_and_changed_at_every_stage_of_its_round(at_stage, client, coordinator):
    in_round = at_stage(coordinator)
    form = client.get(page_of(in_round), follow=True)
    assert form.redirect_chain == [(f"{address(CoverLetter, 'add')}?round={in_round.pk}", 302)]

    saved = client.post(address(CoverLetter, "add"), form_values(form, dossier="26 485"))
    stored = CoverLetter.objects.get()
    values = form_values(client.get(change(stored)), name="A. de Wit")
    changed = client.post(change(stored), values)

    assert saved.url == changed.url == page_of(in_round)
    assert stored.round == in_round
    assert of_style(file_of(client, in_round), "Naam") == ["A. de Wit"]


def test_there_is_no_file_of_a_letter_that_is_not_there(client):
    in_round = factories.reporting_round()

    assert client.get(page_of(in_round), {"format": "docx"}).status_code == 404


def test_a_letter_that_is_written_after_publication_counts_what_was_published(client, coordinator):
    """And says what stands out in that; it is no concept, and has the day of publication."""
    in_round = closed_round()
    late, done = factories.status(tone="needs_attention"), factories.status(tone="done")
    entries = QuerySet(StatusEntry).filter(round=in_round)
    entries.update(status=late, title="Is laat")
    publish(in_round, coordinator, on=date(2025, 2, 3))
    entries.update(status=done, title="Is klaar")
    form = client.get(page_of(in_round), follow=True)
    values = form_values(form, dossier="26 485", body="<p>[aantallen]</p><p>[opvallend]</p>")

    client.post(address(CoverLetter, "add"), values)

    data = file_of(client, in_round)
    assert listed(data) == [f"{late.label}: 1", f"{late.label}:", "1.1.1 Is laat"]
    assert of_style(data, "Kenmerk")[0] == "Den Haag, 3 februari 2025"
    assert head_of_the_pages(data) == ""


@pytest.mark.parametrize("at_stage", EVERY_STAGE)
def test_a_letter_is_deleted_until_its_report_is_published(at_stage, client, coordinator):
    stored = factories.cover_letter(round=at_stage(coordinator))

    client.post(address(stored, "delete", stored.pk), {"post": "yes"})

    assert CoverLetter.objects.exists() == stored.round.is_published


def test_the_page_of_a_published_round_asks_for_its_letter_until_there_is_one(client, coordinator):
    in_round = published(coordinator)
    [(address_of_it, asked)] = links(client.get(change(in_round)), page_of(in_round))
    factories.cover_letter(round=in_round)
    [(_address, there)] = links(client.get(change(in_round)), page_of(in_round))
    assert (asked, there) == (_("Write the letter to parliament"), _("Cover letter"))

    client.force_login(factories.reader())
    CoverLetter.objects.all().delete()
    assert links(client.get(change(in_round)), page_of(in_round)) == [(address_of_it, there)]
    assert _("There is no cover letter yet.") in client.get(page_of(in_round)).content.decode()


@pytest.mark.parametrize("asked", ["pdf", "json", "exe", ""])
def test_a_letter_is_written_as_docx_and_odt_only(asked, client):
    in_round = factories.cover_letter().round

    assert client.get(page_of(in_round), {"format": asked}).status_code == 404


def test_a_reader_gets_the_letter_and_no_way_to_change_it(client):
    stored = factories.cover_letter(round=closed_round())
    client.force_login(factories.reader())

    assert file_of(client, stored.round)
    assert change(stored) not in client.get(page_of(stored.round)).content.decode()
    assert client.post(change(stored), {"subject": "Anders"}).status_code == 403


@pytest.mark.parametrize("at_stage", EVERY_STAGE)
def test_an_editor_finds_no_letter_and_writes_none(at_stage, client, coordinator):
    stored = factories.cover_letter(round=at_stage(coordinator))
    client.force_login(factories.editor(member_of=factories.organisation()))

    assert client.get(page_of(stored.round)).status_code == 404
    assert client.get(page_of(stored.round), {"format": "docx"}).status_code == 404
    assert client.get(address(CoverLetter, "add")).status_code == 404
    assert client.post(change(stored), {"subject": "Anders"}).status_code == 404


def test_a_round_has_one_letter(client):
    stored = factories.cover_letter()
    form = client.get(address(CoverLetter, "add"), {"round": stored.round_id})

    response = client.post(address(CoverLetter, "add"), form_values(form, dossier="26 485"))

    [error] = response.context["adminform"].form.errors["round"]
    assert error == str(CoverLetter._meta.get_field("round").error_messages["unique"])
    assert CoverLetter.objects.count() == 1
