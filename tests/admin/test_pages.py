"""Every page of the admin answers, in the order of the work, and at a fixed price."""

import pytest
from django.contrib import admin
from django.urls import reverse

from actions.models import StatusEntry
from napmonitor.admin import SECTIONS
from tests import factories
from tests.admin.pages import MODELS, address, change, history

NEVER_ADDED = {"Edition", "EntryTransition", "Group", "StatusEntry", "Subscriber"}
by_model = pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)


@by_model
def test_each_page_of_each_model_answers_for_the_coordinator(model, fill, signed_in, coordinator):
    fill()
    client = signed_in(coordinator)
    row = model._default_manager.order_by("pk").first()

    assert client.get(address(model, "changelist")).status_code == 200
    assert client.get(change(row)).status_code == 200
    assert client.get(history(row)).status_code == 200
    added = client.get(address(model, "add"))
    assert added.status_code == (403 if model.__name__ in NEVER_ADDED else 200)


@by_model
def test_each_list_can_be_searched(model, fill, signed_in, coordinator):
    fill()
    client = signed_in(coordinator)

    assert admin.site.get_model_admin(model).search_fields
    assert client.get(address(model, "changelist"), {"q": "1.1 twee"}).status_code == 200


def test_a_search_keeps_the_filter(signed_in, coordinator, entry, other_entry):
    factories.put_in_stage(entry, "submitted")
    client = signed_in(coordinator)
    chosen = {"stage__exact": "submitted", "q": "toelichting"}

    page = client.get(address(StatusEntry, "changelist"), chosen)

    assert list(page.context["cl"].result_list) == [entry]
    assert '<input type="hidden" name="stage__exact" value="submitted">' in page.content.decode()


@by_model
def test_each_choice_of_each_filter_answers(model, fill, signed_in, coordinator):
    fill()
    client = signed_in(coordinator)
    page = client.get(address(model, "changelist"))
    changelist = page.context["cl"]

    for filter_spec in changelist.filter_specs:
        for choice in filter_spec.choices(changelist):
            link = choice["query_string"]
            assert client.get(address(model, "changelist") + link).status_code == 200, link


# The first four of each are the session, the person and their permissions.
QUERIES = {
    "ActionPoint": 14,
    "CoverLetter": 7,
    "Edition": 8,
    "EntryTransition": 13,
    "Group": 10,
    "Membership": 9,
    "Organisation": 9,
    "Pillar": 8,
    "Plan": 7,
    "ReportText": 8,
    "ReportingRound": 8,
    "Responsibility": 10,
    "Status": 7,
    "StatusEntry": 13,
    "Subscriber": 7,
    "Theme": 9,
    "User": 13,
}


@by_model
def test_a_list_takes_as_many_queries_for_many_rows_as_for_few(
    model, fill, signed_in, coordinator, django_assert_num_queries
):
    fill()
    fill()
    client = signed_in(coordinator)
    client.get(address(model, "changelist"))  # Fills caches, such as that of content types.

    for _round in range(2):
        with django_assert_num_queries(QUERIES[model.__name__]):
            client.get(address(model, "changelist"))
        fill()
        fill()


def test_the_index_stands_in_the_order_of_the_work(signed_in, coordinator):
    page = signed_in(coordinator).get(reverse("admin:index"))

    shown = [
        [model["object_name"] for model in section["models"]]
        for section in page.context["app_list"]
    ]
    assert shown == [list(names) for _title, names in SECTIONS]


def test_every_model_has_its_place_on_the_index():
    placed = {name for _title, names in SECTIONS for name in names}

    assert {model.__name__ for model in MODELS} == placed


def test_an_editor_finds_only_their_entries_on_the_index(signed_in, editor):
    page = signed_in(editor).get(reverse("admin:index"))

    models = [m["object_name"] for section in page.context["app_list"] for m in section["models"]]
    assert models == ["StatusEntry"]


def test_lists_stand_in_the_order_of_the_plan(signed_in, coordinator):
    theme = factories.theme()
    points = [factories.action_point(theme=theme) for _nth in range(10)]
    in_round = factories.reporting_round(plan=theme.plan)
    for point in reversed(points):
        factories.status_entry(action_point=point, round=in_round)
    client = signed_in(coordinator)

    for model in (type(points[0]), StatusEntry):
        shown = client.get(address(model, "changelist")).context["cl"].result_list
        assert [row.number for row in shown] == [point.number for point in points]


def test_the_header_names_the_site_and_leads_to_it(signed_in, coordinator):
    page = signed_in(coordinator).get(reverse("admin:index"))

    assert page.context["site_url"] == "/"
    assert str(page.context["site_header"]).replace("-", " ") == "NAP monitor"


def test_a_link_that_changes_something_is_named_by_a_verb(signed_in, coordinator):
    """Django's “Change” and ours are one text: a noun for one page would be shown at every link."""
    index = signed_in(coordinator).get(reverse("admin:index")).content.decode()

    assert "Wijzigen" in index
    assert "Verandering" not in index
