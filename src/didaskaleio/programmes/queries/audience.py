"""To whom actions are addressed (αποδέκτες): by place of service; one query for any number."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet, Value

from didaskaleio.kernel.fields import GreekKeyOf
from didaskaleio.people.models import SchoolService
from didaskaleio.programmes.enums import Addressees
from didaskaleio.programmes.models import AddressedPrefecture, AddressedSchool, TrainingAction
from didaskaleio.structures.models import School

MOST_FOUND = 30
NAMED = 3


@dataclass(frozen=True)
class Audience:
    """Σε ποιους απευθύνεται μια δράση: codes of prefectures or of schools, and it in words."""

    prefectures: frozenset[str] = frozenset()
    schools: frozenset[str] = frozenset()
    words: str = ""


def audience_of(action: TrainingAction) -> Audience | None:
    """The audience of an action; None, without asking, for the whole country."""
    if action.addressed_to == Addressees.PREFECTURES:
        rows = action.prefectures.order_by("prefecture__sort_key")
        named = list(rows.values_list("prefecture__code", "prefecture__name"))
        codes = frozenset(code for code, _ in named)
        return Audience(prefectures=codes, words=_words("Νομοί", [name for _, name in named]))
    if action.addressed_to == Addressees.SCHOOLS:
        schools = action.schools.order_by("school__sort_key")
        found = list(schools.values_list("school__code", "school__name", "group"))
        names = list(dict.fromkeys(group or name for _, name, group in found))
        codes = frozenset(code for code, _, _ in found)
        return Audience(schools=codes, words=_words("Σχολεία", names))
    return None


def _words(noun: str, names: list[str]) -> str:
    """«Νομοί: Κοζάνη, Λάρισα και άλλα 3»."""
    more = len(names) - NAMED
    rest = f" και άλλα {more}" if more > 0 else ""
    return f"{noun}: {', '.join(names[:NAMED])}{rest}"


def addressed(person_id: int, action: str = "action__") -> Q:
    """Rows whose action, at path ``action``, is addressed to where the person serves."""
    serves = SchoolService.objects.filter(teacher__person_id=person_id, hours__gt=0)
    theirs = OuterRef(f"{action}pk")
    schools = AddressedSchool.objects.filter(action=theirs, school__in=serves.values("school"))
    prefectures = AddressedPrefecture.objects.filter(
        action=theirs, prefecture__in=serves.values("school__prefecture")
    )
    kind = f"{action}addressed_to"
    return (
        Q(**{kind: Addressees.EVERYWHERE})
        | (Q(**{kind: Addressees.SCHOOLS}) & Q(Exists(schools)))
        | (Q(**{kind: Addressees.PREFECTURES}) & Q(Exists(prefectures)))
    )


def people_addressed(action: TrainingAction) -> Q:
    """People who serve where the action is addressed to; everybody for the whole country."""
    serves = SchoolService.objects.filter(hours__gt=0)
    if action.addressed_to == Addressees.PREFECTURES:
        serves = serves.filter(school__prefecture__in=action.prefectures.values("prefecture"))
    elif action.addressed_to == Addressees.SCHOOLS:
        serves = serves.filter(school__in=action.schools.values("school"))
    else:
        return Q()
    return Q(pk__in=serves.values("teacher__person"))


def searched(action: TrainingAction, words: str) -> QuerySet[School]:
    """Schools that the action does not name yet, by name, town or code; at most a screenful."""
    rows = School.objects.exclude(pk__in=action.schools.values("school"))
    rows = rows.alias(town_key=GreekKeyOf("town"))
    for word in words.split():
        key = GreekKeyOf(Value(word))
        rows = rows.filter(Q(sort_key__contains=key) | Q(town_key__contains=key) | Q(code=word))
    return rows.select_related("directorate").order_by("sort_key", "pk")[:MOST_FOUND]
