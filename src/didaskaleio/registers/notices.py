"""Notices of room registers: announced acts on a call."""

from __future__ import annotations

from didaskaleio.kernel.notices import Kind, declare

ANNOUNCED = declare(Kind("registers.announced", "Πράξη σε πρόσκληση", optional=False))
