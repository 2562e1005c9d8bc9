"""What the forms of the admin take in, and what they record."""

import pytest
from django.db import connection

from actions.models import ActionPoint, Organisation, Pillar, StatusEntry, Succession, Theme
from reports.models import CoverLetter, ReportText
from tests import factories
from tests.admin.pages import address, change, form_values, history

HOSTILE = (
    '<p onclick="alert(1)">Tekst<script>alert(2)</script> met '
    '<a href="javascript:alert(3)">link</a><img src=x onerror=alert(4)> '
    '<span class="footnote evil" style="color:red">noot</span></p>'
)
CLEAN = '<p>Tekst met link <span class="footnote">noot</span></p>'


# --- Rich text ---------------------------------------------------------------


def test_explanation_is_sanitised_when_an_editor_saves_it(signed_in, editor, entry):
    client = signed_in(editor)

    client.post(change(entry), form_values(client.get(change(entry)), explanation=HOSTILE))

    entry.refresh_from_db()
    assert entry.explanation == CLEAN
    assert entry.explanation_text == "Tekst met link\nnoot"


@pytest.mark.parametrize(
    ("row", "field"),
    [
        (factories.pillar, "description"),
        (factories.report_text, "body"),
        (factories.cover_letter, "body"),
    ],
)
def test_other_rich_text_is_sanitised_too(row, field, signed_in, coordinator):
    row = row()
    client = signed_in(coordinator)

    client.post(change(row), form_values(client.get(change(row)), **{field: HOSTILE}))

    row.refresh_from_db()
    assert getattr(row, field) == CLEAN


@pytest.mark.parametrize("model", [StatusEntry, Pillar, ReportText, CoverLetter])
def test_hostile_markup_in_the_database_is_not_shown(model, fill, signed_in, reader):
    fill()
    field = {StatusEntry: "explanation", Pillar: "description"}.get(model, "body")
    row = model.objects.first()
    # Past every path of ours: straight into the table.
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {model._meta.db_table} SET {field} = %s", [HOSTILE])  # noqa: S608

    page = signed_in(reader).get(change(row)).content.decode()

    assert "alert(" not in page


def test_explanation_longer_than_any_is_refused_with_a_sentence(signed_in, editor, entry):
    client = signed_in(editor)
    values = form_values(client.get(change(entry)), explanation="<ul><li>" * 4_000)

    response = client.post(change(entry), values)

    [error] = response.context["form"].errors["explanation"]
    assert "30000" in error


def test_text_at_a_taken_position_is_refused_with_a_sentence(signed_in, coordinator):
    first = factories.report_text(position=1)
    second = factories.report_text(round=first.round, position=2)
    client = signed_in(coordinator)

    response = client.post(change(second), form_values(client.get(change(second)), position=1))

    assert "al een tekst op deze plaats" in str(response.context["adminform"].form.errors)


# --- History -----------------------------------------------------------------


def label(field):
    return StatusEntry._meta.get_field(field).verbose_name


def test_history_shows_who_changed_what_from_old_to_new(signed_in, editor, entry):
    old, new = entry.status, factories.status(label="Vertraagd")
    client = signed_in(editor)
    values = form_values(
        client.get(change(entry)), status=new.pk, explanation="<p>Een <em>nieuwe</em> tekst.</p>"
    )

    client.post(change(entry), values)

    record = entry.history.first()
    assert record.history_user == editor
    page = client.get(history(entry))
    saved = page.context["chapters"][0].events[0]
    assert saved.by == editor
    assert {change.label: (change.old, change.new) for change in saved.changes} == {
        label("explanation"): ("<p>Een toelichting.</p>", "<p>Een <em>nieuwe</em> tekst.</p>"),
        label("status"): (old.label, "Vertraagd"),
    }
    assert "Een <em>nieuwe</em> tekst." in page.content.decode()


def test_history_shows_rich_text_as_it_looks(signed_in, coordinator):
    pillar = factories.pillar(description="<p>Oud.</p>")
    client = signed_in(coordinator)
    values = form_values(
        client.get(change(pillar)), description="<p>Een <em>nieuwe</em> tekst.</p>"
    )

    client.post(change(pillar), values)

    assert pillar.history.first().history_user == coordinator
    page = client.get(history(pillar))
    [shown] = page.context["page_obj"][0].history_delta_changes
    assert (shown["old"], shown["new"]) == ("<p>Oud.</p>", "<p>Een <em>nieuwe</em> tekst.</p>")
    assert "Een <em>nieuwe</em> tekst." in page.content.decode()


def test_history_shows_labels_and_not_codes(signed_in, coordinator, ministry):
    client = signed_in(coordinator)

    client.post(change(ministry), form_values(client.get(change(ministry)), kind="agency"))

    [shown] = client.get(history(ministry)).context["page_obj"][0].history_delta_changes
    assert (shown["old"], shown["new"]) != ("ministry", "agency")
    assert shown["new"] == Organisation.Kind.AGENCY.label


def test_history_shows_a_relation_that_was_empty_as_empty(signed_in, coordinator):
    entry = factories.status_entry(status=None)
    client = signed_in(coordinator)
    status = factories.status(label="Voltooid")
    client.post(change(entry), form_values(client.get(change(entry)), status=status.pk))

    page = client.get(history(entry))

    [chosen] = page.context["chapters"][0].events[0].changes
    assert (chosen.old, chosen.new) == ("", "Voltooid")
    assert "Voltooid" in page.content.decode()


def test_history_of_another_row_shows_a_relation_that_was_empty_as_empty(signed_in, coordinator):
    text = factories.report_text(pillar=None)
    pillar = factories.pillar(plan=text.round.plan, title="Beschermen")
    client = signed_in(coordinator)
    client.post(change(text), form_values(client.get(change(text)), pillar=pillar.pk))

    page = client.get(history(text)).content.decode()

    assert "Beschermen" in page
    assert "pk=None" not in page


def test_history_does_not_run_markup_of_plain_fields(signed_in, coordinator, ministry):
    client = signed_in(coordinator)
    values = form_values(client.get(change(ministry)), name="<script>alert(1)</script>")

    client.post(change(ministry), values)

    page = client.get(history(ministry)).content.decode()
    assert "<script>alert(1)</script>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


@pytest.mark.parametrize("method", ["get", "post"])
def test_no_page_reverts_to_an_old_version(method, signed_in, reader, entry):
    version = entry.history.first().pk

    response = getattr(signed_in(reader), method)(f"{history(entry)}{version}/", follow=True)

    assert response.status_code == 404


# --- Action points -----------------------------------------------------------

NO_RESPONSIBILITIES = {
    "responsibilities-TOTAL_FORMS": "0",
    "responsibilities-INITIAL_FORMS": "0",
}


def add_point(client, theme, **values):
    defaults = {"theme": theme.pk, "title": "Nieuw", "first_year": 2024, **NO_RESPONSIBILITIES}
    return client.post(address(ActionPoint, "add"), {**defaults, **values})


def test_a_point_without_a_sequence_comes_last_in_its_theme(signed_in, coordinator):
    theme = factories.theme()
    factories.action_point(theme=theme, sequence=4)

    assert add_point(signed_in(coordinator), theme, sequence="").status_code == 302

    assert ActionPoint.objects.get(title="Nieuw").number == "1.1.5"


def test_a_taken_number_is_refused_with_a_message(signed_in, coordinator):
    theme = factories.theme()
    factories.action_point(theme=theme, sequence=4)

    page = add_point(signed_in(coordinator), theme, sequence=4)

    assert page.status_code == 200
    assert page.context["adminform"].form.non_field_errors()


def test_the_number_of_a_point_stands(signed_in, coordinator):
    point = factories.action_point()
    client = signed_in(coordinator)
    forged = {"number": "9.9.9", "sequence": 9, "theme": factories.theme().pk, "title": "Anders"}

    client.post(change(point), form_values(client.get(change(point)), **forged))

    changed = ActionPoint.objects.get(pk=point.pk)
    assert changed.title == "Anders"
    assert (changed.number, changed.sequence, changed.theme) == ("1.1.1", 1, point.theme)


def test_a_pillar_keeps_its_plan_and_number(signed_in, coordinator):
    pillar = factories.pillar()
    client = signed_in(coordinator)
    forged = {"plan": factories.plan().pk, "number": 9, "title": "Anders"}

    client.post(change(pillar), form_values(client.get(change(pillar)), **forged))

    changed = Pillar.objects.get(pk=pillar.pk)
    assert changed.title == "Anders"
    assert (changed.plan, changed.number) == (pillar.plan, pillar.number)


def test_a_theme_keeps_its_pillar_and_position(signed_in, coordinator):
    theme = factories.theme()
    client = signed_in(coordinator)
    forged = {"pillar": factories.pillar().pk, "position": 9, "title": "Anders"}

    client.post(change(theme), form_values(client.get(change(theme)), **forged))

    changed = Theme.objects.get(pk=theme.pk)
    assert changed.title == "Anders"
    assert (changed.pillar, changed.position) == (theme.pillar, theme.position)


@pytest.mark.parametrize("is_published", [True, False], ids=["published", "only in use"])
def test_label_and_tone_of_a_status_stand_once_a_published_table_shows_them(
    signed_in, coordinator, is_published
):
    make = factories.published_entry if is_published else factories.status_entry
    status = make(status=factories.status(label="Doorlopend", tone="ongoing")).status
    client = signed_in(coordinator)
    forged = {"label": "Voltooid", "tone": "done", "position": 9}

    client.post(change(status), form_values(client.get(change(status)), **forged))

    status.refresh_from_db()
    stands = ("Doorlopend", "ongoing")
    assert (status.label, status.tone) == (stands if is_published else ("Voltooid", "done"))
    assert status.position == 9


def test_a_point_shows_its_entries_through_the_years(signed_in, coordinator):
    point = factories.action_point()
    old = factories.published_entry(action_point=point)
    new = factories.status_entry(action_point=point)

    page = signed_in(coordinator).get(change(point)).content.decode()

    assert change(old) in page
    assert change(new) in page


def test_a_responsibility_is_added_on_the_page_of_its_point(signed_in, coordinator, ministry):
    point = factories.action_point()
    client = signed_in(coordinator)
    values = {
        "responsibilities-TOTAL_FORMS": "1",
        "responsibilities-0-organisation": ministry.pk,
        "responsibilities-0-role": "executing",
        "responsibilities-0-first_year": "2022",
    }

    client.post(change(point), form_values(client.get(change(point)), **values))

    assert point.responsibilities.get().organisation == ministry


# --- Texts of the report ------------------------------------------------------


def test_a_text_is_given_the_pillar_that_it_speaks_of(signed_in, coordinator):
    in_round = factories.reporting_round()
    pillar = factories.pillar(plan=in_round.plan, title="Beschermen")
    client = signed_in(coordinator)
    values = {"round": in_round.pk, "pillar": pillar.pk, "position": 1, "title": "Dit jaar"}

    client.post(address(ReportText, "add"), values)

    assert ReportText.objects.get().pillar == pillar
    assert "Beschermen" in client.get(address(ReportText, "changelist")).content.decode()


# --- Rules of the models, as messages instead of server errors ----------------


def test_two_themes_of_one_short_name_are_refused_with_a_message(signed_in, coordinator):
    theme = factories.theme(title="Handel")
    values = {"pillar": theme.pillar_id, "position": 2, "title": "Handel"}

    page = signed_in(coordinator).post(address(Theme, "add"), values)

    assert page.status_code == 200
    assert page.context["adminform"].form.non_field_errors()


def test_an_approved_entry_keeps_a_status(signed_in, coordinator, entry):
    factories.put_in_stage(entry, "approved")
    client = signed_in(coordinator)

    page = client.post(change(entry), form_values(client.get(change(entry)), status=""))

    assert page.status_code == 200
    assert page.context["form"].non_field_errors()


def test_a_row_that_is_in_use_is_not_deleted(signed_in, coordinator, entry):
    page = signed_in(coordinator).post(
        address(entry.status, "delete", entry.status.pk), {"post": "yes"}
    )

    assert page.status_code == 200
    assert page.context["protected"]


def test_both_sides_of_a_succession_stand_on_the_page(signed_in, coordinator, ministry):
    older, newer = factories.organisation(), factories.organisation()
    client = signed_in(coordinator)
    values = {
        "successors-TOTAL_FORMS": "1",
        "successors-0-successor": newer.pk,
        "successors-0-kind": "renamed",
        "successors-0-year": "2024",
        "predecessors-TOTAL_FORMS": "1",
        "predecessors-0-predecessor": older.pk,
        "predecessors-0-kind": "merged",
        "predecessors-0-year": "2010",
    }

    response = client.post(change(ministry), form_values(client.get(change(ministry)), **values))

    assert response.status_code == 302
    made = Succession.objects.values_list("predecessor", "successor", "year")
    assert set(made) == {(ministry.pk, newer.pk, 2024), (older.pk, ministry.pk, 2010)}


@pytest.mark.parametrize("stage", ["open", "closed", "published"])
def test_no_form_moves_a_round(stage, signed_in, coordinator):
    in_round = factories.reporting_round(stage="preparing")
    client = signed_in(coordinator)

    client.post(change(in_round), form_values(client.get(change(in_round)), stage=stage))

    in_round.refresh_from_db()
    assert in_round.stage == "preparing"
