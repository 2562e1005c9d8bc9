"""The table as files: the same rows in the same order, in four formats, with what they mean."""

import json
import re
from datetime import date

import pytest

from actions.export.selection import Selection
from actions.models import PublishedEntry
from tests import factories
from tests.public.conftest import DRAFT, publish_again
from tests.public.reading_exports import (
    ENGLISH,
    FORMATS,
    KEYS,
    column_of,
    csv_rows,
    every_format,
    everything_in,
    heads_of,
    ods_rows,
    xlsx_rows,
)
from tests.public.test_table import numbers

TABLE = "/nap/actiepunten/"
IN_ORDER = ["1.1.1", "1.1.2", "1.2.1", "2.1.1"]
# What makes a spreadsheet take a text for a formula.
EVIL = ["=1+1", "+A1", "-A1+2", "@SUM(A1)", "\t=1", "＝1+1", '=HYPERLINK("http://x","y")']


def entry_of(nap, year=2023, at=0):
    return nap.points[at].entries.get(round=nap.rounds[year])


def say(nap, explanation, **values):
    """What the first point says of 2023, published."""
    entry = entry_of(nap)
    for name, value in {"explanation": explanation, **values}.items():
        setattr(entry, name, value)
    entry.save()
    publish_again(nap)


# --- The selection -----------------------------------------------------------


@every_format
@pytest.mark.parametrize(
    "query",
    [
        {},
        {"jaar": "2022"},
        {"pijler": "1"},
        {"thema": "inkoop"},
        {"organisatie": "BZ"},
        {"organisatie": "EZK", "jaar": "2022"},
        {"stand": "vertraagd"},
        {"q": "arbeid"},
        {"pijler": ["1", "2"], "stand": "vertraagd"},
        {"thema": ["inkoop", "zorgvuldigheid"]},
        {"organisatie": ["EZ", "BZ"], "pijler": "1", "sort": "-title"},
        {"stand": ["voltooid", "vertraagd", "x"], "organisatie": "BZ", "q": "arbeid inkoop"},
        {"stand": ["voltooid", "vertraagd"], "q": "daders"},
        {"q": "xyzzy"},
        {"sort": "-number"},
        {"sort": "title"},
        {"sort": "-status"},
        {"sort": "goal", "stand": "voltooid"},
        {"jaar": "abc", "pijler": "99", "sort": "evil", "stand": "\0", "page": "7"},
    ],
    ids=str,
)
def test_file_holds_the_rows_of_the_table_in_its_order(get, download, nap, name, query):
    shown = numbers(get(f"/en{TABLE}", **query))
    assert column_of(name, download(name, **query), "Number") == shown


@every_format
def test_file_is_of_all_pages_of_the_table(get, download, nap, name):
    for at in range(60):
        point = factories.action_point(theme=nap.points[3].theme, title=f"Punt {at}")
        factories.status_entry(action_point=point, round=nap.rounds[2023], status=nap.late)
    publish_again(nap)
    found = column_of(name, download(name, page="2"), "Number")
    assert len(found) == len(set(found)) == 64
    assert found[:4] == IN_ORDER


@every_format
def test_row_says_what_the_year_says(download, nap, name):
    nap.rounds[2023].published_reference_date = date(2023, 10, 1)
    nap.rounds[2023].reference_date = date(2023, 10, 1)
    nap.rounds[2023].save()
    say(
        nap,
        '<p>Zie <a href="https://voorbeeld.nl/a">dit stuk</a><span class="footnote">Een noot'
        "</span> (Kamerstuk 26 485, nr. 323).</p><ul><li>Een</li><li>Twee</li></ul>",
        start_date=date(2022, 3, 1),
        end_date=date(2026, 12, 31),
    )
    content = download(name)

    def first(column):
        return column_of(name, content, column)[0]

    assert first("Number") == "1.1.1"
    assert int(first("Pillar number")) == 1
    assert first("Pillar") == "Beschermen"
    assert first("Theme") == "Arbeid"
    assert first("Action point") == "Arbeid eerst"
    assert first("Goal") == "Misstanden voorkomen"
    assert first("Responsibility") == "BZ"
    assert first("State of play") == "Voltooid"
    assert int(first("Year")) == 2023
    assert first("Explanation") == (
        "Zie dit stuk (https://voorbeeld.nl/a)[1] (Kamerstuk 26 485, nr. 323).\n• Een\n• Twee"
    )
    assert first("Web address") == "http://testserver/en/nap/actiepunten/1.1.1/#jaar-2023"
    days = [first(column) for column in ("Start date", "End date", "Reference date")]
    if name == "xlsx":
        # Excel counts the days.
        days = [date.fromordinal(int(each) + 693_594).isoformat() for each in days]
    assert days == ["2022-03-01", "2026-12-31", "2023-10-01"]
    if name == "json":
        assert first("Organisations") == [
            {
                "abbreviation": "EZ",
                "name": "Ministerie van Economische Zaken",
                "role": "responsible",
            }
        ]
        assert first("Footnotes") == ["Een noot"]
        assert first("Cited papers") == [
            {
                "label": "Kamerstuk 26 485, nr. 323",
                "address": "https://zoek.officielebekendmakingen.nl/kst-26485-323.html",
            }
        ]
    else:
        assert first("Organisations") == "EZ (responsible)"
        assert first("Footnotes") == "[1] Een noot"
        assert first("Cited papers") == "Kamerstuk 26 485, nr. 323"


@every_format
def test_organisations_are_those_of_the_year_in_the_order_of_recording(download, nap, name):
    other = factories.organisation(abbreviation="SZW", name="Ministerie van Sociale Zaken")
    factories.responsibility(action_point=nap.points[0], organisation=other, role="involved")
    publish_again(nap)
    for year, expected in ((2022, ["EZK", "SZW"]), (2023, ["EZ", "SZW"])):
        held = column_of(name, download(name, jaar=str(year)), "Organisations")[0]
        if name == "json":
            assert [each["abbreviation"] for each in held] == expected
        else:
            assert held == f"{expected[0]} (responsible)\nSZW (involved)"


@every_format
def test_entry_without_anything_has_empty_cells(download, nap, name):
    factories.put_in_stage(entry_of(nap), "draft", status=None)
    say(nap, "", goal="", timeline="", responsibility="")
    content = download(name, sort="number")
    empty = {"json": [[], [], ""]}.get(name, ["", "", ""])
    columns = ("Footnotes", "Cited papers", "State of play")
    assert [column_of(name, content, column)[0] for column in columns] == empty
    assert column_of(name, content, "Start date")[0] == (None if name == "json" else "")


@every_format
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_row_has_the_english_title_and_goal_where_they_exist(download, nap, name, prefix):
    say(nap, "", title_en="Labour first", goal_en="To prevent\nabuses")
    content = download(name, prefix=prefix)
    titles = column_of(name, content, "Action point in English")
    goals = column_of(name, content, "Goal in English")
    assert titles == ["Labour first", "", "", ""]
    assert [each.split() for each in goals] == [["To", "prevent", "abuses"], [], [], []]
    assert column_of(name, content, "Action point")[0] == "Arbeid eerst"


@every_format
def test_titles_of_columns_follow_the_language_and_those_of_json_do_not(download, nap, name):
    dutch, english = download(name, prefix=""), download(name)
    if name == "json":
        for content in (dutch, english):
            assert list(json.loads(content)["rows"][0]) == KEYS
        return
    assert heads_of(name, english) == ENGLISH
    assert heads_of(name, dutch)[:1] == ["Nummer"]
    assert "Stand van zaken" in heads_of(name, dutch)


# --- No cell is a formula ----------------------------------------------------


@pytest.mark.parametrize("text", EVIL)
@every_format
def test_no_text_is_a_formula(download, nap, name, text):
    entry = entry_of(nap)
    entry.title, entry.goal = text, f"x {text}"
    entry.save()
    publish_again(nap)
    content = download(name)  # reading it fails at a formula
    shown = column_of(name, content, "Action point")[0]
    plain = text.strip()
    assert shown == (f"'{plain}" if name == "csv" else plain)
    assert column_of(name, content, "Goal")[0] == " ".join(f"x {text}".split())


@pytest.mark.parametrize("text", ["-5", "+3,5", "-1.000,50", "2022-2030", "'s Winters", "a=b"])
def test_csv_leaves_what_is_no_formula_as_it_is(download, nap, text):
    say(nap, f"<p>{text}</p>")
    assert column_of("csv", download("csv"), "Explanation")[0] == text


@every_format
def test_text_is_never_markup_and_holds_what_every_format_can(download, nap, name):
    text = '<b>A</b> & "b"; ]]> \x01\ufffe😀 c'
    PublishedEntry.objects.filter(action_point=nap.points[0]).update(title=text)
    shown = column_of(name, download(name), "Action point")[0]
    assert shown == '<b>A</b> & "b"; ]]> 😀 c'


def test_text_that_excel_cannot_hold_is_cut_off_and_says_where_the_rest_is(download, nap):
    say(nap, f"<p>{'woord ' * 10_000}</p>")
    assert column_of("xlsx", download("xlsx"), "Explanation")[0].endswith(
        "(cut off, the whole text is at http://testserver/en/nap/actiepunten/1.1.1/#jaar-2023)"
    )
    for name in ("csv", "ods", "json"):
        assert len(column_of(name, download(name), "Explanation")[0]) == 59_999


def test_day_before_excel_begins_is_a_text(download, nap):
    say(nap, "<p>Oud</p>", start_date=date(1848, 11, 3))
    for name in FORMATS:
        assert column_of(name, download(name), "Start date")[0] == "1848-11-03"


# --- The formats -------------------------------------------------------------


def test_csv_begins_with_the_mark_of_utf_8_and_has_heads_and_rows_alone(download, nap):
    content = download("csv")
    assert content.startswith(b"\xef\xbb\xbfNumber,Pillar number,")
    assert {len(row) for row in csv_rows(content)} == {len(ENGLISH)}
    assert len(csv_rows(content)) == 5


def test_csv_is_parted_by_semicolons_where_that_is_asked(download, nap):
    content = download("csv", scheidingsteken="puntkomma", pijler="1")
    assert csv_rows(content, delimiter=";") == csv_rows(download("csv", pijler="1"))


def test_unknown_separator_is_ignored_and_said(download, get, nap):
    assert download("csv", scheidingsteken="|") == download("csv")
    assert "Separator: “|”" in get(f"/en{TABLE}export/", scheidingsteken="|").texts("dd")


def test_json_says_what_it_is(download, nap):
    said = json.loads(download("json", pijler="1", sort="-title", stand="x"))["metadata"]
    assert said == {
        "plan": "nap",
        "title": "Nationaal Actieplan",
        "publisher": "Ministerie van Buitenlandse Zaken",
        "year": 2023,
        "referenceDate": said["referenceDate"],
        "edition": 1,
        "licence": "https://creativecommons.org/publicdomain/zero/1.0/",
        "source": "http://testserver/en/nap/actiepunten/?jaar=2023&pijler=1&sort=-title",
        "about": ("http://testserver/en/nap/actiepunten/export/?jaar=2023&pijler=1&sort=-title"),
        "filters": {"jaar": "2023", "pijler": ["1"]},
        "sort": "-title",
        "ignored": [{"name": "stand", "value": "x"}],
    }


def test_json_names_whatever_was_ignored_as_the_address_does(download, nap):
    content = download(
        "json", jaar="1999", pijler="9", q="de", sort="evil", scheidingsteken="|", page="7"
    )
    assert json.loads(content)["metadata"]["ignored"] == [
        {"name": "jaar", "value": "1999"},
        {"name": "pijler", "value": "9"},
        {"name": "q", "value": "de"},
        {"name": "sort", "value": "evil"},
        {"name": "scheidingsteken", "value": "|"},
    ]


@pytest.mark.parametrize(("name", "read"), [("xlsx", xlsx_rows), ("ods", ods_rows)])
def test_spreadsheet_has_a_sheet_that_says_what_it_is(download, nap, name, read):
    rows = read(
        download(name, pijler=["1", "2"], q="stond", sort="-title", stand="bestaat-niet"),
        {"xlsx": 2, "ods": 1}[name],
    )
    said = [tuple(row[:2]) for row in rows]
    for fact in (
        ("Plan", "Nationaal Actieplan"),
        ("Year", "2023"),
        ("Filter: Pillar", "1. Beschermen"),
        ("Filter: Pillar", "2. Respecteren"),
        ("Filter: Search in the texts", "stond"),
        ("Order", "Action point, descending"),
        ("Ignored", "State of play: “bestaat-niet”"),
    ):
        assert fact in said
    facts = dict(each for each in said if len(each) == 2)
    assert "CC0" in facts["Licence"]
    assert facts["Source"].startswith("Ministerie van Buitenlandse Zaken, ")
    assert [row[0] for row in rows][-len(ENGLISH) :] == ENGLISH
    assert all(row[1] for row in rows[-len(ENGLISH) :])


def test_page_says_the_same_as_the_sheet(download, get, nap):
    query = {"pijler": "1", "sort": "-title", "stand": "bestaat-niet"}
    page = get(f"/en{TABLE}export/", **query)
    said = [list(each) for each in zip(page.texts("dt"), page.texts("dd"), strict=True)]
    facts, columns = said[: -len(ENGLISH)], said[-len(ENGLISH) :]
    sheet = ods_rows(download("ods", **query), 1)
    assert sheet[: len(facts)] == facts
    named = [
        [f"{label} {key}", what]
        for key, (label, what) in zip(KEYS, sheet[-len(ENGLISH) :], strict=True)
    ]
    assert columns == named


@pytest.mark.parametrize("name", ["xlsx", "ods"])
def test_spreadsheet_keeps_its_heads_in_sight(download, nap, name):
    said = everything_in(download(name))
    if name == "xlsx":
        assert 'ySplit="1"' in said
        assert 'state="frozen"' in said
    else:
        assert re.search(r'"VerticalSplitMode" config:type="short">2<', said)
        assert re.search(r'config:name="Action points">', said)


def test_ods_begins_with_its_kind_uncompressed(download, nap):
    content = download("ods")
    assert content[30:84] == b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet"


# --- The answer --------------------------------------------------------------


@every_format
def test_answer_says_what_it_is_and_may_be_shared(client, nap, name):
    response = client.get(f"{TABLE}export.{name}", {"jaar": "2022"})
    assert (
        response["Content-Type"].split(";")[0]
        == {
            "csv": "text/csv",
            "json": "application/json",
            "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "ods": "application/vnd.oasis.opendocument.spreadsheet",
        }[name]
    )
    disposition = response["Content-Disposition"]
    assert disposition == f'attachment; filename="actiepunten-nap-2022.{name}"'
    assert response["Cache-Control"] == "public, max-age=60"
    assert response["Link"] == (
        '<http://testserver/nap/actiepunten/export/?jaar=2022>; rel="describedby"; type="text/html"'
    )
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ({"pijler": "1"}, "actiepunten-nap-2023-selectie.csv"),
        ({"q": "werk"}, "actiepunten-nap-2023-selectie.csv"),
        ({"stand": "bestaat-niet", "sort": "title"}, "actiepunten-nap-2023.csv"),
    ],
)
def test_file_of_some_of_the_rows_says_so_in_its_name(client, nap, asked, name):
    response = client.get(f"{TABLE}export.csv", asked)
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'


@every_format
def test_who_has_a_file_already_is_not_sent_it_again(client, nap, name, django_assert_num_queries):
    address = f"{TABLE}export.{name}?pijler=1"
    version = client.get(address).headers["ETag"]

    with django_assert_num_queries(1):
        assert client.get(address, headers={"if-none-match": version}).status_code == 304
    say(nap, "<p>Iets anders.</p>")
    assert client.get(address, headers={"if-none-match": version}).status_code == 200


@every_format
def test_head_answers_without_writing_a_file(client, nap, name, monkeypatch):
    monkeypatch.delattr(Selection, "rows")
    response = client.head(f"{TABLE}export.{name}")
    assert response.status_code == 200
    assert response.getvalue() == b""
    assert "Content-Length" not in response.headers
    assert response["Content-Disposition"]


@every_format
def test_export_is_only_read(client, nap, name):
    assert client.post(f"{TABLE}export.{name}").status_code == 405


@every_format
def test_same_selection_is_the_same_file_for_everyone(client, nap, name):
    before = client.get(f"{TABLE}export.{name}").getvalue()
    client.force_login(factories.coordinator())
    assert client.get(f"{TABLE}export.{name}").getvalue() == before


@every_format
def test_draft_is_in_no_file(client, nap, name, request):
    before = client.get(f"{TABLE}export.{name}").getvalue()
    request.getfixturevalue("draft")
    assert client.get(f"{TABLE}export.{name}").getvalue() == before
    for query in ("?jaar=2024", f"?organisatie={DRAFT}", f"?q={DRAFT}"):
        content = client.get(f"{TABLE}export.{name}{query}").getvalue()
        assert "Thema Konijnenhok" not in everything_in(content)
        assert not set(column_of(name, content, "Number")) - set(IN_ORDER)


@every_format
def test_plan_without_published_round_has_no_export(client, nap, name):
    of_year = factories.reporting_round(plan=factories.plan(slug="straks"))
    for address in (f"/straks/actiepunten/export.{name}", "/straks/actiepunten/export/"):
        assert client.get(address).status_code == 404
    factories.publish(of_year)
    assert client.get(f"/straks/actiepunten/export.{name}").status_code == 200


def test_bytes_that_are_no_text_are_no_failure(client, nap):
    for query in ("q=%ff%fe", "jaar=%ff", "q=%ed%a0%80", "=&&;;", "scheidingsteken=%00", "q=a%00"):
        for name in FORMATS:
            response = client.get(f"{TABLE}export.{name}?{query}")
            assert response.status_code == 200
            assert response.getvalue()


# --- On the page of the table ------------------------------------------------


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_table_offers_its_selection_in_every_format(client, get, nap, prefix):
    page = get(f"{prefix}{TABLE}", pijler="1", q="Zo stond er", sort="-title", page="3")
    links = page.all("a", within=page.one("nav", class_="export"))
    query = "?pijler=1&q=Zo+stond+er&sort=-title"
    base = f"{prefix}{TABLE}export"
    assert [each["href"] for each in links] == [
        f"{base}.xlsx{query}",
        f"{base}.ods{query}",
        f"{base}.csv{query}",
        f"{base}.csv{query}&scheidingsteken=puntkomma",
        f"{base}.json{query}",
        f"{base}/{query}",
    ]
    for link in links:
        response = client.get(link["href"])
        assert response.status_code == 200
        assert link.get("type") in (None, response["Content-Type"])


def test_empty_table_offers_no_files(get, nap):
    assert not get(TABLE, q="xyzzy").all(class_="export")


def test_export_of_the_real_plan_has_33_rows(client, real):
    for name in FORMATS:
        content = client.get(f"{real}actiepunten/export.{name}").getvalue()
        assert len(column_of(name, content, "Number")) == 33
