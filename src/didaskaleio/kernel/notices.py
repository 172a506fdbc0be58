"""Notices (ειδοποιήσεις): declared once, sent once, in the application and by mail.

``send`` writes the rows in the current transaction and enqueues one job that mails them, so
nothing is sent for what rolled back and nothing is lost when the mail server is away.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from didaskaleio.kernel import jobs
from didaskaleio.kernel.models import Notice, NoticePreference

BATCH = 5_000


@dataclass(frozen=True)
class Kind:
    """One kind of notice: its name, Greek title, and whether a person may switch its mail off."""

    name: str
    title: str
    mail: bool = True
    optional: bool = True


@dataclass(frozen=True)
class Message:
    """What one person is told; ``dedupe`` makes a repetition of the same news harmless."""

    person_id: int
    title: str
    text: str
    dedupe: str
    url: str = ""


kinds: dict[str, Kind] = {}


def declare(kind: Kind) -> Kind:
    """Declare a kind of notice; a repeated name is refused."""
    if kind.name in kinds:
        raise ValueError(f"notice {kind.name} is declared twice")
    kinds[kind.name] = kind
    return kind


def send(kind: Kind, messages: Iterable[Message], *, at: datetime) -> int:
    """Send every message that has not been sent before; returns how many rows were offered."""
    silent = _silent(kind)
    rows = [
        Notice(
            person_id=m.person_id,
            kind=kind.name,
            dedupe=m.dedupe[:120],
            title=m.title[:200],
            text=m.text,
            url=m.url,
            at=at,
            mail=Notice.Mail.WAITING
            if kind.mail and m.person_id not in silent
            else Notice.Mail.NONE,
        )
        for m in messages
    ]
    Notice.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
    if any(row.mail == Notice.Mail.WAITING for row in rows):
        mail_soon()
    return len(rows)


def mail_soon() -> None:
    """Have what waits mailed, by the job that already waits for it if there is one.

    That job may begin before this transaction ends and miss its rows: the clock mails what has
    waited long (``tasks``).
    """
    if not jobs.waits("kernel.mail_notices"):
        jobs.enqueue("kernel.mail_notices")


def _silent(kind: Kind) -> set[int]:
    if not kind.optional:
        return set()
    chosen = NoticePreference.objects.filter(kind=kind.name, by_mail=False)
    return set(chosen.values_list("person_id", flat=True))


UNREAD = """
SELECT count(*) FROM (
    SELECT FROM kernel_notice WHERE person_id = %s AND read_at IS NULL LIMIT 100
) unread"""


def unread(person_id: int) -> int:
    """How many notices a person has not read (counted to 100); asked for every page."""
    with connection.cursor() as cursor:
        cursor.execute(UNREAD, [person_id])
        return int(cursor.fetchone()[0])
