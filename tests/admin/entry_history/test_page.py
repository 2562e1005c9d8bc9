"""The page of a history: who sees it, what it runs, and how it is divided."""

import re
from datetime import timedelta

import pytest

from actions.models import ReportingRound, StatusEntry
from tests import factories
from tests.admin.entry_history.life import (
    HOSTILE,
    events,
    move,
    reword,
    save,
    words,
    write_past_every_path,
    years,
)
from tests.admin.pages import change, history

# Session, person, groups; the entry and its life; what the frame of the admin shows.
QUERIES = 14


def test_whoever_may_not_see_the_entry_finds_nothing(
    signed_in, entry, last_year, editor, other_ministry
):
    other = factories.other_editor(member_of=other_ministry)

    assert signed_in(other).get(history(entry)).status_code == 404
    assert signed_in(editor).get(history(last_year)).status_code == 404
    assert signed_in(editor).get(history(entry).replace(str(entry.pk), "999999")).status_code == 404


def test_an_editor_finds_nothing_once_the_round_is_closed(signed_in, entry, editor):
    ReportingRound.objects.filter(pk=entry.round_id).update(stage="closed")

    assert signed_in(editor).get(history(entry)).status_code == 404


def test_hostile_markup_in_old_versions_is_not_run(read, entry, editor, coordinator):
    save(entry, editor)
    write_past_every_path(entry, HOSTILE)
    save(entry, editor, explanation="<p>Weer gewoon.</p>")
    reword(entry.action_point, coordinator, title="<script>alert(4)</script>")
    hostile = factories.status(label="<img src=x onerror=alert(5)>")
    save(entry, editor, status=hostile, explanation="<p>Weer gewoon.</p>")
    move(entry, "submit", editor, remark="<script>alert(6)</script>")

    page = read(entry, coordinator).content.decode()

    for markup in ("onclick", "alert(2)", "alert(3)", "<img", "<script>alert"):
        assert markup not in page
    assert "&lt;script&gt;alert(4)&lt;/script&gt;" in page
    assert "&lt;script&gt;alert(6)&lt;/script&gt;" in page


def test_hostile_markup_with_which_an_entry_began_is_not_run(read, last_year, coordinator):
    write_past_every_path(last_year, HOSTILE)

    page = read(last_year, coordinator).content.decode()

    for markup in ("onclick", "alert(", "<img"):
        assert markup not in page


# --- The page ----------------------------------------------------------------------


def test_the_page_has_one_head_a_part_per_year_and_the_way_back(read, entry, editor):
    page = read(entry, editor).content.decode()

    assert re.findall(r"<h1>\s*(.*?)\s*</h1>", page) == [f"Geschiedenis van {entry.number}"]
    assert [int(year) for year in re.findall(r'<h2 id="year-\d+">\s*(\d+)', page)] == [2025, 2024]
    assert change(entry) in page


@pytest.fixture
def many_versions(entry):
    """Adds versions to the entry, each with another text, as saving would."""

    def add(number):
        first = entry.history.latest()
        start = first.version
        StatusEntry.history.bulk_create(
            [
                StatusEntry.history.model(
                    **{
                        field.attname: getattr(first, field.attname)
                        for field in first._meta.fields
                        if field.attname != "history_id"
                    }
                    | {
                        "history_date": first.history_date + timedelta(minutes=nth),
                        "history_type": "~",
                        "version": start + nth,
                        "explanation": f"<p>Tekst {start + nth}.</p>",
                    }
                )
                for nth in range(1, number + 1)
            ]
        )

    return add


def test_a_long_life_takes_as_many_queries_as_a_short_one(
    signed_in, entry, coordinator, many_versions, long_life, django_assert_num_queries
):
    client = signed_in(coordinator)
    with django_assert_num_queries(QUERIES):
        client.get(history(entry))
    long_life()
    many_versions(200)

    with django_assert_num_queries(QUERIES):
        page = client.get(history(entry))

    assert page.context["page_obj"].paginator.count > 200


def test_a_long_life_goes_on_on_the_next_page(read, entry, editor, many_versions):
    many_versions(59)

    first, second, last = (read(entry, editor, f"?p={number}") for number in (1, 2, 3))

    assert [len(events(page)) for page in (first, second, last)] == [25, 25, 10]
    assert [event.version for event in events(second)][::24] == [35, 11]
    assert years(first) == years(second) == [2025]
    assert years(last) == [2025, 2024]
    assert "Verschil met 2024" in words(first)
    assert "Verschil met 2024" not in words(second)
    assert "2025 vervolg" in words(second)
    assert "?p=3" in second.content.decode()


@pytest.mark.parametrize("number", ["0", "99", "x", ""])
def test_a_page_that_does_not_exist_is_the_nearest_one(number, read, entry, editor):
    assert years(read(entry, editor, f"?p={number}")) == [2025, 2024]


def test_a_short_life_has_no_page_numbers(read, entry, editor):
    assert "paginator" not in read(entry, editor).content.decode()
