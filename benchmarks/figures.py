"""A figure: one JSON line with value, baseline of the same run, ratio, goal, and whether held."""

from __future__ import annotations

import gc
import json
import os
import statistics
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass
class Bench:
    """The figures of one benchmark; ``missed`` are those beside their goal."""

    name: str
    missed: list[str] = field(default_factory=list)

    def most(
        self, figure: str, unit: str, value: float, goal: float, baseline: float | None = None
    ) -> None:
        """The value, or its ratio to the baseline where there is one, is at most ``goal``."""
        self._print(figure, unit, value, goal, baseline, lambda measured: measured <= goal)

    def least(
        self, figure: str, unit: str, value: float, goal: float, baseline: float | None = None
    ) -> None:
        """The value, or its ratio to the baseline where there is one, is at least ``goal``."""
        self._print(figure, unit, value, goal, baseline, lambda measured: measured >= goal)

    def told(self, figure: str, unit: str, value: float, baseline: float | None = None) -> None:
        """A figure without a goal, to be known."""
        self._print(figure, unit, value, None, baseline, lambda _: True)

    def _print(
        self,
        figure: str,
        unit: str,
        value: float,
        goal: float | None,
        baseline: float | None,
        held: Callable[[float], bool],
    ) -> None:
        ratio = None if baseline is None else value / baseline
        ok = held(value if ratio is None else ratio)
        line = {
            "bench": self.name,
            "figure": figure,
            "unit": unit,
            "value": round(value, 4),
            "baseline": None if baseline is None else round(baseline, 4),
            "ratio": None if ratio is None else round(ratio, 3),
            "goal": goal,
            "ok": ok,
        }
        print(json.dumps(line, ensure_ascii=False), flush=True)
        if not ok:
            self.missed.append(figure)


def seconds(act: Callable[[], object], times: int = 3) -> float:
    """The best of some runs, without the garbage collector."""
    best = float("inf")
    gc.disable()
    for _ in range(times):
        start = time.perf_counter()
        act()
        best = min(best, time.perf_counter() - start)
    gc.enable()
    return best


def cpu_of(pids: list[int]) -> float:
    """Seconds of CPU, user and system, of the processes and of their children that have ended."""
    ticks = 0
    for pid in pids:
        try:
            with open(f"/proc/{pid}/stat", encoding="utf-8") as stat:  # noqa: PTH123
                words = stat.read().rpartition(")")[2].split()
        except FileNotFoundError:
            continue
        ticks += sum(map(int, words[11:15]))
    return ticks / os.sysconf("SC_CLK_TCK")


def median(values: list[float]) -> float:
    """The middle of the values."""
    return statistics.median(values)


def percentile(values: list[float], share: float) -> float:
    """The smallest value that ``share`` of the values do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
