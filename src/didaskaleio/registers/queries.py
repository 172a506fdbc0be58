"""Questions of room registers: calls by window, facts for an audience, documents of answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.timezone import localdate

from didaskaleio.courses import profiles
from didaskaleio.courses.queries import people_of, profile_facts
from didaskaleio.kernel import greek
from didaskaleio.kernel.access import NOTHING, Actor, visible
from didaskaleio.kernel.forms import wording
from didaskaleio.kernel.forms.conditions import counted
from didaskaleio.kernel.forms.definition import (
    Condition,
    Definition,
    Kind,
    Op,
    Problem,
    Question,
    Test,
)
from didaskaleio.kernel.forms.searching import holding
from didaskaleio.kernel.models import FormState, FormVersion
from didaskaleio.people.enums import Role, Scope
from didaskaleio.people.models import Person, SchoolService, TrainerProfile
from didaskaleio.people.queries import find_people
from didaskaleio.registers.access import ANNOUNCED, SHOWN_TENDERS
from didaskaleio.registers.enums import (
    CallState,
    CandidacyState,
    MemberState,
    OfferState,
    TenderState,
)
from didaskaleio.registers.models import (
    Call,
    Candidacy,
    Evidence,
    Membership,
    Offer,
    Register,
    Tender,
)
from didaskaleio.registers.ranking.offers import Bid, Placed, placed
from didaskaleio.structures.models import ImplementingBody

NO_LEVEL = ""  # rules of clusters, which depend on it, are of programmes and not of calls
WEEKDAYS = {
    "monday": "Δευτέρα",
    "tuesday": "Τρίτη",
    "wednesday": "Τετάρτη",
    "thursday": "Πέμπτη",
    "friday": "Παρασκευή",
    "saturday": "Σάββατο",
    "sunday": "Κυριακή",
}
WINDOWS = {"open": "Ανοιχτές", "soon": "Ανοίγουν σύντομα", "past": "Έληξαν ή ανακλήθηκαν"}


def registers(bodies: QuerySet[ImplementingBody] | None = None) -> QuerySet[Register]:
    """Registers by title, each below the one it is part of, with how many members stand."""
    standing = Q(members__state__in=[MemberState.ACTIVE, MemberState.EXPIRING])
    rows = Register.objects.select_related("body", "parent", "cluster", "prefecture")
    if bodies is not None:
        rows = rows.filter(body__in=bodies)
    above = Coalesce(F("parent__sort_key"), F("sort_key"))
    return rows.annotate(standing=Count("members", filter=standing), above=above).order_by(
        "above", F("parent").asc(nulls_first=True), "sort_key", "pk"
    )


def members(register: Register, words: str = "", state: str = "") -> QuerySet[Membership]:
    """Members by name; those who were removed only when their state is asked for."""
    rows = Membership.objects.filter(register=register).select_related("person")
    rows = rows.filter(state=state) if state else rows.exclude(state=MemberState.REMOVED)
    if words:
        rows = rows.filter(Q(person__in=find_people(words)) | Q(number=words))
    return rows.order_by("person__sort_key", "pk")


def matching(rows: QuerySet[Membership], rule: Condition) -> QuerySet[Membership]:
    """Those whose fields fulfil the rule, by the conditions of forms, in the database."""
    return rows.filter(holding(rule, "values"))


def in_cluster(rows: QuerySet[Membership], cluster: int) -> QuerySet[Membership]:
    """Members for a cluster: by register, by a part of it, or by their profile as trainers."""
    profile = TrainerProfile.objects.filter(person=OuterRef("person"), clusters=cluster)
    parts = _in_part(register__cluster=cluster)
    return rows.filter(Q(register__cluster=cluster) | Exists(parts) | Exists(profile))


def in_prefecture(rows: QuerySet[Membership], prefecture: int, day: date) -> QuerySet[Membership]:
    """Members of a prefecture: by register, by a part of it, or by the school they serve at."""
    serves = SchoolService.objects.filter(
        Q(valid_until=None) | Q(valid_until__gte=day),
        teacher__person=OuterRef("person"),
        school__prefecture=prefecture,
        valid_from__lte=day,
    )
    parts = _in_part(register__prefecture=prefecture)
    return rows.filter(Q(register__prefecture=prefecture) | Exists(parts) | Exists(serves))


def _in_part(**part: int) -> QuerySet[Membership]:
    standing = Q(state__in=[MemberState.ACTIVE, MemberState.EXPIRING])
    above = {"register__parent": OuterRef("register"), "person": OuterRef("person")}
    return Membership.objects.filter(standing, **above, **part)


def registers_found(actor: Actor) -> QuerySet[Register]:
    """The registers whose members ``actor`` may find: those kept, and those of a planner's body."""
    planned = {pk for pk in actor.scopes(Role.PLANNER, Scope.BODY) if pk is not None}
    kept = visible(actor, "register.manage", Register.objects.all())
    rows = Register.objects.filter(Q(pk__in=kept.values("pk")) | Q(body__in=planned))
    return rows.select_related("form").order_by("sort_key", "pk")


def with_place(rows: QuerySet[Membership], day: date) -> QuerySet[Any]:
    """Members with person, register, clusters and ``place``: the prefecture of most hours."""
    serves = SchoolService.objects.filter(
        Q(valid_until=None) | Q(valid_until__gte=day),
        teacher__person=OuterRef("person"),
        valid_from__lte=day,
    ).order_by("-hours", "pk")
    place = Subquery(serves.values("school__prefecture__name")[:1])
    found = rows.select_related("person", "register").annotate(place=place)
    return found.prefetch_related("person__trainer_profile__clusters")


def clusters_of(member: Membership) -> str:
    """The clusters of the member's profile as a trainer, in words; see :func:`with_place`."""
    profile = getattr(member.person, "trainer_profile", None)
    rows = sorted(profile.clusters.all(), key=lambda one: one.code) if profile else []
    return ", ".join(dict.fromkeys(one.shown_code for one in rows))


def day_question(definition: Definition) -> Question | None:
    """The question about days on which somebody is free: options by the names of weekdays."""
    for one in definition.questions():
        keys = {option.key for option in one.options}
        if one.kind == Kind.CHOICES and keys and keys <= set(WEEKDAYS):
            return one
    return None


def free_on(
    rows: QuerySet[Membership], registers: Iterable[Register], weekday: str
) -> QuerySet[Membership]:
    """Members of these registers who are free on a weekday; who has not said is left out."""
    found = NOTHING
    for register in registers:
        asked = day_question(register.fields())
        if asked is not None:
            rule = Condition((Test(asked.key, Op.IS, weekday),))
            found |= Q(holding(rule, "values"), register=register.pk)
    return rows.filter(found)


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


def wallet(person: int, day: date | None = None) -> QuerySet[Evidence]:
    """The documents of a person's wallet, newest first; with ``day`` those still valid then."""
    rows = Evidence.objects.filter(person_id=person, dropped_at=None).select_related("file")
    if day is not None:
        rows = rows.filter(Q(valid_until=None) | Q(valid_until__gte=day))
    return rows.order_by("-pk")


def papers_of(
    person: int, definition: Definition, values: Mapping[str, Any]
) -> dict[str, Evidence]:
    """The documents of the person's wallet that are given as answers that count, by question."""
    given = _files(definition, values)
    found = Evidence.objects.filter(person_id=person, file__key__in=given.values())
    by_file = {str(one.file.key): one for one in found.select_related("file")}
    return {key: by_file[file] for key, file in given.items() if file in by_file}


def _files(definition: Definition, values: Mapping[str, Any]) -> dict[str, str]:
    kept = counted(definition, values)
    asked = [one.key for one in definition.questions() if one.kind == Kind.FILE]
    return {key: kept[key]["file"] for key in asked if key in kept}


def paper_problems(
    candidacy: Candidacy, definition: Definition, values: Mapping[str, Any], day: date
) -> list[Problem]:
    """Documents that have left the wallet, or have expired by ``day``, each with its question."""
    known = papers_of(candidacy.person_id, definition, values)
    found = []
    for key in _files(definition, values):
        asked, paper = definition.question(key), known.get(key)
        label = asked.label if asked else key
        if paper is None or paper.dropped_at:
            words = "το έγγραφο δεν είναι πια στον φάκελό σας. Διαλέξτε ή ανεβάστε άλλο."
            found.append(Problem(key, f"«{label}»: {words}"))
        elif paper.valid_until and paper.valid_until < day:
            ended = greek.short_date(paper.valid_until)
            found.append(Problem(key, f"«{label}»: το έγγραφο έληξε {ended}. Ανεβάστε νέο."))
    return found


def with_uses(rows: QuerySet[Evidence]) -> QuerySet[Evidence]:
    """Documents with the number of candidacies that they were submitted with."""
    return rows.annotate(used=Count("uses__submission__candidacy", distinct=True))


@dataclass(frozen=True)
class Said:
    """An answer in words; ``file`` is the key of a document."""

    label: str
    words: str
    file: str = ""


def answers_in_words(
    definition: Definition, values: Mapping[str, Any]
) -> list[tuple[str, list[Said]]]:
    """The answers that count, section by section, as people read them."""
    kept = counted(definition, values)
    found = [
        (section.title, [_said(one, kept[one.key]) for one in section.questions if one.key in kept])
        for section in definition.sections
    ]
    return [(title, said) for title, said in found if said]


def _said(one: Question, value: Any) -> Said:
    file = value.get("file", "") if one.kind == Kind.FILE else ""
    return Said(one.label, wording.answer(one, value), file)


def differs(definition: Definition, draft: Mapping[str, Any], kept: Mapping[str, Any]) -> bool:
    """Whether the draft says something else than the submitted version."""
    return bool(counted(definition, draft) != dict(kept))


def paper_questions(definition: Definition) -> list[tuple[str, str]]:
    """The questions that ask for a document: key and words."""
    return [(one.key, one.label) for one in definition.questions() if one.kind == Kind.FILE]


def asked_labels(definition: Definition, asked: Sequence[str]) -> list[str]:
    """The documents asked for, in the order of the form."""
    return [label for key, label in paper_questions(definition) if key in asked]


def tenders(window: str, at: datetime) -> QuerySet[Tender]:
    """Announced tenders: ``open`` by deadline, ``past`` the latest first."""
    rows = Tender.objects.filter(state__in=SHOWN_TENDERS).select_related("body", "prefecture")
    running = Q(state=TenderState.PUBLISHED, closes_at__gte=at)
    if window == "open":
        return rows.filter(running).order_by("closes_at", "pk")
    return rows.exclude(running).order_by("-closes_at", "-pk")


JUDGED = (OfferState.SUBMITTED, OfferState.WON, OfferState.LOST)


def order_of_offers(tender: Tender) -> list[Placed]:
    """The admissible offers by the rule of the tender, from the first to the last."""
    rows = Offer.objects.filter(tender=tender, state__in=JUDGED)
    bids = [Bid(one.pk, one.price, one.points, one.at) for one in rows if one.price and one.at]
    return placed(bids, tender.weight)


def contracted_centres(tenders: Iterable[int]) -> QuerySet[Offer]:
    """The offers of these tenders on which a contract stands, with their centres."""
    rows = Offer.objects.filter(won__in=list(tenders), won__state=TenderState.CONTRACTED)
    return rows.select_related("centre", "tender")
