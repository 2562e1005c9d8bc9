"""Marks the headers of rows in a PDF by Typst."""

import io

import pikepdf


def mark(data: bytes) -> bytes:
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
        # Packed, the file is half as large.
        packed = pikepdf.ObjectStreamMode.generate
        pdf.save(out := io.BytesIO(), object_stream_mode=packed, deterministic_id=True)
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
