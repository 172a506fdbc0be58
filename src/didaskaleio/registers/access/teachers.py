"""Access (δικαιώματα) to the record of a teacher: whole, or what one's own body issued."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from didaskaleio.credentials.claims import TAUGHT
from didaskaleio.credentials.models import Credential
from didaskaleio.kernel.access import NOTHING, Actor, AnyOf, Holds, Own, Rule, SignedIn, declare
from didaskaleio.people.enums import Role, Scope
from didaskaleio.registers.access.rules import OFFICERS, bodies_of_officer


@dataclass(frozen=True)
class TrainedBy(Rule):
    """An officer of a body that has issued something to the person."""

    def allows(self, actor: Actor, thing: Any) -> bool:
        bodies = bodies_of_officer(actor)
        return bool(bodies) and _issued(bodies).filter(person_id=thing.pk).exists()

    def q(self, actor: Actor) -> Q:
        bodies = bodies_of_officer(actor)
        return Q(pk__in=_issued(bodies).values("person")) if bodies else NOTHING

    def in_words(self) -> str:
        return "body_officer ή body_head του φορέα που το επιμόρφωσε"


def _issued(bodies: frozenset[int]) -> QuerySet[Credential]:
    return Credential.objects.filter(body__in=bodies, kind__in=TAUGHT)


SERVES = "teacher__services__school"
WHOLE_RECORD = (
    Own("pk")
    | Holds(Role.MINISTRY_OFFICER)
    | Holds(Role.REGIONAL_OFFICER, Scope.REGION, within=f"{SERVES}__region_id")
    | Holds(Role.REGIONAL_OFFICER, Scope.DIRECTORATE, within=f"{SERVES}__directorate_id")
)
declare(
    "teacher_record.desk",
    AnyOf(
        tuple(
            Holds(role, anywhere=True)
            for role in (*OFFICERS, Role.MINISTRY_OFFICER, Role.REGIONAL_OFFICER)
        )
    ),
    "αναζήτηση στο μητρώο επιμορφωμένων και πιστοποιημένων εκπαιδευτικών",
)
declare("teacher_record.own", SignedIn(), "ο δικός μου φάκελος επιμορφώσεων και πιστοποιήσεων")
declare("teacher_record.read", WHOLE_RECORD | TrainedBy(), "ο φάκελος ενός εκπαιδευτικού")
declare("teacher_record.whole", WHOLE_RECORD, "ολόκληρος ο φάκελος, από κάθε φορέα")
declare(
    "teacher_record.every",
    Holds(Role.MINISTRY_OFFICER, anywhere=True) | Holds(Role.REGIONAL_OFFICER, anywhere=True),
    "μετρά βεβαιώσεις κάθε φορέα στον κατάλογο του μητρώου",
)
