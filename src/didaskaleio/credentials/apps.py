"""Βεβαιώσεις και γνησιότητα."""

from __future__ import annotations

from didaskaleio.kernel.rooms import Room


class CredentialsConfig(Room):
    name = "didaskaleio.credentials"
    label = "credentials"
    verbose_name = "Βεβαιώσεις και γνησιότητα"
    specification = "I.e, IV"
    requirements = ("R-065", "R-066", "R-073")
