"""What waits for one person in room programmes (τι με περιμένει), by one query."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat, JSONObject

from didaskaleio.kernel.access import Actor, visible
from didaskaleio.people.enums import Role, Scope
from didaskaleio.people.models import TrainerProfile
from didaskaleio.programmes.enums import (
    ActionRole,
    AssignmentState,
    PeriodState,
    ProgrammeState,
    WorkCallState,
    WorkFor,
)
from didaskaleio.programmes.models import (
    ActionRegister,
    Programme,
    TimetableProposal,
    WorkApplication,
    WorkAssignment,
    WorkCall,
    WorkCallLine,
)
from didaskaleio.programmes.queries.registers import STANDING
from didaskaleio.programmes.queries.work_calls import SHOWN_STATES, own_q
from didaskaleio.registers.models import Membership
from didaskaleio.structures.models import TrainingCentre

AGREEMENT, CALL, ASKED = "agreement", "call", "asked"


class Waiting(NamedTuple):
    """One thing that waits (εκκρεμότητα): its kind, object, name, deadline, and of what it is."""

    kind: str
    pk: int
    name: str
    due: datetime
    detail: str


def of_person(actor: Actor, at: datetime) -> list[Waiting]:
    """Everything that waits for ``actor``: one union, in order of names."""
    found = _agreements(actor).union(_calls(actor, at), _asked(actor, at), all=True)
    return sorted((Waiting(*row) for row in found), key=lambda row: (row.name, row.pk))


def _as(kind: str, rows: QuerySet[Any], *, name: str, due: str, detail: Any) -> QuerySet[Any]:
    text = TextField()
    return rows.order_by().values_list(
        Value(kind, output_field=text), "pk", Cast(name, text), F(due), Cast(detail, text)
    )


def _of_programme(before: str = "") -> Concat:
    """A programme with its period: codes begin anew in each period."""
    name = (f"{before}code", Value(" "), f"{before}cluster__title", Value(", "))
    return Concat(
        *name, f"{before}centre__name", Value(" · "), f"{before}period__title",
        output_field=TextField(),
    )  # fmt: skip


def _agreements(actor: Actor) -> QuerySet[Any]:
    """Proposals whose present revision waits for my agreement, unless the centre owes me one."""
    asked = TimetableProposal.objects.filter(programme=OuterRef("pk"), answer="")
    rows = Programme.objects.filter(
        ~Exists(asked),
        ~Q(agreed_revision=F("revision")) | Q(agreed_revision=None),
        trainer_id=actor.user_id,
        state__in=(ProgrammeState.DRAFT, ProgrammeState.RETURNED),
        period__state=PeriodState.PROPOSING,
        slots__isnull=False,
    ).distinct()
    due = "period__proposals_close"
    return _as(AGREEMENT, rows, name="code", due=due, detail=_of_programme())


def _asked(actor: Actor, at: datetime) -> QuerySet[Any]:
    """Work that was assigned to me and waits for my answer."""
    rows = WorkAssignment.objects.filter(
        person=actor.user_id, state=AssignmentState.ASKED, answer_by__gt=at
    )
    detail = _of_programme("programme__")
    return _as(ASKED, rows, name="programme__code", due="answer_by", detail=detail)


def _calls(actor: Actor, at: datetime) -> QuerySet[Any]:
    """Open calls for work in which I may apply, for me or for my centre, and have not."""
    sent = WorkApplication.objects.filter(
        own_q(actor), call=OuterRef("pk"), submission__isnull=False
    )
    rows = WorkCall.objects.filter(
        ~Exists(sent), _for_trainer(actor) | _for_centre(actor),
        state=WorkCallState.OPEN, closes_at__gt=at,
    )  # fmt: skip
    return _as(CALL, rows, name="title", due="closes_at", detail="period__title")


def calls_of_period(actor: Actor) -> ArraySubquery:
    """Of a period the calls for work, announced or open, that concern ``actor``: within its query.

    Each as id, title and moment of its end.
    """
    read = visible(actor, "work_call.read", WorkCall.objects.all())
    rows = WorkCall.objects.filter(
        _for_trainer(actor) | _for_centre(actor) | Q(pk__in=read.values("pk")),
        period=OuterRef("pk"),
        state__in=SHOWN_STATES,
    )
    moment = JSONObject(pk="pk", title="title", closes="closes_at")
    return ArraySubquery(rows.order_by("closes_at", "pk").values(moment=moment))


def _for_trainer(actor: Actor) -> Q:
    """Calls with a place in a cluster of mine, if I stand in the register that the action names."""
    if not actor.holds(Role.TRAINER):
        return Q(pk__in=())
    named = ActionRegister.objects.filter(
        action=OuterRef("period__action"), role=ActionRole.TRAINER
    )
    mine = Membership.objects.filter(
        register=OuterRef("register"), person=actor.user_id, state__in=STANDING
    )
    clusters = TrainerProfile.clusters.through.objects.filter(
        trainerprofile__person=actor.user_id, cluster=OuterRef("cluster")
    )
    fits = WorkCallLine.objects.filter(Exists(clusters), call=OuterRef("pk"))
    inside = ~Exists(named) | Exists(named.filter(Exists(mine)))
    return Q(Exists(fits)) & Q(inside) & Q(audience=WorkFor.TRAINERS)


def _for_centre(actor: Actor) -> Q:
    """Calls with a place in the region of a centre of mine that is of the body."""
    scopes = actor.scopes(Role.CENTRE_MANAGER, Scope.CENTRE)
    centres = [pk for pk in scopes if pk is not None]
    if not centres:
        return Q(pk__in=())
    mine = TrainingCentre.objects.filter(
        pk__in=centres, body=OuterRef("call__period__action__body"), region=OuterRef("region")
    )
    fits = WorkCallLine.objects.filter(Exists(mine), call=OuterRef("pk"))
    return Q(Exists(fits)) & Q(audience=WorkFor.CENTRES)
