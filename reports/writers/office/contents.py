"""The table of contents, filled: pandoc writes a field without entries.

Each entry leads to its heading, and its page number is a field that asks where that heading stands.
LibreOffice works these out when it opens a file. Word asks first, and shows what is written here to
who says no, until the fields are renewed (Ctrl+A, F9).

In an ODT they stand in a real table of contents. In a DOCX they do not: of the field of one,
LibreOffice takes the page numbers as they were written, and nobody can know them before the pages
are set. The headings of a report are those of the plan, so that its contents rarely grow.
"""

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from actions.richtext.html import clean_text
from reports.printed import CONTENTS

# Shown where pages are not counted, such as a preview.
_NOT_COUNTED = "…"


def docx(headings: Sequence) -> dict:
    title = _docx_paragraph("TOCHeading", _docx_text(CONTENTS))
    return {"t": "RawBlock", "c": ["openxml", title + "".join(map(_docx_entry, headings))]}


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


def _docx_entry(heading) -> str:
    """Word works out a dirty field when it opens the file."""
    page = (
        '<w:r><w:fldChar w:fldCharType="begin" w:dirty="true"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> PAGEREF {heading.anchor} \\h </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f"{_docx_text(_NOT_COUNTED)}"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    return _docx_paragraph(
        f"TOC{heading.level}",
        f'<w:hyperlink w:anchor={quoteattr(heading.anchor)} w:history="1">'
        f"{_docx_text(heading.text)}<w:r><w:tab/></w:r>{page}</w:hyperlink>",
    )


def _docx_paragraph(style: str, content: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{content}</w:p>'


def _docx_text(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{_plain(text)}</w:t></w:r>'


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
