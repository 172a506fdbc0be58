"""Life cycles of action, period and programme (000 §3, §7; 001 §3–4)."""

from __future__ import annotations

from didaskaleio.programmes.lifecycle.action import ACTION
from didaskaleio.programmes.lifecycle.arrangement import ARRANGEMENT
from didaskaleio.programmes.lifecycle.assignments import ASSIGNMENT
from didaskaleio.programmes.lifecycle.period import PERIOD
from didaskaleio.programmes.lifecycle.programme import PROGRAMME
from didaskaleio.programmes.lifecycle.work_applications import WORK_APPLICATION
from didaskaleio.programmes.lifecycle.work_calls import WORK_CALL

__all__ = [
    "ACTION",
    "ARRANGEMENT",
    "ASSIGNMENT",
    "PERIOD",
    "PROGRAMME",
    "WORK_APPLICATION",
    "WORK_CALL",
]
