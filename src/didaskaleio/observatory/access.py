"""Access (δικαιώματα) of room observatory: who builds reports, whose they are, who serves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from didaskaleio.kernel.access import NOTHING, Actor, AnyOf, Holds, Own, Rule, declare
from didaskaleio.observatory.enums import ReportState
from didaskaleio.people.enums import Role, Scope
from didaskaleio.structures.models import TrainingCentre

OFFICERS = (
    Role.BODY_OFFICER,
    Role.BODY_HEAD,
    Role.PLANNER,
    Role.REGISTRAR,
    Role.CENTRE_MANAGER,
    Role.CENTRE_STAFF,
    Role.REGIONAL_OFFICER,
    Role.MINISTRY_OFFICER,
)
OF_BODY = (Role.BODY_OFFICER, Role.BODY_HEAD, Role.PLANNER, Role.REGISTRAR)
OF_CENTRE = (Role.CENTRE_MANAGER, Role.CENTRE_STAFF)
OF_COUNTRY = (Role.MINISTRY_OFFICER, Role.REGIONAL_OFFICER, Role.OPERATOR)


def audiences(actor: Actor) -> Iterator[tuple[str, int | None]]:
    """The roles of bodies as which the person reads what is shared: role and body, if any."""
    for role in OF_BODY:
        yield from ((role, pk) for pk in actor.scopes(role, Scope.BODY))
    for role in OF_CENTRE:
        if centres := actor.scopes(role, Scope.CENTRE):
            found = TrainingCentre.objects.filter(
                pk__in=[*filter(None, centres)], body__isnull=False
            )
            yield from ((role, pk) for pk in found.values_list("body_id", flat=True).distinct())
    yield from ((role, None) for role in OF_COUNTRY if actor.holds(role))


@dataclass(frozen=True)
class SharedWith(Rule):
    """The report is shared with a role of a body that the actor holds."""

    def allows(self, actor: Actor, thing: Any) -> bool:
        shared = thing.state == ReportState.SHARED
        return shared and (thing.shared_role, thing.shared_body_id) in set(audiences(actor))

    def q(self, actor: Actor) -> Q:
        found = NOTHING
        for role, body in audiences(actor):
            found |= Q(state=ReportState.SHARED, shared_role=role, shared_body=body)
        return found

    def in_words(self) -> str:
        return "ο ρόλος του φορέα με τον οποίο μοιράστηκε"


ANY_OFFICER = AnyOf(tuple(Holds(role, anywhere=True) for role in OFFICERS))
SERVICE = Holds(Role.OPERATOR)
declare("adhoc.desk", ANY_OFFICER | SERVICE, "φτιάχνει αναφορές κατά περίπτωση")
declare("adhoc.read", Own("owner_id") | SharedWith(), "ανοίγει μια αποθηκευμένη αναφορά")
declare("adhoc.keep", Own("owner_id"), "αλλάζει, μοιράζει και αρχειοθετεί την αναφορά του")
declare("subscription.keep", Own("person_id"), "σταματά την τακτική αποστολή που ζήτησε")
declare("dispatch.open", Own("person_id"), "ανοίγει το αρχείο αναφοράς που του στάλθηκε")
declare("request.desk", ANY_OFFICER | SERVICE, "τα αιτήματα στην υπηρεσία λειτουργίας")
declare("request.file", ANY_OFFICER, "ζητά ειδική αναφορά ή ρύθμιση")
declare("request.read", Own("person_id") | SERVICE, "ένα αίτημα στην υπηρεσία λειτουργίας")
declare("request.own", Own("person_id"), "απαντά, αποδέχεται, επιστρέφει, αποσύρει το αίτημά του")
declare("request.serve", SERVICE, "αναλαμβάνει και παραδίδει αιτήματα")

FORECASTERS = (Role.BODY_OFFICER, Role.BODY_HEAD, Role.PLANNER)
COUNTRY_READS = Holds(Role.MINISTRY_OFFICER) | SERVICE


def _of_body(path: str) -> Rule:
    return AnyOf(tuple(Holds(role, Scope.BODY, within=path) for role in FORECASTERS))


declare(
    "forecast.desk",
    AnyOf(tuple(Holds(role, anywhere=True) for role in FORECASTERS)) | COUNTRY_READS,
    "οι προβλέψεις αναγκών",
)
declare("forecast.read", _of_body("action__body_id") | COUNTRY_READS, "μια πρόβλεψη αναγκών")
declare(
    "forecast.make",
    _of_body("body_id") | Holds(Role.MINISTRY_OFFICER),
    "υπολογίζει τι χρειάζεται μια δράση",
)
