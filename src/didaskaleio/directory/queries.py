"""Questions of room directory: structures by type, place and words; who is in charge; vacancies."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import (
    Case,
    Exists,
    F,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Concat, Replace

from didaskaleio.directory.enums import (
    PUBLIC,
    STANDING,
    EngagementState,
    OfficeKind,
    TermState,
)
from didaskaleio.directory.models import STRUCTURE, Engagement, Office, Structure, Term
from didaskaleio.kernel import access
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.fields import GreekKeyOf
from didaskaleio.people import queries as people
from didaskaleio.people.enums import Role, Scope
from didaskaleio.registers.access import OFFICERS
from didaskaleio.registers.enums import PASSED, Fills
from didaskaleio.registers.models import Call
from didaskaleio.structures.models import Directorate, ImplementingBody, Prefecture, TrainingCentre

BETWEEN = Value(" ")
WORDS = Concat(
    *("name", BETWEEN, "town", BETWEEN, "type__abbreviation", BETWEEN, "type__name"),
    output_field=TextField(),
)
UNDOTTED = Replace(GreekKeyOf(WORDS), Value("."), Value(""), output_field=TextField())


def working(day: date) -> QuerySet[Structure]:
    """The structures that work on ``day``, by name, with their place."""
    found = Structure.objects.filter(Q(closed_on=None) | Q(closed_on__gt=day))
    found = found.select_related("type", "prefecture__region", "directorate", "body", "parent")
    return found.order_by("sort_key", "prefecture__sort_key", "pk")


def search(
    found: QuerySet[Structure], *, q: str = "", vacant: bool = False, **place: Any
) -> QuerySet[Structure]:
    """Narrow by words of name, town and type, by the fields of ``place``, by an empty office.

    Accents, capitals and the dots of abbreviations do not matter: «εκφε» finds «Ε.Κ.Φ.Ε.».
    """
    found = found.filter(**{name: value for name, value in place.items() if value})
    words = [GreekKeyOf(Value(word)) for word in q.replace(".", "").split()]
    if words:
        said = (Q(words__contains=word) for word in words)
        found = found.alias(words=UNDOTTED).filter(*said)
    if vacant:
        empty = vacancies().filter(structure=OuterRef("pk"))
        found = found.filter(Exists(empty))
    return found


def with_heads(found: QuerySet[Structure]) -> QuerySet[Structure]:
    """With ``leading``: the office of the head (one or none) with its holders."""
    offices = Office.objects.filter(kind=OfficeKind.HEAD, abolished_on=None)
    return found.prefetch_related(
        Prefetch("offices", queryset=with_holders(offices), to_attr="leading")
    )


def with_holders(offices: QuerySet[Office]) -> QuerySet[Office]:
    """With ``now``: whoever holds it (one or none), and ``next``: whoever was named for later."""
    terms = Term.objects.select_related("person").order_by("begins_at")
    return offices.prefetch_related(
        Prefetch("terms", queryset=terms.filter(state__in=STANDING), to_attr="now"),
        Prefetch("terms", queryset=terms.filter(state=TermState.NAMED), to_attr="next"),
    )


def offices_of(structure: Structure) -> QuerySet[Office]:
    """The offices that a structure has, the head's first, with their holders."""
    head, deputy = (When(kind=kind, then=place) for place, kind in enumerate(PUBLIC))
    rows = structure.offices.filter(abolished_on=None)
    return with_holders(rows.order_by(Case(head, deputy, default=2), "pk"))


def vacancies() -> QuerySet[Office]:
    """Offices of working structures that nobody holds now."""
    held = Term.objects.filter(office=OuterRef("pk"), state__in=STANDING)
    rows = Office.objects.filter(~Exists(held), abolished_on=None, structure__closed_on=None)
    return rows.select_related("structure__prefecture__region", "structure__type")


def without_successor(terms: QuerySet[Term]) -> QuerySet[Term]:
    """Those of the terms after which nobody was named."""
    named = Term.objects.filter(
        office=OuterRef("office"), state=TermState.NAMED, begins_at__gte=OuterRef("ends_at")
    )
    return terms.filter(~Exists(named), office__abolished_on=None)


def keepers(structure: Structure, at: datetime) -> set[int]:
    """Who answers for the offices of a structure: its body, else its place, else the ministry."""
    nearest: tuple[tuple[tuple[str, str, int | None], ...], ...] = (
        tuple((role, Scope.BODY, structure.body_id) for role in OFFICERS),
        (
            (Role.REGIONAL_OFFICER, Scope.DIRECTORATE, structure.directorate_id),
            (Role.REGIONAL_OFFICER, Scope.REGION, structure.prefecture.region_id),
        ),
        ((Role.MINISTRY_OFFICER, Scope.COUNTRY, None),),
    )
    for posts in nearest:
        found = _holders(posts, at)
        if found:
            return found
    return set()


def _holders(posts: tuple[tuple[str, str, int | None], ...], at: datetime) -> set[int]:
    return {
        pk
        for role, scope, scope_id in posts
        if scope_id is not None or scope == Scope.COUNTRY
        for pk in people.holders(role, scope, scope_id, at=at).values_list("pk", flat=True)
    }


def calls_for_posts(actor: Actor) -> QuerySet[Call]:
    """The calls of the actor's bodies that fill posts and whose deadline has passed."""
    rows = Call.objects.filter(fills=Fills.POSTS, state__in=PASSED)
    return rows.filter(body__in=_bodies(actor)).order_by("-pk")


def _bodies(actor: Actor) -> list[int]:
    return [pk for role in OFFICERS for pk in _known(actor.scopes(role, Scope.BODY))]


def _known(scopes: Iterable[int | None]) -> list[int]:
    return [pk for pk in scopes if pk is not None]


def terms_of(person: int) -> QuerySet[Term]:
    """The terms of a person, the latest first."""
    rows = Term.objects.filter(person_id=person).exclude(state=TermState.CANCELLED)
    return rows.select_related("office__structure").order_by(F("begins_at").desc(), "-pk")


def past_terms(structure: Structure) -> QuerySet[Term]:
    """The terms of a structure that have ended, the latest first."""
    over = (TermState.ENDED, TermState.HANDED_OVER)
    rows = Term.objects.filter(office__structure=structure, state__in=over)
    return rows.select_related("office", "person").order_by("-ends_at", "-pk")


@dataclass(frozen=True)
class Domain:
    """Where an actor may keep structures: the prefectures and bodies to choose from."""

    prefectures: QuerySet[Prefecture]
    bodies: QuerySet[ImplementingBody]
    by_body: bool = False


def domain_of(actor: Actor) -> Domain:
    """The whole country for the ministry, else the own region or directorate, else the body."""
    prefectures = Prefecture.objects.order_by("sort_key")
    bodies = ImplementingBody.objects.order_by("short_name")
    if actor.holds(Role.MINISTRY_OFFICER):
        return Domain(prefectures, bodies)
    own = bodies.filter(pk__in=_bodies(actor))
    regional = actor.holds(Role.REGIONAL_OFFICER)
    if own and not regional:
        return Domain(prefectures, own, by_body=True)
    regions = _known(actor.scopes(Role.REGIONAL_OFFICER, Scope.REGION))
    directorates = _known(actor.scopes(Role.REGIONAL_OFFICER, Scope.DIRECTORATE))
    of_these = Directorate.objects.filter(pk__in=directorates).values("prefecture")
    near = Q(region__in=regions) | Q(pk__in=of_these)
    return Domain(prefectures if own else prefectures.filter(near), own)


RUNNING = (EngagementState.ACTIVE, EngagementState.ENDING)


def engagements() -> QuerySet[Engagement]:
    """Time-limited posts with their hosts, the first to end first."""
    related = ("person", "structure__prefecture", "centre", "body", "post", "file")
    return Engagement.objects.select_related(*related).order_by("ends_at", "pk")


def hosts_of(engagement: Engagement, at: datetime) -> set[int]:
    """The officers of the host of a time-limited post."""
    if engagement.structure:
        return keepers(engagement.structure, at)
    body = engagement.centre.body_id if engagement.centre else engagement.body_id
    return _holders(tuple((role, Scope.BODY, body) for role in OFFICERS), at)


@dataclass(frozen=True)
class Host:
    """A host to choose: the field that names it, its row, its group in the list."""

    field: str
    row: Structure | TrainingCentre | ImplementingBody
    group: str

    @property
    def value(self) -> str:
        return f"{self.field}:{self.row.pk}"

    @property
    def name(self) -> str:
        return str(self.row)


def hosts_for(actor: Actor) -> list[Host]:
    """Where the actor may give time-limited posts."""
    structures = Structure.objects.filter(closed_on=None).order_by("sort_key", "pk")
    kept = access.visible(actor, "structure.keep", structures)
    found = [Host(STRUCTURE, row, "Δομές") for row in kept]
    centres = TrainingCentre.objects.order_by("sort_key", "pk")
    bodies = ImplementingBody.objects.order_by("short_name")
    if not actor.holds(Role.MINISTRY_OFFICER):
        own = Q(body__in=_bodies(actor))
        own |= Q(region__in=_known(actor.scopes(Role.REGIONAL_OFFICER, Scope.REGION)))
        centres, bodies = centres.filter(own), bodies.filter(pk__in=_bodies(actor))
    found += [Host("centre", row, "Κ.Σ.Ε.") for row in centres]
    return found + [Host("body", row, "Φορείς") for row in bodies]
