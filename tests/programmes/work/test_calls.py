"""An officer calls for work, trainers and centres apply, the ranking is frozen and confirmed.

Shows: R-029.
"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from didaskaleio.kernel import journal, lifecycle
from didaskaleio.kernel.access import SYSTEM
from didaskaleio.kernel.errors import OvertakenError, ReasonMissingError, Refusal, StepRefusedError
from didaskaleio.kernel.models import Notice
from didaskaleio.programmes import operations
from didaskaleio.programmes.enums import WorkFor
from didaskaleio.programmes.models import ParameterSet, WorkCall, WorkStanding
from didaskaleio.programmes.queries import work_calls, work_ranking
from tests.factories import people, structures
from tests.factories import programmes as make
from tests.programmes.test_registers_of_actions import entered, named
from tests.programmes.work.stage import (
    AT,
    CLOSES,
    DURING,
    a_call,
    act,
    applied,
    closed,
    line,
    region_line,
    settled,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return people.officer()


def states(call):
    rows = call.applications.order_by("pk")
    return list(rows.values_list("state", flat=True))


def test_a_call_opens_and_closes_by_the_clock_and_takes_its_number_when_announced(officer):
    call = a_call(state="draft", officer=officer)
    assert (call.state, call.number) == ("draft", "")
    operations.announce_work(call, actor=act(officer), at=AT - timedelta(hours=1))
    assert call.number == "2022/000001"
    lifecycle.fire_due(AT)
    call.refresh_from_db()
    assert call.state == "open"
    lifecycle.fire_due(CLOSES)
    call.refresh_from_db()
    assert call.state == "closed"


def test_an_announced_call_does_not_change_and_a_form_overtaken_is_told(officer):
    call = a_call(state="draft", officer=officer)
    seen = journal.latest(call, "Γράφτηκε η πρόσκληση για έργο")
    content = operations.WorkContent("Νέος τίτλος", AT, CLOSES, [line("B2.5", "LAR", 2)])
    operations.change_work_call(call, content, actor=act(officer), at=AT, seen=seen)
    call.refresh_from_db()
    assert [str(row) for row in call.lines.all()] == ["Β2.5 Πρωτοβάθμια Εκπαίδευση, Λάρισας"] or (
        call.lines.get().places == 2
    )
    with pytest.raises(OvertakenError):
        operations.change_work_call(call, content, actor=act(officer), at=AT, seen=seen)
    operations.announce_work(call, actor=act(officer), at=AT)
    with pytest.raises(StepRefusedError, match="δεν αλλάζει"):
        operations.change_work_call(call, content, actor=act(officer), at=AT)


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"closes_at": AT}, "Η λήξη είναι μετά την έναρξη"),
        ({"closes_at": make.DATES["starts_at"]}, "πριν αρχίσουν τα μαθήματα"),
    ],
)
def test_a_window_that_does_not_stand_is_refused(facts, words):
    with pytest.raises(Refusal, match=words):
        a_call(**facts)


def test_an_officer_of_another_body_neither_writes_nor_reads_a_call():
    call = a_call()
    stranger = act(people.officer("iep"))
    content = operations.WorkContent("Τίτλος", AT, CLOSES, [line("B2.3", "KOZ")])
    with pytest.raises(PermissionDenied):
        operations.begin_work_call(call.period, WorkFor.TRAINERS, content, actor=stranger, at=AT)
    with pytest.raises(PermissionDenied):
        operations.cancel_work(call, actor=stranger, at=AT, reason="Λάθος.")


def test_an_announcement_and_an_extension_tell_the_members_whom_the_call_concerns(
    officer, drain_jobs
):
    period = make.a_period("proposing")
    member, other = people.a_trainer(), people.a_trainer(("B2.5",))
    outside = people.a_trainer()
    register = named(period.action, act(officer))
    entered(register, member, act(officer))
    entered(register, other, act(officer))
    call = a_call(period=period, officer=officer)
    drain_jobs()
    told = Notice.objects.filter(kind="programmes.work")
    assert set(told.values_list("person_id", flat=True)) == {member.pk}
    assert outside.pk not in told.values_list("person_id", flat=True)
    later = CLOSES + timedelta(days=2)
    operations.extend_work(call, actor=act(officer), at=DURING, until=later, reason="Λίγες.")
    drain_jobs()
    assert told.count() == 2
    with pytest.raises(Refusal, match="μετά την παλιά"):
        operations.extend_work(call, actor=act(officer), at=DURING, until=later, reason="Ξανά.")
    with pytest.raises(ReasonMissingError):
        operations.extend_work(call, actor=act(officer), at=DURING, until=later, reason=" ")


def test_whoever_may_not_apply_is_told_why_and_what_to_do(officer):
    period = make.a_period("proposing")
    named(period.action, act(officer))
    call = a_call(period=period, officer=officer)
    trainer = people.a_trainer(("B2.5",))
    found = work_calls.terms(call, trainer, AT)
    assert [term.fulfilled for term in found] == [True, False, False]
    assert "Δεν είστε ενεργό μέλος του μητρώου" in found[1].sentence
    assert "Καμία θέση δεν είναι σε συστάδα που διδάσκετε" in found[2].sentence
    with pytest.raises(Refusal, match="Δεν πληρούνται οι όροι"):
        operations.start_application(call, actor=act(trainer), at=DURING)


def test_an_application_is_kept_submitted_receipted_and_submitted_again(drain_jobs):
    call, trainer = a_call(), people.a_trainer()
    mine = applied(call, trainer)
    drain_jobs()
    first = mine.submissions.get()
    assert (first.version, first.receipt_number) == (1, "2022/000001")
    assert first.receipt is not None
    assert Notice.objects.filter(kind="programmes.own_work", person=trainer).count() == 1
    with pytest.raises(Refusal, match="από άλλη καρτέλα"):
        operations.send_application(mine, actor=act(trainer), at=DURING, version=0)
    again = operations.send_application(mine, actor=act(trainer), at=DURING, version=1)
    assert (again.version, mine.submission) == (2, again)
    assert operations.start_application(call, actor=act(trainer), at=DURING) == mine


def test_an_application_without_a_place_or_beyond_the_load_left_is_refused():
    call, trainer = a_call(), people.a_trainer()
    ParameterSet.objects.create(
        action=call.period.action, version=1, valid_from=AT, reason="Όριο.",
        values={"trainer_hours_per_period": 120},
    )  # fmt: skip
    make.a_programme("approved", period=call.period, trainer=trainer)
    mine = operations.start_application(call, actor=act(trainer), at=DURING)
    by = {"actor": act(trainer), "at": DURING}
    with pytest.raises(Refusal, match="Επιλέξτε μία τουλάχιστον θέση"):
        operations.send_application(mine, version=0, **by)
    wish = [row.pk for row in call.lines.all()]
    operations.save_application(mine, lines=[*wish, 99_999], wanted=61, **by)
    mine.refresh_from_db()
    assert mine.draft["lines"] == wish
    with pytest.raises(Refusal, match="τα όρια φόρτου της δράσης αφήνουν 60"):
        operations.send_application(mine, version=0, **by)
    operations.save_application(mine, lines=wish, wanted=60, **by)
    mine.refresh_from_db()
    assert operations.send_application(mine, version=0, **by).wanted == 60


def test_a_withdrawn_application_is_not_ranked_and_may_come_back_until_the_deadline():
    call, trainer = a_call(), people.a_trainer()
    mine = applied(call, trainer)
    operations.withdraw_application(mine, actor=act(trainer), at=DURING)
    assert states(call) == ["withdrawn"]
    operations.send_application(mine, actor=act(trainer), at=DURING, version=1)
    assert states(call) == ["submitted"]
    with pytest.raises(StepRefusedError, match="Η προθεσμία έληξε"):
        operations.withdraw_application(mine, actor=act(trainer), at=CLOSES)
    with pytest.raises(Refusal, match="Η υποβολή έληξε"):
        operations.send_application(mine, actor=act(trainer), at=CLOSES, version=2)


def test_the_ranking_is_frozen_at_the_deadline_by_load_place_and_lot():
    call = a_call(line("B2.3", "KOZ", 1))
    busy, near = people.a_trainer(), people.a_trainer()
    far = people.a_trainer(prefecture="LAR")
    make.a_programme("approved", period=call.period, trainer=busy)
    for someone in (busy, far, near):
        applied(call, someone)
    closed(call)
    rows = WorkStanding.objects.select_related("application").order_by("rank")
    assert [row.application.person for row in rows] == [near, far, busy]
    assert [(row.points, row.load, row.local) for row in rows] == [
        (Decimal(0), 0, True),
        (Decimal(0), 0, False),
        (Decimal(0), 60, True),
    ]
    assert [work_ranking.before(row) for row in rows] == [
        "",
        "υπηρετεί στον νομό",
        "μικρότερος φόρτος ως τώρα",
    ]


def test_the_confirmed_selection_gives_each_its_outcome_with_the_moves_by_hand(officer, drain_jobs):
    call = a_call(line("B2.3", "KOZ", 1), line("B2.3", "LAR", 1), officer=officer)
    koz, lar = sorted(call.lines.all(), key=lambda row: row.prefecture.code)
    near, second, far = people.a_trainer(), people.a_trainer(), people.a_trainer(prefecture="LAR")
    first = applied(call, near, [koz])
    applied(call, second, [koz])
    last = applied(call, far, [lar, koz])
    closed(call)
    winner = WorkStanding.objects.get(line=koz, rank=1).application
    assert work_ranking.outcome(call) == {winner.pk: (koz.pk, 1), last.pk: (lar.pk, 1)}
    with pytest.raises(Refusal, match="Γράψτε την αιτιολογία"):
        operations.move_work(last, koz, actor=act(officer), at=CLOSES, reason=" ")
    with pytest.raises(Refusal, match="δεν ζητά αυτή τη θέση"):
        operations.move_work(first, lar, actor=act(officer), at=CLOSES, reason="Ανάγκη.")
    operations.move_work(last, koz, actor=act(officer), at=CLOSES, reason="Μόνη διαθέσιμη.")
    assert work_ranking.outcome(call) == {last.pk: (koz.pk, 1)}
    operations.restore_work(last, actor=act(officer), at=CLOSES, reason="Λάθος.")
    assert work_ranking.outcome(call)[winner.pk] == (koz.pk, 1)
    operations.select_work(call, actor=act(officer), at=CLOSES, reason="Απόφαση 7.")
    drain_jobs()
    assert sorted(states(call)) == ["reserve", "selected", "selected"]
    told = Notice.objects.filter(kind="programmes.own_work", title__startswith="Αποτέλεσμα")
    assert told.count() == 3
    with pytest.raises(StepRefusedError):
        operations.move_work(last, koz, actor=act(officer), at=CLOSES, reason="Αργά.")


def test_what_centres_are_given_becomes_their_limit_in_the_period():
    period = make.a_period("proposing")
    one, other = structures.a_centre("KOZ"), structures.a_centre("KOZ")
    make.a_programme("approved", period=period, centre=one, slots=False)
    region = one.region
    call = a_call(
        region_line(region.code, 3), period=period, audience=WorkFor.CENTRES, title="Κ.Σ.Ε."
    )
    for centre, wanted in ((one, 2), (other, 2)):
        applied(call, people.a_centre_manager(centre), wanted=wanted, centre=centre)
    settled(call)
    quotas = dict(period.quotas.filter(kind="centre").values_list("key", "limit"))
    assert quotas == {other.code: 2, one.code: 1}


def test_a_centre_elsewhere_of_another_body_or_not_approved_may_not_apply():
    home = structures.a_centre("KOZ")
    call = a_call(region_line(home.region.code, 1), audience=WorkFor.CENTRES, title="Κ.Σ.Ε.")
    away = structures.a_centre("LAR")
    stranger = structures.a_centre("KOZ", body=structures.a_body("iep"))
    assert work_calls.unmet(work_calls.terms(call, home, AT)) == ""
    assert "στην περιφέρεια" in work_calls.unmet(work_calls.terms(call, away, AT))
    assert "άλλον φορέα" in work_calls.unmet(work_calls.terms(call, stranger, AT))
    someone = people.a_centre_manager(stranger)
    with pytest.raises(PermissionDenied):
        operations.start_application(call, actor=act(someone), at=DURING, centre=home)


def test_a_cancelled_call_ends_its_applications_and_tells_them(officer, drain_jobs):
    call, trainer = a_call(officer=officer), people.a_trainer()
    applied(call, trainer)
    operations.cancel_work(call, actor=act(officer), at=DURING, reason="Άλλαξε το σχέδιο.")
    drain_jobs()
    assert (call.state, states(call)) == ("cancelled", ["cancelled"])
    assert Notice.objects.filter(person=trainer, title__startswith="Αποτέλεσμα").exists()


def test_drafts_are_not_ranked_and_nobody_may_open_or_close_a_call_by_hand(officer):
    call, trainer = a_call(officer=officer), people.a_trainer()
    operations.start_application(call, actor=act(trainer), at=DURING)
    with pytest.raises(PermissionDenied):
        operations.close_work(call, actor=act(officer), at=CLOSES)
    operations.close_work(call, actor=SYSTEM, at=CLOSES)
    assert WorkStanding.objects.count() == 0
    assert WorkCall.objects.get().state == "closed"
