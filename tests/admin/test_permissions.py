"""Who may do what: the table of groups, and the rules that look at a row.

What each address of the admin answers to whom stands in test_every_address.
"""

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from actions import permissions
from actions.models import EntryTransition, ReportingRound, StatusEntry
from reports.models import ReportText
from tests import factories
from tests.admin.pages import address, change, form_values


def delete(row):
    return address(row, "delete", row.pk)


# --- The table ---------------------------------------------------------------


@pytest.mark.parametrize("name", permissions.PERMISSIONS)
def test_a_group_has_exactly_the_permissions_of_the_table(name, db):
    group = Group.objects.get(name=name)

    held = {
        (f"{p.content_type.app_label}.{p.content_type.model}", p.codename.split("_")[0])
        for p in group.permissions.select_related("content_type")
    }
    table = permissions.PERMISSIONS[name].items()
    assert held == {(model, action) for model, actions in table for action in actions}


def test_the_table_names_every_model_of_the_register_and_the_reports():
    models = {
        model._meta.label_lower
        for app in ("actions", "reports")
        for model in apps.get_app_config(app).get_models()
        if not model.__name__.startswith("Historical")
    }

    assert models <= set(permissions.PERMISSIONS[permissions.READER])


def test_making_the_groups_again_takes_back_what_is_not_in_the_table(db):
    group = Group.objects.get(name=permissions.EDITOR)
    group.permissions.set(Group.objects.get(name=permissions.COORDINATOR).permissions.all())

    permissions.create_groups()

    assert group.permissions.count() == 2


# --- Visitors ----------------------------------------------------------------


def test_somebody_who_is_not_staff_is_sent_to_the_login(signed_in, db):
    response = signed_in(factories.visitor()).get(reverse("admin:index"))

    assert response.status_code == 302


def test_staff_in_no_group_sees_no_entry(signed_in, entry):
    client = signed_in(factories.user())

    assert client.get(change(entry)).status_code == 404
    assert not permissions.visible_entries(StatusEntry.objects.all(), factories.user()).exists()


# --- Editors -----------------------------------------------------------------


def test_editor_finds_only_their_own_entries(signed_in, editor, entry, other_entry):
    client = signed_in(editor)

    page = client.get(address(StatusEntry, "changelist"), {"q": ""})
    assert list(page.context["cl"].result_list) == [entry]
    found = client.get(address(StatusEntry, "changelist"), {"q": "Geheim"})
    assert not found.context["cl"].result_list


def test_editor_changes_status_and_explanation_and_nothing_else(signed_in, editor, entry):
    client = signed_in(editor)
    status = factories.status()
    forged = {
        "title": "Ander punt",
        "goal": "Ander doel",
        "stage": "approved",
        "explanation_text": "Anders",
        "round": factories.reporting_round().pk,
    }
    before = StatusEntry.objects.values().get(pk=entry.pk)

    values = form_values(client.get(change(entry)), status=status.pk, explanation="<p>Nieuw</p>")
    assert client.post(change(entry), {**values, **forged}).status_code == 302

    after = StatusEntry.objects.values().get(pk=entry.pk)
    changed = {name for name, value in after.items() if before[name] != value}
    counted = {"version", "is_confirmed"}
    assert changed == {"status_id", "explanation", "explanation_text"} | counted
    assert after["version"] == before["version"] + 1


@pytest.mark.parametrize("stage", ["submitted", "approved"])
def test_editor_reads_what_has_been_submitted_and_does_not_change_it(
    stage, signed_in, editor, entry
):
    factories.put_in_stage(entry, stage)
    client = signed_in(editor)

    assert client.get(change(entry)).status_code == 200
    assert client.post(change(entry), {"explanation": "<p>Anders</p>"}).status_code == 403
    entry.refresh_from_db()
    assert entry.explanation == "<p>Een toelichting.</p>"


@pytest.mark.parametrize("stage", ["preparing", "closed", "published"])
def test_editor_loses_sight_of_an_entry_when_its_round_is_not_open(stage, signed_in, editor, entry):
    ReportingRound.objects.filter(pk=entry.round_id).update(stage=stage, edition=1)

    assert signed_in(editor).get(change(entry)).status_code == 404


def test_editor_cannot_delete_an_entry(signed_in, editor, entry):
    client = signed_in(editor)

    assert client.post(delete(entry), {"post": "yes"}).status_code == 403
    forged = {"action": "delete_selected", "_selected_action": [entry.pk], "post": "yes"}
    client.post(address(StatusEntry, "changelist"), forged)
    assert StatusEntry.objects.filter(pk=entry.pk).exists()


# --- Readers -----------------------------------------------------------------


def test_reader_sees_the_explanation_as_it_looks(signed_in, reader, entry):
    entry.explanation = "<p>Een <strong>stevige</strong> zin.</p>"
    entry.save()

    page = signed_in(reader).get(change(entry))

    assert "Een <strong>stevige</strong> zin." in page.content.decode()


# --- Coordinators, and what is published -------------------------------------


@pytest.fixture
def published(db):
    entry = factories.published_entry()
    return {
        StatusEntry: entry,
        ReportingRound: entry.round,
        ReportText: factories.report_text(round=entry.round),
    }


@pytest.mark.parametrize("model", [StatusEntry, ReportingRound, ReportText])
@pytest.mark.parametrize("who", [factories.coordinator, "superuser"], ids=["coordinator", "root"])
def test_nobody_changes_or_deletes_what_is_published(who, model, signed_in, published, everything):
    person = factories.user(is_superuser=True) if who == "superuser" else who()
    client = signed_in(person)
    row = published[model]

    assert client.get(change(row)).status_code == 200
    before = everything()

    # What was typed comes back in its form, with why it is refused: see test_texts_at_once.
    changed = client.post(change(row), {"title": "Anders"})
    assert changed.status_code == (403 if model is StatusEntry else 200)
    deleted = client.post(delete(row), {"post": "yes"})
    assert deleted.status_code == (302 if model is ReportText else 403)
    forged = {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"}
    assert client.post(address(model, "changelist"), forged).status_code != 302
    assert everything() == before


def test_nothing_is_added_to_a_published_round(signed_in, coordinator, published):
    client = signed_in(coordinator)
    in_round = published[ReportingRound]
    values = {"round": in_round.pk, "position": 2, "title": "Slot"}

    page = client.post(address(ReportText, "add"), values)

    assert page.status_code == 200
    assert "round" in page.context["adminform"].form.errors


def test_nobody_adds_or_deletes_an_entry_by_hand(signed_in, entry):
    client = signed_in(factories.user(is_superuser=True))

    assert client.get(address(StatusEntry, "add")).status_code == 403
    assert client.post(delete(entry), {"post": "yes"}).status_code == 403
    assert StatusEntry.objects.filter(pk=entry.pk).exists()


def test_nobody_changes_the_log(signed_in, fill):
    fill()
    client = signed_in(factories.user(is_superuser=True))
    transition = EntryTransition.objects.first()

    assert client.post(change(transition), {"remark": "Anders"}).status_code == 403
    assert client.post(delete(transition), {"post": "yes"}).status_code == 403
    assert client.get(address(EntryTransition, "add")).status_code == 403


# --- People ------------------------------------------------------------------


def test_coordinator_gives_someone_a_group_and_a_ministry(signed_in, coordinator, ministry):
    person = factories.user(is_staff=False)
    client = signed_in(coordinator)
    values = {
        "is_staff": "on",
        "groups": [Group.objects.get(name="editor").pk],
        "memberships-TOTAL_FORMS": "1",
        "memberships-0-organisation": ministry.pk,
    }

    response = client.post(change(person), form_values(client.get(change(person)), **values))

    assert response.status_code == 302
    assert person.groups.get().name == "editor"
    assert person.memberships.get().organisation == ministry


def test_coordinator_cannot_make_a_superuser(signed_in, coordinator):
    person = factories.user()
    client = signed_in(coordinator)
    forged = {"is_superuser": "on", "user_permissions": [1, 2, 3]}

    client.post(change(person), form_values(client.get(change(person)), **forged))

    person.refresh_from_db()
    assert not person.is_superuser
    assert not person.user_permissions.exists()


def make_superuser(person):
    person.is_superuser = True
    person.save()


def give_a_right(person):
    person.user_permissions.add(Permission.objects.get(codename="delete_user"))


def give_another_group(person):
    person.groups.add(Group.objects.create(name="techniek"))


@pytest.mark.parametrize("raise_up", [make_superuser, give_a_right, give_another_group])
def test_coordinator_cannot_set_the_password_of_who_has_more_rights(
    raise_up, signed_in, coordinator
):
    person = factories.user(group="editor")
    raise_up(person)
    new = {"password1": "een-heel-nieuw-wachtwoord", "password2": "een-heel-nieuw-wachtwoord"}
    client = signed_in(coordinator)

    response = client.post(reverse("admin:auth_user_password_change", args=[person.pk]), new)

    assert response.status_code == 403
    person.refresh_from_db()
    assert person.check_password(factories.PASSWORD)


def test_coordinator_sets_the_password_of_an_editor(signed_in, coordinator):
    person = factories.user(group="editor")
    new = {"password1": "een-heel-nieuw-wachtwoord", "password2": "een-heel-nieuw-wachtwoord"}
    client = signed_in(coordinator)

    client.post(reverse("admin:auth_user_password_change", args=[person.pk]), new)

    person.refresh_from_db()
    assert person.check_password("een-heel-nieuw-wachtwoord")
