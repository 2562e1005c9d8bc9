"""What our PDF is measured against: the same report, set by WeasyPrint from HTML.

The HTML is the page of the report on the site, with the style sheet of the site but for what
WeasyPrint is slow or stuck at: what there is to set when a site has no other way to a PDF. For
information, it is also HTML that is made for WeasyPrint, without the pictures and with a plain
style sheet that does what our PDF does and no more: A4 on its side, the same fonts, tables of the
same six columns with their heads on every page, footnotes at its foot, and a table of contents with
page numbers. Both get tags for those who cannot see (PDF/UA-1). As ours, it is set in a process of
its own, which gives the memory back.
"""

import subprocess
import sys

from django.conf import settings
from django.template.loader import render_to_string
from django.test import Client
from django.utils.safestring import mark_safe
from django.utils.translation import override

from actions.richtext.html import HtmlWriter
from bench.client import BenchError
from reports import printed
from reports.document import PillarPart, ReportDocument, ThemePart
from reports.writers import pdf, pdf_data

PROGRAM = (sys.executable, "-I", "-m", "weasyprint", "--quiet", "--pdf-variant", "pdf/ua-1")
# With the first rule as the site has it, WeasyPrint takes seven times as long; with the second it
# does not end.
INSTEAD = """
<style>
  body.page { display: block; }
  .report-table tbody tr:first-child { break-before: auto !important; }
</style>
"""


def write(html: str) -> bytes:
    """The PDF."""
    done = subprocess.run(  # noqa: S603
        [*PROGRAM, "--base-url", f"{pdf.FONTS}/", "-", "-"],
        input=html.encode(),
        capture_output=True,
        check=False,
    )
    if done.returncode:
        lines = done.stderr.decode(errors="replace").strip().splitlines()
        raise BenchError(
            f"WeasyPrint did not set the report ({lines[-1] if lines else 'without a word'}). It "
            "needs the system library Pango; on Debian: apt install libpango-1.0-0 "
            "libpangoft2-1.0-0."
        )
    return done.stdout


def page(address: str) -> str:
    """A page of the site as WeasyPrint copes with it.

    Its style sheet and fonts are read from where set-up puts them.
    """
    response = Client(SERVER_NAME=settings.ALLOWED_HOSTS[0]).get(address)
    if response.status_code != 200:
        raise BenchError(f"{address} answers {response.status_code}")
    files = (settings.BASE_DIR / "static").as_uri()
    html = response.content.decode().replace(f'="{settings.STATIC_URL}', f'="{files}/')
    return html.replace("</head>", f"{INSTEAD}</head>")


def for_print(document: ReportDocument) -> str:
    """The report as HTML that is made for WeasyPrint."""
    # Both are in Dutch, whatever the language of who asks for it.
    with override("nl"):
        data = pdf_data.to_data(document) | {
            "sections": [
                {"title": section.title, "body": _rich(section.body)}
                for section in document.sections
            ]
        }
        data["pillars"] = [_pillar(pillar, data["tones"]) for pillar in document.pillars]
        return render_to_string("bench/report_for_print.html", data)


def _pillar(pillar: PillarPart, tones: dict) -> dict:
    return {
        "number": pillar.number,
        "name": printed.pillar_name(pillar.number),
        "title": pillar.title,
        "description": _rich(pillar.description),
        "themes": [_theme(theme, tones) for theme in pillar.themes],
    }


def _theme(theme: ThemePart, tones: dict) -> dict:
    rows = [
        {
            "number": row.number,
            "title": row.title,
            "goal": row.goal,
            "responsibility": row.responsibility,
            "timeline": row.timeline,
            "status": row.status,
            "tone": tones.get(row.status, "neutral"),
            "explanation": _rich(row.explanation),
        }
        for row in theme.rows
    ]
    return {"title": theme.title, "rows": rows}


def _rich(text):
    return mark_safe(HtmlWriter().text(text))  # noqa: S308 the writer escapes every character
