"""Jobs of registers: receipts, confirmations of withdrawal, reminders before the deadline."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse

from didaskaleio.kernel import documents as kernel_documents
from didaskaleio.kernel import greek, jobs, lifecycle
from didaskaleio.kernel import notices as kernel_notices
from didaskaleio.kernel.access import SYSTEM
from didaskaleio.kernel.forms.answers import shown
from didaskaleio.kernel.models import Work
from didaskaleio.kernel.notices import Message
from didaskaleio.people.models import Person
from didaskaleio.people.queries import actor_of
from didaskaleio.registers import assessments, documents, notices, operations
from didaskaleio.registers.enums import CallState, CandidacyState
from didaskaleio.registers.models import (
    AssessmentPlan,
    Call,
    Candidacy,
    Objection,
    Offer,
    RankingList,
    RankingRow,
    Submission,
)

PART = 100  # entries of one transaction
ASSESSORS_BEFORE = timedelta(days=2)
REMIND = ((24, 72), (0, 24))  # hours that are left: more than the first, at most the second


@jobs.job("registers.receipt", queue="documents")
def receipt(submission_id: int) -> None:
    """Typeset the numbered receipt of one submission and tell the person, once."""
    with transaction.atomic():
        row = kernel_documents.receive(
            Submission.objects.all(), submission_id, documents.RECEIPT, actor=SYSTEM
        )
        if row is not None:
            _tell_submitted(row)


def _tell_submitted(row: Submission) -> None:
    candidacy = row.candidacy
    call = candidacy.call
    until = greek.long_moment(call.closes_at) if call.closes_at else ""
    text = (
        f"Απόδειξη {row.receipt_number}, {greek.long_moment(row.at)}. Κωδικός υποψηφιότητας "
        f"{candidacy.code}. Μόρια που δηλώθηκαν: {shown(row.total)}. Αλλάζετε ό,τι θέλετε έως "
        f"{until}· ισχύει πάντα η τελευταία έκδοση που υποβάλατε."
    )
    url = reverse("registers:receipt", args=[candidacy.pk, row.version])
    title = f"Υποβλήθηκε η υποψηφιότητά σας: {call.title}"
    message = Message(candidacy.person_id, title, text, f"submission-{row.pk}", url)
    kernel_notices.send(notices.SUBMITTED, [message], at=row.at)


@jobs.job("registers.tell_withdrawn", queue="default")
def tell_withdrawn(candidacy_id: int, at: str) -> None:
    """Confirm a withdrawal to the person."""
    row = Candidacy.objects.select_related("call").get(pk=candidacy_id)
    moment = datetime.fromisoformat(at)
    text = (
        f"Η υποψηφιότητα με κωδικό {row.code} αποσύρθηκε {greek.long_moment(moment)}. Όσο η "
        "πρόσκληση είναι ανοιχτή, μπορείτε να τη συνεχίσετε και να υποβάλετε ξανά."
    )
    url = reverse("registers:candidacy", args=[row.pk])
    news = f"withdrawn-{row.pk}-{at}"
    message = Message(row.person_id, f"Αποσύρθηκε: {row.call.title}", text, news, url)
    kernel_notices.send(notices.WITHDRAWN, [message], at=moment)


@jobs.job("registers.announce")
def announce(act: int, work: int, told: int, after: int) -> None:
    """Tell the next of those whom an announced act concerns."""
    operations.announce_chunk(act, work, told=told, after=after)


@jobs.job("registers.objection_receipt", queue="documents")
def objection_receipt(objection_id: int) -> None:
    """Typeset the numbered receipt of an objection and tell the person, once."""
    with transaction.atomic():
        row = kernel_documents.receive(
            Objection.objects.all(), objection_id, documents.OBJECTION_RECEIPT, actor=SYSTEM
        )
        if row is not None:
            text = f"Απόδειξη {row.receipt_number}, {greek.long_moment(row.at)}."
            url = reverse("registers:objection", args=[row.pk])
            title = f"Υποβλήθηκε η ένστασή σας: {row.call.title}"
            message = Message(row.candidacy.person_id, title, text, f"objection-{row.pk}", url)
            kernel_notices.send(notices.OBJECTION, [message], at=row.at)


@jobs.job("registers.tell_list", queue="default")
def tell_list(list_id: int) -> None:
    """Tell each candidate of a published list how the own candidacy stands in it."""
    made = RankingList.objects.defer("table", "rules").select_related("call", "act").get(pk=list_id)
    told = ("list", "position", "points", "outcome", "candidacy__code", "candidacy__person")
    rows = made.rows.select_related("candidacy").only(*told).iterator(chunk_size=2_000)
    news = (_standing(made, row) for row in rows)
    kernel_notices.send(notices.RANKED, news, at=made.at)


def _standing(made: RankingList, row: RankingRow) -> Message:
    place = f"Θέση {row.position}, μόρια {row.shown_points}" if row.position else ""
    lines = [
        f"Πράξη {made.act.number}. Κωδικός υποψηφιότητας {row.candidacy.code}.",
        f"{place or row.get_outcome_display()}.",
    ]
    if made.objections_until:
        lines.append(f"Ένσταση έως {greek.long_moment(made.objections_until)}.")
    url = reverse("registers:standing", args=[row.pk])
    person, news = row.candidacy.person_id, f"list-{made.pk}"
    return Message(person, str(made), "\n".join(lines), news, url)


@jobs.job("registers.enter_selected")
def enter_selected(work: int, call_id: int, at: str, after: int = 0, refused: str = "") -> None:
    """Enter the next selected into the register and leave the rest to the next job.

    Repeating a job enters nobody twice: who was entered already is passed over.
    """
    row = Work.objects.filter(pk=work).exclude(state=Work.State.DONE).first()
    if row is None:
        return
    moment = datetime.fromisoformat(at)
    actor = actor_of(Person.objects.get(pk=row.owner_id), at=moment)
    call = Call.objects.select_related("register").get(pk=call_id)
    with transaction.atomic():
        done = operations.enter_selected(call, after=after, most=PART, actor=actor, at=moment)
        jobs.advance(work, done.many - len(done.refused))
        told = "\n".join(filter(None, [refused, *done.refused]))
        if done.many == PART:
            following = {"work": work, "call_id": call_id, "at": at}
            jobs.enqueue("registers.enter_selected", **following, after=done.line, refused=told)
        else:
            _entered(work, told)


def _entered(work: int, refused: str) -> None:
    row = Work.objects.get(pk=work)
    words = f"Νέα μέλη: {greek.number(row.done)}."
    if refused:
        words += f" Δεν εντάχθηκαν:\n{refused}"
    jobs.finish(work, words, failed=bool(refused) and not row.done)


@jobs.job("registers.offer_receipt", queue="documents")
def offer_receipt(offer_id: int) -> None:
    """Typeset the numbered receipt of an offer and tell the centre, once."""
    with transaction.atomic():
        row = kernel_documents.receive(
            Offer.objects.exclude(at=None), offer_id, documents.OFFER_RECEIPT, actor=SYSTEM
        )
        if row is not None and row.at is not None:
            text = (
                f"Απόδειξη {row.receipt_number}, {greek.long_moment(row.at)}. Η προσφορά μένει "
                "σφραγισμένη ως την αποσφράγιση."
            )
            operations.tell(row, "Υποβλήθηκε η προσφορά σας", text, row.at)


@lifecycle.chore("registers.remind")
def remind(at: datetime) -> int:
    """Υπενθύμιση: who has begun and not submitted is told 72 and 24 hours before the deadline."""
    return sum(_remind(least, most, at) for least, most in REMIND)


@lifecycle.chore("registers.centres")
def remind_centres(at: datetime) -> int:
    """Υπενθύμιση: approvals of training centres that end soon."""
    return operations.remind_ends(at)


def _remind(least: int, most: int, at: datetime) -> int:
    rows = Candidacy.objects.filter(
        state=CandidacyState.DRAFT,
        call__state=CallState.PUBLISHED,
        call__closes_at__gt=at + timedelta(hours=least),
        call__closes_at__lte=at + timedelta(hours=most),
    ).select_related("call")
    found = [_reminder(row, most) for row in rows]
    return kernel_notices.send(notices.REMINDER, found, at=at) if found else 0


def _reminder(row: Candidacy, hours: int) -> Message:
    until = greek.long_moment(row.call.closes_at) if row.call.closes_at else ""
    return Message(
        row.person_id,
        f"Δεν έχετε υποβάλει: {row.call.title}",
        f"Η υποβολή λήγει {until}. Το πρόχειρό σας δεν μετρά ώσπου να το υποβάλετε.",
        f"remind-{row.pk}-{hours}-{until}",
        reverse("registers:answers", args=[row.pk]),
    )


@lifecycle.chore("registers.remind_assessors")
def remind_assessors(at: datetime) -> int:
    """Υπενθύμιση αξιολογητών: who owes assessments is told two days before their deadline."""
    plans = AssessmentPlan.objects.filter(
        call__state=CallState.ASSESSING, due_at__gt=at, due_at__lte=at + ASSESSORS_BEFORE
    )
    return sum(_remind_assessors(plan, at) for plan in plans.select_related("call"))


def _remind_assessors(plan: AssessmentPlan, at: datetime) -> int:
    found = [
        operations.reminder(plan.call, one.person.pk, one.left, plan.due_at.isoformat())
        for one in assessments.progress(plan.call, at)
        if one.left
    ]
    return kernel_notices.send(notices.LATE, found, at=at) if found else 0
