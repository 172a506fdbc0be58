"""Notices about the application in class: trainer and trainee."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from didaskaleio.delivery.models import ClassApplication
from didaskaleio.delivery.notices.sessions import tell
from didaskaleio.kernel.notices import Kind, declare

APPLICATION = declare(Kind("delivery.application", "Εφαρμογή στην τάξη"))


def _url(work: ClassApplication) -> str:
    return reverse("delivery:class-application", args=[work.pk])


def work_submitted(work: ClassApplication, what: str, *, at: datetime) -> None:
    """The trainer has something to read."""
    programme, person = work.application.programme, work.application.person
    if programme is not None:
        title, key = f"{what}: {person}", f"work:{work.pk}:{what}:{at.isoformat()}"
        text = f"{work.title}, {programme.code}. Περιμένει την ανατροφοδότησή σας."
        tell(APPLICATION, [programme.trainer_id], title, text, key, _url(work), at)


def work_judged(work: ClassApplication, title: str, *, reason: str, at: datetime) -> None:
    """The trainee reads the trainer's feedback."""
    key = f"work-judged:{work.pk}:{title}:{at.isoformat()}"
    tell(APPLICATION, [work.application.person_id], title, reason, key, _url(work), at)
