"""The computation of a draw as a job: ordered by the second officer, written whole or not at all.

Shows: R-039, R-040.
"""

from __future__ import annotations

import pytest
from django.urls import reverse

from didaskaleio.enrolment import operations
from didaskaleio.enrolment.models import Draw, ParticipationApplication, WaitingList
from didaskaleio.enrolment.operations import publishing
from didaskaleio.enrolment.tasks import drawing
from didaskaleio.kernel import journal, lifecycle
from didaskaleio.kernel.errors import StepRefusedError
from didaskaleio.kernel.models import Notice
from didaskaleio.people import queries as people_queries
from tests.factories import enrolment as make
from tests.factories import people

pytestmark = pytest.mark.django_db
BEACON = "9f" * 32


@pytest.fixture
def ordered(period, in_period, officers, after_beacon):
    """A frozen list of three for one place, confirmed by both officers; nothing computed yet."""
    programme = in_period("IIb", code="P00001", capacity=1, minimum=1)
    for _ in range(3):
        make.an_application(period=period, preferences=[programme])
    lifecycle.fire_due(period.phase_a_closes)
    draw = Draw.objects.get(period=period)
    for officer in officers:
        actor = people_queries.actor_of(officer, at=after_beacon)
        operations.enter_beacon(draw, actor=actor, at=after_beacon, beacon=BEACON)
    draw.refresh_from_db()
    return draw


@pytest.fixture
def follow(client, officers, after_beacon, monkeypatch):
    """``follow(name, **headers)``: a page of the ceremony as the second officer sees it."""
    monkeypatch.setattr("didaskaleio.kernel.clock.now", lambda: after_beacon)
    client.force_login(officers[1])

    def look(draw, name="ceremony", **headers):
        address = reverse(f"enrolment:{name}", args=[draw.period.code])
        return client.get(address, headers=headers)

    return look


def nothing_written(draw):
    draw.refresh_from_db()
    drawn = ParticipationApplication.objects.filter(rank__isnull=False)
    return not (draw.bundle or draw.result or drawn.exists() or WaitingList.objects.exists())


def test_the_second_officer_orders_the_draw_and_waits_for_nothing(ordered, officers):
    assert ordered.state == "computing"
    assert (ordered.first_officer, ordered.second_officer) == (officers[0], officers[1])
    assert ordered.beacon == BEACON
    assert nothing_written(ordered)
    assert (ordered.work.state, ordered.work.done, ordered.work.total) == ("waiting", 0, 8)
    assert ordered.work.owner == officers[1]


def test_the_job_publishes_in_the_names_of_both_officers(ordered, officers, drain_jobs):
    drain_jobs()
    ordered.refresh_from_db()
    assert (ordered.state, ordered.period.state) == ("published", "drawn")
    assert (ordered.work.state, ordered.work.done) == ("done", 8)
    acts = list(journal.of(ordered).order_by("pk").values_list("act", "actor_id"))
    assert acts[-4:] == [
        ("Καταχωρίστηκε η δημόσια τύχη", officers[0].pk),
        ("Επιβεβαιώθηκε η δημόσια τύχη, άρχισε ο υπολογισμός", officers[1].pk),
        ("Δημοσιεύθηκαν δεδομένα και αποτέλεσμα", officers[1].pk),
        ("Έγινε η κλήρωση", None),
    ]
    assert Notice.objects.filter(kind="enrolment.drawn").count() == 3


def test_a_repeated_job_changes_nothing(ordered, drain_jobs):
    drawing.draw(ordered.pk)
    ordered.refresh_from_db()
    first = bytes(ordered.bundle), bytes(ordered.result), ordered.published_at
    drawing.draw(ordered.pk)
    drain_jobs()
    ordered.refresh_from_db()
    assert (bytes(ordered.bundle), bytes(ordered.result), ordered.published_at) == first
    assert journal.of(ordered).filter(step="publish").count() == 1


def test_the_bar_moves_with_every_part(ordered, after_beacon):
    steps = []
    operations.carry_out(ordered, at=after_beacon, progress=lambda: steps.append(1))
    assert len(steps) == publishing.PARTS == 8


def test_the_officers_follow_the_computation_with_and_without_scripts(ordered, follow, drain_jobs):
    page = follow(ordered).content.decode()
    assert "Η κλήρωση υπολογίζεται" in page
    assert ">Ανανέωση</a>" in page, "without scripts the page is asked for again"
    bar = follow(ordered, "ceremony-progress")
    assert "HX-Refresh" not in bar.headers
    assert "<strong>0</strong> από 8" in bar.content.decode()
    public = follow(ordered, "draw").content.decode()
    assert "Η κλήρωση υπολογίζεται" in public
    assert BEACON not in public
    drain_jobs()
    assert follow(ordered, "ceremony-progress").headers["HX-Refresh"] == "true"
    page = follow(ordered).content.decode()
    assert "Η κλήρωση έγινε" in page
    assert "http-equiv" not in page


def test_a_strangers_officer_does_not_follow_the_bar(ordered, client):
    client.force_login(people.a_teacher())
    address = reverse("enrolment:ceremony-progress", args=[ordered.period.code])
    assert client.get(address).status_code == 404


def test_a_failed_computation_writes_nothing_says_what_to_do_and_is_tried_again(
    ordered, follow, client, drain_jobs, settings
):
    kept = bytes(ordered.frozen)
    Draw.objects.filter(pk=ordered.pk).update(frozen=kept[:-1])
    drain_jobs()
    assert nothing_written(ordered)
    assert (ordered.state, ordered.work.state) == ("computing", "failed")
    page = follow(ordered).content.decode()
    assert "Ο υπολογισμός απέτυχε" in page
    assert "τίποτα δεν γράφτηκε" in page
    again = reverse("kernel:step", args=["draw", ordered.pk, "compute_again"])
    assert again in page
    Draw.objects.filter(pk=ordered.pk).update(frozen=kept)
    client.post(again)
    ordered.refresh_from_db()
    assert ordered.work.state == "waiting"
    drain_jobs()
    ordered.refresh_from_db()
    assert (ordered.state, ordered.work.state) == ("published", "done")


def test_a_failure_while_writing_leaves_nothing(ordered, drain_jobs):
    missing = ordered.period.programmes.get(code="P00001")
    type(missing).objects.filter(pk=missing.pk).update(state="cancelled")
    drain_jobs()
    assert nothing_written(ordered)
    assert (ordered.state, ordered.work.state) == ("computing", "failed")


def test_a_secret_lost_after_the_confirmation_is_asked_of_the_ministry(
    ordered, drain_jobs, after_beacon, officers
):
    Draw.objects.filter(pk=ordered.pk).update(secret_sealed=b"")
    drain_jobs()
    ordered.refresh_from_db()
    assert ordered.work.message.startswith("Το μυστικό δεν ανοίγει στην πλατφόρμα.")
    ministry = people_queries.actor_of(people.ministry_officer(), at=after_beacon)
    secret = make.SECRET.hex()
    operations.restore_secret(ordered, actor=ministry, at=after_beacon, secret=secret)
    officer = people_queries.actor_of(officers[0], at=after_beacon)
    operations.compute_again(ordered, actor=officer, at=after_beacon)
    drain_jobs()
    ordered.refresh_from_db()
    assert ordered.state == "published"


def test_nobody_orders_it_again_while_it_is_computed(ordered, officers, after_beacon):
    actor = people_queries.actor_of(officers[0], at=after_beacon)
    with pytest.raises(StepRefusedError, match="σε εξέλιξη"):
        operations.compute_again(ordered, actor=actor, at=after_beacon)
