"""People of every role, plainly synthetic; each factory returns the ``Person``."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import count

from didaskaleio.kernel.identifiers import synthetic_afm, synthetic_am
from didaskaleio.people.enums import Role, Scope
from didaskaleio.people.models import (
    HeldCertificate,
    Identifier,
    Leave,
    Person,
    Post,
    SchoolService,
    Teacher,
    TrainerProfile,
)
from tests.factories.structures import a_body, a_cluster, a_school, a_specialty

_serial = count(1)
SINCE = datetime(2022, 9, 1, tzinfo=UTC)
SCHOOL_YEAR = date(2022, 9, 1)


def a_person(*, password=None, **facts):
    """A person with an account and no post; without ``password`` nobody can sign in by one."""
    number = next(_serial)
    facts = {
        "username": f"p{number:06}",
        "surname": "Δειγματίδης",
        "given_name": "Δοκιμαστικός",
        "father_name": "Υποδειγματικός",
        **facts,
    }
    return Person.objects.create_user(password=password, **facts)


def a_post(person, role, scope=Scope.COUNTRY, scope_id=None, *, since=SINCE, until=None):
    """Give ``person`` a post; ``scope_id`` may be the object itself."""
    return Post.objects.create(
        person=person,
        role=role,
        scope=scope,
        scope_id=getattr(scope_id, "pk", scope_id),
        valid_from=since,
        valid_until=until,
    )


def a_teacher(
    specialty="ΠΕ03",
    school=None,
    hours=20,
    *,
    prefecture="KOZ",
    schools=None,
    special_post=False,
    employment="permanent",
    certificates=("B1",),
    leaves=(),
    seconded_abroad=False,
    appointed_on=None,
    **facts,
):
    """A teacher who serves at ``school`` (or at each of ``schools``: pairs of school and hours).

    ``certificates`` are kinds of certificate; ``leaves`` are pairs of dates, the last may be None.
    """
    person = a_person(**facts)
    _identify(person)
    teacher = Teacher.objects.create(
        person=person,
        specialty=a_specialty(specialty),
        special_post=special_post,
        employment=employment,
        seconded_abroad=seconded_abroad,
        appointed_on=appointed_on,
    )
    for order, (place, weekly) in enumerate(schools or [(school or a_school(prefecture), hours)]):
        SchoolService.objects.create(
            teacher=teacher, school=place, organic=not order, hours=weekly, valid_from=SCHOOL_YEAR
        )
    for since, until in leaves:
        Leave.objects.create(teacher=teacher, valid_from=since, valid_until=until, kind="Άδεια")
    for kind in certificates:
        a_certificate(person, kind)
    a_post(person, Role.TEACHER)
    return person


def a_certificate(person, kind="B1", **facts):
    return HeldCertificate.objects.create(
        **{
            "person": person,
            "kind": kind,
            "number": f"{kind}-{next(_serial):06}",
            "issued_on": date(2019, 6, 14),
            "source": "δοκιμή",
            **facts,
        }
    )


def a_trainer(clusters=("B2.3",), school=None, *, prefecture="KOZ", specialty="ΠΕ03", **facts):
    """A trainer of ``clusters`` who teaches at a school of ``prefecture``."""
    person = a_teacher(
        specialty, school, prefecture=prefecture, certificates=("B1", "PAKE"), **facts
    )
    profile = TrainerProfile.objects.create(person=person, valid_from=date(2021, 1, 1))
    profile.clusters.set([a_cluster(code) for code in clusters])
    a_post(person, Role.TRAINER)
    return person


def officer(body="itye", role=Role.BODY_OFFICER, **facts):
    """An officer (or another ``role``) of an implementing body, by its code."""
    person = a_person(**({"surname": "Στελεχίδου", "given_name": "Εικονική"} | facts))
    a_post(person, role, Scope.BODY, a_body(body))
    return person


def ministry_officer(**facts):
    person = a_person(surname="Υπουργικού", given_name="Δείγμα", **facts)
    a_post(person, Role.MINISTRY_OFFICER)
    return person


def an_operator(**facts):
    person = a_person(surname="Λειτουργός", given_name="Δείγμα", **facts)
    a_post(person, Role.OPERATOR)
    return person


def a_centre_manager(centre, **facts):
    person = a_person(surname="Κεντρικός", given_name="Δείγμα", **facts)
    a_post(person, Role.CENTRE_MANAGER, Scope.CENTRE, centre)
    return person


def _identify(person):
    number = next(_serial)
    Identifier.objects.bulk_create(
        [
            Identifier(person=person, kind="afm", value=synthetic_afm(9_000_000 + number)),
            Identifier(person=person, kind="am", value=synthetic_am(100_000 + number)),
        ]
    )


def of_course(role, course):
    """Somebody with a role in the team of a course."""
    made = a_person()
    a_post(made, role, "course", course)
    return made
