"""Questions of room registers: calls by window, facts for an audience, documents of answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.timezone import localdate

from didaskaleio.courses import profiles
from didaskaleio.courses.queries import fulfilling, profile_facts
from didaskaleio.kernel import greek
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.forms import wording
from didaskaleio.kernel.forms.conditions import counted, holds
from didaskaleio.kernel.forms.definition import Condition, Definition, Kind, Problem, Question
from didaskaleio.kernel.models import FormState, FormVersion
from didaskaleio.people.enums import Role, Scope
from didaskaleio.people.models import Person
from didaskaleio.people.queries import find_people
from didaskaleio.registers.access import ANNOUNCED
from didaskaleio.registers.enums import CallState, CandidacyState, MemberState
from didaskaleio.registers.models import Call, Candidacy, Evidence, Membership, Register
from didaskaleio.structures.models import ImplementingBody

CHUNK = 2_000
NO_LEVEL = ""  # rules of clusters, which depend on it, are of programmes and not of calls
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
    """Those whose fields fulfil the rule, by the conditions of forms."""
    if not rule.tests:
        return rows
    known = rows.order_by().values_list("pk", "values").iterator(chunk_size=CHUNK)
    return rows.filter(pk__in=[pk for pk, values in known if holds(rule, values)])


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

    They fulfil its rules; a call without rules concerns those who follow it.
    """
    rules = profiles.parse(call.audience_rules)
    if not rules.rules:
        return Person.objects.none()
    begun = Candidacy.objects.filter(call=call).exclude(state=CandidacyState.WITHDRAWN)
    told = Q(pk__in=call.followers.values("person")) | Q(pk__in=begun.values("person"))
    return fulfilling(rules, localdate(at)).exclude(told)


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
