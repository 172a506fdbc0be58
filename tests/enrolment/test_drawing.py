"""The draw itself: two officers, the secret, placements and lists, once only (SPEC-draw §1.4).

Shows: R-039, R-040.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from didaskaleio.enrolment import draw as draws
from didaskaleio.enrolment import operations, seal
from didaskaleio.enrolment.draw.command import main as command
from didaskaleio.enrolment.errors import BeaconRefusedError, SecretUnavailableError
from didaskaleio.enrolment.models import Draw, ParticipationApplication, PublicChange, WaitingList
from didaskaleio.enrolment.queries import results
from didaskaleio.kernel import journal, lifecycle
from didaskaleio.kernel.errors import StepRefusedError
from didaskaleio.kernel.models import Notice
from didaskaleio.people import queries as people_queries
from didaskaleio.programmes.models import Programme
from didaskaleio.structures.models import ImplementingBody
from tests.factories import enrolment as make
from tests.factories import people

pytestmark = pytest.mark.django_db
BEACON = "9f" * 32


@pytest.fixture
def frozen(period, in_period, submitted):
    """Six applications to a programme of two places (minimum one) and one of fifteen; frozen."""
    small = in_period("IIb", code="P00001", capacity=2, minimum=2)
    large = in_period("IIb", code="P00002")
    closed = in_period("IIb", code="P00003", capacity=1, minimum=1)
    rows = [
        submitted(people.a_teacher(), each)
        for each in ([small], [small, large], [small], [small, closed], [large], [closed])
    ]
    lifecycle.fire_due(period.phase_a_closes)
    return rows


@pytest.fixture
def draw(period, frozen):
    return Draw.objects.get(period=period)


@pytest.fixture
def act(officers, after_beacon):
    def enter(draw, who=0, beacon=BEACON, at=after_beacon):
        actor = people_queries.actor_of(officers[who], at=at)
        operations.enter_beacon(draw, actor=actor, at=at, beacon=beacon)
        operations.carry_out(draw, at=at)
        return draw

    return enter


def test_two_officers_draw_and_everything_follows(
    draw, frozen, period, act, after_beacon, tmp_path
):
    assert act(draw).state == "beacon_entered"
    assert act(draw, 1).state == "published"
    draw.refresh_from_db()
    (tmp_path / "bundle.json").write_bytes(bytes(draw.bundle))
    (tmp_path / "result.json").write_bytes(bytes(draw.result))
    paths = [str(tmp_path / "bundle.json"), str(tmp_path / "result.json")]
    assert command(["verify", *paths]) == 0
    bundle = draws.read_bundle(bytes(draw.bundle))
    assert bundle.secret == make.SECRET.hex()
    assert (bundle.freeze, bundle.beacon) == (draw.freeze_hash, BEACON)
    result = draws.read_result(bytes(draw.result))
    rows = ParticipationApplication.objects.filter(period=period).order_by("rank")
    assert [row.number for row in rows] == result.order
    assert [row.rank for row in rows] == [1, 2, 3, 4, 5, 6]
    assert {row.number: row.programme and row.programme.code for row in rows} == result.placements
    assert {row.number: row.state for row in rows} == {
        number: "placed" if code else "runner_up" for number, code in result.placements.items()
    }
    lists = WaitingList.objects.filter(programme__period=period)
    assert {each.programme.code: each.numbers for each in lists} == result.waiting
    assert {each.programme.code: each.places for each in lists} == {
        "P00001": 2,
        "P00002": 15,
        "P00003": 1,
    }
    states = Programme.objects.filter(period=period).values_list("code", "state")
    assert dict(states) == {
        code: "viable" if holds else "filling" for code, holds in result.viable.items()
    }
    period.refresh_from_db()
    assert (period.state, draw.state, draw.published_at) == ("drawn", "published", after_beacon)
    placed = sum(1 for code in result.placements.values() if code)
    assert draw.figures["applications"] == 6
    assert (draw.figures["placed"], draw.figures["waiting"]) == (placed, 6 - placed)


def test_every_row_that_the_draw_moves_has_its_line_in_the_journal(draw, frozen, act, after_beacon):
    act(draw)
    act(draw, 1)
    for row in ParticipationApplication.objects.all():
        entry = journal.of(row).get(at=after_beacon)
        step, words = {
            "placed": ("draw_place", "Πήρε θέση στην κλήρωση"),
            "runner_up": ("draw_wait", "Έμεινε στους επιλαχόντες"),
        }[row.state]
        assert (entry.step, entry.act) == (step, words)
        assert (entry.source, entry.target) == ("submitted", row.state)
        assert (entry.actor_id, entry.actor_name, entry.reason) == (None, "Σύστημα", "")
        assert entry.data == {}
    for programme in Programme.objects.filter(waiting_list__isnull=False):
        last, first = journal.of(programme).filter(at=after_beacon)
        assert (first.step, first.source, first.target) == ("draw", "open", "drawn")
        assert (last.source, last.target) == ("drawn", programme.state)
        assert programme.state_since == after_beacon


def test_everybody_drawn_learns_their_rank(draw, frozen, act, drain_jobs):
    act(draw)
    act(draw, 1)
    drain_jobs()
    found = Notice.objects.filter(kind="enrolment.drawn")
    assert found.count() == 6
    for row in ParticipationApplication.objects.filter(rank__isnull=False):
        notice = found.get(person=row.person)
        assert notice.text.startswith(f"Σειρά {row.rank} από 6.")
        assert notice.url.endswith(f"?number={row.number}")


def test_the_answer_to_why_not_me_is_what_the_draw_gave(draw, frozen, act):
    act(draw)
    act(draw, 1)
    draw.refresh_from_db()
    result = draws.read_result(bytes(draw.result))
    for number, code in result.placements.items():
        answer = results.why(draw, number)
        assert answer.total == 6
        assert (answer.obtained.programme.code if answer.obtained else None) == code
        assert answer.application.rank == result.order.index(number) + 1
        listed = answer.application.submission.preferences
        shown = [stop.programme.code for stop in answer.stops]
        assert shown == (listed[: listed.index(code) + 1] if code else listed)
    assert results.why(draw, "00000000") is None


def test_the_same_officer_does_not_confirm_themselves(draw, act):
    act(draw)
    with pytest.raises(BeaconRefusedError, match="από άλλο πρόσωπο"):
        act(draw)
    draw.refresh_from_db()
    assert draw.state == "beacon_entered"


def test_different_values_send_both_back_and_are_journalled(draw, act):
    act(draw)
    assert act(draw, 1, "0a" * 32).state == "frozen"
    draw.refresh_from_db()
    assert (draw.beacon, draw.first_officer_id, draw.bundle) == ("", None, None)
    entry = journal.of(draw).get(act="Οι δύο καταχωρίσεις της δημόσιας τύχης διέφεραν")
    assert entry.data == {"first": BEACON, "second": "0a" * 32}
    act(draw, 1)
    assert act(draw, 0).state == "published"


def test_the_first_value_stays_out_of_the_journal_until_the_draw(draw, act):
    act(draw)
    assert all(BEACON not in str(entry.data) for entry in journal.of(draw))


def test_a_beacon_too_early_or_of_another_form_is_refused(draw, act):
    with pytest.raises(BeaconRefusedError) as refusal:
        act(draw, at=draw.beacon_at - timedelta(seconds=1))
    assert refusal.value.code == "too_early"
    with pytest.raises(BeaconRefusedError) as refusal:
        act(draw, beacon="9F" * 32)
    assert refusal.value.code == "form"


def test_only_officers_of_the_body_enter_the_beacon(draw, after_beacon):
    other = ImplementingBody.objects.exclude(pk=draw.period.action.body_id).first()
    stranger = people_queries.actor_of(people.officer(other.code), at=after_beacon)
    with pytest.raises(PermissionDenied):
        operations.enter_beacon(draw, actor=stranger, at=after_beacon, beacon=BEACON)


def test_a_published_draw_is_not_drawn_again(draw, act):
    act(draw)
    act(draw, 1)
    with pytest.raises(StepRefusedError):
        act(draw, 0)


def test_who_withdraws_after_the_freeze_is_drawn_as_frozen_and_the_place_is_freed(
    draw, frozen, period, act, actor_for
):
    late = frozen[4]  # the only one who wants only the large programme: it gets the place
    operations.withdraw(
        late, actor=actor_for(late.person), at=period.phase_a_closes + timedelta(hours=1)
    )
    act(draw)
    act(draw, 1)
    draw.refresh_from_db()
    late.refresh_from_db()
    result = draws.read_result(bytes(draw.result))
    assert result.placements[late.number] == "P00002"
    assert (late.state, late.programme, late.rank is not None) == ("withdrawn", None, True)
    change = PublicChange.objects.get(period=period)
    assert (change.number, change.kind, change.from_programme.code) == (
        late.number,
        "withdrawal",
        "P00002",
    )


@pytest.fixture
def ministry(after_beacon):
    return people_queries.actor_of(people.ministry_officer(), at=after_beacon)


def test_a_lost_secret_is_asked_of_the_ministry_whose_copy_is_checked(
    draw, act, ministry, after_beacon, settings
):
    Draw.objects.filter(pk=draw.pk).update(secret_sealed=b"")
    act(draw)
    with pytest.raises(SecretUnavailableError, match="Ζητήστε από το Υπουργείο"):
        act(draw, 1)
    with pytest.raises(SecretUnavailableError) as refusal:
        operations.restore_secret(draw, actor=ministry, at=after_beacon, secret="00" * 32)
    assert refusal.value.code == "not_the_secret"
    secret = make.SECRET.hex()
    operations.restore_secret(draw, actor=ministry, at=after_beacon, secret=f" {secret.upper()} ")
    draw.refresh_from_db()
    sealed = bytes(draw.secret_sealed)
    assert seal.unseal(sealed, settings.SECRET_KEY, draw.period.code) == make.SECRET
    assert act(draw, 1).state == "published"


def test_the_ministry_does_not_open_its_copy_while_the_officers_still_can(
    draw, ministry, after_beacon
):
    secret = make.SECRET.hex()
    with pytest.raises(SecretUnavailableError) as refusal:
        operations.restore_secret(draw, actor=ministry, at=after_beacon, secret=secret)
    assert refusal.value.code == "not_due"
    late = draw.beacon_at + timedelta(hours=24)
    operations.restore_secret(draw, actor=ministry, at=late, secret=secret)


def test_only_the_ministry_hands_in_the_secret(draw, officers, after_beacon):
    officer = people_queries.actor_of(officers[0], at=after_beacon)
    with pytest.raises(PermissionDenied):
        operations.restore_secret(draw, actor=officer, at=after_beacon, secret="00" * 32)


def test_without_any_copy_the_ministry_draws_with_a_null_secret(draw, act, ministry, tmp_path):
    act(draw)
    late = draw.beacon_at + timedelta(hours=96)
    facts = {"actor": ministry, "reason": "Καταστράφηκαν και τα δύο αντίγραφα"}
    with pytest.raises(SecretUnavailableError) as refusal:
        operations.draw_without_secret(draw, at=late, **facts)
    assert refusal.value.code == "not_lost"
    Draw.objects.filter(pk=draw.pk).update(secret_sealed=None)
    with pytest.raises(SecretUnavailableError) as refusal:
        operations.draw_without_secret(draw, at=late - timedelta(seconds=1), **facts)
    assert refusal.value.code == "too_early"
    operations.draw_without_secret(draw, at=late, **facts)
    assert draw.state == "computing"
    operations.carry_out(draw, at=late)
    draw.refresh_from_db()
    assert draws.read_bundle(bytes(draw.bundle)).secret is None
    assert draw.figures["without_secret"] == "Καταστράφηκαν και τα δύο αντίγραφα"
    (tmp_path / "b").write_bytes(bytes(draw.bundle))
    (tmp_path / "r").write_bytes(bytes(draw.result))
    assert command(["verify", str(tmp_path / "b"), str(tmp_path / "r")]) == 0
