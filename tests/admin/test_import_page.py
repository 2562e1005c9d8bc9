"""A coordinator reads an edited report back into an open round: looks, chooses, and reads in."""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from actions import services
from actions.models import ReportingRound, StatusEntry
from actions.richtext.html import parse
from reports.build import build
from reports.document import Section
from reports.models import ReportText
from reports.proposals import compare
from reports.writers import json_file, office
from tests import factories
from tests.admin.pages import address, change
from tests.admin.test_work import links, text_of
from tests.reports.edited import edit
from tests.reports.test_upload import ODT, deflated

Stage = ReportingRound.Stage


@pytest.fixture
def in_round(ministry):
    """An open round with three points and an introduction."""
    theme = factories.theme(pillar=factories.pillar(plan=factories.plan()))
    in_round = factories.reporting_round(plan=theme.plan)
    status = factories.status(label="Doorlopend")
    factories.status(label="Voltooid")
    for title in ("Wet over mensenhandel", "Gids maken", "Onderzoek doen"):
        point = factories.action_point(theme=theme, title=title)
        factories.responsibility(action_point=point, organisation=ministry)
        factories.status_entry(action_point=point, round=in_round, status=status)
    factories.report_text(round=in_round, title="Inleiding", body="<p>Een inleiding.</p>")
    return in_round


@pytest.fixture
def edited(in_round):
    """The report as edited: two points and the introduction are different."""
    report = edit(build(in_round), "Wet", status="Voltooid")
    report = edit(report, "Gids", explanation="<p>Een andere toelichting.</p>")
    return replace(report, sections=(Section("Inleiding", parse("<p>Een betere.</p>")),))


@pytest.fixture
def as_coordinator(signed_in, coordinator):
    return signed_in(coordinator)


@pytest.fixture
def send(as_coordinator, in_round):
    """Sends a file, and returns the page that follows."""

    def post(data, name="rapportage.docx"):
        file = SimpleUploadedFile(name, data if isinstance(data, bytes) else json_file.write(data))
        return as_coordinator.post(page_of(in_round), {"file": file}, follow=True)

    return post


@pytest.fixture
def apply(as_coordinator):
    """Sends what is ticked on a page, or these keys instead, and returns the answer."""

    def post(page, *keys, client=as_coordinator):
        keys = keys or page.context["chosen"]
        return client.post(at(page), {key: versions_on(page)[key] for key in keys})

    return post


def at(page):
    """The address of a page, with what it asks."""
    request = page.context["request"]
    return request.get_full_path()


def versions_on(page):
    return {each.key: each.version for each in page.context["comparison"].all_proposals}


def page_of(in_round):
    return address(in_round, "import", in_round.pk)


def entry(in_round, title):
    return in_round.entries.get(title__startswith=title)


def key(in_round, title):
    return f"entry-{entry(in_round, title).pk}"


def save(by, of_entry, explanation):
    of_entry.refresh_from_db()
    services.save_entry(
        entry=of_entry,
        version=of_entry.version,
        content=services.Content(of_entry.status, explanation),
        by=by,
    )


def said_on(page):
    return [str(message) for message in page.context["messages"]]


# --- Looking ---------------------------------------------------------------------


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


# --- Reading in --------------------------------------------------------------------


def test_exactly_what_was_chosen_is_read_in(send, apply, in_round, edited, coordinator):
    before = dict(StatusEntry.objects.values_list("pk", "version"))

    page = apply(send(edited), key(in_round, "Wet"))

    assert page.url == change(in_round)
    law = entry(in_round, "Wet")
    assert law.status.label == "Voltooid"
    assert law.explanation == "<p>Een toelichting.</p>"
    assert law.is_confirmed
    assert law.stage == "draft"
    record = law.history.first()
    assert record.history_user == coordinator
    assert record.history_change_reason == "Ingelezen uit rapportage.docx"
    after = dict(StatusEntry.objects.values_list("pk", "version"))
    assert {pk for pk in before if before[pk] != after[pk]} == {law.pk}
    assert ReportText.objects.get().body == "<p>Een inleiding.</p>"


def test_all_that_is_ticked_is_read_in(send, apply, in_round, edited, as_coordinator):
    page = apply(send(edited))

    assert said_on(as_coordinator.get(page.url)) == ["3 wijzigingen zijn ingelezen."]
    assert entry(in_round, "Gids").explanation == "<p>Een andere toelichting.</p>"
    assert ReportText.objects.get().body == "<p>Een betere.</p>"
    assert not compare(edited, in_round).all_proposals


def test_a_new_section_is_put_behind_the_others(send, apply, in_round):
    report = build(in_round)
    section = Section("Leeswijzer", parse("<p>Zo leest u dit.</p>"))

    page = send(replace(report, sections=(*report.sections, section)))
    assert page.context["chosen"] == set()
    apply(page, "section-2")

    assert list(ReportText.objects.values_list("position", "title")) == [
        (1, "Inleiding"),
        (2, "Leeswijzer"),
    ]


def test_what_is_said_of_a_pillar_is_kept_for_this_round(send, apply, in_round):
    report = build(in_round)
    pillar = in_round.plan.pillars.get()
    described = replace(report.pillars[0], description=parse("<p>Dit jaar.</p>"))

    apply(send(replace(report, pillars=(described,))), f"pillar-{pillar.pk}")

    assert ReportText.objects.get(pillar=pillar).body == "<p>Dit jaar.</p>"
    pillar.refresh_from_db()
    assert pillar.description == ""


def test_a_submitted_entry_stays_submitted(send, apply, in_round, edited):
    for each in StatusEntry.objects.all():
        factories.put_in_stage(each, "submitted", is_confirmed=True)

    apply(send(edited), key(in_round, "Gids"))

    assert entry(in_round, "Gids").stage == "submitted"


def test_a_link_of_ones_own_stays_in_a_text_that_stays(send, apply, in_round, edited, coordinator):
    own = (
        '<p>Zie <a href="https://zoek.officielebekendmakingen.nl/kst-26485-430.html">'
        "Kamerstuk 26 485, nr. 430</a>.</p>"
    )
    save(coordinator, entry(in_round, "Wet"), own)

    apply(send(edit(build(in_round), "Wet", status="Voltooid")), key(in_round, "Wet"))

    law = entry(in_round, "Wet")
    assert (law.status.label, law.explanation) == ("Voltooid", own)


def test_nothing_chosen_is_nothing_read_in(send, as_coordinator, edited, everything):
    page = send(edited)
    before = everything()

    page = as_coordinator.post(at(page), {"something-else": "1"})

    assert said_on(page) == ["U hebt niets gekozen, dus er is niets ingelezen."]
    assert page.context["chosen"] == set()
    assert everything() == before


def test_a_double_click_reads_in_once(send, apply, in_round, edited, as_coordinator):
    page = send(edited)

    apply(page)
    versions = dict(StatusEntry.objects.values_list("pk", "version"))
    as_coordinator.get(change(in_round))
    again = apply(page)

    assert said_on(as_coordinator.get(again.url)) == ["3 wijzigingen stonden er al."]
    assert dict(StatusEntry.objects.values_list("pk", "version")) == versions


# --- When somebody else was first ----------------------------------------------------


def test_a_colleague_who_saved_meanwhile_is_not_overwritten(
    send, apply, in_round, edited, everything
):
    page = send(edited)
    colleague = factories.coordinator(username="colleague")
    save(colleague, entry(in_round, "Gids"), "<p>Van een collega.</p>")
    before = everything()

    page = apply(page)

    assert page.status_code == 409
    [said] = said_on(page)
    assert said.startswith("1.1.2: Iemand anders heeft")
    assert "Er is niets ingelezen." in said
    assert everything() == before
    assert page.context["chosen"] == {key(in_round, "Wet"), "section-1"}
    assert "Van een collega." in text_of(page)


def test_of_several_that_colleagues_saved_meanwhile_none_stays_ticked(
    send, apply, in_round, edited
):
    page = send(edited)
    colleague = factories.coordinator(username="colleague")
    save(colleague, entry(in_round, "Wet"), "<p>Van een collega.</p>")
    save(colleague, entry(in_round, "Gids"), "<p>Van een collega.</p>")
    ReportText.objects.update(body="<p>Van een collega.</p>")

    page = apply(page)

    assert page.status_code == 409
    assert len(page.context["comparison"].all_proposals) == 3
    assert page.context["chosen"] == set()


def test_who_then_chooses_again_builds_on_what_the_colleague_saved(
    send, apply, in_round, edited, as_coordinator
):
    page = send(edited)
    save(factories.coordinator(username="colleague"), entry(in_round, "Gids"), "<p>Anders.</p>")

    assert apply(apply(page), key(in_round, "Gids")).status_code == 302

    assert entry(in_round, "Gids").explanation == "<p>Een andere toelichting.</p>"


def test_a_colleague_who_changed_the_introduction_is_not_overwritten(
    send, apply, in_round, edited, everything
):
    page = send(edited)
    text = ReportText.objects.get()
    text.body = "<p>Van een collega.</p>"
    text.save()
    before = everything()

    page = apply(page)

    assert page.status_code == 409
    assert "Iemand anders heeft de tekst “Inleiding” intussen gewijzigd." in said_on(page)[0]
    assert everything() == before


def test_what_a_colleague_did_to_another_entry_does_not_matter(send, apply, in_round, edited):
    page = send(edited)
    save(factories.coordinator(username="colleague"), entry(in_round, "Gids"), "<p>Anders.</p>")

    assert apply(page, key(in_round, "Wet")).status_code == 302


def test_two_coordinators_read_in_the_same_file(send, apply, in_round, edited, client):
    apply(send(edited))
    client.force_login(factories.coordinator(username="colleague"))

    assert "het register zegt hetzelfde" in text_of(send(edited))


def test_a_round_that_was_closed_meanwhile_stays_as_it_is(
    send, apply, in_round, edited, as_coordinator, everything
):
    page = send(edited)
    ReportingRound.objects.update(stage="closed")
    before = everything()

    page = apply(page)

    assert page.url == change(in_round)
    assert said_on(as_coordinator.get(change(in_round))) == [
        "Een rapportage kan alleen worden ingelezen in een open ronde."
    ]
    assert everything() == before


# --- On the way from one step to the other ---------------------------------------------


def test_what_would_change_can_be_looked_at_again(send, as_coordinator, in_round, edited):
    page = send(edited)

    assert as_coordinator.get(at(page)).context["chosen"] == page.context["chosen"]


def test_what_was_not_chosen_can_be_chosen_later(send, apply, in_round, edited, as_coordinator):
    page = send(edited)
    apply(page, key(in_round, "Wet"))

    page = as_coordinator.get(at(page))

    assert page.context["chosen"] == {key(in_round, "Gids"), "section-1"}


def test_two_windows_do_not_stand_in_each_others_way(send, apply, in_round, edited):
    first = send(edited)
    send(edit(edited, "Onderzoek", status="Voltooid"))

    apply(first)

    assert entry(in_round, "Onderzoek").status.label == "Doorlopend"


def test_of_many_reports_only_the_last_few_are_held(send, as_coordinator, edited):
    pages = [send(edited) for _ in range(4)]

    assert [as_coordinator.get(at(page)).status_code for page in pages] == [302, 200, 200, 200]


def asks_again(client, answer):
    assert "?" not in answer.url
    page = client.get(answer.url)
    assert said_on(page) == ["Wat u zag, is niet meer geldig. Kies het bestand opnieuw."]
    assert "form" in page.context


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", ["", "x", "é" * 500])
def test_a_report_that_is_not_held_is_asked_for(name, method, as_coordinator, in_round):
    url = f"{page_of(in_round)}?report={name}"

    asks_again(as_coordinator, getattr(as_coordinator, method)(url))


def test_a_report_that_was_looked_at_in_another_round_is_asked_for(
    send, edited, in_round, as_coordinator
):
    query = at(send(edited)).removeprefix(page_of(in_round))
    other = factories.reporting_round(plan=factories.plan())

    asks_again(as_coordinator, as_coordinator.post(page_of(other) + query))


def test_a_report_that_was_looked_at_yesterday_is_asked_for(
    send, apply, edited, as_coordinator, monkeypatch
):
    page = send(edited)
    later = timezone.now() + timedelta(hours=25)
    monkeypatch.setattr("reports.held.timezone.now", lambda: later)

    asks_again(as_coordinator, apply(page))


def test_after_the_end_of_the_session_the_file_is_asked_for(
    send, apply, edited, as_coordinator, coordinator, everything
):
    page = send(edited)
    before = everything()
    as_coordinator.logout()

    answer = apply(page)
    assert answer.url.startswith("/beheer/login/")
    as_coordinator.force_login(coordinator)

    asks_again(as_coordinator, as_coordinator.get(at(page)))
    assert everything() == before


def test_another_coordinator_does_not_see_what_is_held(send, edited, signed_in):
    page = send(edited)
    client = signed_in(factories.coordinator(username="colleague"))

    asks_again(client, client.get(at(page)))


def test_a_report_that_is_too_large_to_hold_is_refused(send, edited, monkeypatch):
    monkeypatch.setattr("reports.held._MAX_BYTES", 100)

    page = send(edited)

    assert page.context["form"].errors["file"] == ["De rapportage is te groot om hier in te lezen."]


def test_a_round_that_has_lost_its_points_meanwhile_says_so(send, edited, as_coordinator):
    page = send(edited)
    StatusEntry.objects.all().delete()

    page = as_coordinator.get(at(page), follow=True)

    assert "een ander plan" in said_on(page)[0]


# --- Files that are refused --------------------------------------------------------------


def macros():
    return deflated({**ODT, "Basic/Module1.xml": "<a/>"})


def bomb():
    return deflated({**ODT, "bom.xml": "<" + " " * 40_000_000})


def entities():
    return deflated({**ODT, "content.xml": '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>'})


def empty_archive():
    target = BytesIO()
    ZipFile(target, "w").close()
    return target.getvalue()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "Het bestand is leeg."),
        (b"%PDF-1.7", "Dit is een pdf."),
        (macros(), "Het bestand bevat macro’s."),
        (bomb(), "uitgepakt veel groter"),
        (entities(), "entiteiten in content.xml"),
        (deflated(ODT)[:-30], "beschadigd of onvolledig"),
        (empty_archive(), "Dit is een archief."),
        (b"a" * 10_000_001, "groter dan 10 MB"),
        (b"{", "geen JSON die te lezen is"),
        (b'{"version": ' + b"1" * 5_000 + b"}", "geen JSON die te lezen is"),
        (b"[" * 100_000, "geen JSON die te lezen is"),
        (b'{"version": 1}', "“title” ontbreekt"),
        (b"Zomaar een tekst.", ""),
        ("Zomaar €".encode("cp1252"), "geen UTF-8"),
        ("Zomaar".encode("utf-16"), "UTF-16"),
    ],
)
def test_a_file_that_is_refused_is_said_why_in_the_form(data, said, send, everything):
    before = everything()

    page = send(data)

    assert page.status_code == 200
    [sentence] = page.context["form"].errors["file"]
    assert said in sentence
    assert everything() == before


@pytest.mark.parametrize("character", ["\\ud800", "\\u0000"])
def test_a_character_that_does_not_exist_is_refused(character, send, edited):
    data = json_file.write(edited).replace(b"Een doelstelling", character.encode())

    assert "teken dat niet bestaat" in send(data).context["form"].errors["file"][0]


def test_no_file_is_said_so(as_coordinator, in_round):
    page = as_coordinator.post(page_of(in_round), {})

    assert page.context["form"].errors["file"]


def test_a_report_of_another_plan_is_refused(send):
    other = factories.status_entry(action_point=factories.action_point(title="Iets anders"))

    page = send(build(other.round))

    assert "een ander plan" in page.context["form"].errors["file"][0]


# --- Who may -------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("who", ["editor", "reader"])
def test_who_is_no_coordinator_finds_nothing(
    who, method, request, signed_in, in_round, edited, everything
):
    client = signed_in(request.getfixturevalue(who))
    before = everything()
    file = SimpleUploadedFile("rapportage.docx", json_file.write(edited))
    sent = {"file": file} if method == "post" else {}

    assert getattr(client, method)(page_of(in_round), sent).status_code == 404
    assert client.post(f"{page_of(in_round)}?report=x", {"entry-1": "1"}).status_code == 404
    assert everything() == before


def test_a_visitor_is_asked_to_sign_in(client, in_round):
    assert client.get(page_of(in_round)).url.startswith("/beheer/login/")
    assert client.post(page_of(in_round), {}).url.startswith("/beheer/login/")


@pytest.mark.parametrize("stage", ["preparing", "closed", "published"])
def test_a_round_that_is_not_open_takes_no_report(stage, as_coordinator, in_round):
    ReportingRound.objects.update(stage=stage, edition=1)

    assert not links(as_coordinator.get(change(in_round)), page_of(in_round))
    assert as_coordinator.get(page_of(in_round)).url == change(in_round)
    assert as_coordinator.post(page_of(in_round), {}).url == change(in_round)


def test_a_reader_is_not_led_to_it(signed_in, reader, in_round):
    assert not links(signed_in(reader).get(change(in_round)), page_of(in_round))


# --- The price -------------------------------------------------------------------------------


def test_looking_takes_as_many_queries_for_many_points_as_for_few(
    send, in_round, as_coordinator, django_assert_num_queries, coordinator
):
    theme = in_round.plan.themes.get()
    for size in (3, 9):
        for number in range(in_round.entries.count(), size):
            point = factories.action_point(theme=theme, title="abcdefghij"[number] * 12)
            factories.status_entry(action_point=point, round=in_round)
        file = build(in_round)
        for each in in_round.entries.all():
            save(coordinator, each, f"<p>Versie {size}.</p>")
        address_of_it = at(send(file))
        with django_assert_num_queries(11):
            page = as_coordinator.get(address_of_it)
        assert len(page.context["comparison"].proposals) == size
