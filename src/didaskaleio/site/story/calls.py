"""Calls of the story (προσκλήσεις): one in each state, for registers and for posts."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile

from didaskaleio.kernel import typesetting
from didaskaleio.kernel.access import SYSTEM
from didaskaleio.kernel.models import FormState, FormVersion
from didaskaleio.registers import operations
from didaskaleio.registers.enums import Fills
from didaskaleio.registers.models import Call
from didaskaleio.site.story import candidates
from didaskaleio.site.story.cast import Cast
from didaskaleio.site.story.moments import NOW, local
from didaskaleio.structures.models import ImplementingBody

TEMPLATE = Path(__file__).parent / "material.typ"
TRAINERS: dict[str, Any] = {
    "title": "Ένταξη στο μητρώο επιμορφωτών Β΄ επιπέδου",
    "fills": Fills.REGISTER,
    "fills_name": "Μητρώο επιμορφωτών Β΄ επιπέδου",
    "text": (
        "Καλούνται όσοι και όσες επιθυμούν να διδάξουν σε προγράμματα Β΄ επιπέδου να δηλώσουν "
        "το ενδιαφέρον τους.\n\nΗ ένταξη ισχύει για τρία έτη και δεν συνεπάγεται ανάθεση "
        "προγράμματος. Τα στοιχεία αντλούνται από το MySchool όπου υπάρχουν· τα υπόλοιπα "
        "αποδεικνύονται με δικαιολογητικά."
    ),
    "audience": "Εκπαιδευτικοί με πιστοποίηση Β1 και τουλάχιστον δύο έτη υπηρέτησης.",
}
CLUSTER: dict[str, Any] = {
    "title": "Ένταξη στο υπομητρώο της συστάδας Φυσικές Επιστήμες",
    "fills": Fills.SUBREGISTER,
    "fills_name": "Επιμορφωτές Β2, Φυσικές Επιστήμες",
    "text": "Για μέλη του μητρώου που διδάσκουν Φυσικές Επιστήμες.",
    "audience": "Εκπαιδευτικοί των κλάδων ΠΕ04.",
}
ASSESSORS: dict[str, Any] = {
    "title": "Αξιολόγηση υποψηφιοτήτων επιμορφωτών",
    "fills": Fills.POSTS,
    "fills_name": "Μέλη επιτροπών αξιολόγησης",
    "places": 12,
    "text": "Δώδεκα θέσεις για την αξιολόγηση των υποψηφιοτήτων του 2023.",
    "audience": "Εκπαιδευτικοί με επιμορφωτικό έργο.",
}
SUPPORT: dict[str, Any] = {
    "title": "Τεχνική υποστήριξη Κ.Σ.Ε. με θητεία",
    "fills": Fills.POSTS,
    "fills_name": "Τεχνική υποστήριξη Κ.Σ.Ε.",
    "places": 4,
    "text": "Τέσσερις θέσεις διετούς θητείας.",
    "audience": "Εκπαιδευτικοί Πληροφορικής.",
}
RULES: dict[str, list[dict[str, Any]]] = {
    TRAINERS["title"]: [
        {"kind": "certificate_any_of", "any": ["B1"]},
        {"kind": "service_years", "least": 2},
    ],
    CLUSTER["title"]: [{"kind": "specialty_any_of", "any": ["ΠΕ04"]}],
}
LAST_DAY = local(2023, 1, 13, 15)


def calls(cast: Cast) -> None:
    """In the order of time: revoked, past with candidacies, open with its acts, to come, draft."""
    _revoked(cast)
    past = published(cast, ASSESSORS, local(2022, 12, 5), (local(2022, 12, 6), LAST_DAY))
    candidates.past(cast, past)
    window = (local(2023, 1, 10), local(2023, 1, 25, 15))
    trainers = published(cast, TRAINERS, local(2023, 1, 9), window)
    operations.follow(trainers, actor=cast.actor("teacher"), at=local(2023, 1, 10, 18))
    operations.expire(past, actor=SYSTEM, at=LAST_DAY)
    candidates.checked(cast, past)
    published(cast, CLUSTER, local(2023, 1, 16), (local(2023, 2, 1), local(2023, 2, 20, 15)))
    candidates.present(cast, trainers)
    _changed(cast, trainers)
    _prepared(cast, SUPPORT | {"text": "", "places": 6}, NOW, (None, None))


def _revoked(cast: Cast) -> None:
    window = (local(2022, 11, 21), local(2022, 12, 21, 15))
    row = published(cast, SUPPORT, local(2022, 11, 18), window)
    reason = "Οι θέσεις καλύφθηκαν με αποσπάσεις."
    operations.revoke(row, actor=cast.actor("officer"), at=local(2022, 12, 2, 12), reason=reason)


def _changed(cast: Cast, row: Call) -> None:
    officer = cast.actor("officer")
    operations.extend(
        row,
        actor=officer,
        at=local(2023, 1, 16, 12),
        reason="Καθυστέρησε η έκδοση βεβαιώσεων επιμορφωτικού έργου.",
        until=local(2023, 1, 31, 15),
    )
    text = "Εκπαιδευτικοί με πιστοποίηση Β1 και τουλάχιστον δύο πλήρη έτη υπηρέτησης."
    reason = "Διευκρίνιση: μετρούν πλήρη έτη."
    operations.amend(row, actor=officer, at=local(2023, 1, 17, 13), reason=reason, audience=text)


def published(
    cast: Cast, content: dict[str, Any], at: datetime, window: tuple[datetime, datetime]
) -> Call:
    """A call of the body, published at ``at`` with its rules and its document."""
    officer = cast.actor("officer")
    row = _prepared(cast, content, at, window)
    operations.write_audience(row, RULES.get(row.title, []), actor=officer, at=at)
    page = ContentFile(typesetting.render(TEMPLATE, {"title": content["title"]}, at=at))
    page.name = "prosklisi.pdf"
    operations.attach(row, page, title="Η πρόσκληση", actor=officer, at=at)
    operations.publish(row, actor=officer, at=at)
    return row


def _prepared(
    cast: Cast,
    content: dict[str, Any],
    at: datetime,
    window: tuple[datetime | None, datetime | None],
) -> Call:
    body = ImplementingBody.objects.get(code="itye")
    form = FormVersion.objects.get(form__code="kritiria-epimorfoton", state=FormState.PUBLISHED)
    facts = content | {"form": form, "opens_at": window[0], "closes_at": window[1]}
    return operations.prepare(body, actor=cast.actor("officer"), at=at, **facts)
