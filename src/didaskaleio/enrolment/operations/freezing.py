"""The freeze (πάγωμα): eligibility settled at the deadline, the bytes kept (SPEC-draw §1.3)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import connection

from didaskaleio.enrolment import draw as draws
from didaskaleio.enrolment import eligibility, rules
from didaskaleio.enrolment.enums import ApplicationState
from didaskaleio.enrolment.lifecycle import DRAW
from didaskaleio.enrolment.models import Draw, IssuedNumber, ParticipationApplication
from didaskaleio.enrolment.queries import facts
from didaskaleio.kernel import jobs, journal
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.errors import StepRefusedError
from didaskaleio.programmes.enums import ProgrammeState
from didaskaleio.programmes.lifecycle import PERIOD
from didaskaleio.programmes.models import Programme, TrainingPeriod

BATCH = 2_000
SUBMITTED = ApplicationState.SUBMITTED


@PERIOD.performs("freeze")
def freeze(period: TrainingPeriod, *, actor: Actor, at: datetime) -> None:
    """Πάγωμα στην προθεσμία: eligibility settled, bytes kept, hash published (SPEC-draw §1.3)."""
    draw = Draw.objects.filter(period=period).first()
    if draw is None:
        raise StepRefusedError(
            "Η περίοδος ανακοινώθηκε χωρίς δέσμευση μυστικού: η λίστα της δεν παγώνει.",
            code="no_commitment",
        )
    freeze_list(draw, actor=actor, at=at)


@DRAW.performs("freeze", locks=("period",))
def freeze_list(draw: Draw, *, actor: Actor, at: datetime) -> None:
    """Παγωμένη λίστα: the canonical bytes of SPEC-draw §2, kept as they are."""
    period = draw.period
    _settle_eligibility(period, at)
    draw.frozen = frozen_bytes(period)
    draw.freeze_hash = draws.freeze_hash(draw.frozen)
    draw.frozen_at = at
    last = IssuedNumber.objects.filter(period=period).order_by("-position").first()
    draw.final_head = last.head if last else rules.FIRST_HEAD
    draw.final_count = last.position if last else 0
    draw.save()
    journal.write(
        draw,
        "Δημοσιεύθηκε το αποτύπωμα της λίστας",
        actor=actor,
        at=at,
        freeze=draw.freeze_hash,
        head=draw.final_head,
        count=draw.final_count,
    )
    jobs.enqueue("enrolment.tell_frozen", draw_id=draw.pk)


def frozen_bytes(period: TrainingPeriod) -> bytes:
    """The canonical object of the applications that are in the draw."""
    categories = period.action.categories.order_by("order").values_list("code", flat=True)
    programmes = Programme.objects.filter(period=period, state=ProgrammeState.OPEN)
    rows = programmes.order_by("code").values_list("code", "category__code", "capacity", "minimum")
    known = [draws.Programme(*row) for row in rows]
    codes = {programme.id for programme in known}
    applications = ParticipationApplication.objects.filter(period=period, in_draw=True)
    listed = applications.order_by("number").values_list("number", "submission__preferences")
    return draws.canonical(
        period.code,
        list(categories),
        known,
        (
            (number, [code for code in preferences if code in codes])
            for number, preferences in listed.iterator(chunk_size=5_000)
        ),
    )


def _settle_eligibility(period: TrainingPeriod, at: datetime) -> None:
    """Every submitted application is in the draw or excluded with a reason; in batches."""
    about = facts.period_facts(period, at)
    rows = ParticipationApplication.objects.filter(period=period, state=SUBMITTED)
    ids = list(rows.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), BATCH):
        _settle_batch(period, about, ids[start : start + BATCH])


def _settle_batch(
    period: TrainingPeriod, about: eligibility.PeriodFacts, ids: Sequence[int]
) -> None:
    rows = list(ParticipationApplication.objects.filter(pk__in=ids).select_related("cluster"))
    known = facts.person_facts(
        [row.person_id for row in rows], period, {row.person_id: row.cluster for row in rows}
    )
    unknown = eligibility.PersonFacts(specialty="–")
    excluded: list[tuple[int, str]] = []
    for row in rows:
        broken = eligibility.forbidding(
            eligibility.general(known.get(row.person_id, unknown), about)
        )
        if broken:
            excluded.append((row.pk, f"{broken[0].sentence} ({broken[0].article})"))
    _write_settled([row.pk for row in rows], excluded)


def _write_settled(ids: list[int], excluded: list[tuple[int, str]]) -> None:
    out = {pk for pk, _ in excluded}
    inside = [pk for pk in ids if pk not in out]
    ParticipationApplication.objects.filter(pk__in=inside).update(in_draw=True, excluded_reason="")
    if excluded:
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE enrolment_participationapplication a SET excluded_reason = x.reason, "
                "in_draw = false FROM unnest(%s::bigint[], %s::text[]) AS x(id, reason) "
                "WHERE a.id = x.id",
                [[pk for pk, _ in excluded], [reason for _, reason in excluded]],
            )
