"""Printed forms (έντυπα) of room programmes: the card of a programme, the sheet of a period."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet, Sum

from didaskaleio.kernel import greek
from didaskaleio.kernel.printouts import Paper, Printout, Table, declare
from didaskaleio.programmes.models import Programme, TrainingPeriod
from didaskaleio.programmes.queries import APPROVED_STATES, with_relations
from didaskaleio.structures.queries import authority_lines, project_text


def paper_of(programme: Programme, at: datetime, **what: Any) -> Paper:
    """A paper of one programme: whose it is, which programme, the funded project's sentence."""
    action = programme.period.action
    return Paper(
        authority=(*authority_lines(action.body), programme.centre.name),
        under=f"{programme.code} {programme.cluster.title}, {programme.period.title}",
        cofunding=project_text(action.project_id, at),
        **what,
    )


def _card(programme: Programme, at: datetime) -> Paper:
    category, centre = programme.category, programme.centre
    slots = list(programme.slots.order_by("date", "start", "sequence"))
    span = greek.date_span(slots[0].date, slots[-1].date) if slots else "–"
    return paper_of(
        programme,
        at,
        fields=[
            ("Δράση", programme.period.action.title),
            ("Κατάσταση", programme.get_state_display()),
            ("Κατηγορία", f"{category.label}: {category.title}"),
            ("Κ.Σ.Ε.", f"{centre.name}, {centre.address or centre.town}"),
            ("Νομός, περιφέρεια", f"{centre.prefecture.name}, {centre.region.name}"),
            ("Αίθουσα", str(programme.room.name) if programme.room else "–"),
            ("Επιμορφωτής/τρια", programme.trainer.full_name if programme.trainer else "–"),
            ("Ομάδα", f"{programme.minimum}–{programme.capacity} άτομα"),
            ("Διάστημα", span),
            ("Αριθμός απόφασης", programme.protocol or "–"),
        ],
        tables=[_slots(slots)],
    )


def _slots(slots: list[Any]) -> Table:
    return Table(
        "Ωρολόγιο",
        ("Α/Α", "Ημέρα", "Ώρα", "Είδος"),
        [
            (
                str(n),
                greek.long_date(slot.date),
                f"{slot.start:%H:%M}–{slot.end:%H:%M}",
                slot.get_kind_display(),
            )
            for n, slot in enumerate(slots, start=1)
        ],
        ("auto", "1fr", "auto", "1fr"),
        right=(0,),
        nothing="Δεν έχει καταρτιστεί ωρολόγιο.",
    )


PHASES = (
    ("Προτάσεις των Κ.Σ.Ε.", "proposals_open", "proposals_close"),
    ("Αιτήσεις, Α΄ φάση", "phase_a_opens", "phase_a_closes"),
    ("Αιτήσεις, Β΄ φάση", "phase_b_opens", "phase_b_closes"),
    ("Εγγραφές", "enrolment_opens", "enrolment_closes"),
)


def _period(period: TrainingPeriod, at: datetime) -> Paper:
    action = period.action
    return Paper(
        authority=authority_lines(action.body),
        under=period.title,
        fields=[
            ("Δράση", action.title),
            ("Αντικείμενο", str(action.course_version)),
            ("Κατάσταση", period.get_state_display()),
            *((title, _span(period, first, last)) for title, first, last in PHASES),
            ("Μαθήματα", greek.date_span(period.first_day, period.last_day)),
        ],
        tables=[_by_region(period)],
        notes=["Μετρούν τα προγράμματα που εγκρίθηκαν και δεν ματαιώθηκαν."],
        cofunding=project_text(action.project_id, at),
    )


def _span(period: TrainingPeriod, first: str, last: str) -> str:
    return " – ".join(greek.long_moment(getattr(period, name)) for name in (first, last))


def _by_region(period: TrainingPeriod) -> Table:
    rows = (
        period.programmes.filter(state__in=APPROVED_STATES)
        .order_by()
        .values("centre__region__name")
        .annotate(n=Count("pk"), centres=Count("centre", distinct=True), seats=Sum("capacity"))
        .order_by("centre__region__name")
    )
    lines = [
        (row["centre__region__name"], *(greek.number(row[k]) for k in ("centres", "n", "seats")))
        for row in rows
    ]
    if lines:
        sums = (greek.number(sum(row[k] for row in rows)) for k in ("centres", "n", "seats"))
        lines.append(("Σύνολο", *sums))
    return Table(
        "Προγράμματα ανά περιφέρεια",
        ("Περιφέρεια", "Κ.Σ.Ε.", "Προγράμματα", "Θέσεις"),
        lines,
        ("1fr", "auto", "auto", "auto"),
        right=(1, 2, 3),
        nothing="Δεν έχει εγκριθεί κανένα πρόγραμμα.",
    )


def _periods() -> QuerySet[TrainingPeriod]:
    return TrainingPeriod.objects.select_related("action__body", "action__course_version__course")


declare(
    Printout(
        name="programmes.card",
        title="Καρτέλα προγράμματος",
        permission="programme.sheet",
        rows=lambda: with_relations(Programme.objects.all()),
        paper=_card,
        found="Από τη σελίδα του προγράμματος",
    )
)
declare(
    Printout(
        name="programmes.period",
        title="Δελτίο περιόδου",
        permission="period.read",
        rows=_periods,
        paper=_period,
        found="Από τη σελίδα της περιόδου",
    )
)
