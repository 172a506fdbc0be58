"""Notices of room directory: one's own term, and terms that officers must see to."""

from __future__ import annotations

from didaskaleio.kernel.notices import Kind, declare

TERM = declare(Kind("directory.term", "Η θητεία μου", optional=False))
OFFICE = declare(Kind("directory.office", "Θητείες που λήγουν και κενές θέσεις"))
ENGAGEMENT = declare(Kind("directory.engagement", "Η θέση μου ορισμένου χρόνου", optional=False))
