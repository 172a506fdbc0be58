"""The choice of visits: frozen and committed before, drawn in the open, revealed after.

Shows: R-056.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from didaskaleio.delivery import operations, queries, risk
from didaskaleio.delivery.errors import VisitRefusedError
from didaskaleio.delivery.models import SiteVisit, VisitRound
from didaskaleio.enrolment import draw as draws
from didaskaleio.kernel.access import SYSTEM
from didaskaleio.kernel.errors import ReasonMissingError, StepRefusedError
from tests.factories import delivery, visits
from tests.factories.structures import a_body
from tests.factories.visits import BEACON

pytestmark = pytest.mark.django_db


@pytest.fixture
def body():
    return a_body()


@pytest.fixture
def opened(programme, first, body):
    """A round over the whole programme, opened three days before it starts."""
    return a_round(body, first)


def a_round(body, first, *, by_risk=2, by_lot=1):
    at = first.starts_at - timedelta(days=3)
    days = (first.starts_at.date(), first.starts_at.date() + timedelta(days=91))
    wish = operations.Wish(*days, by_risk, by_lot)
    return operations.open_round(
        body, wish, actor=visits.the_officer(at), at=at, randomness=lambda n: b"\7" * n
    )


def drawn(round_, *, at=None):
    at = at or round_.beacon_at
    operations.draw(round_, actor=visits.the_officer(at), at=at, beacon=BEACON)
    return round_


def test_the_list_holds_the_face_to_face_sessions_only(opened, programme):
    listed = [s for s in delivery.sessions_of(programme) if s.starts_at < opened.reveals_at]
    face = [s.pk for s in listed if s.kind == "f2f"]
    assert sorted(said["session"] for said in opened.scores.values()) == sorted(face)
    assert opened.freeze_hash == draws.freeze_hash(opened.frozen.encode())


def test_nobody_draws_before_the_public_chance(opened):
    with pytest.raises(StepRefusedError, match="δημόσια τύχη"):
        drawn(opened, at=opened.beacon_at - timedelta(seconds=1))
    with pytest.raises(VisitRefusedError, match="64"):
        operations.draw(
            opened,
            actor=visits.the_officer(opened.beacon_at),
            at=opened.beacon_at,
            beacon="όχι",
        )
    assert not SiteVisit.objects.exists()


def test_anybody_recomputes_the_draw_from_the_published_files(opened):
    drawn(opened)
    bundle = draws.read_bundle(opened.bundle.encode())
    again = draws.draw(bundle)
    assert draws.result_bytes(again).decode() == opened.result
    chosen = SiteVisit.objects.filter(way="random")
    units = {queries.visits.unit_of(visit.session) for visit in chosen}
    assert units == {unit for unit, place in again.placements.items() if place}
    assert bundle.commitment == opened.commitment


def test_the_risky_are_proposed_beside_the_drawn_and_none_twice(opened):
    drawn(opened)
    found = SiteVisit.objects.all()
    assert {visit.state for visit in found} == {"proposed"}
    assert found.filter(way="random").count() == 1
    assert found.filter(way="risk").count() == 2
    assert len({visit.session_id for visit in found}) == 3
    assert found.first().score_lines()[0].words.startswith("Κέντρο χωρίς ολοκληρωμένο")


def test_the_files_come_out_when_the_days_are_over(opened, client, set_clock):
    set_clock(opened.committed_at)
    drawn(opened)
    page = client.get(f"/visit-draws/{opened.code}/")
    assert opened.commitment in page.content.decode()
    assert BEACON not in page.content.decode()
    assert client.get(f"/visit-draws/{opened.code}/bundle.json").status_code == 404
    operations.reveal(opened, actor=SYSTEM, at=opened.reveals_at)
    answer = client.get(f"/visit-draws/{opened.code}/bundle.json")
    assert b"".join(answer.streaming_content).decode() == opened.bundle
    assert "data-draw-check" in client.get(f"/visit-draws/{opened.code}/").content.decode()
    assert client.get(f"/visit-draws/{opened.code}/frozen.json").status_code == 404


def test_one_round_begins_on_a_day_and_never_in_the_past(opened, body, first):
    with pytest.raises(VisitRefusedError, match="ίδια ημέρα"):
        a_round(body, first)
    at = first.starts_at
    past = operations.Wish(at.date() - timedelta(days=9), at.date() - timedelta(days=2), 1, 1)
    with pytest.raises(VisitRefusedError, match="πέρασε"):
        operations.open_round(body, past, actor=visits.the_officer(at), at=at)
    assert VisitRound.objects.count() == 1


def test_weights_are_versions_with_a_reason_and_rounds_keep_theirs(opened, body, at, actor_for):
    officer = visits.the_officer(at)
    heavier = dict(risk.DEFAULTS) | {"disputes": 9}
    with pytest.raises(ReasonMissingError):
        operations.set_weights(body, heavier, reason=" ", actor=officer, at=at)
    with pytest.raises(VisitRefusedError, match="ακέραιος"):
        operations.set_weights(body, heavier | {"disputes": 101}, reason="Α", actor=officer, at=at)
    operations.set_weights(body, heavier, reason="Περισσότερες αντιρρήσεις", actor=officer, at=at)
    with pytest.raises(VisitRefusedError, match="Δεν άλλαξε"):
        operations.set_weights(body, heavier, reason="Ξανά", actor=officer, at=at)
    assert queries.visits.weights_of(body) == (heavier, 1)
    opened.refresh_from_db()
    assert (opened.weights["disputes"], opened.weights_version) == (4, 0)


def test_strangers_open_no_round(programme, first, body, trainer):
    days = (first.starts_at.date(), first.starts_at.date())
    at = first.starts_at - timedelta(days=3)
    with pytest.raises(PermissionDenied):
        operations.open_round(body, operations.Wish(*days, 1, 1), actor=trainer, at=at)


def test_the_facts_of_a_programme_are_counted_from_its_sheets(programme):
    sessions = delivery.sessions_of(programme)
    late = sessions[0].ends_at + timedelta(hours=25)
    delivery.a_signed_session(sessions[0], at=late, absent=(0, 1))
    delivery.a_signed_session(sessions[1])
    at = sessions[1].ends_at + timedelta(hours=1)
    facts = queries.visits.facts_of(sessions[2:3], at)[programme.pk]
    assert facts == risk.Facts(late_sheets=1, few_present=1, new_centre=1, not_visited=1)
