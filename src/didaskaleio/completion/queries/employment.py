"""Work in class (απασχόληση): the hours of trainers and staff on signed sheets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from didaskaleio.completion.enums import EmploymentState
from didaskaleio.completion.models import EmploymentAttestation
from didaskaleio.completion.queries.standing import FINISHED
from didaskaleio.completion.queries.tallies import ASYNCHRONOUS, HERE
from didaskaleio.delivery import queries as delivery
from didaskaleio.delivery.enums import Attendee
from didaskaleio.delivery.models import Attendance
from didaskaleio.programmes.enums import SlotKind
from didaskaleio.programmes.models import Programme

STANDING = (EmploymentState.REQUESTED, EmploymentState.ISSUED)
KIND_LABELS = {str(kind.value): str(kind.label) for kind in SlotKind} | {
    ASYNCHRONOUS: "Ασύγχρονη καθοδήγηση"
}


@dataclass(frozen=True)
class Line:
    """Hours of one role and kind (γραμμή ωρών): whole teaching hours, and of how many sessions."""

    role: str
    kind: str
    sessions: int
    hours: int

    @property
    def role_label(self) -> str:
        return str(Attendee(self.role).label)

    @property
    def kind_label(self) -> str:
        return KIND_LABELS[self.kind]


@dataclass(frozen=True)
class Worked:
    """What one person did in one programme, and the attestation that stands for it."""

    programme: Programme
    lines: tuple[Line, ...]
    attestation: EmploymentAttestation | None

    @property
    def hours(self) -> int:
        return sum(line.hours for line in self.lines)

    @property
    def finished(self) -> bool:
        return self.programme.state in FINISHED

    @property
    def may_ask(self) -> bool:
        """The programme is over, nothing is asked for and nothing stands."""
        standing = self.attestation is not None and self.attestation.state in STANDING
        return self.finished and not standing


def work_of(programme: Programme, person_id: int, at: datetime) -> tuple[Line, ...]:
    """The hours of a person in a programme by role and kind, from its signed sheets."""
    found = _lines(_signed(person_id, at).filter(session__programme=programme))
    return found.get(programme.pk, ())


def worked_by(person_id: int, at: datetime) -> list[Worked]:
    """Every programme in which a person has hours, the latest first; four queries."""
    by_programme = _lines(_signed(person_id, at))
    programmes = Programme.objects.filter(pk__in=by_programme).select_related(
        "centre", "cluster", "period__action__body"
    )
    latest = {
        row.programme_id: row
        for row in employments().filter(person_id=person_id).order_by("at", "pk")
    }
    return [
        Worked(found, by_programme[found.pk], latest.get(found.pk))
        for found in programmes.order_by("-period__first_day", "code")
    ]


def employments() -> QuerySet[EmploymentAttestation]:
    """All employment attestations with what a row of a list shows."""
    return EmploymentAttestation.objects.select_related(
        "person",
        "programme__centre",
        "programme__period__action__body",
        "credential__document__file",
    )


def as_kept(lines: Iterable[Line]) -> list[dict[str, Any]]:
    """The lines as an attestation keeps them."""
    return [asdict(line) for line in lines]


def kept(attestation: EmploymentAttestation, at: datetime) -> tuple[Line, ...]:
    """The lines of an attestation as they stood at its issue; as they stand now before it."""
    if attestation.credential_id is None:
        return work_of(attestation.programme, attestation.person_id, at)
    return tuple(Line(**line) for line in attestation.work)


def contradicted(attestation: EmploymentAttestation, at: datetime) -> bool:
    """Whether sheets were corrected so that the issued hours hold no more."""
    if attestation.credential_id is None:
        return False
    now = as_kept(work_of(attestation.programme, attestation.person_id, at))
    return bool(now != attestation.work)


def _signed(person_id: int, at: datetime) -> QuerySet[Any]:
    rows = Attendance.objects.filter(person_id=person_id, mark__in=HERE)
    return delivery.with_worked(rows, at)


def _lines(rows: QuerySet[Any]) -> dict[int, tuple[Line, ...]]:
    found = (
        rows.order_by()
        .values_list("session__programme_id", "attendee", "session__kind")
        .annotate(
            sessions=Count("pk"),
            hours=Sum("taught"),
            sessions_guided=Count("pk", filter=Q(guided__gt=0)),
            hours_guided=Sum("guided"),
        )
    )
    lines: dict[int, list[Line]] = defaultdict(list)
    for programme, *of_kind in found:
        lines[programme].extend(_of_kind(*of_kind))
    return {pk: tuple(_merged(each)) for pk, each in lines.items()}


def _of_kind(
    role: str, kind: str, sessions: int, hours: int, guided: int, asynchronous: int
) -> Iterator[Line]:
    yield Line(role, kind, sessions, hours)
    if asynchronous:
        yield Line(role, ASYNCHRONOUS, guided, asynchronous)


def _merged(lines: Iterable[Line]) -> list[Line]:
    """One line of each role and kind, in the order of the kinds."""
    totals: dict[tuple[str, str], tuple[int, int]] = {}
    for line in lines:
        sessions, hours = totals.get((line.role, line.kind), (0, 0))
        totals[line.role, line.kind] = sessions + line.sessions, hours + line.hours
    order = list(KIND_LABELS)
    found = [Line(role, kind, *sums) for (role, kind), sums in totals.items()]
    return sorted(found, key=lambda line: (line.role != Attendee.TRAINER, order.index(line.kind)))
