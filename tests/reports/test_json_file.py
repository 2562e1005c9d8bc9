"""The JSON of a report: what is written is read back, and is as the published schema says."""

import json
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
from django.contrib.staticfiles import finders
from hypothesis import given

from reports.document import ChangeKind
from reports.errors import ReportError
from reports.readers import json_file as reader
from reports.writers import json_file as writer
from tests.conftest import BASE_DIR
from tests.reports.documents import DOCUMENTS, as_version_1, everything

OLD_SCHEMA, SCHEMA = (
    json.loads((BASE_DIR / "static" / "schemas" / f"report-{version}.json").read_text())
    for version in (1, 2)
)


@given(DOCUMENTS)
def test_what_is_written_is_read_back(document):
    assert reader.read(writer.write(document)) == document


def test_a_file_names_its_schema_first_and_the_site_has_it_there():
    name, address = next(iter(json.loads(writer.write(everything())).items()))

    assert (name, address) == ("$schema", "https://nap.example/static/schemas/report-2.json")
    path = address.removeprefix("https://nap.example/static/")
    assert json.loads(Path(finders.find(path)).read_text()) == SCHEMA


@pytest.mark.parametrize("named", [{}, {"$schema": "/static/schemas/report-1.json"}])
def test_a_file_of_the_first_version_is_read_as_well(named):
    document = everything()
    data = named | as_version_1(document)

    jsonschema.validate(data, OLD_SCHEMA)
    told = [each for each in document.changes.items if each.kind != ChangeKind.REWORDED]
    assert reader.read(json.dumps(data).encode()) == replace(
        document, changes=replace(document.changes, items=tuple(told))
    )


@given(DOCUMENTS)
def test_what_is_written_is_as_the_schema_says(document):
    jsonschema.validate(json.loads(writer.write(document)), SCHEMA)


def test_the_schema_is_one_and_knows_every_part_of_a_report():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    data = writer.to_data(everything())

    jsonschema.validate(data, SCHEMA)
    point = data["pillars"][0]["themes"][0]["actionPoints"][0]
    for part in (data, data["sections"][0], point, data["changes"]["items"][0]):
        part["unknown"] = ""
        with pytest.raises(jsonschema.ValidationError, match="unknown"):
            jsonschema.validate(data, SCHEMA)
        del part["unknown"]


def nested(depth):
    """A list in a list in a list …"""
    blocks = [{"paragraph": [{"text": "Diep"}]}]
    for _ in range(depth):
        blocks = [{"list": [blocks], "ordered": False}]
    return blocks


def changed(change):
    data = writer.to_data(everything())
    change(data)
    return json.dumps(data).encode()


def rewording(data):
    [change] = [each for each in data["changes"]["items"] if each["kind"] == "reworded"]
    return change


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (b"", "afgebroken of beschadigd: op regel 1 "),
        (writer.write(everything())[:-20], r"afgebroken of beschadigd: op regel \d+ "),
        (b'{"title": "\xff"}', "^Het bestand is beschadigd. Download"),
        (b"[" * 100_000, "^Het bestand is beschadigd. Download"),
        (
            changed(
                lambda data: data["sections"][0].update(body=nested(300)),
            ),
            "^Het bestand is beschadigd. Download",
        ),
        (b'{"version": ' + b"1" * 5_000 + b"}", "^Het bestand is beschadigd. Download"),
        (b"[]", "geen rapportage van dit systeem"),
        (b'{"a": 1}', "geen rapportage van dit systeem"),
        (changed(lambda data: data.update(version=3)), "versie 3"),
        (changed(lambda data: data.update(version=0)), "versie 0"),
        (changed(lambda data: data.pop("title")), "title"),
        (changed(lambda data: data.update(year="2025")), "year"),
        (changed(lambda data: data.update(year=True)), "year"),
        (changed(lambda data: data.update(publishedOn="gisteren")), "publishedOn"),
        (changed(lambda data: data["pillars"].append(3)), "/pillars/2"),
        (changed(lambda data: data["pillars"][0]["themes"][0].pop("title")), "/pillars/0/themes/0"),
        (changed(lambda data: data["changes"]["items"][0].update(kind="lost")), "lost"),
        *(
            (
                changed(lambda data, fields=fields: rewording(data).update(fields=fields)),
                "/changes/items/2.*fields",
            )
            for fields in ([], ["status"], [{}], "goal")
        ),
        (changed(lambda data: rewording(data).pop("fields")), "/changes/items/2.*fields"),
        (
            changed(lambda data: data["sections"][0].update(body=[{"list": [3]}])),
            "/sections/0/body/0",
        ),
    ],
)
def test_a_file_that_is_not_ours_is_refused_with_what_is_wrong_and_where(file, sentence):
    with pytest.raises(ReportError, match=sentence):
        reader.read(file)


def test_a_file_that_is_too_large_is_refused(monkeypatch):
    monkeypatch.setattr(reader, "MAX_BYTES", 10)

    with pytest.raises(ReportError, match="groter"):
        reader.read(writer.write(everything()))


def test_rich_text_that_was_edited_by_hand_is_sanitised():
    link = {"text": "Klik", "link": "javascript:alert(1)"}
    file = changed(lambda data: data["sections"][0].update(body=[{"paragraph": [link]}]))

    [section, _other] = reader.read(file).sections
    assert section.body.plain_text() == "Klik"
    assert [run.link for block in section.body.blocks for run in block.content] == [""]


def test_an_overview_counts_each_label_per_pillar_in_the_order_of_the_labels():
    document = everything()

    assert [(each.label.label, each.numbers, each.total) for each in document.overview()] == [
        ("Doorlopend", (0, 1), 1),
        ("In uitvoering maar met vertraging", (1, 0), 1),
        ("Voltooid", (1, 0), 1),
    ]
    unlabelled = replace(document, labels=document.labels[:1])
    assert [each.label.label for each in unlabelled.overview()] == [
        "Doorlopend",
        "Voltooid",
        "In uitvoering maar met vertraging",
    ]
