"""Προγράμματα."""

from __future__ import annotations

from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "didaskaleio.programmes"
    label = "programmes"
    verbose_name = "Προγράμματα"
