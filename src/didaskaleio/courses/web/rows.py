"""Rows (γραμμές) that several pages of courses show: the team, the way back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from didaskaleio.courses import queries
from didaskaleio.courses.models import Course
from didaskaleio.people.enums import Role
from didaskaleio.people.models import Post

TITLES = {Role.AUTHOR: "Συντάσσουν", Role.APPROVER: "Εγκρίνουν"}


@dataclass(frozen=True)
class TeamRow:
    """The people of the team with one role."""

    title: str
    posts: list[Post]


def team_rows(course: Course, at: datetime) -> list[TeamRow]:
    posts = list(queries.team(course, at=at))
    return [
        TeamRow(title, [post for post in posts if post.role == role])
        for role, title in TITLES.items()
    ]


def crumbs_of(course: Course, here: str = "") -> list[dict[str, str]]:
    """The list of courses, the course, and the page below it when it has a name."""
    url = reverse("courses:courses")
    found = [{"label": "Θεματικά αντικείμενα", "url": url, "needs": "course.pages"}]
    if not here:
        return [*found, {"label": course.title}]
    of_course = {"label": course.title, "url": reverse("courses:course", args=[course.pk])}
    return [*found, of_course, {"label": here}]
