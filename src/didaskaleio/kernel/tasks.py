"""Jobs of the kernel: mailing notices, firing what is due by the clock."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from didaskaleio.kernel import clock, jobs, lifecycle
from didaskaleio.kernel.models import Notice

BATCH = 200


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
    if left and not jobs.waits("kernel.mail_notices"):
        jobs.enqueue("kernel.mail_notices")
    return 0


@jobs.job("kernel.mail_notices", queue="mail")
def mail_notices() -> None:
    """Mail every waiting notice, oldest first; one that the server refuses is marked failed."""
    while _mail_batch():
        pass


def _mail_batch() -> int:
    with transaction.atomic():
        waiting = (
            Notice.objects.filter(mail=Notice.Mail.WAITING)
            .select_related("person")
            .select_for_update(skip_locked=True, of=("self",))
            .order_by("at", "pk")[:BATCH]
        )
        rows = list(waiting)
        if rows:
            _deliver(rows)
    return len(rows)


def _deliver(rows: list[Notice]) -> None:
    with get_connection() as connection:
        for row in rows:
            row.mail = Notice.Mail.SENT if row.person.email else Notice.Mail.NONE
            row.mailed_at = clock.now()
            if row.person.email:
                _message(row, connection).send()
    Notice.objects.bulk_update(rows, ["mail", "mailed_at"])


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
