"""The figures, and how they are printed."""

from dataclasses import dataclass
from functools import cached_property
from statistics import median, quantiles


@dataclass(frozen=True)
class Comparison:
    """How many times as long one variant took as another, pair by pair of their requests."""

    base: list[float]
    other: list[float]

    @cached_property
    def ratios(self):
        return [other / base for base, other in zip(self.base, self.other, strict=True)]

    @property
    def ratio(self):
        return median(self.ratios)

    def __str__(self):
        low, _, high = quantiles(self.ratios, n=4) if len(self.ratios) > 1 else self.ratios * 3
        undisturbed = _undisturbed(self.other) / _undisturbed(self.base)
        return f"{self.ratio:.2f} ({low:.2f}–{high:.2f}), undisturbed {undisturbed:.2f}"


@dataclass(frozen=True, slots=True)
class SizeRow:
    """A page in the small database and in the large one."""

    name: str
    comparison: Comparison
    more_bytes: int


def print_variants(title, seconds, sizes):
    """One line per variant; the first is what the others are compared with."""
    first, *_ = seconds.values()
    print(f"\n{title}, {len(first)} times each")
    print(f"  {'':24}{'median':>10}{'per second':>12}{'bytes':>9}   × ours (quartiles)")
    for name, of_name in seconds.items():
        per_second = len(of_name) / sum(of_name)
        ratio = "" if of_name is first else Comparison(first, of_name)
        rate = f"{per_second:.{0 if per_second > 10 else 2}f}"
        print(f"  {name:24}{_ms(of_name):>10}{rate:>12}{sizes[name]:9}   {ratio}".rstrip())


def print_target(label, comparison, *, at_least):
    reached = comparison.ratio >= at_least
    print(f"  {label}: {comparison.ratio:.2f} × as fast, to reach {at_least}: {_verdict(reached)}")
    return reached


def print_limit(label, value, unit, *, below):
    reached = value < below
    print(f"  {label}: {value:.3g} {unit}, to stay under {below} {unit}: {_verdict(reached)}")
    return reached


def print_sizes(rows, ten_years, *, at_most):
    requests = len(rows[0].comparison.base)
    print(f"\nPages with 66 entries in the database and with many, {requests} requests each")
    print(f"  {'':24}{'small':>10}{'large':>10}{'more bytes':>12}   × small (quartiles)")
    for row in rows:
        missed = "  MISSED" if row.comparison.ratio > at_most else ""
        _print_comparison(row.name, row.comparison, row.more_bytes, missed)
    slowest = max(rows, key=lambda row: row.comparison.ratio)
    reached = slowest.comparison.ratio <= at_most
    print(
        f"  slowest of them: {slowest.name}, {slowest.comparison.ratio:.2f} × as long, "
        f"to stay within {at_most}: {_verdict(reached)}"
    )
    print("  For information, a plan of 10 years (which shows more) in the large database:")
    for name, comparison in ten_years.items():
        _print_comparison(name, comparison)
    return reached


def _print_comparison(name, comparison, more_bytes="", remark=""):
    small, large = _ms(comparison.base), _ms(comparison.other)
    print(f"  {name:24}{small:>10}{large:>10}{more_bytes:>12}   {comparison}{remark}")


def _undisturbed(seconds):
    """What a request takes when nothing else wants the processors: the quickest tenth of them."""
    return sorted(seconds)[len(seconds) // 10]


def _ms(seconds):
    return f"{median(seconds) * 1000:.1f} ms"


def _verdict(reached):
    return "reached" if reached else "MISSED"
