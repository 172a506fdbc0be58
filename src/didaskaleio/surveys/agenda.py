"""What surveys ask of people: an answer until a moment; of the ministry, a receipt."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse

from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.agenda import Todo, open_rows, shortened, todos
from didaskaleio.people.enums import Role
from didaskaleio.surveys import queries
from didaskaleio.surveys.lifecycle import DISPATCH


@todos("surveys.answer")
def unanswered(actor: Actor, at: datetime) -> Iterator[Todo]:
    """The questionnaires that a person may still answer."""
    if actor.user_id is None:
        return
    yield from shortened(
        queries.open_for(actor.user_id, at),
        lambda row: Todo(
            f"Ερωτηματολόγιο: {row.survey.questionnaire}",
            reverse("surveys:answer", args=[row.survey_id]),
            due=row.survey.closes_at,
            detail=row.survey.title,
        ),
        rest="ερωτηματολόγια",
        url=reverse("surveys:mine"),
    )


@todos("surveys.receive")
def unreceived(actor: Actor, at: datetime) -> Iterator[Todo]:
    """Ministry: packages whose arrival nobody has confirmed."""
    if not actor.holds(Role.MINISTRY_OFFICER):
        return
    rows = open_rows(DISPATCH, "receive", actor).select_related("questionnaire__form")
    yield from shortened(
        rows.order_by("sent_at", "pk"),
        lambda row: Todo(
            f"Βεβαίωση παραλαβής: {row.number}",
            reverse("surveys:dispatch", args=[row.pk]),
            detail=str(row.questionnaire),
        ),
        rest="διαβιβάσεις προς παραλαβή",
        url=reverse("surveys:dispatches"),
    )
