"""Δικαιολογητικά από μια σελίδα απαντήσεων: new files, and those of the wallet."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from didaskaleio.kernel import greek
from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.forms import sheets
from didaskaleio.kernel.forms.definition import Definition, Kind, Problem, Question
from didaskaleio.kernel.web.http import Request
from didaskaleio.registers import operations, queries
from didaskaleio.registers.errors import EvidenceError
from didaskaleio.registers.models import Candidacy, Evidence


def kept_choices(person: int, values: Mapping[str, Any], day: date) -> list[tuple[str, str]]:
    """The documents of the wallet that may be given on ``day``, and those given already."""
    given = {value.get("file") for value in values.values() if isinstance(value, dict)}
    return [
        (str(one.file.key), _words(one))
        for one in queries.wallet(person)
        if not one.valid_until or one.valid_until >= day or str(one.file.key) in given
    ]


def _words(one: Evidence) -> str:
    until = f", ισχύει έως {greek.short_date(one.valid_until)}" if one.valid_until else ""
    return f"{one.title} ({one.file.name}){until}"


def keep_papers(request: Request, candidacy: Candidacy, definition: Definition) -> list[Problem]:
    """Keep what was sent or chosen for each question; what is refused returns with its place."""
    chosen = sheets.chosen(definition, request.POST)
    untils = sheets.untils(definition, request.POST)
    found = []
    for asked in definition.questions():
        if asked.kind != Kind.FILE:
            continue
        try:
            _keep(request, candidacy, asked, chosen.get(asked.key), untils.get(asked.key, ""))
        except Refusal as refusal:
            found.append(Problem(asked.key, f"«{asked.label}»: {refusal}"))
    return found


def _keep(
    request: Request, candidacy: Candidacy, asked: Question, chosen: str | None, typed: str
) -> None:
    by: dict[str, Any] = {"actor": request.actor, "at": request.at}
    until = date.fromisoformat(typed) if typed else None
    upload = request.FILES.get(sheets.upload_name(asked.key))
    if upload is not None:
        operations.give_new(candidacy, asked.key, upload, until=until, **by)
        return
    if chosen is None:
        return
    mine = {str(each.file.key): each for each in queries.wallet(candidacy.person_id)}
    one, given = mine.get(chosen), _given(candidacy, asked.key)
    if chosen and one is None:
        raise EvidenceError("Το έγγραφο δεν είναι πια στον φάκελό σας. Διαλέξτε άλλο.")
    if one is not None and chosen == given and asked.expires and one.valid_until != until:
        operations.describe(one, title=one.title, until=until, **by)
    if chosen != given or one is not None:
        operations.give_kept(candidacy, asked.key, one, **by)


def _given(candidacy: Candidacy, key: str) -> str:
    """The file that answers the question now; empty when none does."""
    value = candidacy.sheet.values.get(key) if candidacy.sheet else None
    return value.get("file", "") if isinstance(value, dict) else ""
