"""Βεβαιώσεις και γνησιότητα."""

from __future__ import annotations

from django.apps import AppConfig


class CredentialsConfig(AppConfig):
    name = "didaskaleio.credentials"
    label = "credentials"
    verbose_name = "Βεβαιώσεις και γνησιότητα"
