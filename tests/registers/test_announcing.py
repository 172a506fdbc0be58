"""An announced act reaches all whom the call concerns: by a job, once each, as they wish.

Shows: R-014.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from didaskaleio.kernel.models import Notice, NoticePreference, Work
from didaskaleio.registers import operations, queries
from didaskaleio.registers.operations import announcing
from tests.factories import people

pytestmark = pytest.mark.django_db
MATHS = [{"kind": "specialty_any_of", "any": ["ΠΕ03"]}]


@pytest.fixture
def maths():
    people.a_teacher("ΠΕ70")
    return [people.a_teacher("ΠΕ03") for _ in range(3)]


@pytest.fixture
def a_call_for_maths(a_draft, officer, at):
    row = a_draft()
    return operations.write_audience(row, MATHS, actor=officer, at=at - timedelta(days=2))


def told(kind="registers.calls"):
    rows = Notice.objects.filter(kind=kind).order_by("person")
    return [(row.person_id, row.title) for row in rows]


def test_a_publication_reaches_those_who_fulfil_the_rules_and_nobody_else(
    a_call_for_maths, maths, officer, at, drain_jobs
):
    assert set(queries.concerned(a_call_for_maths, at)) == set(maths)
    operations.publish(a_call_for_maths, actor=officer, at=at)
    assert told() == []
    drain_jobs()
    assert told() == [(one.pk, "Νέα πρόσκληση: Μητρώο δοκιμών") for one in maths]
    text = Notice.objects.filter(kind="registers.calls").first().text
    assert text == (
        "Πράξη 2023/000001, Τετάρτη 18 Ιανουαρίου 2023, 10:00.\n"
        "Υποβολή έως Σάββατο 28 Ιανουαρίου 2023, 10:00."
    )
    work = operations.announced(a_call_for_maths)
    assert (work.state, work.done, work.total) == (Work.State.DONE, 3, 3)
    assert work.message == "Ειδοποιήθηκαν 3 πρόσωπα."


def test_members_of_the_register_that_is_filled_are_told_and_of_the_one_above_it(
    a_draft, a_register, a_member, officer, at
):
    whole = a_register()
    part = a_register(parent=whole, form=whole.form)
    inside, gone = a_member(whole), a_member(whole)
    operations.suspend(gone, actor=officer, at=at, reason="Έλεγχος.")
    a_member(a_register())
    row = a_draft(register=part, fills="subregister")
    assert list(queries.concerned(row, at)) == [inside.person]
    within = a_member(part, inside.person)
    assert list(queries.concerned(row, at)) == [within.person]
    assert list(queries.concerned(a_draft(register=whole), at)) == [inside.person]


def test_a_call_without_rules_reaches_only_its_followers(a_draft, maths, officer, at, drain_jobs):
    row = a_draft()
    operations.publish(row, actor=officer, at=at)
    drain_jobs()
    assert told() == []
    assert operations.announced(row) is None


def test_every_act_is_told_once_to_each_and_a_follower_is_not_told_twice(
    a_call_for_maths, maths, officer, actor_for, at, drain_jobs
):
    operations.publish(a_call_for_maths, actor=officer, at=at)
    operations.follow(a_call_for_maths, actor=actor_for(maths[0]), at=at)
    drain_jobs()
    later = {"actor": officer, "reason": "Διευκρίνιση.", "at": at + timedelta(hours=1)}
    operations.amend(a_call_for_maths, text="Νέο κείμενο.", **later)
    drain_jobs()
    changed = "Τροποποίηση: Μητρώο δοκιμών"
    assert [row for row in told() if row[1] == changed] == [(pk.pk, changed) for pk in maths[1:]]
    assert told("registers.announced") == [(maths[0].pk, changed)]
    assert len(told()) == 2 + 2


def test_chunks_follow_each_other_and_a_job_that_runs_again_tells_nobody_twice(
    a_call_for_maths, maths, officer, at, drain_jobs, monkeypatch
):
    monkeypatch.setattr(announcing, "CHUNK", 2)
    operations.publish(a_call_for_maths, actor=officer, at=at)
    act, work = a_call_for_maths.acts.get(), operations.announced(a_call_for_maths)
    operations.announce_chunk(act.pk, work.pk, told=0, after=0)
    operations.announce_chunk(act.pk, work.pk, told=0, after=0)
    work.refresh_from_db()
    assert (work.done, len(told())) == (2, 2)
    drain_jobs()
    work.refresh_from_db()
    assert (work.state, work.done, len(told())) == (Work.State.DONE, 3, 3)
    operations.announce_chunk(act.pk, work.pk, told=3, after=0)
    assert len(told()) == 3


def test_who_wants_no_mail_of_calls_finds_the_news_on_the_page_alone(
    a_call_for_maths, maths, officer, at
):
    NoticePreference.objects.create(person=maths[0], kind="registers.calls", by_mail=False)
    operations.publish(a_call_for_maths, actor=officer, at=at)
    act, work = a_call_for_maths.acts.get(), operations.announced(a_call_for_maths)
    operations.announce_chunk(act.pk, work.pk, told=0, after=0)
    rows = {row.person_id: row.mail for row in Notice.objects.filter(kind="registers.calls")}
    expected = [Notice.Mail.NONE, Notice.Mail.WAITING, Notice.Mail.WAITING]
    assert [rows[one.pk] for one in maths] == expected


def test_the_officer_reads_before_publishing_how_many_will_be_told_and_afterwards_how_many_were(
    client, login, a_call_for_maths, maths, officer, at, set_clock, drain_jobs
):
    set_clock(at)
    login(client, people.officer())
    page = reverse("registers:desk-call", args=[a_call_for_maths.pk])
    assert "ειδοποιούνται <b>3 πρόσωπα</b>" in client.get(page).content.decode()
    operations.publish(a_call_for_maths, actor=officer, at=at)
    drain_jobs()
    after = client.get(page).content.decode()
    assert "Ειδοποιήσεις: Δημοσίευση 2023/000001" in after
    assert "<strong>3</strong> από 3" in after
