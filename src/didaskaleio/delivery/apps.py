"""Διεξαγωγή."""

from __future__ import annotations

from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    name = "didaskaleio.delivery"
    label = "delivery"
    verbose_name = "Διεξαγωγή"
