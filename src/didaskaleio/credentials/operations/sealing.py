"""Documents that a body issues under its seal (σφραγισμένα έγγραφα): numbered, dated, stored."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Model

from didaskaleio.credentials.operations.issuing import keys_of, unprintable
from didaskaleio.credentials.seal import seal
from didaskaleio.kernel import documents, greek
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.clock import ATHENS
from didaskaleio.kernel.models import StoredDocument
from didaskaleio.kernel.typesetting import TypesettingError
from didaskaleio.structures.models import ImplementingBody


def issue_sealed(
    kind: documents.Kind,
    thing: Model,
    *,
    body: ImplementingBody,
    number: str,
    what: str,
    actor: Actor,
    at: datetime,
    place: str = "Αθήνα",
    **extra: Any,
) -> StoredDocument:
    """Issue the document of ``thing`` with the seal of ``body``; ``what`` names it in a refusal.

    Refused where the body has no seal, or a letter of a name has no shape.
    """
    sealer = keys_of(body).sealer
    day = greek.long_date(at.astimezone(ATHENS), weekday=False)
    head = kind.data(thing)["document"] | {"number": number, "date": day}
    try:
        return documents.issue(
            kind,
            thing,
            actor=actor,
            at=at,
            number=number,
            seal=lambda pdf: seal(pdf, sealer, reason=kind.title, location=place, at=at),
            document=head,
            sealed_at=greek.long_moment(at),
            **extra,
        )
    except TypesettingError as error:
        raise unprintable(what, error) from error
