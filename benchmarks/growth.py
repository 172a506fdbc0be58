"""Growth: `make bench NAME=growth`. What a teacher costs must not rise with the country.

The load from files, the draw, the count of participation, a list and a report at 2,000, 20,000
and 170,000 teachers: microseconds a teacher, each size against the one before it. The chart in
docs/images is drawn from the same figures.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from django.db import connections
from django.utils import timezone
from tests.factories import people as someone

from benchmarks import house, load_nation, pages
from benchmarks.draw import APPLICATIONS, PROGRAMMES, demand
from benchmarks.figures import Bench, seconds
from didaskaleio.enrolment.draw import draw, read_bundle
from didaskaleio.enrolment.operations import counting
from didaskaleio.kernel.reports import Query, known, writers
from didaskaleio.people.generator.files import write_files
from didaskaleio.people.queries import actor_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SIZES = (2_000, 20_000, 170_000)
TOLERANCE = 1.1
CHART = Path(__file__).parent.parent / "docs" / "images" / "growth.svg"
MICRO = 1_000_000


@dataclass(frozen=True)
class Act:
    """One thing that is measured: its name and how long it takes, in seconds."""

    name: str
    take: Callable[[], float]


def _once(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def _loaded(size: int) -> float:
    house.nation(size)
    with TemporaryDirectory() as folder:
        write_files(Path(folder))
        load_nation.empty()
        connections.close_all()
        took: float = load_nation.loaded(folder)["took"]
    return took


def acts(size: int) -> Iterator[Act]:
    """What is measured at one size, cheapest to set up first."""
    yield Act("load", lambda: _loaded(size))
    bundle = read_bundle(demand(size, 15, PROGRAMMES * size // APPLICATIONS))
    yield Act("draw", lambda: seconds(lambda: draw(bundle)))
    period = pages.stage(size)
    yield Act(
        "participation",
        lambda: _once(lambda: counting.count_participation(period, at=timezone.now())),
    )
    officer = someone.officer(period.action.body.code)
    actor = actor_of(officer, at=timezone.now())
    report = known["enrolment.applications"]

    def listed() -> None:
        list(report.lines(report.selected(actor, timezone.now(), Query())[:50]))

    def exported() -> None:
        rows = report.selected(actor, timezone.now(), Query()).iterator(chunk_size=2_000)
        for _ in writers.csv_chunks(report, rows):
            pass

    yield Act("list", lambda: seconds(listed))
    yield Act("report as CSV", lambda: _once(exported))


def main(largest: int = SIZES[-1]) -> list[str]:
    bench = Bench("growth")
    found: dict[str, list[tuple[int, float]]] = {}
    for size in [size for size in SIZES if size <= largest]:
        for act in acts(size):
            row = found.setdefault(act.name, [])
            cost = act.take() / size * MICRO
            if row:
                before, smaller = row[-1]
                name = f"{act.name}: {size:,} against {before:,}"
                bench.most(name, "µs a teacher", cost, TOLERANCE, smaller)
            else:
                bench.told(f"{act.name}: {size:,}", "µs a teacher", cost)
            row.append((size, cost))
    if largest == SIZES[-1]:
        CHART.write_text(chart(found), encoding="utf-8")
    return bench.missed


def chart(found: dict[str, list[tuple[int, float]]]) -> str:
    """Bars in groups: what a teacher costs at each size, against the smallest size."""
    width, height, left, gap = 640, 40 + 76 * len(found), 150, 76
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
        'font-family="sans-serif" font-size="13" aria-label="Cost per teacher by size">',
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
    ]
    for place, (name, row) in enumerate(found.items()):
        top, first = 24 + place * gap, row[0][1]
        parts.append(f'<text x="8" y="{top + 30}" fill="#252830">{name}</text>')
        for line, (size, cost) in enumerate(row):
            length = max(2, min(360, 180 * cost / first))
            y = top + line * 20
            parts.append(
                f'<rect x="{left}" y="{y}" width="{length:.0f}" height="15" fill="#003375"/>'
                f'<text x="{left + length + 6:.0f}" y="{y + 12}" fill="#252830">'
                f"{size:,} teachers: {cost:.1f} µs each</text>"
            )
    return "\n".join([*parts, "</svg>\n"])
