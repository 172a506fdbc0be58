"""Agenda (εκκρεμότητες) of room registers: what waits for whom, and the dates in calendars."""

from __future__ import annotations

from didaskaleio.registers.agenda import assessing, calls, members, tendering

__all__ = ["assessing", "calls", "members", "tendering"]
