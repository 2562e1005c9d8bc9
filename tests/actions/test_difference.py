"""What is shown of a changed text, in examples."""

import pytest

from actions.richtext.difference import Kind, difference
from actions.richtext.html import parse

MARKS = {Kind.SAME: "{}", Kind.REMOVED: "[-{}-]", Kind.ADDED: "[+{}+]"}


def compared(old, new):
    """The difference as lines of text: [-removed-], [+added+], {in a footnote}, * for an item."""
    lines = []
    for line in difference(parse(old), parse(new)).lines:
        shown = "* " if line.begins_item else ""
        for piece in line.pieces:
            words = MARKS[piece.kind].format(piece.text)
            shown += " " * piece.spaced + (f"{{{words}}}" if piece.in_footnote else words)
        lines.append(shown)
    return lines


def paragraphs(*lines):
    return "".join(f"<p>{line}</p>" for line in lines)


# --- Words -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("Klaar in 2024.", "Klaar in 2025.", "Klaar in [-2024-] [+2025+]."),
        ("De wet (2024) geldt.", "De wet (2025) geldt.", "De wet ([-2024-][+2025+]) geldt."),
        ("Het loket is er.", "Het loket is er, nu.", "Het loket is er[+, nu+]."),
        ("de EU-wet", "de EU-wetten", "de [-EU-wet-] [+EU-wetten+]"),
        ("zo’n 1.000 foto's", "zo’n 1.500 foto's", "zo’n [-1.000-] [+1.500+] foto's"),
        ("Een zin. Nog een zin.", "Een zin.", "Een zin. [-Nog een zin.-]"),
        ("Zie (de wet).", "Zie (wet).", "Zie ([-de-] wet)."),
    ],
)
def test_whole_words_are_marked_and_the_punctuation_beside_them_is_not(old, new, shown):
    assert compared(old, new) == [shown]


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        (
            "De wet geldt. De Kamer wacht.",
            "De wet geldt. De brief is af. De Kamer wacht.",
            "De wet geldt. [+De brief is af.+] De Kamer wacht.",
        ),
        (
            "een wet, een loket",
            "een wet, een brief, een loket",
            "een wet, [+een brief,+] een loket",
        ),
    ],
)
def test_an_added_sentence_is_marked_from_its_beginning_to_its_end(old, new, shown):
    assert compared(old, new) == [shown]


def test_small_words_between_changes_do_not_break_them_up():
    old = "Er zijn gesprekken gevoerd met bedrijven over een keurmerk."
    new = "Er zijn richtlijnen opgesteld met vakbonden over een convenant."

    assert compared(old, new) == [
        "Er zijn [-gesprekken gevoerd met bedrijven-] [+richtlijnen opgesteld met vakbonden+] over "
        "een [-keurmerk-] [+convenant+]."
    ]


def test_of_a_text_that_was_written_anew_nothing_is_held_on_to():
    old = "De minister stuurt de Kamer in het najaar een brief over de voortgang van het plan."
    new = "In 2025 is gesproken over de gevolgen van de wet voor kleine ondernemingen."

    assert compared(old, new) == [f"[-{old}-] [+{new}+]"]


def test_white_space_and_marks_are_looks():
    changed = difference(parse("Het <em>plan</em>: klaar."), parse("<p>Het plan : klaar.</p>"))

    assert changed.only_looks
    assert not changed.has_changes


def test_words_are_counted_without_loose_punctuation():
    changed = difference(parse("In 2024 klaar."), parse("In het jaar 2025 klaar!"))

    assert (changed.removed_words, changed.added_words) == (1, 3)


# --- Paragraphs and lists ----------------------------------------------------


def test_an_added_paragraph_is_marked_as_a_whole_although_it_begins_like_the_next():
    old = paragraphs("De wet geldt.", "De Kamer is ingelicht over de wet.")
    new = paragraphs("De wet geldt.", "De Kamer wacht.", "De Kamer is ingelicht over deze wet.")

    assert compared(old, new) == [
        "De wet geldt.",
        "[+De Kamer wacht.+]",
        "De Kamer is ingelicht over [-de-] [+deze+] wet.",
    ]


def test_an_added_line_is_marked_as_a_whole_although_no_line_ends_with_a_full_stop():
    old = paragraphs("nu een wet", "een loket nu")
    new = paragraphs("straks een wet", "een brief", "een loket straks")

    assert compared(old, new) == [
        "[-nu-] [+straks+] een wet",
        "[+een brief+]",
        "een loket [-nu-] [+straks+]",
    ]


def test_a_removed_paragraph_stands_where_it_was():
    old = paragraphs("De wet geldt.", "Een loket komt er.", "De Kamer is ingelicht.")
    new = paragraphs("De wet geldt.", "De Kamer is ingelicht.")

    assert compared(old, new) == [
        "De wet geldt.",
        "[-Een loket komt er.-]",
        "De Kamer is ingelicht.",
    ]


def test_a_paragraph_that_was_split_keeps_its_words():
    old = paragraphs("De wet geldt. De Kamer is ingelicht.")
    new = paragraphs("De wet geldt.", "De Kamer is nu ingelicht.")

    assert compared(old, new) == ["De wet geldt.", "De Kamer is [+nu+] ingelicht."]
    assert compared(new, old) == ["De wet geldt. De Kamer is [-nu-] ingelicht."]


def test_where_paragraphs_only_join_the_words_are_the_same():
    changed = difference(parse("<p>De wet geldt.</p><p>Nu.</p>"), parse("De wet geldt. Nu."))

    assert changed.only_looks


def test_unrelated_paragraphs_stand_apart_where_their_number_differs():
    old = paragraphs("Kop.", "Dit is vervallen.", "Ook zoiets ouds.", "Slot.")
    new = paragraphs("Kop.", "Hier komt wat anders.", "Slot.")

    assert compared(old, new) == [
        "Kop.",
        "[-Dit is vervallen.-]",
        "[-Ook zoiets ouds.-]",
        "[+Hier komt wat anders.+]",
        "Slot.",
    ]


def test_items_of_a_list_are_lines_of_their_own():
    old = "<p>Nodig:</p><ul><li>een wet</li><li>een loket</li></ul>"
    new = "<p>Nodig:</p><ul><li>een wet</li><li>geld</li><li>een groot loket</li></ul>"

    assert compared(old, new) == [
        "Nodig:",
        "* een wet",
        "* [+geld+]",
        "* een [+groot+] loket",
    ]


# --- Footnotes and links -----------------------------------------------------


def test_a_footnote_is_compared_at_the_place_of_its_mark():
    old = 'Het plan<span class="footnote">Kamerstuk 2023, nr. 1.</span> loopt.'
    new = 'Het plan<span class="footnote">Kamerstuk 2024, nr. 1.</span> loopt.'

    assert compared(old, new) == [
        "Het plan {Kamerstuk} {[-2023-]} {[+2024+]}{, nr. 1.} loopt.",
    ]


def test_a_footnote_that_became_text_has_changed():
    old, new = 'Het plan<span class="footnote">in concept</span>.', "Het plan in concept."

    assert compared(old, new) == ["Het plan {[-in concept-]} [+in concept+]."]


def test_a_full_stop_is_not_all_that_two_footnotes_share():
    old = 'Het is gemeld<span class="footnote">Een noot die vervalt.</span>.'
    new = 'Het is gemeld. De Kamer is ingelicht<span class="footnote">Brief van mei.</span>.'

    assert compared(old, new) == [
        "Het is gemeld {[-Een noot die vervalt.-]}[+. De Kamer is ingelicht+] {[+Brief van mei.+]}."
    ]


LINKED = '<p>Zie <a href="https://a.nl/">de site</a>.</p>'


@pytest.mark.parametrize(
    ("new", "shown"),
    [
        (LINKED.replace("a.nl", "b.nl"), "Zie de site [-(https://a.nl/)-] [+(https://b.nl/)+]."),
        ("<p>Zie de site.</p>", "Zie de site [-(https://a.nl/)-]."),
        (LINKED.replace("site", "pagina"), "Zie de [-site-] [+pagina+]."),
        (LINKED.replace("Zie", "Lees").replace("de site", "ons"), "[-Zie de site-] [+Lees ons+]."),
        (
            '<p>Zie <a href="https://b.nl/">de site </a>nu.</p>',
            "Zie de site [-(https://a.nl/)-] [+(https://b.nl/) nu+].",
        ),
    ],
)
def test_an_address_is_shown_where_it_changed_and_only_there(new, shown):
    assert compared(LINKED, new) == [shown]


def test_an_address_that_stayed_is_not_drawn_into_the_changes_around_it():
    old = (
        "Alles over de bijeenkomsten met ondernemers van vorig jaar staat sinds kort op {} waar "
        "ook verslagen en presentaties van alle sprekers te vinden zijn. Er is een loket."
    ).format('<a href="https://a.nl/">de site</a>')
    new = (
        "Bedrijven en vakbonden lezen vanaf komende zomer via {}: hoe klachten worden behandeld, "
        "door wie, en binnen welke termijn een antwoord volgt. Er is een loket."
    ).format('<a href="https://a.nl/">onze pagina</a>')

    assert "a.nl" not in " ".join(compared(old, new))


def test_an_address_that_the_text_says_is_not_repeated():
    old, new = (f'<p>Mail <a href="mailto:{name}@b.nl">{name}@b.nl</a></p>' for name in ("a", "c"))

    assert compared(old, new) == ["Mail [-a@b.nl-] [+c@b.nl+]"]
