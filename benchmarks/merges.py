"""Plan of merges of a whole period, from the groups to the moves: `make bench NAME=merges`.

The baseline is a greedy pairing: each small group, the smallest first, gives its people to
whatever has room, and what does not reach its minimum closes.
"""

from __future__ import annotations

import random
import time
from collections import defaultdict
from collections.abc import Iterator

from benchmarks.figures import Bench
from didaskaleio.enrolment.merges import Case, Group, Option, Person, solve

CLUSTERS, FILLING, VIABLE, PREFECTURES, SECONDS = 13, 23, 92, 51, 110.0


def period(clusters: int, seed: int = 7) -> Case:
    """Groups of each cluster, half of them online, and the people of those that fill."""
    chance = random.Random(seed)
    groups: list[Group] = []
    people: list[Person] = []
    for _ in range(clusters):
        own = [_group(chance, len(groups) + n, fills=n < FILLING) for n in range(FILLING + VIABLE)]
        groups += [group for group, _, _ in own]
        for group, _, place in own:
            for _ in range(group.held if group.fills else 0):
                options = tuple(_options(chance, group, place, own))
                people.append(Person(len(people), group.id, len(people), options))
    order = list(range(len(people)))
    chance.shuffle(order)
    mixed = (Person(p.id, p.source, n, p.options) for p, n in zip(people, order, strict=True))
    return Case(tuple(groups), tuple(mixed))


def _group(chance: random.Random, number: int, *, fills: bool) -> tuple[Group, bool, int]:
    held = chance.randint(3, 9) if fills else 15 - chance.choice((0, 0, 0, 0, 1, 2, 3))
    group = Group(number, held, 15 - held, 10 if fills else 0, fills=fills)
    return group, chance.random() < 0.5, chance.randrange(PREFECTURES)


def _options(
    chance: random.Random, group: Group, place: int, own: list[tuple[Group, bool, int]]
) -> Iterator[Option]:
    for other, online, there in own:
        if other.id == group.id or not other.room:
            continue
        if chance.random() < 0.03:
            yield Option(other.id, chance.randint(1, 5))
        elif online and chance.random() < 0.25:
            yield Option(other.id, 200)
        elif not online and there == place:
            yield Option(other.id, 100)


def greedy(case: Case) -> int:
    """How many sit in groups that run when small groups are emptied one after another."""
    room = {g.id: g.room for g in case.groups}
    sizes = {g.id: g.held for g in case.groups}
    inside: dict[int, list[Person]] = defaultdict(list)
    for person in case.people:
        inside[person.source].append(person)
    small = sorted((g for g in case.groups if g.fills), key=lambda g: g.held)
    closed = set()
    for group in small:
        if sizes[group.id] >= group.minimum:
            continue
        closed.add(group.id)
        for person in inside[group.id]:
            target = next((o.group for o in person.options if _takes(o.group, room, closed)), None)
            if target is not None:
                room[target] -= 1
                sizes[target] += 1
    running = [g for g in case.groups if g.id not in closed and sizes[g.id] >= g.minimum]
    return sum(sizes[g.id] for g in running)


def _takes(group: int, room: dict[int, int], closed: set[int]) -> bool:
    return room[group] > 0 and group not in closed


def main(clusters: int = CLUSTERS) -> list[str]:
    bench, case = Bench("merges"), period(clusters)
    began = time.perf_counter()
    found = solve(case, SECONDS)
    name = f"period of {len(case.groups)} programmes"
    bench.most(f"{name}: plan", "s", time.perf_counter() - began, SECONDS)
    bench.least(f"{name}: seated, to the bound of the solver", "", found.seated, 0.99, found.bound)
    bench.told(f"{name}: seated, to a greedy pairing", "", found.seated, greedy(case))
    bench.told(f"{name}: moved", "", len(found.moves))
    return bench.missed
