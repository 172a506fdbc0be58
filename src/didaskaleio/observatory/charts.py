"""Charts of reports (γραφήματα): places of bars and points, drawn by the server as SVG."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

MOST_BARS, MOST_POINTS = 20, 120
WIDE, HIGH = 600.0, 200.0


@dataclass(frozen=True)
class Bar:
    """One figure with its name."""

    label: str
    value: Decimal | float

    def of(self, most: Decimal | float) -> float:
        """Its length in percent of the longest."""
        return round(100 * float(self.value) / float(most), 1) if most else 0.0


@dataclass(frozen=True)
class Drawn:
    """A bar or a point as it stands on the paper."""

    label: str
    value: Decimal | float
    length: float
    x: float = 0
    y: float = 0


@dataclass(frozen=True)
class Chart:
    """A chart (γράφημα) of figures up to ``most``; ``rest`` says how many are left out."""

    kind: str
    drawn: list[Drawn]
    rest: int
    most: Decimal | float

    @property
    def path(self) -> str:
        """The points of a line."""
        return " ".join(f"{one.x},{one.y}" for one in self.drawn)


def chart(kind: str, bars: Sequence[Bar], most: Decimal | float = 0) -> Chart | None:
    """The chart of ``bars``, a line no lower than ``most``; None where there is none to draw."""
    if not kind or not bars:
        return None
    return _bars(bars) if kind == "bars" else _line(kind, bars, most)


def _bars(bars: Sequence[Bar]) -> Chart:
    kept = sorted(bars, key=lambda one: -one.value)[:MOST_BARS]
    most = max(one.value for one in kept)
    drawn = [Drawn(one.label, one.value, max(one.of(most), 0)) for one in kept]
    return Chart("bars", drawn, len(bars) - len(kept), most)


def _line(kind: str, bars: Sequence[Bar], most: Decimal | float) -> Chart:
    kept = bars[-MOST_POINTS:]
    top = max(most, *(one.value for one in kept))
    apart = WIDE / max(len(kept) - 1, 1)
    points = [
        Drawn(one.label, one.value, one.of(top), round(n * apart, 1), _height(one.of(top)))
        for n, one in enumerate(kept)
    ]
    return Chart(kind, points, len(bars) - len(kept), top)


def _height(length: float) -> float:
    return round(HIGH * (1 - length / 100), 1)
