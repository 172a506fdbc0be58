"""Σύνθεση."""

from __future__ import annotations

from didaskaleio.kernel.rooms import Room


class SiteConfig(Room):
    name = "didaskaleio.site"
    label = "site"
    verbose_name = "Σύνθεση"
