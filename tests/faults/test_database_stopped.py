"""PostgreSQL stopped at once and started under load: a friendly page, then work goes on.

Shows: R-163.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from threading import Event

import pytest
from django.db import connection
from django.test import Client

from didaskaleio.enrolment import places
from didaskaleio.enrolment.models import ParticipationApplication, PhaseBLog
from didaskaleio.kernel import notices
from didaskaleio.kernel.models import JournalEntry, Notice
from didaskaleio.site import postgres
from didaskaleio.site.mailsink import MailSink
from tests.enrolment.stages import DURING, a_group, a_stage
from tests.factories import people
from tests.faults import ground
from tests.markup import squeezed
from tests.ports import free_port

PEOPLE, PLACES = 24, 10
PROMISE = "Δεν χάθηκε τίποτα από όσα υποβάλατε με απόδειξη."


def claim_on(browser, path, stop, seen):
    """Ask again and again, whatever comes, until the end; the first answer is enough."""
    number = None
    while not stop.is_set():
        try:
            answer = browser.post(path) if number is None else browser.get("/phase-b/")
        except (OSError, HTTPException):
            continue
        finally:
            connection.close()
        seen.append(answer)
        if answer.status == 302 and number is None:
            number = int(answer.location.rstrip("/").rpartition("/")[2])
    return number


def told(person):
    kind = notices.Kind("tests.news", "Νέα")
    notices.send(kind, [notices.Message(person.pk, "Νέο", "Κείμενο", "1")], at=DURING)


@pytest.mark.race
def test_web_and_worker_outlive_a_database_that_goes_and_comes(committed_db, tmp_path):
    period = a_stage()
    group = a_group(period, capacity=PLACES, minimum=5)
    crowd = [people.a_teacher() for _ in range(PEOPLE)]
    late = people.a_person(email="deigma@example.org")
    ground.stand_at()
    var, port, stop, seen = tmp_path / "own", free_port(), Event(), []
    with (
        ground.own_server(var) as address,
        ground.queried_at(address),
        MailSink(tmp_path / "mail") as sink,
        ground.a_web(tmp_path, port, address) as web,
        ground.a_worker(tmp_path, address, DIDASKALEIO_SMTP=sink.address) as worker,
        ThreadPoolExecutor(PEOPLE) as pool,
    ):
        path = f"/phase-b/{period.code}/claim/{group.code}/"
        browsers = [ground.signed_in(person, port) for person in crowd]
        asked = [pool.submit(claim_on, one, path, stop, seen) for one in browsers]
        try:
            ground.wait_for(lambda: len(seen) > 4, pause=0.02)
            ground.stop_at_once(var)
            away = ground.wait_for(lambda: [one for one in seen if one.status == 503])[0]
            connection.close()
            postgres.start(var)
            ground.wait_for(lambda: seen[-1].status == 302 and PhaseBLog.objects.count() >= PEOPLE)
        finally:
            stop.set()
        numbers = [one.result() for one in asked]
        says_what_to_do(away)
        nothing_is_half_written(group, numbers)
        told(late)
        ground.wait_for(lambda: Notice.objects.get(person=late).mail == "sent")
        assert (web.poll(), worker.poll()) == (None, None)


def says_what_to_do(page):
    assert "<h1>Η υπηρεσία επανέρχεται</h1>" in page.text
    assert PROMISE in squeezed(page.text)
    assert "Δοκιμάστε ξανά σε ένα λεπτό" in page.text
    assert '<html lang="el">' in page.text
    assert 'href="/static/kernel/tokens.css"' in page.text


def nothing_is_half_written(group, numbers):
    assert None not in numbers
    log = list(PhaseBLog.objects.order_by("sequence"))
    assert set(numbers) <= {row.sequence for row in log}
    placed = ParticipationApplication.objects.filter(state="placed", programme=group)
    ids = sorted(placed.values_list("pk", flat=True))
    assert places.taken(group) == len(ids) == PLACES
    assert sorted(row.application_id for row in log if row.outcome == "placed") == ids
    acts = JournalEntry.objects.filter(subject="enrolment.participationapplication", step="claim")
    assert sorted(acts.values_list("subject_id", flat=True)) == ids
    assert Notice.objects.filter(kind="enrolment.placed").count() == PLACES


@pytest.mark.django_db
@pytest.mark.urls("tests.site.broken")
@pytest.mark.parametrize("fault", ["stopped", "starting", "crowded", "full"])
def test_an_outage_answers_503_and_says_when_to_come_again(fault, login):
    client = login(Client(raise_request_exception=False), people.a_teacher())
    answer = client.get(f"/broken/outage/{fault}/")
    page = answer.content.decode()
    assert (answer.status_code, answer["Retry-After"]) == (503, "15")
    assert (PROMISE in squeezed(page)) == (fault != "full")
    assert ("Ο χώρος αποθήκευσης γέμισε" in page) == (fault == "full")
    assert "ποτέ μισή" in page


@pytest.mark.django_db
@pytest.mark.urls("tests.site.broken")
@pytest.mark.parametrize("fault", ["deadlock", "data"])
def test_a_fault_of_ours_is_no_outage(fault, login):
    client = login(Client(raise_request_exception=False), people.a_teacher())
    assert client.get(f"/broken/outage/{fault}/").status_code == 500
