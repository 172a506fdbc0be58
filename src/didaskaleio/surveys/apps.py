"""Ερωτηματολόγια."""

from __future__ import annotations

from didaskaleio.kernel.rooms import Room


class SurveysConfig(Room):
    name = "didaskaleio.surveys"
    label = "surveys"
    verbose_name = "Ερωτηματολόγια"
    specification = "I.e; 004"
    requirements = ("R-067", "R-068")
