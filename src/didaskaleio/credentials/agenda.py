"""What signing asks of people (εκκρεμότητες): documents whose turn has come to them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

from didaskaleio.credentials.lifecycle import SIGNING
from didaskaleio.credentials.models import SigningCase
from didaskaleio.kernel import agenda
from didaskaleio.kernel.access import Actor
from didaskaleio.people.enums import Role


@agenda.todos("credentials.sign")
def sign(actor: Actor, at: datetime) -> Iterable[agenda.Todo]:
    """A person's own documents; for whoever acts for a body, those that wait for its seal."""
    rows = agenda.open_rows(SIGNING, "sign", actor).select_related("body")
    officer = actor.holds(Role.BODY_OFFICER, Role.BODY_HEAD)
    yield from agenda.shortened(
        rows.order_by("opened_at", "pk"),
        _todo,
        rest="έγγραφα προς υπογραφή",
        url=reverse("credentials:signing-desk" if officer else "credentials:my-signing"),
    )


def _todo(case: SigningCase) -> agenda.Todo:
    page = reverse("credentials:case", args=[case.pk])
    return agenda.Todo(f"Υπογράψτε: {case.title}", page, detail=case.body.short_name)
