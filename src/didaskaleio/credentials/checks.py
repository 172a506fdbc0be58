"""Deployment checks (έλεγχοι εγκατάστασης) of room credentials: the keys of the bodies."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
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


@register(Tags.security, deploy=True)
def signing_is_secure(**_kwargs: Any) -> list[CheckMessage]:
    """Ο πάροχος υπογραφών μιλά https και μας γνωρίζει: permissions of people pass there."""
    if settings.DEMO or not settings.SIGNING:
        return []
    found: list[CheckMessage] = []
    if urlsplit(settings.SIGNING).scheme != "https":
        words = "Η διεύθυνση του παρόχου υπογραφών δεν είναι https: οι άδειες περνούν ανοιχτά."
        hint = "Ορίστε DIDASKALEIO_SIGNING=https://…"
        found.append(Error(words, hint=hint, id="credentials.E001"))
    if not (settings.SIGNING_CLIENT and settings.SIGNING_SECRET):
        words = "Δεν έχει οριστεί πώς μας γνωρίζει ο πάροχος υπογραφών: καμία υπογραφή δεν γίνεται."
        hint = "Ορίστε DIDASKALEIO_SIGNING_CLIENT και DIDASKALEIO_SIGNING_SECRET."
        found.append(Error(words, hint=hint, id="credentials.E002"))
    return found
