"""Πυρήνας."""

from __future__ import annotations

from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "didaskaleio.kernel"
    label = "kernel"
    verbose_name = "Πυρήνας"
