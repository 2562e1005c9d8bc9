"""The page on which an entry is written and moved, through requests as a browser sends them."""

import pytest
from django.urls import reverse

from actions.models import ReportingRound, StatusEntry
from tests import factories
from tests.admin.pages import change, form_values

LAST_YEAR = "<p>Een toelichting.</p>"
MINE = "<p>De tekst die ik typte.</p>"
THEIRS = "<p>De tekst van mijn collega.</p>"


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


@pytest.fixture
def colleague(ministry):
    return factories.editor(username="colleague", first_name="Kim", member_of=ministry)


def stage_is(entry, stage, **values):
    StatusEntry.objects.filter(pk=entry.pk).update(stage=stage, is_confirmed=True, **values)
    entry.refresh_from_db()


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
    stage_is(entry, "submitted")
    client = signed_in(coordinator)
    client.post(change(entry), values_of(client, entry, move="return", remark="Noem het jaar."))

    assert "Noem het jaar." in signed_in(editor).get(change(entry)).content.decode()


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
    StatusEntry.objects.filter(pk=entry.pk).update(stage=stage, is_confirmed=stage != "draft")

    page = signed_in(person).get(change(entry))

    assert moves_of(page) == OFFERED[who, stage]
    for name in OFFERED[who, stage]:
        assert f'value="{name}"' in page.content.decode()


def test_confirming_is_not_offered_where_no_update_was_received_last_year(signed_in, editor, entry):
    entry.status = factories.status(tone="no_update")
    entry.save()

    assert moves_of(signed_in(editor).get(change(entry))) == ["submit"]


def test_an_editor_reads_what_was_submitted_without_fields(signed_in, editor, entry):
    stage_is(entry, "submitted")

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
    stage_is(entry, "submitted")
    client = signed_in(coordinator)

    page = client.post(change(entry), values_of(client, entry, move="return", remark=" "))

    assert page.context["form"].errors["remark"]
    entry.refresh_from_db()
    assert entry.stage == "submitted"


@pytest.mark.parametrize(
    "forged", [{"move": "publish"}, {"version": "x"}, {"status": "9999"}, {"version": ""}]
)
def test_forged_values_change_nothing(forged, signed_in, editor, entry):
    client = signed_in(editor)

    response = client.post(change(entry), values_of(client, entry, explanation=MINE) | forged)

    assert response.status_code in (200, 400)
    entry.refresh_from_db()
    assert entry.explanation == LAST_YEAR


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


# --- Two at once -------------------------------------------------------------


@pytest.fixture
def overtaken(signed_in, editor, colleague, entry, client):
    """Posts as an editor whose colleague saved after they opened the page."""

    def post(*, by_colleague=None, **values):
        mine = values_of(signed_in(editor), entry, explanation=MINE, **values)
        saved = {"explanation": THEIRS} | (by_colleague or {})
        theirs = values_of(signed_in(colleague), entry, **saved)
        assert client.post(change(entry), theirs).status_code == 302
        return signed_in(editor).post(change(entry), mine)

    return post


@pytest.mark.parametrize("move", ["", "submit", "confirm"])
def test_whoever_was_overtaken_sees_both_texts_and_keeps_their_own(move, overtaken, entry):
    page = overtaken(move=move)

    assert page.status_code == 409
    assert page.context["form"]["explanation"].value() == MINE
    shown = page.content.decode()
    assert "De tekst van mijn collega." in shown
    assert "Kim" in shown
    assert "<ins" in shown
    assert "<del" in shown
    entry.refresh_from_db()
    assert (entry.explanation, entry.stage) == (THEIRS, "draft")


def test_what_was_brought_together_is_saved(overtaken, signed_in, editor, entry):
    page = overtaken()
    merged = "<p>De tekst van ons beiden.</p>"

    response = signed_in(editor).post(change(entry), form_values(page, explanation=merged))

    assert response.status_code == 302
    entry.refresh_from_db()
    assert entry.explanation == merged


def test_two_who_typed_the_same_have_no_conflict(overtaken, entry):
    response = overtaken(by_colleague={"explanation": MINE})

    assert response.status_code == 302
    entry.refresh_from_db()
    assert entry.explanation == MINE


def test_whoever_was_overtaken_by_a_submission_withdraws_it_with_their_text(
    overtaken, signed_in, editor, entry
):
    page = overtaken(by_colleague={"move": "submit"})
    assert page.status_code == 409
    assert moves_of(page) == ["withdraw"]

    response = signed_in(editor).post(change(entry), form_values(page, move="withdraw"))

    assert response.status_code == 302
    entry.refresh_from_db()
    assert (entry.stage, entry.explanation) == ("draft", MINE)


def test_whoever_was_overtaken_by_an_approval_finds_their_text_to_copy(
    signed_in, editor, coordinator, entry
):
    client = signed_in(editor)
    mine = values_of(client, entry, explanation=MINE)
    stage_is(entry, "approved", version=9)

    page = client.post(change(entry), mine)

    assert page.status_code == 409
    assert page.context["form"]["explanation"].value() == MINE
    assert "vraag de coördinator" in page.content.decode()


@pytest.mark.parametrize("stage", ["closed", "published"])
def test_nothing_is_written_once_the_round_is_closed(stage, signed_in, coordinator, entry):
    client = signed_in(coordinator)
    values = values_of(client, entry, explanation=MINE)
    ReportingRound.objects.filter(pk=entry.round_id).update(stage=stage)

    page = client.post(change(entry), values)

    assert "niet open" in page.content.decode()
    entry.refresh_from_db()
    assert entry.explanation == LAST_YEAR
