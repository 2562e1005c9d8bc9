"""The filters of the table, their form, and addresses that make no sense."""

import pytest

from actions.models import Responsibility
from tests import factories
from tests.public.conftest import publish_again
from tests.public.test_table import TABLE, found, numbers


def ignored(page):
    return page.texts("li", within=page.one(class_="notice--attention"))


def selected(page, name):
    """What is chosen of a filter in the form."""
    options = [
        *(each for each in page.all("option", page.one("select")) if name == "jaar"),
        *page.all("input", type="checkbox", name=name),
    ]
    return [each["value"] for each in options if {"selected", "checked"} & each.attributes.keys()]


def counts(page, name):
    """By the values of a filter, how many points each would give according to the form."""
    labels = page.all("label", class_="option")
    boxes = [page.one("input", within=each) for each in labels]
    numbers = [page.one(class_="option__number", within=each).text.strip("()") for each in labels]
    return {
        box["value"]: int(number)
        for box, number in zip(boxes, numbers, strict=True)
        if box["name"] == name
    }


def tags(page):
    """The active filters with the addresses that take them away."""
    return {each.text: each["href"] for each in page.all("a", class_="tag")}


# --- Filters -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"jaar": "2022"}, ["1.1.1", "1.1.2", "1.2.1", "2.1.1"]),
        ({"pijler": "1"}, ["1.1.1", "1.1.2", "1.2.1"]),
        ({"thema": "inkoop"}, ["1.2.1"]),
        ({"organisatie": "BZ"}, ["1.1.2", "1.2.1"]),
        ({"organisatie": "EZ"}, ["1.1.1"]),
        ({"organisatie": "EZK", "jaar": "2022"}, ["1.1.1"]),
        ({"stand": "vertraagd"}, ["1.1.2", "2.1.1"]),
        ({"q": "arbeid"}, ["1.1.1", "1.1.2"]),
        ({"q": "ARBEID daders"}, ["1.1.2"]),
        ({"q": "stond 2023"}, ["1.1.1", "1.1.2", "1.2.1", "2.1.1"]),
        ({"q": "2.1.1"}, ["2.1.1"]),
        ({"q": "  "}, ["1.1.1", "1.1.2", "1.2.1", "2.1.1"]),
        ({"q": "100%"}, []),
        ({"pijler": "1", "stand": "voltooid", "organisatie": "BZ"}, ["1.2.1"]),
        ({"pijler": "2", "thema": "inkoop"}, []),
        ({"pijler": ["1", "2"], "stand": "vertraagd"}, ["1.1.2", "2.1.1"]),
        ({"thema": ["zorgvuldigheid", "inkoop"]}, ["1.2.1", "2.1.1"]),
        ({"organisatie": ["EZ", "BZ"]}, ["1.1.1", "1.1.2", "1.2.1"]),
        ({"organisatie": ["EZ", "BZ"], "stand": ["voltooid"], "q": "inkoop"}, ["1.2.1"]),
        ({"stand": ["voltooid", "voltooid", " vertraagd "], "pijler": "2"}, ["2.1.1"]),
        ({"pijler": "", "thema": "", "q": ""}, ["1.1.1", "1.1.2", "1.2.1", "2.1.1"]),
    ],
    ids=str,
)
def test_filter_chooses_rows(get, nap, query, expected):
    page = get(TABLE, **query)
    assert numbers(page) == expected
    assert not page.all(class_="notice--attention")


def test_form_keeps_what_was_chosen_and_offers_a_way_back(get, nap):
    page = get(
        TABLE,
        jaar="2022",
        pijler="1",
        thema="arbeid",
        organisatie="EZK",
        stand="voltooid",
        q="arbeid",
        sort="-title",
    )
    form = page.one("form")
    assert (form["method"], form["action"]) == ("get", TABLE)
    names = ("jaar", "pijler", "thema", "organisatie", "stand")
    assert [selected(page, name) for name in names] == [
        ["2022"],
        ["1"],
        ["arbeid"],
        ["EZK"],
        ["voltooid"],
    ]
    assert page.one("input", id="filter-q")["value"] == "arbeid"
    assert page.one("input", name="sort")["value"] == "-title"
    assert page.one("a", class_="tags__reset")["href"] == TABLE


def test_every_field_has_a_label(get, nap):
    page = get(TABLE)
    labels = {each.get("for"): each.text for each in page.all("label")}
    fields = page.all("select") + page.all("input", type="search")
    assert len(fields) == 2
    assert all(labels[field["id"]] for field in fields)
    for box in page.all("input", type="checkbox"):
        assert any(parent.tag == "label" and parent.text for parent in box.parents)


def test_every_group_of_options_has_a_name(get, nap):
    page = get(f"/en{TABLE}")
    names = page.texts("summary", within=page.one("form", class_="filters"))
    assert names == ["Pillar", "Theme", "Organisation", "State of play"]
    for group, name in zip(page.all("fieldset"), names, strict=True):
        assert page.one("legend", within=group).text.startswith(f"{name}, with the number")


def test_form_offers_what_occurs_in_the_year_in_order(get, nap):
    page = get(TABLE, jaar="2022")
    assert page.texts("option", within=page.one("select", name="jaar")) == ["2023", "2022"]
    groups = [page.texts(class_="option__label", within=group) for group in page.all("fieldset")]
    assert groups == [
        ["1. Beschermen", "2. Respecteren"],
        ["1.1 Arbeid", "1.2 Inkoop", "2.1 Zorgvuldigheid"],
        ["BZ", "EZK"],
        ["Voltooid", "Vertraagd"],
    ]


def test_option_says_how_many_points_it_would_give_with_the_other_filters(get, nap):
    page = get(TABLE, pijler="1")
    # Of its own filter the others do not count.
    assert counts(page, "pijler") == {"1": 3, "2": 1}
    assert counts(page, "thema") == {"arbeid": 2, "inkoop": 1, "zorgvuldigheid": 0}
    assert counts(page, "organisatie") == {"BZ": 2, "EZ": 1}
    assert counts(page, "stand") == {"voltooid": 2, "vertraagd": 1}
    page = get(TABLE, organisatie=["BZ", "EZ"], stand="voltooid", q="arbeid")
    assert counts(page, "pijler") == {"1": 1, "2": 0}
    assert counts(page, "organisatie") == {"BZ": 0, "EZ": 1}
    assert counts(page, "stand") == {"voltooid": 1, "vertraagd": 1}


def test_organisation_with_two_roles_in_a_point_counts_it_once(get, nap):
    factories.responsibility(action_point=nap.points[1], organisation=nap.bz, role="involved")
    publish_again(nap)
    assert counts(get(TABLE), "organisatie") == {"BZ": 2, "EZ": 1}


def test_active_filter_is_a_link_that_takes_it_away(get, nap):
    query = {"stand": ["vertraagd", "voltooid"], "pijler": "1", "q": "stond", "sort": "-title"}
    page = get(f"/en{TABLE}", **query)
    assert tags(page) == {
        "Remove filter: Pillar: 1. Beschermen": (
            f"/en{TABLE}?stand=voltooid&stand=vertraagd&q=stond&sort=-title"
        ),
        "Remove filter: State of play: Voltooid": (
            f"/en{TABLE}?pijler=1&stand=vertraagd&q=stond&sort=-title"
        ),
        "Remove filter: State of play: Vertraagd": (
            f"/en{TABLE}?pijler=1&stand=voltooid&q=stond&sort=-title"
        ),
        "Remove filter: Search in the texts: stond": (
            f"/en{TABLE}?pijler=1&stand=voltooid&stand=vertraagd&sort=-title"
        ),
    }
    assert page.texts("span", class_="options__chosen") == ["1 chosen", "2 chosen"]


def test_last_active_filter_leads_to_the_whole_table(get, nap):
    assert list(tags(get(TABLE, pijler="1")).values()) == [TABLE]
    assert list(tags(get(TABLE, pijler="1", jaar="2022")).values()) == [f"{TABLE}?jaar=2022"]
    assert not tags(get(TABLE))
    assert not get(TABLE).all(class_="tags")


def test_links_have_one_order_and_leave_out_what_is_ignored(get, nap):
    one = get(TABLE, stand=["vertraagd", "voltooid"], q="a", pijler="1", jaar="2023")
    other = get(
        f"{TABLE}?x=1&jaar=2023&pijler=1&pijler=1&pijler=99&stand=&stand=voltooid&stand=vertraagd&q=a"
    )
    address = f"{TABLE}?jaar=2023&pijler=1&stand=voltooid&stand=vertraagd&q=a"
    for page in (one, other):
        assert page.one("form")["data-address"] == address
    assert [each for each in one.links if "/en/" not in each] == [
        each for each in other.links if "/en/" not in each
    ]


def test_number_found_has_a_singular(get, nap):
    assert found(get(f"/en{TABLE}", thema="inkoop")) == "1 action point in 2023"


def test_nothing_found_is_said_kindly_and_leads_on(get, nap):
    page = get(f"/en{TABLE}", q="zeppelin", jaar="2022")
    assert found(page) == "0 action points in 2022"
    assert not page.all("table")
    notice = page.one(class_="notice")
    assert "No action point fits" in notice.text
    assert page.one("a", within=notice)["href"] == f"/en{TABLE}?jaar=2022"


# --- Addresses that make no sense --------------------------------------------


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("jaar", "abc"),
        ("jaar", "1999"),
        ("jaar", "9" * 20),
        ("jaar", "2023.0"),
        ("pijler", "99"),
        ("pijler", "9" * 20),
        ("pijler", "-1"),
        ("thema", "bestaat-niet"),
        ("thema", "inkoop' OR 1=1"),
        ("organisatie", "bestaat-niet"),
        ("organisatie", "EZK"),
        ("stand", "bestaat-niet"),
        ("stand", "a\0b"),
        ("q", "a\0b"),
        ("q", "woord " * 100),
        ("q", "x" * 5000),
        ("jaar", "2022 2023"),
        ("sort", "evil"),
        ("sort", "--number"),
        ("sort", "number,title"),
        ("sort", "action_point__plan"),
        ("page", "99"),
        ("page", "0"),
        ("page", "-1"),
        ("page", "abc"),
        ("page", "1.5"),
        ("page", "²"),
        ("page", "9" * 20),
        ("page", "9" * 5000),
        ("page", "\0"),
    ],
    ids=lambda value: repr(value)[:24],
)
def test_what_makes_no_sense_is_ignored_and_said(get, nap, name, value):
    page = get(f"/en{TABLE}", **{name: value})
    assert numbers(page) == ["1.1.1", "1.1.2", "1.2.1", "2.1.1"]
    (said,) = ignored(page)
    assert said.partition(":")[0]
    shown = value.replace("\0", "").strip()
    assert shown[:40].strip() in said
    assert len(said) < 120


def test_everything_wrong_at_once_is_still_a_table(get, nap):
    page = get(
        f"/en{TABLE}",
        jaar="x",
        pijler="x",
        thema="x",
        organisatie="x",
        stand="x",
        q="\0",
        sort="x",
        page="x",
    )
    assert len(numbers(page)) == 4
    assert [each.partition(":")[0] for each in ignored(page)] == [
        "Year",
        "Pillar",
        "Theme",
        "Organisation",
        "State of play",
        "Search in the texts",
        "Sort by",
        "Page",
    ]


def test_what_is_right_works_beside_what_is_wrong(get, nap):
    page = get(f"/en{TABLE}", jaar="1999", pijler="2", sort="x")
    assert numbers(page) == ["2.1.1"]
    assert len(ignored(page)) == 2


def test_wrong_value_beside_right_ones_of_a_filter_is_ignored_and_said(get, nap):
    page = get(
        f"/en{TABLE}", stand=["voltooid", "x", "\0"], pijler=["9" * 20, "1"], jaar=["x", "2022"]
    )
    assert numbers(page) == ["1.1.1", "1.2.1"]
    assert found(page) == "2 action points in 2022. 4 choices were ignored."
    assert ignored(page) == [
        "Year: “x”",
        "Pillar: “99999999999999999999”",
        "State of play: “x”",
        "State of play: “”",
    ]


@pytest.mark.parametrize("asked", ["%", "-", "'", "…", "\N{GRINNING FACE}"])
def test_search_for_mere_signs_is_ignored_and_said(get, nap, asked):
    page = get(TABLE, q=asked)

    assert len(numbers(page)) == 4
    assert found(page) == "4 actiepunten in 2023. 1 keuze is niet gebruikt."
    assert ignored(page) == [f"Zoek in de teksten: “{asked}” (zonder letter of cijfer)"]


def test_one_of_several_years_is_shown_and_the_other_said(get, nap):
    page = get(f"/en{TABLE}", jaar=["2023", "2022"])
    assert found(page) == "4 action points in 2022. 1 choice was ignored."
    assert ignored(page) == ["Year: “2023”"]


def test_of_very_many_wrong_values_some_are_named(get, nap):
    page = get(f"/en{TABLE}", stand=[*(f"x{at}" for at in range(500)), "voltooid"])
    assert numbers(page) == ["1.1.1", "1.2.1"]
    assert len(ignored(page)) == 10
    assert "And 490 more." in page.one(class_="notice--attention").text


def test_text_that_is_too_long_is_named_so_and_stays_in_its_field(get, nap):
    text = "woord " * 20
    page = get(f"/en{TABLE}", q=text, pijler="2")
    assert numbers(page) == ["2.1.1"]
    assert ignored(page)[0].endswith("(longer than 100 characters)")
    assert page.one("input", id="filter-q")["value"] == text.strip()
    assert not get(f"/en{TABLE}", q="w" * 100).all(class_="notice--attention")


def test_what_was_asked_for_is_shown_as_text(get, nap):
    page = get(TABLE, stand="<script>alert(1)</script>")
    assert not [each for each in page.all("script") if "alert" in each.text]
    assert "<script>alert(1)</script>" in ignored(page)[0]


def test_bytes_that_are_no_text_are_no_failure(client, nap):
    for query in ("q=%ff%fe", "jaar=%ff", "q=%ed%a0%80", "=&&;;", "q[]=1", "q=%", "sort=%00"):
        assert client.get(f"{TABLE}?{query}").status_code == 200


def test_every_option_of_the_real_form_finds_something(get, real):
    form = get(f"{real}actiepunten/")
    for name in ("pijler", "thema", "organisatie", "stand"):
        assert counts(form, name)
        for value, number in counts(form, name).items():
            assert len(numbers(get(f"{real}actiepunten/", **{name: value}))) == number > 0


def test_organisation_is_found_for_every_role_it_has(get, real):
    for held in Responsibility.objects.select_related("organisation", "action_point"):
        page = get(f"{real}actiepunten/", organisatie=held.organisation.slug)
        assert held.action_point.number in numbers(page)


def test_a_hit_is_marked_in_its_sentence(get, nap):
    factories.status_entry(
        action_point=factories.action_point(theme=nap.points[0].theme, title="Zeppelins bouwen"),
        round=nap.rounds[2023],
        explanation=f"<p>{'Er is nog veel meer te vertellen. ' * 20}</p>"
        "<p>De Zeppelin vliegt &lt;nu&gt; weg. Einde.</p>",
    )
    factories.publish(nap.rounds[2023])

    page = get(TABLE, q="zeppelins")

    marks = [mark.text for mark in page.all("mark")]
    assert marks == ["Zeppelins", "Zeppelin"]
    assert "… De Zeppelin vliegt <nu> weg. …" in page.texts("td")


@pytest.mark.parametrize(
    ("asked", "year", "number", "cell", "marks"),
    [
        (
            "economische zaken",
            2023,
            "1.1.1",
            "Het departement Ministerie van Economische Zaken (EZ)",
            ["Economische", "Zaken"],
        ),
        (
            "ezk",
            2022,
            "1.1.1",
            "Het departement Ministerie van Economische Zaken en Klimaat (EZK)",
            ["EZK"],
        ),
        (
            "buitenlandse",
            2023,
            "1.1.2",
            "BZ Ministerie van Buitenlandse Zaken (BZ)",
            ["Buitenlandse"],
        ),
        # The wording says it already.
        ("departement", 2023, "1.1.1", "Het departement", ["departement"]),
        (
            "departement zaken",
            2023,
            "1.1.1",
            "Het departement Ministerie van Economische Zaken (EZ)",
            ["departement", "Zaken"],
        ),
        ("bz", 2023, "1.1.2", "BZ", ["BZ"]),
    ],
)
def test_search_for_who_is_responsible_shows_the_name_where_the_wording_has_it_not(
    get, nap, asked, year, number, cell, marks
):
    of_year = nap.rounds[year]
    of_year.entries.filter(action_point=nap.points[0]).update(responsibility="Het departement")
    factories.publish(of_year)

    page = get(TABLE, q=asked, jaar=str(year))

    assert number in numbers(page)
    row = page.all("tr")[1 + numbers(page).index(number)]
    responsibility = page.all("td", within=row)[2]
    assert responsibility.text == cell
    assert [each.text for each in page.all("mark", within=responsibility)] == marks


@pytest.mark.parametrize(
    ("prefix", "asked", "column", "cell", "mark", "language"),
    [
        ("", "labour", "title", "Arbeid eerst Labour first", "Labour", "en"),
        ("", "abuse", "goal", "Misstanden voorkomen Prevent abuse", "abuse", "en"),
        ("/en", "arbeid", "title", "Labour first Arbeid eerst", "Arbeid", "nl"),
        ("/en", "misstand", "goal", "Prevent abuse Misstanden voorkomen", "Misstanden", "nl"),
        # What is shown has it.
        ("/en", "labour", "title", "Labour first", "Labour", "en"),
        ("", "arbeid", "title", "Arbeid eerst", "Arbeid", "nl"),
        ("", "misstand", "goal", "Misstanden voorkomen", "Misstanden", "nl"),
        ("/en", "abuse", "goal", "Prevent abuse", "abuse", "en"),
    ],
)
def test_search_shows_its_hit_in_the_other_language_where_only_that_has_it(
    get, nap, prefix, asked, column, cell, mark, language
):
    entries = nap.rounds[2023].entries.filter(action_point=nap.points[0])
    entries.update(title_en="Labour first", goal_en="Prevent abuse")
    factories.publish(nap.rounds[2023])

    page = get(f"{prefix}{TABLE}", q=asked)

    row = page.all("tr")[1 + numbers(page).index("1.1.1")]
    found = page.one("th", within=row) if column == "title" else page.all("td", within=row)[1]
    assert found.text == cell
    [hit] = page.all("mark", within=found)
    assert (hit.text, hit.language) == (mark, language)


def test_words_that_stand_in_every_text_are_named_as_ignored(get, nap):
    page = get(f"/en{TABLE}", q="de")

    assert ignored(page) == ["Search in the texts: “de” (is in every text)"]
