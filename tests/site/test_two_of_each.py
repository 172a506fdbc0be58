"""Two processes of pages, two workers, nginx; one of each is killed with -9 under load.

Shows: R-163, R-164.
"""

from __future__ import annotations

import email
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Event

import pytest
from django.db import connection
from django.urls import reverse

from didaskaleio.completion import operations
from didaskaleio.completion.models import Attestation
from didaskaleio.credentials.models import Credential
from didaskaleio.enrolment.models import ParticipationApplication, PhaseBLog
from didaskaleio.kernel.models import DemoClock, Notice, Work
from didaskaleio.site.mailsink import MailSink
from tests.enrolment.stages import DURING, a_group, a_stage
from tests.factories import completion, people
from tests.faults.ground import PATIENCE, wait_for
from tests.site import proxied

pytestmark = [
    pytest.mark.race,
    pytest.mark.skipif(
        proxied.NGINX is None,
        reason="rehearsal skipped: nginx is not installed (apt-get install nginx-light)",
    ),
]
PEOPLE, PLACES, CLIENTS, DOCUMENTS = 48, 15, 6, 120


@pytest.fixture
def there(committed_db, tmp_path, actor_for, at, settings):
    """The installation, running; the attestations are ordered and the first worker is at them."""
    settings.AUTHORITY_DIR = tmp_path / "authority"
    completion.an_authority(settings.AUTHORITY_DIR)
    operations.settle(completion.a_class(DOCUMENTS), at=at)
    stand_at(DURING)
    with MailSink(tmp_path / "mail") as sink, proxied.Installation(tmp_path, sink.address) as made:
        made.webs = [made.web(0), made.web(1)]
        made.proxy()
        yield made


def stand_at(moment):
    DemoClock.objects.update_or_create(pk=1, defaults={"offset": moment - datetime.now(UTC)})


def a_client(there, person, path, half):
    """One person's visit: a page, the request, a page; the statuses and the text of the second."""
    visitor = there.visitor(person)
    connection.close()
    before, _, _ = visitor.ask("GET", path.partition("claim/")[0])
    status, _, text = visitor.ask("POST", path)
    after, _, _ = visitor.ask("GET", reverse("portal:home"))
    if len(half) + 1 == PEOPLE // 3:
        half.event.set()
    half.append(person.pk)
    return before, status, after, text


class Progress(list):
    """Who is through; the event tells that a third is."""

    def __init__(self):
        super().__init__()
        self.event = Event()


def silence_the_dead():
    """The killed worker's last sign was a minute ago."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_workers SET last_heartbeat = now() - INTERVAL '1 minute'"
            " WHERE id IN (SELECT worker_id FROM procrastinate_jobs WHERE status = 'doing'"
            " AND task_name LIKE 'completion.%%')"
        )
        assert cursor.rowcount == 1


def test_one_of_each_is_killed_and_nothing_is_lost_or_doubled(there, tmp_path, actor_for, at):
    period = a_stage()
    group = a_group(period, capacity=PLACES, minimum=5)
    path = f"/phase-b/{period.code}/claim/{group.code}/"
    crowd = [people.a_teacher() for _ in range(PEOPLE)]
    first = there.worker()
    work = operations.begin_batch(
        Attestation.objects.all(), actor=actor_for(people.officer()), at=at
    )
    wait_for(lambda: Work.objects.get(pk=work.pk).done >= 3)
    there.worker()
    through = Progress()
    with ThreadPoolExecutor(CLIENTS) as pool:
        visits = [pool.submit(a_client, there, person, path, through) for person in crowd]
        assert through.event.wait(PATIENCE)
        assert Work.objects.get(pk=work.pk).done < DOCUMENTS
        proxied.kill(there.webs[0])
        proxied.kill(first)
        answers = [visit.result() for visit in visits]
    silence_the_dead()

    assert {(before, after) for before, _, after, _ in answers} == {(200, 200)}
    requests_stand(dict(zip([p.pk for p in crowd], answers, strict=True)))
    sent_once(there, path)
    documents_stand(work, tmp_path / "mail")
    comes_back(there)
    vouches_itself(there)


def requests_stand(answers):
    """Who was answered stands in the log once; only those in flight on the killed were not."""
    log = Counter(PhaseBLog.objects.values_list("application__person_id", flat=True))
    unanswered = {pk for pk, (_, status, _, _) in answers.items() if status != 302}
    assert len(unanswered) <= CLIENTS
    for pk in unanswered:
        assert answers[pk][1] == 502
        assert "Η υπηρεσία επανέρχεται" in answers[pk][3]
    assert set(log) | unanswered == set(answers)
    assert set(log.values()) == {1}
    assert ParticipationApplication.objects.filter(state="placed").count() == PLACES


def sent_once(there, path):
    """The proxy never sent a form to a second process; both served before, one after."""
    forms = there.accesses(path)
    assert len(forms) == PEOPLE
    sent = [[n for n in each[4] if n not in {"0", "-"}] for each in forms]
    assert max(len(each) for each in sent) == 1
    pages = there.accesses()
    assert {port for each in pages for port in each[3]} >= {
        f"127.0.0.1:{port}" for port in there.pages
    }


def documents_stand(work, letters):
    """The other worker did what was left: numbers without a gap, one document and one mail each."""
    wait_for(lambda: Work.objects.get(pk=work.pk).state == "done")
    work.refresh_from_db()
    assert (work.done, work.message) == (DOCUMENTS, f"Εκδόθηκαν {DOCUMENTS} βεβαιώσεις.")
    numbers = Credential.objects.order_by("number").values_list("number", flat=True)
    assert [n[-6:] for n in numbers] == [f"{n:06d}" for n in range(1, DOCUMENTS + 1)]
    wait_for(lambda: not Notice.objects.filter(mail="waiting").exists())
    issued = Notice.objects.filter(kind="completion.issued")
    assert issued.count() == DOCUMENTS
    mailed = {email.message_from_bytes(p.read_bytes())["Message-ID"] for p in letters.glob("*.eml")}
    sent = Notice.objects.filter(mail="sent").values_list("pk", flat=True)
    assert mailed == {f"<notice-{pk}@didaskaleio>" for pk in sent}


def comes_back(there):
    """Started again, as its unit does, the killed process is given requests again."""
    there.web(0)
    seen = len(there.accesses())
    port = f"127.0.0.1:{there.pages[0]}"

    def served():
        assert there.visitor().ask("GET", "/login/")[0] == 200
        return any(each[3] == [port] for each in there.accesses()[seen:])

    wait_for(served)


def vouches_itself(there):
    """Whatever a client claims, the platform hears from the proxy that the line was https."""
    answer = there.visitor().ask("GET", "/login/", **{"X-Forwarded-Proto": "http"})
    assert answer[0] == 200
    assert answer[1]["Strict-Transport-Security"].startswith("max-age=31536000")
    assert "; Secure" in answer[1]["Set-Cookie"]
