"""Notices of the asynchronous work: set, handed in, answered."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from didaskaleio.delivery.models import OwnWork, WorkTask
from didaskaleio.delivery.notices.sessions import of_session, tell, trainees_of
from didaskaleio.kernel import greek
from didaskaleio.kernel.notices import Kind, declare

WORK = declare(Kind("delivery.own_work", "Ασύγχρονη εργασία"))


def task_set(task: WorkTask, *, at: datetime) -> None:
    """Trainees have work to hand in."""
    session = task.session
    heard, key = trainees_of(session.programme), f"task:{session.pk}:{at.isoformat()}"
    text = f"«{task.title}», έως {greek.long_moment(task.due_at)}."
    of_session(WORK, heard, "Εργασία", session, text, key, at, reverse("delivery:mine"))


def work_handed_in(work: OwnWork, *, at: datetime) -> None:
    """The trainer has work to answer."""
    session = work.row.session
    tell(
        WORK,
        [session.trainer_id],
        f"Υποβλήθηκε εργασία: {work.row.person}",
        f"{session} του {session.programme.code}. Χρειάζεται η απάντησή σας.",
        f"work:{work.pk}",
        reverse("delivery:work-answer", args=[work.pk]),
        at,
    )


def work_guided(work: OwnWork, *, at: datetime) -> None:
    """The trainee learns the trainer's answer."""
    tell(
        WORK,
        [work.row.person_id],
        f"Εργασία: {work.get_state_display().lower()}",
        f"{work.row.session}. {work.guidance}",
        f"work-guided:{work.pk}",
        reverse("delivery:work-answer", args=[work.pk]),
        at,
    )
