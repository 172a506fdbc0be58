"""The address of a report that is being built: from its words to plain values, and back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.reports import writers
from didaskaleio.observatory import queries
from didaskaleio.observatory.charts import chart
from didaskaleio.observatory.columns import Chosen, families, resolve, subject
from didaskaleio.observatory.conditions import OPERATORS
from didaskaleio.observatory.definition import CHARTS, MEASURES, MOST, Definition, parse
from didaskaleio.observatory.errors import DefinitionError
from didaskaleio.observatory.queries import Answer

PREVIEW, FIRST = 50, 6
LONGEST, MOST_WORDS = 6_000, 400


def asked(given: QueryDict, name: str) -> dict[str, Any]:
    """Plain values of what stands in the address; the parser judges them."""
    filters = [_filter(given, n) for n in range(MOST["filters"]) if given.get(f"f{n}c")]
    gone = given.get("drop", "")
    filters = [one for n, one in enumerate(filters) if str(n) != gone]
    if new := given.get("new", ""):
        column = resolve(name, new)
        first = next(iter(OPERATORS[column.kind]))
        filters.append({"column": new, "operator": first, "values": []})
    return {
        "subject": name,
        "columns": list(dict.fromkeys(given.getlist("c"))),
        "filters": filters,
        "groups": list(dict.fromkeys(filter(None, given.getlist("g")))),
        "measures": list(dict.fromkeys(filter(None, given.getlist("m")))),
        "share": "share" in given,
        "chart": given.get("chart", ""),
        "order": given.get("o", ""),
    }


def _filter(given: QueryDict, n: int) -> dict[str, Any]:
    column, operator = given.get(f"f{n}c", ""), given.get(f"f{n}o", "")
    return {"column": column, "operator": operator, "values": given.getlist(f"f{n}v")}


def address(raw: Mapping[str, Any]) -> str:
    """The same as words of an address."""
    pairs = [("c", one) for one in raw["columns"]]
    for n, one in enumerate(raw["filters"]):
        pairs += [(f"f{n}c", one["column"]), (f"f{n}o", one["operator"])]
        pairs += [(f"f{n}v", value) for value in one["values"]]
    pairs += [("g", one) for one in raw["groups"]] + [("m", one) for one in raw["measures"]]
    pairs += [("share", "1")] if raw["share"] else []
    pairs += [("chart", raw["chart"]), ("o", raw["order"])]
    return urlencode(pairs)


def from_address(text: str, name: str) -> dict[str, Any]:
    """Plain values from an address that a form carried."""
    if len(text) > LONGEST or text.count("&") > MOST_WORDS:
        raise DefinitionError("Η αναφορά είναι πολύ μεγάλη. Αφαιρέστε στήλες ή φίλτρα.")
    return asked(QueryDict(text.replace("\0", "")), name)


def start(name: str, actor: Actor) -> dict[str, Any]:
    """Where a new report begins: the first columns of its subject."""
    own = [one for one in families(name, actor)[0].columns if not one.sensitive]
    raw = {"subject": name, "columns": [one.key for one in own[:FIRST]], "filters": []}
    return raw | {"groups": [], "measures": [], "share": False, "chart": "", "order": ""}


def builder(raw: Mapping[str, Any], actor: Actor) -> dict[str, Any]:
    """What the steps offer, with what is chosen marked."""
    offered = families(raw["subject"], actor)
    every = [one for family in offered for one in family.columns]
    return {
        "subject": subject(raw["subject"]),
        "families": offered,
        "chosen": raw["columns"],
        "filters": [found for one in raw["filters"] if (found := _shown(raw, one))],
        "full": len(raw["filters"]) >= MOST["filters"],
        "groups": _slots(raw["groups"], 3),
        "group_choices": [pair for one in every for pair in _groupings(one)],
        "measures": _slots(raw["measures"], 4),
        "measure_choices": [
            (f"{kind}:{one.key}", f"{words}: {one.title}")
            for one in every
            if one.numeric
            for kind, words in MEASURES.items()
        ],
        "share": raw["share"],
        "charts": CHARTS.items(),
        "chart_kind": raw["chart"],
        "orders": _orders(raw),
        "order": raw["order"],
    }


def _slots(chosen: list[str], most: int) -> list[str]:
    return [*chosen, ""][:most]


def _groupings(one: Chosen) -> list[tuple[str, str]]:
    if one.kind in {"date", "moment"}:
        return [
            (f"{one.key}@month", f"{one.title} (μήνας)"),
            (f"{one.key}@year", f"{one.title} (έτος)"),
        ]
    return [(one.key, one.title)]


def _orders(raw: Mapping[str, Any]) -> list[tuple[str, str]]:
    if any(raw["groups"]):
        return [("", "Κατά ομάδα"), ("-n", "Οι μεγαλύτερες πρώτα")]
    found = [("", "Όπως συνηθίζεται")]
    for key in raw["columns"]:
        try:
            title = resolve(raw["subject"], key).title
        except DefinitionError:
            continue
        found += [(key, f"{title}, αύξουσα"), (f"-{key}", f"{title}, φθίνουσα")]
    return found


def _shown(raw: Mapping[str, Any], one: Mapping[str, Any]) -> dict[str, Any] | None:
    try:
        column = resolve(raw["subject"], one["column"])
    except DefinitionError:
        return None
    return {
        "column": column,
        "operator": one["operator"],
        "operators": OPERATORS[column.kind].items(),
        "values": one["values"],
        "value": next(iter(one["values"]), ""),
        "kind": "days" if one["operator"] == "last" else column.kind,
        "choices": column.choices.items(),
    }


def found(raw: Mapping[str, Any], actor: Actor, at: datetime) -> dict[str, Any]:
    """The first lines of the answer; refused where the values state no report."""
    definition = parse(raw)
    return shown(definition, queries.answer(definition, actor, at))


def shown(definition: Definition, answer: Answer) -> dict[str, Any]:
    """An answer as the page shows it."""
    columns = answer.report.columns
    lines = [
        [(c, writers.shown(c, v)) for c, v in zip(columns, line, strict=True)]
        for line in answer.report.lines(answer.lines[:PREVIEW])
    ]
    return {
        "definition": definition,
        "answer": answer,
        "columns": columns,
        "lines": lines,
        "more": len(lines) == PREVIEW,
        "drawn": chart(definition.chart, answer.bars),
    }
