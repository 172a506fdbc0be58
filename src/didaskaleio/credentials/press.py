"""Πιεστήριο (press): contents signed, sheets typeset and sealed, many at once on all cores.

It knows no database: what it is given is all that is printed, so that processes of its own do
the work while the caller keeps the transaction in which the numbers were taken.
"""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import signal
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from didaskaleio.credentials import authority, sheet, signed_content
from didaskaleio.credentials.claims import Claims
from didaskaleio.credentials.errors import ContentTooLongError
from didaskaleio.credentials.seal import seal
from didaskaleio.kernel.typesetting import TypesettingError

FEW = 4  # so many are printed sooner than a process starts
PR_SET_PDEATHSIG = 1


@dataclass(frozen=True)
class Order:
    """Παραγγελία: claims with number and code, the page, and whose keys seal it."""

    folder: Path
    body: str
    claims: Claims
    page: sheet.Sheet
    title: str


@dataclass(frozen=True)
class Printed:
    """Τυπωμένο: the signed content and the sealed PDF."""

    content: str
    pdf: bytes


Outcome = Printed | ContentTooLongError | TypesettingError


def strike(order: Order) -> Outcome:
    """Sign, typeset and seal one order; what cannot be printed comes back as its error."""
    keys, claims = authority.loaded(order.folder).bodies[order.body], order.claims
    try:
        content = signed_content.issue(claims, keys.content_key)
        pdf = sheet.compose(claims, content, order.page)
    except (ContentTooLongError, TypesettingError) as error:
        return error
    place, at = order.page.place, claims.issued_at
    return Printed(content, seal(pdf, keys.sealer, reason=order.title, location=place, at=at))


def strike_all(orders: Sequence[Order]) -> list[Outcome]:
    """All of them, in order: on every core where there are many."""
    if len(orders) < FEW or cores() == 1:
        return [strike(order) for order in orders]
    try:
        return list(_pool().map(strike, orders))
    except (
        BrokenProcessPool
    ):  # a process was killed: the work is done here, the next has a new pool
        _pool.cache_clear()
        return [strike(order) for order in orders]


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0))


@cache
def _pool() -> ProcessPoolExecutor:
    # not forked from here: threads and connections of the caller must not be copied
    apart = multiprocessing.get_context("forkserver")
    return ProcessPoolExecutor(cores(), mp_context=apart, initializer=_end_with_the_caller)


def _end_with_the_caller() -> None:
    """The fork server ends with whoever started it, however that happens; so do its children."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
