"""Reads the files of an export back, with nothing but the standard library."""

import csv
import io
import json
import re
import zipfile
from xml.etree import ElementTree

import pytest

FORMATS = ["csv", "xlsx", "ods", "json"]
every_format = pytest.mark.parametrize("name", FORMATS)
ENGLISH = [
    *("Number", "Pillar number", "Pillar", "Theme", "Action point", "Goal", "Responsibility"),
    *("Organisations", "Timeline", "Start date", "End date", "State of play", "Explanation"),
    *("Footnotes", "Cited papers", "Year", "Reference date", "Web address"),
    *("Action point in English", "Goal in English"),
]
KEYS = [
    *("number", "pillarNumber", "pillar", "theme", "title", "goal", "responsibility"),
    *("organisations", "timeline", "startDate", "endDate", "status", "explanation"),
    *("footnotes", "references", "year", "referenceDate", "address"),
    *("titleInEnglish", "goalInEnglish"),
]


def csv_rows(content, delimiter=","):
    text = content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))


def part(content, name):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return ElementTree.fromstring(archive.read(name))  # noqa: S314 we wrote it ourselves


def xlsx_rows(content, sheet=1):
    """The cells of a sheet: texts, numbers, and nothing else."""
    rows = []
    for row in part(content, f"xl/worksheets/sheet{sheet}.xml").findall(".//{*}row"):
        cells = {}
        for cell in row.findall("{*}c"):
            assert cell.find("{*}f") is None, "a formula"
            text, number = cell.find("{*}is"), cell.find("{*}v")
            column = re.match("[A-Z]+", cell.get("r"))[0]
            if cell.get("t") == "inlineStr":
                cells[column] = "".join(text.itertext())
            elif number is not None:
                assert cell.get("t") in (None, "n")
                cells[column] = float(number.text)
        rows.append([cells.get(chr(ord("A") + at), "") for at in range(len(ENGLISH))])
    return rows


def ods_rows(content, sheet=0):
    """The cells of a sheet, and the type of each."""
    tables = list(part(content, "content.xml").findall(".//{*}table"))
    rows = []
    for row in tables[sheet].findall(".//{*}table-row"):
        cells = []
        for cell in row.findall("{*}table-cell"):
            values = {name.rpartition("}")[2]: value for name, value in cell.attrib.items()}
            assert "formula" not in values
            text = "\n".join("".join(line.itertext()) for line in cell.findall("{*}p"))
            cells.append(values.get("date-value") or values.get("value") or text)
        rows.append(cells)
    return rows


def heads_of(name, content):
    return {"csv": csv_rows, "xlsx": xlsx_rows, "ods": ods_rows}[name](content)[0]


def column_of(name, content, column):
    """The texts of a column, by its English name."""
    at = ENGLISH.index(column)
    if name == "json":
        return [row[KEYS[at]] for row in json.loads(content)["rows"]]
    rows = {"csv": csv_rows, "xlsx": xlsx_rows, "ods": ods_rows}[name](content)
    return [row[at] for row in rows[1:]]


def everything_in(content):
    """All that a file says, also where it is compressed."""
    if not content.startswith(b"PK"):
        return content.decode()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return "".join(archive.read(each).decode() for each in archive.namelist())
