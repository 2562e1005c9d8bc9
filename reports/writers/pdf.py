"""Writes a report as a PDF for parliament: PDF/UA-1 and PDF/A-2a in one file, set by Typst.

The templates in `reports/typst/` are given data only, so that nothing in a text can act as markup.
The same document always gives the same bytes.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

from django.utils.translation import gettext as _

from reports.document import ReportDocument
from reports.errors import ReportError
from reports.writers import pdf_data, pdf_errors

TYPST = Path(__file__).parent.parent / "typst"
FONTS = TYPST / "fonts"
# In seconds: many times what 500 action points take.
TIMEOUT = 120
# Without what the user and the environment add to Python.
ALONE = ("-E", "-s")
# With a thread for each processor, and with an allocator that moves its own limits, Typst takes now
# as much memory as it needs and now a seventh more. Two are as quick as more.
STEADY = {"RAYON_NUM_THREADS": "2", "MALLOC_TOP_PAD_": "8000000"}
# The exit code of compile.py when it says on standard error, in Typst's words, what is wrong.
SAID_WHY = 3


def write(document: ReportDocument) -> bytes:
    """The whole file. A ReportError says which action point holds what cannot be set."""
    data = json.dumps(pdf_data.to_data(document), ensure_ascii=False)
    try:
        encoded = data.encode()
    except UnicodeEncodeError as error:
        # Half of a pair of surrogates is no character at all.
        raise pdf_errors.lacking(document, [data[error.start]]) from None
    done = _run("report", encoded)
    if done.returncode == SAID_WHY:
        raise pdf_errors.explain(document, done.stderr.decode())
    if done.returncode:
        raise _stopped(done.returncode)
    return done.stdout


def picture(document: ReportDocument) -> bytes:
    """The picture of the overview as a PNG, for files of other kinds."""
    data = json.dumps(pdf_data.overview(document), ensure_ascii=False)
    # It is a picture of numbers: a character that cannot be drawn does not keep it from being made.
    done = _run("picture", data.encode(errors="replace"))
    if done.returncode:
        raise _stopped(done.returncode)
    return done.stdout


def _stopped(code: int) -> ReportError:
    return ReportError(
        _("The program that sets the PDF stopped halfway (code %d). Try again later.") % code
    )


def _run(kind: str, data: bytes) -> subprocess.CompletedProcess:
    if not any(FONTS.glob("*.ttf")):
        raise ReportError(_("The fonts of the PDF are missing. Run `make install` first."))
    try:
        return subprocess.run(  # noqa: S603
            [sys.executable, *ALONE, str(TYPST / "compile.py"), kind],
            input=data,
            capture_output=True,
            timeout=TIMEOUT,
            env={**os.environ, **STEADY},
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise ReportError(
            _("Setting the PDF took more than %d seconds and was stopped. Try again later.")
            % TIMEOUT
        ) from None
