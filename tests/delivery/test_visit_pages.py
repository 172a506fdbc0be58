"""Pages of on-site visits: who sees what, the phone's autosave, lists without more queries.

Shows: R-056.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from didaskaleio.delivery import operations
from didaskaleio.delivery.models import SiteVisit
from didaskaleio.kernel import agenda
from didaskaleio.people.queries import actor_of
from tests.factories import delivery, people, visits
from tests.factories.structures import a_body

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("authority")]
POSTED = {
    **{f"a-{key}": "yes" for key in ("on_time", "trainer", "topic", "sheet", "identity")},
    "a-guidance": "partly",
    **{f"a-room-{line}": "yes" for line in ("seats", "network", "projector", "access")},
    "counted": "3",
    "whole": "1",
}


@pytest.fixture
def begun(first, set_clock):
    set_clock(first.starts_at + timedelta(minutes=20))
    return visits.a_begun_visit(first)


@pytest.fixture
def inspector(begun, client, login):
    return login(client, begun.inspector)


def test_an_inspector_fills_the_checklist_writes_a_finding_and_signs(begun, inspector):
    url = f"/visits/{begun.pk}/"
    assert "Φύλλο ελέγχου" in inspector.get(url).content.decode()
    assert inspector.post(f"{url}checklist/", POSTED).url == f"{url}findings/"
    finding = {"severity": "minor", "text": "Χωρίς σήμανση", "asked": "Ανάρτηση"}
    assert inspector.post(f"{url}findings/", finding).url == f"{url}findings/"
    photo = SimpleUploadedFile("α.jpg", visits.JPEG, "image/jpeg")
    sent = inspector.post(f"{url}photo/", {"file": photo, "caption": "Είσοδος"})
    assert sent.url == f"{url}findings/"
    page = inspector.get(f"{url}report/").content.decode()
    assert "Χωρίς σήμανση" in page
    assert inspector.post(f"{url}report/", {"summary": "Καλά."}).url == url
    begun.refresh_from_db()
    assert (begun.state, begun.counted) == ("reported", 3)
    assert inspector.get(f"{url}checklist/").status_code == 404


def test_what_a_phone_saves_is_answered_with_the_hour_and_a_refusal_with_its_words(
    begun, inspector
):
    url, script = f"/visits/{begun.pk}/checklist/", {"HTTP_X_REQUESTED_WITH": "fetch"}
    saved = inspector.post(url, POSTED, **script)
    begun.refresh_from_db()
    local = begun.counted_at.astimezone(begun.session.starts_at.tzinfo)
    assert saved.json()["moment"].startswith(f"{local:%Y-%m-%d}")
    assert begun.sheet.values["guidance"] == "partly"
    refused = inspector.post(url, POSTED | {"counted": "900"}, **script)
    assert (refused.status_code, "από 0" in refused.json()["refused"]) == (409, True)
    cut = {name: value for name, value in POSTED.items() if name != "whole"}
    assert inspector.post(url, cut, **script).status_code == 409


def test_a_report_that_lacks_answers_leads_back_to_them(begun, inspector):
    operations.record_visit(
        begun,
        {"on_time": "yes"},
        counted=2,
        actor=visits.inspector_of(begun),
        at=begun.session.starts_at,
    )
    page = inspector.post(f"/visits/{begun.pk}/report/", {"summary": "Έγινε."})
    assert "Διορθώστε" in page.content.decode()


def test_the_centre_finds_the_visit_with_its_report_and_answers(first, client, login, set_clock):
    visit = visits.a_reported_visit(first, findings=[("minor", "Χωρίς σήμανση")])
    set_clock(visit.reported_at + timedelta(days=1))
    manager = people.a_centre_manager(first.programme.centre)
    login(client, manager)
    assert "Απάντηση του κέντρου" in client.get(f"/visits/{visit.pk}/").content.decode()
    todo = agenda.todos_of(actor_of(manager, at=visit.reported_at), visit.reported_at)
    assert [each.url for each in todo if "ελέγχου" in each.title] == [f"/visits/{visit.pk}/"]
    assert client.post(f"/visits/{visit.pk}/answer/", {"text": "Αναρτήθηκε"}).status_code == 302
    assert client.get(f"/visits/{visit.pk}/answer/").status_code == 404


def test_a_centre_gets_404_for_a_visit_that_nobody_announced(begun, client, login):
    login(client, people.a_centre_manager(begun.session.programme.centre))
    assert client.get(f"/visits/{begun.pk}/").status_code == 404
    assert "Καμία επίσκεψη" in client.get("/visits/").content.decode()


def test_an_officer_decides_assigns_and_settles(first, client, login, set_clock):
    at = first.starts_at - timedelta(days=2)
    set_clock(at)
    person = visits.an_inspector()
    login(client, people.officer())
    made = client.post(f"/sessions/{first.pk}/visit/", {"reason": "Παράπονο"})
    visit = SiteVisit.objects.get()
    assert made.url == f"/visits/{visit.pk}/"
    client.post(f"/visits/{visit.pk}/assign/", {"inspector": person.pk})
    visit.refresh_from_db()
    assert (visit.state, visit.inspector) == ("assigned", person)


def test_an_officer_opens_a_round_draws_and_changes_the_weights(first, client, login, set_clock):
    at = first.starts_at - timedelta(days=3)
    set_clock(at)
    login(client, people.officer())
    day = first.starts_at.date()
    wish = {
        "body": a_body().pk,
        "first_day": f"{day}",
        "last_day": f"{day + timedelta(days=60)}",
        "by_risk": 1,
        "by_lot": 1,
    }
    url = client.post("/visit-rounds/new/", wish).url
    assert client.get(f"{url}draw/").status_code == 404
    set_clock(at + timedelta(hours=2))
    assert client.post(f"{url}draw/", {"beacon": visits.BEACON}).url == url
    assert client.get(url).content.decode().count("Προτάθηκε") >= 2
    weights = f"/visit-rounds/weights/{a_body().pk}/"
    changed = dict.fromkeys(
        ("late_sheets", "few_present", "not_held", "corrections", "disputes"), 1
    )
    changed |= {"new_centre": 2, "not_visited": 2, "reason": "Δοκιμή"}
    assert client.post(weights, changed).url == weights
    assert "Έκδοση 1" in client.get(weights).content.decode()


def test_more_visits_cost_no_more_queries(
    programme, client, login, set_clock, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    face = [s for s in delivery.sessions_of(programme) if s.kind == "f2f"]
    set_clock(face[0].starts_at - timedelta(days=2))
    login(client, people.officer())
    counts = []
    for session in face[:3]:
        visits.an_assigned_visit(session, visits.an_inspector())
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/visits/").status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[2]


def test_a_photograph_that_a_phone_sends_twice_arrives_once(begun, inspector):
    url, script = f"/visits/{begun.pk}/photo/", {"HTTP_X_REQUESTED_WITH": "fetch"}

    def send(**more):
        photo = SimpleUploadedFile("photo.jpg", visits.JPEG, "image/jpeg")
        sent = {"file": photo, "caption": "Είσοδος", "key": "a" * 32} | more
        return inspector.post(url, sent, **script)

    assert [send().status_code, send().status_code] == [200, 200]
    assert begun.photos.count() == 1
    assert send(key="b" * 32).json()["saved"]
    assert begun.photos.count() == 2
    refused = send(key="c" * 32, file=SimpleUploadedFile("photo.jpg", b"GIF89a"))
    assert refused.status_code == 409
    assert refused.json()["refused"]
    assert send(key="bad").status_code == 409
    assert begun.photos.count() == 2


def test_the_checklist_names_the_worker_that_keeps_it(begun, inspector):
    page = inspector.get(f"/visits/{begun.pk}/checklist/").content.decode()
    assert 'data-worker="/visits/worker.js"' in page
    answer = inspector.get("/visits/worker.js")
    assert answer["Content-Type"].startswith("text/javascript")
