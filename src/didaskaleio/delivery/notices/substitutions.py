"""Notices about substitutions: who is asked, the class, who is replaced, the centre."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse

from didaskaleio.delivery.models import Substitution, TrainingSession
from didaskaleio.delivery.notices.sessions import dated, managers_of, tell, trainees_of
from didaskaleio.kernel import greek
from didaskaleio.kernel.notices import Kind, declare

SUBSTITUTION = declare(
    Kind("delivery.substitution", "Αντικατάσταση επιμορφωτή/τριας", optional=False)
)


def _url(substitution: Substitution) -> str:
    return reverse("delivery:substitution", args=[substitution.pk])


def _key(word: str, substitution: Substitution) -> str:
    return f"substitution-{word}:{substitution.pk}"


def substitute_asked(
    substitution: Substitution, sessions: Sequence[TrainingSession], *, at: datetime
) -> None:
    """A trainer is asked; until when to answer."""
    text = (
        f"Αντί για: {substitution.replaced}. {dated(sessions)}.\nΑιτιολογία: {substitution.reason}"
        f"\nΑπαντήστε έως {greek.long_moment(substitution.due_at)}."
    )
    title = f"Σας ζητείται αντικατάσταση στο {substitution.programme.code}"
    who, url = [substitution.substitute_id], _url(substitution)
    tell(SUBSTITUTION, who, title, text, _key("asked", substitution), url, at)


def substitute_accepted(
    substitution: Substitution, sessions: Sequence[TrainingSession], *, at: datetime
) -> None:
    """Class, centre, who asked, the old and the new trainer learn who teaches."""
    programme = substitution.programme
    title = f"Αλλαγή επιμορφωτή/τριας στο {programme.code}"
    text = (
        f"{substitution.substitute} διδάσκει αντί για: {substitution.replaced}. {dated(sessions)}."
    )
    key, class_url = _key("accepted", substitution), reverse("delivery:mine")
    tell(SUBSTITUTION, trainees_of(programme), title, text, key, class_url, at)
    staff = [
        substitution.replaced_id,
        substitution.substitute_id,
        substitution.proposed_by_id,
        *managers_of(programme, at),
    ]
    tell(SUBSTITUTION, staff, title, text, key, _url(substitution), at)


def substitute_declined(substitution: Substitution, *, reason: str, at: datetime) -> None:
    """Whoever asked and the centre learn that somebody else is needed."""
    title = f"Δεν έγινε δεκτή η αντικατάσταση στο {substitution.programme.code}"
    text = f"{substitution.substitute}: {reason}\nΖητήστε από άλλο πρόσωπο."
    heard = [substitution.proposed_by_id, *managers_of(substitution.programme, at)]
    key = _key("declined", substitution)
    tell(SUBSTITUTION, heard, title, text, key, _url(substitution), at)


def substitution_over(substitution: Substitution, words: str, *, at: datetime) -> None:
    """A proposal holds no more: whoever was asked and whoever asked."""
    title = f"Δεν ισχύει πια η πρόταση αντικατάστασης στο {substitution.programme.code}"
    heard, key = (
        [substitution.substitute_id, substitution.proposed_by_id],
        _key("over", substitution),
    )
    tell(SUBSTITUTION, heard, title, words, key, _url(substitution), at)
