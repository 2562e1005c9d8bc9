"""What reading an edited report into an open round would change."""

from dataclasses import replace

import pytest

from actions import services
from actions.models import Status, StatusEntry
from actions.permissions import coordinators
from actions.richtext.html import parse
from reports.build import build
from reports.document import Section
from reports.errors import ReportError
from reports.models import ReportText
from reports.proposals import compare, with_history
from tests import factories
from tests.reports.edited import edit, with_row


@pytest.fixture
def in_round(db):
    """An open round with two points, an introduction, and a text on the pillar."""
    plan = factories.plan()
    pillar = factories.pillar(plan=plan, description="<p>Volgens het plan.</p>")
    theme = factories.theme(pillar=pillar)
    in_round = factories.reporting_round(plan=plan)
    status = factories.status(label="Doorlopend")
    factories.status(label="Voltooid")
    for title in ("Wet over mensenhandel", "Gids maken"):
        factories.status_entry(
            action_point=factories.action_point(theme=theme, title=title),
            round=in_round,
            status=status,
        )
    factories.report_text(round=in_round, title="Inleiding", body="<p>Een inleiding.</p>")
    return in_round


@pytest.fixture
def law(in_round):
    return in_round.entries.get(title="Wet over mensenhandel")


def save(entry, explanation, by=None, status=None):
    entry.refresh_from_db()
    content = services.Content(status or entry.status, explanation)
    by = by or coordinators().first() or factories.coordinator()
    services.save_entry(entry=entry, version=entry.version, content=content, by=by)


def look(document, in_round):
    return with_history(compare(document, in_round))


def only(comparison):
    [proposal] = comparison.all_proposals
    return proposal


# --- Points ------------------------------------------------------------------------


def test_a_report_that_nobody_edited_proposes_nothing(in_round):
    comparison = compare(build(in_round), in_round)

    assert comparison.all_proposals == ()
    assert not comparison.leaves_out
    assert comparison.found == 2


def test_another_state_of_play_is_proposed_and_the_text_stays(in_round):
    proposal = only(compare(edit(build(in_round), "Gids", status="voltooid "), in_round))

    assert (proposal.status.label, proposal.moves_status, proposal.rewrites) == (
        "Voltooid",
        True,
        False,
    )
    assert proposal.is_likely_meant


def test_another_text_is_proposed_with_what_is_different(in_round):
    file = edit(build(in_round), "Wet", explanation="<p>Een andere toelichting.</p>")

    proposal = only(compare(file, in_round))

    assert not proposal.moves_status
    assert (proposal.difference.removed_words, proposal.difference.added_words) == (0, 1)


def test_a_footnote_that_was_added_is_proposed(in_round):
    text = '<p>Een toelichting<span class="footnote">Stcrt. 2024, 25516</span>.</p>'

    proposal = only(compare(edit(build(in_round), "Wet", explanation=text), in_round))

    assert any(piece.in_footnote for line in proposal.difference.lines for piece in line.pieces)


@pytest.mark.parametrize("explanation", ["<p>Een toelichting.</p>", "<p>Anders.</p>"])
def test_an_unknown_state_of_play_is_not_read_in(explanation, in_round):
    file = edit(build(in_round), "Wet", status="Bijna klaar", explanation=explanation)

    comparison = compare(file, in_round)

    [proposal] = comparison.refused + comparison.proposals
    assert proposal.unknown_status == "Bijna klaar"
    assert proposal.status.label == "Doorlopend"
    assert proposal.can_be_applied == ("Anders" in explanation)


def test_a_state_of_play_that_was_left_out_stays(in_round):
    comparison = compare(edit(build(in_round), "Wet", status=""), in_round)

    assert comparison.proposals == ()
    assert comparison.refused[0].lacks_status


def test_an_entry_that_has_no_state_of_play_yet_is_no_difference(in_round, law):
    StatusEntry.objects.filter(pk=law.pk).update(status=None)

    assert not compare(build(in_round), in_round).refused


def test_an_empty_explanation_is_proposed_as_something_to_look_at(in_round):
    proposal = only(compare(edit(build(in_round), "Wet", explanation=""), in_round))

    assert proposal.empties
    assert not proposal.is_likely_meant


def test_a_text_of_which_only_the_layout_differs_is_something_to_look_at(in_round):
    file = edit(build(in_round), "Wet", explanation="<p>Een <strong>toelichting</strong>.</p>")

    assert not only(compare(file, in_round)).is_likely_meant


def test_wording_that_differs_is_told_and_not_proposed(in_round, law):
    file = edit(build(in_round), "Wet", goal="Minder  mensenhandel", title="Wet mensenhandel")

    comparison = compare(file, in_round)

    assert comparison.all_proposals == ()
    [(entry, rewordings)] = comparison.rewordings
    assert entry == law
    assert [each.label for each in rewordings] == ["titel", "doelstelling"]


def test_how_wording_is_spaced_does_not_count(in_round, law):
    StatusEntry.objects.filter(pk=law.pk).update(goal="Eerste regel\n\ntweede regel")
    file = edit(build(in_round), "Wet", goal="Eerste regel tweede regel")

    assert compare(file, in_round).rewordings == ()


CITING = "<p>Zie Kamerstuk 26 485, nr. 430 en Stcrt. 2024, 25516.</p>"
LINKED = (
    '<p>Zie <a href="https://zoek.officielebekendmakingen.nl/kst-26485-430.html">'
    "Kamerstuk 26 485, nr. 430</a> en "
    '<a href="https://zoek.officielebekendmakingen.nl/stcrt-2024-25516.html">Stcrt. 2024, 25516</a>'
    ".</p>"
)


def test_links_to_what_is_cited_that_came_with_the_file_are_no_change(in_round, law):
    save(law, CITING)

    assert build(in_round).pillars[0].themes[0].rows[0].explanation == parse(LINKED)
    assert compare(build(in_round), in_round).all_proposals == ()
    unlinked = edit(build(in_round), "Wet", explanation=CITING)
    assert compare(unlinked, in_round).all_proposals == ()


@pytest.mark.parametrize(
    "edited", ["Kamerstuk 26 485, nr. 431", "een brief", "de brief (Kamerstuk 26 485, nr. 430)"]
)
def test_a_reference_that_was_changed_leaves_no_old_link_behind(edited, in_round, law):
    save(law, CITING)
    text = LINKED.replace("Kamerstuk 26 485, nr. 430</a>", f"{edited}</a>")

    proposal = only(compare(edit(build(in_round), "Wet", explanation=text), in_round))

    assert proposal.explanation == parse(CITING.replace("Kamerstuk 26 485, nr. 430", edited))


def test_a_link_of_ones_own_in_a_file_stays(in_round):
    text = '<p>Een toelichting, zie <a href="https://voorbeeld.nl/">de site</a>.</p>'

    proposal = only(compare(edit(build(in_round), "Wet", explanation=text), in_round))

    assert proposal.explanation == parse(text)


def test_points_that_the_round_or_the_file_lacks_are_told(in_round):
    file = edit(build(in_round), "Gids", title="Een heel ander actiepunt")

    comparison = compare(file, in_round)

    assert [row.title for row in comparison.unknown_rows] == ["Een heel ander actiepunt"]
    assert [entry.title for entry in comparison.missing] == ["Gids maken"]
    assert comparison.found == 1


def test_a_point_that_is_in_the_file_twice_is_told_and_not_read_in(in_round):
    file = edit(build(in_round), "Gids", title="Wet over mensenhandel", status="Voltooid")

    comparison = compare(with_row(file, "Gids maken"), in_round)

    assert [row.status for row in comparison.repeated_rows] == ["Doorlopend", "Voltooid"]
    assert comparison.proposals == ()


def test_a_report_of_another_plan_is_refused(in_round):
    other = factories.status_entry(
        action_point=factories.action_point(title="Uit een heel ander plan")
    )

    with pytest.raises(ReportError, match="rapportage van een ander actieplan"):
        compare(build(other.round), in_round)


def test_a_report_of_too_many_points_is_refused(in_round, monkeypatch):
    monkeypatch.setattr("reports.proposals.MAX_ROWS", 1)

    with pytest.raises(ReportError, match="hoogstens 1"):
        compare(build(in_round), in_round)


# --- What somebody else changed meanwhile --------------------------------------------


def test_a_file_from_before_a_change_would_take_that_change_back(in_round, law):
    file = build(in_round)
    colleague = factories.coordinator()
    save(law, "<p>Een toelichting. Nieuw in dit jaar.</p>", by=colleague)

    proposal = only(look(file, in_round))

    assert proposal.behind.history_user == colleague
    assert not proposal.is_likely_meant


def test_an_edited_file_from_before_a_change_would_take_that_change_back(in_round, law):
    file = edit(build(in_round), "Wet", explanation="<p>Een toelichting. Uit Word.</p>")
    save(law, "<p>Een toelichting. De Kamer heeft de wet in mei aangenomen.</p>")

    assert only(look(file, in_round)).behind


def test_a_file_from_before_a_state_of_play_was_changed_would_take_that_back(in_round, law):
    file = edit(build(in_round), "Wet", explanation="<p>Een toelichting. Uit Word.</p>")
    save(law, law.explanation, status=Status.objects.get(label="Voltooid"))

    assert only(look(file, in_round)).behind


def test_a_file_from_after_a_change_takes_nothing_back(in_round, law):
    save(law, "<p>Een toelichting. De Kamer heeft de wet in mei aangenomen.</p>")
    text = "<p>Een toelichting. De Kamer heeft de wet op 12 mei aangenomen.</p>"

    proposal = only(look(edit(build(in_round), "Wet", explanation=text), in_round))

    assert proposal.behind is None
    assert proposal.last.history_user


def test_of_an_entry_that_nobody_saved_nobody_is_named(in_round):
    assert only(look(edit(build(in_round), "Wet", explanation=""), in_round)).last is None


# --- Texts of the report ---------------------------------------------------------------


def with_section(document, title, body):
    return replace(document, sections=(*document.sections, Section(title, parse(body))))


def test_a_section_that_differs_is_proposed(in_round):
    file = build(in_round)
    file = replace(file, sections=(Section("INLEIDING", parse("<p>Een betere inleiding.</p>")),))

    proposal = only(compare(file, in_round))

    assert proposal.text.title == "Inleiding"
    assert proposal.is_likely_meant


def test_a_section_that_is_new_is_proposed_as_something_to_look_at(in_round):
    file = with_section(build(in_round), "Leeswijzer", "<p>Zo leest u dit.</p>")

    proposal = only(compare(file, in_round))

    assert proposal.is_new_section
    assert proposal.text.position == 2
    assert not proposal.is_likely_meant


def test_a_section_that_the_file_lacks_stays(in_round):
    comparison = compare(replace(build(in_round), sections=()), in_round)

    assert comparison.all_proposals == ()
    assert comparison.missing_texts == ("Inleiding",)


@pytest.mark.parametrize("is_stored", [True, False])
def test_what_is_said_of_a_pillar_is_proposed(is_stored, in_round):
    pillar = in_round.plan.pillars.get()
    if is_stored:
        factories.report_text(round=in_round, pillar=pillar, body=pillar.description)
    file = build(in_round)
    described = replace(file.pillars[0], description=parse("<p>Dit jaar.</p>"))

    proposal = only(compare(replace(file, pillars=(described,)), in_round))

    assert proposal.text.pillar == pillar
    assert not proposal.is_new_section
    assert ReportText.objects.count() == 1 + is_stored


def test_a_pillar_that_the_plan_lacks_is_told(in_round):
    file = build(in_round)
    other = replace(file.pillars[0], title="Iets heel anders")

    assert compare(replace(file, pillars=(other,)), in_round).unknown_pillars == (other.title,)


# --- The price -------------------------------------------------------------------------


@pytest.mark.parametrize("points", [2, 12])
def test_as_many_queries_for_many_points_as_for_few(points, in_round, django_assert_num_queries):
    theme = in_round.plan.themes.get()
    for number in range(points - 2):
        point = factories.action_point(theme=theme, title=f"{'abcdefghijklm'[number] * 12}")
        save(factories.status_entry(action_point=point, round=in_round), "<p>Ander.</p>")
    file = build(in_round)
    for entry in in_round.entries.all():
        save(entry, "<p>Weer een andere toelichting.</p>")

    with django_assert_num_queries(5):
        comparison = look(file, in_round)

    assert len(comparison.proposals) == points
