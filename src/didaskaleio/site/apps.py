"""Σύνθεση."""

from __future__ import annotations

from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "didaskaleio.site"
    label = "site"
    verbose_name = "Σύνθεση"
