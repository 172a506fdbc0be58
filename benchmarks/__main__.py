"""`python -m benchmarks [NAME …]`: run benchmarks; ends with 1 when a figure misses its goal.

Without names all of them run. What follows a name with ``=`` is a size for a quick look:
``phase_b=2000``.
"""

from __future__ import annotations

import sys
from importlib import import_module

from benchmarks import house

ALL = (
    "draw",
    "publish",
    "phase_b",
    "attestations",
    "contracts",
    "points",
    "ranking",
    "lists",
    "load_nation",
    "myschool",
    "timetable",
    "pages",
    "growth",
    "surveys",
    "adhoc",
    "attendance",
    "merges",
)


def main(words: list[str]) -> int:
    house.open_house()
    missed: list[str] = []
    for word in words or ALL:
        name, _, size = word.partition("=")
        bench = import_module(f"benchmarks.{name}")
        missed += bench.main(int(size)) if size else bench.main()
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
