"""Measures of a funded project (ενέργειες Πράξης): planned, done with evidence, or dropped."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, BinaryIO

from django.db import transaction

from didaskaleio.completion.documents.packs import MEASURE_PAPER
from didaskaleio.completion.enums import MeasureKind
from didaskaleio.completion.errors import MeasureError
from didaskaleio.completion.lifecycle import MEASURE
from didaskaleio.completion.models import ProjectMeasure
from didaskaleio.kernel import access, files, greek, journal
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.clock import ATHENS
from didaskaleio.structures.models import FundedProject

MEASURE.model = ProjectMeasure


@dataclass(frozen=True)
class MeasureFacts:
    """What is planned (ενέργεια): its kind, its title, by when, and how many where it counts."""

    kind: MeasureKind
    title: str
    due_on: date
    quantity: int | None = None


def plan_measure(
    project: FundedProject, facts: MeasureFacts, *, actor: Actor, at: datetime
) -> ProjectMeasure:
    """Plan a measure of the project (προγραμματισμός)."""
    access.require(actor, "project.measures", project)
    title = greek.clean(facts.title).strip()
    if not title:
        raise MeasureError("Γράψτε ποια είναι η ενέργεια.", code="title")
    with transaction.atomic():
        made = ProjectMeasure.objects.create(
            project=project,
            kind=facts.kind,
            title=title,
            due_on=facts.due_on,
            quantity=facts.quantity,
            at=at,
        )
        journal.write(made, "Προγραμματίστηκε", actor=actor, at=at)
    return made


@MEASURE.performs("complete")
def complete_measure(
    measure: ProjectMeasure,
    upload: BinaryIO | Any | None,
    *,
    result: str,
    done_on: date,
    actor: Actor,
    at: datetime,
) -> None:
    """Write down that it was done (υλοποίηση): when, with which result and evidence."""
    if done_on > at.astimezone(ATHENS).date():
        raise MeasureError("Η ημέρα δεν έχει έρθει ακόμη: διορθώστε την.", code="done_on")
    measure.result, measure.done_on = greek.clean(result).strip(), done_on
    if not measure.result:
        raise MeasureError("Γράψτε το αποτέλεσμα.", code="result")
    if upload is not None:
        name = str(getattr(upload, "name", "") or "τεκμήριο")
        measure.file = files.accept(MEASURE_PAPER, upload, name, measure, actor=actor, at=at)


@MEASURE.performs("drop")
def drop_measure(measure: ProjectMeasure, *, actor: Actor, at: datetime, reason: str) -> None:
    """Give a measure up with a reason (ματαίωση)."""
