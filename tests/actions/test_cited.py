"""How what a text cites is called, and where it is to be read."""

import pytest

from actions.cited import Cited, Kind
from actions.references import find_references

BULLETINS = "https://zoek.officielebekendmakingen.nl"
PARLIAMENT = "https://www.tweedekamer.nl/kamerstukken"
EUR_LEX = "https://eur-lex.europa.eu/legal-content/NL/TXT/?uri=CELEX"

# Everything that the two published documents refer to, written by hand: how they spell it first,
# how we write it, and where it is.
PUBLISHED = {
    "voortgangsrapportage-2024.txt": [
        (
            "Kamerstuk 2023 D 47692",
            "2023D47692",
            f"{PARLIAMENT}/detail?id=2023D47692&did=2023D47692",
        ),
        ("Kamerstuk 36547 4", "Kamerstuk 36 547, nr. 4", f"{BULLETINS}/kst-36547-4.html"),
        ("Kamerstuk 29544 1243", "Kamerstuk 29 544, nr. 1243", f"{BULLETINS}/kst-29544-1243.html"),
        (
            "Kamerstuk 21501-02-2909",
            "Kamerstuk 21 501-02, nr. 2909",
            f"{BULLETINS}/kst-21501-02-2909.html",
        ),
        (
            "21 501-02, nr. 2715",
            "Kamerstuk 21 501-02, nr. 2715",
            f"{BULLETINS}/kst-21501-02-2715.html",
        ),
        ("31 985, nr. 80", "Kamerstuk 31 985, nr. 80", f"{BULLETINS}/kst-31985-80.html"),
        (
            "Kamerstuk 22 112, nr. 3393",
            "Kamerstuk 22 112, nr. 3393",
            f"{BULLETINS}/kst-22112-3393.html",
        ),
        (
            "Kamerstuk 26 485, nr. 435",
            "Kamerstuk 26 485, nr. 435",
            f"{BULLETINS}/kst-26485-435.html",
        ),
        ("Stcrt. 2024, 25516", "Stcrt. 2024, 25516", f"{BULLETINS}/stcrt-2024-25516.html"),
        (
            "Kamerstuk 26 485, nr. 430",
            "Kamerstuk 26 485, nr. 430",
            f"{BULLETINS}/kst-26485-430.html",
        ),
        ("richtlijn 2024/1760", "Richtlijn (EU) 2024/1760", f"{EUR_LEX}:32024L1760"),
    ],
    "kamerbrief-imvo-2020.txt": [
        (
            "Kamerstuk 26 485, nr. 224",
            "Kamerstuk 26 485, nr. 224",
            f"{BULLETINS}/kst-26485-224.html",
        ),
        (
            "Kamerstuk 35 000 XVII, nr. 34",
            "Kamerstuk 35 000 XVII, nr. 34",
            f"{BULLETINS}/kst-35000-XVII-34.html",
        ),
        (
            "Kamerstuk 26 485, nr. 293",
            "Kamerstuk 26 485, nr. 293",
            f"{BULLETINS}/kst-26485-293.html",
        ),
        (
            "Kamerstuk 26 485, nr. 308",
            "Kamerstuk 26 485, nr. 308",
            f"{BULLETINS}/kst-26485-308.html",
        ),
        (
            "Kamerstuk 26 485, nr. 317",
            "Kamerstuk 26 485, nr. 317",
            f"{BULLETINS}/kst-26485-317.html",
        ),
        (
            "Kamerstuk 32 735, nr. 252",
            "Kamerstuk 32 735, nr. 252",
            f"{BULLETINS}/kst-32735-252.html",
        ),
        (
            "Kamerstuk 26 485, nr. 291",
            "Kamerstuk 26 485, nr. 291",
            f"{BULLETINS}/kst-26485-291.html",
        ),
        (
            "Kamerstuk 21 501-02, nr. 2099",
            "Kamerstuk 21 501-02, nr. 2099",
            f"{BULLETINS}/kst-21501-02-2099.html",
        ),
        (
            "Kamerstuk 21 501-04, nr. 227",
            "Kamerstuk 21 501-04, nr. 227",
            f"{BULLETINS}/kst-21501-04-227.html",
        ),
        (
            "Kamerstuk 22 112, nr. 2826",
            "Kamerstuk 22 112, nr. 2826",
            f"{BULLETINS}/kst-22112-2826.html",
        ),
    ],
}


def only(words):
    [found] = find_references(words)
    return found


@pytest.mark.parametrize("document", PUBLISHED)
def test_everything_that_a_published_document_refers_to_is_in_the_table(sources, document):
    text = (sources / document).read_text()

    found = {(each.label, each.address) for each in find_references(text)}

    assert found == {(label, address) for _, label, address in PUBLISHED[document]}


@pytest.mark.parametrize(
    ("words", "label", "address"), [row for rows in PUBLISHED.values() for row in rows]
)
def test_a_published_reference_has_its_label_and_its_address(words, label, address):
    reference = only(words)

    assert (reference.label, reference.address) == (label, address)


@pytest.mark.parametrize(
    ("words", "label", "address"),
    [
        ("Kamerstukken I 2023/24, 36 410, nr. B", "Kamerstuk 36 410, nr. B", "kst-36410-B"),
        ("Kamerstuk 36 600 V, nr. 12", "Kamerstuk 36 600 V, nr. 12", "kst-36600-V-12"),
        ("Staatsblad 2019, 401", "Stb. 2019, 401", "stb-2019-401"),
        ("Tractatenblad 2016, nr. 196", "Trb. 2016, 196", "trb-2016-196"),
    ],
)
def test_a_paper_is_read_where_the_government_publishes(words, label, address):
    reference = only(words)

    assert (reference.label, reference.address) == (label, f"{BULLETINS}/{address}.html")


@pytest.mark.parametrize("words", ["Stcrt. 2009, 107", "Stb. 1994, 230", "Trb. 1994, 1"])
def test_a_journal_of_before_it_was_electronic_has_no_address(words):
    assert only(words).label == words
    assert only(words).address == ""


@pytest.mark.parametrize(
    ("words", "label", "celex"),
    [
        ("richtlijn 2022/2464", "Richtlijn (EU) 2022/2464", "32022L2464"),
        ("richtlijn 2014/95", "Richtlijn 2014/95/EU", "32014L0095"),
        ("richtlijn 2006/43", "Richtlijn 2006/43/EG", "32006L0043"),
        ("richtlijn 1999/5", "Richtlijn 1999/5/EG", "31999L0005"),
        ("richtlijn 95/46", "Richtlijn 95/46/EG", "31995L0046"),
        ("richtlijn 89/391", "Richtlijn 89/391/EEG", "31989L0391"),
        ("richtlijn 2009/28", "Richtlijn 2009/28", "32009L0028"),
        ("verordening (EU) 2023/1115", "Verordening (EU) 2023/1115", "32023R1115"),
        ("verordening 833/2014", "Verordening (EU) nr. 833/2014", "32014R0833"),
        ("verordening 864/2007", "Verordening (EG) nr. 864/2007", "32007R0864"),
        ("verordening 2913/92", "Verordening (EEG) nr. 2913/92", "31992R2913"),
        ("verordening 1223/2009", "Verordening nr. 1223/2009", "32009R1223"),
    ],
)
def test_an_act_is_named_as_in_the_official_journal_of_its_time(words, label, celex):
    reference = only(words)

    assert (reference.label, reference.address) == (label, f"{EUR_LEX}:{celex}")


def test_what_is_cited_stands_in_the_order_in_which_one_looks_it_up():
    in_order = [
        Cited(Kind.PAPER, "21501-02-227"),
        Cited(Kind.PAPER, "21501-02-2909"),
        Cited(Kind.PAPER, "26485-80"),
        Cited(Kind.PAPER, "26485-430"),
        Cited(Kind.PAPER, "26485-B"),
        Cited(Kind.PAPER, "35000-XVII-34"),
        Cited(Kind.DOCUMENT, "2023D47692"),
        Cited(Kind.JOURNAL, "Stb. 2019, 401"),
        Cited(Kind.JOURNAL, "Stcrt. 2024, 9000"),
        Cited(Kind.JOURNAL, "Stcrt. 2024, 25516"),
        Cited(Kind.ACT, "32014L0095"),
        Cited(Kind.ACT, "32024L1760"),
    ]
    mixed = in_order[1::2] + in_order[::2]

    assert sorted(mixed, key=lambda each: each.sort_key) == in_order
