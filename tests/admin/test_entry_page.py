"""The page on which an entry is written and moved, through requests as a browser sends them."""

import pytest
from django.urls import reverse

from actions.models import StatusEntry
from tests import factories
from tests.admin.pages import change, form_values

LAST_YEAR = "<p>Een toelichting.</p>"
MINE = "<p>De tekst die ik typte.</p>"


@pytest.fixture
def last_year(ministry):
    return factories.published_entry(responsible=ministry)


@pytest.fixture
def entry(last_year):
    """Carried forward from last year, and not touched yet."""
    return factories.status_entry(
        action_point=last_year.action_point,
        round=factories.reporting_round(plan=last_year.round.plan),
        status=last_year.status,
        explanation=last_year.explanation,
    )


def values_of(client, entry, **values):
    return form_values(client.get(change(entry)), **values)


def moves_of(page):
    return [move.name for move in page.context["moves"]]


# --- What the page shows -----------------------------------------------------


def test_last_year_stands_beside_the_form_with_the_difference(signed_in, editor, entry, last_year):
    StatusEntry.objects.filter(pk=entry.pk).update(status=factories.status(label="Voltooid"))
    entry.refresh_from_db()
    entry.explanation = "<p>Een nieuwe toelichting.</p>"
    entry.save()

    page = signed_in(editor).get(change(entry)).content.decode()

    assert f"Zo was het in {last_year.round.year}" in page
    assert "nu: Voltooid" in page
    assert "<ins" in page


def test_what_was_carried_forward_is_marked_so(signed_in, editor, entry):
    client = signed_in(editor)
    said = "Overgenomen, niet bevestigd"

    assert said in client.get(change(entry)).content.decode()
    client.post(change(entry), values_of(client, entry, explanation=MINE))
    assert said not in client.get(change(entry)).content.decode()


def test_a_point_that_is_new_says_so(signed_in, editor, ministry):
    new = factories.status_entry(responsible=ministry)

    page = signed_in(editor).get(change(new))

    assert "Nieuw dit jaar" in page.content.decode()
    assert "confirm" not in moves_of(page)


def test_the_remark_of_a_return_is_shown_to_the_editor(signed_in, editor, coordinator, entry):
    factories.put_in_stage(entry, "submitted", is_confirmed=True)
    client = signed_in(coordinator)
    client.post(change(entry), values_of(client, entry, move="return", remark="Noem het jaar."))

    page = signed_in(editor).get(change(entry))
    assert "Teruggestuurd door de coördinator" in page.content.decode()
    assert [each.remark for each in page.context["remarks"]] == ["Noem het jaar."]


def test_whoever_reviews_reads_what_was_said_with_the_moves_before(
    signed_in, editor, coordinator, entry
):
    for person, move, remark in (
        (editor, "submit", "Het cijfer is nieuw."),
        (coordinator, "return", "Noem het jaar."),
        (editor, "submit", "Het jaar staat erin."),
    ):
        client = signed_in(person)
        text = f"<p>{remark}</p>"
        client.post(
            change(entry), values_of(client, entry, explanation=text, move=move, remark=remark)
        )

    page = signed_in(coordinator).get(change(entry))

    said = [(each.by, each.remark) for each in page.context["remarks"]]
    assert said == [
        (editor, "Het jaar staat erin."),
        (coordinator, "Noem het jaar."),
        (editor, "Het cijfer is nieuw."),
    ]
    assert "Noem het jaar." in page.content.decode()


OFFERED = {
    ("editor", "draft"): ["confirm", "submit"],
    ("editor", "returned"): ["submit"],
    ("editor", "submitted"): ["withdraw"],
    ("editor", "approved"): [],
    ("coordinator", "draft"): ["confirm", "submit", "no_update"],
    ("coordinator", "returned"): ["submit"],
    ("coordinator", "submitted"): ["withdraw", "approve", "return"],
    ("coordinator", "approved"): ["return"],
    ("reader", "draft"): [],
    ("reader", "submitted"): [],
}


@pytest.mark.parametrize(("who", "stage"), OFFERED)
def test_the_moves_that_are_possible_are_offered(who, stage, request, signed_in, entry):
    person = request.getfixturevalue(who)
    factories.put_in_stage(entry, stage, is_confirmed=stage != "draft")

    page = signed_in(person).get(change(entry))

    assert moves_of(page) == OFFERED[who, stage]
    for name in OFFERED[who, stage]:
        assert f'value="{name}"' in page.content.decode()


def test_confirming_is_not_offered_where_no_update_was_received_last_year(signed_in, editor, entry):
    entry.status = factories.status(tone="no_update")
    entry.save()

    assert moves_of(signed_in(editor).get(change(entry))) == ["submit"]


def test_an_editor_reads_what_was_submitted_without_fields(signed_in, editor, entry):
    factories.put_in_stage(entry, "submitted", is_confirmed=True)

    page = signed_in(editor).get(change(entry)).content.decode()

    assert 'name="explanation"' not in page
    assert "Een toelichting." in page


def test_the_page_takes_as_many_queries_whatever_came_before(
    signed_in, editor, entry, django_assert_max_num_queries
):
    client = signed_in(editor)
    client.get(change(entry))

    with django_assert_max_num_queries(25):
        client.get(change(entry))


# --- Writing and moving ------------------------------------------------------


def test_saving_a_draft_stays_on_the_page(signed_in, editor, entry):
    client = signed_in(editor)

    response = client.post(change(entry), values_of(client, entry, explanation=MINE))

    assert response.url == change(entry)
    entry.refresh_from_db()
    assert (entry.explanation, entry.stage) == (MINE, "draft")


def test_a_remark_that_was_only_saved_stands_there_still_and_is_said_not_to_be_sent(
    signed_in, editor, entry
):
    client = signed_in(editor)

    page = client.post(
        change(entry), values_of(client, entry, explanation=MINE, remark="Kijk naar het cijfer.")
    )

    assert page.status_code == 200
    said = page.content.decode()
    assert "Opgeslagen." in said
    assert "Uw opmerking is nog niet verstuurd" in said
    assert page.context["form"]["remark"].value() == "Kijk naar het cijfer."
    entry.refresh_from_db()
    assert entry.explanation == MINE
    response = client.post(change(entry), form_values(page, move="submit"))
    assert response.status_code == 302
    assert entry.transitions.get().remark == "Kijk naar het cijfer."


def test_submitting_saves_what_was_typed_and_leads_to_what_waits(signed_in, editor, entry):
    client = signed_in(editor)

    response = client.post(change(entry), values_of(client, entry, explanation=MINE, move="submit"))

    assert response.url == reverse("admin:index")
    entry.refresh_from_db()
    assert (entry.explanation, entry.stage) == (MINE, "submitted")
    assert entry.transitions.get().by == editor


def test_a_refusal_is_a_sentence_and_the_text_stands_in_the_form(signed_in, editor, entry):
    client = signed_in(editor)

    page = client.post(
        change(entry), values_of(client, entry, status="", explanation=MINE, move="submit")
    )

    assert page.status_code == 200
    assert "Kies eerst de stand van zaken" in page.content.decode()
    assert page.context["form"]["explanation"].value() == MINE
    entry.refresh_from_db()
    assert (entry.explanation, entry.stage) == (LAST_YEAR, "draft")


def test_returning_without_a_remark_is_refused_at_the_remark(signed_in, coordinator, entry):
    factories.put_in_stage(entry, "submitted", is_confirmed=True)
    client = signed_in(coordinator)

    page = client.post(change(entry), values_of(client, entry, move="return", remark=" "))

    assert page.context["form"].errors["remark"]
    entry.refresh_from_db()
    assert entry.stage == "submitted"


@pytest.mark.parametrize(
    "forged",
    [
        {"move": "publish"},
        {"status": "9999"},
        *({"version": version} for version in ("", "x", "²", "-1", "9" * 5_000)),
    ],
    ids=lambda values: str(values)[:40],
)
def test_forged_values_change_nothing(forged, signed_in, editor, entry):
    client = signed_in(editor)

    response = client.post(change(entry), values_of(client, entry, explanation=MINE) | forged)

    assert response.status_code in (200, 400)
    if response.status_code == 200:
        assert response.context["form"].errors
        assert response.context["form"]["explanation"].value() == MINE
    entry.refresh_from_db()
    assert entry.explanation == LAST_YEAR


def test_a_save_without_a_text_is_refused_and_empties_nothing(signed_in, editor, entry):
    page = signed_in(editor).post(change(entry), {"version": entry.version})

    assert "niets om op te slaan" in page.content.decode()
    assert page.context["form"]["explanation"].value() == LAST_YEAR


def test_a_reader_posts_nothing(signed_in, reader, entry):
    client = signed_in(reader)

    assert client.post(change(entry), {"version": 1, "explanation": MINE}).status_code == 403
    assert client.post(change(entry), {"version": 99, "explanation": MINE}).status_code == 403


def test_a_double_click_submits_once(signed_in, editor, entry, mailoutbox):
    client = signed_in(editor)
    values = values_of(client, entry, explanation=MINE, move="submit")

    for _click in range(2):
        assert client.post(change(entry), values).status_code == 302

    assert entry.transitions.count() == 1
    assert entry.history.count() == 2
