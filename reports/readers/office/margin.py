"""What stands beside the text of an office file: the comments and the tracked changes of people.

A report has no place for either. Whoever reads a file in should know of them, so that no remark of
a colleague is lost.
"""

import re
import zipfile
from io import BytesIO
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

# A tag begins with the prefix that its file gives to the names of Word or of OpenDocument.
_DOCX_COMMENT = re.compile(rb"<\w+:comment[\s>]")
_DOCX_CHANGE = re.compile(rb"<\w+:(?:ins|del|moveFrom|moveTo)\s[^>]*author=")
_ODT_COMMENT = re.compile(rb"<\w+:annotation[\s>]")
_ODT_CHANGE = re.compile(rb"<\w+:changed-region[\s>]")
_DOCX_TEXTS = re.compile(r"word/(?:document|footnotes|endnotes)\d*\.xml")


class Margin(NamedTuple):
    comments: int = 0
    has_changes: bool = False

    def sentences(self) -> list[str]:
        """What to know of them before the file is read in."""
        said = []
        if self.comments:
            said.append(
                ngettext(
                    "The file has %d comment, which is not read in.",
                    "The file has %d comments, which are not read in.",
                    self.comments,
                )
                % self.comments
            )
        if self.has_changes:
            said.append(
                _(
                    "The file has tracked changes, which are read as if they were accepted: what "
                    "was inserted is in the text, and what was deleted is not."
                )
            )
        return said


def margin_of(data: bytes) -> Margin:
    """What stands beside the text of a DOCX or ODT that has been read."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        names = archive.namelist()
        if "content.xml" in names:
            content = archive.read("content.xml")
            return Margin(len(_ODT_COMMENT.findall(content)), bool(_ODT_CHANGE.search(content)))
        comments = archive.read("word/comments.xml") if "word/comments.xml" in names else b""
        texts = [archive.read(name) for name in names if _DOCX_TEXTS.fullmatch(name)]
    return Margin(len(_DOCX_COMMENT.findall(comments)), any(map(_DOCX_CHANGE.search, texts)))
