"""Questions about contracts: rows, what a programme owes, who may be drawn up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import F, QuerySet, Sum

from didaskaleio.delivery.enums import SessionState
from didaskaleio.delivery.models import TrainingSession
from didaskaleio.finance.enums import STANDING, ContractKind, TemplateState
from didaskaleio.finance.models import Contract, ContractTemplate
from didaskaleio.kernel import access
from didaskaleio.kernel.access import Actor
from didaskaleio.people.models import Person
from didaskaleio.programmes.enums import ProgrammeState
from didaskaleio.programmes.models import Programme, TrainingPeriod
from didaskaleio.structures.models import TrainingCentre

RELATIONS = (
    "payee__person",
    "payee__centre",
    "payee__body",
    "body",
    "template",
    "action__project",
    "programme__centre",
    "programme__period",
    "document__file",
    "case__file",
    "amends",
)
# approved, or later in its life: its staff is settled
SETTLED = (
    ProgrammeState.APPROVED,
    ProgrammeState.OPEN,
    ProgrammeState.DRAWN,
    ProgrammeState.VIABLE,
    ProgrammeState.FILLING,
    ProgrammeState.ENROLLING,
    ProgrammeState.RUNNING,
    ProgrammeState.SUSPENDED,
    ProgrammeState.COMPLETED,
    ProgrammeState.DOCUMENTED,
)
OF_PROGRAMMES = (ContractKind.TRAINER, ContractKind.CENTRE, ContractKind.STAFF)


@dataclass(frozen=True)
class Work:
    """Work that a programme gives (έργο προγράμματος) and that needs a contract."""

    programme: Programme
    kind: ContractKind
    person: Person | None
    centre: TrainingCentre | None
    duties: str
    hours: int | None
    contract: Contract | None = None

    @property
    def name(self) -> str:
        return str(self.person or self.centre)

    @property
    def key(self) -> tuple[int, str, int | None, int | None]:
        person = self.person.pk if self.person else None
        centre = self.centre.pk if self.centre else None
        return self.programme.pk, self.kind, person, centre


def contracts() -> QuerySet[Contract]:
    """Contracts with all that their page shows, the newest first."""
    return Contract.objects.select_related(*RELATIONS).order_by("-pk")


def programmes() -> QuerySet[Programme]:
    """Programmes whose staff is settled."""
    rows = Programme.objects.filter(state__in=SETTLED)
    return rows.select_related(
        "trainer", "centre", "category", "cluster", "period__action__body"
    ).prefetch_related("staff__person")


def works(rows: Iterable[Programme], kinds: Sequence[ContractKind] = OF_PROGRAMMES) -> list[Work]:
    """The work of each programme, with the standing contract where there is one."""
    programmes = list(rows)
    instead = _substitutes(programmes)
    every = [each for row in programmes for each in (*_works(row), *instead[row.pk])]
    found = [each for each in every if each.kind in kinds]
    held = _standing([each.programme.pk for each in found])
    return [
        Work(
            each.programme,
            each.kind,
            each.person,
            each.centre,
            each.duties,
            each.hours,
            held.get(each.key),
        )
        for each in found
    ]


def _works(programme: Programme) -> list[Work]:
    hours = programme_hours(programme)
    made = []
    if programme.trainer:
        duties = f"Διδασκαλία {hours} ωρών στο πρόγραμμα {programme.code}"
        made.append(Work(programme, ContractKind.TRAINER, programme.trainer, None, duties, hours))
    duties = f"Φιλοξενία και υποστήριξη του προγράμματος {programme.code}"
    made.append(Work(programme, ContractKind.CENTRE, None, programme.centre, duties, None))
    roles: dict[Person, list[str]] = {}
    for member in programme.staff.all():
        roles.setdefault(member.person, []).append(member.get_role_display())
    for person, held in roles.items():
        duties = f"{', '.join(held)} στο πρόγραμμα {programme.code}"
        made.append(Work(programme, ContractKind.STAFF, person, None, duties, None))
    return made


def _substitutes(programmes: Sequence[Programme]) -> dict[int, list[Work]]:
    """Who teaches meetings of a programme instead of its trainer, with the hours of those."""
    by_pk = {row.pk: row for row in programmes}
    taught = TrainingSession.objects.filter(programme__in=by_pk, trainer__isnull=False)
    others = taught.exclude(trainer=F("programme__trainer")).exclude(state=SessionState.CANCELLED)
    rows = others.order_by().values_list("programme", "trainer")
    summed = list(rows.annotate(hours=Sum(F("hours") + F("async_hours"))))
    people = Person.objects.in_bulk([trainer for _, trainer, _ in summed])
    found: dict[int, list[Work]] = defaultdict(list)
    for pk, trainer, hours in summed:
        duties = f"Διδασκαλία {hours} ωρών στο πρόγραμμα {by_pk[pk].code}, σε αντικατάσταση"
        work = Work(by_pk[pk], ContractKind.TRAINER, people[trainer], None, duties, hours)
        found[pk].append(work)
    return found


def programme_hours(programme: Programme) -> int:
    """The hours that the category of a programme gives a trainer."""
    of = programme.category
    lessons = of.face_to_face + of.synchronous
    taught = lessons * of.session_hours + of.support * of.support_hours
    return taught + lessons * of.async_hours_per_session


def _standing(ids: list[int]) -> dict[tuple[int, str, int | None, int | None], Contract]:
    rows = Contract.objects.filter(programme__in=ids, state__in=STANDING)
    return {
        (row.programme_id or 0, row.kind, row.payee.person_id, row.payee.centre_id): row
        for row in rows.select_related("payee")
    }


def in_use(body_id: int) -> dict[str, ContractTemplate]:
    """The template in use of each kind."""
    rows = ContractTemplate.objects.filter(body_id=body_id, state=TemplateState.PUBLISHED)
    return {row.kind: row for row in rows}


def periods(actor: Actor) -> QuerySet[TrainingPeriod]:
    """Periods of the bodies whose accounts the actor keeps, the latest first."""
    rows = TrainingPeriod.objects.select_related("action__body").order_by("-first_day", "pk")
    return access.visible(actor, "period.contracts", rows)
