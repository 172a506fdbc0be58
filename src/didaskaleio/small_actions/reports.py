"""Reports (αναφορές) of room small_actions: what took place, who took part."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Value

from didaskaleio.kernel import access
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.fields import GreekKeyOf
from didaskaleio.kernel.reports import Choice, Column, Filter, Report, declare
from didaskaleio.small_actions import queries
from didaskaleio.small_actions.enums import SeatState, SmallActionKind, SmallActionState
from didaskaleio.small_actions.models import Seat, SmallAction
from didaskaleio.structures.models import Region

PICKED = 200
ATTENDED = Count("seats", filter=Q(seats__state=SeatState.ATTENDED))


def _equal(column: str) -> Any:
    return lambda rows, value: rows.filter(**{column: value})


def _kinds(_actor: Actor, _at: datetime) -> list[Choice]:
    return [(str(kind.value), str(kind.label)) for kind in SmallActionKind]


def _states(_actor: Actor, _at: datetime) -> list[Choice]:
    return [(str(state.value), str(state.label)) for state in SmallActionState]


def _regions(_actor: Actor, _at: datetime) -> list[Choice]:
    return [(str(row.pk), row.name) for row in Region.objects.order_by("sort_key")]


def _mine(actor: Actor) -> QuerySet[SmallAction]:
    rows = SmallAction.objects.all()
    kept = access.visible(actor, "small_action.keep", rows).order_by()
    asked = access.visible(actor, "small_action.approve", rows).order_by()
    return rows.filter(Q(pk__in=kept.values("pk")) | Q(pk__in=asked.values("pk")))


def _actions(actor: Actor, _at: datetime, _values: dict[str, str]) -> QuerySet[SmallAction]:
    rows = queries.listed(_mine(actor)).select_related("prefecture__region")
    rows = rows.annotate(attended=ATTENDED, given=F("hours") * ATTENDED)
    return rows.order_by("-starts_at", "pk")


def _titled(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    return rows.filter(title__icontains=text.strip()[:60])


def _named(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    return rows.filter(person__sort_key__contains=GreekKeyOf(Value(text.strip()[:60])))


def _choices(actor: Actor, _at: datetime) -> list[Choice]:
    rows = _mine(actor).order_by("-starts_at", "pk")[:PICKED]
    return [(str(row.pk), f"{row.code} {row.title}") for row in rows]


def _seats(actor: Actor, _at: datetime, _values: dict[str, str]) -> QuerySet[Seat]:
    rows = Seat.objects.filter(action__in=_mine(actor).order_by().values("pk"))
    rows = rows.select_related("action", "person__teacher__specialty", "credential")
    return rows.order_by("-action__starts_at", "action_id", "number")


def _specialty(seat: Seat) -> str:
    teacher = getattr(seat.person, "teacher", None)
    return teacher.specialty_code if teacher else ""


declare(
    Report(
        name="small_actions.actions",
        title="Μικρές δράσεις",
        permission="small_action.report",
        columns=(
            Column("code", "Κωδικός", order="code"),
            Column("kind", "Είδος", lambda row: row.get_kind_display(), order="kind"),
            Column("title", "Τίτλος"),
            Column("host", "Οργανώνει", lambda row: str(row.host)),
            Column("region", "Περιφέρεια", "prefecture.region.name"),
            Column("starts_at", "Έναρξη", kind="moment", order="starts_at"),
            Column("state", "Κατάσταση", lambda row: row.get_state_display(), order="state"),
            Column("places", "Θέσεις", kind="number", order="places", total=True),
            Column("taken", "Με θέση", kind="number", order="taken", total=True),
            Column("queue", "Σε αναμονή", kind="number", order="queue", total=True),
            Column("attended", "Παρακολούθησαν", kind="number", order="attended", total=True),
            Column("given", "Ώρες επιμόρφωσης", kind="hours", order="given", total=True),
        ),
        rows=_actions,
        filters=(
            Filter("kind", "Είδος", _kinds, _equal("kind")),
            Filter("state", "Κατάσταση", _states, _equal("state")),
            Filter("region", "Περιφέρεια", _regions, _equal("prefecture__region_id")),
        ),
        search=_titled,
    )
)
declare(
    Report(
        name="small_actions.seats",
        title="Συμμετοχές σε μικρές δράσεις",
        permission="small_action.report",
        columns=(
            Column("action", "Δράση", "action.title"),
            Column("code", "Κωδικός", "action.code"),
            Column("starts_at", "Έναρξη", "action.starts_at", "moment", "action__starts_at"),
            Column("number", "Σειρά", kind="number", order="number"),
            Column("person", "Πρόσωπο", lambda row: str(row.person), order="person__sort_key"),
            Column("specialty", "Κλάδος", _specialty),
            Column("state", "Κατάσταση", lambda row: row.get_state_display(), order="state"),
            Column("credential", "Βεβαίωση", lambda row: str(row.credential or "")),
        ),
        rows=_seats,
        filters=(
            Filter("action", "Δράση", _choices, _equal("action_id")),
            Filter(
                "state",
                "Κατάσταση",
                lambda _actor, _at: [(str(s.value), str(s.label)) for s in SeatState],
                _equal("state"),
            ),
        ),
        search=_named,
    )
)
