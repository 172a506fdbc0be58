"""Deployment checks (έλεγχοι εγκατάστασης) of the kernel: the mail."""

from __future__ import annotations

from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Tags, register
from django.core.checks import Warning as Caution

OF_THE_DEMONSTRATION = ("127.0.0.1", 1025)
NOBODYS = (".example", ".invalid", ".test", "localhost")


@register(Tags.compatibility, deploy=True)
def mail_leaves(**_kwargs: Any) -> list[CheckMessage]:
    """Τα μηνύματα φεύγουν: a relay is named, and a sender to whom one can answer."""
    if settings.DEMO:
        return []
    found: list[CheckMessage] = []
    if (settings.EMAIL_HOST, settings.EMAIL_PORT) == OF_THE_DEMONSTRATION:
        words = (
            "Δεν έχει οριστεί διακομιστής ηλεκτρονικού ταχυδρομείου: προσκλήσεις, αποδείξεις και "
            "ειδοποιήσεις δεν θα φτάνουν."
        )
        hint = "Ορίστε DIDASKALEIO_SMTP=διακομιστής:θύρα (και λογαριασμό, αν τον ζητά)."
        found.append(Caution(words, hint=hint, id="kernel.W001"))
    sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    if not sender or sender.endswith(NOBODYS):
        words = f"Ο αποστολέας των μηνυμάτων είναι παράδειγμα: «{settings.DEFAULT_FROM_EMAIL}»."
        hint = "Ορίστε DIDASKALEIO_FROM με διεύθυνση του φορέα που λειτουργεί την πλατφόρμα."
        found.append(Caution(words, hint=hint, id="kernel.W002"))
    return found
