"""Ολοκλήρωση."""

from __future__ import annotations

from didaskaleio.kernel.rooms import Room


class CompletionConfig(Room):
    name = "didaskaleio.completion"
    label = "completion"
    verbose_name = "Ολοκλήρωση"
