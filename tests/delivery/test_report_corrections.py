"""A report that was sent is corrected: a new version, asked for or not; the old one is kept.

Shows: R-057.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from didaskaleio.delivery import operations, queries
from didaskaleio.delivery.agenda import trainers_duties
from didaskaleio.delivery.documents import session_report_data
from didaskaleio.delivery.errors import NotApplicableError
from didaskaleio.delivery.models import SessionReport
from didaskaleio.delivery.operations import Told
from didaskaleio.kernel import dossiers, journal
from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.forms.operations import AnswersRefusedError
from didaskaleio.kernel.models import Notice
from didaskaleio.people.enums import Role, Scope
from didaskaleio.people.models import Person
from didaskaleio.people.queries import actor_of
from tests.delivery.test_session_reports import SAID, file
from tests.factories import delivery as make
from tests.factories import people
from tests.markup import markup

pytestmark = pytest.mark.django_db
BETTER = SAID | {"taught": "Σενάρια με χάρτες και δύο εργασίες."}
WHY = "Έλειπαν οι δύο εργασίες."


@pytest.fixture
def filed(first):
    """The first session with its sheet and its report."""
    make.a_signed_session(first)
    file(first)
    return first


def an_officer(session):
    person = people.a_person()
    people.a_post(person, Role.BODY_OFFICER, Scope.BODY, session.programme.period.action.body)
    return actor_of(person, at=session.ends_at)


def correct(session, said=BETTER, *, units=(), reason=WHY):
    at = session.ends_at + timedelta(hours=2)
    trainer = actor_of(session.trainer, at=at)
    return operations.correct_report(
        session, Told(said, units), reason=reason, actor=trainer, at=at
    )


def ask(session, text="Γράψτε και τις εργασίες."):
    at = session.ends_at + timedelta(hours=1)
    return operations.ask_correction(session, text=text, actor=an_officer(session), at=at)


def test_a_correction_is_a_new_version_and_the_old_one_stays(filed):
    made = correct(filed)
    old, new = SessionReport.objects.order_by("version")
    assert (new, new.version, new.reason) == (made, 2, WHY)
    assert (old.sheet.values, new.sheet.values) == (SAID, BETTER)
    entry = journal.of(filed).first()
    assert (entry.act, entry.reason) == ("Διορθώθηκε η έκθεση της συνάντησης, έκδοση 2", WHY)
    told = dict(session_report_data(new)["fields"])
    assert told["Διόρθωση"] == WHY
    assert told["Έκδοση"].startswith("2, ")
    assert correct(filed, SAID).version == 3


@pytest.mark.parametrize("change", [{"reason": "x"}, {"version": 5}])
def test_the_database_keeps_every_version(filed, change):
    rows = SessionReport.objects.filter(session=filed)
    for act in (lambda: rows.update(**change), rows.delete):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            act()
    assert rows.get().version == 1


def test_without_reason_or_change_or_with_an_answer_missing_there_is_no_version(filed):
    with pytest.raises(Refusal, match="τι διορθώνεται"):
        correct(filed, reason=" ")
    with pytest.raises(NotApplicableError, match="Δεν άλλαξε τίποτε"):
        correct(filed, SAID)
    with pytest.raises(AnswersRefusedError):
        correct(filed, SAID | {"incident": "yes"})
    assert SessionReport.objects.get().version == 1


def test_units_alone_are_a_change(filed):
    unit = queries.units_of(filed)[0].pk
    assert [one.pk for one in correct(filed, SAID, units=[unit]).units.all()] == [unit]


def test_whoever_asked_is_told_and_the_trainer_before(filed):
    asked = ask(filed)
    [todo] = [t for t in duties(filed) if "διόρθωση έκθεσης" in t.title]
    assert todo.url == reverse("delivery:session", args=[filed.pk])
    told = Notice.objects.get(person=filed.trainer, kind="delivery.session_report")
    assert "Γράψτε και τις εργασίες." in told.text
    correct(filed)
    asked.refresh_from_db()
    assert asked.answer == WHY
    answer = Notice.objects.get(person_id=asked.by_id, kind="delivery.session_report")
    assert WHY in answer.text
    managers = Notice.objects.filter(kind="delivery.session_report", title=answer.title)
    assert managers.count() == 2
    assert not [t for t in duties(filed) if "διόρθωση έκθεσης" in t.title]


def duties(session):
    at = session.ends_at + timedelta(hours=3)
    return list(trainers_duties(actor_of(session.trainer, at=at), at))


def test_the_report_may_stay_as_it_is_and_be_asked_about_again(filed):
    asked = ask(filed)
    with pytest.raises(NotApplicableError, match="περιμένει"):
        ask(filed)
    at = filed.ends_at + timedelta(hours=2)
    trainer = actor_of(filed.trainer, at=at)
    operations.keep_report(filed, reason="Οι εργασίες δεν έγιναν.", actor=trainer, at=at)
    asked.refresh_from_db()
    assert (asked.answer, asked.answered_at) == ("Οι εργασίες δεν έγιναν.", at)
    assert "δεν έγιναν" in Notice.objects.get(person_id=asked.by_id).text
    assert SessionReport.objects.count() == 1
    with pytest.raises(NotApplicableError, match="Κανένα αίτημα"):
        operations.keep_report(filed, reason="Ξανά.", actor=trainer, at=at)
    assert ask(filed).report.version == 1


def test_only_the_trainer_corrects_and_only_centre_and_body_ask(filed):
    at, officer = filed.ends_at, an_officer(filed)
    with pytest.raises(PermissionDenied):
        operations.correct_report(filed, Told(BETTER), reason=WHY, actor=officer, at=at)
    trainer = actor_of(filed.trainer, at=at)
    with pytest.raises(PermissionDenied):
        operations.ask_correction(filed, text="Κάτι.", actor=trainer, at=at)


def test_nothing_changes_once_the_documents_are_accepted(filed):
    type(filed.programme).objects.filter(pk=filed.programme_id).update(state="documented")
    with pytest.raises(NotApplicableError, match="έγιναν δεκτά"):
        correct(filed)


def test_an_incident_that_a_correction_adds_is_told_to_the_centre(filed):
    correct(filed, SAID | {"incident": "yes", "incident_text": "Διακοπή ρεύματος."})
    assert Notice.objects.get(title__startswith="Συμβάν").text == "Διακοπή ρεύματος."
    again = BETTER | {"incident": "yes", "incident_text": "Διακοπή ρεύματος."}
    correct(filed, again)
    assert Notice.objects.filter(title__startswith="Συμβάν").count() == 1


def test_the_dossier_says_who_owes_a_report_and_holds_the_version_in_force(filed):
    second = make.sessions_of(filed.programme)[1]
    correct(filed)
    at = second.ends_at + timedelta(minutes=1)
    parts = {one.part.name: one for one in dossiers.listed(filed.programme, at)}
    here, lacking = parts["delivery.reports"].entries
    assert here.title.endswith("έκδοση 2")
    assert here.printed().startswith(b"%PDF")
    assert (lacking.here, lacking.waits_for) == (False, str(second.trainer))
    [row] = dossiers.counted(type(filed.programme).objects.filter(pk=filed.programme_id), at)
    listed = parts.values()
    assert row.owed == sum(len(one.entries) for one in listed)
    assert row.missing == sum(len(one.missing) for one in listed)


def test_officer_asks_and_trainer_corrects_on_the_pages(client, login, set_clock, filed):
    set_clock(filed.ends_at + timedelta(hours=1))
    officer = Person.objects.get(pk=an_officer(filed).user_id)
    session = reverse("delivery:session", args=[filed.pk])
    ask_at = reverse("delivery:report-ask", args=[filed.pk])
    correct_at = reverse("delivery:report-correct", args=[filed.pk])
    keep_at = reverse("delivery:report-keep", args=[filed.pk])
    login(client, officer)
    shown = markup(client.get(session))
    assert ask_at in shown
    assert correct_at not in shown
    assert client.get(correct_at).status_code == 404
    assert client.post(ask_at, {"text": "Γράψτε και τις εργασίες."})["Location"] == session
    assert client.get(ask_at).status_code == 404
    login(client, filed.trainer)
    shown = markup(client.get(session))
    assert {correct_at, keep_at} <= set(shown.split('"'))
    assert "Γράψτε και τις εργασίες." in markup(client.get(correct_at))
    sent = {f"a-{key}": value for key, value in BETTER.items()} | {"whole": "1"}
    assert "Αιτιολογία" in markup(client.post(correct_at, sent | {"reason": ""}))
    assert client.post(correct_at, sent | {"reason": WHY})["Location"] == session
    shown = markup(client.get(session))
    assert "προηγούμενη έκδοση 1" in shown
    for version in ("", "?version=1", "?version=2"):
        pdf = client.get(reverse("delivery:report-pdf", args=[filed.pk]) + version)
        assert pdf.content.startswith(b"%PDF")
    for version in ("?version=3", "?version=x"):
        page = reverse("delivery:report-pdf", args=[filed.pk]) + version
        assert client.get(page).status_code == 404
    assert client.get(keep_at).status_code == 404


def test_one_version_asks_as_much_as_three(client, login, set_clock, filed):
    set_clock(filed.ends_at + timedelta(hours=1))
    login(client, Person.objects.get(pk=an_officer(filed).user_id))
    page = reverse("delivery:session", args=[filed.pk])
    with CaptureQueriesContext(connection) as few:
        client.get(page)
    correct(filed)
    correct(filed, SAID)
    with CaptureQueriesContext(connection) as many:
        client.get(page)
    assert len(many) == len(few)
