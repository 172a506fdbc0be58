"""Questions of room registers: calls by what a visitor may still do, facts for an audience."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from didaskaleio.courses import profiles
from didaskaleio.courses.queries import profile_facts
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.models import FormState, FormVersion
from didaskaleio.people.enums import Role, Scope
from didaskaleio.people.models import Person
from didaskaleio.registers.access import ANNOUNCED
from didaskaleio.registers.enums import CallState
from didaskaleio.registers.models import Call
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
