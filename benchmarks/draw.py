"""The public draw at its stress size: `make bench NAME=draw`.

The baseline of the core is a bare loop of hmac.digest over the same ids with a sort; that of
`verify` is `run`.
"""

from __future__ import annotations

import hmac
import itertools
import json
import random
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.figures import Bench, seconds
from didaskaleio.enrolment.draw import (
    Programme,
    assemble_bundle,
    canonical,
    read_bundle,
)
from didaskaleio.enrolment.draw.computation import draw_order, place, seed_of, wait

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


def demand(applications: int, capacity: int, programmes: int = PROGRAMMES) -> bytes:
    """A bundle: popularity 1/rank^0.8 inside regions of 300 programmes, a sixth of them IIb."""
    chance = random.Random(20230117)
    regions = max(1, round(programmes / REGION))
    region = programmes // regions
    ids = [f"P{number:05d}" for number in range(programmes)]
    late = {one for number, one in enumerate(ids) if number % 6 == 5}
    weights = list(itertools.accumulate(1 / rank**0.8 for rank in range(1, region + 1)))
    offered = [Programme(one, "IIb" if one in late else "IIa", capacity, 10) for one in ids]
    numbers = chance.sample(range(10_000_000, 100_000_000), applications)
    rows = []
    for number in numbers:
        start = chance.randrange(regions) * region
        chosen: dict[str, None] = {}
        while len(chosen) < PREFERENCES:
            more = chance.choices(range(start, start + region), cum_weights=weights, k=PREFERENCES)
            chosen.update(dict.fromkeys(ids[place] for place in more))
        ranked = sorted(itertools.islice(chosen, PREFERENCES), key=late.__contains__)
        rows.append((str(number), ranked))
    frozen = canonical("B2-2023-2", ["IIa", "IIb"], offered, rows)
    return assemble_bundle(
        frozen,
        commitment=COMMITMENT,
        secret=SECRET,
        beacon="0f" * 32,
        beacon_pattern="[0-9a-f]{64}",
    )


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


def core(bench: Bench, raw: bytes, name: str, goal: float) -> None:
    bundle = read_bundle(raw)
    frozen, seed = bundle.frozen, seed_of(bundle)
    digest = hmac.digest

    def bare() -> object:
        keys = [digest(seed, number.encode(), "sha256") for number in frozen.numbers]
        return sorted(range(len(keys)), key=keys.__getitem__)

    def whole() -> object:
        order = draw_order(seed, frozen.numbers)
        return wait(frozen, order, place(frozen, order))

    bench.most(f"core, {name}", "s", seconds(whole), goal, seconds(bare))


def commands(bench: Bench, raw: bytes, name: str, limits: tuple[float, float]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        bundle, result = Path(folder, "bundle.json"), Path(folder, "result.json")
        bundle.write_bytes(raw)
        runs = [command("run", str(bundle), str(result)) for _ in range(3)]
        checks = [command("verify", str(bundle), str(result)) for _ in range(3)]
        spelled = json.loads(result.read_bytes())
        result.write_text(json.dumps(dict(reversed(spelled.items()))))
        other = command("verify", str(bundle), str(result))
    took, peak = min(runs)[0], max(peak for _, peak in runs)
    bench.most(f"run, {name}", "s", took, limits[0])
    bench.most(f"run, {name}: peak", "MiB", peak, limits[1])
    bench.most(f"verify, {name}", "s", min(checks)[0], 1.5, took)
    bench.most(f"verify, {name}: peak", "MiB", max(peak for _, peak in checks), limits[1])
    bench.most(f"verify, {name}, result spelled otherwise", "s", other[0], 1.5, took)


def main(applications: int = APPLICATIONS) -> list[str]:
    bench = Bench("draw")
    for capacity, goal, limits in ((15, 2.0, (5, 700)), (3, 4.0, (8, 1024))):
        name, raw = f"capacity {capacity}", demand(applications, capacity)
        core(bench, raw, name, goal)
        commands(bench, raw, name, limits)
    return bench.missed
