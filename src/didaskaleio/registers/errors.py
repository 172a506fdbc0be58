"""Refusals of room registers."""

from __future__ import annotations

from didaskaleio.kernel.errors import Refusal, StepRefusedError


class RegisterRefusedError(Refusal):
    """A register that does not stand: its form, its code, its parent."""


class CentreRefusedError(Refusal):
    """An act on a training centre, or on a room of it, that does not stand."""


class MemberSheetError(Refusal):
    """A sheet of members whose columns, or lines, give nothing to enter."""


class MembershipRefusedError(Refusal):
    """An entry, or a change of fields, that is not taken."""


class CallRefusedError(Refusal):
    """A call, or a change of one, that does not stand: dates, form, audience."""


class FrozenCallError(StepRefusedError):
    """A change of a published call other than by an announced act."""


class NotReceivedError(Refusal):
    """A candidacy that is not received: incomplete, not declared, out of the call's terms."""


class SeenElsewhereError(Refusal):
    """A submission of another version than the one on the screen."""


class ObjectionRefusedError(Refusal):
    """An objection, or a decision on one, that is not taken: late, twice, unfounded, by a rival."""


class EvidenceError(Refusal):
    """A document of the wallet that cannot be given or kept."""


class AssessmentRefusedError(Refusal):
    """An assignment, an assessment or a settlement that does not stand."""


class TenderRefusedError(Refusal):
    """A tender, an offer, or an act on one, that does not stand."""
