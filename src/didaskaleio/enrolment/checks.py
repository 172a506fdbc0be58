"""Deployment checks (έλεγχοι εγκατάστασης) of room enrolment: the ministry's escrow key."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.checks import Warning as Caution

from didaskaleio.enrolment import seal


@register(Tags.security, deploy=True)
def escrow_is_kept(**_kwargs: Any) -> list[CheckMessage]:
    """Σφραγισμένο αντίγραφο: without the key nobody but this server could reveal a draw."""
    if settings.DEMO:
        return []
    if not settings.ESCROW_KEY:
        words = (
            "Δεν έχει οριστεί το δημόσιο κλειδί φύλαξης του Υπουργείου: δεν θα κρατηθεί "
            "σφραγισμένο αντίγραφο του μυστικού καμίας κλήρωσης. Αν χαθεί ο διακομιστής ανάμεσα "
            "στην αναγγελία και την κλήρωση, η κλήρωση δεν ολοκληρώνεται."
        )
        hint = "Ορίστε DIDASKALEIO_ESCROW_KEY (X25519, PEM) πριν αναγγελθεί περίοδος."
        return [Caution(words, hint=hint, id="enrolment.W001")]
    try:
        seal.escrow(bytes(32), settings.ESCROW_KEY.encode(), "")
    except (TypeError, ValueError):
        words = "Το DIDASKALEIO_ESCROW_KEY δεν είναι δημόσιο κλειδί X25519 σε μορφή PEM."
        hint = "Δώστε ολόκληρο το κείμενο του αρχείου, με τις γραμμές BEGIN και END."
        return [Error(words, hint=hint, id="enrolment.E001")]
    return []
