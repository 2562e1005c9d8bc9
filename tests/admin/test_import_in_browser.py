"""Reading a report back in, in a real browser: by keyboard, without scripts, on a narrow page."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from actions import services
from actions.models import StatusEntry
from reports.build import build
from reports.writers import json_file
from tests import factories
from tests.admin.pages import address, change
from tests.conftest import AXE
from tests.reports.edited import edit

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def in_round(db):
    """An open round with a submitted, a changed and an ordinary entry."""
    theme = factories.theme(pillar=factories.pillar(plan=factories.plan()))
    in_round = factories.reporting_round(plan=theme.plan)
    status = factories.status(label="Doorlopend")
    factories.status(label="Voltooid")
    for title in ("Wet over mensenhandel", "Gids maken", "Onderzoek doen"):
        point = factories.action_point(theme=theme, title=title)
        factories.status_entry(action_point=point, round=in_round, status=status)
    return in_round


@pytest.fixture
def file(in_round, coordinator, tmp_path):
    """An edited report, from before a colleague changed an entry and another was submitted."""
    report = edit(build(in_round), "Wet", status="Voltooid", goal="Een ander doel")
    text = '<p>Een heel andere toelichting<span class="footnote">Een noot</span>.</p>'
    report = edit(report, "Gids", explanation=text)
    law = StatusEntry.objects.get(title="Wet over mensenhandel")
    factories.put_in_stage(law, "submitted", is_confirmed=True)
    entry = in_round.entries.get(title="Onderzoek doen")
    services.save_entry(
        entry=entry,
        version=entry.version,
        content=services.Content(entry.status, "<p>Een toelichting. En nog iets.</p>"),
        by=coordinator,
    )
    path = tmp_path / "rapportage.json"
    path.write_bytes(json_file.write(report))
    return path


@pytest.fixture
def visit(browser, live_server, coordinator):
    """Opens a page as the coordinator in a browser like this. Complaints in the console fail."""
    contexts, complaints = [], []

    def open_page(url, **like):
        context = browser.new_context(locale="nl-NL", base_url=live_server.url, **like)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: said.type == "error" and complaints.append(said.text))
        page.goto(reverse("admin:login"))
        page.fill("#id_username", coordinator.username)
        page.fill("#id_password", factories.PASSWORD)
        with page.expect_navigation():
            page.click("[type=submit]")
        page.goto(url)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not complaints


def page_of(in_round):
    return address(in_round, "import", in_round.pk)


def look(page, file):
    page.set_input_files("#id_file", file)
    with page.expect_navigation():
        page.get_by_role("button", name="Laten zien wat er verandert").press("Enter")


def expect_ticked(page, expected):
    """Waits until the page has these boxes, by name, ticked or not, and no others."""
    expect(page.get_by_role("checkbox")).to_have_count(len(expected))
    for name, is_ticked in expected.items():
        expect(page.locator(f"[name={name}]")).to_be_checked(checked=is_ticked)


def stored(in_round):
    return dict(in_round.entries.values_list("title", "explanation"))


@pytest.mark.parametrize("has_scripts", [True, False])
def test_it_works_by_keyboard_and_without_scripts(has_scripts, visit, in_round, file):
    page = visit(change(in_round), java_script_enabled=has_scripts)
    with page.expect_navigation():
        page.get_by_role("link", name="Rapportage inlezen").press("Enter")
    look(page, file)
    of_law, of_guide, of_study = [
        f"entry-{pk}" for pk in in_round.entries.values_list("pk", flat=True)
    ]
    expect_ticked(page, {of_law: True, of_guide: True, of_study: False})

    page.get_by_role("checkbox", name="1.1.1 Wet over mensenhandel").press("Space")
    page.keyboard.press("Tab")
    expect_ticked(page, {of_law: False, of_guide: True, of_study: False})
    with page.expect_navigation():
        page.get_by_role("button", name="Inlezen wat is aangevinkt").press("Enter")

    page.get_by_text("1 wijziging is ingelezen.").wait_for()
    assert stored(in_round)["Gids maken"].startswith("<p>Een heel andere toelichting<span")
    assert stored(in_round)["Onderzoek doen"] == "<p>Een toelichting. En nog iets.</p>"
    assert in_round.entries.get(title__startswith="Wet").status.label == "Doorlopend"


def test_the_way_back_shows_what_is_still_to_be_chosen(visit, in_round, file):
    page = visit(page_of(in_round))
    look(page, file)
    page.get_by_role("button", name="Inlezen wat is aangevinkt").click()
    page.get_by_text("2 wijzigingen zijn ingelezen.").wait_for()
    versions = list(in_round.entries.values_list("version", flat=True))
    of_study = f"entry-{in_round.entries.get(title='Onderzoek doen').pk}"

    page.go_back()

    expect_ticked(page, {of_study: False})
    page.reload()
    expect_ticked(page, {of_study: False})
    assert list(in_round.entries.values_list("version", flat=True)) == versions


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1400, 390, 320])
def test_axe_finds_nothing_and_nothing_sticks_out(scheme, width, visit, in_round, file, tmp_path):
    page = visit(page_of(in_round), viewport={"width": width, "height": 900}, color_scheme=scheme)
    wrong = tmp_path / "rapportage.docx"
    wrong.write_bytes(b"%PDF-1.7")

    for shown in (None, wrong, file):
        if shown:
            look(page, shown)
        page.evaluate(AXE.read_text())
        found = page.evaluate("axe.run()")["violations"]
        assert not [(rule["id"], node["html"]) for rule in found for node in rule["nodes"]]
        assert page.evaluate(
            "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
        )
    expect(page.get_by_role("checkbox")).to_have_count(3)
