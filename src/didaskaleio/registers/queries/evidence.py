"""Questions of the wallet (φάκελος δικαιολογητικών): which documents answer what, until when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from didaskaleio.kernel import greek
from didaskaleio.kernel.forms.conditions import counted
from didaskaleio.kernel.forms.definition import Definition, Kind, Problem
from didaskaleio.registers.models import Candidacy, Evidence


def wallet(person: int, day: date | None = None) -> QuerySet[Evidence]:
    """The documents of a person's wallet, newest first; with ``day`` those still valid then."""
    rows = Evidence.objects.filter(person_id=person, dropped_at=None).select_related("file")
    if day is not None:
        rows = rows.filter(Q(valid_until=None) | Q(valid_until__gte=day))
    return rows.order_by("-pk")


def papers_of(
    person: int, definition: Definition, values: Mapping[str, Any]
) -> dict[str, Evidence]:
    """The documents of the person's wallet that are given as answers that count, by question."""
    given = _files(definition, values)
    found = Evidence.objects.filter(person_id=person, file__key__in=given.values())
    by_file = {str(one.file.key): one for one in found.select_related("file")}
    return {key: by_file[file] for key, file in given.items() if file in by_file}


def _files(definition: Definition, values: Mapping[str, Any]) -> dict[str, str]:
    kept = counted(definition, values)
    asked = [one.key for one in definition.questions() if one.kind == Kind.FILE]
    return {key: kept[key]["file"] for key in asked if key in kept}


def paper_problems(
    candidacy: Candidacy, definition: Definition, values: Mapping[str, Any], day: date
) -> list[Problem]:
    """Documents that have left the wallet, or have expired by ``day``, each with its question."""
    known = papers_of(candidacy.person_id, definition, values)
    found = []
    for key in _files(definition, values):
        asked, paper = definition.question(key), known.get(key)
        label = asked.label if asked else key
        if paper is None or paper.dropped_at:
            words = "το έγγραφο δεν είναι πια στον φάκελό σας. Διαλέξτε ή ανεβάστε άλλο."
            found.append(Problem(key, f"«{label}»: {words}"))
        elif paper.valid_until and paper.valid_until < day:
            ended = greek.short_date(paper.valid_until)
            found.append(Problem(key, f"«{label}»: το έγγραφο έληξε {ended}. Ανεβάστε νέο."))
    return found


def with_uses(rows: QuerySet[Evidence]) -> QuerySet[Evidence]:
    """Documents with the number of candidacies that they were submitted with."""
    return rows.annotate(used=Count("uses__submission__candidacy", distinct=True))


def paper_questions(definition: Definition) -> list[tuple[str, str]]:
    """The questions that ask for a document: key and words."""
    return [(one.key, one.label) for one in definition.questions() if one.kind == Kind.FILE]


def asked_labels(definition: Definition, asked: Sequence[str]) -> list[str]:
    """The documents asked for, in the order of the form."""
    return [label for key, label in paper_questions(definition) if key in asked]
