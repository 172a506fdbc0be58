"""Actions, regulations, periods, programmes: valid rows with the dates of the 2nd Β2 period."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from itertools import count

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from didaskaleio.kernel.calendar import ATHENS
from didaskaleio.kernel.models import Space
from didaskaleio.programmes.enums import LIVE_STATES, SlotKind, StaffRole
from didaskaleio.programmes.models import (
    Programme,
    ProgrammeCategory,
    ProgrammeStaff,
    Quota,
    Regulation,
    RegulationAcceptance,
    Slot,
    TrainingAction,
    TrainingPeriod,
)
from didaskaleio.programmes.spaces import ACTION_NEEDS
from didaskaleio.structures.models import Cluster, ClusterScheme
from tests.factories import people, structures
from tests.factories.courses import a_course

_serial = count(1)
F, S, U = SlotKind.FACE_TO_FACE, SlotKind.SYNCHRONOUS, SlotKind.SUPPORT
# days after the first Monday, and what is held: no holiday of spring 2023, 15 teaching weeks
PLAN_IIA = (
    (0, F), (2, S), (9, S), (16, S), (21, F), (23, U), (30, S), (51, S), (52, U), (59, F),
    (65, S), (72, S), (73, U), (79, S), (80, U), (86, S), (93, U), (98, F), (107, S), (114, U),
)  # fmt: skip
LENGTH = {F: 90, S: 90, U: 135}
DATES = {
    "announced_at": datetime(2022, 11, 28, 10, 0, tzinfo=ATHENS),
    "proposals_open": datetime(2022, 12, 1, 9, 0, tzinfo=ATHENS),
    "proposals_close": datetime(2022, 12, 23, 15, 0, tzinfo=ATHENS),
    "phase_a_opens": datetime(2023, 1, 9, 9, 0, tzinfo=ATHENS),
    "phase_a_closes": datetime(2023, 1, 20, 15, 0, tzinfo=ATHENS),
    "phase_b_opens": datetime(2023, 1, 25, 10, 0, tzinfo=ATHENS),
    "phase_b_closes": datetime(2023, 1, 27, 15, 0, tzinfo=ATHENS),
    "enrolment_opens": datetime(2023, 1, 30, 9, 0, tzinfo=ATHENS),
    "enrolment_closes": datetime(2023, 2, 8, 15, 0, tzinfo=ATHENS),
    "starts_at": datetime(2023, 3, 6, 8, 0, tzinfo=ATHENS),
    "first_day": date(2023, 3, 6),
    "last_day": date(2023, 7, 2),
}
DRAW_DAY = date(2023, 1, 23)
ARTICLES = (
    (1, "Αντικείμενο", "Το πλαίσιο ορίζει πώς γίνεται η επιμόρφωση και τι αναλαμβάνει ο καθένας."),
    (2, "Προϋποθέσεις Κ.Σ.Ε.", "Το κέντρο διαθέτει αίθουσα, προσωπικό και υπεύθυνο."),
    (3, "Ποιοι συμμετέχουν", "Όσοι διδάσκουν στην περίοδο, με πιστοποίηση Β1."),
    (4, "Συστάδες", "Κάθε πρόγραμμα αφορά τους κλάδους μίας συστάδας."),
    (5, "Εντοπιότητα", "Στην κατηγορία ΙΙa όλοι υπηρετούν στον νομό του κέντρου."),
    (6, "Κλήρωση", "Οι θέσεις της Α΄ φάσης δίνονται με δημόσια κλήρωση."),
    (7, "Β΄ φάση", "Οι κενές θέσεις δίνονται με σειρά χρόνου."),
    (8, "Απουσίες", "Οι απουσίες δεν ξεπερνούν το 10 % των ωρών."),
    (9, "Ολοκλήρωση", "Η βεβαίωση δίνεται σε όσους πληρούν τους όρους της δράσης."),
    (10, "Υποχρεώσεις", "Επιμορφωτές και κέντρα τηρούν το ωρολόγιο και τα παρουσιολόγια."),
    (11, "Προσωπικά δεδομένα", "Τα στοιχεία τηρούνται μόνο για την επιμόρφωση."),
)


def an_action(*, body=None, course=None, categories=True, ready=True, **facts) -> TrainingAction:
    """A training action of level Β2 with its two categories, in planning, its spaces open."""
    body = body or structures.a_body()
    course = course or a_course(body=body)
    facts.setdefault("code", f"b2-draseis-{next(_serial)}")
    facts.setdefault("title", "Επιμόρφωση Β2 επιπέδου Τ.Π.Ε.")
    facts.setdefault("state", "planning")
    facts.setdefault("target", 15_000)
    facts.setdefault("scheme", ClusterScheme.objects.get(level="B2", valid_until=None))
    action = TrainingAction.objects.create(body=body, course_version=course.current, **facts)
    if categories:
        the_categories(action)
    if ready:
        the_spaces(action)
    return action


def the_spaces(action) -> list[Space]:
    """Every space that an action needs, opened by nobody in particular."""
    return Space.objects.bulk_create(
        Space(
            subject=ACTION_NEEDS.label,
            subject_id=action.pk,
            need=need.name,
            state="opened",
            place="Δοκιμαστικός χώρος",
            at=DATES["announced_at"],
        )
        for need in ACTION_NEEDS.needs
    )


def the_categories(action) -> list[ProgrammeCategory]:
    """IIa (4 + 10 + 6, locality) and IIb (14 + 6)."""
    return ProgrammeCategory.objects.bulk_create(
        ProgrammeCategory(action=action, code=code, label=label, title=title, order=order, **mix)
        for order, (code, label, title, mix) in enumerate(
            (
                (
                    "IIa",
                    "ΙΙa",
                    "Με διά ζώσης συνεδρίες",
                    {"face_to_face": 4, "synchronous": 10, "support": 6, "locality": True},
                ),
                (
                    "IIb",
                    "ΙΙb",
                    "Αποκλειστικά εξ αποστάσεως",
                    {"face_to_face": 0, "synchronous": 14, "support": 6, "locality": False},
                ),
            ),
            start=1,
        )
    )


def a_regulation(action=None, *, published=True, version=1, **facts) -> Regulation:
    """A regulation with an article for each subject; published before the proposals."""
    moment = DATES["announced_at"] - timedelta(days=5)
    facts.setdefault("title", "Κανονιστικό Πλαίσιο επιμόρφωσης Β2")
    facts.setdefault("published_at", moment if published else None)
    return Regulation.objects.create(
        action=action or an_action(),
        version=version,
        articles=[{"number": n, "title": title, "text": text} for n, title, text in ARTICLES],
        **facts,
    )


def an_acceptance(regulation, person, capacity="applicant", *, centre=None, at=None):
    """Acceptance of the regulation: ``applicant``, ``trainer`` or ``centre``."""
    return RegulationAcceptance.objects.create(
        regulation=regulation,
        person=person,
        capacity=capacity,
        centre=centre,
        at=at or DATES["proposals_open"],
    )


def a_period(state="phase_a", *, action=None, regulation=True, **facts) -> TrainingPeriod:
    """The 2nd period of Β2, March to June 2023, in ``state``; its action has a regulation."""
    number = next(_serial)
    action = action or an_action()
    if regulation and not action.regulations.exists():
        a_regulation(action)
    facts.setdefault("code", f"B2-2023-{number}")
    facts.setdefault("title", "2η περίοδος επιμόρφωσης Β2, Μάρτιος – Ιούνιος 2023")
    return TrainingPeriod.objects.create(action=action, state=state, **DATES | facts)


def a_quota(period, kind, key, limit) -> Quota:
    """At most ``limit`` programmes of one cluster, prefecture or centre (by code)."""
    return Quota.objects.create(period=period, kind=kind, key=key, limit=limit)


def a_programme(
    state="open",
    *,
    period=None,
    centre=None,
    cluster="B2.3",
    category="IIa",
    trainer=None,
    slots=True,
    start=time(17, 30),
    **facts,
) -> Programme:
    """A programme of one class; live states hold trainer and room, as operations do."""
    period = period or a_period()
    centre = centre or structures.a_centre()
    code = facts.pop("code", None) or f"P{next(_serial):05}"
    programme = Programme.objects.create(
        period=period,
        code=code,
        centre=centre,
        category=period.action.categories.get(code=category),
        cluster=Cluster.objects.get(scheme_id=period.action.scheme_id, code=cluster),
        trainer=trainer or people.a_trainer((cluster,)),
        room=facts.pop("room", None) or centre.rooms.order_by("pk").first(),
        state=state,
        state_since=facts.pop("state_since", period.proposals_open + timedelta(days=7)),
        agreed_revision=facts.pop("agreed_revision", None if state == "draft" else 1),
        protocol=facts.pop("protocol", "" if state == "draft" else f"2022/{next(_serial):06}"),
        **facts,
    )
    ProgrammeStaff.objects.create(
        programme=programme, person=people.a_person(), role=StaffRole.TECHNICAL
    )
    if slots:
        the_slots(programme, start=start)
    return programme


def the_slots(programme, *, start=time(17, 30)) -> list[Slot]:
    """The twenty slots of the programme from the period's first Monday on."""
    live = programme.state in LIVE_STATES
    rows = [
        a_slot(programme, number, day, kind, start=start, live=live)
        for number, (day, kind) in enumerate(PLAN_IIA, start=1)
    ]
    return Slot.objects.bulk_create(rows)


def a_slot(programme, sequence, day, kind, *, start=time(17, 30), live=False) -> Slot:
    """An unsaved slot ``day`` days after the period's first day."""
    remote = programme.category.face_to_face == 0
    kind = S if remote and kind == F else kind
    on = programme.period.first_day + timedelta(days=day)
    begins = datetime.combine(on, start, tzinfo=ATHENS)
    ends = begins + timedelta(minutes=LENGTH[kind])
    return Slot(
        programme=programme,
        sequence=sequence,
        kind=kind,
        date=on,
        start=start,
        end=ends.time(),
        span=DateTimeTZRange(begins, ends),
        live=live,
        trainer=programme.trainer if live else None,
        room=programme.room if live and kind == F else None,
    )
