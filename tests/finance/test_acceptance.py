"""A committee takes work over by signed minutes; nobody accepts own work.

Shows: R-075.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from didaskaleio.finance.errors import MinutesRefusedError
from didaskaleio.finance.models import MinutesItem, WorkLine
from didaskaleio.finance.operations import acceptance
from didaskaleio.finance.queries import acceptance as queries
from didaskaleio.kernel.models import Notice
from tests.factories import payments, people
from tests.factories.payments import NOW, Desk, the_actor

pytestmark = pytest.mark.django_db


def signed_by(minutes, *members):
    for member in members:
        acceptance.sign(minutes, actor=the_actor(member.person), at=NOW, seen=minutes.digest)


def test_the_majority_seals_the_minutes_and_the_lines_are_accepted(authority):
    desk = Desk()
    minutes = desk.circulated(desk.calculated())
    first, second, _ = minutes.committee.members.all()
    signed_by(minutes, first)
    assert (minutes.state, minutes.number) == ("signing", "")
    signed_by(minutes, second)
    assert minutes.state == "sealed"
    assert minutes.number.endswith("ΠΠ") or "ΠΠ" in minutes.number
    assert minutes.document.file.content_type == "application/pdf"
    assert set(WorkLine.objects.values_list("state", flat=True)) == {"accepted"}
    told = Notice.objects.get(person=desk.trainer, title="Παραλαβή του έργου σας")
    assert "102,00\N{NO-BREAK SPACE}€" in told.text


def test_where_all_must_sign_two_of_three_are_not_enough(authority):
    desk = Desk(signed=1)
    minutes = desk.circulated(desk.calculated(), desk.committee(quorum="all"))
    *two, last = minutes.committee.members.all()
    signed_by(minutes, *two)
    assert minutes.state == "signing"
    signed_by(minutes, last)
    assert minutes.state == "sealed"


def test_a_line_is_refused_with_its_reason_and_the_payee_reads_it(authority):
    desk = Desk()
    one, other = desk.calculated()
    desk.accepted([one, other], refusals={other: "Δεν υπάρχει έκθεση της συνεδρίας."})
    assert list(WorkLine.objects.order_by("pk").values_list("state", flat=True)) == [
        "accepted",
        "refused",
    ]
    told = Notice.objects.get(person=desk.trainer, title="Έργο που δεν παραλήφθηκε")
    assert told.text.endswith("Αιτιολογία: Δεν υπάρχει έκθεση της συνεδρίας.")


def test_what_was_refused_is_not_calculated_again_before_its_source_changes(authority):
    desk = Desk(signed=1)
    line = desk.calculated()[0]
    desk.accepted([line], refusals={line: "Δεν έγινε."})
    from didaskaleio.finance.queries.work import plan

    assert plan(desk.action, NOW).lines == ()
    desk.corrected(mark="late", late=50)
    assert [str(each.counted) for each in plan(desk.action, NOW).lines] == ["1.00"]


def test_a_committee_is_never_given_the_work_of_its_own_member():
    desk = Desk(signed=1)
    line = desk.calculated()[0]
    members = [desk.trainer, people.a_person(), people.a_person()]
    committee = desk.committee(members=members)
    assert not queries.examinable(committee, NOW.date()).exists()
    with pytest.raises(MinutesRefusedError):
        acceptance.draw_up(committee, [line.pk], actor=desk.actor, at=NOW)


def test_who_became_a_member_later_does_not_sign_for_own_work():
    desk = Desk(signed=1)
    minutes = desk.circulated(desk.calculated())
    minutes.committee.members.create(person=desk.trainer)
    with pytest.raises(MinutesRefusedError, match="δικό σας έργο"):
        acceptance.sign(minutes, actor=the_actor(desk.trainer), at=NOW, seen=minutes.digest)
    assert minutes.signatures.count() == 0


def test_who_manages_a_centre_does_not_accept_the_work_of_the_centre():
    desk = Desk(signed=0)
    manager = people.a_centre_manager(desk.programme.centre)
    payments.a_payee(desk.body, centre=desk.programme.centre)
    payments.a_term(desk.action, desk.officer, value="900", unit="programme", role="centre")
    type(desk.programme).objects.filter(pk=desk.programme.pk).update(state="documented")
    line = desk.calculated()[0]
    assert (line.unit, str(line.amount)) == ("programme", "900.00")
    members = [manager, people.a_person(), people.a_person()]
    assert not queries.examinable(desk.committee(members=members), NOW.date()).exists()
    assert queries.examinable(desk.committee(), NOW.date()).count() == 1


def test_nobody_signs_twice_or_what_they_did_not_see(authority):
    desk = Desk(signed=1)
    minutes = desk.circulated(desk.calculated())
    member = minutes.committee.members.first()
    with pytest.raises(MinutesRefusedError, match="Διαβάστε το ξανά"):
        acceptance.sign(minutes, actor=the_actor(member.person), at=NOW, seen="other")
    signed_by(minutes, member)
    with pytest.raises(MinutesRefusedError, match="ήδη"):
        signed_by(minutes, member)


def test_only_members_sign():
    desk = Desk(signed=1)
    minutes = desk.circulated(desk.calculated())
    with pytest.raises(PermissionDenied):
        acceptance.sign(minutes, actor=desk.actor, at=NOW, seen=minutes.digest)


def test_after_the_term_of_the_committee_nothing_is_accepted():
    desk = Desk(signed=1)
    lines = desk.calculated()
    later = NOW + timedelta(days=300)
    minutes = desk.circulated(lines)
    member = minutes.committee.members.first()
    with pytest.raises(MinutesRefusedError, match="θητεία"):
        acceptance.sign(minutes, actor=the_actor(member.person), at=later, seen=minutes.digest)
    with pytest.raises(MinutesRefusedError, match="θητεία"):
        acceptance.draw_up(minutes.committee, [lines[0].pk], actor=desk.actor, at=later)


def test_a_line_is_in_one_minutes_at_a_time_and_free_again_when_they_are_withdrawn():
    desk = Desk(signed=1)
    lines = desk.calculated()
    minutes = desk.circulated(lines)
    with pytest.raises(MinutesRefusedError):
        acceptance.draw_up(minutes.committee, [lines[0].pk], actor=desk.actor, at=NOW)
    acceptance.withdraw(minutes, actor=desk.actor, at=NOW, reason="Λάθος γραμμή")
    assert WorkLine.objects.get().state == "due"
    again = acceptance.draw_up(minutes.committee, [lines[0].pk], actor=desk.actor, at=NOW)
    assert MinutesItem.objects.filter(live=True).get().minutes == again


def test_what_was_sent_for_signing_does_not_change():
    desk = Desk(signed=1)
    minutes = desk.circulated(desk.calculated())
    item = minutes.items.get()
    with pytest.raises(MinutesRefusedError, match="αποσύρετέ το"):
        acceptance.judge(minutes, item, refusal="Όχι", actor=desk.actor, at=NOW)


def test_a_committee_has_three_different_members():
    desk = Desk(signed=0)
    person = people.a_person()
    with pytest.raises(MinutesRefusedError, match="τουλάχιστον 3"):
        desk.committee(members=[person, person, people.a_person()])


def test_the_sealed_minutes_bear_their_number_and_are_no_specimen(authority, monkeypatch):
    from didaskaleio.kernel import typesetting

    printed, render = [], typesetting.render

    def kept(template, data, **rest):
        printed.append(data)
        return render(template, data, **rest)

    monkeypatch.setattr(typesetting, "render", kept)
    desk = Desk(signed=1)
    desk.accepted()
    assert printed[-1]["document"]["number"] == printed[-1]["number"]
    assert "ΔΕΙΓΜΑ" not in str(printed[-1])
