"""Where the text of a PDF stands on its pages, for tests that nothing overflows its cell."""

import pikepdf

from tests.reports.reading_pdf import marked_parts

_UNCHANGED = (1, 0, 0, 1, 0, 0)


def edges_of(element, file) -> tuple[float, float]:
    """How far left and right, in points, the text of a structure element reaches."""
    reaches = {page.objgen: _reaches(page) for page in file.pages}
    parts = [reaches[page.objgen].get(number) for page, number in marked_parts(element)]
    found = [part for part in parts if part]
    return min(left for left, _ in found), max(right for _, right in found)


def _reaches(page) -> dict[int, tuple[float, float]]:
    """The left and right edge of the text of each marked part of a page, by its number."""
    fonts = {name: _widths(font) for name, font in page.Resources.get("/Font", {}).items()}
    reaches, numbers, matrices, font, size = {}, [None], [_UNCHANGED], {}, 0
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
                font, size = fonts[str(operands[0])], float(operands[1])
            case "Tm":
                at = _times(operands, matrices[-1])
            case "Tj" | "TJ":
                left, right = at[4], at[4] + _width(operands[0], font) * size / 1000 * at[0]
                known = reaches.get(numbers[-1], (left, right))
                reaches[numbers[-1]] = min(left, known[0]), max(right, known[1])
    return reaches


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
