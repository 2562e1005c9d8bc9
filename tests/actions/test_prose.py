"""What is read from plain text for the checks, and what is not made of it."""

import pytest

from actions.plausibility import prose

# --- Time relative to now ----------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Momenteel loopt een onderzoek.", "Momenteel"),
        ("De wet is op 25 juli jl. aangenomen.", "jl."),
        ("De wet is op 25 juli j.l. aangenomen.", "j.l."),
        ("Het verschijnt eind dit jaar.", "dit jaar"),
        ("Dat gebeurt na de zomer.", "na de zomer"),
        ("Dat gebeurt vóór de zomer.", "vóór de zomer"),
        ("Dat gebeurt vo\u0301o\u0301r de zomer.", "vóór de zomer"),
        ("Dat gebeurt in het najaar.", "in het najaar"),
        ("Op\u00a0dit  moment is er overleg.", "Op\u00a0dit  moment"),
        ("THANS is er overleg.", "THANS"),
        ("Vooralsnog is er geen akkoord.", "Vooralsnog"),
        ("Het ligt nu bij de Kamer.", "nu"),
        ("Tot nu toe is er geen akkoord.", "Tot nu toe"),
        ("De afgelopen twee jaar is er overlegd.", "afgelopen twee jaar"),
        ("De komende periode volgt meer.", "komende periode"),
        ("Volgend jaar volgt meer.", "Volgend jaar"),
        ("In recent gesloten akkoorden staat dit.", "recent"),
        ("De wet is onlangs ingediend.", "onlangs"),
        ("De wet volgt binnenkort.", "binnenkort"),
    ],
)
def test_time_relative_to_now_is_found(text, words):
    assert [each.words for each in prose.times_relative_to_now(text)] == [words]


@pytest.mark.parametrize(
    "text",
    [
        "Na de zomer 2024 volgt de evaluatie.",
        "In het najaar van 2024 volgt de evaluatie.",
        "Nu de richtlijn is vastgesteld, volgt de wet.",
        "Dit staat op NU.nl.",
        "Het is inmiddels uitgevoerd.",
        "In het huidige systeem kan dit.",
        "Dat is een volgende stap, en nog niet de laatste.",
        "Dhr. J.L. Jansen van de recentste werkgroep.",
        "Er is elke maand overleg op het moment van schrijven.",
    ],
)
def test_other_words_about_time_are_left_alone(text):
    assert list(prose.times_relative_to_now(text)) == []


def test_words_are_quoted_with_some_of_their_line():
    text = (
        "Een eerste alinea.\n"
        "Er is veel overleg geweest met allerlei partijen, en nu wordt met elk van hen "
        "een afspraak gemaakt.\n"
        "Een laatste alinea."
    )

    (found,) = prose.times_relative_to_now(text)

    assert found.context == (
        "…geweest met allerlei partijen, en nu wordt met elk van hen een afspraak…"
    )


# --- Years -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("De brief is van 6 november 2023.", ["2023"]),
        ("Op 01-12-2023, 1/12/2022 en 2021-12-01.", ["2023", "2022", "2021"]),
        ("Het plan 2022-2026, het manifest 2022 – 2025.", ["2022-2026", "2022 – 2025"]),
        ("(2023), 2022: '2021', in 2020.", ["2023", "2022", "2021", "2020"]),
        ("De 2022-versie van het 2019-2021-plan.", ["2022", "2019-2021"]),
    ],
)
def test_years_and_periods_are_read(text, years):
    assert [each.words for each in prose.years(text)] == years


@pytest.mark.parametrize(
    ("period", "last"),
    [("2022-2026", 2026), ("2022/23", 2023), ("2022–'26", 2026), ("2023-12", 2023)],
)
def test_a_period_ends_in_its_last_year(period, last):
    assert [each.last for each in prose.years(f"In {period} gebeurt dit.")] == [last]


@pytest.mark.parametrize(
    "text",
    [
        "richtlijn 2024/1760, Stcrt. 2024, 25516 en 2023D47692",
        "Kamerstukken II 2023/24, 26 485, nr. 430",
        "Kamerstuk 2023 D 47692, of onleesbaar: Kamerstuk 2024 47692",
        "2000 bedrijven, 20240 en 2.024 bedrijven",
        "€ 2024, €2024, 2024 euro, 2024,50 en 2024%",
        "nummer 070-2023",
        "https://rapport.example/2024/ en www.rapport.example/2023",
        "NAP2022, 2024/1760",
    ],
)
def test_other_numbers_are_no_years(text):
    assert prose.years(text) == []


# --- Names and marks -----------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "is_named"),
    [
        ("EZK", True),
        ("(EZK/LNV)", True),
        ("de EZK-pilot", True),
        ("het Ministerie van EZK.", True),
        ("EZKA", False),
        ("ezk", False),
        ("EZ", False),
    ],
)
def test_an_abbreviation_is_a_whole_word_in_capitals(text, is_named):
    assert prose.names(text, "EZK") == is_named


@pytest.mark.parametrize(
    ("text", "is_named"),
    [
        ("Het Ministerie van Economische Zaken.", True),
        ("het ministerie van\nEconomische  Zaken", True),
        ("het Ministerie van Economische Zaken en Klimaat", False),
        ("het Ministerie van Economische Zaken en het Ministerie van Financiën", True),
        ("het Ministerie van Economische Zakendoeners", False),
    ],
)
def test_a_name_in_full_is_not_the_beginning_of_a_longer_one(text, is_named):
    longer = ["Ministerie van Economische Zaken en Klimaat"]

    assert prose.names_in_full(text, longer[0].removesuffix(" en Klimaat"), longer=longer) == (
        is_named
    )


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("De nota¹ en de brief.¹²", ["¹", "¹²"]),
        ("De nota[2] zegt dit.", ["[2]"]),
        ("Op 10 m², 3km² en 5m³ [zie onder] [2024].", []),
    ],
)
def test_marks_of_footnotes_are_found_but_not_of_measures(text, marks):
    assert [each.words for each in prose.loose_note_marks(text)] == marks
