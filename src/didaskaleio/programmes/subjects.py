"""Subjects (θέματα αναφορών) of room programmes: actions, periods, programmes, timetables."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from django.db.models import CharField, F
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Left

from didaskaleio.kernel.subjects import Field, Made, Many, Subject, Way, count, declare, person
from didaskaleio.programmes.enums import (
    ActionState,
    PeriodState,
    ProgrammeState,
    SlotKind,
)
from didaskaleio.programmes.models import Programme, Slot, TrainingAction, TrainingPeriod


def _hour(path: str) -> Made:
    """A time of day as people write it: 17:30."""

    def made(prefix: str, at: datetime) -> Combinable:
        del at
        return cast("Combinable", Left(Cast(F(f"{prefix}{path}"), CharField()), 5))

    return made


ACTIONS = declare(
    Subject(
        name="programmes.actions",
        title="Επιμορφωτικές δράσεις",
        model=TrainingAction,
        permission="action.read",
        fields=(
            Field("code", "Κωδικός"),
            Field("title", "Δράση"),
            Field("body", "Φορέας", "body__short_name"),
            Field("course", "Θεματικό αντικείμενο", "course_version__course__title"),
            Field("project", "Πράξη", "project__code"),
            Field("state", "Κατάσταση", kind="choice", choices=tuple(ActionState.choices)),
            Field("compulsory", "Υποχρεωτική", kind="yes"),
            Field("target", "Στόχος συμμετοχών", kind="number"),
        ),
        ways=(Way("of_course", "Αντικείμενο", "courses.courses", "course_version__course"),),
        order=("code",),
    )
)
PERIODS = declare(
    Subject(
        name="programmes.periods",
        title="Περίοδοι επιμόρφωσης",
        model=TrainingPeriod,
        permission="period.read",
        fields=(
            Field("code", "Κωδικός"),
            Field("title", "Περίοδος"),
            Field("state", "Κατάσταση", kind="choice", choices=tuple(PeriodState.choices)),
            Field("phase_a_opens", "Έναρξη Α΄ φάσης", kind="moment"),
            Field("phase_a_closes", "Λήξη Α΄ φάσης", kind="moment"),
            Field("first_day", "Πρώτη ημέρα", kind="date"),
            Field("last_day", "Τελευταία ημέρα", kind="date"),
        ),
        ways=(Way("action", "Δράση", "programmes.actions", "action"),),
        order=("-first_day", "pk"),
    )
)
PROGRAMMES = declare(
    Subject(
        name="programmes.programmes",
        title="Προγράμματα επιμόρφωσης",
        model=Programme,
        permission="programme.read",
        fields=(
            Field("code", "Κωδικός"),
            Field("period", "Περίοδος", "period__code"),
            Field("category", "Κατηγορία", "category__label"),
            Field("cluster", "Συστάδα", "cluster__title"),
            Field("centre", "Κ.Σ.Ε.", "centre__name"),
            Field("prefecture", "Νομός", "centre__prefecture__name"),
            Field("region", "Περιφέρεια", "centre__region__name"),
            Field("trainer", "Επιμορφωτής/τρια", made=person("trainer")),
            Field("state", "Κατάσταση", kind="choice", choices=tuple(ProgrammeState.choices)),
            Field("capacity", "Θέσεις", kind="number"),
            Field("minimum", "Ελάχιστο", kind="number"),
        ),
        ways=(
            Way("action", "Δράση", "programmes.actions", "period__action"),
            Way("of_period", "Περίοδος", "programmes.periods", "period"),
            Way("of_centre", "Κ.Σ.Ε.", "registers.centres", "centre"),
            Way("teacher", "Επιμορφωτής/τρια ως εκπαιδευτικός", "people.teachers", "trainer"),
        ),
        order=("period__code", "code", "pk"),
    )
)
SLOTS = declare(
    Subject(
        name="programmes.slots",
        title="Ωρολόγια προγράμματα",
        model=Slot,
        permission="programme.read",
        about="programme",
        fields=(
            Field("sequence", "Συνάντηση", kind="number"),
            Field("kind", "Είδος", kind="choice", choices=tuple(SlotKind.choices)),
            Field("date", "Ημερομηνία", kind="date"),
            Field("start", "Ώρα έναρξης", made=_hour("start")),
            Field("end", "Ώρα λήξης", made=_hour("end")),
            Field("room", "Αίθουσα", "room__name"),
        ),
        ways=(Way("programme", "Πρόγραμμα", "programmes.programmes", "programme"),),
        order=("date", "start", "pk"),
    )
)
count(ACTIONS.name, Many("periods", "Πλήθος περιόδων", PERIODS.name, "action"))
count(ACTIONS.name, Many("programmes", "Πλήθος προγραμμάτων", PROGRAMMES.name, "period__action"))
count(PERIODS.name, Many("programmes", "Πλήθος προγραμμάτων", PROGRAMMES.name, "period"))
count(PROGRAMMES.name, Many("slots", "Πλήθος ωρών του ωρολογίου", SLOTS.name, "programme"))
