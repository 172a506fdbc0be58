"""Notices of room programmes: what centre, trainer and officers are told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from didaskaleio.kernel.greek import count, long_moment
from didaskaleio.kernel.notices import Kind, Message, declare, send
from didaskaleio.people import queries as people
from didaskaleio.people.enums import Role, Scope
from didaskaleio.programmes.enums import AssignmentState, ProposalAnswer
from didaskaleio.programmes.models import (
    Programme,
    TimetableProposal,
    TrainingPeriod,
    WorkApplication,
    WorkAssignment,
    WorkCall,
    WorkSubmission,
)
from didaskaleio.programmes.queries import work_calls
from didaskaleio.programmes.queries.centres import managers_of_body

PROPOSAL = declare(Kind("programmes.proposal", "Η πορεία των προτάσεων προγραμμάτων"))
AGREEMENT = declare(Kind("programmes.agreement", "Συμφωνία επιμορφωτή/τριας με το ωρολόγιο"))

OPENING = declare(Kind("programmes.opening", "Άνοιγμα υποβολής προτάσεων προγραμμάτων"))


@dataclass(frozen=True)
class News:
    """What is told when a step is taken, and to whom."""

    kind: Kind
    title: str
    text: str
    centre: bool = True
    trainer: bool = True


NEWS = {
    "agree": News(
        AGREEMENT,
        "Συμφωνία για το {code}",
        "Η συμφωνία δόθηκε. Μπορείτε να υποβάλετε την πρόταση.",
        trainer=False,
    ),
    "agree_again": News(
        AGREEMENT,
        "Συμφωνία για το {code}",
        "Η συμφωνία δόθηκε. Μπορείτε να υποβάλετε ξανά την πρόταση.",
        trainer=False,
    ),
    "fail_checks": News(PROPOSAL, "Επιστράφηκε το {code}", "Ο έλεγχος βρήκε:\n{reason}"),
    "return_with_remarks": News(PROPOSAL, "Επιστράφηκε το {code}", "Παρατηρήσεις: {reason}"),
    "approve": News(PROPOSAL, "Εγκρίθηκε το {code}", "Το πρόγραμμα «{title}» εγκρίθηκε."),
    "reject": News(PROPOSAL, "Απορρίφθηκε το {code}", "Αιτιολογία: {reason}"),
}


def proposals_open(period: TrainingPeriod, *, at: datetime) -> int:
    """Tell the managers of all active centres of the body that proposals are open; set-based."""
    url = reverse("programmes:centre")
    text = (
        f"Η περίοδος «{period.title}» δέχεται προτάσεις έως {long_moment(period.proposals_close)}. "
        "Ετοιμάστε τις προτάσεις του κέντρου σας."
    )
    told = managers_of_body(period.action.body_id, at)
    messages = (
        Message(pk, "Άνοιξαν οι προτάσεις", text, f"proposals:{period.pk}", url) for pk in told
    )
    return send(OPENING, messages, at=at)


def tell(step: str, programmes: Iterable[Programme], *, at: datetime, reason: str = "") -> None:
    """Tell those concerned that a step was taken on these programmes."""
    if (news := NEWS.get(step)) is not None:
        send(news.kind, _messages(news, step, programmes, at, reason), at=at)


def _messages(
    news: News, step: str, programmes: Iterable[Programme], at: datetime, reason: str
) -> Iterator[Message]:
    for programme in programmes:
        facts = {"code": programme.code, "title": str(programme), "reason": reason}
        url = reverse("programmes:proposal", args=[programme.pk])
        for person in _audience(programme, at, centre=news.centre, trainer=news.trainer):
            yield Message(
                person,
                news.title.format(**facts),
                news.text.format(**facts),
                f"{step}:{programme.pk}:{programme.revision}:{at.isoformat()}",
                url,
            )


def _audience(programme: Programme, at: datetime, *, centre: bool, trainer: bool) -> list[int]:
    found: list[int] = []
    if centre:
        held = people.holders(Role.CENTRE_MANAGER, Scope.CENTRE, programme.centre_id, at=at)
        found.extend(held.values_list("pk", flat=True))
    if trainer and programme.trainer_id:
        found.append(programme.trainer_id)
    return list(dict.fromkeys(found))


def ask_agreement(programme: Programme, *, at: datetime) -> None:
    """Ask the trainer to look at the proposal and agree, or propose changes."""
    _one(
        programme,
        _audience(programme, at, centre=False, trainer=True),
        f"Ζητείται η συμφωνία σας για το {programme.code}",
        f"Το κέντρο {programme.centre} ζητά να συμφωνήσετε με το ωρολόγιο ή να προτείνετε αλλαγές.",
        f"ask:{programme.pk}:{programme.revision}",
        at,
    )


def changes_proposed(proposal: TimetableProposal, *, at: datetime) -> None:
    """Tell the centre that its trainer proposes changes."""
    programme = proposal.programme
    amount = len(proposal.changes)
    changes = f"{count(amount, 'αλλαγή', 'αλλαγές')} στο ωρολόγιο." if amount else ""
    _one(
        programme,
        _audience(programme, at, centre=True, trainer=False),
        f"Πρόταση αλλαγών για το {programme.code}",
        "\n".join(text for text in (changes, proposal.message) if text),
        f"suggest:{proposal.pk}",
        at,
    )


def changes_answered(proposal: TimetableProposal, *, at: datetime) -> None:
    """Tell the trainer what the centre answered, and how much of it was taken."""
    programme = proposal.programme
    amount = f" ({len(proposal.taken)} από {len(proposal.changes)})" if proposal.taken else ""
    words = f"{ProposalAnswer(proposal.answer).label}{amount}."
    _one(
        programme,
        [proposal.trainer_id],
        f"Απάντηση στην πρόταση αλλαγών για το {programme.code}",
        "\n".join(text for text in (words, proposal.reply) if text),
        f"answer:{proposal.pk}",
        at,
    )


def _one(
    programme: Programme, people_ids: list[int], title: str, text: str, dedupe: str, at: datetime
) -> None:
    url = reverse("programmes:proposal", args=[programme.pk])
    send(AGREEMENT, [Message(pk, title, text, dedupe, url) for pk in people_ids], at=at)


# calls for work
WORK = declare(Kind("programmes.work", "Προσκλήσεις για έργο που με αφορούν"))
OWN_WORK = declare(Kind("programmes.own_work", "Οι αιτήσεις μου για έργο"))


def work_announced(call: WorkCall, *, at: datetime) -> int:
    """Tell whom a call for work concerns, and again after each extension; set-based."""
    url = reverse("programmes:work-call", args=[call.pk])
    who = "Κ.Σ.Ε." if not call.for_trainers else "επιμορφωτές/τριες"
    text = (
        f"Η πρόσκληση {call.number} «{call.title}» ζητά {who} για την περίοδο "
        f"«{call.period.title}». Αιτήσεις έως {long_moment(call.closes_at)}."
    )
    once = f"work:{call.pk}:{call.closes_at.isoformat()}"
    title = f"Πρόσκληση για έργο: {call.title}"
    told = work_calls.audience(call, at)
    return send(WORK, (Message(pk, title, text, once, url) for pk in told), at=at)


def work_received(submission: WorkSubmission) -> None:
    """The receipt of an application for work is ready."""
    call = submission.application.call
    _of_application(
        submission.application,
        f"Υποβλήθηκε η αίτηση για έργο: {call.title}",
        f"Απόδειξη {submission.receipt_number}. Κωδικός αίτησης {submission.application.code}. "
        f"Αλλάζετε ό,τι θέλετε έως {long_moment(call.closes_at)}· ισχύει η τελευταία έκδοση.",
        f"work-receipt:{submission.pk}",
        submission.at,
    )


def work_settled(application: WorkApplication, *, at: datetime) -> None:
    """The outcome of a selection, or the end of a call."""
    call, state = application.call, application.get_state_display()
    text = f"Η αίτησή σας στην πρόσκληση {call.number} «{call.title}»: {state}."
    if application.line is not None:
        text += f" Θέση: {application.line}."
    text += " Δείτε τη σειρά σας και την αιτιολογία της στη σελίδα της αίτησης."
    once = f"work-result:{application.pk}:{application.state}"
    _of_application(application, f"Αποτέλεσμα: {call.title}", text, once, at)


def _of_application(
    application: WorkApplication, title: str, text: str, once: str, at: datetime
) -> None:
    told = [application.person_id] if application.person_id else []
    if application.centre_id:
        held = people.holders(Role.CENTRE_MANAGER, Scope.CENTRE, application.centre_id, at=at)
        told = list(held.values_list("pk", flat=True))
    url = reverse("programmes:work-application", args=[application.pk])
    send(OWN_WORK, [Message(pk, title, text, once, url) for pk in told if pk], at=at)


# assignments of work
ASSIGNMENT = declare(Kind("programmes.assignment", "Αναθέσεις έργου σε προγράμματα"))
ANSWERED = {
    AssignmentState.ACCEPTED: "Έγινε αποδεκτή",
    AssignmentState.DECLINED: "Δεν έγινε αποδεκτή",
    AssignmentState.EXPIRED: "Έληξε χωρίς απάντηση",
}


def assignment_asked(assignment: WorkAssignment) -> None:
    """Somebody is asked to take a part in a programme."""
    text = (
        f"{assignment.shown_role} στο πρόγραμμα {assignment.programme}, "
        f"{count(assignment.hours, 'ώρα', 'ώρες')}. Απαντήστε έως "
        f"{long_moment(assignment.answer_by)}.\n{assignment.message}"
    )
    _of_assignment(
        assignment,
        [assignment.person_id],
        f"Σας ανατίθεται έργο: {assignment.programme.code}",
        text.strip(),
        "asked",
        assignment.asked_at,
    )


def assignment_answered(
    assignment: WorkAssignment, state: AssignmentState, *, at: datetime
) -> None:
    """What was answered: to the centre and to whoever asked; who let it expire is told too."""
    told = _audience(assignment.programme, at, centre=True, trainer=False)
    told.append(assignment.asked_by_id)
    if state == AssignmentState.EXPIRED:
        told.append(assignment.person_id)
    words = f"{assignment.shown_role}, {assignment.person.full_name}: {ANSWERED[state]}."
    text = f"{words}\n{assignment.answer}".strip()
    title = f"Ανάθεση έργου στο {assignment.programme.code}: {ANSWERED[state]}"
    _of_assignment(assignment, told, title, text, str(state), at)


def assignment_recalled(assignment: WorkAssignment, *, at: datetime) -> None:
    """The person is told that the assignment does not hold any more, and why."""
    title = f"Ανακλήθηκε η ανάθεση έργου στο {assignment.programme.code}"
    text = f"Αιτιολογία: {assignment.answer}"
    _of_assignment(assignment, [assignment.person_id], title, text, "recalled", at)


def nobody_left(assignment: WorkAssignment, *, at: datetime) -> None:
    """The ranking has nobody more whom the limits allow: centre and asker look elsewhere."""
    told = _audience(assignment.programme, at, centre=True, trainer=False)
    _of_assignment(
        assignment,
        [*told, assignment.asked_by_id],
        f"Δεν έμεινε επόμενος για το {assignment.programme.code}",
        "Η κατάταξη εξαντλήθηκε ή οι επόμενοι έχουν φτάσει τα όρια φόρτου. Ορίστε πρόσωπο από το "
        "μητρώο ή ζητήστε νέα πρόσκληση.",
        "nobody",
        at,
    )


def _of_assignment(
    assignment: WorkAssignment,
    told: Iterable[int],
    title: str,
    text: str,
    once: str,
    at: datetime,
) -> None:
    url = reverse("programmes:assignment", args=[assignment.pk])
    dedupe = f"{once}:{assignment.pk}"
    messages = [Message(pk, title, text, dedupe, url) for pk in dict.fromkeys(told)]
    send(ASSIGNMENT, messages, at=at)
