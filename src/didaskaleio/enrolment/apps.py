"""Αιτήσεις και εγγραφές."""

from __future__ import annotations

from didaskaleio.kernel.rooms import Room


class EnrolmentConfig(Room):
    name = "didaskaleio.enrolment"
    label = "enrolment"
    verbose_name = "Αιτήσεις και εγγραφές"
