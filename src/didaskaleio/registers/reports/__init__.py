"""Reports (αναφορές) of room registers: candidacies received, centres, teachers, members."""

from __future__ import annotations

# each declares the reports of its subject
from didaskaleio.registers.reports import (
    assessments,
    candidacies,
    centres,
    members,
    objections,
    teachers,
)

__all__ = ["assessments", "candidacies", "centres", "members", "objections", "teachers"]
