"""Θεματικά αντικείμενα."""

from __future__ import annotations

from django.apps import AppConfig


class CoursesConfig(AppConfig):
    name = "didaskaleio.courses"
    label = "courses"
    verbose_name = "Θεματικά αντικείμενα"
