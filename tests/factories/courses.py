"""Courses with their nine components: valid rows, made without operations."""

from __future__ import annotations

from itertools import count

from didaskaleio.courses.models import Course, CourseVersion, Material, Objective, SyllabusUnit
from tests.factories.structures import a_body

_serial = count(1)
UNITS = (
    ("Ψηφιακά περιβάλλοντα και κοινότητα της τάξης", 12),
    ("Λογισμικό του γνωστικού αντικειμένου", 18),
    ("Σχεδιασμός διδακτικών σεναρίων", 14),
    ("Εφαρμογή στην τάξη και αναστοχασμός", 16),
)
TRAINEE_PROFILE = [
    {"kind": "will_teach", "article": 3},
    {"kind": "certificate_any_of", "any": ["B1"], "article": 3},
    {"kind": "certificate_none_of", "any": ["B_kse", "PAKE"], "article": 3},
    {"kind": "specialty_in_cluster", "article": 4},
    {"kind": "locality", "article": 5},
]
TRAINER_PROFILE = [{"kind": "specialty_in_cluster"}, {"kind": "locality"}]


def a_version(course, *, number=1, **facts) -> CourseVersion:
    """A version with all nine components: 60 hours as 8 + 20 + 14 + 18."""
    defaults = {
        "purpose": "Να αξιοποιούν οι συμμετέχοντες ψηφιακά μέσα στο μάθημά τους.",
        "content": "Εργαλεία, σενάρια και εφαρμογή τους στην τάξη.",
        "trainee_profile": TRAINEE_PROFILE,
        "trainer_profile": TRAINER_PROFILE,
        "providers": "Κέντρα Στήριξης Επιμόρφωσης, επιμορφωτές Β΄ επιπέδου του μητρώου.",
        "hours_total": 60,
        "hours_face_to_face": 8,
        "hours_synchronous": 20,
        "hours_asynchronous": 14,
        "hours_support": 18,
        "certification_method": "Εξέταση σε κέντρο πιστοποίησης.",
    }
    version = CourseVersion.objects.create(course=course, number=number, **defaults | facts)
    Objective.objects.create(version=version, order=1, text="Σχεδιάζουν ένα διδακτικό σενάριο.")
    SyllabusUnit.objects.bulk_create(
        SyllabusUnit(version=version, order=order, title=title, hours=hours)
        for order, (title, hours) in enumerate(UNITS, start=1)
    )
    Material.objects.create(version=version, kind="training", title="Υλικό συστάδας")
    Material.objects.create(version=version, kind="certification", title="Θέματα πιστοποίησης")
    return version


def a_course(state="offered", *, body=None, **facts) -> Course:
    """A course of level B2 in ``state``; approved states have a frozen current version."""
    facts.setdefault("code", f"b2-{next(_serial)}")
    facts.setdefault("title", "Αξιοποίηση των Τ.Π.Ε. στη διδακτική πράξη (Β2)")
    facts.setdefault("level", "B2")
    course = Course.objects.create(body=body or a_body(), state=state, **facts)
    approved = state in {"approved", "offered", "under_revision", "retired"}
    if approved:
        course.current = a_version(course, frozen_at="2022-10-03T09:00:00+03:00")
    if state in {"design", "development", "in_approval"}:
        course.draft = a_version(course)
    if state == "under_revision":
        course.draft = a_version(course, number=2)
    course.save()
    return course
