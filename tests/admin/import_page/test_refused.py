"""Files that are refused, who may read in, and what it costs."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from actions.models import ReportingRound
from reports.build import build
from reports.writers import json_file
from tests import factories
from tests.admin.import_page.page import at, page_of, save
from tests.admin.pages import change
from tests.admin.test_work import links
from tests.reports.test_upload import ODT, deflated


def macros():
    return deflated({**ODT, "Basic/Module1.xml": "<a/>"})


def bomb():
    return deflated({**ODT, "bom.xml": "<" + " " * 40_000_000})


def entities():
    return deflated({**ODT, "content.xml": '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>'})


def empty_archive():
    target = BytesIO()
    ZipFile(target, "w").close()
    return target.getvalue()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "Het bestand is leeg."),
        (b"%PDF-1.7", "Dit is een pdf."),
        (macros(), "Het bestand bevat macro's."),
        (bomb(), "uitgepakt veel groter"),
        (entities(), "entiteiten in content.xml"),
        (deflated(ODT)[:-30], "beschadigd of onvolledig"),
        (empty_archive(), "Dit is een archief."),
        (b"a" * 10_000_001, "groter dan 10 MB"),
        (b"{", "afgebroken of beschadigd: op regel 1 "),
        (b'{"version": ' + b"1" * 5_000 + b"}", "Het bestand is beschadigd"),
        (b"[" * 100_000, "Het bestand is beschadigd"),
        (b'{"version": 1}', "“title” ontbreekt"),
        (b"Zomaar een tekst.", ""),
        ("Zomaar €".encode("cp1252"), "geen UTF-8"),
        ("Zomaar".encode("utf-16"), "UTF-16"),
    ],
)
def test_a_file_that_is_refused_is_said_why_in_the_form(data, said, send, everything):
    before = everything()

    page = send(data)

    assert page.status_code == 200
    [sentence] = page.context["form"].errors["file"]
    assert said in sentence
    assert everything() == before


@pytest.mark.parametrize("character", ["\\ud800", "\\u0000"])
def test_a_character_that_does_not_exist_is_refused(character, send, edited):
    data = json_file.write(edited).replace(b"Een doelstelling", character.encode())

    assert "teken dat niet bestaat" in send(data).context["form"].errors["file"][0]


def test_no_file_is_said_so(as_coordinator, in_round):
    page = as_coordinator.post(page_of(in_round), {})

    assert page.context["form"].errors["file"]


def test_a_report_of_another_plan_is_refused(send):
    other = factories.status_entry(action_point=factories.action_point(title="Iets anders"))

    page = send(build(other.round))

    assert "een ander actieplan" in page.context["form"].errors["file"][0]


# --- Who may -------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("who", ["editor", "reader"])
def test_who_is_no_coordinator_finds_nothing(
    who, method, request, signed_in, in_round, edited, everything
):
    client = signed_in(request.getfixturevalue(who))
    before = everything()
    file = SimpleUploadedFile("rapportage.docx", json_file.write(edited))
    sent = {"file": file} if method == "post" else {}

    assert getattr(client, method)(page_of(in_round), sent).status_code == 404
    assert client.post(f"{page_of(in_round)}?report=x", {"entry-1": "1"}).status_code == 404
    assert everything() == before


def test_a_visitor_is_asked_to_sign_in(client, in_round):
    assert client.get(page_of(in_round)).url.startswith("/beheer/login/")
    assert client.post(page_of(in_round), {}).url.startswith("/beheer/login/")


@pytest.mark.parametrize("stage", ["preparing", "closed", "published"])
def test_a_round_that_is_not_open_takes_no_report(stage, as_coordinator, in_round):
    ReportingRound.objects.update(stage=stage, edition=1)

    assert not links(as_coordinator.get(change(in_round)), page_of(in_round))
    assert as_coordinator.get(page_of(in_round)).url == change(in_round)
    assert as_coordinator.post(page_of(in_round), {}).url == change(in_round)


def test_a_reader_is_not_led_to_it(signed_in, reader, in_round):
    assert not links(signed_in(reader).get(change(in_round)), page_of(in_round))


# --- The price -------------------------------------------------------------------------------


def test_looking_takes_as_many_queries_for_many_points_as_for_few(
    send, in_round, as_coordinator, django_assert_num_queries, coordinator
):
    theme = in_round.plan.themes.get()
    for size in (3, 9):
        for number in range(in_round.entries.count(), size):
            point = factories.action_point(theme=theme, title="abcdefghij"[number] * 12)
            factories.status_entry(action_point=point, round=in_round)
        file = build(in_round)
        for each in in_round.entries.all():
            save(coordinator, each, f"<p>Versie {size}.</p>")
        address_of_it = at(send(file))
        with django_assert_num_queries(11):
            page = as_coordinator.get(address_of_it)
        assert len(page.context["comparison"].proposals) == size
