"""Points of a form with 30 criteria, per answer sheet: `make bench NAME=points`.

The baseline is a bare loop that multiplies, caps and adds as many decimals.
"""

from __future__ import annotations

import json
import random
from decimal import Decimal

from benchmarks.figures import Bench, seconds
from didaskaleio.kernel.forms import exchange
from didaskaleio.kernel.forms.definition import (
    Band,
    Condition,
    Definition,
    Kind,
    Op,
    Option,
    Question,
    Rule,
    Section,
    Test,
    Tie,
    Way,
)
from didaskaleio.kernel.forms.points import order, score

SHEETS, CRITERIA, PER_SECTION, MILLION = 20_000, 30, 6, 1_000_000
OPTIONS = tuple(Option(f"o{n}", f"Επιλογή {n}") for n in range(4))
KINDS = (Kind.NUMBER, Kind.CHOICE, Kind.CHOICES)


def criterion(n: int) -> Question:
    """Numbers, choices and several choices in turn; every fifth asks for the first to be given."""
    kind = KINDS[n % 3]
    if kind == Kind.NUMBER:
        bands = tuple(Band(Decimal(start), Decimal(start)) for start in (1, 5, 10, 20))
        per_unit = Rule(Way.PER_UNIT, Decimal("0.25"), Decimal(6))
        rule = per_unit if n % 2 else Rule(Way.BANDS, bands=bands)
    else:
        points = tuple((option.key, Decimal(n % 4)) for option in OPTIONS)
        rule = Rule(Way.PER_OPTION, cap=Decimal(8), options=points)
    only_if = Condition((Test("q0", Op.ANSWERED),)) if n and n % 5 == 0 else Condition()
    options = () if kind == Kind.NUMBER else OPTIONS
    return Question(f"q{n}", kind, f"Κριτήριο {n}", only_if=only_if, options=options, rule=rule)


def form() -> Definition:
    asked = [criterion(n) for n in range(CRITERIA)]
    sections = tuple(
        Section(f"s{n}", "Ενότητα", cap=Decimal(20), questions=tuple(asked[n : n + PER_SECTION]))
        for n in range(0, CRITERIA, PER_SECTION)
    )
    return Definition("Κριτήρια", cap=Decimal(80), sections=sections, ties=(Tie("s0"), Tie("q1")))


def sheets(many: int, definition: Definition) -> list[dict[str, object]]:
    chance, keys = random.Random(2023), [option.key for option in OPTIONS]
    kinds = {one.key: one.kind for one in definition.questions()}
    made = {
        Kind.NUMBER: lambda: str(chance.randrange(30)),
        Kind.CHOICE: lambda: chance.choice(keys),
        Kind.CHOICES: lambda: chance.sample(keys, 2),
    }
    return [{key: made[kind]() for key, kind in kinds.items()} for _ in range(many)]


def main(many: int = SHEETS) -> list[str]:
    bench, definition = Bench("points"), form()
    answers = sheets(many, definition)
    published = json.dumps(exchange.write(definition))
    rate, cap = Decimal("0.25"), Decimal(6)
    amounts = [Decimal(n) for n in range(CRITERIA)]

    def bare() -> object:
        return [sum((min(rate * a, cap) for a in amounts), Decimal(0)) for _ in range(many)]

    def whole() -> object:
        return [score(definition, values) for values in answers]

    def ranked() -> object:
        return sorted(order(definition, values, score(definition, values)) for values in answers)

    each, base = seconds(whole) / many, seconds(bare) / many
    bench.most("points of one sheet", "µs", each * MILLION, 25, base * MILLION)
    bench.most(f"points of {many} sheets in order", "s", seconds(ranked, 1), 10)
    reading = seconds(lambda: exchange.read(json.loads(published)))
    bench.most("reading the published rules", "ms", reading * 1000, 50)
    return bench.missed
