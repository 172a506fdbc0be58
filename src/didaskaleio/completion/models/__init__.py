"""Models of room completion."""

from __future__ import annotations

from didaskaleio.completion.models.attendance import Attestation, ConsolidatedAttendance
from didaskaleio.completion.models.employment import EmploymentAttestation

__all__ = ["Attestation", "ConsolidatedAttendance", "EmploymentAttestation"]
