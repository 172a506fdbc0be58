"""Reports of compulsory trainings (υπόχρεοι, R-192): who owes one, and how many where."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db.models import Case, F, FloatField, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Cast, NullIf

from didaskaleio.enrolment.enums import OwedState
from didaskaleio.enrolment.queries import owed
from didaskaleio.kernel import access
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.fields import GreekKeyOf
from didaskaleio.kernel.reports import Choice, Column, Filter, Report, declare
from didaskaleio.people.models import Person
from didaskaleio.programmes.models import TrainingAction
from didaskaleio.programmes.reports import equal, prefectures, regions
from didaskaleio.structures.models import Directorate

NEWEST = "Χωρίς επιλογή δράσης: η νεότερη υποχρεωτική. "
MOST = 50


def _actions(actor: Actor) -> QuerySet[TrainingAction]:
    rows = access.visible(actor, "owed.action", TrainingAction.objects.filter(compulsory=True))
    return rows.select_related("course_version").order_by("-pk")


def _choices(actor: Actor, _at: datetime) -> list[Choice]:
    return [(str(pk), title) for pk, title in _actions(actor).values_list("pk", "title")[:MOST]]


def _chosen(actor: Actor, values: dict[str, str]) -> TrainingAction | None:
    """The action that the filter names, else the newest."""
    rows = list(_actions(actor)[:MOST])
    named = (row for row in rows if str(row.pk) == values.get("action"))
    return next(named, rows[0] if rows else None)


def _as_chosen(rows: QuerySet[Any], _value: str) -> QuerySet[Any]:
    """The rows are of the chosen action from the beginning."""
    return rows


def _states(_actor: Actor, _at: datetime) -> list[Choice]:
    return [(str(value), str(label)) for value, label in OwedState.choices]


def _people(actor: Actor, at: datetime, values: dict[str, str]) -> QuerySet[Any]:
    action = _chosen(actor, values)
    if action is None:
        return Person.objects.none()
    rows: QuerySet[Any] = owed.owed_by(action, at).annotate(action=Value(action.title))
    if not access.allowed(actor, "owed.everywhere"):
        rows = rows.filter(directorate__in=_directorates_of(actor).values("pk"))
    return rows.select_related("teacher__specialty").order_by("sort_key", "pk")


def _directorates_of(actor: Actor) -> QuerySet[Directorate]:
    return access.visible(actor, "owed.directorate", Directorate.objects.all())


def _named(rows: QuerySet[Person], text: str) -> QuerySet[Person]:
    by_name = Q()
    for word in text.split():
        by_name &= Q(sort_key__contains=GreekKeyOf(Value(word)))
    return rows.filter(by_name)


def _of_place(name: str) -> Callable[[Any], str]:
    return lambda row: (row.place or {}).get(name) or ""


def _directorates(actor: Actor, at: datetime, values: dict[str, str]) -> QuerySet[Any]:
    """One query counts; its figures then stand beside the directorates as constants."""
    action = _chosen(actor, values)
    found = owed.counted(action, at) if action else {}

    def figure(name: str) -> Case:
        cases = [When(pk=pk, then=Value(each[name])) for pk, each in found.items()]
        return Case(*cases, default=Value(0), output_field=IntegerField())

    rows: QuerySet[Any] = _directorates_of(actor).filter(pk__in=found)
    done, owing = (Cast(name, FloatField()) for name in ("done", "owing"))
    rows = (
        rows.annotate(**{name: figure(name) for name in OwedState.values})
        .annotate(owing=F("nothing") + F("applied") + F("placed") + F("done"))
        .annotate(share=done / NullIf(owing, 0.0))
        .order_by("-nothing", "code", "pk")
    )
    return rows.select_related("prefecture__region")


declare(
    Report(
        name="enrolment.owed",
        title="Υπόχρεοι ονομαστικά",
        permission="owed.read",
        columns=(
            Column("action", "Δράση"),
            Column("surname", "Επώνυμο", order="sort_key"),
            Column("given_name", "Όνομα"),
            Column("specialty", "Ειδικότητα", "teacher.specialty_code"),
            Column(
                "appointed_on",
                "Διορισμός",
                "teacher.appointed_on",
                kind="date",
                order="teacher__appointed_on",
            ),
            Column("directorate", "Διεύθυνση", _of_place("directorate_name")),
            Column("school", "Σχολείο", _of_place("school")),
            Column(
                "state",
                "Πού βρίσκεται",
                lambda row: OwedState(row.owed_state).label,
                order="owed_state",
            ),
        ),
        rows=_people,
        filters=(
            Filter("action", "Δράση", _choices, _as_chosen),
            Filter("state", "Πού βρίσκεται", _states, equal("owed_state")),
            Filter("region", "Περιφέρεια", regions, equal("place__region")),
            Filter("prefecture", "Νομός", prefectures, equal("place__prefecture")),
        ),
        search=_named,
        note=f"{NEWEST}Όσοι πληρούν σήμερα το προφίλ του αντικειμένου, στο σχολείο με τις "
        "περισσότερες ώρες.",
    )
)
declare(
    Report(
        name="enrolment.owed_places",
        title="Υπόχρεοι ανά διεύθυνση",
        permission="owed.read",
        columns=(
            Column("directorate", "Διεύθυνση", "abbreviation", order="abbreviation"),
            Column("prefecture", "Νομός", "prefecture.label", order="prefecture__sort_key"),
            Column("owing", "Υπόχρεοι", kind="number", order="owing", total=True),
            Column("nothing", "Χωρίς αίτηση", kind="number", order="nothing", total=True),
            Column("applied", "Με αίτηση", kind="number", order="applied", total=True),
            Column("placed", "Με θέση", kind="number", order="placed", total=True),
            Column("done", "Ολοκλήρωσαν", kind="number", order="done", total=True),
            Column("share", "Ολοκλήρωση", kind="share", order="share"),
        ),
        rows=_directorates,
        filters=(
            Filter("action", "Δράση", _choices, _as_chosen),
            Filter("region", "Περιφέρεια", regions, equal("prefecture__region__code")),
            Filter("prefecture", "Νομός", prefectures, equal("prefecture__code")),
        ),
        note=f"{NEWEST}Όσοι υπηρετούν στο εξωτερικό ή χωρίς σχολείο φαίνονται μόνο ονομαστικά.",
    )
)
