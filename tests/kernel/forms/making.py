"""Sound definitions of any shape with answers to them, for the properties of the engine."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from didaskaleio.kernel.forms.definition import (
    ALWAYS,
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

OPTIONS = (Option("o1", "Ναι"), Option("o2", "Όχι"), Option("o3", "Ίσως"))
LINES = (Option("l1", "Πρώτη"), Option("l2", "Δεύτερη"))
amounts = st.decimals(0, 50, places=2)
caps = st.none() | amounts
texts = st.text("αβγδ ώ,«»", min_size=1, max_size=12).filter(str.strip)


@st.composite
def rules(draw, kind):
    """A rule that fits the kind, or none."""
    ways = {
        Kind.NUMBER: (Way.PER_UNIT, Way.BANDS),
        Kind.SCALE: (Way.PER_UNIT, Way.BANDS),
        Kind.TABLE: (Way.PER_UNIT, Way.BANDS),
        Kind.DATE: (Way.PER_YEAR,),
        Kind.FILE: (Way.GIVEN,),
        Kind.CHOICE: (Way.PER_OPTION,),
        Kind.CHOICES: (Way.PER_OPTION,),
        Kind.MATRIX: (Way.PER_OPTION,),
    }.get(kind, ())
    way = draw(st.sampled_from([None, *ways]))
    if way is None:
        return None
    cap = draw(caps)
    if way == Way.PER_OPTION:
        return Rule(way, cap=cap, options=tuple((o.key, draw(amounts)) for o in OPTIONS[:2]))
    if way == Way.BANDS:
        starts = sorted(draw(st.sets(st.integers(0, 40), min_size=1, max_size=4)))
        return Rule(way, cap=cap, bands=tuple(Band(Decimal(s), draw(amounts)) for s in starts))
    return Rule(way, draw(amounts.filter(bool)), cap)


@st.composite
def conditions(draw, before):
    """A condition on questions that stand before, or none."""
    if not before or draw(st.booleans()):
        return ALWAYS
    asked = draw(st.lists(st.sampled_from(before), min_size=1, max_size=2))
    tests = tuple(draw(tests_of(one)) for one in asked)
    return Condition(tests, draw(st.booleans()))


@st.composite
def tests_of(draw, one):
    if one.kind in {Kind.CHOICE, Kind.CHOICES}:
        op = draw(st.sampled_from([Op.IS, Op.IS_NOT]))
        return Test(one.key, op, draw(st.sampled_from(OPTIONS)).key)
    if one.kind == Kind.NUMBER:
        op = draw(st.sampled_from([Op.AT_LEAST, Op.AT_MOST, Op.IS]))
        return Test(one.key, op, str(draw(st.integers(0, 40))))
    return Test(one.key, Op.ANSWERED)


@st.composite
def questions(draw, key, before):
    kind = draw(st.sampled_from(list(Kind)))
    scale = kind == Kind.SCALE
    return Question(
        key=key,
        kind=kind,
        label=draw(texts),
        required=draw(st.booleans()),
        only_if=draw(conditions(before)),
        low=Decimal(1) if scale else None,
        high=Decimal(5) if scale else None,
        places=2 if kind == Kind.NUMBER else 0,
        options=OPTIONS if kind in {Kind.CHOICE, Kind.CHOICES, Kind.MATRIX} else (),
        lines=LINES if kind in {Kind.MATRIX, Kind.TABLE} else (),
        expires=kind == Kind.FILE and draw(st.booleans()),
        rule=draw(rules(kind)),
    )


@st.composite
def definitions(draw):
    """A sound form: up to three sections of up to four questions."""
    before: list[Question] = []
    sections = []
    for n in range(draw(st.integers(1, 3))):
        only_if = draw(conditions(list(before)))
        held = []
        for _ in range(draw(st.integers(1, 4))):
            one = draw(questions(f"q{len(before) + 1}", list(before)))
            held.append(one)
            before.append(one)
        section = Section(f"s{n + 1}", draw(texts), "", only_if, draw(caps), tuple(held))
        sections.append(section)
    ties = (Tie("s1"), *(Tie(q.key, answer=True, lower=True) for q in before[:1]))
    return Definition(draw(texts), "", date(2023, 1, 31), draw(caps), tuple(sections), ties)


VALUES = {
    Kind.TEXT: texts,
    Kind.LONG_TEXT: texts,
    Kind.NUMBER: st.decimals(0, 60, places=1).map(str),
    Kind.DATE: st.dates(date(1980, 1, 1), date(2024, 1, 1)).map(date.isoformat),
    Kind.CHOICE: st.sampled_from([o.key for o in OPTIONS]),
    Kind.CHOICES: st.lists(st.sampled_from([o.key for o in OPTIONS]), min_size=1, unique=True),
    Kind.SCALE: st.integers(1, 5).map(str),
    Kind.MATRIX: st.fixed_dictionaries({line.key: st.sampled_from(["o1", "o2"]) for line in LINES}),
    Kind.TABLE: st.lists(st.just({"l1": "α", "l2": "β"}), min_size=1, max_size=5),
    Kind.FILE: st.just({"file": "k", "name": "a.pdf", "until": "2024-01-01"}),
    Kind.CONSENT: st.just(True),
}


@st.composite
def answered(draw):
    """A sound form and answers of the right shape to some of its questions."""
    definition = draw(definitions())
    values = {
        one.key: draw(VALUES[one.kind]) for one in definition.questions() if draw(st.booleans())
    }
    return definition, values
