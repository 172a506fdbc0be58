"""The worker killed while it mails, the mail server away for an hour, letters that it refuses.

Shows: R-163.
"""

from __future__ import annotations

import email
from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.jobs import Job

from didaskaleio.kernel import jobs, notices, tasks
from didaskaleio.kernel.models import Notice
from didaskaleio.site.mailsink import Loopback, MailSink
from tests.completion.test_killed_worker import nobody_is_heard
from tests.enrolment.stages import DURING
from tests.factories import people
from tests.faults import ground
from tests.ports import free_port

NEWS = notices.Kind("tests.news", "Νέα")
MANY = 150


def tell(many, first=0):
    """So many people hear something, each by a mail address."""
    told = [
        people.a_person(email=f"deigma{number}@example.org")
        for number in range(first, first + many)
    ]
    notices.send(
        NEWS,
        [notices.Message(person.pk, "Νέο", "Κείμενο", f"news-{person.pk}") for person in told],
        at=DURING,
    )
    return told


def letters(folder):
    """How many letters of each Message-ID have arrived."""
    parsed = [email.message_from_bytes(path.read_bytes()) for path in folder.glob("*.eml")]
    return Counter(letter["Message-ID"] for letter in parsed)


def waiting():
    return Notice.objects.filter(mail="waiting").count()


@pytest.mark.race
def test_a_worker_killed_while_it_mails_loses_none_and_repeats_at_most_the_one_in_its_hand(
    committed_db, tmp_path
):
    tell(MANY)
    ground.stand_at()
    folder = tmp_path / "mail"
    with MailSink(folder) as sink:
        with ground.a_worker(tmp_path, DIDASKALEIO_SMTP=sink.address) as first:
            ground.wait_for(lambda: len(list(folder.glob("*.eml"))) > 9, pause=0.01)
            ground.kill(first)
        ground.wait_for(ground.alone)
        sent, arrived = MANY - waiting(), letters(folder).total()
        assert 0 < sent < MANY
        assert arrived - sent in {0, 1}
        nobody_is_heard()
        with ground.a_worker(tmp_path, DIDASKALEIO_SMTP=sink.address):
            ground.wait_for(lambda: waiting() == 0)
    ids = {f"<notice-{pk}@didaskaleio>" for pk in Notice.objects.values_list("pk", flat=True)}
    assert set(letters(folder)) == ids
    assert letters(folder).total() == MANY + arrived - sent
    assert set(Notice.objects.values_list("mail", flat=True)) == {"sent"}


def mail_jobs():
    rows = ProcrastinateJob.objects.filter(task_name="kernel.mail_notices")
    return [(row.status, row.attempts > 0) for row in rows]


@pytest.mark.race
def test_while_the_mail_server_is_away_news_are_on_screen_at_once_and_one_job_waits(
    committed_db, tmp_path
):
    told = tell(3)
    ground.stand_at()
    port = free_port()
    with ground.a_worker(tmp_path, DIDASKALEIO_SMTP=f"127.0.0.1:{port}"):
        ground.wait_for(lambda: mail_jobs() == [("todo", True)])
        told += tell(3, first=3)
        for minute in range(60):
            tasks.mail_left_behind(DURING + timedelta(minutes=minute))
        assert mail_jobs() == [("todo", True)]
        assert [notices.unread(person.pk) for person in told] == [1] * 6
        assert waiting() == 6
        with MailSink(tmp_path / "mail", port):
            an_hour_later()
            ground.wait_for(lambda: waiting() == 0)
        ground.wait_for(lambda: mail_jobs() == [])  # it was done, and is gone
    assert sorted(letters(tmp_path / "mail").values()) == [1] * 6


def an_hour_later():
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = now() - interval '1 hour'")


@pytest.mark.parametrize("attempts", [0, 5, 100_000])
def test_an_outage_is_waited_out_however_long_it_takes(attempts):
    job = Job(id=1, queue="mail", lock=None, queueing_lock=None, task_name="x", attempts=attempts)
    for retried in (True, False):
        patience = jobs.Patience(jobs.ATTEMPTS if retried else 0)
        assert patience.get_retry_decision(exception=ConnectionRefusedError(), job=job)
    fault = jobs.Patience(jobs.ATTEMPTS).get_retry_decision(exception=KeyError("x"), job=job)
    assert (fault is None) == (attempts >= jobs.ATTEMPTS)
    assert jobs.Patience(0).get_retry_decision(exception=KeyError("x"), job=job) is None


class Choosy:
    """A mail server that knows nobody called deigma0 and has no time for deigma1."""

    def __init__(self):
        self.taken = []

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        if address.startswith("deigma0@"):
            return "550 no such person"
        if address.startswith("deigma1@"):
            return "451 come again"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        self.taken += envelope.rcpt_tos
        return "250 OK"


@pytest.fixture
def choosy(settings):
    keeper = Choosy()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with Loopback(keeper) as server:
        settings.EMAIL_HOST, _, settings.EMAIL_PORT = server.address.partition(":")
        yield keeper


def test_a_letter_that_is_refused_or_put_off_holds_up_nobody_else(db, choosy):
    tell(4)
    with pytest.raises(ConnectionError, match="put 1 letters off"):
        tasks.mail_notices()
    marks = dict(Notice.objects.values_list("person__email", "mail"))
    assert marks == {
        "deigma0@example.org": "failed",
        "deigma1@example.org": "waiting",
        "deigma2@example.org": "sent",
        "deigma3@example.org": "sent",
    }
    assert choosy.taken == ["deigma2@example.org", "deigma3@example.org"]


def test_a_letter_that_nobody_could_write_is_marked_failed(db, mailoutbox):
    people_told = tell(2)
    Notice.objects.filter(person=people_told[0]).update(title="δύο\nγραμμές")
    tasks.mail_notices()
    assert sorted(Notice.objects.values_list("mail", flat=True)) == ["failed", "sent"]
    assert len(mailoutbox) == 1
