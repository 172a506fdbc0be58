"""Public changes (δημόσιες μεταβολές) after the draw, by number: SPEC-draw §1.5."""

from __future__ import annotations

from datetime import datetime

from didaskaleio.enrolment.enums import ChangeKind
from didaskaleio.enrolment.models import ParticipationApplication, PublicChange
from didaskaleio.programmes.models import Programme


def of_person(
    application: ParticipationApplication,
    kind: ChangeKind,
    *,
    at: datetime,
    old: Programme | None = None,
    new: Programme | None = None,
    reason: str = "",
) -> None:
    """List a change of one person by their number, with the code of its reason."""
    PublicChange.objects.create(
        period_id=application.period_id,
        kind=kind,
        number=application.number,
        from_programme=old,
        to_programme=new,
        reason=reason,
        at=at,
    )


def of_programme(programme: Programme, kind: ChangeKind, *, at: datetime, reason: str) -> None:
    """List a decision about a whole programme with its reason."""
    PublicChange.objects.create(
        period_id=programme.period_id, kind=kind, from_programme=programme, reason=reason, at=at
    )
