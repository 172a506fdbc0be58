"""Life cycles (κύκλος ζωής): states and steps declared once, performed by operations.

The declaration is data: models, buttons, views, diagrams and tests all read it. What a step
*does* is the body of the one operation that performs it; that operation is the only way to
take the step.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from django.db import models, transaction
from django.db.models import Q, QuerySet

from didaskaleio.kernel import access, events, journal
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.among import Each, among, update_each
from didaskaleio.kernel.errors import ReasonMissingError, Refusal, StepRefusedError

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T", bound=models.Model)
Guard = Callable[[Any, datetime], str | None]
ATTEMPTS = 5


@dataclass(frozen=True)
class Step:
    """One step: from which states, to which one, who may, and what the button says.

    ``guard`` returns a Greek sentence when facts other than the state stand in the way;
    ``due`` names the field that holds the moment at which a timed step fires by itself.
    """

    name: str
    sources: frozenset[str]
    target: str
    needs: str
    label: str
    done: str = ""
    reason: bool = False
    danger: bool = False
    guard: Guard | None = None
    due: str = ""
    button: bool = True


def step(
    name: str, source: Iterable[str] | str, target: str, *, needs: str, label: str, **rest: Any
) -> Step:
    """A step of a life cycle; ``source`` is one state or several."""
    sources = frozenset([str(source)] if isinstance(source, str) else [str(s) for s in source])
    return Step(name, sources, str(target), needs, label, **rest)


@dataclass(frozen=True)
class Operation:
    """The operation that performs a step, with the arguments that it asks of a caller."""

    step: Step
    run: Callable[..., Any]
    model: str = ""


@dataclass
class Lifecycle:
    """The table of states and steps of one kind of object."""

    name: str
    title: str
    states: type[models.TextChoices]
    steps: dict[str, Step]
    kinds: dict[str, str] = field(default_factory=dict)
    operations: dict[str, Callable[..., Any]] = field(default_factory=dict)
    bulk_operations: dict[str, Callable[..., Any]] = field(default_factory=dict)
    model: type[models.Model] | None = None

    def open_steps(self, thing: Any, actor: Actor, at: datetime) -> list[Step]:
        """The steps that ``actor`` may take on ``thing`` now: what the page shows as buttons."""
        return [
            s
            for s in self.steps.values()
            if s.button
            and thing.state in s.sources
            and access.allowed(actor, s.needs, thing)
            and (s.guard is None or s.guard(thing, at) is None)
        ]

    def can(self, name: str, thing: Any, actor: Actor, at: datetime) -> bool:
        """Whether ``actor`` may take step ``name`` now."""
        the = self.steps[name]
        return (
            thing.state in the.sources
            and access.allowed(actor, the.needs, thing)
            and (the.guard is None or the.guard(thing, at) is None)
        )

    def kind(self, state: str) -> str:
        """The meaning of a state for the eye: info, good, wait, bad, move or empty."""
        return self.kinds.get(state, "")

    def timed(self) -> list[Step]:
        return [s for s in self.steps.values() if s.due]

    def performs(
        self, name: str, *, locks: tuple[str, ...] = ()
    ) -> Callable[[Callable[Concatenate[T, P], R]], Callable[Concatenate[T, P], R]]:
        """Make a function the operation that takes step ``name``.

        ``locks`` names relations whose rows must hold still too, because the body counts
        something about them. Parents are locked before the row, in order of id within each
        relation, and the row is read again: if a parent changed meanwhile, all is tried anew.
        """
        the = self.steps[name]

        def decorate(body: Callable[Concatenate[T, P], R]) -> Callable[Concatenate[T, P], R]:
            @wraps(body)
            def operation(thing: T, /, *args: P.args, **kwargs: P.kwargs) -> R:
                actor, at = _actor_and_moment(kwargs)
                reason = str(kwargs.get("reason", "") or "").strip()
                if the.reason and not reason:
                    raise ReasonMissingError(f"{the.label}: γράψτε την αιτιολογία.", code=name)
                with transaction.atomic():
                    _hold(thing, locks)
                    self._check(the, thing, actor, at)
                    before = _columns(thing)
                    result = body(thing, *args, **kwargs)
                    self._arrive(the, thing, before, actor, at, reason)
                return result

            if name in self.operations:
                raise ValueError(f"{self.name}.{name} is performed twice")
            self.operations[name] = operation
            return operation

        return decorate

    def _check(self, the: Step, thing: Any, actor: Actor, at: datetime) -> None:
        access.require(actor, the.needs, thing)
        if thing.state not in the.sources:
            state = self.states(thing.state).label
            raise StepRefusedError(
                f"«{the.label}» δεν γίνεται τώρα: η κατάσταση είναι «{state}». "
                "Ανανεώστε τη σελίδα για να δείτε τι άλλαξε.",
                code=the.name,
            )
        if the.guard and (sentence := the.guard(thing, at)):
            raise StepRefusedError(sentence, code=the.name)

    def _arrive(
        self,
        the: Step,
        thing: Any,
        before: dict[str, Any],
        actor: Actor,
        at: datetime,
        reason: str,
    ) -> None:
        """Save the new state together with whatever columns the body assigned."""
        source, thing.state = thing.state, the.target
        changed = [name for name, value in _columns(thing).items() if value is not before[name]]
        thing.save(update_fields=["state", *(name for name in changed if name != "state")])
        journal.write_many(
            type(thing),
            [thing.pk],
            the.done or the.label,
            actor=actor,
            at=at,
            step=the.name,
            sources={thing.pk: source},
            target=the.target,
            reason=reason,
        )
        events.publish(
            events.StepsTaken(
                self.name, the.name, the.target, (thing.pk,), actor.user_id, at, reason
            )
        )

    def perform_all(
        self,
        name: str,
        rows: QuerySet[Any],
        *,
        actor: Actor,
        at: datetime,
        reason: str = "",
        data: dict[str, Any] | None = None,
        each: Each | None = None,
        **changes: Any,
    ) -> tuple[int, ...]:
        """Take step ``name`` on every row of ``rows`` that may take it, set-based.

        One UPDATE and one batch of journal rows; rows in another state or closed to the actor
        are left alone. Returns the ids that moved. ``changes`` are further columns to set;
        ``each`` those whose value differs from row to row: column → id → value.
        """
        the = self.steps[name]
        if the.reason and not reason.strip():
            raise ReasonMissingError(f"{the.label}: γράψτε την αιτιολογία.", code=name)
        open_rows = rows.filter(state__in=the.sources)
        if not actor.is_system:
            open_rows = access.visible(actor, the.needs, open_rows)
        with transaction.atomic():
            # two plain queries: joined to itself the planner may walk the table for each row
            found = list(open_rows.order_by().values_list("pk", flat=True))
            locked = rows.model._base_manager.filter(among(found), state__in=the.sources)  # noqa: SLF001
            sources = dict(
                locked.order_by("pk")
                .select_for_update(of=("self",), no_key=True)
                .values_list("pk", "state")
            )
            ids = tuple(sources)
            _move(rows.model, ids, the.target, each or {}, changes)
            journal.write_many(
                rows.model,
                ids,
                the.done or the.label,
                actor=actor,
                at=at,
                step=the.name,
                sources=sources,
                target=the.target,
                reason=reason,
                data=data,
            )
            if ids:
                events.publish(
                    events.StepsTaken(self.name, name, the.target, ids, actor.user_id, at, reason)
                )
        return ids

    def mermaid(self) -> str:
        """The diagram of the documentation, drawn from the declaration."""
        lines = [
            f"    {source} --> {s.target}: {s.name}"
            for s in self.steps.values()
            for source in sorted(s.sources)
        ]
        return "\n".join(["stateDiagram-v2", *lines])


known: dict[str, Lifecycle] = {}


def lifecycle(
    name: str,
    title: str,
    states: type[models.TextChoices],
    *steps: Step,
    kinds: dict[str, str] | None = None,
) -> Lifecycle:
    """Declare a life cycle; a repeated name, of it or of a step, is refused."""
    if name in known:
        raise ValueError(f"life cycle {name} is declared twice")
    table: dict[str, Step] = {}
    for s in steps:
        if s.name in table:
            raise ValueError(f"{name}.{s.name} is declared twice: one step has one target")
        for state in (*s.sources, s.target):
            states(state)
        table[s.name] = s
    known[name] = Lifecycle(name, title, states, table, kinds or {})
    return known[name]


def _move(
    model: type[models.Model],
    ids: Sequence[int],
    target: str,
    each: Each,
    changes: dict[str, Any],
) -> None:
    if each and ids:
        update_each(model, ids, each, state=target)
    if changes or not each:
        moved = model._base_manager.filter(among(ids))  # noqa: SLF001
        moved.update(state=target, **changes)


def _actor_and_moment(kwargs: Any) -> tuple[Actor, datetime]:
    return kwargs["actor"], kwargs["at"]


class _ParentChangedError(Exception):
    """The row belongs to another parent than the one that was locked."""


def _hold(thing: Any, locks: Sequence[str]) -> None:
    """Lock the parents named by ``locks``, then the row; read all of them afresh.

    If a parent changed meanwhile the savepoint gives every lock back before the new parent is
    locked: nobody waits for a parent while holding a row or another parent out of order.
    """
    for _ in range(ATTEMPTS):
        try:
            with transaction.atomic(savepoint=bool(locks)):
                return _lock(thing, locks)
        except _ParentChangedError:
            continue
    raise StepRefusedError("Τα στοιχεία αλλάζουν αυτή τη στιγμή από άλλο πρόσωπο. Δοκιμάστε ξανά.")


def _lock(thing: Any, locks: Sequence[str]) -> None:
    seen = {relation: _parent_id(thing, relation) for relation in locks}
    parents = {relation: _lock_parent(thing, relation, pk) for relation, pk in seen.items()}
    thing.refresh_from_db(
        from_queryset=_own_rows(thing).select_for_update(of=("self",), no_key=True)
    )
    if any(_parent_id(thing, relation) != pk for relation, pk in seen.items()):
        raise _ParentChangedError
    for relation, parent in parents.items():
        setattr(thing, relation, parent)


def _columns(thing: Any) -> dict[str, Any]:
    """The stored columns of a row by attribute name (generated ones apart)."""
    return {
        field.attname: getattr(thing, field.attname)
        for field in type(thing)._meta.concrete_fields  # noqa: SLF001
        if not field.generated and not field.primary_key
    }


def _own_rows(thing: Any) -> QuerySet[Any]:
    rows: QuerySet[Any] = type(thing)._base_manager.all()  # noqa: SLF001
    return rows


def _parent_id(thing: Any, relation: str) -> Any:
    return getattr(thing, type(thing)._meta.get_field(relation).attname)  # noqa: SLF001


def _lock_parent(thing: Any, relation: str, pk: Any) -> Any:
    if pk is None:
        return None
    parent: Any = type(thing)._meta.get_field(relation).related_model  # noqa: SLF001
    return parent._base_manager.select_for_update(of=("self",), no_key=True).get(pk=pk)  # noqa: SLF001


@dataclass(frozen=True)
class TimedStep:
    """A timed step (χρονικό βήμα): rows whose ``due`` moment passed take the step by themselves."""

    lifecycle: Lifecycle
    step: Step
    fire: Callable[..., Any]

    def waiting(self) -> QuerySet[Any]:
        model: Any = self.lifecycle.model
        rows: QuerySet[Any] = model._base_manager.filter(  # noqa: SLF001
            Q(state__in=self.step.sources) & Q(**{f"{self.step.due}__isnull": False})
        )
        return rows.order_by(self.step.due, "pk")

    def next_due(self) -> tuple[datetime, Any] | None:
        row = self.waiting().first()
        return (_reach_moment(row, self.step.due), row) if row else None


def _reach_moment(row: Any, path: str) -> datetime:
    for name in path.split("__"):
        row = getattr(row, name)
    moment: datetime = row
    return moment


def timed_steps() -> list[TimedStep]:
    """Every timed step of the platform that has an operation."""
    return [
        TimedStep(cycle, s, cycle.operations[s.name])
        for cycle in known.values()
        for s in cycle.timed()
        if cycle.model is not None and s.name in cycle.operations
    ]


def upcoming(after: datetime, limit: int = 12) -> list[tuple[datetime, str, Any]]:
    """What will happen by the clock after ``after``: moment, label of the step, object."""
    found: list[tuple[datetime, str, Any]] = []
    for timed in timed_steps():
        due = timed.step.due
        rows = timed.waiting().filter(**{f"{due}__gt": after})[:limit]
        found.extend((_reach_moment(row, due), timed.step.label, row) for row in rows)
    return sorted(found, key=lambda item: item[0])[:limit]


Chore = Callable[[datetime], int]
chores: dict[str, Chore] = {}


def chore(name: str) -> Callable[[Chore], Chore]:
    """Register what else happens by the clock: idempotent, catches up with all that was missed."""

    def register(function: Chore) -> Chore:
        if name in chores:
            raise ValueError(f"chore {name} is declared twice")
        chores[name] = function
        return function

    return register


def pass_time(at: datetime) -> int:
    """Let everything happen that is due by ``at``: timed steps, then chores."""
    return fire_due(at) + sum(run(at) for run in chores.values())


def fire_due(at: datetime, *, limit: int = 100_000) -> int:
    """Fire every timed step whose moment has passed by ``at``, in order of moment.

    Each fires in its own transaction, with ``at`` = the moment of the step or of the firing
    of the one before it; one that is refused is put aside so that the rest go on.
    """
    fired, refused = 0, set[tuple[str, int]]()
    while fired < limit:
        due = _earliest(at, refused)
        if due is None:
            return fired
        timed, row, moment = due
        try:
            timed.fire(row, actor=access.SYSTEM, at=moment)
            fired += 1
        except Refusal:
            refused.add((timed.step.name, row.pk))
    return fired


def _earliest(
    at: datetime, refused: set[tuple[str, int]]
) -> tuple[TimedStep, Any, datetime] | None:
    found: tuple[TimedStep, Any, datetime] | None = None
    for timed in timed_steps():
        aside = [pk for name, pk in refused if name == timed.step.name]
        row = timed.waiting().filter(**{f"{timed.step.due}__lte": at}).exclude(pk__in=aside).first()
        if row is None:
            continue
        moment = _reach_moment(row, timed.step.due)
        if found is None or moment < found[2]:
            found = (timed, row, moment)
    return found
