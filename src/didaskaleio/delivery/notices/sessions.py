"""Notices of room delivery: what trainees, trainer and centre are told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse

from didaskaleio.delivery.models import (
    Attendance,
    Dispute,
    Excuse,
    TrainingSession,
)
from didaskaleio.enrolment.models import ParticipationApplication
from didaskaleio.kernel import greek
from didaskaleio.kernel.notices import Kind, Message, declare, send
from didaskaleio.people import queries as people
from didaskaleio.people.enums import Role, Scope
from didaskaleio.programmes.models import Programme

PROGRAMME = declare(Kind("delivery.programme", "Η πορεία του προγράμματός μου", optional=False))
SESSION = declare(Kind("delivery.session", "Αλλαγές συναντήσεων", optional=False))
EXCUSE = declare(Kind("delivery.excuse", "Δικαιολόγηση απουσίας"))
DISPUTE = declare(Kind("delivery.dispute", "Αντίρρηση για παρουσία"))
CORRECTION = declare(Kind("delivery.correction", "Διόρθωση παρουσιολογίου"))

NAMED = 6


def trainees_of(programme: Programme) -> list[int]:
    """The people enrolled in a programme."""
    rows = ParticipationApplication.objects.filter(programme=programme, state="enrolled")
    return list(rows.values_list("person_id", flat=True))


def trainers_of(programme: Programme) -> list[int]:
    """Whoever teaches in a programme: its trainer and those who took over sessions."""
    rows = TrainingSession.objects.filter(programme=programme, trainer__isnull=False)
    taught = rows.order_by().values_list("trainer_id", flat=True).distinct()
    return [pk for pk in (programme.trainer_id, *sorted(filter(None, taught))) if pk]


def managers_of(programme: Programme, at: datetime) -> list[int]:
    """Whoever manages the programme's centre."""
    held = people.holders(Role.CENTRE_MANAGER, Scope.CENTRE, programme.centre_id, at=at)
    return list(held.values_list("pk", flat=True))


def tell(
    kind: Kind, people_ids: Iterable[Any], title: str, text: str, key: str, url: str, at: datetime
) -> None:
    """Say one thing to several people, once each."""
    ids = dict.fromkeys(pk for pk in people_ids if pk)
    send(kind, [Message(pk, title, text, key, url) for pk in ids], at=at)


def of_session(
    kind: Kind,
    people_ids: Iterable[Any],
    what: str,
    session: TrainingSession,
    text: str,
    key: str,
    at: datetime,
    url: str = "",
) -> None:
    """Say one thing about a session to several people; it leads to its page, or to ``url``."""
    title = f"{what}: {session} του {session.programme.code}"
    page = url or reverse("delivery:session", args=[session.pk])
    tell(kind, people_ids, title, text, key, page, at)


def programme_started(programme: Programme, *, at: datetime) -> None:
    """A programme started."""
    title, text = f"Ξεκίνησε το {programme.code}", "Οι συναντήσεις φαίνονται στο ημερολόγιό σας."
    _to_class(programme, title, text, "start", at)


def programme_suspended(programme: Programme, *, reason: str, at: datetime) -> None:
    """A programme was suspended: class and centre know what becomes of the sessions."""
    text = (
        f"Αιτιολογία: {reason}\nΌσες συναντήσεις πέσουν μέσα στην αναστολή θα αναπληρωθούν. "
        "Θα ειδοποιηθείτε για τη συνέχιση."
    )
    title = f"Αναστολή του {programme.code}"
    _to_class(programme, title, text, "suspend", at)
    _to_centre(programme, title, text, "suspend", at)


def programme_resumed(
    programme: Programme, missed: Sequence[TrainingSession], *, at: datetime
) -> None:
    """A programme goes on; ``missed`` sessions must be replaced, and the centre is asked to."""
    title, text = f"Συνεχίζεται το {programme.code}", "Οι συναντήσεις γίνονται στις ώρες τους."
    if missed:
        text += f"\nΔεν έγιναν λόγω της αναστολής και θα αναπληρωθούν: {dated(missed)}."
    _to_class(programme, title, text, "resume", at)
    if missed:
        text += "\nΟρίστε νέα ώρα για καθεμία στη σελίδα των συναντήσεων του προγράμματος."
    _to_centre(programme, title, text, "resume", at)


def programme_stopped(programme: Programme, cancelled: int, *, reason: str, at: datetime) -> None:
    """A programme stopped for good and its sessions ahead with it."""
    title, text = f"Διακόπηκε το {programme.code}", f"Αιτιολογία: {reason}"
    if cancelled:
        many = greek.count(cancelled, "συνάντηση δεν θα γίνει", "συναντήσεις δεν θα γίνουν")
        text += f"\n{many}."
    _to_class(programme, title, text, "abort", at)
    _to_centre(programme, title, text, "abort", at)


def dated(sessions: Sequence[TrainingSession]) -> str:
    """The first of the sessions with their hours, and how many more."""
    named = [f"{s} ({greek.long_moment(s.starts_at)})" for s in sessions[:NAMED]]
    if len(sessions) > NAMED:
        named.append(f"και άλλες {len(sessions) - NAMED}")
    return ", ".join(named)


def _to_class(programme: Programme, title: str, text: str, step: str, at: datetime) -> None:
    people_ids = [*trainees_of(programme), *trainers_of(programme)]
    key = f"{step}:{programme.pk}:{at.isoformat()}"
    tell(PROGRAMME, people_ids, title, text, key, reverse("delivery:mine"), at)


def _to_centre(programme: Programme, title: str, text: str, step: str, at: datetime) -> None:
    key = f"{step}-centre:{programme.pk}:{at.isoformat()}"
    url = reverse("delivery:programme", args=[programme.pk])
    tell(SESSION, managers_of(programme, at), title, text, key, url, at)


def session_moved(session: TrainingSession, old: datetime, *, at: datetime) -> None:
    """A session has another time."""
    programme = session.programme
    of_session(
        SESSION,
        [*trainees_of(programme), session.trainer_id, *managers_of(programme, at)],
        "Νέα ώρα",
        session,
        f"Από {greek.long_moment(old)} μεταφέρθηκε σε {greek.long_moment(session.starts_at)}.",
        f"moved:{session.pk}:{session.revision}",
        at,
        reverse("delivery:mine"),
    )


def move_proposed(session: TrainingSession, *, reason: str, at: datetime) -> None:
    """The trainer proposes another time: the centre answers."""
    when = greek.long_moment(session.proposed_starts_at or session.starts_at)
    text = f"Προτεινόμενη ώρα: {when}. Αιτιολογία: {reason}"
    heard, key = managers_of(session.programme, at), f"proposed:{session.pk}:{at.isoformat()}"
    of_session(SESSION, heard, "Πρόταση αλλαγής ώρας", session, text, key, at)


def move_declined(session: TrainingSession, *, reason: str, at: datetime) -> None:
    """The centre keeps the time as it is."""
    text = f"Η συνάντηση γίνεται {greek.long_moment(session.starts_at)}. Αιτιολογία: {reason}"
    heard, key = [session.trainer_id], f"declined:{session.pk}:{at.isoformat()}"
    of_session(SESSION, heard, "Μένει η ώρα", session, text, key, at)


def session_not_held(session: TrainingSession, *, reason: str, at: datetime) -> None:
    """A session did not take place and will be replaced."""
    programme = session.programme
    tell(
        SESSION,
        [*trainees_of(programme), session.trainer_id],
        f"Δεν έγινε η {session} του {programme.code}",
        f"{greek.long_moment(session.starts_at)}. Αιτιολογία: {reason} Θα οριστεί αναπλήρωση.",
        f"not_held:{session.pk}:{session.revision}",
        reverse("delivery:mine"),
        at,
    )


def sheet_corrected(rows: Iterable[Attendance], version: int, *, reason: str, at: datetime) -> None:
    """Trainees whose mark a correction changed."""
    for row in rows:
        tell(
            CORRECTION,
            [row.person_id],
            f"Διορθώθηκε η παρουσία σας: {row.session}",
            f"Νέα σημείωση: {row.get_mark_display()}. Αιτιολογία: {reason}",
            f"correction:{row.session_id}:{version}",
            reverse("delivery:mine"),
            at,
        )


def excuse_sent(excuse: Excuse, *, at: datetime) -> None:
    """The centre has an excuse to decide."""
    session = excuse.attendance.session
    tell(
        EXCUSE,
        managers_of(session.programme, at),
        f"Δικαιολόγηση απουσίας στο {session.programme.code}",
        f"{excuse.attendance.person}, {session}. Χρειάζεται η απόφασή σας.",
        f"excuse:{excuse.pk}",
        reverse("delivery:excuse", args=[excuse.pk]),
        at,
    )


def excuse_decided(excuse: Excuse, *, at: datetime) -> None:
    """The trainee learns the centre's decision."""
    tell(
        EXCUSE,
        [excuse.attendance.person_id],
        f"Δικαιολόγηση: {excuse.get_state_display().lower()}",
        f"{excuse.attendance.session}. Αιτιολογία: {excuse.decision}",
        f"excuse-decided:{excuse.pk}",
        reverse("delivery:mine"),
        at,
    )


def dispute_opened(dispute: Dispute, *, at: datetime) -> None:
    """The body has a dispute to decide; the centre knows of it."""
    programme = dispute.attendance.session.programme
    body = people.holders(
        Role.BODY_OFFICER, Scope.BODY, programme.period.action.body_id, at=at
    ).values_list("pk", flat=True)
    tell(
        DISPUTE,
        [*body, *managers_of(programme, at)],
        f"Αντίρρηση για παρουσία στο {programme.code}",
        f"{dispute.attendance.person}, {dispute.attendance.session}.",
        f"dispute:{dispute.pk}",
        reverse("delivery:dispute", args=[dispute.pk]),
        at,
    )


def dispute_decided(dispute: Dispute, *, at: datetime) -> None:
    """Trainee, trainer and centre learn the body's decision."""
    row = dispute.attendance
    programme = row.session.programme
    tell(
        DISPUTE,
        [row.person_id, row.session.trainer_id, *managers_of(programme, at)],
        f"Αντίρρηση: {dispute.get_state_display().lower()}",
        f"{row.session} του {programme.code}. Αιτιολογία: {dispute.decision}",
        f"dispute-decided:{dispute.pk}",
        reverse("delivery:mine"),
        at,
    )
