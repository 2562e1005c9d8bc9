"""A coordinator chooses what is read in from an edited report."""

from dataclasses import replace

from actions.models import StatusEntry
from actions.richtext.html import parse
from reports.build import build
from reports.document import Section
from reports.models import ReportText
from reports.proposals import compare
from tests import factories
from tests.admin.import_page.page import at, entry, key, said_on, save
from tests.admin.pages import change
from tests.reports.edited import edit


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


def test_what_is_gone_when_it_is_read_in_is_not_said_to_have_been_there(
    send, apply, in_round, edited, as_coordinator
):
    page = send(edited)
    entry(in_round, "Wet").delete()

    answer = apply(page)

    assert said_on(as_coordinator.get(answer.url)) == [
        "2 wijzigingen zijn ingelezen.",
        "1 wijziging is niet ingelezen: wat u zag, is er niet meer. Kies het bestand opnieuw om te "
        "zien wat er nu zou wijzigen.",
    ]


def test_a_new_text_whose_place_was_taken_is_not_said_to_have_been_there(
    send, apply, in_round, edited, as_coordinator
):
    added = Section("Vooruitblik", parse("<p>Wat er komt.</p>"))
    page = send(replace(edited, sections=(*edited.sections, added)))
    factories.report_text(round=in_round, position=2, title="Samenvatting")

    answer = apply(page, "section-2")

    [said] = said_on(as_coordinator.get(answer.url))
    assert said.startswith("1 wijziging is niet ingelezen")
    assert not ReportText.objects.filter(title="Vooruitblik").exists()
