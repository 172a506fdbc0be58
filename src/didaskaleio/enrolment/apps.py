"""Αιτήσεις και εγγραφές."""

from __future__ import annotations

from didaskaleio.kernel.rooms import Room


class EnrolmentConfig(Room):
    name = "didaskaleio.enrolment"
    label = "enrolment"
    verbose_name = "Αιτήσεις και εγγραφές"
    specification = "000 §1α, §4 I.c· 001 §3–4"
    requirements = (
        "R-025",
        *(f"R-{row:03d}" for row in range(35, 47)),
        "R-192",
    )
