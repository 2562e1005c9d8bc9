"""What is read from the plan's prose, for each of its 33 points and at the edges."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.wording import Part, read_responsibility, read_timeline, title_key
from tests.actions.published import RESPONSIBILITIES, TIMELINES

KNOWN = ["BZ", "Ministerie van Buitenlandse Zaken", "SZW", "RVO", "EZ", "EZK", "KLPD"]


# --- Timelines ---------------------------------------------------------------


@pytest.mark.parametrize("number", TIMELINES)
def test_the_timeline_of_a_published_point_gives_its_dates(number):
    wording, dates = TIMELINES[number]

    assert read_timeline(wording) == dates


@pytest.mark.parametrize(
    ("wording", "start", "end"),
    [
        ("2022-2024", date(2022, 1, 1), date(2024, 12, 31)),
        ("2022 – 2024", date(2022, 1, 1), date(2024, 12, 31)),
        ("2022—2024", date(2022, 1, 1), date(2024, 12, 31)),
        ("2022 t/m 2024", date(2022, 1, 1), date(2024, 12, 31)),
        ("Maart 2022 tot en met 2024", date(2022, 3, 1), date(2024, 12, 31)),
        ("2022-2022", date(2022, 1, 1), date(2022, 12, 31)),
        ("  2022\n-\u00a02024. ", date(2022, 1, 1), date(2024, 12, 31)),
        ("t/m 2025", None, date(2025, 12, 31)),
        ("Tot en met juni 2025", None, date(2025, 6, 30)),
        ("t/m eind 2025", None, date(2025, 12, 31)),
        ("VANAF 2022", date(2022, 1, 1), None),
        ("Vanaf begin 2022", date(2022, 1, 1), None),
        ("Vanaf najaar 2022", date(2022, 9, 1), None),
        ("Februari 2024", date(2024, 2, 1), date(2024, 2, 29)),
        ("februari 2023", date(2023, 2, 1), date(2023, 2, 28)),
        ("In 2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("Zomer 2024", date(2024, 6, 1), date(2024, 8, 31)),
        ("Begin 2024", date(2024, 1, 1), None),
        ("Eind 2024", None, date(2024, 12, 31)),
        ("Begin 2022 - eind 2024", date(2022, 1, 1), date(2024, 12, 31)),
        ("November 2022 – februari 2023", date(2022, 11, 1), date(2023, 2, 28)),
        ("Start 2022, looptijd tot en met 2025", date(2022, 1, 1), date(2025, 12, 31)),
    ],
)
def test_a_timeline_gives_the_dates_it_names(wording, start, end):
    assert read_timeline(wording) == (start, end)


@pytest.mark.parametrize(
    "wording",
    [
        "",
        " ",
        "-",
        "–",
        "t/m",
        "Vanaf",
        "Doorlopend",
        "2024-2022",
        "Augustus – maart 2022",
        "2024 t/m 2022",
        "0000",
        "0000-2022",
        "Vanaf 0000",
        "t/m 0000",
        "99999",
        "202",
        "2022 2024",
        "juni",
        "Elke 2 jaar",
        "4-jaarlijks",
        "Vanaf inwerkingtreding",
        "2022 of 2023",
        "artikel 2024 van de wet",
    ],
)
def test_a_timeline_without_dates_gives_none(wording):
    assert read_timeline(wording) == (None, None)


WORDS = "vanaf t/m tot en met start in begin eind voorjaar maart augustus 2022 2024 0000 - – , . x"


@given(st.lists(st.sampled_from(WORDS.split()), max_size=8).map(" ".join) | st.text())
def test_a_timeline_of_any_wording_gives_dates_in_order_or_none(wording):
    start, end = read_timeline(wording)

    assert not (start and end) or start <= end


# --- Responsibilities --------------------------------------------------------


@pytest.mark.parametrize("number", RESPONSIBILITIES)
def test_the_responsibility_of_a_published_point_gives_its_organisations_and_roles(number):
    wording, roles = RESPONSIBILITIES[number]

    parts = read_responsibility(wording, [])

    assert [(part.organisation, part.role) for part in parts] == list(roles.items())


@pytest.mark.parametrize("number", RESPONSIBILITIES)
def test_organisations_that_are_known_change_nothing_in_a_published_responsibility(number):
    wording, _roles = RESPONSIBILITIES[number]
    known = [name for _wording, roles in RESPONSIBILITIES.values() for name in roles]

    assert read_responsibility(wording, known) == read_responsibility(wording, [])


@pytest.mark.parametrize(
    ("wording", "parts"),
    [
        ("JenV en BZ", [("JenV", "responsible"), ("BZ", "responsible")]),
        ("JenV/BZ", [("JenV", "responsible"), ("BZ", "responsible")]),
        ("JenV & BZ", [("JenV", "responsible"), ("BZ", "responsible")]),
        ("BZ (coördinerend), SZW", [("BZ", "coordinating"), ("SZW", "responsible")]),
        ("BZ (coördineert, met SZW), FIN", [("BZ", "coordinating"), ("FIN", "responsible")]),
        ("BZ, in samenwerking met RVO", [("BZ", "responsible"), ("RVO", "involved")]),
        ("BZ i.s.m. RVO en SZW", [("BZ", "responsible"), ("RVO", "involved"), ("SZW", "involved")]),
        ("RVO in opdracht van BZ", [("RVO", "executing"), ("BZ", "responsible")]),
        ("BZ denkt mee", [("BZ", "involved")]),
        ("BZ, BZ", [("BZ", "responsible")]),
        ("het Ministerie van Buitenlandse Zaken", [(KNOWN[1], "responsible")]),
        ("de EZK", [("EZK", "responsible")]),
        ("Onbekende Raad voor Alles", [("Onbekende Raad voor Alles", "responsible")]),
    ],
)
def test_a_responsibility_gives_organisations_and_roles_in_its_order(wording, parts):
    assert read_responsibility(wording, KNOWN) == [Part(*part) for part in parts]


MINISTRIES = {
    "EZ": "Ministerie van Economische Zaken",
    "EZK": "Ministerie van Economische Zaken en Klimaat",
    "SZW": "Ministerie van Sociale Zaken en Werkgelegenheid",
    "IenW": "Ministerie van Infrastructuur en Waterstaat",
    "KGG": "Ministerie van Klimaat en Groene Groei",
    "LVVN": "Ministerie van Landbouw, Visserij, Voedselzekerheid en Natuur",
    "FIN": "Ministerie van Financiën",
}
ORGANISATIONS = [*MINISTRIES, *MINISTRIES.values(), "BZ", "JenV", "RVO", "J&V"]


@pytest.mark.parametrize("name", MINISTRIES.values())
def test_a_known_ministry_is_one_organisation_however_it_is_written(name):
    bare = name.removeprefix("Ministerie van ")

    for written in (name, bare, f"ministerie van {bare}", f"het {name}", name.upper()):
        assert read_responsibility(written, ORGANISATIONS) == [Part(name, "responsible")]


@pytest.mark.parametrize(
    ("wording", "parts"),
    [
        ("BZ; JenV", [("BZ", "responsible"), ("JenV", "responsible")]),
        ("Fin", [("FIN", "responsible")]),
        ("jenv, Finland", [("JenV", "responsible")]),
        ("EZ (voorheen EZK)", [("EZ", "responsible")]),
        ("EZ (voorheen Economische Zaken en Klimaat)", [("EZ", "responsible")]),
        (
            "BZ en het ministerie van Financiën",
            [("BZ", "responsible"), ("Ministerie van Financiën", "responsible")],
        ),
        (
            "Landbouw, Visserij, Voedselzekerheid en Natuur (coördinerend), BZ",
            [(MINISTRIES["LVVN"], "coordinating"), ("BZ", "responsible")],
        ),
    ],
)
def test_known_organisations_are_found_before_a_responsibility_is_cut(wording, parts):
    assert read_responsibility(wording, ORGANISATIONS) == [Part(*part) for part in parts]


@pytest.mark.parametrize(
    ("wording", "parts"),
    [
        ("BZ i.s.m. RVO, IDH", [("BZ", "responsible"), ("RVO", "involved"), ("IDH", "involved")]),
        (
            "BZ, i.s.m. RVO, IDH; JenV",
            [
                ("BZ", "responsible"),
                ("RVO", "involved"),
                ("IDH", "involved"),
                ("JenV", "responsible"),
            ],
        ),
        (
            "BZ (coördineert i.s.m. RVO), JenV",
            [
                ("BZ", "coordinating"),
                ("RVO", "involved"),
                ("JenV", "responsible"),
            ],
        ),
    ],
)
def test_cooperation_goes_on_until_a_semicolon(wording, parts):
    assert read_responsibility(wording, ORGANISATIONS) == [Part(*part) for part in parts]


@pytest.mark.parametrize(
    ("wording", "names"),
    [
        ("J&V", ["J&V"]),
        ("BZ & J&V", ["BZ", "J&V"]),
        ("BZ&JenV", ["BZ", "JenV"]),
    ],
)
def test_an_ampersand_without_spaces_does_not_cut_a_name(wording, names):
    parts = read_responsibility(wording, ORGANISATIONS)

    assert [part.organisation for part in parts] == names


@pytest.mark.parametrize("wording", ["", ",", "alle departementen", "bedrijven en vakbonden", "-"])
def test_a_responsibility_without_organisations_gives_none(wording):
    assert read_responsibility(wording, KNOWN) == []


@given(st.text())
def test_a_responsibility_of_any_wording_is_read(wording):
    names = [part.organisation for part in read_responsibility(wording, KNOWN)]

    assert all(names)


@given(st.lists(st.sampled_from([*ORGANISATIONS, "en", "&", ",", ";", "(", ")", "\ue000", "xyz"])))
def test_known_organisations_are_read_as_they_are_given(words):
    wording = " ".join(words)
    parts = read_responsibility(wording, ORGANISATIONS)

    assert {part.organisation for part in parts} <= set(ORGANISATIONS)


# --- Titles ------------------------------------------------------------------

TITLE = "Metten effect van UNGP's – in 'int.' procedures (early warning)."


@pytest.mark.parametrize(
    "variant",
    [
        TITLE.upper(),
        "  Metten\n\teffect van UNGP's –  in 'int.' procedures (early warning). ",
        TITLE.replace(" ", "\u00a0"),
        TITLE.replace("'", "\u2019"),
        TITLE.replace("'int.'", "\u201eint.\u201d"),
        TITLE.replace("–", "-"),
        TITLE.replace("–", "—"),
        TITLE.replace("procedures", "proce\u00addures"),
        TITLE.replace("procedures", "proce\u200bdures"),
        TITLE.rstrip("."),
        f"<p>{TITLE}</p>",
        TITLE.replace("early warning", "<i>early warning</i>"),
        TITLE.replace("early warning", '<span class="lang-en">early warning</span>'),
    ],
)
def test_a_title_is_the_same_whatever_its_markup_spacing_and_typography(variant):
    assert title_key(variant) == title_key(TITLE)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Financi\u00ebn", "Financie\u0308n"),
        ("\ufb01nanci\u00eble", "financi\u00eble"),
        ("Bedrijven &amp; rechten", "Bedrijven & rechten"),
    ],
)
def test_a_title_is_the_same_in_another_encoding_of_its_characters(one, other):
    assert title_key(one) == title_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Actieplan 2022", "Actieplan 2023"),
        ("Actieplan opstellen", "Actieplan evalueren"),
        ("Kosten < 5 en baten > 3", "Kosten < 6 en baten > 3"),
        ("Onderzoek doen", "Onderzoek"),
        ("fragiele staten", "fragiele steden"),
    ],
)
def test_different_titles_stay_different(one, other):
    assert title_key(one) != title_key(other)
