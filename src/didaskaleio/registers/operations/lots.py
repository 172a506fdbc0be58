"""The lot of a call (κλήρωση ισοβαθμίας): drawn before anybody has a code."""

from __future__ import annotations

import secrets

from didaskaleio.registers.models import Call, ListTerms

SEED_BYTES = 32


def draw_lot(call: Call) -> None:
    """Draw the seed; once drawn it never changes."""
    terms, _ = ListTerms.objects.get_or_create(call=call)
    if terms.seed is None:
        terms.seed = secrets.token_bytes(SEED_BYTES)
        terms.save(update_fields=["seed"])
