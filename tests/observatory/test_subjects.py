"""Every subject as every account of the demonstration: the rows of the rule, and no cell besides.

Shows: R-079.
"""

from __future__ import annotations

import pytest

from didaskaleio.kernel import subjects
from didaskaleio.kernel.access import NOBODY
from didaskaleio.observatory import queries
from didaskaleio.observatory.columns import families
from didaskaleio.observatory.conditions import ALONE, OPERATORS
from didaskaleio.observatory.definition import parse
from didaskaleio.observatory.queries.compiling import expression
from didaskaleio.site.demo_accounts import ACCOUNTS
from didaskaleio.site.story.moments import NOW

NAMES = [name for name, _ in ACCOUNTS]
VALUES = {
    "text": "α",
    "number": "3",
    "hours": "2,5",
    "date": "2023-01-10",
    "moment": "2023-01-10",
    "days": "30",
}


@pytest.fixture
def actors(demo, account):
    return {name: account(name) for name in NAMES} | {"": NOBODY}


def test_each_account_sees_the_rows_that_the_rule_allows_it_and_no_others(actors):
    wrong, seen_any = [], set()
    for one in subjects.known.values():
        rows = list(one.model._base_manager.filter(one.where))
        for name, actor in actors.items():
            allowed = {row.pk for row in rows if one.allows(actor, row)}
            seen = list(one.seen_by(actor).values_list("pk", flat=True))
            if sorted(seen) != sorted(allowed):
                wrong.append((one.name, name, len(seen), len(allowed)))
            if seen:
                seen_any.add(one.name)
            if not one.open_to(actor) and allowed:
                wrong.append((one.name, name, "closed and yet allowed"))
    assert wrong == []
    # the story leaves nobody on a waiting list; tests/enrolment has entries of every state
    assert set(subjects.known) - seen_any <= {"enrolment.waiting"}


def list_of(name, actor, *, most=18):
    """Every column that may stand in a list, a few at a time."""
    every = [o for family in families(name, actor) for o in family.columns if not o.sensitive]
    for start in range(0, len(every), most):
        yield every[start : start + most]


def test_a_report_of_every_column_has_exactly_those_rows(actors):
    for one in subjects.known.values():
        for name in ("officer", "region", "centre", "ministry"):
            actor = actors[name]
            wanted = one.seen_by(actor).count()
            for columns in list_of(one.name, actor):
                raw = {"subject": one.name, "columns": [each.key for each in columns]}
                found = queries.answer(parse(raw), actor, NOW)
                lines = list(found.report.lines(found.streamed()))
                assert (len(lines), found.count) == (wanted, wanted), (one.name, name)


def test_what_is_behind_a_way_is_shown_only_where_its_own_rule_allows_it(actors):
    """The cells of the row at the end of each way, compared with the Python side of its rule."""
    wrong, shown, kept = [], 0, 0
    for one in subjects.known.values():
        for way in one.ways:
            there = subjects.known[way.subject]
            first = next(f for f in there.fields if not f.sensitive and f.made is None)
            for name in ("officer", "region", "centre", "trainer", "registrar"):
                actor = actors[name]
                if not (one.open_to(actor) and there.open_to(actor)):
                    continue
                raw = {"subject": one.name, "columns": [f"{way.name}.{first.name}"]}
                chosen = parse(raw).columns[0]
                read = expression(chosen, actor, NOW)
                rows = one.seen_by(actor).annotate(cell=read).select_related()[:40]
                for row in rows:
                    end = row
                    for step in way.path.split("__"):
                        end = getattr(end, step, None) if end is not None else None
                    open_ = end is not None and there.allows(actor, end)
                    open_ = (
                        open_ and there.model._base_manager.filter(there.where, pk=end.pk).exists()
                    )
                    shown, kept = shown + open_, kept + (not open_)
                    if not open_ and row.cell not in {None, ""}:
                        wrong.append((one.name, way.name, name, row.pk))
    assert wrong == []
    assert min(shown, kept) > 0


def test_counts_count_only_rows_that_the_reader_may_see(actors):
    for one in subjects.known.values():
        for many in one.many:
            counted = subjects.known[many.subject]
            for name in ("officer", "centre", "region"):
                actor = actors[name]
                if not (one.open_to(actor) and counted.open_to(actor)):
                    continue
                raw = {"subject": one.name, "columns": [many.name]}
                found = queries.answer(parse(raw), actor, NOW)
                total = sum(line[0] for line in found.lines)
                seen = counted.seen_by(actor).filter(
                    **{f"{many.path}__in": one.seen_by(actor).values("pk")}
                )
                assert total == seen.count(), (one.name, many.name, name)


def operator_values(column, operator):
    if operator in ALONE:
        return []
    if column.kind == "choice":
        return [next(iter(column.choices))]
    return [VALUES["days" if operator == "last" else column.kind]]


def test_every_column_of_every_subject_filters_by_every_operator(actors):
    actor = actors["ministry"]
    for one in subjects.known.values():
        for column in families(one.name, actor)[0].columns:
            for operator in OPERATORS[column.kind]:
                filters = [
                    {
                        "column": column.key,
                        "operator": operator,
                        "values": operator_values(column, operator),
                    }
                ]
                first = next(c.key for c in families(one.name, actor)[0].columns if not c.sensitive)
                raw = {"subject": one.name, "columns": [first], "filters": filters}
                if column.sensitive:
                    raw["groups"] = [column.key]
                found = queries.answer(parse(raw), actor, NOW)
                assert found.count <= one.seen_by(actor).count(), (one.name, column.key, operator)


def test_every_column_groups_and_the_groups_add_up_to_the_rows(actors):
    actor = actors["officer"]
    for one in subjects.known.values():
        wanted = one.seen_by(actor).count()
        for family in families(one.name, actor)[:2]:
            for column in family.columns:
                step = "@month" if column.kind in {"date", "moment"} else ""
                raw = {"subject": one.name, "groups": [column.key + step], "share": True}
                raw["measures"] = [f"mean:{column.key}"] if column.numeric else []
                found = queries.answer(parse(raw), actor, NOW)
                assert found.count == wanted, (one.name, column.key)
                if not found.hidden:
                    assert sum(line[1] for line in found.lines) == wanted
