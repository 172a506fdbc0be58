"""Answers of the service (απαντήσεις): JSON read strictly, field by field, into plain values.

What is not as agreed refuses the whole page, with the place; whether a value makes sense (a
check digit, a school that exists) is judged line by line afterwards, as in a file.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from didaskaleio.connectors.myschool.port import (
    Page,
    SchoolPost,
    TeacherRecord,
    UnreadableAnswerError,
)

LONGEST, MOST_TEACHERS, MOST_SCHOOLS = 200, 5_000, 50
TEXTS = ("afm", "surname", "given_name", "father_name", "specialty", "employment")
OPTIONAL = ("am", "email")
AGREEMENT = "Ενημερώστε την υπηρεσία λειτουργίας: το MySchool δεν ακολουθεί τη συμφωνία."


def read_page(content: bytes) -> Page:
    """Σελίδα: of an answer in JSON; :class:`UnreadableAnswerError` names what is wrong."""
    found = read_object(content)
    teachers = _list(found, "teachers", "", MOST_TEACHERS)
    return Page(
        tuple(_teacher(row, f"teachers[{n}].") for n, row in enumerate(teachers)),
        _text(found, "next", ""),
        _whole(found, "remaining", "", 10_000_000),
        _day(found, "as_of", ""),
    )


def read_object(content: bytes) -> Mapping[str, Any]:
    """A JSON object, and nothing else."""
    try:
        found = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise UnreadableAnswerError(
            f"Το MySchool απάντησε με κάτι που δεν είναι JSON. {AGREEMENT}"
        ) from error
    if not isinstance(found, dict):
        raise _unexpected("περίβλημα")
    return found


def _teacher(row: Any, place: str) -> TeacherRecord:
    if not isinstance(row, dict):
        raise _unexpected(place.rstrip("."))
    texts = {name: _text(row, name, place) for name in TEXTS}
    more = {name: _text(row, name, place, missing="") for name in OPTIONAL}
    schools = _list(row, "schools", place, MOST_SCHOOLS)
    return TeacherRecord(
        **texts,
        **more,
        abroad=_truth(row, "abroad", place, missing=False),
        appointed_on=_day_told(row, "appointed_on", place),
        schools=tuple(_school(one, f"{place}schools[{n}].") for n, one in enumerate(schools)),
    )


def _school(row: Any, place: str) -> SchoolPost:
    if not isinstance(row, dict):
        raise _unexpected(place.rstrip("."))
    return SchoolPost(
        _text(row, "school", place),
        str(_whole(row, "hours", place, 99)),
        _truth(row, "organic", place, missing=False),
        _day_told(row, "from", place),
        _day_told(row, "until", place),
    )


def _text(row: Mapping[str, Any], name: str, place: str, missing: str | None = None) -> str:
    found = row.get(name, missing)
    if not isinstance(found, str) or len(found) > LONGEST or "\0" in found:
        raise _unexpected(f"{place}{name}")
    return found


def _whole(row: Mapping[str, Any], name: str, place: str, most: int) -> int:
    found = row.get(name)
    if not isinstance(found, int) or isinstance(found, bool) or not 0 <= found <= most:
        raise _unexpected(f"{place}{name}")
    return found


def _truth(row: Mapping[str, Any], name: str, place: str, *, missing: bool) -> bool:
    found = row.get(name, missing)
    if not isinstance(found, bool):
        raise _unexpected(f"{place}{name}")
    return found


def _day(row: Mapping[str, Any], name: str, place: str) -> date:
    try:
        return date.fromisoformat(_text(row, name, place))
    except ValueError as error:
        raise _unexpected(f"{place}{name}") from error


def _day_told(row: Mapping[str, Any], name: str, place: str) -> str:
    """A day that may be missing, as ISO text."""
    return _day(row, name, place).isoformat() if row.get(name) else ""


def _list(row: Mapping[str, Any], name: str, place: str, most: int) -> list[Any]:
    found = row.get(name)
    if not isinstance(found, list) or len(found) > most:
        raise _unexpected(f"{place}{name}")
    return found


def _unexpected(place: str) -> UnreadableAnswerError:
    return UnreadableAnswerError(
        f"Το MySchool απάντησε με μορφή που δεν περιμέναμε, στο «{place}». {AGREEMENT}"
    )
