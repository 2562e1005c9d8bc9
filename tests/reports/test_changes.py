"""What changed between two reports."""

from dataclasses import replace

import pytest

from actions.references_in_text import link_references
from actions.richtext.html import parse, serialise
from reports.changes import changes_since
from reports.document import Change, ChangeKind, Changes, Row
from tests.reports.documents import everything
from tests.reports.published import document, row


def numbered(number, **values):
    values = {"title": f"Punt {number}"} | values
    return replace(row(**values), number=number)


def changes(before, after):
    """The changes from a report on 2024 with these rows to these rows."""
    found = changes_since(document(*before, year=2024), after)
    assert found.since == 2024
    return list(found.items)


def test_report_has_not_changed_since_itself():
    report = everything()

    assert changes_since(report, list(report.rows())) == Changes(report.year, ())


def test_link_of_a_reference_that_was_not_recognised_before_is_no_change():
    text = "<p>Zie Kamerstuk 26 485, nr. 430.</p>"
    linked = serialise(link_references(parse(text)))

    before, after = (numbered("1.1.1", explanation=each) for each in (text, linked))

    assert changes([before], [after]) == []


def test_new_point_was_added():
    before, new = numbered("1.1.1"), numbered("1.1.2")

    assert changes([before], [before, new]) == [Change(ChangeKind.ADDED, "1.1.2", "Punt 1.1.2")]


def test_point_that_left_the_plan_has_ended_and_comes_last():
    ended, stays = numbered("1.1.1"), numbered("1.1.2")
    new = numbered("1.1.3")

    assert changes([ended, stays], [stays, new]) == [
        Change(ChangeKind.ADDED, "1.1.3", "Punt 1.1.3"),
        Change(ChangeKind.ENDED, "1.1.1", "Punt 1.1.1"),
    ]


def test_point_with_another_state_of_play_has_moved_from_the_one_to_the_other():
    before = numbered("1.1.1", status="Doorlopend")
    after = numbered("1.1.1", status="Voltooid")

    assert changes([before], [after]) == [
        Change(ChangeKind.MOVED, "1.1.1", "Punt 1.1.1", "Doorlopend", "Voltooid")
    ]


@pytest.mark.parametrize(("before", "after"), [("", "Voltooid"), ("Voltooid", "")])
def test_point_that_had_or_has_no_state_of_play_has_moved_too(before, after):
    (change,) = changes([numbered("1.1.1", status=before)], [numbered("1.1.1", status=after)])

    assert (change.kind, change.before, change.after) == (ChangeKind.MOVED, before, after)


def test_point_with_other_words_was_rewritten():
    before = numbered("1.1.1", explanation="<p>De gids is in de maak.</p>")
    after = numbered("1.1.1", explanation="<p>De gids is er.</p>")

    assert changes([before], [after]) == [Change(ChangeKind.REWRITTEN, "1.1.1", "Punt 1.1.1")]


@pytest.mark.parametrize(
    "explanation",
    ["", '<p>Tekst<span class="footnote">Een andere noot.</span></p>', "<p>Tekst en meer</p>"],
    ids=["emptied", "note", "longer"],
)
def test_every_word_of_an_explanation_counts(explanation):
    before = numbered("1.1.1", explanation='<p>Tekst<span class="footnote">Een noot.</span></p>')
    after = replace(before, explanation=parse(explanation))

    assert [change.kind for change in changes([before], [after])] == [ChangeKind.REWRITTEN]


def test_point_that_changed_in_every_way_says_each_the_move_first():
    before = numbered("1.1.1", status="Doorlopend", goal="Oud", explanation="<p>Eerst.</p>")
    after = numbered("1.1.1", status="Voltooid", goal="Nieuw", explanation="<p>Daarna.</p>")

    kinds = [change.kind for change in changes([before], [after])]

    assert kinds == [ChangeKind.MOVED, ChangeKind.REWORDED, ChangeKind.REWRITTEN]


@pytest.mark.parametrize("name", Row.WORDING)
def test_other_wording_of_the_point_itself_says_what_is_worded_otherwise(name):
    before = numbered("1.1.1", title="Zoals het heet")
    after = replace(before, **{name: "In andere woorden"})

    assert changes([before], [after]) == [
        Change(ChangeKind.REWORDED, "1.1.1", after.title, fields=(name,))
    ]


def test_point_that_is_worded_otherwise_is_one_change_that_names_the_new_title():
    before = numbered("1.1.1", title="Zoals het heette", goal="Oud", timeline="2022")
    after = numbered("1.1.1", title="Zoals het heet", goal="Nieuw", timeline="2023")

    assert changes([before], [after]) == [
        Change(ChangeKind.REWORDED, "1.1.1", "Zoals het heet", fields=("title", "goal", "timeline"))
    ]


def test_how_wording_is_spaced_does_not_count():
    before = numbered("1.1.1", goal="Eerste regel\n\ntweede regel")
    after = numbered("1.1.1", goal="Eerste regel tweede  regel")

    assert changes([before], [after]) == []


def test_changes_stand_in_the_order_of_the_report():
    before = [numbered("1.1.1"), numbered("1.1.2"), numbered("1.2.1")]
    after = [numbered("1.2.1", status="Voltooid"), numbered("1.1.2", status="Voltooid")]

    assert [change.number for change in changes(before, after)] == ["1.2.1", "1.1.2", "1.1.1"]
