"""Αιτήσεις και εγγραφές."""

from __future__ import annotations

from django.apps import AppConfig


class EnrolmentConfig(AppConfig):
    name = "didaskaleio.enrolment"
    label = "enrolment"
    verbose_name = "Αιτήσεις και εγγραφές"
