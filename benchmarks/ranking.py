"""A ranking of 20,000 candidacies by 30 criteria: `make bench NAME=ranking`.

The baseline of the ranking is a bare sort of tuples of as many figures, that of the table's
verification is reading its cells as decimals with the csv module.
"""

from __future__ import annotations

import csv
import random
import subprocess
import sys
import tempfile
import time
from decimal import Decimal
from pathlib import Path

from benchmarks.draw import LAUNCHER, MEBIBYTE
from benchmarks.figures import Bench, seconds
from benchmarks.points import CRITERIA, form, sheets
from didaskaleio.registers.assignment import Assessor, propose
from didaskaleio.registers.ranking import (
    Entry,
    Lot,
    Rules,
    Stage,
    Threshold,
    entry,
    rank,
    write_rules,
    write_table,
)

CANDIDACIES, ASSESSORS = 20_000, 60
COMMAND = Path(sys.executable).with_name("didaskaleio")


def rules() -> Rules:
    return Rules(
        list="BENCH",
        title="Κατάταξη",
        stage=Stage.FINAL,
        form=form(),
        lot=Lot(bytes(range(32))),
        places=300,
        thresholds=(Threshold("", Decimal(30)),),
    )


def entries(many: int, read: Rules) -> list[Entry]:
    """Every tenth claim was reduced by an assessor."""
    chance = random.Random(2023)
    codes = chance.sample(range(10_000_000, 100_000_000), many)
    keys = [one.key for one in read.scored()]
    return [
        entry(
            read.form,
            str(code),
            values,
            ceilings={key: Decimal(2) for key in chance.sample(keys, CRITERIA // 10)},
        )
        for code, values in zip(codes, sheets(many, read.form), strict=True)
    ]


def verified(table: Path, rules: Path) -> tuple[float, float]:
    """Seconds and MiB (peak) of the command."""
    ran = subprocess.run(
        [sys.executable, "-c", LAUNCHER, COMMAND, "ranking", "verify", str(table), str(rules)],
        check=True,
        capture_output=True,
        text=True,
    )
    took, peak = ran.stdout.split()
    return float(took), int(peak) * 1024 / MEBIBYTE


def read_bare(table: Path) -> list[list[object]]:
    with table.open(encoding="ascii", newline="") as file:
        rows = csv.reader(file, delimiter=";")
        next(rows)
        return [[Decimal(c.replace(",", ".")) if c[:1].isdigit() else c for c in r] for r in rows]


def assigned(bench: Bench, many: int) -> None:
    chance = random.Random(2023)
    codes = [f"{n:05d}" for n in range(many)]
    people = [Assessor(f"a{n:02d}") for n in range(ASSESSORS)]
    conflicts = {(f"a{chance.randrange(ASSESSORS):02d}", code) for code in codes}
    start = time.perf_counter()
    loads = propose(codes, people, each=2, conflicts=conflicts).loads.values()
    bench.most(f"{many} candidacies to {ASSESSORS} assessors", "s", time.perf_counter() - start, 10)
    bench.most("greatest difference of their loads", "", max(loads) - min(loads), 1)


def main(many: int = CANDIDACIES) -> list[str]:
    bench, read = Bench("ranking"), rules()
    made = entries(many, read)
    bare = [(*one.compared.values(), *map(str, one.measures.values())) for one in made]
    base = seconds(lambda: sorted(bare))
    took = seconds(lambda: rank(read, made))
    bench.told(f"rank {many} × {CRITERIA}, to a bare sort", "s", took, base)
    bench.most(f"rank {many} × {CRITERIA}", "s", took, 5)
    with tempfile.TemporaryDirectory() as folder:
        table, published = Path(folder, "table.csv"), Path(folder, "rules.json")
        standings = rank(read, made)
        written = seconds(lambda: table.write_text("".join(write_table(read, standings))), 1)
        published.write_bytes(write_rules(read))
        bench.most("write the table", "s", written, 5)
        took, peak = min(verified(table, published) for _ in range(3))
        bench.most("verify, the whole command", "s", took, 10)
        bench.most(
            "verify, to reading the cells", "s", took, 6, seconds(lambda: read_bare(table), 1)
        )
        bench.most("verify: peak", "MiB", peak, 150)
    assigned(bench, many)
    return bench.missed
