"""Πύλη."""

from __future__ import annotations

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "didaskaleio.portal"
    label = "portal"
    verbose_name = "Πύλη"
