"""Subjects (θέματα αναφορών) of room people: teachers and posts."""

from __future__ import annotations

from datetime import datetime

from django.db.models import CharField, OuterRef, Q, Subquery
from django.db.models.expressions import Combinable

from didaskaleio.kernel.subjects import Field, Made, Many, Subject, Way, count, declare, person
from didaskaleio.people.enums import Employment, Role, Scope
from didaskaleio.people.models import Person, Post, SchoolService


def _serves(path: str) -> Made:
    """What ``path`` finds at the school where the teacher has most hours on the day."""

    def made(prefix: str, at: datetime) -> Combinable:
        day = at.date()
        held = SchoolService.objects.filter(
            Q(valid_until=None) | Q(valid_until__gte=day),
            teacher__person=OuterRef(f"{prefix}pk"),
            valid_from__lte=day,
        )
        first = held.order_by("-hours", "pk").values(path)[:1]
        return Subquery(first, output_field=CharField())

    return made


def _of_school(name: str, title: str, path: str) -> Field:
    return Field(name, title, made=_serves(path))


TEACHERS = declare(
    Subject(
        name="people.teachers",
        title="Εκπαιδευτικοί",
        model=Person,
        permission="person.view_record",
        fields=(
            Field("person", "Ονοματεπώνυμο", made=person("")),
            Field("specialty", "Ειδικότητα", "teacher__specialty__code"),
            Field("specialty_name", "Τίτλος ειδικότητας", "teacher__specialty__label"),
            Field("category", "Κατηγορία", "teacher__specialty__category"),
            _of_school("school", "Σχολείο", "school__name"),
            _of_school("school_type", "Τύπος σχολείου", "school__type__name"),
            _of_school("prefecture", "Νομός", "school__prefecture__name"),
            _of_school("region", "Περιφέρεια", "school__region__name"),
            _of_school("directorate", "Διεύθυνση", "school__directorate__abbreviation"),
            Field("appointed_on", "Διορισμός", "teacher__appointed_on", "date"),
            Field(
                "employment",
                "Σχέση εργασίας",
                "teacher__employment",
                "choice",
                choices=tuple(Employment.choices),
                sensitive=True,
            ),
            Field(
                "special_post",
                "Θέση ειδικής αγωγής",
                "teacher__special_post",
                "yes",
                sensitive=True,
            ),
            Field(
                "abroad",
                "Απόσπαση στο εξωτερικό",
                "teacher__seconded_abroad",
                "yes",
                sensitive=True,
            ),
        ),
        where=Q(teacher__isnull=False),
        order=("sort_key", "pk"),
        note="Το σχολείο είναι εκείνο με τις περισσότερες ώρες σήμερα.",
    )
)

POSTS = declare(
    Subject(
        name="people.posts",
        title="Θέσεις ευθύνης",
        model=Post,
        permission="post.view",
        fields=(
            Field("person", "Πρόσωπο", made=person("person")),
            Field("role", "Ρόλος", kind="choice", choices=tuple(Role.choices)),
            Field("scope", "Εμβέλεια", kind="choice", choices=tuple(Scope.choices)),
            Field("valid_from", "Από", kind="moment"),
            Field("valid_until", "Έως", kind="moment"),
        ),
        ways=(Way("teacher", "Εκπαιδευτικός", "people.teachers", "person"),),
        order=("-valid_from", "pk"),
    )
)
count(TEACHERS.name, Many("posts", "Πλήθος θέσεων ευθύνης", POSTS.name, "person"))
