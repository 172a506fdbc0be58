"""What payments ask of people: sign minutes, approve an order, send it, settle it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

from didaskaleio.finance.enums import OrderState
from didaskaleio.finance.models import PaymentOrder
from didaskaleio.finance.queries import acceptance, orders
from didaskaleio.kernel import access, agenda, greek
from didaskaleio.kernel.access import Actor


@agenda.todos("finance.minutes")
def sign_minutes(actor: Actor, at: datetime) -> Iterable[agenda.Todo]:
    """Members of committees: minutes that wait for their signature."""
    if actor.user_id is None:
        return
    yield from agenda.shortened(
        acceptance.to_sign(actor.user_id),
        lambda row: agenda.Todo(
            f"Υπογραφή πρακτικού: {row.committee.title}",
            reverse("finance:minutes", args=[row.pk]),
            detail=greek.count(row.size, "γραμμή έργου", "γραμμές έργου"),
        ),
        rest="πρακτικά προς υπογραφή",
        url=reverse("finance:minutes-mine"),
    )


@agenda.todos("finance.approve")
def approve(actor: Actor, at: datetime) -> Iterable[agenda.Todo]:
    """Whoever may approve: orders that somebody else prepared."""
    rows = _in_state(actor, "order.approve", OrderState.DRAFT)
    if actor.user_id is not None:
        rows = rows.exclude(by_id=actor.user_id)
    yield from _todos(rows, "Έγκριση εντολής πληρωμής")


@agenda.todos("finance.dispatch")
def dispatch(actor: Actor, at: datetime) -> Iterable[agenda.Todo]:
    """The accounts: approved orders without their file for the bank."""
    rows = _in_state(actor, "order.keep", OrderState.APPROVED)
    yield from _todos(rows, "Αποστολή εντολής στην τράπεζα")


@agenda.todos("finance.settle")
def settle(actor: Actor, at: datetime) -> Iterable[agenda.Todo]:
    """The accounts: orders at the bank whose payments are not all marked."""
    rows = _in_state(actor, "order.keep", OrderState.SENT)
    yield from _todos(rows, "Τι πλήρωσε η τράπεζα")


def _in_state(actor: Actor, permission: str, state: str) -> orders.Orders:
    return access.visible(actor, permission, orders.orders().filter(state=state))


def _todos(rows: orders.Orders, words: str) -> Iterable[agenda.Todo]:
    return agenda.shortened(
        rows,
        lambda row: _todo(row, words),
        rest="εντολές πληρωμής",
        url=reverse("finance:pay-desk"),
    )


def _todo(order: PaymentOrder, words: str) -> agenda.Todo:
    return agenda.Todo(
        f"{words} {order.number}",
        reverse("finance:order", args=[order.pk]),
        detail=order.action.title,
    )
