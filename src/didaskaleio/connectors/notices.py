"""Notices of room connectors."""

from __future__ import annotations

from didaskaleio.kernel.notices import Kind, declare

ANSWERED = declare(Kind("connectors.correction_answered", "Απάντηση σε αίτημα διόρθωσης"))
