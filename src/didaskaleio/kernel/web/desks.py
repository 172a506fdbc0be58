"""Όψεις ενός καταλόγου: the rows of a desk by state, with how many stand under each tab."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, TypeVar

from django.db.models import Count, Model, QuerySet, TextChoices
from django.http import HttpRequest

from didaskaleio.kernel.list_display import address

Row = TypeVar("Row", bound=Model)


class Tab(NamedTuple):
    """Όψη: what it is called, where it leads, how many rows it has (none: not counted)."""

    label: str
    url: str
    many: int | None
    current: bool


class View(NamedTuple):
    """A view of rows by state: those of ``states``, or of every state where it names none."""

    key: str
    label: str
    states: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Desk(Generic[Row]):
    """Κατάλογος ανά κατάσταση: the rows of the tab that is open, and the tabs themselves."""

    rows: QuerySet[Row]
    key: str
    tabs: list[Tab]
    counts: Mapping[str, int]

    @property
    def total(self) -> int:
        """How many rows there are in every state."""
        return sum(self.counts.values())


def views(states: type[TextChoices] | Sequence[TextChoices], every: str = "Όλες") -> list[View]:
    """One view of all rows, and then one for each state."""
    each = [View(str(state.value), str(state.label), frozenset({str(state)})) for state in states]
    return [View("", every), *each]


def tabs(
    request: HttpRequest, name: str, key: str, offered: Iterable[tuple[str, str, int | None]]
) -> list[Tab]:
    """A tab for each of ``offered`` (key, label, count); the other filters of the page stay."""
    kept = request.GET.copy()
    kept.pop("page", None)
    return [Tab(label, address(kept, **{name: k}), many, k == key) for k, label, many in offered]


def by_state(
    request: HttpRequest,
    found: QuerySet[Row],
    offered: Sequence[View],
    *,
    name: str = "state",
    start: str = "",
) -> Desk[Row]:
    """``found`` in the view that the address names, or in ``start`` where it names none."""
    known = {view.key: view for view in offered}
    key = request.GET.get(name, start)
    view = known[key if key in known else start]
    counts = _counted(found)
    many = [sum(counts.get(s, 0) for s in each.states or counts) for each in offered]
    shown = [(each.key, each.label, n) for each, n in zip(offered, many, strict=True)]
    rows = found.filter(state__in=sorted(view.states)) if view.states else found
    return Desk(rows, view.key, tabs(request, name, view.key, shown), counts)


def _counted(found: QuerySet[Any]) -> dict[str, int]:
    """How many rows of each state, whatever else the rows are joined with or annotated by."""
    plain: QuerySet[Any] = QuerySet(found.model).filter(pk__in=found.order_by().values("pk"))
    return dict(plain.values_list("state").annotate(Count("pk")))
