"""Questions of room people: posts, search, the facts of a teacher."""

from __future__ import annotations

from didaskaleio.people.queries.posts import actor_of, find_people, holders, open_posts
from didaskaleio.people.queries.teachers import (
    AllowedCluster,
    CertificateFacts,
    LeaveFacts,
    ServingSchool,
    TeacherFacts,
    allowed_clusters,
    teacher_facts,
)

__all__ = [
    "AllowedCluster",
    "CertificateFacts",
    "LeaveFacts",
    "ServingSchool",
    "TeacherFacts",
    "actor_of",
    "allowed_clusters",
    "find_people",
    "holders",
    "open_posts",
    "teacher_facts",
]
