"""A coordinator reads in what a colleague changed meanwhile."""

from actions.models import ReportingRound
from reports.models import ReportText
from tests import factories
from tests.admin.import_page.page import entry, key, said_on, save
from tests.admin.pages import change
from tests.admin.test_work import text_of


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
