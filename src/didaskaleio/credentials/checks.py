"""Deployment checks (έλεγχοι εγκατάστασης) of room credentials: the keys of the bodies."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Tags, register
from django.core.checks import Warning as Caution

from didaskaleio.credentials import authority


@register(Tags.security, deploy=True)
def keys_are_there(**_kwargs: Any) -> list[CheckMessage]:
    """Τα κλειδιά των φορέων ανοίγουν: without them no attestation is sealed or signed."""
    if settings.DEMO:
        return []
    folder = settings.AUTHORITY_DIR
    if not (folder / authority.MANIFEST).exists():
        words = (
            f"Δεν υπάρχουν κλειδιά σφραγίδας και υπογραφής ({folder}): δεν εκδίδονται βεβαιώσεις."
        )
        hint = "Γράψτε το authority.json και ορίστε DIDASKALEIO_AUTHORITY."
        return [Caution(words, hint=hint, id="credentials.W001")]
    try:
        found = authority.load(folder)
    except authority.AuthorityError as error:
        words = f"Τα κλειδιά των φορέων δεν ανοίγουν: {error}"
        hint = "Ελέγξτε τα ονόματα των αρχείων, τα δικαιώματα του φακέλου και τους κωδικούς."
        return [Caution(words, hint=hint, id="credentials.W002")]
    if not found.bodies:
        words = (
            f"Το {folder / authority.MANIFEST} δεν έχει κανέναν φορέα: δεν εκδίδονται βεβαιώσεις."
        )
        return [Caution(words, hint="Προσθέστε τους φορείς.", id="credentials.W003")]
    return []
