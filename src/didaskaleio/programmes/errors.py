"""Refusals of room programmes, each with a sentence for the person at the screen."""

from __future__ import annotations

from collections.abc import Sequence

from didaskaleio.kernel.errors import Refusal
from didaskaleio.programmes.timetable import Finding

SHOWN = 3


class WindowClosedError(Refusal):
    """A proposal outside the window of proposals (προθεσμία προτάσεων)."""


class AgreementMissingError(Refusal):
    """A submission without the trainer's agreement to exactly this revision."""


class RegulationNotAcceptedError(Refusal):
    """Somebody who must accept the regulation (Κανονιστικό Πλαίσιο) has not."""


class QuotaFullError(Refusal):
    """An approval beyond the quota of a cluster, a prefecture or a centre."""


class ChangedMeanwhileError(Refusal):
    """What is being changed was changed by somebody else in between."""


class RulesBrokenError(Refusal):
    """A programme that breaks rules; ``findings`` are all of them, the sentence names some."""

    def __init__(self, findings: Sequence[Finding], *, lead: str) -> None:
        self.findings = tuple(findings)
        super().__init__(f"{lead} {in_words(findings)}", code=findings[0].code)


class ClashError(RulesBrokenError):
    """The trainer or the room is taken by another programme at the same hour."""


def in_words(findings: Sequence[Finding]) -> str:
    """The first findings in full, the rest as a number."""
    text = " ".join(finding.sentence for finding in findings[:SHOWN])
    more = len(findings) - SHOWN
    return f"{text} Ακόμη {more}: δείτε τον έλεγχο κανόνων." if more > 0 else text


class NotAssignedError(Refusal):
    """A centre that is no public school proposes without a contract for its lot."""


class LoadExceededError(RulesBrokenError):
    """The trainer would teach more hours than the action allows (όριο φόρτου)."""


class TrainerTakenError(Refusal):
    """A trainer whose hours another programme holds."""
