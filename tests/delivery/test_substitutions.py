"""Another trainer takes over: asked, accepted or not; hours, rolls and calendars follow.

Shows: R-030.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from didaskaleio.delivery import operations, queries
from didaskaleio.delivery.errors import SubstituteRefusedError, TimeRefusedError
from didaskaleio.delivery.models import Attendance, Substitution
from didaskaleio.enrolment.models import ParticipationApplication
from didaskaleio.kernel import access, agenda, lifecycle
from didaskaleio.kernel.errors import Refusal, StepRefusedError
from didaskaleio.kernel.models import Notice
from didaskaleio.people.queries import actor_of
from didaskaleio.portal import calendar_feed
from didaskaleio.programmes.models import ParameterSet, Slot
from tests.factories import delivery as make
from tests.factories import people, programmes
from tests.markup import markup

pytestmark = pytest.mark.django_db
REASON = "Ασθένεια, με ιατρική βεβαίωση."


@pytest.fixture
def at(first):
    return first.starts_at - timedelta(days=2)


@pytest.fixture
def substitute(programme):
    return people.a_trainer((programme.cluster.code,), prefecture="KOZ")


@pytest.fixture
def manager(programme, at):
    return actor_of(people.a_centre_manager(programme.centre), at=at)


@pytest.fixture
def ask(first, manager, substitute, at):
    def asked(*, rest=False, who=substitute, session=first, moment=at):
        return operations.propose_substitute(
            session, who, rest=rest, reason=REASON, actor=manager, at=moment
        )

    return asked


def accept(substitution, at):
    actor = actor_of(substitution.substitute, at=at)
    operations.accept_substitution(substitution, actor=actor, at=at)


def teaching(programme):
    return [session.trainer_id for session in make.sessions_of(programme)]


def told(person):
    rows = Notice.objects.filter(kind="delivery.substitution", person=person)
    return list(rows.order_by("pk").values_list("title", flat=True))


def feed(person, at):
    dates = agenda.dates_of(actor_of(person, at=at), at)
    return calendar_feed.render(dates, base="https://example.org", at=at).decode()


def event(text, session):
    """UID and the lines of one session in a feed."""
    parts = [part for part in text.split("BEGIN:VEVENT") if f"session-{session.pk}@" in part]
    assert len(parts) == 1
    return parts[0].splitlines()


def test_one_session_passes_over_and_the_rest_stays(programme, first, substitute, ask, at):
    old = programme.trainer_id
    accept(ask(), at + timedelta(hours=1))
    programme.refresh_from_db()
    assert teaching(programme) == [substitute.pk, *[old] * 19]
    assert programme.trainer_id == old
    slots = Slot.objects.filter(programme=programme).order_by("sequence")
    assert [slot.trainer_id for slot in slots] == [substitute.pk, *[old] * 19]


def test_the_rest_of_a_programme_passes_over_with_it(programme, substitute, ask, at):
    accept(ask(rest=True), at + timedelta(hours=1))
    programme.refresh_from_db()
    assert set(teaching(programme)) == {substitute.pk}
    assert programme.trainer_id == substitute.pk


def test_the_hours_follow_whoever_signs(programme, first, substitute, ask, at):
    accept(ask(), at + timedelta(hours=1))
    assert access.allowed(actor_of(substitute, at=at), "programme.read", programme)
    with pytest.raises(PermissionDenied):
        old = actor_of(programme.trainer, at=first.ends_at)
        operations.save_draft(first, {}, topic="Θέμα", actor=old, at=first.ends_at)
    first.refresh_from_db()
    make.a_signed_session(first)
    rows = queries.with_worked(Attendance.objects.filter(attendee="trainer"), first.ends_at)
    worked = [(row.person_id, row.taught, row.guided) for row in rows]
    assert worked == [(substitute.pk, 2, 1)]
    assert not Attendance.objects.filter(session=first, person=programme.trainer).exists()


def test_everybody_whom_it_concerns_is_told(programme, first, substitute, manager, ask, at):
    substitution = ask()
    assert told(substitute) == [f"Σας ζητείται αντικατάσταση στο {programme.code}"]
    accept(substitution, at + timedelta(hours=1))
    trainee = make.trainees_of(first)[0].person
    heard = (trainee, programme.trainer, substitute, manager.user_id)
    title = f"Αλλαγή επιμορφωτή/τριας στο {programme.code}"
    assert [told(person)[-1] for person in heard] == [title] * 4
    text = Notice.objects.get(person=trainee, kind="delivery.substitution").text
    assert f"{substitute} διδάσκει αντί για: {programme.trainer}." in text


def test_calendars_keep_the_name_of_the_session_and_count_its_changes(
    programme, first, substitute, ask, at
):
    trainee, later = make.trainees_of(first)[0].person, at + timedelta(hours=1)
    before = event(feed(trainee, at), first)
    assert "SEQUENCE:0" in before
    accept(ask(), later)
    for person in (trainee, substitute, programme.trainer):
        lines = event(feed(person, later), first)
        assert f"UID:session-{first.pk}@didaskaleio" in lines
        assert "SEQUENCE:1" in lines
        assert ("STATUS:CANCELLED" in lines) is (person == programme.trainer)


def test_a_moved_session_keeps_its_name_in_the_calendar_and_the_class_is_told(
    programme, first, trainer, at
):
    fifth = make.sessions_of(programme)[4]
    new = fifth.starts_at + timedelta(days=1)
    operations.reschedule(fifth, actor=trainer, at=at, reason="Εκδήλωση", starts_at=new)
    manager = actor_of(people.a_centre_manager(programme.centre), at=at)
    operations.confirm(fifth, actor=manager, at=at)
    trainee = make.trainees_of(first)[0].person
    lines = event(feed(trainee, at), fifth)
    assert "SEQUENCE:1" in lines
    assert f"DTSTART:{new.astimezone(tz=None):%Y%m%d}" in "\n".join(lines)
    heard = Notice.objects.filter(kind="delivery.session", title__startswith="Νέα ώρα")
    people_told = set(heard.values_list("person_id", flat=True))
    assert {trainee.pk, programme.trainer_id, manager.user_id} <= people_told


def test_whoever_declines_is_not_bound_and_the_centre_is_told(substitute, manager, ask, at):
    substitution = ask()
    actor = actor_of(substitute, at=at)
    operations.decline_substitution(substitution, actor=actor, at=at, reason="Λείπω.")
    assert substitution.state == "declined"
    assert told(manager.user_id)[-1].startswith("Δεν έγινε δεκτή")
    assert ask().state == "proposed"


def test_a_proposal_lapses_when_the_session_begins(first, substitute, ask):
    substitution = ask()
    with pytest.raises(StepRefusedError):
        accept(substitution, first.starts_at)
    lifecycle.fire_due(first.starts_at)
    substitution.refresh_from_db()
    assert substitution.state == "lapsed"
    assert len(told(substitute)) == 2


def test_one_proposal_waits_at_a_time(programme, ask, manager, at):
    substitution = ask()
    with pytest.raises(SubstituteRefusedError, match="περιμένει"):
        ask()
    with pytest.raises(SubstituteRefusedError, match="περιμένει"):
        ask(rest=True)
    operations.withdraw_substitution(substitution, actor=manager, at=at, reason="Ανάρρωσε.")
    assert ask(rest=True).sessions.count() == 20
    with pytest.raises(SubstituteRefusedError, match="περιμένει"):
        ask(session=make.sessions_of(programme)[3])


def test_only_centre_and_body_ask_and_only_the_person_answers(
    programme, first, substitute, trainer, ask, at
):
    with pytest.raises(PermissionDenied):
        operations.propose_substitute(
            first, substitute, rest=False, reason=REASON, actor=trainer, at=at
        )
    substitution = ask()
    with pytest.raises(PermissionDenied):
        operations.accept_substitution(substitution, actor=trainer, at=at)


def busy_elsewhere(programme, who):
    programmes.a_programme(state="running", period=programme.period, trainer=who)


def of_another_place(programme, who):
    who.teacher.services.all().delete()


def at_the_limit(programme, _who):
    ParameterSet.objects.create(
        action=programme.period.action,
        version=9,
        values={"trainer_hours_per_week": 1},
        valid_from=programme.period.announced_at,
        reason="Δοκιμή",
    )


def trainee_of_the_action(programme, who):
    row = ParticipationApplication.objects.filter(programme=programme).order_by("pk").first()
    ParticipationApplication.objects.filter(pk=row.pk).update(person=who, state="submitted")


def of_the_staff(programme, who):
    programme.staff.create(person=who, role="technical")


@pytest.mark.parametrize(
    ("hinder", "words"),
    [
        (busy_elsewhere, "έχει ήδη"),
        (of_another_place, "του νομού του κέντρου"),
        (at_the_limit, "όριο της δράσης: 1"),
        (trainee_of_the_action, "επιμορφούμενος/η στην ίδια δράση"),
        (of_the_staff, "ήδη προσωπικό"),
    ],
)
def test_whoever_cannot_is_named_with_the_reason_and_refused(
    programme, first, substitute, ask, at, hinder, words
):
    hinder(programme, substitute)
    (found,) = queries.substitutions.candidates(programme, [first], at)
    assert not found.suits
    assert words in " ".join(found.against)
    with pytest.raises(SubstituteRefusedError, match="δεν μπορεί"):
        ask()
    assert not Substitution.objects.exists()


def test_somebody_of_another_cluster_is_found_by_name_with_the_reason(programme, first, at):
    other = people.a_trainer(("B2.1",), prefecture="KOZ", surname="Μακρινού")
    assert queries.substitutions.candidates(programme, [first], at) == []
    (found,) = queries.substitutions.candidates(programme, [first], at, words="μακρινου")
    assert (found.person, found.suits) == (other, False)


def test_the_nearest_stand_first(programme, first, at):
    programme.category = programme.period.action.categories.get(code="IIb")
    programme.save(update_fields=["category"])
    far = people.a_trainer((programme.cluster.code,), prefecture="HER", surname="Άλφα")
    near = people.a_trainer((programme.cluster.code,), prefecture="KOZ", surname="Ωμέγα")
    found = queries.substitutions.candidates(programme, [first], at)
    assert [(one.person, one.stand.far) for one in found] == [(near, 0), (far, 2)]


def test_who_became_busy_since_cannot_accept(programme, substitute, ask, at):
    substitution = ask()
    busy_elsewhere(programme, substitute)
    with pytest.raises(Refusal, match="δεν γίνεται πια"):
        accept(substitution, at + timedelta(hours=1))
    substitution.refresh_from_db()
    assert substitution.state == "proposed"


def test_a_session_that_was_taken_over_moves_by_the_hours_of_the_substitute(
    programme, substitute, ask, at
):
    fifth = make.sessions_of(programme)[4]
    accept(ask(session=fifth), at)
    fifth.refresh_from_db()
    new = fifth.starts_at + timedelta(days=1)
    other = programmes.a_programme(
        state="running", period=programme.period, trainer=substitute, slots=False
    )
    day = (new.date() - programme.period.first_day).days
    programmes.a_slot(other, 1, day, "sync", live=True).save()
    actor = actor_of(substitute, at=at)
    with pytest.raises(TimeRefusedError, match="έχει ήδη"):
        operations.reschedule(fifth, actor=actor, at=at, reason="Εκδήλωση", starts_at=new)


def test_the_question_stands_on_the_desk_of_whoever_is_asked(substitute, ask, at, programme):
    substitution = ask(rest=True)
    found = agenda.todos_of(actor_of(substitute, at=at), at)
    title = f"Απάντηση: αντικατάσταση στο {programme.code}"
    assert [(todo.title, todo.due) for todo in found] == [(title, substitution.due_at)]
    accept(substitution, at)
    assert agenda.todos_of(actor_of(substitute, at=at), at) == []


def test_the_page_asks_one_of_those_who_can(
    client, login, set_clock, programme, first, substitute, manager, at
):
    set_clock(at)
    other = people.a_trainer((programme.cluster.code,), prefecture="HER", surname="Μακρινού")
    login(client, people.Person.objects.get(pk=manager.user_id))
    address = reverse("delivery:substitute", args=[first.pk])
    whole = markup(client.get(reverse("delivery:programme", args=[programme.pk])))
    assert f"{address}?extent=rest" in whole
    page = markup(client.get(address))
    assert f'id="person-{substitute.pk}"' in page
    assert f'id="person-{other.pk}"' not in page
    assert page.index("Δεν μπορούν") < page.index(str(other))
    refused = client.post(address, {"person": other.pk, "reason": REASON})
    assert "Διαλέξτε ένα πρόσωπο" in markup(refused)
    answer = client.post(f"{address}?extent=rest", {"person": substitute.pk, "reason": REASON})
    made = Substitution.objects.get()
    assert answer["Location"] == reverse("delivery:substitution", args=[made.pk])
    assert (made.rest, made.sessions.count()) == (True, 20)
    assert client.get(address).status_code == 404


def test_the_candidates_cost_the_same_for_one_and_for_three(
    client, login, set_clock, programme, first, substitute, manager, at
):
    set_clock(at)
    login(client, people.Person.objects.get(pk=manager.user_id))
    address = reverse("delivery:substitute", args=[first.pk])
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    for _ in range(2):
        people.a_trainer((programme.cluster.code,), prefecture="KOZ")
    with CaptureQueriesContext(connection) as three:
        assert client.get(address).status_code == 200
    assert len(three) == len(one)


def test_who_reads_a_substitution(programme, substitute, ask, manager, at):
    substitution = ask()
    stranger = actor_of(people.a_trainer(), at=at)
    readers = [actor_of(substitute, at=at), actor_of(programme.trainer, at=at), manager]
    allowed = [access.allowed(one, "substitution.read", substitution) for one in readers]
    assert allowed == [True, True, True]
    assert not access.allowed(stranger, "substitution.read", substitution)
