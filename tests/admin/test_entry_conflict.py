"""Two people who write one entry: whoever saves second finds both texts, and their own kept."""

import pytest

from actions.richtext.editor import MAX_LENGTH
from tests import factories
from tests.admin.pages import change, form_values

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


def values_of(client, entry, **values):
    return form_values(client.get(change(entry)), **values)


def moves_of(page):
    return [move.name for move in page.context["moves"]]


def text_on(page):
    return page.context["form"]["explanation"].value()


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
    assert text_on(page) == MINE
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
    factories.put_in_stage(entry, "approved", version=9)

    page = client.post(change(entry), mine)

    assert page.status_code == 409
    assert text_on(page) == MINE
    assert "vraag de coördinator" in page.content.decode()


def test_the_colleagues_name_stands_above_their_difference_from_last_year(overtaken):
    page = overtaken().content.decode()

    assert "zoals Kim het heeft opgeslagen" in page
    assert "zoals het laatst is opgeslagen" not in page


def test_whoever_overtook_themselves_in_another_window_is_told_so(signed_in, editor, entry):
    client = signed_in(editor)
    first = values_of(client, entry, explanation="<p>In het ene venster.</p>")
    second = values_of(client, entry, explanation=MINE)
    client.post(change(entry), first)

    page = client.post(change(entry), second)

    assert page.status_code == 409
    said = page.content.decode()
    assert "U hebt dit intussen zelf opgeslagen" in said
    assert "Iemand anders was u voor" not in said
    assert text_on(page) == MINE


def test_whoever_was_overtaken_by_a_return_reads_its_remark(signed_in, editor, coordinator, entry):
    factories.put_in_stage(entry, "submitted", is_confirmed=True)
    mine = values_of(signed_in(editor), entry, move="withdraw")
    mine |= {"status": entry.status_id, "explanation": MINE}
    client = signed_in(coordinator)
    client.post(change(entry), values_of(client, entry, move="return", remark="Noem het jaar."))

    page = signed_in(editor).post(change(entry), mine)

    assert page.status_code == 409
    assert "Noem het jaar." in page.content.decode()
    assert text_on(page) == MINE


def test_whoever_was_overtaken_without_having_typed_finds_what_is_saved_and_no_empty_form(
    signed_in, editor, coordinator, entry
):
    factories.put_in_stage(entry, "submitted", is_confirmed=True)
    client = signed_in(editor)
    to_withdraw = {"version": entry.version, "move": "withdraw"}
    client = signed_in(coordinator)
    client.post(change(entry), values_of(client, entry, move="return", remark="Noem het jaar."))

    page = signed_in(editor).post(change(entry), to_withdraw)

    assert page.status_code == 409
    assert text_on(page) == entry.explanation
    assert "Zoals u het typte" not in page.content.decode()


TOO_MUCH = {
    "explanation": {"explanation": f"<p>{'woord ' * (MAX_LENGTH // 6)}</p>"},
    "remark": {"explanation": MINE, "remark": "x" * 5_001},
}


@pytest.mark.parametrize("field", TOO_MUCH)
@pytest.mark.parametrize("move", ["", "submit"])
def test_whoever_was_overtaken_with_too_long_a_text_keeps_it(
    move, field, signed_in, editor, colleague, entry
):
    typed = TOO_MUCH[field]
    mine = values_of(signed_in(editor), entry, **typed)
    client = signed_in(colleague)
    client.post(change(entry), values_of(client, entry, explanation=THEIRS, move="submit"))

    page = signed_in(editor).post(change(entry), mine | {"move": move})

    assert page.status_code == 409
    assert page.context["form"].errors[field]
    assert {name: page.context["form"][name].value() for name in typed} == typed
    assert "De tekst van mijn collega." in page.content.decode()
