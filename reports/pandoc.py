"""Runs pandoc, which turns its own document tree into office files and back.

It is a program of its own: what it does with a malicious or an enormous file cannot hurt the
process that asks for it. It reads no other file than those named on its command line, and may use
so much memory and time and no more.
"""

import json
import os
import subprocess
from pathlib import Path

import pypandoc
from django.utils.translation import gettext as _

from reports.errors import ReportError

# The one that is installed with our packages, so that every machine has the same.
_PROGRAM = Path(pypandoc.__file__).with_name("files") / (
    "pandoc.exe" if os.name == "nt" else "pandoc"
)
# Several times what a report of 500 action points asks.
_SECONDS = 60
_MEMORY = "1500M"
_HEAP_EXHAUSTED = 251  # the exit code of every program of its compiler
# Of the tree, as the program wants to see it.
_API_VERSION = [1, 23, 1]


def write(blocks: list[dict], *arguments: str, language: str) -> bytes:
    """The file that pandoc makes of the blocks of a tree."""
    tree = {
        "pandoc-api-version": _API_VERSION,
        "meta": {"lang": {"t": "MetaString", "c": language}},
        "blocks": blocks,
    }
    return run(json.dumps(tree).encode(), "--from=json", "--output=-", *arguments)


def read(data: bytes, format_name: str) -> dict:
    """The tree that pandoc reads from a file."""
    return json.loads(run(data, f"--from={format_name}", "--to=json"))


def run(data: bytes, *arguments: str) -> bytes:
    """What pandoc gives on its standard output for what it gets on its standard input."""
    try:
        done = subprocess.run(  # noqa: S603 the program and its arguments are ours
            [_PROGRAM, "+RTS", f"-M{_MEMORY}", "-RTS", "--sandbox", *arguments],
            input=data,
            capture_output=True,
            timeout=_SECONDS,
            env={"LC_ALL": "C.UTF-8", "HOME": os.devnull},
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise ReportError(
            _("Converting the file takes more than %d seconds; it has been stopped.") % _SECONDS
        ) from None
    except OSError as error:
        raise ReportError(
            _("The program that converts office files does not start: %s.") % error
        ) from None
    if done.returncode == _HEAP_EXHAUSTED:
        raise ReportError(_("Converting the file takes too much memory; it has been stopped."))
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip()
        raise ReportError(_("The office file cannot be converted: %s") % said[:300])
    return done.stdout
