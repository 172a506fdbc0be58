"""Μικρές δράσεις."""

from __future__ import annotations

from didaskaleio.kernel.rooms import Room


class SmallActionsConfig(Room):
    name = "didaskaleio.small_actions"
    label = "small_actions"
    verbose_name = "Μικρές δράσεις"
    specification = "000 §1 (ΥΠΑΙΘ δ); 002"
    requirements = ("R-049",)
