"""Αιτήσεις και εγγραφές."""

from __future__ import annotations

from didaskaleio.kernel.rooms import Room


class EnrolmentConfig(Room):
    name = "didaskaleio.enrolment"
    label = "enrolment"
    verbose_name = "Αιτήσεις και εγγραφές"
    specification = "000 §1α, §4 I.c· 001 §3–4"
    requirements = (
        "R-024",
        "R-025",
        *(f"R-{row:03d}" for row in range(35, 48)),
        "R-192",
    )
