"""Sets the report as a PDF: its data as JSON on standard input, the file on standard output.

With the argument "picture" it draws the picture of the overview, as a PNG, from the data of that.

A program of its own, so that its memory is given back and a crash of the renderer ends no server.
What cannot be set is said on standard error in the words of Typst, with exit code 3, and nothing is
written.
"""

import sys
from importlib import import_module
from pathlib import Path
from threading import Thread

import typst

HERE = Path(__file__).parent
# A code that Python itself does not end with.
SAID_WHY = 3
FORMATS = {
    "report": {"format": "pdf", "pdf_standards": ["a-2a", "ua-1"]},
    "picture": {"format": "png", "ppi": 200},
}


def main(kind: str) -> int:
    if kind == "report":
        # It takes long to load, and Python has nothing to do while Typst sets the report.
        Thread(target=import_module, args=["row_headers"]).start()
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
    if kind == "report":
        made = import_module("row_headers").mark(made)
    sys.stdout.buffer.write(made)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
