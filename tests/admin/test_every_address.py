"""Every address of the admin, for everyone: who gets in, who may not, and who finds nothing.

The addresses come from the URL configuration itself. One that is new fails here until it has been
decided who may do what there.
"""

import pytest
from django.contrib import admin
from django.urls import NoReverseMatch, reverse

from actions.models import StatusEntry
from tests import factories
from tests.admin.pages import MODELS

# What an address answers: YES is a page, or the way on from a form; LOGIN the way to signing in.
YES, LOGIN, FORBIDDEN, NOTHING = "yes", "login", "forbidden", "nothing"
NO_SUCH_METHOD = "no such method"

WHO = ("visitor", "editor of A", "editor of B", "coordinator", "reader")
# For WHO, in order: what each gets. The entry in question is written by ministry A.
EVERYONE = (LOGIN, YES, YES, YES, YES)
WHO_SEES_ALL = (LOGIN, NOTHING, NOTHING, YES, YES)
COORDINATOR = (LOGIN, NOTHING, NOTHING, YES, FORBIDDEN)
ONLY_COORDINATOR = (LOGIN, NOTHING, NOTHING, YES, NOTHING)
NOBODY = (LOGIN, NOTHING, NOTHING, FORBIDDEN, FORBIDDEN)
ONLY_TO_READ = (LOGIN, *[NO_SUCH_METHOD] * 4)
NOT_THERE = (LOGIN, NOTHING, NOTHING, NOTHING, NOTHING)

# For each page of a model: who may GET it, and who may POST to it.
_LIST = (WHO_SEES_ALL, WHO_SEES_ALL)
_READ = {
    "changelist": _LIST,
    "add": (NOBODY, NOBODY),
    "change": (WHO_SEES_ALL, NOBODY),
    "delete": (NOBODY, NOBODY),
    "history": (WHO_SEES_ALL, WHO_SEES_ALL),
}
_WRITE = {
    **_READ,
    "add": (COORDINATOR, COORDINATOR),
    "change": (WHO_SEES_ALL, COORDINATOR),
}
_WRITE_AND_DELETE = {**_WRITE, "delete": (COORDINATOR, COORDINATOR)}
# Who is kept posted is for coordinators alone, to remove someone who asks for that.
_NO_ONE = (LOGIN, NOTHING, NOTHING, FORBIDDEN, NOTHING)
_REMOVE = {
    "changelist": (ONLY_COORDINATOR, ONLY_COORDINATOR),
    "add": (_NO_ONE, _NO_ONE),
    "change": (ONLY_COORDINATOR, _NO_ONE),
    "delete": (ONLY_COORDINATOR, ONLY_COORDINATOR),
    "history": (ONLY_COORDINATOR, ONLY_COORDINATOR),
}

TABLE = {
    # Where everyone is who signs in.
    "index": (EVERYONE, EVERYONE),
    "password_change": (EVERYONE, EVERYONE),
    "password_change_done": (EVERYONE, ONLY_TO_READ),
    "jsi18n": (EVERYONE, ONLY_TO_READ),
    # Names no field to choose for, and so has nothing for anyone; below with a field.
    "autocomplete": (NOT_THERE, ONLY_TO_READ),
    "view_on_site": (NOT_THERE, NOT_THERE),
    "app_list actions": (EVERYONE, EVERYONE),
    "app_list auth": (WHO_SEES_ALL, WHO_SEES_ALL),
    "app_list reports": (WHO_SEES_ALL, WHO_SEES_ALL),
    "auth_user_password_change": (COORDINATOR, COORDINATOR),
    **{
        f"{model}_{page}": expected
        for model, pages in {
            "actions_plan": _WRITE_AND_DELETE,
            "actions_pillar": _WRITE_AND_DELETE,
            "actions_theme": _WRITE_AND_DELETE,
            "actions_actionpoint": _WRITE_AND_DELETE,
            "actions_organisation": _WRITE_AND_DELETE,
            "actions_responsibility": _WRITE_AND_DELETE,
            "actions_status": _WRITE_AND_DELETE,
            "actions_reportinground": _WRITE_AND_DELETE,
            "actions_membership": _WRITE_AND_DELETE,
            "reports_reporttext": _WRITE_AND_DELETE,
            "reports_coverletter": _WRITE_AND_DELETE,
            "auth_user": _WRITE,
            "auth_group": _READ,
            "actions_entrytransition": _READ,
            "actions_statusentry": _READ,
            "reports_edition": _READ,
            "reports_subscriber": _REMOVE,
        }.items()
        for page, expected in pages.items()
    },
    # The steps of a round and what else is done with it: its pages are there for whoever sees it.
    **{
        f"actions_reportinground_{page}": (WHO_SEES_ALL, COORDINATOR)
        for page in (
            "open",
            "close",
            "reopen",
            "correct",
            "findings",
            "successors",
            "publish",
            "withdraw",
        )
    },
    # The concept and the cover letter are only to read.
    **{
        f"actions_reportinground_{page}": (
            WHO_SEES_ALL,
            (LOGIN, NOTHING, NOTHING, NO_SUCH_METHOD, NO_SUCH_METHOD),
        )
        for page in ("concept", "letter")
    },
    # Reading a report back in is a coordinator's work alone.
    "actions_reportinground_import": (ONLY_COORDINATOR, ONLY_COORDINATOR),
    # An editor is let in to the list and to their own entries.
    "actions_statusentry_changelist": (EVERYONE, EVERYONE),
    "actions_statusentry_add": (
        (LOGIN, FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN),
        (LOGIN, FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN),
    ),
    "actions_statusentry_change": (
        (LOGIN, YES, NOTHING, YES, YES),
        (LOGIN, YES, NOTHING, YES, FORBIDDEN),
    ),
    "actions_statusentry_history": (
        (LOGIN, YES, NOTHING, YES, YES),
        (LOGIN, YES, NOTHING, YES, YES),
    ),
    "actions_statusentry_delete": (
        (LOGIN, FORBIDDEN, NOTHING, FORBIDDEN, FORBIDDEN),
        (LOGIN, FORBIDDEN, NOTHING, FORBIDDEN, FORBIDDEN),
    ),
}
# The door itself is open to all.
DOOR = {"login", "logout"}


def names():
    """The names of all addresses of the admin."""
    for pattern in admin.site.get_urls():
        for entry in getattr(pattern, "url_patterns", [pattern]):
            if entry.name:
                yield entry.name


def test_every_address_has_been_decided():
    decided = {key.split()[0] for key in TABLE}

    assert set(names()) - DOOR == decided


def test_only_the_addresses_that_redirect_or_find_nothing_have_no_name():
    unnamed = [
        str(entry.pattern)
        for pattern in admin.site.get_urls()
        for entry in getattr(pattern, "url_patterns", [pattern])
        if not entry.name
    ]

    assert set(unnamed) <= {"<path:object_id>/", r"(?P<url>.*)$"}


@pytest.fixture
def rows(fill, entry):
    """A row of every model; of the entries the one that ministry A writes."""
    fill()
    rows = {
        f"{model._meta.app_label}_{model._meta.model_name}": model._default_manager.order_by(
            "pk"
        ).first()
        for model in MODELS
    }
    rows["actions_reportinground"] = entry.round
    rows["actions_statusentry"] = entry
    # People with rights of their own are not a coordinator's to change.
    rows["auth_user"] = factories.user(group="editor")
    return rows


@pytest.fixture
def people(editor, other_ministry, coordinator, reader):
    return {
        "editor of A": editor,
        "editor of B": factories.other_editor(member_of=other_ministry),
        "coordinator": coordinator,
        "reader": reader,
    }


def address_of(key, rows):
    name, *arguments = key.split()
    if arguments:
        return reverse(f"admin:{name}", args=arguments)
    try:
        return reverse(f"admin:{name}")
    except NoReverseMatch:
        pass
    if name == "view_on_site":
        return reverse(f"admin:{name}", args=[1, 1])
    model = max((model for model in rows if name.startswith(model)), key=len)
    return reverse(f"admin:{name}", args=[rows[model].pk])


def answer_of(response):
    if response.status_code == 302 and response.url.startswith(reverse("admin:login")):
        return LOGIN
    answers = {403: FORBIDDEN, 404: NOTHING, 405: NO_SUCH_METHOD}
    return answers.get(response.status_code, YES)


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("key", TABLE)
def test_an_address_answers_everyone_as_decided(key, method, client, rows, people):
    url = address_of(key, rows)
    expected = dict(zip(WHO, TABLE[key][method == "post"], strict=True))

    answers = {}
    for who in WHO:
        client.logout()
        if who in people:
            client.force_login(people[who])
        response = getattr(client, method)(url)
        assert response.status_code < 500
        answers[who] = answer_of(response)

    assert answers == expected


# --- Other ways in ---------------------------------------------------------------


@pytest.mark.parametrize("query", ["?_popup=1", "?_to_field=id", "?_changelist_filters=x"])
def test_no_parameter_lets_another_editor_in(query, client, rows, people):
    entry = rows["actions_statusentry"]
    url = reverse("admin:actions_statusentry_change", args=[entry.pk])
    client.force_login(people["editor of B"])

    assert client.get(url + query).status_code == 404
    assert client.post(url + query, {"version": 1, "explanation": "x"}).status_code == 404
    entry.refresh_from_db()
    assert entry.explanation == "<p>Een toelichting.</p>"


@pytest.mark.parametrize("method", ["put", "patch", "delete", "head", "options"])
def test_no_other_method_lets_another_editor_in(method, client, rows, people):
    url = reverse("admin:actions_statusentry_change", args=[rows["actions_statusentry"].pk])
    client.force_login(people["editor of B"])

    assert getattr(client, method)(url).status_code == 404


@pytest.mark.parametrize("who", ["editor of A", "editor of B", "reader", "coordinator"])
@pytest.mark.parametrize("action", ["delete_selected", "approve", "submit", ""])
def test_no_bulk_action_changes_an_entry(action, who, client, rows, people):
    entry = rows["actions_statusentry"]
    before = StatusEntry.objects.filter(pk=entry.pk).values().get()
    client.force_login(people[who])
    forged = {"action": action, "_selected_action": [entry.pk], "post": "yes", "index": "0"}

    client.post(reverse("admin:actions_statusentry_changelist"), forged)

    assert StatusEntry.objects.filter(pk=entry.pk).values().get() == before


@pytest.mark.parametrize(
    ("model", "field"),
    [
        ("responsibility", "action_point"),
        ("responsibility", "organisation"),
        ("membership", "user"),
        ("membership", "organisation"),
        ("reportinground", "plan"),
        ("statusentry", "action_point"),
    ],
)
@pytest.mark.parametrize("who", ["editor of A", "editor of B"])
def test_an_editor_finds_nothing_through_autocomplete(model, field, who, client, rows, people):
    client.force_login(people[who])
    parameters = {"app_label": "actions", "model_name": model, "field_name": field, "term": ""}

    assert client.get(reverse("admin:autocomplete"), parameters).status_code == 404


@pytest.mark.parametrize("lookup", ["round__stage", "action_point__title__contains", "version"])
def test_no_lookup_in_the_address_widens_the_list_of_another_editor(lookup, client, rows, people):
    client.force_login(people["editor of B"])

    page = client.get(reverse("admin:actions_statusentry_changelist"), {lookup: ""}, follow=True)

    if page.status_code == 200:
        assert rows["actions_statusentry"] not in page.context["cl"].result_list


def test_an_editor_does_not_change_a_point_through_its_rows(client, rows, people):
    point = rows["actions_statusentry"].action_point
    client.force_login(people["editor of A"])
    forged = {"title": "Anders", "responsibilities-TOTAL_FORMS": "0"}

    url = reverse("admin:actions_actionpoint_change", args=[point.pk])
    assert client.post(url, forged).status_code == 404
    point.refresh_from_db()
    assert point.title != "Anders"
