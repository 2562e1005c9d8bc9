"""The colours of the theme and what else tells things apart, from the files that set them."""

import re
from pathlib import Path

import pytest

from actions.models import Status

BASE_DIR = Path(__file__).resolve().parent.parent.parent
ASSETS = BASE_DIR / "assets"
# In WCAG 2.2: of text, and of whatever else one must be able to see.
TEXT, SHAPE = 4.5, 3.0
# What an image weighs at most, in bytes. Also the one that only other sites show, of a shared link.
HEAVIEST_IMAGE = 10_000


def tokens():
    """The colours by name, of the light scheme and of the dark one."""
    css = re.sub(r"/\*.*?\*/", "", (ASSETS / "tokens.css").read_text(), flags=re.DOTALL)
    light, dark = css.split("prefers-color-scheme: dark", 1)
    dark = dark[: dark.index("--utrecht-")]
    found = [
        dict(re.findall(r"--nap-([\w-]+):\s*(#[0-9a-f]{3,6})\s*;", each)) for each in (light, dark)
    ]
    return {"light": found[0], "dark": {**found[0], **found[1]}}


TOKENS = tokens()


def luminance(colour):
    digits = colour.removeprefix("#")
    digits = digits if len(digits) == 6 else "".join(2 * each for each in digits)
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts
    ]
    return sum(weight * each for weight, each in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one, other):
    """As WCAG defines it: from 1 for the same colour to 21 for black on white."""
    darker, lighter = sorted(luminance(each) for each in (one, other))
    return (lighter + 0.05) / (darker + 0.05)


def name_of(tone):
    return tone.replace("_", "-")


def test_contrast_is_as_wcag_defines_it():
    assert contrast("#000", "#ffffff") == pytest.approx(21)
    assert contrast("#777", "#fff") == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize("scheme", TOKENS)
@pytest.mark.parametrize("tone", Status.Tone.values)
def test_tone_can_be_read_and_seen(scheme, tone):
    colours, name = TOKENS[scheme], name_of(tone)
    tone, surface, ink = colours[name], colours[f"{name}-soft"], colours[f"{name}-ink"]

    # The badge, its icon, the bar in the picture, the icon and the number on that bar.
    assert contrast(ink, surface) >= TEXT
    assert contrast(tone, surface) >= SHAPE
    assert contrast(tone, colours["paper"]) >= SHAPE
    assert contrast(colours["on-tone"], tone) >= TEXT


@pytest.mark.parametrize("scheme", TOKENS)
@pytest.mark.parametrize("surface", ["paper", "ground", "primary-soft", "mark"])
def test_texts_can_be_read_on_every_surface(scheme, surface):
    colours = TOKENS[scheme]
    for text in ("ink", "ink-soft", "primary", "primary-strong"):
        assert contrast(colours[text], colours[surface]) >= TEXT, text
    assert contrast(colours["focus"], colours[surface]) >= SHAPE


@pytest.mark.parametrize("scheme", TOKENS)
def test_edges_of_controls_can_be_seen(scheme):
    colours = TOKENS[scheme]
    for surface in ("paper", "ground"):
        assert contrast(colours["line-strong"], colours[surface]) >= SHAPE
    assert contrast(colours["on-primary"], colours["primary"]) >= TEXT
    for text in ("band-ink", "band-ink-soft"):
        assert contrast(colours[text], colours["band"]) >= TEXT


def test_tone_is_told_apart_without_its_colour():
    """Each has an icon of its own shape, on its badge and on its bar."""
    icons = dict(
        re.findall(
            r'<symbol id="icon-(\w+)".*? d="([^"]+)"',
            (BASE_DIR / "templates/_icons.html").read_text(),
        )
    )
    shapes = [icons[tone] for tone in Status.Tone.values]
    assert len(set(shapes)) == len(shapes)


@pytest.mark.parametrize("css", ["status", "chart"])
def test_tone_has_its_own_colour_in_every_place(css):
    source = (ASSETS / "components" / f"{css}.css").read_text()
    for tone in set(Status.Tone.values) - {Status.Tone.NEUTRAL}:
        rule = re.search(rf"--{tone} \{{(.*?)\}}", source, re.DOTALL)
        assert f"var(--nap-{name_of(tone)})" in rule.group(1)


def test_bar_in_the_picture_has_its_icon_its_number_and_its_name(get, nap):
    page = get("/nap/")
    bars = page.all("rect", class_="chart__bar")
    marks = page.all("svg", class_="chart__mark")
    assert len(bars) == len(marks) > 1
    for bar, mark in zip(bars, marks, strict=True):
        [tone] = {each.removeprefix("chart__bar--") for each in bar.classes} - {"chart__bar"}
        assert page.one("use", within=mark)["href"] == f"#icon-{tone}"
        label, number = page.one("title", within=bar).text.split(": ")
        assert page.one("text", within=mark).text == number
        assert f"{number} {label}" in mark.parents[-2].text


def test_no_image_is_heavy():
    images = [
        each
        for each in (BASE_DIR / "static").rglob("*")
        if each.suffix in {".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".avif", ".ico"}
    ]
    assert {each.name for each in images} >= {"favicon.svg", "share.png"}
    assert [each.name for each in images if each.stat().st_size > HEAVIEST_IMAGE] == []
