"""A whole year of the working group, played in real browsers: from opening to closing the round."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from actions.models import ReportingRound, Status, StatusEntry
from tests import factories
from tests.admin.pages import address, change, type_at_the_end

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def sign_in(browser, live_server):
    """Gives a person a browser of their own, and lands where they land."""
    contexts = []

    def open_browser(person):
        context = browser.new_context(locale="nl-NL", base_url=live_server.url)
        contexts.append(context)
        page = context.new_page()
        page.goto(reverse("admin:index"))
        page.fill("#id_username", person.username)
        page.fill("#id_password", factories.PASSWORD)
        with page.expect_navigation():
            page.click("[type=submit]")
        return page

    yield open_browser
    for context in contexts:
        context.close()


@pytest.fixture
def last_year(ministry, other_ministry):
    """The published round of 2024: two points of the one ministry and one of the other."""
    plan = factories.plan()
    in_round = factories.reporting_round(plan=plan, year=2024, stage="published")
    theme = factories.theme(pillar=factories.pillar(plan=plan))
    factories.status(label="Geen update ontvangen", tone=Status.Tone.NO_UPDATE)
    for title, organisation in {
        "Rapport opstellen": ministry,
        "Wet wijzigen": ministry,
        "Inkoop verduurzamen": other_ministry,
    }.items():
        factories.published_entry(
            action_point=factories.action_point(theme=theme, title=title),
            round=in_round,
            responsible=organisation,
        )
    return in_round


def press(page, name):
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def open_from_work(page, title):
    page.goto(reverse("admin:index"))
    page.get_by_role("link", name=re.compile(title)).first.click()


def entry_of(title):
    return StatusEntry.objects.get(round__year=2025, title=title)


def test_a_year_from_opening_to_closing(
    sign_in, last_year, coordinator, editor, ministry, other_ministry, mailoutbox
):
    for person in (coordinator, editor):
        person.email = f"{person.username}@rijk.example"
        person.save()
    colleague = factories.editor(
        member_of=ministry, username="colleague", email="colleague@rijk.example"
    )
    other = factories.other_editor(member_of=other_ministry, email="other@rijk.example")

    # The coordinator prepares the round of 2025 and opens it.
    theirs = sign_in(coordinator)
    theirs.goto(address(ReportingRound, "add"))
    theirs.locator(".field-plan .select2-selection").click()
    theirs.locator(".select2-results__option", has_text=last_year.plan.title).click()
    theirs.fill("#id_year", "2025")
    theirs.fill("#id_reference_date", "01-10-2025")
    theirs.fill("#id_deadline", "01-12-2025")
    with theirs.expect_navigation():
        theirs.click("[name=_continue]")
    in_round = ReportingRound.objects.get(year=2025)
    assert in_round.stage == "preparing"
    theirs.goto(address(ReportingRound, "open", in_round.pk))
    press(theirs, "Ronde openen")
    in_round.refresh_from_db()
    assert in_round.is_open
    carried = StatusEntry.objects.for_round(in_round)
    assert {(each.explanation, each.is_confirmed) for each in carried} == {
        ("<p>Een toelichting.</p>", False)
    }
    assert {mail.to[0] for mail in mailoutbox} == {editor.email, colleague.email, other.email}
    mailoutbox.clear()

    # An editor writes one point and submits it.
    mine = sign_in(editor)
    open_from_work(mine, "Rapport opstellen")
    type_at_the_end(mine, " In 2025 is het rapport verschenen.")
    press(mine, "Indienen")
    assert entry_of("Rapport opstellen").stage == "submitted"
    assert [mail.to for mail in mailoutbox] == [[coordinator.email]]

    # Two editors write the other point at once. The second brings the texts together.
    colleagues = sign_in(colleague)
    open_from_work(colleagues, "Wet wijzigen")
    open_from_work(mine, "Wet wijzigen")
    type_at_the_end(mine, " De wet ligt bij de Kamer.")
    press(mine, "Concept opslaan")
    type_at_the_end(colleagues, " De Raad van State heeft geadviseerd.")
    press(colleagues, "Indienen")
    told = colleagues.get_by_role("heading", name=re.compile("Iemand anders was u voor"))
    expect(told).to_be_visible()
    expect(colleagues.get_by_text("De wet ligt bij de Kamer.").first).to_be_visible()
    type_at_the_end(colleagues, " De wet ligt bij de Kamer.")
    press(colleagues, "Indienen")
    assert entry_of("Wet wijzigen").explanation == (
        "<p>Een toelichting. De Raad van State heeft geadviseerd. De wet ligt bij de Kamer.</p>"
    )

    # At the other ministry nothing has changed.
    others = sign_in(other)
    open_from_work(others, "Inkoop verduurzamen")
    press(others, "Ongewijzigd bevestigen en indienen")
    assert entry_of("Inkoop verduurzamen").is_confirmed

    # The coordinator approves two and returns one, with a remark.
    for title in ("Rapport opstellen", "Inkoop verduurzamen"):
        theirs.goto(change(entry_of(title)))
        press(theirs, "Goedkeuren")
    theirs.goto(change(entry_of("Wet wijzigen")))
    press(theirs, "Terugsturen met de opmerking")
    assert entry_of("Wet wijzigen").stage == "submitted"
    theirs.get_by_role("textbox", name="Opmerking").fill("Noem het nummer van het Kamerstuk.")
    mailoutbox.clear()
    press(theirs, "Terugsturen met de opmerking")
    assert {mail.to[0] for mail in mailoutbox} == {editor.email, colleague.email}
    assert all("Noem het nummer van het Kamerstuk." in mail.body for mail in mailoutbox)

    # The round cannot be closed yet, and its page says what stands in the way.
    theirs.goto(change(in_round))
    expect(theirs.get_by_role("link", name=re.compile("Wet wijzigen")).first).to_be_visible()
    expect(theirs.get_by_role("link", name="Sluiten voorbereiden")).to_have_count(0)

    # The remark stands where the work waits; the editor mends the text.
    mine.goto(reverse("admin:index"))
    expect(mine.get_by_text("Noem het nummer van het Kamerstuk.")).to_be_visible()
    open_from_work(mine, "Wet wijzigen")
    type_at_the_end(mine, " (Kamerstuk 36 547, nr. 4)")
    press(mine, "Indienen")
    assert mine.url.endswith(reverse("admin:index"))

    # The coordinator approves it and closes the round.
    theirs.goto(change(entry_of("Wet wijzigen")))
    press(theirs, "Goedkeuren")
    theirs.goto(change(in_round))
    theirs.get_by_role("link", name="Sluiten voorbereiden").click()
    press(theirs, "Ronde sluiten")
    in_round.refresh_from_db()
    assert in_round.stage == "closed"
    log = entry_of("Wet wijzigen").transitions.order_by("id")
    assert [(each.by.username, each.to_stage) for each in log] == [
        (colleague.username, "submitted"),
        (coordinator.username, "returned"),
        (editor.username, "submitted"),
        (coordinator.username, "approved"),
    ]

    # What is being written reaches no public page before it is published.
    public = theirs.goto(f"/{last_year.plan.slug}/actiepunten/?jaar=2025").text()
    assert "Raad van State" not in public
