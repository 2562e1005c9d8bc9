"""The door for files that people bring: what kind a file is, and whether it may be opened at all.

The kind follows from the content; what a file is called says nothing. Of a packed file (DOCX, ODT)
only the parts from which a report is read go on, packed anew: what a later reader opens is what was
looked at here, whatever else the file might be taken for. Pictures and fonts are never unpacked.
"""

import re
import zlib
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from stat import S_ISLNK
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from django.utils.translation import gettext as _

from reports.errors import ReportError

# A report of 500 action points is some 2 MB of JSON.
MAX_BYTES = 10_000_000
MAX_UNPACKED = 50_000_000
MAX_PARTS = 1_000
# Times that a file may grow when it is unpacked, if it grows to more than a real report is.
MAX_RATIO = 300
ANY_RATIO = 5_000_000

_STEP = 65_536
_LONGEST_NAME = 200

_ZIP_BEGINNING, _EMPTY_ZIP = b"PK\x03\x04", b"PK\x05\x06"
_ZIP_PART = b"PK\x01\x02"
_COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")
_ARCHIVES = (b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"\xfd7zXZ", b"BZh")
_MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:\?xml|!doctype|html|svg)", re.IGNORECASE)
_JSON = re.compile(rb"(?:\xef\xbb\xbf)?\s*[{\[]")

_DOCX_TYPE = "wordprocessingml.document.main+xml"
_ODT_TYPE = "application/vnd.oasis.opendocument.text"
_NEVER_UNPACKED = (
    *("word/media/", "word/embeddings/", "word/fonts/", "docProps/thumbnail"),
    *("Pictures/", "Thumbnails/", "Fonts/", "ObjectReplacements/"),
)
_XML_NAMES = (".xml", ".rels")
# What declares entities, in every encoding that a parser of XML finds out by itself.
_DECLARATIONS = [
    word.encode(encoding)
    for word in ("<!DOCTYPE", "<!ENTITY")
    for encoding in ("ascii", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
]
# Any other encoding could hide them.
_ENCODING = re.compile(rb"<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([^\"']*)")
_ENCODINGS = {b"utf-8", b"utf-16", b"us-ascii", b"iso-8859-1", b"windows-1252"}


class Kind(StrEnum):
    DOCX = "docx"
    ODT = "odt"
    JSON = "json"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that may be opened: its kind, and the bytes to read it from."""

    kind: Kind
    data: bytes


def inspect(data: bytes) -> Upload:
    """What may be opened of this file. A ReportError says why it is refused, and what to do."""
    if len(data) > MAX_BYTES:
        raise too_large()
    if not data.strip():
        raise ReportError(_("The file is empty."))
    if data.startswith(_ZIP_BEGINNING):
        return _inspect_packed(data)
    if foreign := _foreign_kind(data):
        raise _wrong_kind(foreign)
    return Upload(Kind.JSON if _JSON.match(data) else Kind.TEXT, data)


def too_large() -> ReportError:
    return ReportError(
        _("The file is larger than %d MB. A report is a few hundred kB; check the file.")
        % (MAX_BYTES // 1_000_000)
    )


# --- What it is not ------------------------------------------------------------


def _foreign_kind(data: bytes) -> str:
    """What kind of file this is, if it is one that no report is read from."""
    if data.startswith(_COMPOUND_FILE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise _with_password()
        return _("an old Office document")
    if data.startswith(b"%PDF"):
        return _("a PDF")
    if data.startswith(b"{\\rtf"):
        return _("an RTF document")
    if data.startswith(_PICTURES) or data[:4] == b"RIFF":
        return _("a picture")
    if data.startswith((*_ARCHIVES, _EMPTY_ZIP)):
        return _("an archive")
    if _MARKUP.match(data):
        return _("a web page or XML")
    # UTF-16 is text, of which the reader of plain text says how to save it.
    if b"\0" in data and not data.startswith(_UTF_16):
        return _("a file of an unknown kind")
    return ""


def _wrong_kind(what: str) -> ReportError:
    return ReportError(
        _("This is %s. Choose the report as Word (.docx), OpenDocument (.odt), JSON or plain text.")
        % what
    )


def _with_password() -> ReportError:
    return ReportError(
        _("The file is protected with a password. Save it without a password and choose it again.")
    )


def _with_macros() -> ReportError:
    return ReportError(
        _("The file contains macros. Save it as a document without macros (.docx or .odt).")
    )


def _damaged() -> ReportError:
    return ReportError(
        _(
            "The file is damaged or incomplete. Open it in Word or LibreOffice, save it again "
            "and choose that file."
        )
    )


def _too_large_unpacked() -> ReportError:
    return ReportError(
        _(
            "The file is far larger unpacked than a report is. Copy the report to a new document "
            "and save that."
        )
    )


# --- Packed files --------------------------------------------------------------


def _inspect_packed(data: bytes) -> Upload:
    # Counted before a list of the parts is made, which itself could fill the memory.
    if data.count(_ZIP_PART) > MAX_PARTS:
        raise _too_large_unpacked()
    try:
        with ZipFile(BytesIO(data)) as archive:
            package = _Package(archive, len(data))
            kind = package.kind()
            return Upload(kind, _packed_anew(package.parts()))
    except (BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError):
        raise _damaged() from None


class _Package:
    """The parts of a packed file, unpacked in steps and never beyond what a report can be."""

    def __init__(self, archive: ZipFile, packed_size: int):
        self.archive, self.packed_size = archive, packed_size
        self.unpacked_size = 0
        self.members: dict[str, ZipInfo] = {}
        self.read_parts: dict[str, bytes] = {}
        folded: set[str] = set()
        for member in archive.infolist():
            self._refuse_oddity(member, folded)
            folded.add(member.filename.casefold())
            self.members[member.filename] = member

    @staticmethod
    def _refuse_oddity(member: ZipInfo, folded: set[str]):
        name = member.orig_filename
        if _is_odd(name) or S_ISLNK(member.external_attr >> 16) or name.casefold() in folded:
            raise ReportError(
                _(
                    "The file holds a part with a name that is not allowed: “%s”. Open it in Word "
                    "or LibreOffice, save it again and choose that file."
                )
                % ascii(name[:60])[1:-1]
            )
        if member.flag_bits & 0x1:
            raise _with_password()
        if member.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise _damaged()

    def kind(self) -> Kind:
        if "mimetype" in self.members:
            return self._opendocument()
        if "[Content_Types].xml" in self.members:
            return self._office()
        raise _wrong_kind(_("an archive"))

    def _opendocument(self) -> Kind:
        kind = self.part("mimetype").decode("ascii", "replace").strip()
        if kind != _ODT_TYPE:
            raise _wrong_kind(_what_is(kind))
        if b"encryption-data" in self.part("META-INF/manifest.xml"):
            raise _with_password()
        if any(name.startswith(("Basic/", "Scripts/")) for name in self.members):
            raise _with_macros()
        return Kind.ODT

    def _office(self) -> Kind:
        # Names of types are ASCII: without the zeros UTF-16 reads the same.
        types = self.part("[Content_Types].xml").replace(b"\0", b"").decode("ascii", "replace")
        names = [name.casefold().rpartition("/")[2] for name in self.members]
        if re.search("macroenabled|vbaproject", types, re.IGNORECASE) or "vbaproject.bin" in names:
            raise _with_macros()
        if _DOCX_TYPE not in types:
            raise _wrong_kind(_what_is(types))
        return Kind.DOCX

    def part(self, name: str) -> bytes:
        """The content of a part; nothing where there is no such part."""
        if name not in self.members:
            return b""
        if name not in self.read_parts:
            self.read_parts[name] = self._unpack(self.members[name])
        return self.read_parts[name]

    def _unpack(self, member: ZipInfo) -> bytes:
        # What the file says of its own size is believed only where that is a reason to stop.
        self._refuse_size(self.unpacked_size + member.file_size)
        steps = []
        with self.archive.open(member) as stream:
            while step := stream.read(_STEP):
                self.unpacked_size += len(step)
                self._refuse_size(self.unpacked_size)
                steps.append(step)
        content = b"".join(steps)
        if len(content) != member.file_size:
            raise BadZipFile
        return content

    def _refuse_size(self, size: int):
        is_bomb = size > ANY_RATIO and size > MAX_RATIO * self.packed_size
        if is_bomb or size > MAX_UNPACKED:
            raise _too_large_unpacked()

    def parts(self) -> dict[str, bytes]:
        """All that a report is read from, each part looked at."""
        names = [
            name
            for name, member in self.members.items()
            if not (member.is_dir() or name.startswith(_NEVER_UNPACKED))
        ]
        parts = {name: self.part(name) for name in names}
        for name, content in parts.items():
            _refuse_declarations(name, content)
        return parts


def _is_odd(name: str) -> bool:
    """Whether a name leads out of the document, or is none that an office program writes."""
    steps = name.removesuffix("/").split("/")
    return (
        len(name) > _LONGEST_NAME
        or not name.isprintable()
        or any(character in name for character in '\\:*?"<>|')
        or any(step.strip() in ("", ".", "..") for step in steps)
    )


def _what_is(kind: str) -> str:
    if "spreadsheet" in kind:
        return _("a spreadsheet")
    if "presentation" in kind:
        return _("a presentation")
    return _("a file of an unknown kind")


def _refuse_declarations(name: str, content: bytes):
    """Refuse XML that declares entities: it could grow without end, or fetch another file."""
    if any(declaration in content for declaration in _DECLARATIONS):
        raise ReportError(
            _(
                "The file declares entities in %s, and no report needs those. Open it in Word or "
                "LibreOffice, save it again and choose that file."
            )
            % name
        )
    if not (content and name.endswith(_XML_NAMES)):
        return
    beginning = content[:1_000].replace(b"\0", b"")
    encoding = _ENCODING.search(beginning)
    if b"<" not in beginning or (encoding and encoding[1].lower() not in _ENCODINGS):
        raise _damaged()


def _packed_anew(parts: dict[str, bytes]) -> bytes:
    target = BytesIO()
    with ZipFile(target, "w", ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(ZipInfo(name), content)
    return target.getvalue()
