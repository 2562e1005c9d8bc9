"""The door for files that people bring: what is let in, and what is refused with which sentence."""

import struct
import zlib
from contextlib import suppress
from io import BytesIO
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import pytest

from reports.errors import ReportError
from reports.readers import upload
from reports.readers.upload import Kind, inspect
from reports.writers import json_file
from tests.reports.documents import everything

MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
DOCX = {
    "[Content_Types].xml": f'<Types><Override PartName="/d.xml" ContentType="{MAIN}"/></Types>',
    "word/document.xml": '<?xml version="1.0" encoding="UTF-8"?><document>Tekst</document>',
}
ODT = {
    "mimetype": "application/vnd.oasis.opendocument.text",
    "content.xml": "<office:document-content>Tekst</office:document-content>",
    "META-INF/manifest.xml": "<manifest:manifest/>",
}
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def packed(parts, compression=ZIP_DEFLATED, **more):
    """A file packed from these parts. A name given as `None` leaves its part out."""
    target = BytesIO()
    with ZipFile(target, "w", compression) as archive:
        for name, content in {**parts, **more}.items():
            if content is not None:
                archive.writestr(ZipInfo(name) if isinstance(name, str) else name, content)
                archive.filelist[-1].compress_type = compression
    return target.getvalue()


def deflated(parts):
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def refused(data):
    with pytest.raises(ReportError) as caught:
        inspect(data)
    return str(caught.value)


def names_in(data):
    with ZipFile(BytesIO(data)) as archive:
        return archive.namelist()


# --- What is let in --------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (deflated(DOCX), Kind.DOCX),
        (deflated(ODT), Kind.ODT),
        (json_file.write(everything()), Kind.JSON),
        (b"\xef\xbb\xbf  {}", Kind.JSON),
        ("Ministerie van Buitenlandse Zaken\n\nRapport €".encode(), Kind.TEXT),
        ("Rapport".encode("utf-16"), Kind.TEXT),
        (b"PK is hier geen bestand", Kind.TEXT),
    ],
)
def test_the_kind_follows_from_the_content(data, kind):
    assert inspect(data).kind == kind


def test_json_and_text_go_on_byte_for_byte():
    data = json_file.write(everything())

    assert inspect(data).data is data


@pytest.mark.parametrize("parts", [DOCX, ODT])
def test_a_packed_file_is_packed_anew_with_the_same_parts(parts):
    bytes_before_the_file = deflated(parts) + b"en nog iets erachter"

    data = inspect(bytes_before_the_file).data

    with ZipFile(BytesIO(data)) as archive:
        assert {name: archive.read(name).decode() for name in archive.namelist()} == parts
        assert {each.compress_type for each in archive.infolist()} == {ZIP_STORED}


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        (DOCX, "word/media/image1.svg"),
        (DOCX, "word/embeddings/werkblad.xlsx"),
        (ODT, "Pictures/foto.svg"),
        (ODT, "Thumbnails/thumbnail.png"),
    ],
)
def test_pictures_are_neither_unpacked_nor_passed_on(parts, name):
    svg = '<!DOCTYPE svg PUBLIC "x" "y"><svg>' + " " * 60_000_000

    assert name not in names_in(inspect(deflated({**parts, name: svg})).data)


def test_folders_and_empty_parts_as_libreoffice_writes_them_do_not_matter():
    more = {"Configurations2/menubar/": "", "Configurations2/accelerator/current.xml": ""}

    data = inspect(deflated({**ODT, **more})).data

    assert "Configurations2/menubar/" not in names_in(data)


def test_xml_in_utf_16_is_let_in():
    item = '<?xml version="1.0" encoding="UTF-16"?><a/>'.encode("utf-16")

    assert inspect(deflated({**DOCX, "customXml/item1.xml": item})).kind == Kind.DOCX


# --- Of the wrong kind -----------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"%PDF-1.7 ...", "een pdf"),
        (b"{\\rtf1 Rapport}", "een RTF-document"),
        (b"\x89PNG\r\n\x1a\n....", "een afbeelding"),
        (b"\xff\xd8\xff\xe0....", "een afbeelding"),
        (b"GIF89a....", "een afbeelding"),
        (b"RIFF....WEBP", "een afbeelding"),
        (OLE + "WordDocument".encode("utf-16-le"), "een oud Office-document"),
        (b"\x1f\x8b\x08....", "een archief"),
        (b"7z\xbc\xaf\x27\x1c", "een archief"),
        (packed({}), "een archief"),
        (deflated({"rapport.docx": "x"}), "een archief"),
        (b"<!DOCTYPE html><p>Rapport</p>", "een webpagina of XML"),
        (b'<?xml version="1.0"?><office:document/>', "een webpagina of XML"),
        (b"MZ\x90\x00\x03\x00", "een bestand van een onbekende soort"),
        (
            deflated({**DOCX, "[Content_Types].xml": "<a>spreadsheetml.sheet.main+xml</a>"}),
            "een rekenblad",
        ),
        (
            deflated({**DOCX, "[Content_Types].xml": "<a>presentationml.slides</a>"}),
            "een presentatie",
        ),
        (deflated({**ODT, "mimetype": f"{ODT['mimetype']}-template"}), "van een onbekende soort"),
        (
            deflated({**ODT, "mimetype": "application/vnd.oasis.opendocument.spreadsheet"}),
            "een rekenblad",
        ),
    ],
)
def test_a_file_of_another_kind_is_refused_by_what_it_is(data, what):
    said = refused(data)

    assert said.startswith("Dit is ")
    assert what in said
    assert "Kies de rapportage als Word (.docx)" in said


@pytest.mark.parametrize("data", [b"", b"  \r\n\t "])
def test_an_empty_file_is_refused(data):
    assert refused(data) == "Het bestand is leeg."


def test_a_file_that_is_too_large_is_refused():
    assert "groter dan 10 MB" in refused(b"a" * (upload.MAX_BYTES + 1))


# --- Passwords and macros --------------------------------------------------------


def with_flag(data, flag=0x1):
    """The same file with this flag set on every part, as an encrypting program would."""
    data = bytearray(data)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(signature)
        while at >= 0:
            data[at + offset] |= flag
            at = data.find(signature, at + 4)
    return bytes(data)


@pytest.mark.parametrize(
    "data",
    [
        OLE + "EncryptedPackage".encode("utf-16-le"),
        with_flag(deflated(DOCX)),
        deflated({**ODT, "META-INF/manifest.xml": "<a><manifest:encryption-data/></a>"}),
    ],
)
def test_a_file_with_a_password_is_refused(data):
    assert "met een wachtwoord beveiligd" in refused(data)


@pytest.mark.parametrize(
    "parts",
    [
        {**DOCX, "word/vbaProject.bin": "x"},
        {**DOCX, "elders/VBAPROJECT.BIN": "x"},
        {
            **DOCX,
            "[Content_Types].xml": "<a>application/vnd.ms-word.document.macroEnabled.main+xml</a>",
        },
        {
            **DOCX,
            "[Content_Types].xml": f"<a>{MAIN} application/vnd.ms-office.vbaProject</a>".encode(
                "utf-16"
            ),
        },
        {**ODT, "Basic/Standard/Module1.xml": "<a/>"},
        {**ODT, "Scripts/python/x.py": "x"},
    ],
)
def test_a_file_with_macros_is_refused(parts):
    assert "bevat macro's" in refused(deflated(parts))


# --- Entities ----------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be", "utf-32-le"])
@pytest.mark.parametrize(
    "declaration",
    [
        '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
        '<!DOCTYPE a SYSTEM "http://voorbeeld.nl/a.dtd"><a/>',
        "<a><!ENTITY b 'c'></a>",
    ],
)
@pytest.mark.parametrize(
    ("parts", "name"),
    [
        (DOCX, "word/document.xml"),
        (DOCX, "word/_rels/document.xml.rels"),
        (DOCX, "word/document.anders"),
        (ODT, "content.xml"),
        (ODT, "META-INF/manifest.xml"),
    ],
)
def test_xml_that_declares_entities_is_refused(parts, name, declaration, encoding):
    said = refused(deflated({**parts, name: declaration.encode(encoding)}))

    assert name in said
    assert "entiteiten" in said


def test_a_declaration_behind_much_text_is_found():
    content = f"<a>{' ' * 1_000_000}<!DOCTYPE b><b/></a>"

    assert "entiteiten" in refused(deflated({**ODT, "content.xml": content}))


@pytest.mark.parametrize("encoding", ["cp037", "UTF-7", "x-eigen"])
def test_xml_in_an_encoding_that_could_hide_entities_is_refused(encoding):
    xml = f'<?xml version="1.0" encoding="{encoding}"?>'.encode() + b"\x4c\x5a\xc4\xd6"

    assert "beschadigd" in refused(deflated({**DOCX, "word/document.xml": xml}))


def test_xml_that_is_no_xml_is_refused():
    assert "beschadigd" in refused(deflated({**DOCX, "word/document.xml": "Tekst"}))


# --- Bombs -------------------------------------------------------------------------


def lying(data, name, size, content):
    """The same file, of which the headers say that a part is this large, with a fitting sum."""
    data = bytearray(data)
    at = data.find(name.encode()) - 30
    struct.pack_into("<I", data, at + 14, zlib.crc32(content[:size]))
    struct.pack_into("<I", data, at + 22, size)
    at = data.find(b"PK\x01\x02")
    while data[at + 46 : at + 46 + len(name)] != name.encode():
        at = data.find(b"PK\x01\x02", at + 4)
    struct.pack_into("<I", data, at + 16, zlib.crc32(content[:size]))
    struct.pack_into("<I", data, at + 24, size)
    return bytes(data)


@pytest.mark.parametrize("parts", [DOCX, ODT])
def test_a_bomb_is_refused(parts):
    bomb = deflated({**parts, "bom.xml": b"<" + b" " * 40_000_000})
    assert len(bomb) < 100_000

    assert "uitgepakt veel groter" in refused(bomb)


def test_many_parts_that_are_too_large_together_are_refused(monkeypatch):
    monkeypatch.setattr(upload, "MAX_UNPACKED", 5_000)
    inspect(deflated({**ODT, "a.xml": "<" + "a" * 3_000}))

    assert "uitgepakt veel groter" in refused(
        deflated({**ODT, "a.xml": "<" + "a" * 3_000, "b.xml": "<" + "b" * 3_000})
    )


def test_what_is_unpacked_counts_and_not_what_the_headers_say(monkeypatch):
    """A part says that it is small; what is unpacked is all that goes on."""
    content = b"<a>" + b" " * 40_000_000
    bomb = lying(deflated({**ODT, "bom.xml": content}), "bom.xml", 100, content)

    with ZipFile(BytesIO(inspect(bomb).data)) as archive:
        assert archive.read("bom.xml") == content[:100]


def test_a_part_that_grows_beyond_its_header_is_counted_while_it_is_unpacked(monkeypatch):
    monkeypatch.setattr(upload, "MAX_UNPACKED", 200_000)
    read = []
    monkeypatch.setattr(upload, "_STEP", 1_000)
    unpack = upload._Package._refuse_size

    def refuse_size(package, size):
        read.append(package.unpacked_size)
        # As if the header had said nothing: only what has been read is judged.
        unpack(package, package.unpacked_size)

    monkeypatch.setattr(upload._Package, "_refuse_size", refuse_size)

    assert "uitgepakt veel groter" in refused(deflated({**ODT, "a.xml": b"<" * 4_000_000}))
    assert max(read) < 202_000


def test_a_part_that_says_it_is_larger_than_it_is_is_refused():
    content = b"<a/>"
    data = lying(deflated({**ODT, "a.xml": content}), "a.xml", 4_000, content)

    assert "beschadigd" in refused(data)


def test_a_file_of_very_many_parts_is_refused():
    parts = {f"deel{number}.xml": "<a/>" for number in range(upload.MAX_PARTS)}

    assert "uitgepakt veel groter" in refused(packed({**ODT, **parts}))


# --- Odd names ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "../buiten.xml",
        "word/../../buiten.xml",
        "/etc/passwd",
        "word//document.xml",
        "./document.xml",
        "C:\\buiten.xml",
        "word\\document2.xml",
        "C:buiten.xml",
        "regel\neinde.xml",
        "a" * 201,
        "WORD/Document.xml",
        " /a.xml",
    ],
)
def test_a_part_with_an_odd_name_is_refused(name):
    assert "naam die niet is toegestaan" in refused(packed({**DOCX, name: "<a/>"}))


def test_a_name_that_ends_early_is_refused():
    data = packed({**DOCX, "word/aXb.xml": "<a/>"}).replace(b"word/aXb.xml", b"word/a\0b.xml")

    assert "naam die niet is toegestaan" in refused(data)


def test_two_parts_of_one_name_are_refused():
    data = packed({**DOCX, "word/documenX.xml": "<b/>"})

    assert "naam die niet is toegestaan" in refused(
        data.replace(b"word/documenX.xml", b"word/document.xml")
    )


def test_a_link_to_another_file_is_refused():
    link = ZipInfo("word/link.xml")
    link.create_system, link.external_attr = 3, 0o120777 << 16

    assert "naam die niet is toegestaan" in refused(packed({**DOCX, link: "/etc/passwd"}))


def test_an_odd_name_cannot_write_in_the_sentence():
    said = refused(packed({**DOCX, "../\u202e<b>" + "x" * 100: "<a/>"}))

    assert "\u202e" not in said
    assert len(said) < 250


# --- Damage ------------------------------------------------------------------------


@pytest.mark.parametrize("parts", [DOCX, ODT])
def test_a_file_that_was_cut_off_anywhere_is_refused(parts):
    whole = deflated(parts)

    for length in range(4, len(whole), 7):
        assert "beschadigd" in refused(whole[:length]), length


def test_a_file_with_any_byte_changed_is_let_in_or_refused_with_a_sentence():
    whole = deflated(DOCX)

    for at in range(len(whole)):
        for value in (0x00, 0x7F, 0xFF):
            changed = whole[:at] + bytes([value]) + whole[at + 1 :]
            with suppress(ReportError):
                inspect(changed)


def test_a_part_with_other_content_than_its_sum_says_is_refused():
    stored = packed(DOCX, ZIP_STORED)

    assert "beschadigd" in refused(stored.replace(b"Tekst", b"Tegst"))


def test_a_way_of_packing_that_no_office_program_uses_is_refused():
    target = BytesIO()
    with ZipFile(target, "w", ZIP_BZIP2) as archive:
        for name, content in DOCX.items():
            archive.writestr(name, content)

    assert "beschadigd" in refused(target.getvalue())
