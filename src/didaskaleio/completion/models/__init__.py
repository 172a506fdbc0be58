"""Models of room completion."""

from __future__ import annotations

from didaskaleio.completion.models.attendance import Attestation, ConsolidatedAttendance
from didaskaleio.completion.models.employment import EmploymentAttestation
from didaskaleio.completion.models.measures import ProjectMeasure
from didaskaleio.completion.models.packs import Pack, PackItem, PackUnit

__all__ = [
    "Attestation",
    "ConsolidatedAttendance",
    "EmploymentAttestation",
    "Pack",
    "PackItem",
    "PackUnit",
    "ProjectMeasure",
]
