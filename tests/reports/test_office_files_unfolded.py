"""Text of a DOCX or ODT that stands in boxes, tables, fields and the like is read with the rest."""

import re
import zipfile
from io import BytesIO

import pytest

from actions.richtext.html import serialise
from reports.readers import office as reader
from reports.writers import office as writer
from reports.writers import pdf
from tests.reports.documents import everything
from tests.reports.office_files import edited, first_row

DOCX, ODT = writer.write_docx(everything()), writer.write_odt(everything())
LAST = "Tot slot."
RUN = f'<w:r><w:t xml:space="preserve">{LAST}</w:t></w:r>'


def content(data, name):
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return archive.read(name).decode()


def run(text, properties=""):
    return f'<w:r>{properties}<w:t xml:space="preserve">{text}</w:t></w:r>'


def last_paragraphs(data):
    """What the first explanation says where it said LAST."""
    whole = serialise(first_row(reader.read(data)).explanation)
    return whole.partition("drie</p></li></ul>")[2]


def in_docx(xml):
    return last_paragraphs(edited(DOCX, "word/document.xml", RUN, xml))


def in_odt(xml):
    [paragraph] = re.findall(rf"<text:p [^>]*>{LAST}</text:p>", content(ODT, "content.xml"))
    return last_paragraphs(edited(ODT, "content.xml", paragraph, xml))


# As Word writes a text box: once for itself, and once for its older versions.
BOX = f"""<w:r><mc:AlternateContent
  xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"
  xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
  xmlns:v="urn:schemas-microsoft-com:vml">
  <mc:Choice Requires="wps"><w:drawing><wps:wsp><wps:txbx><w:txbxContent>
    <w:p>{run("In een kader.")}</w:p>
  </w:txbxContent></wps:txbx></wps:wsp></w:drawing></mc:Choice>
  <mc:Fallback><w:pict><v:rect><v:textbox><w:txbxContent>
    <w:p>{run("In een kader.")}</w:p>
  </w:txbxContent></v:textbox></v:rect></w:pict></mc:Fallback>
</mc:AlternateContent></w:r>"""
OLD_BOX = BOX[BOX.index("<w:pict>") : BOX.index("</mc:Fallback>")]


@pytest.mark.parametrize(
    "box", [BOX, f'<w:r xmlns:v="urn:schemas-microsoft-com:vml">{OLD_BOX}</w:r>']
)
def test_a_text_box_of_a_docx_is_read_once_behind_its_paragraph(box):
    assert in_docx(run("Ervoor ") + box + run("en erna.")) == (
        "<p>Ervoor en erna.</p><p>In een kader.</p>"
    )


def test_the_text_around_a_text_box_in_a_docx_stays():
    beside = BOX.replace("<w:r>", "<w:r><w:t>beide</w:t>", 1)
    inserted = f'<w:ins w:id="9" w:author="Iemand">{run("zijn ")}{beside}</w:ins>'

    assert in_docx(run("Alle ") + inserted + run(" er.")) == (
        "<p>Alle zijn beide er.</p><p>In een kader.</p>"
    )


@pytest.mark.parametrize(
    "gone",
    [
        f'<w:del w:id="9" w:author="Iemand">{BOX}</w:del>',
        f'<w:moveFrom w:id="9" w:author="Iemand">{BOX}</w:moveFrom>',
        BOX.replace("<w:r>", "<w:r><w:rPr><w:vanish/></w:rPr>", 1),
    ],
    ids=["deleted", "moved", "hidden"],
)
def test_a_text_box_of_a_docx_that_nobody_sees_is_not_read(gone):
    assert in_docx(run("Ervoor ") + gone + run("en erna.")) == "<p>Ervoor en erna.</p>"


IN_A_BOX = "<text:p>In een kader.</text:p>"


@pytest.mark.parametrize(
    "box",
    [
        f"<draw:frame><draw:text-box>{IN_A_BOX}</draw:text-box></draw:frame>",
        f"<draw:custom-shape>{IN_A_BOX}<draw:enhanced-geometry/></draw:custom-shape>",
    ],
    ids=["box", "shape"],
)
def test_a_text_box_of_an_odt_is_read_behind_its_paragraph(box):
    assert in_odt(f"<text:p>Ervoor {box}en erna.</text:p>") == (
        "<p>Ervoor en erna.</p><p>In een kader.</p>"
    )


@pytest.mark.parametrize(
    ("xml", "read"),
    [
        (
            f'<w:fldSimple w:instr=" REF a ">{run("paragraaf 3")}</w:fldSimple>',
            "<p>paragraaf 3</p>",
        ),
        (f'<w:customXml w:element="a">{run("In XML")}</w:customXml>', "<p>In XML</p>"),
        (f'<w:bdo w:val="ltr">{run("Van links")}</w:bdo>', "<p>Van links</p>"),
        ("<w:r><w:t>Een</w:t><w:cr/><w:t>twee</w:t></w:r>", "<p>Een</p><p>twee</p>"),
    ],
)
def test_what_word_wraps_text_in_does_not_matter(xml, read):
    assert in_docx(xml) == read


@pytest.mark.parametrize(
    ("xml", "read"),
    [
        ('<text:section text:name="a"><text:p>In een deel</text:p></text:section>', "In een deel"),
        ('<text:h text:outline-level="3">Een kopje</text:h>', "Een kopje"),
        (f"<draw:frame><draw:text-box>{IN_A_BOX}</draw:text-box></draw:frame>", "In een kader."),
        ("<text:p>Op <text:date>1 mei</text:date>.</text:p>", "Op 1 mei."),
        (
            '<text:p>Tel<text:variable-set text:display="none">5</text:variable-set>.</text:p>',
            "Tel.",
        ),
        ("<text:p><text:meta>Met gegevens</text:meta>.</text:p>", "Met gegevens."),
        (
            "<text:p><text:ruby><text:ruby-base>Woord</text:ruby-base>"
            "<text:ruby-text>uitspraak</text:ruby-text></text:ruby>.</text:p>",
            "Woord.",
        ),
        (
            "<table:table><table:table-column/><table:table-row><table:table-cell>"
            "<text:p>In een tabel</text:p></table:table-cell></table:table-row></table:table>",
            "In een tabel",
        ),
    ],
)
def test_what_libreoffice_wraps_text_in_does_not_matter(xml, read):
    assert in_odt(xml) == f"<p>{read}</p>"


def test_rows_that_are_grouped_are_rows():
    rows = re.findall(
        r"<table:table-row[ >].*?</table:table-row>", content(ODT, "content.xml"), re.S
    )
    [row] = [row for row in rows if "Onderzoek doen" in row and "RIVM" in row]

    grouped = f"<table:table-rows>{row}</table:table-rows>"
    assert reader.read(edited(ODT, "content.xml", row, grouped)) == everything()


@pytest.mark.parametrize(
    "strike", ["<w:strike/>", "<w:dstrike/>", '<w:strike w:val="0"/><w:dstrike/>']
)
def test_words_struck_through_in_a_docx_are_removed(strike):
    struck = run("Niet meer. ", f"<w:rPr>{strike}</w:rPr>")

    assert in_docx(struck + run("Nu wel.")) == "<p>Nu wel.</p>"


def with_style(properties, family="text"):
    """An ODT with a style of its own, for words or for paragraphs."""
    style = (
        f'<style:style style:name="Eigen" style:family="{family}">'
        f"<style:text-properties {properties}/></style:style></office:automatic-styles>"
    )
    return edited(ODT, "content.xml", "</office:automatic-styles>", style)


def test_words_struck_through_in_an_odt_are_removed():
    data = with_style('style:text-line-through-style="solid"')
    struck = f'<text:span text:style-name="Eigen">Niet meer. </text:span>{LAST}'

    assert reader.read(edited(data, "content.xml", LAST, struck)) == everything()


@pytest.mark.parametrize(
    ("switch", "read"),
    [("<w:vanish/>", "Nu wel."), ('<w:vanish w:val="0"/>', "Niet lezen. Nu wel.")],
)
def test_hidden_words_of_a_docx_are_not_read(switch, read):
    hidden = run("Niet lezen. ", f"<w:rPr>{switch}</w:rPr>")

    assert in_docx(hidden + run("Nu wel.")) == f"<p>{read}</p>"


@pytest.mark.parametrize("style", ["Verborgen", "OokVerborgen"])
@pytest.mark.parametrize(
    "xml",
    [
        '{before}<w:r><w:rPr><w:rStyle w:val="{style}"/></w:rPr><w:t>Niet lezen.</w:t></w:r>',
        '{before}</w:p><w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>'
        "<w:r><w:t>Niet lezen.</w:t></w:r>",
    ],
    ids=["words", "paragraph"],
)
def test_what_a_style_of_a_docx_hides_is_not_read(xml, style):
    styles = (
        '<w:style w:type="character" w:styleId="Verborgen"><w:name w:val="Verborgen"/>'
        "<w:rPr><w:vanish/></w:rPr></w:style>"
        '<w:style w:type="character" w:styleId="OokVerborgen"><w:name w:val="Ook"/>'
        '<w:basedOn w:val="Verborgen"/></w:style></w:styles>'
    )
    data = edited(DOCX, "word/styles.xml", "</w:styles>", styles)
    xml = xml.format(before=run("Nu wel."), style=style)

    read = last_paragraphs(edited(data, "word/document.xml", RUN, xml))
    assert read == "<p>Nu wel.</p>"


def test_a_text_box_of_an_odt_that_holds_a_list_only_is_read():
    item = "<text:list><text:list-item><text:p>In een kader.</text:p></text:list-item></text:list>"
    box = f"<draw:frame><draw:text-box>{item}</draw:text-box></draw:frame>"

    assert "In een kader." in in_odt(f"<text:p>Ervoor {box}en erna.</text:p>")


def test_what_a_style_of_an_odt_hides_is_not_read():
    data = edited(
        ODT,
        "styles.xml",
        "</office:styles>",
        '<style:style style:name="Verborgen" style:family="text">'
        '<style:text-properties text:display="none"/></style:style>'
        '<style:style style:name="Ook" style:family="text" '
        'style:parent-style-name="Verborgen"/></office:styles>',
    )
    hidden = f'<text:span text:style-name="Ook">Niet lezen. </text:span>{LAST}'

    assert reader.read(edited(data, "content.xml", LAST, hidden)) == everything()


def test_hidden_words_of_an_odt_are_not_read():
    data = with_style('text:display="none"')
    hidden = f'<text:span text:style-name="Eigen">Niet lezen. </text:span>{LAST}'

    assert reader.read(edited(data, "content.xml", LAST, hidden)) == everything()


@pytest.mark.parametrize(
    "properties", ['text:display="none"', 'style:text-line-through-style="solid"']
)
def test_a_paragraph_of_an_odt_that_is_hidden_or_struck_through_as_a_whole_is_not_read(properties):
    data = with_style(properties, family="paragraph")
    [paragraph] = re.findall(rf"<text:p [^>]*>{LAST}</text:p>", content(ODT, "content.xml"))
    gone = '<text:p text:style-name="Eigen">Niet lezen.</text:p>'

    assert reader.read(edited(data, "content.xml", paragraph, gone + paragraph)) == everything()


@pytest.mark.parametrize(
    "how", ['text:display="none"', 'text:display="condition" text:is-hidden="true"']
)
def test_a_section_of_an_odt_that_is_hidden_is_not_read(how):
    hidden = f'<text:section text:name="a" {how}><text:p>Niet lezen.</text:p></text:section>'

    assert in_odt(f"{hidden}<text:p>Nu wel.</text:p>") == "<p>Nu wel.</p>"


def test_an_arrow_that_word_makes_while_one_types_can_be_published():
    data = edited(
        DOCX, "word/document.xml", RUN, '<w:r><w:sym w:font="Wingdings" w:char="F0E0"/></w:r>'
    )

    assert last_paragraphs(data) == "<p>→</p>"
    assert pdf.write(reader.read(data)).startswith(b"%PDF")
