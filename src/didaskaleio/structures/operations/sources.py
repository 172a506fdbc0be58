"""The shipped files (αρχεία αναφοράς) as rows of plain values, in the columns of the tables."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from datetime import date, time
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parents[1] / "data"
Row = dict[str, Any]
SPECIAL_CLUSTER = "B2.13"


@cache
def read(name: str) -> dict[str, Any]:
    """A shipped JSON file."""
    found: dict[str, Any] = json.loads((DATA / f"{name}.json").read_text("utf-8"))
    return found


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def regions() -> Iterator[Row]:
    for row in read("regions")["regions"]:
        directorate = row["regional_directorate"]
        yield {
            "code": row["code"],
            "iso_code": row["iso_3166_2"],
            "nuts2": row["nuts2"],
            "name": row["name_el"],
            "genitive": row["genitive_el"],
            "directorate_code": directorate["code"],
            "directorate_name": directorate["name_el"],
            "directorate_abbreviation": directorate["abbr_el"],
        }


def prefectures() -> Iterator[Row]:
    for row in read("prefectures")["prefectures"]:
        yield {
            "code": row["code"],
            "region": row["region"],
            "name": row["name_el"],
            "genitive": row["genitive_el"],
            "label": row["label_el"],
            "seat": row["seat_el"],
        }


def regional_units() -> Iterator[Row]:
    for row in read("regional_units")["regional_units"]:
        yield {
            "code": row["code"],
            "prefecture": row["prefecture"],
            "region": row["region"],
            "label": row["label_el"],
            "genitive": row["genitive_el"],
        }


def directorates() -> Iterator[Row]:
    for row in read("education_directorates")["directorates"]:
        yield {
            "code": row["code"],
            "level": row["level"],
            "area": row["area"],
            "prefecture": row["prefecture"],
            "region": row["region"],
            "name": row["name_el"],
            "abbreviation": row["abbr_el"],
        }


def structure_types() -> Iterator[Row]:
    history = read("structure_history")
    dates = history["dates"]
    for row in [*read("structures")["structures"], *history["later"]]:
        lived = dates.get(row["code"], {})
        yield {
            "code": row["code"],
            "abbreviation": row["abbr_el"],
            "name": row["name_el"],
            "parent": row["parent"],
            "valid_from": _date(lived.get("from")),
            "valid_until": _date(lived.get("until")),
            "note": lived.get("note", ""),
        }


def successions() -> Iterator[Row]:
    for code, lived in read("structure_history")["dates"].items():
        if lived.get("successor"):
            yield {"code": code, "successor": lived["successor"]}


def school_types() -> Iterator[Row]:
    hours = read("school_hours")["hours"]
    for row in read("school_types")["school_types"]:
        opens, closes = hours.get(row["code"], hours["day"])
        yield {
            "code": row["code"],
            "name": row["name_el"],
            "level": row["level"],
            "opens": time.fromisoformat(opens),
            "closes": time.fromisoformat(closes),
        }


def specialties() -> Iterator[Row]:
    for row in read("specialties")["specialties"]:
        yield {
            "code": row["code"],
            "code_latin": row["code_latin"],
            "category": row["category"],
            "branch": row["branch"],
            "label": row["label_el"],
            "special_education": row["cluster"] == SPECIAL_CLUSTER,
        }


def legacy_specialties() -> Iterator[Row]:
    with (DATA / "specialty_legacy_map.csv").open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines, delimiter=";"):
            yield {"code": row["old_code"], "specialty": row["new_code"]}


def schemes() -> Iterator[Row]:
    for row in read("cluster_schemes")["schemes"]:
        yield {
            "level": row["level"],
            "name": row["name"],
            "valid_from": _date(row["from"]),
            "valid_until": _date(row["until"]),
        }


def _scheme_clusters() -> Iterator[tuple[tuple[str, date], Row, list[str]]]:
    """Scheme, cluster and the Β2 clusters whose specialties it takes."""
    thirteen = read("specialty_clusters")["clusters"]
    for scheme in read("cluster_schemes")["schemes"]:
        key = (scheme["level"], date.fromisoformat(scheme["from"]))
        if "clusters" in scheme:
            for order, row in enumerate(scheme["clusters"], 1):
                facts = {"code": row["code"], "title": row["title"], "members": row["members"]}
                yield key, {**facts, "order": order}, row["of"]
            continue
        for row in thirteen:
            code = row["code"].replace("B2", scheme["level"])
            facts = {"code": code, "title": row["title_el"], "members": row["members_text_el"]}
            yield key, {**facts, "order": row["order"]}, [row["code"]]


def clusters() -> Iterator[Row]:
    for scheme, facts, _ in _scheme_clusters():
        yield {"scheme": scheme, **facts}


def members() -> Iterator[Row]:
    specialties = [row for row in read("specialties")["specialties"] if row["cluster"]]
    for (level, since), facts, of in _scheme_clusters():
        settled = level == "B2"
        for row in specialties:
            if row["cluster"] in of:
                yield {
                    "cluster": (level, since, facts["code"]),
                    "specialty": row["code"],
                    "proposed": not (settled and row["cluster_basis"] == "seed"),
                }


def holidays() -> Iterator[Row]:
    for row in read("local_holidays")["holidays"]:
        yield {
            "prefecture": row["prefecture"],
            "name": row["name"],
            "month": row.get("month"),
            "day": row.get("day"),
            "easter_offset": row.get("easter_offset"),
        }


def bodies() -> Iterator[Row]:
    yield from read("bodies")["bodies"]


def projects() -> Iterator[Row]:
    row = read("funded_projects")["project"]
    dates = ("retention_until", "eligible_from", "eligible_until")
    yield {**row, **{name: _date(row[name]) for name in dates}}


def project_texts() -> Iterator[Row]:
    for row in read("funded_projects")["texts"]:
        yield {**row, "valid_from": _date(row["valid_from"])}


def indicators() -> Iterator[Row]:
    yield from read("funded_projects")["indicators"]
