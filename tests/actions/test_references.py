"""Which references are recognised in a text, and which words only announce one."""

import re

import pytest

from actions.references import Kind, find_references, find_unreadable, read_dossier

# Every reference in the two published documents, in their order, copied from them by hand.
PUBLISHED = {
    "voortgangsrapportage-2024.txt": [
        ("Kamerstuk 2023 D 47692", "2023D47692"),
        ("Kamerstuk 36547 4", "36547-4"),
        ("Kamerstuk 29544 1243", "29544-1243"),
        ("Kamerstuk 21501-02-2909", "21501-02-2909"),
        ("21 501-02, nr. 2715", "21501-02-2715"),
        ("31 985, nr. 80", "31985-80"),
        ("Kamerstuk 22 112, nr. 3393", "22112-3393"),
        ("Kamerstuk 26 485, nr. 435", "26485-435"),
        ("Stcrt. 2024, 25516", "Stcrt. 2024, 25516"),
        ("Kamerstuk 26 485, nr. 430", "26485-430"),
        ("Kamerstuk 22 112, nr. 3393", "22112-3393"),
        ("Stcrt. 2024, 25516", "Stcrt. 2024, 25516"),
        ("richtlijn 2024/1760", "32024L1760"),
    ],
    "kamerbrief-imvo-2020.txt": [
        ("Kamerstuk 26 485, nr. 224", "26485-224"),
        ("Kamerstuk 35 000 XVII, nr. 34", "35000-XVII-34"),
        ("Kamerstuk 26 485, nr. 224", "26485-224"),
        ("Kamerstuk 26 485, nr. 293", "26485-293"),
        ("Kamerstuk 26 485, nr. 308", "26485-308"),
        ("Kamerstuk 26 485, nr. 317", "26485-317"),
        ("Kamerstuk 32 735, nr. 252", "32735-252"),
        ("Kamerstuk 26 485, nr. 291", "26485-291"),
        ("Kamerstuk 21 501-02, nr. 2099", "21501-02-2099"),
        ("Kamerstuk 21 501-04, nr. 227", "21501-04-227"),
        ("Kamerstuk 22 112, nr. 2826", "22112-2826"),
        ("Kamerstuk 35 000 XVII, nr. 34", "35000-XVII-34"),
    ],
}


def numbers(text):
    return [each.number for each in find_references(text)]


def unreadable(text):
    return [text[each.start : each.end] for each in find_unreadable(text)]


@pytest.mark.parametrize("document", PUBLISHED)
def test_every_reference_in_a_published_document_is_read(sources, document):
    text = (sources / document).read_text()

    found = find_references(text)

    words = [re.sub(r"\s+", " ", text[each.start : each.end]) for each in found]
    assert list(zip(words, numbers(text), strict=True)) == PUBLISHED[document]
    assert unreadable(text) == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Kamerstuk 26485-430", "26485-430"),
        ("Kamerstuk 26.485, nr. 430", "26485-430"),
        ("Kamerstuk 26485 nr 430", "26485-430"),
        ("kamerstuk 26 485, Nr.430", "26485-430"),
        ("Kamerstuk: 26 485, nr. 430", "26485-430"),
        ("Kamerst. 26 485, nr. 430", "26485-430"),
        ("Kamerstuk 26  485,\n  nr.\n430", "26485-430"),
        ("Kamerstuk 26\u00a0485, nr.\u00a0430", "26485-430"),
        ("Kamerstuk 21 501\u201102, nr. 2909", "21501-02-2909"),
        ("Kamerstuk 21 501–02, nr. 2909", "21501-02-2909"),
        ("Kamerstuk 26485\u2011430", "26485-430"),
        ("Kamerstuk 26 485, nr. 430²", "26485-430"),
        ("2023D47692¹²", "2023D47692"),
        ("Stcrt. 2024, 25516³", "Stcrt. 2024, 25516"),
        ("richtlijn 2024/1760⁴", "32024L1760"),
        ("Kamerstuknummer 36547-104", "36547-104"),
        ("Kamerstuk 21501-02-34", "21501-02-34"),
        ("Kamerstuk 35000-XVII-34", "35000-XVII-34"),
        ("Kamerstuk 36 600 V, nr. 12", "36600-V-12"),
        ("Kamerstukken II 2023/24, 26 485, nr. 430", "26485-430"),
        ("Kamerstukken II 2023-2024, 26 485, nr. 430", "26485-430"),
        ("Kamerstukken I 2023/24, 36 410, nr. B", "36410-B"),
        ("Kamerstukken I 2023/24, 36 410, A", "36410-A"),
        ("Kamerstukken I 2023-2024, 36410, AB", "36410-AB"),
        ("Kamerstuk I, 36 410, A", "36410-A"),
        ("EK 36 410, C", "36410-C"),
        ("EK 2023/24, 36 410 VI, C", "36410-VI-C"),
        ("EK 36 410, nr. C", "36410-C"),
        ("kst-26485-430", "26485-430"),
        ("kst-21501-02-2909", "21501-02-2909"),
        ("kst-35000-XVII-34", "35000-XVII-34"),
        ("kst-36410-A", "36410-A"),
        ("kst-36410-VI-A", "36410-VI-A"),
        ("2023D47692", "2023D47692"),
        ("Staatscourant 2024, nr. 25516", "Stcrt. 2024, 25516"),
        ("Stb. 2019, 401", "Stb. 2019, 401"),
        ("Stb. 2019 401", "Stb. 2019, 401"),
        ("Trb. 2016, 196", "Trb. 2016, 196"),
        ("Richtlijn (EU) 2024/1760", "32024L1760"),
        ("EU-richtlijn 2024/1760", "32024L1760"),
        ("Richtlijn EU 2024/1760", "32024L1760"),
        ("richtlijn 2024/1760/EU", "32024L1760"),
        ("richtlijn\n  (EU)\n2024/1760", "32024L1760"),
        ("Due Diligence Directive (EU) 2024/1760", "32024L1760"),
        ("Richtlijn 2014/95/EU", "32014L0095"),
        ("Richtlijn 2014/95", "32014L0095"),
        ("Richtlijn 95/46/EG", "31995L0046"),
        ("Richtlijn 1999/5/EG", "31999L0005"),
        ("Verordening (EU) nr. 833/2014", "32014R0833"),
        ("verordening 833/2014", "32014R0833"),
        ("Regulation (EU) No 833/2014", "32014R0833"),
        ("Verordening (EEG) nr. 2913/92", "31992R2913"),
        ("Verordening (EG) nr. 2016/2006", "32006R2016"),
        ("Verordening (EU) 2019/2014", "32019R2014"),
        ("Verordening (EU) nr. 2016/679", "32016R0679"),
        ("Uitvoeringsverordening (EU) 2023/138", "32023R0138"),
        ("Gedelegeerde Verordening (EU) 2017/589", "32017R0589"),
        ("Antidwangarbeidverordening (EU) 2024/3015", "32024R3015"),
    ],
)
def test_a_reference_has_one_number_however_it_is_spelled(text, number):
    assert numbers(f"Zie de brief ({text}).") == [number]
    assert unreadable(text) == []


def test_a_reference_knows_its_kind_and_its_place():
    text = "Zie (Kamerstuk 26 485, nr. 430), Stcrt. 2024, 25516, 2023D47692 en richtlijn 2024/1760."

    found = [(each.kind, text[each.start : each.end]) for each in find_references(text)]

    assert found == [
        (Kind.PAPER, "Kamerstuk 26 485, nr. 430"),
        (Kind.JOURNAL, "Stcrt. 2024, 25516"),
        (Kind.DOCUMENT, "2023D47692"),
        (Kind.ACT, "richtlijn 2024/1760"),
    ]


def test_no_reference_stands_in_another():
    text = "Stcrt. 2024, 25516, nr. 3"

    assert numbers(text) == ["Stcrt. 2024, 25516"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kamerstuk 26 485, nrs. 430 en 435", ["26485-430", "26485-435"]),
        ("Kamerstuk 26 485, nrs. 4, 5 en 7", ["26485-4", "26485-5", "26485-7"]),
        ("Kamerstuk 26 485, nr. 430 en nr. 435", ["26485-430", "26485-435"]),
        (
            "Kamerstuk 26 485, nr. 430 t/m 433",
            ["26485-430", "26485-431", "26485-432", "26485-433"],
        ),
        (
            "Kamerstukken 26 485, nrs. 430 tot en met 433",
            ["26485-430", "26485-431", "26485-432", "26485-433"],
        ),
        ("Kamerstuk 26 485, nrs. 430–432", ["26485-430", "26485-431", "26485-432"]),
        ("Kamerstuk 26 485, nrs. 430 t/m 431", ["26485-430", "26485-431"]),
        ("Kamerstuk 26 485, nr. 430 t/m nr. 431", ["26485-430", "26485-431"]),
        ("Kamerstuk 26485-430 t/m 432", ["26485-430", "26485-431", "26485-432"]),
        (
            "Kamerstuk 26 485, nr. 430 t/m 432 en nr. 440",
            ["26485-430", "26485-431", "26485-432", "26485-440"],
        ),
        (
            "Kamerstuk 26 485, nrs. 4, 6-8 en 10 t/m 12",
            ["26485-4", "26485-6", "26485-7", "26485-8", "26485-10", "26485-11", "26485-12"],
        ),
        ("Kamerstuk 26 485, nrs. 1 t/m 50", [f"26485-{number}" for number in range(1, 51)]),
        # Longer than one means.
        ("Kamerstuk 26 485, nrs. 1 t/m 51", ["26485-1", "26485-51"]),
        ("Kamerstuk 26485-430 en 435", ["26485-430", "26485-435"]),
        ("(Kamerstuk 26485-430 en 435)", ["26485-430", "26485-435"]),
        ("Kamerstuk 26485-430 & 435.", ["26485-430", "26485-435"]),
        ("Kamerstuk 21501-02-2909 en 2911;", ["21501-02-2909", "21501-02-2911"]),
        ("Kamerstuk 26485-430 en nr. 435", ["26485-430", "26485-435"]),
        ("Kamerstuk 26 485, nr. 430 en 31 985, nr. 80", ["26485-430", "31985-80"]),
        ("Kamerstuk 26 485, nrs. 430 en 31 985, nr. 80", ["26485-430", "31985-80"]),
        (
            "Kamerstuk 26 485, nrs. 430 en 435 en 31 985, nr. 80",
            ["26485-430", "26485-435", "31985-80"],
        ),
        ("Richtlijnen 2013/34/EU en 2006/43/EG", ["32013L0034", "32006L0043"]),
        (
            "verordeningen (EU) 2019/1020, (EU) 2023/988 en (EU) nr. 833/2014",
            ["32019R1020", "32023R0988", "32014R0833"],
        ),
    ],
)
def test_each_number_of_a_list_is_a_reference(text, expected):
    assert numbers(text) == expected


def test_what_a_range_means_without_naming_it_stands_at_its_last_number():
    text = "Kamerstuk 26 485, nrs. 430 t/m 432."

    first, within, last = find_references(text)

    assert text[first.start : first.end] == "Kamerstuk 26 485, nrs. 430"
    assert (within.start, within.end) == (last.start, last.start)
    assert text[last.start : last.end] == "432"


def test_a_number_in_a_list_has_its_own_place():
    text = "Kamerstuk 26 485, nrs. 430 en 435"

    assert [text[each.start : each.end] for each in find_references(text)] == [
        "Kamerstuk 26 485, nrs. 430",
        "435",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Kamerstuk 26 485, nr. 430, 6 november 2023",
        "Kamerstuk 26 485, nr. 430 en 2 bijlagen",
        "Kamerstuk 26 485, nr. 430 (2 bijlagen)",
        "Kamerstuk 26 485, nr. 430 en richtlijn",
        # Its last number, or a part of the paper?
        "Kamerstuk 26 485, nr. 430-433",
        "Kamerstuk 26485-430-433",
        "Kamerstuk 26 485, nrs. 430-12",
        "Kamerstuk 26 485, nr. 430 t/m 12",
        "Kamerstuk 26 485, nr. 430 t/m 500 november 2023",
        "Kamerstuk 26 485, nr. 430 t/m 440 november",
        "Kamerstuk 26485-430 en 12.",
        "Kamerstuk 26 485, nrs. 430 en 6 november 2023",
        "Kamerstuk 26485-430 en 2 bijlagen",
        "Kamerstuk 26485-430 en 435 andere stukken",
        "Kamerstuk 26485-430 en 2,5 miljoen euro",
        "Kamerstuk 26485-430 en 2024.",
        "Kamerstuk 26485-430, 435",
    ],
)
def test_no_paper_is_made_of_what_follows_a_reference(text):
    assert numbers(text) == ["26485-430"]


@pytest.mark.parametrize(
    "text",
    [
        "Bel 070 348 6486, 06-12345678 of +31 70 348 64 86.",
        "Het kost € 26 485, nr. 4 op de lijst.",
        "In totaal 26 485 bedrijven, en 1 326 485, nr. 4.",
        "artikel 273f van het Wetboek, artikel 29 lid 7",
        "de UNGP's en de OESO-richtlijnen 2023",
        "in 2022-2025, begin 2024 en op 25 juni 2024",
        "lot nr. 26 485",
        "de OESO-richtlijnen 2023/24 en de richtlijn 95/2014",
        "de verordening 2019/2014",
        "richtlijn 2024/0 en richtlijn 12/34",
        "de CSDDD (EU) 2024/1760",
        "het adres https://www.tweedekamer.nl/kamerstukken/detail?id=2023D47692&did=2023D47692",
        "26 485 Maatschappelijk verantwoord ondernemen\nNr. 323",
        "het adres https://zoek.officielebekendmakingen.nl/kst-26485-430.html",
        "het bestand kst-26485-430-b1 of blg-26485-430",
        "26485-430 en 435",
        "EK 36 410 C",
        "EK 36 410, V en EK 36 410, De minister",
        "EK 36 410, A.B. Jansen",
        "het EK 2024, A",
        "36 410, A",
        "WEEK 36 410, C",
        "het bovenstaande Kamerstuk.",
        "De Kamerstukken en de Staatscourant zijn openbaar.",
        "Kamerstukken worden gepubliceerd.",
    ],
)
def test_other_numbers_and_words_are_no_references(text):
    assert numbers(text) == []
    assert unreadable(text) == []


@pytest.mark.parametrize(
    "words",
    [
        "Kamerstuk 26 485",
        "Kamerstuk 26 485, 430",
        "Kamerstuk 26 48, nr. 430",
        "Kamerstuk 264 850, nr. 430",
        "Kamerstuk 21501-20",
        "Kamerstuk 26 485, nr. 43012",
        "Kamerstuk 2023 47692",
        "Kamerstuk PM",
        "Kamerstuk xx xxx, nr. x",
        "Kamerstuk nr. 430",
        "Kamerstuk",
    ],
)
def test_an_announced_paper_that_cannot_be_read_is_told_and_not_guessed(words):
    text = f"Dit staat in de brief ({words}). Zie ook Kamerstuk 31 985, nr. 80."

    assert unreadable(text) == [words]
    assert numbers(text) == ["31985-80"]


def test_of_two_announced_papers_each_is_told():
    text = "Zie Kamerstuk 26 485, nr. 430 of Kamerstuk 26 48 of Kamerstuk PM."

    assert numbers(text) == ["26485-430"]
    assert unreadable(text) == ["Kamerstuk 26 48 of", "Kamerstuk PM"]


# --- Dossiers ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "dossier"),
    [
        ("26 485", "26 485"),
        (" 26485 ", "26 485"),
        ("26.485", "26 485"),
        ("21501-02", "21 501-02"),
        ("35 000 XVII", "35 000 XVII"),
        ("26 485, nr. 323", ""),
        ("26 485, 32 735", ""),
        ("26 485 en 32 735", ""),
        ("Kamerstuk 26 485", ""),
        ("264855", ""),
        ("IMVO", ""),
        ("", ""),
    ],
)
def test_a_text_that_is_the_number_of_a_dossier_is_read_as_one(text, dossier):
    assert read_dossier(text) == dossier
