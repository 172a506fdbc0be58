"""Πρόσωπα."""

from __future__ import annotations

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "didaskaleio.people"
    label = "people"
    verbose_name = "Πρόσωπα"
