"""Spaces of an approved course (χώροι αντικειμένου; 000 §7 step 2), and the one opened here."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse

from didaskaleio.courses.enums import CourseState
from didaskaleio.courses.models import Course
from didaskaleio.kernel import journal
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.spaces.declared import Kind, Need, declare, provides


def _approved() -> QuerySet[Course]:
    return Course.objects.exclude(current=None).exclude(state=CourseState.RETIRED)


COURSE_NEEDS = declare(
    Kind(
        journal.label(Course),
        "Θεματικό αντικείμενο",
        _approved,
        "courses:course",
        "course.read",
        (
            Need("course.sheet", "Δημόσια σελίδα", "Τι διδάσκεται, σε ποιους και πώς."),
            Need("course.item_bank", "Δεξαμενή θεμάτων", "Θέματα πιστοποίησης ανά συστάδα."),
            Need("course.class_template", "Πρότυπο ψηφιακής τάξης", "Αντιγράφεται σε κάθε τμήμα."),
            Need(
                "course.library",
                "Συλλογή στη βιβλιοθήκη",
                "Δέχεται το υλικό όταν ανοίξει σε όλους.",
                required=False,
            ),
        ),
    )
)


@provides("course.sheet")
def open_sheet(course: Course, _actor: Actor, _at: datetime) -> str:
    """The public page stands as soon as a version is approved: its address is enough."""
    return reverse("courses:about", args=[course.pk])
