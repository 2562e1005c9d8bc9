"""From the blocks of pandoc's tree to an office file."""

import tempfile
from datetime import date
from pathlib import Path

from reports import pandoc
from reports.writers.office import finish
from reports.writers.office.reference import reference

_FINISH = {"docx": finish.docx, "odt": finish.odt}


def write(
    blocks: list[dict],
    format_name: str,
    *,
    header: str,
    footer: str,
    title: str,
    on: date | None,
    own: Path | None = None,
    alt: str = "",
) -> bytes:
    """The blocks as DOCX or ODT, with these words at the head and foot of each page.

    `title` and `on`, the day of publication, are its properties; `own` see `reference`.
    `alt` says what its picture shows.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"reference.{format_name}")
        path.write_bytes(reference(format_name, header=header, footer=footer, own=own))
        data = pandoc.write(
            blocks, f"--to={format_name}", f"--reference-doc={path}", language="nl-NL"
        )
    return _FINISH[format_name](data, title=title, on=on, alt=alt)
