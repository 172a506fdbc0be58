"""The pages of calls for work: an officer writes one, a trainer applies, the ranking is shown.

Shows: R-029.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from didaskaleio.kernel import agenda
from didaskaleio.programmes import operations
from didaskaleio.programmes.enums import WorkFor
from didaskaleio.programmes.models import WorkApplication, WorkCall
from tests.factories import people, structures
from tests.factories import programmes as make
from tests.markup import markup
from tests.programmes.work.stage import (
    CLOSES,
    DURING,
    a_call,
    act,
    applied,
    closed,
    line,
    place,
    region_line,
    settled,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return people.officer()


@pytest.fixture
def during(set_clock):
    set_clock(DURING)


def queries_of(client, address):
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def posted(period, **more):
    return {
        "period": period.pk,
        "title": "Επιμορφωτές για την άνοιξη",
        "text": "Ζητούνται επιμορφωτές.",
        "opens_at": "2022-12-07T09:00",
        "closes_at": "2022-12-12T15:00",
        "answer_hours": "48",
        "line-TOTAL_FORMS": "1",
        "line-INITIAL_FORMS": "0",
        "line-0-cluster": structures.a_cluster("B2.3").pk,
        "line-0-prefecture": place("KOZ").pk,
        "line-0-places": "2",
        **more,
    }


@pytest.mark.usefixtures("during")
def test_an_officer_writes_a_call_changes_it_and_announces_it(client, login, officer):
    period = make.a_period("proposing")
    login(client, officer)
    new = reverse("programmes:work-new", args=[period.action_id])
    assert "Θέσεις έργου" in markup(client.get(new))
    made = client.post(new, posted(period))
    call = WorkCall.objects.get()
    assert made["Location"] == reverse("programmes:work-desk", args=[call.pk])
    assert (call.state, call.lines.get().places, call.answer_hours) == ("draft", 2, 48)
    wrong = client.post(new, posted(period, closes_at="2022-12-07T08:00"))
    assert wrong.status_code == 422
    assert "Η λήξη είναι μετά την έναρξη" in markup(wrong)
    edit = reverse("programmes:work-edit", args=[call.pk])
    client.get(edit)
    client.post(edit, posted(period, **{"line-0-places": "3", "line-INITIAL_FORMS": "1"}))
    assert call.lines.get().places == 3
    client.post(reverse("kernel:step", args=["work_call", call.pk, "announce"]))
    page = markup(client.get(reverse("programmes:work-desk", args=[call.pk])))
    assert "Ανακοινώθηκε" in page
    assert call.title in markup(
        client.get(reverse("programmes:work-calls", args=[period.action_id]))
    )


def test_a_trainer_finds_the_call_at_home_applies_and_reads_the_receipt(
    client, login, set_clock, drain_jobs
):
    call, trainer = a_call(line("B2.3", "KOZ"), line("B2.3", "LAR")), people.a_trainer()
    set_clock(DURING)
    (todo,) = [one for one in agenda.todos_of(act(trainer), DURING) if "έργο" in one.title]
    assert (todo.title, todo.due, todo.detail) == (
        f"Αίτηση για έργο: {call.title}",
        CLOSES,
        call.period.title,
    )
    login(client, trainer)
    assert call.title in markup(client.get(reverse("programmes:work")))
    page = reverse("programmes:work-call", args=[call.pk])
    assert "Μπορείτε να υποβάλετε;" in markup(client.get(page))
    client.post(page)
    mine = WorkApplication.objects.get()
    write = reverse("programmes:work-write", args=[mine.pk])
    first, second = call.lines.all()
    live = client.post(write, {"p1": second.pk, "version": 0}, headers={"HX-Request": "true"})
    assert "Αποθηκεύτηκε στις" in markup(live)
    mine.refresh_from_db()
    assert mine.draft == {"lines": [second.pk], "wanted": None, "note": ""}
    missing = client.post(write, {"p1": second.pk, "version": 0, "send": "1"})
    assert missing.status_code == 422
    twice = {"p1": second.pk, "p2": second.pk, "wanted": 60, "version": 0, "send": "1"}
    assert "Η θέση έχει επιλεγεί ήδη πιο πάνω" in markup(client.post(write, twice))
    sent = client.post(write, twice | {"p2": first.pk})
    assert sent["Location"] == reverse("programmes:work-application", args=[mine.pk])
    drain_jobs()
    shown = markup(client.get(sent["Location"]))
    assert "Υποβλήθηκε" in shown
    assert "2022/000001 (PDF)" in shown
    receipt = mine.submissions.get().receipt.file.key
    pdf = client.get(reverse("kernel:file", args=[receipt]))
    assert b"".join(pdf.streaming_content).startswith(b"%PDF")
    assert not [one for one in agenda.todos_of(act(trainer), DURING) if "έργο" in one.title]


def test_the_form_that_a_limit_refuses_comes_back_with_the_reason(client, login, set_clock):
    call, trainer = a_call(), people.a_trainer()
    set_clock(DURING)
    mine = operations.start_application(call, actor=act(trainer), at=DURING)
    login(client, trainer)
    write = reverse("programmes:work-write", args=[mine.pk])
    wrong = client.post(write, {"p1": call.lines.get().pk, "wanted": 60, "version": 5, "send": "1"})
    assert wrong.status_code == 422
    assert "υποβλήθηκε ήδη από άλλη καρτέλα" in markup(wrong)


def test_an_officer_reads_the_ranking_decides_by_hand_and_confirms(
    client, login, set_clock, officer
):
    call = a_call(officer=officer)
    near, far = people.a_trainer(), people.a_trainer(prefecture="LAR", surname="Λαρισαίος")
    applied(call, near)
    last = applied(call, far)
    closed(call)
    set_clock(CLOSES + timedelta(hours=1))
    login(client, officer)
    titles = [one.title for one in agenda.todos_of(act(officer), CLOSES)]
    assert "Επικύρωση επιλογής για έργο" in titles
    ranking = reverse("programmes:work-ranking", args=[call.pk])
    assert markup(client.get(ranking)).count("Επιλέγεται εδώ") == 1
    move = reverse("programmes:work-move", args=[last.pk])
    assert "Κατά τη σειρά της κατάταξης" in markup(client.get(move))
    where = call.lines.get().pk
    client.post(move, {"where": where, "reason": "Η μόνη με εμπειρία σε ειδικά σχολεία."})
    page = markup(client.get(ranking + f"?line={where}"))
    assert "Με απόφαση: Η μόνη με εμπειρία" in page
    step = reverse("kernel:step", args=["work_call", call.pk, "select"])
    client.post(step, {"reason": "Απόφαση 9."})
    last.refresh_from_db()
    assert (last.state, last.line_id) == ("selected", where)
    login(client, near)
    mine = WorkApplication.objects.get(person=near)
    own = markup(client.get(reverse("programmes:work-application", args=[mine.pk])))
    assert "Επιλαχούσα αίτηση" in own
    assert "Κανείς δεν προηγείται" in own


def test_a_manager_applies_for_a_centre_of_the_region(client, login, set_clock):
    centre = structures.a_centre("KOZ")
    manager = people.a_centre_manager(centre)
    call = a_call(
        region_line(centre.region.code, 4), audience=WorkFor.CENTRES, title="Κ.Σ.Ε. για πρόγραμμα"
    )
    set_clock(DURING)
    login(client, manager)
    todos = [one.title for one in agenda.todos_of(act(manager), DURING)]
    assert f"Αίτηση για έργο: {call.title}" in todos
    page = reverse("programmes:work-call", args=[call.pk])
    assert f"Μπορεί να υποβάλει το {centre}" in markup(client.get(page))
    client.post(page, {"centre": centre.pk})
    mine = WorkApplication.objects.get(centre=centre)
    write = reverse("programmes:work-write", args=[mine.pk])
    client.post(write, {"p1": call.lines.get().pk, "wanted": 2, "version": 0, "send": "1"})
    mine.refresh_from_db()
    assert (mine.state, mine.submission.wanted) == ("submitted", 2)


def test_a_stranger_finds_neither_the_application_nor_the_desk(client, login, set_clock):
    call, trainer = a_call(), people.a_trainer()
    mine = applied(call, trainer)
    set_clock(DURING)
    login(client, people.a_trainer())
    for name, pk in (
        ("work-application", mine.pk),
        ("work-write", mine.pk),
        ("work-move", mine.pk),
        ("work-desk", call.pk),
        ("work-ranking", call.pk),
    ):
        assert client.get(reverse(f"programmes:{name}", args=[pk])).status_code == 404


def test_the_lists_ask_as_many_queries_for_three_as_for_one(client, login, set_clock, officer):
    period = make.a_period("proposing")
    trainer = people.a_trainer()
    call = a_call(period=period, officer=officer)
    applied(call, trainer)
    set_clock(DURING)
    login(client, officer)
    calls = reverse("programmes:work-calls", args=[period.action_id])
    once = queries_of(client, calls)
    for _ in range(2):
        applied(a_call(period=period, officer=officer), trainer)
    assert queries_of(client, calls) == once
    login(client, trainer)
    assert queries_of(client, reverse("programmes:work")) <= 20


def test_the_ranking_asks_as_many_queries_for_three_as_for_one(client, login, set_clock, officer):
    one, three = a_call(officer=officer), a_call(officer=officer)
    applied(one, people.a_trainer())
    for _ in range(3):
        applied(three, people.a_trainer())
    for call in (one, three):
        settled(call, officer)
    set_clock(CLOSES)
    login(client, officer)
    few, many = (
        queries_of(client, reverse("programmes:work-ranking", args=[call.pk]))
        for call in (one, three)
    )
    assert few == many
    for report in ("programmes.work", "programmes.work_ranking"):
        shown = client.get(reverse("kernel:report", args=[report]), {"call": three.pk})
        assert shown.status_code == 200
