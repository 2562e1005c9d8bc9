"""Where the text of a PDF stands on its pages, for tests that nothing overflows its cell."""

from collections import defaultdict

import pikepdf

from tests.reports.reading_pdf import characters_of, marked_parts, shown

_UNCHANGED = (1, 0, 0, 1, 0, 0)


def edges_of(element, file) -> tuple[float, float]:
    """How far left and right, in points, the text of a structure element reaches."""
    reaches = {page.objgen: _reaches(page) for page in file.pages}
    parts = [reaches[page.objgen].get(number) for page, number in marked_parts(element)]
    found = [part for part in parts if part]
    return min(left for left, _ in found), max(right for _, right in found)


def lines_of(element, file) -> list[str]:
    """The text of a structure element, line by line as it is set."""
    return list(_lines(element, file).values())


def heights_of(element, file) -> list[int]:
    """How high above the foot of its page, in points, each line of a structure element stands."""
    return [-depth for _page, depth in _lines(element, file)]


def _lines(element, file) -> dict[tuple[int, int], str]:
    lines = defaultdict(str)
    for page in file.pages:
        numbers = {number for on, number in marked_parts(element) if on.objgen == page.objgen}
        for number, (*_, height), operand, font, _size in _shows(page):
            if number in numbers:
                lines[page.index, -round(height)] += shown(operand, characters_of(font))
    return dict(sorted(lines.items()))


def _reaches(page) -> dict[int, tuple[float, float]]:
    """The left and right edge of the text of each marked part of a page, by its number."""
    reaches, widths = {}, {}
    for number, at, operand, font, size in _shows(page):
        if font.objgen not in widths:
            widths[font.objgen] = _widths(font)
        left, right = at[4], at[4] + _width(operand, widths[font.objgen]) * size / 1000 * at[0]
        known = reaches.get(number, (left, right))
        reaches[number] = min(left, known[0]), max(right, known[1])
    return reaches


def _shows(page):
    """Each text that a page shows: its marked part, its place, what it says, its font and size."""
    fonts = page.Resources.get("/Font", {})
    numbers, matrices, font, size = [None], [_UNCHANGED], None, 0
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "q":
                matrices.append(matrices[-1])
            case "Q":
                matrices.pop()
            case "cm":
                matrices[-1] = _times(operands, matrices[-1])
            case "BMC" | "BDC":
                named = len(operands) > 1 and isinstance(operands[1], pikepdf.Dictionary)
                has_number = named and "/MCID" in operands[1]
                numbers.append(int(operands[1].MCID) if has_number else numbers[-1])
            case "EMC":
                numbers.pop()
            case "Tf":
                font, size = fonts[operands[0]], float(operands[1])
            case "Tm":
                at = _times(operands, matrices[-1])
            case "Tj" | "TJ":
                yield numbers[-1], at, operands[0], font, size


def _times(one, other):
    a, b, c, d, e, f = map(float, one)
    g, h, i, j, k, m = map(float, other)
    scale = (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j)
    return *scale, e * g + f * i + k, e * h + f * j + m


def _width(operand, font) -> float:
    total = 0.0
    for part in operand if isinstance(operand, pikepdf.Array) else [operand]:
        if isinstance(part, pikepdf.String):
            codes = bytes(part)
            total += sum(
                font.get(int.from_bytes(codes[at : at + 2]), 0) for at in range(0, len(codes), 2)
            )
        else:
            total -= float(part)
    return total


def _widths(font) -> dict[int, float]:
    """The width of each glyph, in thousandths of the size, of a font of two bytes per glyph."""
    widths, parts = {}, iter(font.DescendantFonts[0].W)
    for first in parts:
        second = next(parts)
        if isinstance(second, pikepdf.Array):
            widths |= {int(first) + nth: float(width) for nth, width in enumerate(second)}
        else:
            width = float(next(parts))
            widths |= dict.fromkeys(range(int(first), int(second) + 1), width)
    return widths
