"""Subjects (θέματα αναφορών) of room courses."""

from __future__ import annotations

from didaskaleio.courses.enums import CourseState
from didaskaleio.courses.models import Course
from didaskaleio.kernel.subjects import Field, Subject, declare

COURSES = declare(
    Subject(
        name="courses.courses",
        title="Θεματικά αντικείμενα",
        model=Course,
        permission="course.listed",
        fields=(
            Field("code", "Κωδικός"),
            Field("title", "Τίτλος"),
            Field("level", "Επίπεδο"),
            Field("body", "Φορέας", "body__short_name"),
            Field("state", "Κατάσταση", kind="choice", choices=tuple(CourseState.choices)),
            Field("version", "Εγκεκριμένη έκδοση", "current__number", "number"),
            Field("hours", "Ώρες", "current__hours_total", "number"),
            Field("face_to_face", "Ώρες διά ζώσης", "current__hours_face_to_face", "number"),
            Field("synchronous", "Ώρες σύγχρονης", "current__hours_synchronous", "number"),
            Field("asynchronous", "Ώρες ασύγχρονης", "current__hours_asynchronous", "number"),
        ),
        order=("sort_key", "pk"),
    )
)
