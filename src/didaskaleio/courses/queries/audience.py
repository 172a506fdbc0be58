"""Who fulfils a profile (ποιοι πληρούν ένα προφίλ), set-based: for news to many, R-014.

Each rule says here in SQL what its ``holds`` says of one person; a test keeps the two alike.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from datetime import date
from functools import reduce
from operator import and_, or_

from django.db.models import Exists, OuterRef, Q, QuerySet

from didaskaleio.courses import profiles
from didaskaleio.courses.profiles.base import Rule
from didaskaleio.kernel.access import EVERYTHING, NOTHING
from didaskaleio.people.models import HeldCertificate, Leave, Person, SchoolService

Says = Callable[[Rule, date], Q]


def people_of(profile: profiles.Profile, day: date) -> QuerySet[Person]:
    """Teachers with an account who fulfil every rule on ``day``, apart from any programme.

    Rules of a programme ask nothing here; those of clusters, which depend on a level, let
    nobody through: a call has neither.
    """
    rows = Person.objects.filter(is_active=True, teacher__isnull=False)
    return rows.filter(reduce(and_, (_rule(one, day) for one in profile.rules), EVERYTHING))


def _rule(rule: Rule, day: date) -> Q:
    said = SAYS[rule.kind](rule, day)
    return said | Q(teacher__specialty__code__in=rule.but) if rule.but else said


def _holds_certificate(rule: Rule, _day: date) -> Q:
    held = HeldCertificate.objects.filter(person=OuterRef("pk"), kind__in=rule.options)
    return Q(Exists(held))


def _holds_none(rule: Rule, day: date) -> Q:
    return ~_holds_certificate(rule, day)


def _teaches(_rule: Rule, day: date) -> Q:
    on = Q(valid_until=None) | Q(valid_until__gte=day)
    services = SchoolService.objects.filter(on, valid_from__lte=day, hours__gt=0)
    leaves = Leave.objects.filter(on, valid_from__lte=day)
    own = {"teacher__person": OuterRef("pk")}
    return Q(Exists(services.filter(**own))) & ~Q(Exists(leaves.filter(**own)))


def _employed(rule: Rule, _day: date) -> Q:
    return Q(teacher__employment__in=rule.options)


def _of_specialty(rule: Rule, _day: date) -> Q:
    code = "teacher__specialty__code"
    exact = Q(**{f"{code}__in": rule.options})
    within = (Q(**{f"{code}__startswith": f"{option}."}) for option in rule.options)
    return reduce(or_, within, exact)


def _served(rule: Rule, day: date) -> Q:
    first = _years_before(day, rule.least)
    services = SchoolService.objects.filter(teacher__person=OuterRef("pk"), valid_from__lte=first)
    return Q(Exists(services))


def _years_before(day: date, years: int) -> date:
    """The last day from which so many full years have passed; of a leap day, 28 February."""
    year = day.year - years
    return day.replace(year=year, day=min(day.day, monthrange(year, day.month)[1]))


def _appointed(rule: Rule, _day: date) -> Q:
    day = "teacher__appointed_on"
    since = Q(**{f"{day}__gte": rule.since}) if rule.since else EVERYTHING
    until = Q(**{f"{day}__lte": rule.until}) if rule.until else EVERYTHING
    return since & until


SAYS: dict[str, Says] = {
    "certificate_any_of": _holds_certificate,
    "certificate_none_of": _holds_none,
    "will_teach": _teaches,
    "employment_any_of": _employed,
    "specialty_any_of": _of_specialty,
    "service_years": _served,
    "appointed_between": _appointed,
    "special_post": lambda _rule, _day: Q(teacher__special_post=True),
    "cluster_any_of": lambda _rule, _day: NOTHING,
    "specialty_in_cluster": lambda _rule, _day: EVERYTHING,
    "locality": lambda _rule, _day: EVERYTHING,
}
