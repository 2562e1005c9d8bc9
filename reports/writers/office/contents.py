"""The table of contents, filled: pandoc writes a field without entries.

Both formats have a real one, which Word and LibreOffice can update. Each entry leads to its
heading, and its page number is a field that asks where that heading stands.
"""

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from actions.richtext.html import clean_text
from reports.printed import CONTENTS

# Shown until Word has counted the pages, which it does when it opens the file.
_NOT_COUNTED = "…"


def docx(headings: Sequence) -> dict:
    title = _docx_paragraph("TOCHeading", _docx_text(CONTENTS))
    entries = "".join(_docx_entry(heading, is_first=not at) for at, heading in enumerate(headings))
    end = f"<w:p>{_docx_mark('end')}</w:p>" if headings else ""
    return {
        "t": "RawBlock",
        "c": [
            "openxml",
            "<w:sdt><w:sdtPr><w:docPartObj>"
            '<w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/>'
            f"</w:docPartObj></w:sdtPr><w:sdtContent>{title}{entries}{end}</w:sdtContent></w:sdt>",
        ],
    }


def odt(headings: Sequence) -> dict:
    title = f'<text:p text:style-name="Contents_20_Heading">{CONTENTS}</text:p>'
    return {
        "t": "RawBlock",
        "c": [
            "opendocument",
            f'<text:table-of-content text:name="{CONTENTS}" text:protected="true">'
            '<text:table-of-content-source text:outline-level="2">'
            '<text:index-title-template text:style-name="Contents_20_Heading">'
            f"{CONTENTS}</text:index-title-template>"
            f"{_odt_template(1)}{_odt_template(2)}</text:table-of-content-source>"
            f'<text:index-body><text:index-title text:name="{CONTENTS}_Kop">{title}'
            f"</text:index-title>{''.join(map(_odt_entry, headings))}"
            "</text:index-body></text:table-of-content>",
        ],
    }


def _docx_entry(heading, *, is_first: bool) -> str:
    page = (
        _docx_field_start(f"PAGEREF {heading.anchor} \\h")
        + _docx_text(_NOT_COUNTED)
        + _docx_mark("end")
    )
    link = (
        f'<w:hyperlink w:anchor={quoteattr(heading.anchor)} w:history="1">'
        f"{_docx_text(heading.text)}<w:r><w:tab/></w:r>{page}</w:hyperlink>"
    )
    # The field of the whole table begins in its first entry.
    start = _docx_field_start('TOC \\o "1-2" \\h \\z \\u') if is_first else ""
    return _docx_paragraph(f"TOC{heading.level}", start + link)


def _docx_paragraph(style: str, content: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{content}</w:p>'


def _docx_text(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{_plain(text)}</w:t></w:r>'


def _docx_field_start(instruction: str) -> str:
    """Word works out a dirty field when it opens the file."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin" w:dirty="true"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
        f"{_docx_mark('separate')}"
    )


def _docx_mark(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def _odt_entry(heading) -> str:
    name, address = quoteattr(heading.anchor), quoteattr(f"#{heading.anchor}")
    page = (
        f'<text:bookmark-ref text:reference-format="page" text:ref-name={name}>'
        f"{_NOT_COUNTED}</text:bookmark-ref>"
    )
    return (
        f'<text:p text:style-name="Contents_20_{heading.level}">'
        f'<text:a xlink:type="simple" xlink:href={address} text:style-name="Index_20_Link" '
        f'text:visited-style-name="Index_20_Link">'
        f"{_plain(heading.text)}<text:tab/>{page}</text:a></text:p>"
    )


def _odt_template(level: int) -> str:
    """How LibreOffice makes an entry when it updates the table."""
    return (
        f'<text:table-of-content-entry-template text:outline-level="{level}" '
        f'text:style-name="Contents_20_{level}"><text:index-entry-link-start/>'
        '<text:index-entry-text/><text:index-entry-tab-stop style:type="right" '
        'style:leader-char="."/><text:index-entry-page-number/><text:index-entry-link-end/>'
        "</text:table-of-content-entry-template>"
    )


def _plain(text: str) -> str:
    return escape(clean_text(text))
