"""Planning (προγραμματισμός) on paper: timetables, work of trainers, use of rooms; by role."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Case, Count, F, IntegerField, Max, Min, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Cast

from didaskaleio.kernel import access
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.fields import GreekKeyOf
from didaskaleio.kernel.reports import Choice, Column, Filter, Report, declare
from didaskaleio.programmes.enums import ProgrammeState, SlotKind
from didaskaleio.programmes.models import Programme, Slot
from didaskaleio.programmes.reports.standing import equal, programme_filters

REPORT = "programme.report"
GONE = (ProgrammeState.REJECTED, ProgrammeState.CANCELLED)
OF = "programme__"


def _programmes(actor: Actor) -> QuerySet[Programme]:
    rows = access.visible(actor, "programme.read", Programme.objects.order_by())
    return rows.exclude(state__in=GONE)


def _hours(slot: str = "", programme: str = OF) -> Case:
    """The teaching hours of a slot, by the category of its programme."""
    support = Cast(f"{programme}category__support_hours", IntegerField())
    session = Cast(f"{programme}category__session_hours", IntegerField())
    return Case(
        When(**{f"{slot}kind": SlotKind.SUPPORT}, then=support),
        When(**{f"{slot}kind__isnull": False}, then=session),
        default=Value(0),
        output_field=IntegerField(),
    )


def _slots(actor: Actor, _at: datetime, _values: dict[str, str]) -> QuerySet[Slot]:
    rows = Slot.objects.filter(programme__in=_programmes(actor)).annotate(
        teaching=_hours(), where=F("programme__room__name")
    )
    return rows.select_related(
        "programme__centre", "programme__trainer", "programme__cluster", "room"
    ).order_by("date", "start", "programme__code", "pk")


def _span(row: Slot) -> str:
    return f"{row.start:%H:%M}–{row.end:%H:%M}"


def _room(row: Any) -> str:
    if row.kind != SlotKind.FACE_TO_FACE:
        return "εξ αποστάσεως"
    return row.room.name if row.room else row.where or ""


def _kinds(_actor: Actor, _at: datetime) -> list[Choice]:
    return [(str(value), str(label)) for value, label in SlotKind.choices]


def _taught_by(rows: QuerySet[Any], text: str, path: str = "trainer__") -> QuerySet[Any]:
    for word in text.split():
        rows = rows.filter(**{f"{path}sort_key__contains": GreekKeyOf(Value(word))})
    return rows


declare(
    Report(
        name="programmes.timetables",
        title="Ωρολόγια προγράμματα",
        permission=REPORT,
        columns=(
            Column("programme", "Πρόγραμμα", "programme.code", order="programme__code"),
            Column("centre", "Κ.Σ.Ε.", "programme.centre.name", order="programme__centre__name"),
            Column("sequence", "Συνάντηση", kind="number"),
            Column("date", "Ημέρα", kind="date", order="date"),
            Column("span", "Ώρα", _span, order="start"),
            Column("kind", "Είδος", lambda row: row.get_kind_display(), order="kind"),
            Column("room", "Αίθουσα", _room),
            Column("trainer", "Επιμορφωτής/τρια", lambda row: str(row.programme.trainer or "")),
            Column("hours", "Ώρες", "teaching", "hours", "teaching", total=True),
        ),
        rows=_slots,
        filters=(
            *programme_filters(OF),
            Filter("kind", "Είδος", _kinds, equal("kind")),
        ),
        search=lambda rows, text: _taught_by(rows, text, "programme__trainer__"),
        note="Όπως εγκρίθηκαν ή προτείνονται· οι αλλαγές μετά την έναρξη είναι στις συναντήσεις.",
    )
)


def _work(actor: Actor, _at: datetime, _values: dict[str, str]) -> QuerySet[Any]:
    """One row for each trainer in each period: programmes, meetings, teaching hours."""
    who = ("trainer", "trainer__surname", "trainer__given_name", "period", "period__code")
    rows: QuerySet[Any] = (
        _programmes(actor)
        .filter(trainer__isnull=False)
        .values(*who)
        .annotate(
            programmes=Count("pk", distinct=True),
            meetings=Count("slots"),
            hours=Sum(_hours("slots__", ""), default=0),
            face=Count("slots", filter=Q(slots__kind=SlotKind.FACE_TO_FACE)),
        )
    )
    return rows.order_by("trainer__sort_key", "trainer", "period__code")


declare(
    Report(
        name="programmes.trainers",
        title="Έργο επιμορφωτών ανά περίοδο",
        permission=REPORT,
        columns=(
            Column("surname", "Επώνυμο", "trainer__surname", order="trainer__surname"),
            Column("given_name", "Όνομα", "trainer__given_name", order="trainer__given_name"),
            Column("period", "Περίοδος", "period__code", order="period__code"),
            Column("programmes", "Προγράμματα", kind="number", order="programmes", total=True),
            Column("meetings", "Συναντήσεις", kind="number", order="meetings", total=True),
            Column("face", "Διά ζώσης", kind="number", order="face", total=True),
            Column("hours", "Διδακτικές ώρες", kind="hours", order="hours", total=True),
        ),
        rows=_work,
        filters=programme_filters(),
        search=_taught_by,
        key="trainer",
        note="Προγράμματα που προτείνονται, εγκρίθηκαν ή τρέχουν, χωρίς όσα ματαιώθηκαν.",
    )
)


def _rooms(actor: Actor, _at: datetime, _values: dict[str, str]) -> QuerySet[Any]:
    """One row for each room in which the programmes meet face to face."""
    what = ("programme__room", "programme__room__name", "programme__room__seats")
    place = ("programme__centre__name", "programme__centre__prefecture__name")
    rows: QuerySet[Any] = (
        Slot.objects.filter(
            programme__in=_programmes(actor),
            programme__room__isnull=False,
            kind=SlotKind.FACE_TO_FACE,
        )
        .values(*what, *place)
        .annotate(
            programmes=Count("programme", distinct=True),
            meetings=Count("pk"),
            hours=Sum(_hours()),
            first=Min("date"),
            last=Max("date"),
        )
    )
    return rows.order_by(*place[:1], "programme__room__name", "programme__room")


declare(
    Report(
        name="programmes.rooms",
        title="Χρήση αιθουσών",
        permission=REPORT,
        columns=(
            Column("centre", "Κ.Σ.Ε.", "programme__centre__name", order="programme__centre__name"),
            Column("prefecture", "Νομός", "programme__centre__prefecture__name"),
            Column("room", "Αίθουσα", "programme__room__name", order="programme__room__name"),
            Column("seats", "Θέσεις εργασίας", "programme__room__seats", kind="number"),
            Column("programmes", "Προγράμματα", kind="number", order="programmes", total=True),
            Column("meetings", "Συναντήσεις", kind="number", order="meetings", total=True),
            Column("hours", "Ώρες", kind="hours", order="hours", total=True),
            Column("first", "Πρώτη ημέρα", kind="date", order="first"),
            Column("last", "Τελευταία ημέρα", kind="date", order="last"),
        ),
        rows=_rooms,
        filters=programme_filters(OF),
        key="programme__room",
        note="Μόνο οι διά ζώσης συναντήσεις.",
    )
)
