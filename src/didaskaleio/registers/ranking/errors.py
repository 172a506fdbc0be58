"""What a ranking refuses (αρνήσεις κατάταξης). No Django: anybody checks a table anywhere."""

from __future__ import annotations

from didaskaleio.kernel.errors import Refusal


class MalformedError(Refusal):
    """Κακοσχηματισμένα δεδομένα: rules, a table or a candidacy that break the written form."""
