"""Jobs of room enrolment, first half: receipts, published heads, what applicants are told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet
from django.urls import reverse

from didaskaleio.enrolment import documents, notices, rules
from didaskaleio.enrolment.enums import ApplicationState
from didaskaleio.enrolment.models import Draw, ParticipationApplication, Submission
from didaskaleio.enrolment.operations import filling, lists, offers
from didaskaleio.kernel import clock, greek, jobs, lifecycle
from didaskaleio.kernel import documents as kernel_documents
from didaskaleio.kernel import notices as kernel_notices
from didaskaleio.kernel.access import SYSTEM
from didaskaleio.kernel.notices import Kind, Message
from didaskaleio.programmes.models import PeriodAct, Programme, TrainingPeriod

BATCH = 2_000
HEADS = """
INSERT INTO enrolment_publishedhead (period_id, at, head, count)
SELECT p.id, full_hour.at, coalesce(i.head, %(first)s), coalesce(i.position, 0)
FROM programmes_trainingperiod p
JOIN enrolment_draw d ON d.period_id = p.id
CROSS JOIN LATERAL generate_series(
    date_trunc('hour', p.phase_a_opens), least(%(at)s, p.phase_a_closes), interval '1 hour'
) AS full_hour(at)
LEFT JOIN LATERAL (
    SELECT head, position FROM enrolment_issuednumber n
    WHERE n.period_id = p.id AND n.at <= full_hour.at ORDER BY position DESC LIMIT 1
) i ON true
WHERE p.state IN ('phase_a', 'frozen') AND full_hour.at >= p.phase_a_opens
AND full_hour.at > coalesce(
    (SELECT max(h.at) FROM enrolment_publishedhead h WHERE h.period_id = p.id), '-infinity'
)
ON CONFLICT (period_id, at) DO NOTHING
"""


@lifecycle.chore("enrolment.heads")
def publish_heads(at: datetime) -> int:
    """Δημοσίευση κεφαλής: head and count for every full hour passed by ``at`` (SPEC-draw §1.2).

    Repeating is harmless; hours that nobody published are caught up. Returns how many were new.
    """
    with connection.cursor() as cursor:
        cursor.execute(HEADS, {"at": at, "first": rules.FIRST_HEAD})
        return int(cursor.rowcount)


@jobs.job("enrolment.offer_places", queue="default")
def offer_places(programme_id: int) -> None:
    """Offer the freed places of a viable programme to its waiting list."""
    lists.offer_places(programme_id, at=clock.now())


@jobs.job("enrolment.tell_viable", queue="default")
def tell_viable(programme_id: int) -> None:
    """Tell the people of a programme that it will run."""
    rows = Programme.objects.select_related("cluster", "centre")
    filling.tell_viable(rows.get(pk=programme_id))


@jobs.job("enrolment.offer_iib", queue="default")
def offer_iib(period_id: int) -> None:
    """Offer free ΙΙb places to people of cancelled programmes, where the action says so."""
    offers.offer_iib(period_id, at=clock.now())


@jobs.job("enrolment.tell_phase_b", queue="default")
def tell_phase_b(period_id: int) -> None:
    """Tell whoever has no place that phase B is open and until when."""
    period = TrainingPeriod.objects.get(pk=period_id)
    rows = ParticipationApplication.objects.filter(period=period, state__in=lists.WITHOUT_PLACE)
    until = greek.long_moment(period.phase_b_closes)
    tell_all(
        notices.PHASE_B_OPEN,
        rows,
        lambda row: Message(
            row.person_id,
            "Άνοιξε η Β΄ φάση",
            f"Έως {until} μπορείτε να ζητήσετε θέση σε προγράμματα που συμπληρώνονται.",
            f"phase-b-{period.pk}",
            reverse("enrolment:phase-b", args=[period.code]),
        ),
        period.phase_b_opens,
    )


@jobs.job("enrolment.tell_enrolment", queue="default")
def tell_enrolment(period_id: int) -> None:
    """Ask whoever holds a place to confirm it in time."""
    period = TrainingPeriod.objects.get(pk=period_id)
    rows = ParticipationApplication.objects.filter(
        period=period, state=ApplicationState.PLACED, confirm_by__isnull=False
    )
    until = greek.long_moment(period.enrolment_closes)
    tell_all(
        notices.ENROLMENT_OPEN,
        rows,
        lambda row: Message(
            row.person_id,
            "Επιβεβαιώστε τη θέση σας",
            f"Επιβεβαιώστε τη θέση σας έως {until}. Διαφορετικά δίνεται στον επόμενο της λίστας.",
            f"enrolment-{period.pk}",
            reverse("enrolment:application"),
        ),
        clock.now(),
    )


@jobs.job("enrolment.receipt", queue="documents")
def receipt(submission_id: int) -> None:
    """Typeset the numbered receipt of one submission and tell the applicant, once."""
    with transaction.atomic():
        row = kernel_documents.receive(
            Submission.objects.all(), submission_id, documents.RECEIPT, actor=SYSTEM
        )
        if row is None:
            return
        application = row.application
        period = application.period
        _tell_one(
            notices.SUBMITTED,
            application,
            f"Υποβλήθηκε η αίτησή σας: αριθμός κλήρωσης {_shown(application.number)}",
            f"Απόδειξη {row.receipt_number}, {greek.long_moment(row.at)}. "
            f"{greek.count(len(row.preferences), 'προτίμηση', 'προτιμήσεις')}. "
            f"Αλλάζετε τη σειρά έως {greek.long_moment(period.phase_a_closes)}· ισχύει πάντα η "
            f"τελευταία έκδοση που υποβάλατε. Κεφαλή αλυσίδας μετά από "
            f"{greek.count(row.head_count, 'αριθμό', 'αριθμούς')}: {row.head}.",
            f"v{row.version}",
            row.at,
        )


@jobs.job("enrolment.tell_withdrawn", queue="default")
def tell_withdrawn(application_id: int, at: str) -> None:
    """Confirm a withdrawal to the applicant."""
    application = ParticipationApplication.objects.get(pk=application_id)
    late = (
        " Η λίστα είχε ήδη παγώσει: ο αριθμός σας κληρώνεται όπως πάγωσε και η θέση, αν βγει, "
        "ελευθερώνεται αμέσως μετά."
        if application.in_draw and application.rank is None
        else ""
    )
    moment = datetime.fromisoformat(at)
    _tell_one(
        notices.WITHDRAWN,
        application,
        "Αποσύρθηκε η αίτησή σας",
        f"Η αίτηση με αριθμό {_shown(application.number)} αποσύρθηκε "
        f"{greek.long_moment(moment)}.{late}",
        "withdrawn",
        moment,
    )


@jobs.job("enrolment.tell_extended", queue="default")
def tell_extended(act_id: int) -> None:
    """Tell everybody with an application, drafts too, about an extension or a reopening."""
    act = PeriodAct.objects.select_related("period").get(pk=act_id)
    rows = ParticipationApplication.objects.filter(period=act.period).exclude(
        state=ApplicationState.WITHDRAWN
    )
    url = reverse("enrolment:draw", args=[act.period.code])
    tell_all(
        notices.EXTENDED,
        rows,
        lambda row: Message(
            row.person_id,
            f"{act.get_kind_display()} της υποβολής αιτήσεων",
            f"{act.text} Αιτιολογία: {act.reason} (πράξη {act.number})",
            f"act-{act.pk}",
            url,
        ),
        act.at,
    )


@jobs.job("enrolment.tell_frozen", queue="default")
def tell_frozen(draw_id: int) -> None:
    """Mail the hash of the frozen list to every applicant; those left out also learn why."""
    draw = Draw.objects.select_related("period").get(pk=draw_id)
    if draw.frozen_at is None:
        return
    rows = ParticipationApplication.objects.filter(period=draw.period).exclude(number="")
    url = reverse("enrolment:draw", args=[draw.period.code])
    once = f"{draw.pk}-{draw.freeze_hash[:16]}"
    text = (
        f"Η λίστα των αιτήσεων πάγωσε {greek.long_moment(draw.frozen_at)}. Αποτύπωμα: "
        f"{draw.freeze_hash}. Τελική κεφαλή μετά από {draw.final_count} αριθμούς: "
        f"{draw.final_head}. Η δημόσια τύχη γίνεται γνωστή {greek.long_moment(draw.beacon_at)}: "
        f"{draw.beacon_source}."
    )
    tell_all(
        notices.FROZEN,
        rows,
        lambda row: Message(row.person_id, "Πάγωσε η λίστα των αιτήσεων", text, once, url),
        draw.frozen_at,
    )
    tell_all(
        notices.INELIGIBLE,
        rows.exclude(excluded_reason=""),
        lambda row: Message(
            row.person_id,
            "Η αίτησή σας δεν μπήκε στην κλήρωση",
            f"Αριθμός {_shown(row.number)}. {row.excluded_reason} "
            "Αν τα στοιχεία δεν είναι σωστά, ζητήστε διόρθωση στο MySchool και γράψτε στον "
            "φορέα υλοποίησης.",
            once,
            reverse("enrolment:application"),
        ),
        draw.frozen_at,
    )


@jobs.job("enrolment.tell_drawn", queue="default")
def tell_drawn(draw_id: int) -> None:
    """Tell everybody who was drawn their rank and what they obtained."""
    draw = Draw.objects.select_related("period").get(pk=draw_id)
    if draw.published_at is None:
        return
    rows = ParticipationApplication.objects.filter(period=draw.period, rank__isnull=False)
    total = draw.figures.get("applications", 0)
    url = reverse("enrolment:draw", args=[draw.period.code])
    tell_all(
        notices.DRAWN,
        rows.select_related("programme__cluster", "programme__centre"),
        lambda row: _result(row, total, draw.pk, url),
        draw.published_at,
    )


def _result(row: ParticipationApplication, total: int, draw_id: int, url: str) -> Message:
    rank = f"Σειρά {greek.number(row.rank or 0)} από {greek.number(total)}."
    if row.programme is not None:
        title = f"Πήρατε θέση στην κλήρωση: {row.programme.code}"
        text = f"{rank} Πρόγραμμα {row.programme}."
    else:
        title = "Το αποτέλεσμα της κλήρωσης: χωρίς θέση προς το παρόν"
        text = (
            f"{rank} Μένετε στις λίστες των προγραμμάτων που δηλώσατε και μπορείτε να ζητήσετε "
            "θέση στη Β΄ φάση."
        )
    return Message(row.person_id, title, text, f"draw-{draw_id}", f"{url}?number={row.number}")


def _tell_one(
    kind: Kind,
    application: ParticipationApplication,
    title: str,
    text: str,
    once: str,
    at: datetime,
) -> None:
    message = Message(
        application.person_id,
        title,
        text,
        f"{application.pk}-{once}",
        reverse("enrolment:application"),
    )
    kernel_notices.send(kind, [message], at=at)


def tell_all(
    kind: Kind, rows: QuerySet[Any], message: Callable[[Any], Message], at: datetime
) -> None:
    """Send each row's message, a batch at a time: the rows may be as many as the teachers."""
    batch: list[Message] = []
    for row in rows.order_by("pk").iterator(chunk_size=BATCH):
        batch.append(message(row))
        if len(batch) == BATCH:
            kernel_notices.send(kind, batch, at=at)
            batch = []
    if batch:
        kernel_notices.send(kind, batch, at=at)


def _shown(number: str) -> str:
    return f"{number[:4]} {number[4:]}"
