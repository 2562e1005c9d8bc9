"""Sets the report as a PDF: its data as JSON on standard input, the file on standard output.

With the argument "picture" it draws the picture of the overview, as a PNG, from the data of that.

A program of its own, so that its memory is given back and a crash of the renderer ends no server.
What cannot be set is said on standard error in the words of Typst, with exit code 3, and nothing is
written.
"""

import io
import sys
from pathlib import Path

import pikepdf
import typst

HERE = Path(__file__).parent
# A code that Python itself does not end with.
SAID_WHY = 3
FORMATS = {
    "report": {"format": "pdf", "pdf_standards": ["a-2a", "ua-1"]},
    "picture": {"format": "png", "ppi": 200},
}


def main(kind: str) -> int:
    # Ours and those that come with Typst, so that the file is the same on every machine.
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=True, font_paths=[HERE / "fonts"]
    )
    try:
        made = typst.compile(
            HERE / f"{kind}.typ",
            root=HERE,
            font_paths=fonts,
            ignore_system_fonts=True,
            sys_inputs={"data": sys.stdin.buffer.read().decode()},
            **FORMATS[kind],
        )
    except typst.TypstError as error:
        sys.stderr.buffer.write(error.diagnostic.encode())
        return SAID_WHY
    sys.stdout.buffer.write(with_row_headers(made) if kind == "report" else made)
    return 0


def with_row_headers(data: bytes) -> bytes:
    """The file with the first cell of every row as the header of that row.

    Typst can mark column headers only. It also lists for each cell its column header by name, which
    would hide the header of the row: without those lists the scopes of the headers count.
    """
    table = pikepdf.Name.Table
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for row in _rows(pdf.Root.StructTreeRoot.K):
            row.K[0].S = pikepdf.Name.TH
            for nth, cell in enumerate(row.K):
                of_table = next(each for each in cell.A if table == each.O)
                del of_table["/Headers"]
                if nth == 0:
                    of_table.Scope = pikepdf.Name.Row
        pdf.save(out := io.BytesIO(), deterministic_id=True)
    return out.getvalue()


def _rows(node, in_body=False):
    """Every row of the body of a table below this node of the structure."""
    if isinstance(node, pikepdf.Array):
        for kid in node:
            yield from _rows(kid, in_body)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        if in_body and pikepdf.Name.TR == node.S:
            yield node
        elif "/K" in node:
            yield from _rows(node.K, pikepdf.Name.TBody == node.S)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
