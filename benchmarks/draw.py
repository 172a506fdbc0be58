"""The public draw at its stress size: `python benchmarks/draw.py [applications]`.

Prints one JSON line a figure: bench, figure, unit, value, baseline, ratio, goal, ok. The baseline
of the core is a bare loop of hmac.digest over the same ids with a sort, in the same run; that of
`verify` is `run`. Ends with 1 when a goal is missed.
"""

from __future__ import annotations

import gc
import hmac
import itertools
import json
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from didaskaleio.enrolment.draw import (
    Programme,
    assemble_bundle,
    canonical,
    read_bundle,
)
from didaskaleio.enrolment.draw.computation import draw_order, place, seed_of, wait

if TYPE_CHECKING:
    from collections.abc import Callable

APPLICATIONS, PREFERENCES, PROGRAMMES, REGION = 170_000, 20, 12_000, 300
MEBIBYTE = 1 << 20
COMMITMENT = "630dcd2966c4336691125448bbb25b4ff412a49c732db2c8abc1b8581bd710dd"
SECRET = bytes(range(32)).hex()
# A small process in between: a child of this one would count the memory of its parent as its own.
LAUNCHER = """
import os, subprocess, sys, time
start = time.perf_counter()
process = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL)
_, status, usage = os.wait4(process.pid, 0)
print(time.perf_counter() - start, usage.ru_maxrss)
sys.exit(os.waitstatus_to_exitcode(status))
"""
COMMAND = Path(sys.executable).with_name("didaskaleio")


def demand(applications: int, capacity: int) -> bytes:
    """A bundle: popularity 1/rank^0.8 inside regions of 300 programmes, a sixth of them IIb."""
    chance = random.Random(20230117)
    ids = [f"P{number:05d}" for number in range(PROGRAMMES)]
    late = {one for number, one in enumerate(ids) if number % 6 == 5}
    weights = list(itertools.accumulate(1 / rank**0.8 for rank in range(1, REGION + 1)))
    programmes = [Programme(one, "IIb" if one in late else "IIa", capacity, 10) for one in ids]
    numbers = chance.sample(range(10_000_000, 100_000_000), applications)
    rows = []
    for number in numbers:
        start = chance.randrange(PROGRAMMES // REGION) * REGION
        chosen: dict[str, None] = {}
        while len(chosen) < PREFERENCES:
            more = chance.choices(range(start, start + REGION), cum_weights=weights, k=PREFERENCES)
            chosen.update(dict.fromkeys(ids[place] for place in more))
        ranked = sorted(itertools.islice(chosen, PREFERENCES), key=late.__contains__)
        rows.append((str(number), ranked))
    frozen = canonical("B2-2023-2", ["IIa", "IIb"], programmes, rows)
    return assemble_bundle(
        frozen,
        commitment=COMMITMENT,
        secret=SECRET,
        beacon="0f" * 32,
        beacon_pattern="[0-9a-f]{64}",
    )


def seconds(act: Callable[[], object], times: int = 3) -> float:
    best = float("inf")
    gc.disable()
    for _ in range(times):
        start = time.perf_counter()
        act()
        best = min(best, time.perf_counter() - start)
    gc.enable()
    return best


def command(*words: str) -> tuple[float, float]:
    """Seconds and MiB (peak) of one run of the command."""
    ran = subprocess.run(
        [sys.executable, "-c", LAUNCHER, COMMAND, "draw", *words],
        check=True,
        capture_output=True,
        text=True,
    )
    took, peak = ran.stdout.split()
    return float(took), int(peak) * 1024 / MEBIBYTE


def report(
    figure: str, unit: str, value: float, goal: float, baseline: float | None = None
) -> bool:
    """One line; the goal is for the ratio where there is a baseline, else for the value."""
    ratio = None if baseline is None else round(value / baseline, 2)
    ok = (value if ratio is None else ratio) <= goal
    line = {
        "bench": "draw",
        "figure": figure,
        "unit": unit,
        "value": round(value, 3),
        "baseline": None if baseline is None else round(baseline, 3),
        "ratio": ratio,
        "goal": goal,
        "ok": ok,
    }
    print(json.dumps(line), flush=True)
    return ok


def core(raw: bytes, name: str, goal: float) -> bool:
    bundle = read_bundle(raw)
    frozen, seed = bundle.frozen, seed_of(bundle)
    digest = hmac.digest

    def bare() -> object:
        keys = [digest(seed, number.encode(), "sha256") for number in frozen.numbers]
        return sorted(range(len(keys)), key=keys.__getitem__)

    def whole() -> object:
        order = draw_order(seed, frozen.numbers)
        return wait(frozen, order, place(frozen, order))

    return report(f"core, {name}", "s", seconds(whole), goal, seconds(bare))


def commands(raw: bytes, name: str) -> list[bool]:
    with tempfile.TemporaryDirectory() as folder:
        bundle, result = Path(folder, "bundle.json"), Path(folder, "result.json")
        bundle.write_bytes(raw)
        runs = [command("run", str(bundle), str(result)) for _ in range(3)]
        checks = [command("verify", str(bundle), str(result)) for _ in range(3)]
        spelled = json.loads(result.read_bytes())
        result.write_text(json.dumps(dict(reversed(spelled.items()))))
        other = command("verify", str(bundle), str(result))
    took, peak = min(runs)[0], max(peak for _, peak in runs)
    return [
        report(f"run, {name}", "s", took, 5),
        report(f"run, {name}: peak", "MiB", peak, 700),
        report(f"verify, {name}", "s", min(checks)[0], 1.5, took),
        report(f"verify, {name}: peak", "MiB", max(peak for _, peak in checks), 700),
        report(f"verify, {name}, result spelled otherwise", "s", other[0], 1.5, took),
    ]


def main() -> int:
    applications = int(sys.argv[1]) if len(sys.argv) > 1 else APPLICATIONS
    held = []
    for capacity, goal in ((15, 2.0), (3, 4.0)):
        name, raw = f"capacity {capacity}", demand(applications, capacity)
        held += [core(raw, name, goal), *commands(raw, name)]
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main())
