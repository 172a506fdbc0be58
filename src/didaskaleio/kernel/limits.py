"""Limits (όρια προσπαθειών): how often somebody may try something within a while.

Counted in one table of PostgreSQL, so that all processes share them and two tries at the same
moment are two. Every limit passes by itself: nobody is locked out for good. Each is declared
once; ``DIDASKALEIO_LIMITS`` changes it (``login.address=300/900``, ``0/1`` lifts it).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection
from django.db.models import F

from didaskaleio.kernel import greek
from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.models import Tries

TAKE = """
INSERT INTO kernel_tries AS t (key, began, count) VALUES (%(key)s, %(at)s, 1)
ON CONFLICT (key) DO UPDATE SET
  count = CASE WHEN t.began <= %(since)s THEN 1 ELSE t.count + 1 END,
  began = CASE WHEN t.began <= %(since)s THEN %(at)s ELSE t.began END
RETURNING began, count"""


class TooOftenError(Refusal):
    """Too many tries; ``until`` is when the next one is possible."""

    def __init__(self, until: datetime, at: datetime) -> None:
        sentence = (
            "Έγιναν πολλές προσπάθειες σε λίγη ώρα. "
            f"Δοκιμάστε ξανά από τις {greek.short_moment(until)}."
        )
        super().__init__(sentence, code="too_often")
        self.until, self.seconds = until, max(1, round((until - at).total_seconds()))


@dataclass(frozen=True)
class Limit:
    """At most ``times`` tries within ``seconds``, counted from the first of them."""

    name: str
    title: str
    times: int
    seconds: int


known: dict[str, Limit] = {}


def declare(name: str, title: str, times: int, seconds: int) -> Limit:
    """Declare a limit; what the environment says about it wins."""
    if name in known:
        raise ValueError(f"limit {name} is declared twice")
    times, seconds = settings.LIMITS.get(name, (times, seconds))
    known[name] = Limit(name, title, times, seconds)
    return known[name]


def take(limit: Limit, who: str, at: datetime) -> None:
    """Count one try of ``who`` (an address, an account); refuse it when it is one too many."""
    if not limit.times:
        return
    within = timedelta(seconds=limit.seconds)
    values: dict[str, str | datetime] = {"key": _key(limit, who), "at": at, "since": at - within}
    with connection.cursor() as cursor:
        cursor.execute(TAKE, values)
        began, count = cursor.fetchone()
    if count > limit.times:
        raise TooOftenError(began + within, at)


def give_back(limit: Limit, who: str) -> None:
    """One try of ``who`` was honest and does not count."""
    Tries.objects.filter(key=_key(limit, who), count__gt=0).update(count=F("count") - 1)


def forget(limit: Limit, who: str) -> None:
    """All tries of ``who`` are forgotten."""
    Tries.objects.filter(key=_key(limit, who)).delete()


def _key(limit: Limit, who: str) -> str:
    """Addresses and names of accounts are not kept: only that the same one came again."""
    digest = hashlib.blake2b(who.encode(), key=settings.SECRET_KEY.encode()[:64], digest_size=16)
    return f"{limit.name}:{digest.hexdigest()}"
