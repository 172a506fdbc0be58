"""The trainer's report of a session: complete, once, seen by the centre, missing ones listed.

Shows: R-057.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from didaskaleio.delivery import operations, queries
from didaskaleio.delivery.documents import SESSION_REPORT, session_report_data
from didaskaleio.delivery.errors import NotApplicableError, SheetChangedError
from didaskaleio.delivery.models import SessionReport
from didaskaleio.delivery.reports import EVIDENCE
from didaskaleio.kernel import documents
from didaskaleio.kernel.forms.models import FormVersion
from didaskaleio.kernel.forms.operations import AnswersRefusedError
from didaskaleio.kernel.models import Notice
from didaskaleio.kernel.reports import Query
from didaskaleio.people.models import Person
from didaskaleio.people.queries import actor_of
from tests.factories import delivery as make
from tests.factories import people
from tests.markup import markup

pytestmark = pytest.mark.django_db
SAID = {"taught": "Σενάρια με χάρτες.", "pace": "planned", "incident": "no", "technical": "no"}


def file(session, said=SAID, *, units=(), at=None):
    at = at or session.ends_at
    trainer = actor_of(session.trainer, at=at)
    return operations.file_report(session, said, units=units, actor=trainer, at=at)


def test_a_complete_report_is_kept_with_its_units_and_never_changes(first):
    unit = queries.units_of(first)[0]
    made = file(first, units=[unit.pk])
    assert made.sheet.values == SAID
    assert list(made.units.all()) == [unit]
    with pytest.raises(NotApplicableError, match="ήδη"):
        file(first)


def test_an_incomplete_report_is_refused_whole(first):
    with pytest.raises(AnswersRefusedError):
        file(first, SAID | {"taught": ""})
    with pytest.raises(AnswersRefusedError):
        file(first, SAID | {"incident": "yes"})
    assert not SessionReport.objects.exists()
    assert not FormVersion.objects.filter(form__code="session-report").exists()


def test_an_incident_is_told_to_the_centre(programme, first):
    file(first, SAID | {"incident": "yes", "incident_text": "Λιποθυμία, κλήθηκε το ΕΚΑΒ."})
    (notice,) = Notice.objects.filter(title__startswith="Συμβάν: 1η συνάντηση")
    assert "ΕΚΑΒ" in notice.text


def test_only_whoever_teaches_files_and_only_from_the_end_on(programme, first, trainer):
    manager = actor_of(people.a_centre_manager(programme.centre), at=first.ends_at)
    with pytest.raises(PermissionDenied):
        operations.file_report(first, SAID, units=(), actor=manager, at=first.ends_at)
    with pytest.raises(NotApplicableError, match="15 λεπτά"):
        file(first, at=first.starts_at)


def test_a_unit_of_another_course_is_refused(first):
    with pytest.raises(SheetChangedError):
        file(first, units=[10**6])


def test_the_missing_ones_are_listed_with_the_evidence_of_each_session(programme, first):
    second = make.sessions_of(programme)[1]
    make.a_signed_session(first, countersigned=True)
    make.a_signed_session(second)
    file(first)
    at = second.ends_at + timedelta(days=2)
    manager = actor_of(people.a_centre_manager(programme.centre), at=at)
    lines = list(EVIDENCE.lines(EVIDENCE.selected(manager, at, Query())))
    assert [line[7:10] for line in lines] == [
        ["Υπάρχει", "Υπάρχει", "Υπάρχει"],
        ["Υπάρχει", "Λείπει", "Λείπει"],
    ]
    lacking = EVIDENCE.selected(manager, at, Query({"lacks": "reported"}))
    assert [row.pk for row in lacking] == [second.pk]
    asked = queries.exceptions.Question(manager, at)
    (group,) = [g for g in queries.exceptions.groups(asked) if g.name == "reports"]
    assert [row.pk for row in group.rows] == [second.pk]


def test_the_report_prints(programme, first):
    make.a_signed_session(first, absent=(0,))
    made = file(first, units=[queries.units_of(first)[0].pk])
    told = session_report_data(made)
    assert ["Τι διδάχθηκε", "Σενάρια με χάρτες."] in told["answers"]
    assert "απουσία" in dict(told["fields"])["Παρουσιολόγιο"]
    assert documents.render(SESSION_REPORT, made).startswith(b"%PDF")


def test_the_trainer_writes_it_on_the_page_and_the_centre_reads_it(
    client, login, set_clock, programme, first
):
    make.a_signed_session(first)
    set_clock(first.ends_at)
    login(client, programme.trainer)
    session = reverse("delivery:session", args=[first.pk])
    address = reverse("delivery:report-file", args=[first.pk])
    assert address in markup(client.get(session))
    unit = queries.units_of(first)[0].pk
    short = client.post(address, {"a-taught": "Χάρτες", "units": unit, "whole": "1"})
    assert "checked" in markup(short)
    assert not SessionReport.objects.exists()
    sent = {f"a-{key}": value for key, value in SAID.items()} | {"units": unit, "whole": "1"}
    assert client.post(address, sent)["Location"] == session
    assert client.get(address).status_code == 404
    manager = people.a_centre_manager(programme.centre)
    login(client, Person.objects.get(pk=manager.pk))
    assert "Σενάρια με χάρτες." in markup(client.get(session))
    pdf = client.get(reverse("delivery:report-pdf", args=[first.pk]))
    assert pdf.content.startswith(b"%PDF")
