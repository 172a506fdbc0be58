"""Questions of calls (ερωτήματα προσκλήσεων): by window, whom they concern."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from didaskaleio.courses import profiles
from didaskaleio.courses.queries import people_of, profile_facts
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.models import FormState, FormVersion
from didaskaleio.people.enums import Role, Scope
from didaskaleio.people.models import Person
from didaskaleio.registers.access import ANNOUNCED
from didaskaleio.registers.enums import CallState, CandidacyState, MemberState
from didaskaleio.registers.models import Call, Candidacy, Membership
from didaskaleio.structures.models import ImplementingBody

NO_LEVEL = ""  # rules of clusters, which depend on it, are of programmes and not of calls
WINDOWS = {"open": "Ανοιχτές", "soon": "Ανοίγουν σύντομα", "past": "Έληξαν ή ανακλήθηκαν"}


def announced(window: str, at: datetime) -> QuerySet[Call]:
    """Announced calls: ``open`` by deadline, ``soon`` by opening, ``past`` the latest first."""
    rows = Call.objects.filter(state__in=ANNOUNCED).select_related("body")
    running = Q(state=CallState.PUBLISHED, closes_at__gte=at)
    if window == "open":
        return rows.filter(running, opens_at__lte=at).order_by("closes_at", "pk")
    if window == "soon":
        return rows.filter(running, opens_at__gt=at).order_by("opens_at", "pk")
    return rows.exclude(running).order_by("-closes_at", "-pk")


def bodies_of(actor: Actor) -> QuerySet[ImplementingBody]:
    """The bodies for which ``actor`` may prepare calls."""
    held = actor.scopes(Role.BODY_OFFICER, Scope.BODY) | actor.scopes(Role.BODY_HEAD, Scope.BODY)
    known = [pk for pk in held if pk is not None]
    return ImplementingBody.objects.filter(pk__in=known).order_by("short_name")


def forms_of(bodies: QuerySet[ImplementingBody]) -> QuerySet[FormVersion]:
    """Published versions of the forms of these bodies, by title."""
    rows = FormVersion.objects.filter(state=FormState.PUBLISHED, form__scope=Scope.BODY)
    rows = rows.filter(form__scope_id__in=bodies.values("pk"))
    return rows.select_related("form").order_by("form__sort_key", "pk")


def audience_words(call: Call) -> list[str]:
    """The rules of the audience as a person reads them."""
    return profiles.parse(call.audience_rules).in_words()


def audience_findings(call: Call, person: Person, at: datetime) -> list[profiles.Finding]:
    """Each rule of the audience checked on ``person``, with what stands in the way."""
    found = profiles.parse(call.audience_rules)
    if not found.rules:
        return []
    return found.check(profile_facts(person, localdate(at), NO_LEVEL))


def concerned(call: Call, at: datetime) -> QuerySet[Person]:
    """Whom the announced acts of a call concern (όσους αφορά), apart from those told in any case.

    They fulfil its rules, or are members of the register that it fills or draws on; without
    either it concerns those who follow it.
    """
    rules = profiles.parse(call.audience_rules)
    wanted = Q(pk__in=drawn_on(call).values("person"))
    if rules.rules:
        wanted |= Q(pk__in=people_of(rules, localdate(at)).values("pk"))
    begun = Candidacy.objects.filter(call=call).exclude(state=CandidacyState.WITHDRAWN)
    told = Q(pk__in=call.followers.values("person")) | Q(pk__in=begun.values("person"))
    return Person.objects.filter(wanted, is_active=True).exclude(told)


def drawn_on(call: Call) -> QuerySet[Membership]:
    """Who stands in the register that a call fills; for a part, in the one above it too."""
    register = call.register
    above = [register.pk, register.parent_id] if register else []
    standing = [MemberState.ACTIVE, MemberState.EXPIRING]
    return Membership.objects.filter(register__in=above, state__in=standing)
