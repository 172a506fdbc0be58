"""Δομές."""

from __future__ import annotations

from django.apps import AppConfig


class StructuresConfig(AppConfig):
    name = "didaskaleio.structures"
    label = "structures"
    verbose_name = "Δομές"
