"""From a definition to rows of the database (ερώτημα): every cell from a row that may be seen.

A column behind a way is shown where the person may see the row that the way leads to, and is
empty elsewhere; filters and groups read the same expression, so nothing can be learned by them.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, cast

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Count,
    DateField,
    DateTimeField,
    F,
    FloatField,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from didaskaleio.kernel import subjects
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.fields import GreekKeyOf
from didaskaleio.kernel.subjects import Many
from didaskaleio.observatory.columns import Chosen
from didaskaleio.observatory.conditions import Condition
from didaskaleio.observatory.definition import Definition

EMPTY: dict[str, Any] = {
    "text": CharField,
    "choice": CharField,
    "number": IntegerField,
    "hours": FloatField,
    "date": DateField,
    "moment": DateTimeField,
    "yes": BooleanField,
}


def rows(definition: Definition, actor: Actor, at: datetime) -> QuerySet[Any]:
    """The rows of the subject that the person may see and the filters leave, unordered."""
    found = subjects.known[definition.subject].seen_by(actor).order_by()
    for place, one in enumerate(one for one in definition.filters if one.whole):
        found = _narrowed(found, one, f"filter{place}", actor, at)
    return found


def _narrowed(
    found: QuerySet[Any], one: Condition, name: str, actor: Actor, at: datetime
) -> QuerySet[Any]:
    read = expression(one.column, actor, at)
    aliases: dict[str, Any] = {name: read}
    if one.column.kind == "text":
        aliases[f"{name}_key"] = GreekKeyOf(read)
    narrowed: QuerySet[Any] = found.alias(**aliases).filter(one.asked(name, at))
    return narrowed


def expression(chosen: Chosen, actor: Actor, at: datetime) -> Any:
    """A column as the person may read it."""
    if not chosen.open_to(actor):
        return Value(None, output_field=EMPTY[chosen.kind]())
    column = chosen.column
    read = (
        _counted(column, chosen.prefix, actor)
        if isinstance(column, Many)
        else column.expression(chosen.prefix, at)
    )
    guards = list(_guards(chosen, actor))
    if not guards:
        return read
    whole = Q()
    for guard in guards:
        whole &= guard
    return Case(When(whole, then=cast("Any", read)), default=None)


def _guards(chosen: Chosen, actor: Actor) -> Iterable[Q]:
    """That the person may see the row at the end of every way."""
    for way in chosen.ways:
        if not way.subject.whole_for(actor):
            yield Q(**{f"{way.path}__in": way.subject.seen_by(actor).order_by().values("pk")})


def _counted(many: Many, prefix: str, actor: Actor) -> Combinable:
    """How many rows that the person may see lead to the row behind ``prefix``."""
    seen = subjects.known[many.subject].seen_by(actor).order_by()
    leading = seen.filter(**{many.path: OuterRef(f"{prefix}pk")}).values(many.path)
    counted = leading.annotate(many=Count("pk")).values("many")
    return cast("Combinable", Coalesce(Subquery(counted, output_field=IntegerField()), 0))


def ordered(found: QuerySet[Any], definition: Definition, names: dict[str, str]) -> QuerySet[Any]:
    """The rows in the chosen order; equal ones by their key, so that pages never overlap."""
    name = names.get(definition.order.removeprefix("-"))
    if name is None:
        return found.order_by(*subjects.known[definition.subject].order, "pk")
    text = next(one for one in definition.columns if names[one.key] == name).kind == "text"
    key = GreekKeyOf(F(name)) if text else F(name)
    falling = definition.order.startswith("-")
    first = key.desc(nulls_last=True) if falling else key.asc(nulls_last=True)
    return found.order_by(first, "pk")
