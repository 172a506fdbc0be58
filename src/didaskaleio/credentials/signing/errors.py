"""Αρνήσεις των υπογραφών (refusals): each says to the person what to do next."""

from __future__ import annotations

from typing import Final

from didaskaleio.credentials.signing.findings import RULINGS, Finding, Flaw
from didaskaleio.kernel.errors import Refusal

# flaws whose detail a person can use: the name or the authority that was found
TELLING: Final = frozenset({Flaw.UNTRUSTED, Flaw.OTHER_PERSON, Flaw.NOT_IN_FORCE})


class CannotGrowError(Refusal):
    """Κλειστό έγγραφο: it takes no further signature."""


class SignatureRefusedError(Refusal):
    """Μη δεκτή υπογραφή: the file that came back breaks a rule; ``finding`` tells which."""

    def __init__(self, finding: Finding) -> None:
        ruling = finding.ruling or RULINGS[Flaw.UNSIGNED]
        found = f" ({finding.detail})" if finding.flaw in TELLING and finding.detail else ""
        super().__init__(f"{ruling.sentence}{found}", rule=ruling.rule, code=str(finding.flaw))
        self.finding = finding


class NotYourTurnError(Refusal):
    """Άλλη σειρά: somebody signed meanwhile, or the turn is another's."""
