"""Jobs of the kernel: mailing notices, firing what is due by the clock."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from itertools import count

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import Q
from procrastinate.utils import utcnow

from didaskaleio.kernel import clock, files, jobs, lifecycle, outage
from didaskaleio.kernel.models import Notice, Tries

BATCH = 200
TRIES_KEPT = timedelta(days=2)
PUT_ASIDE = 50  # letters that the server does not take now; more of them are an outage
FOLDERS, EVERY = 256, 12  # every minute, as the worker's clock ticks
log = logging.getLogger(__name__)
_ticks = count()


@lifecycle.chore("kernel.jobs_left_behind")
def take_up(at: datetime) -> int:
    """Jobs left behind by a worker that was killed are ordered anew, whatever the clock says."""
    del at
    return jobs.revive()


@lifecycle.chore("kernel.mail_left_behind")
def mail_left_behind(at: datetime) -> int:
    """Notices that a finishing job did not see yet are mailed by the next one."""
    del at
    left = Notice.objects.filter(mail=Notice.Mail.WAITING).exists()
    if left and not jobs.waits("kernel.mail_notices", or_runs=True):
        jobs.enqueue("kernel.mail_notices")
    return 0


@lifecycle.chore("kernel.files_left_behind")
def files_left_behind(at: datetime) -> int:
    """Files of acts that were rolled back or killed go, by the real clock, a folder a minute."""
    del at
    tick, rest = divmod(next(_ticks), EVERY)
    if rest == 0:
        files.sweep(utcnow(), tick % FOLDERS)
    return 0


@lifecycle.chore("kernel.old_tries")
def forget_tries(at: datetime) -> int:
    """Tries of the day before yesterday no longer limit anybody."""
    Tries.objects.filter(began__lt=at - TRIES_KEPT).delete()
    return 0


@jobs.job("kernel.mail_notices", queue="mail")
def mail_notices() -> None:
    """Mail every waiting notice, oldest first; one that the server refuses is marked failed.

    Each is marked in the transaction that sends it: a worker that is killed leaves at most the
    one letter in its hand to be sent again, with the same Message-ID. While the server is away
    all of them wait, and this same job comes again.
    """
    put_off, last = 0, None
    while rows := _waiting(last):
        with get_connection() as connection:
            put_off += sum(not _mail_one(pk, connection) for _, pk in rows)
        last = rows[-1]
        if put_off >= PUT_ASIDE:
            break
    if put_off:
        raise ConnectionError(f"the mail server put {put_off} letters off")


def _waiting(after: tuple[datetime, int] | None) -> list[tuple[datetime, int]]:
    rows = Notice.objects.filter(mail=Notice.Mail.WAITING)
    if after:
        at, pk = after
        rows = rows.filter(Q(at__gt=at) | Q(at=at, pk__gt=pk))
    return list(rows.order_by("at", "pk").values_list("at", "pk")[:BATCH])


def _mail_one(pk: int, connection: BaseEmailBackend) -> bool:
    """Send one waiting notice and mark it; whether it needs no further attempt."""
    with transaction.atomic():
        rows = Notice.objects.select_related("person").select_for_update(
            skip_locked=True, of=("self",)
        )
        row = rows.filter(pk=pk, mail=Notice.Mail.WAITING).first()
        if row is None:
            return True
        row.mail = _sent(row, connection)
        row.mailed_at = clock.now()
        row.save(update_fields=["mail", "mailed_at"])
    return row.mail != Notice.Mail.WAITING


def _sent(row: Notice, connection: BaseEmailBackend) -> Notice.Mail:
    """Where the notice stands after one attempt; an outage is raised."""
    if not row.person.email:
        return Notice.Mail.NONE
    try:
        _message(row, connection).send()
    except Exception as error:
        if outage.mail_later(error):
            return Notice.Mail.WAITING
        if not outage.mail_refused(error):
            raise
        log.warning("notice %s was refused by the mail server: %s", row.pk, error)
        return Notice.Mail.FAILED
    return Notice.Mail.SENT


def _message(row: Notice, connection: BaseEmailBackend) -> EmailMessage:
    link = f"\n\n{settings.BASE_URL}{row.url}" if row.url else ""
    ending = f"\n\nΔιδασκαλείο\nΡυθμίσεις ειδοποιήσεων: {settings.BASE_URL}/notices/preferences/"
    return EmailMessage(
        subject=row.title,
        body=f"{row.text}{link}{ending}",
        to=[row.person.email],
        headers={
            "Message-ID": f"<notice-{row.pk}@didaskaleio>",
            "Auto-Submitted": "auto-generated",
        },
        connection=connection,
    )
