"""Facts from the database, as the rules read them: schools, posts, certificates, programmes."""

from __future__ import annotations

from datetime import date, time

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from didaskaleio.enrolment import seal
from didaskaleio.enrolment.eligibility import Code
from didaskaleio.enrolment.queries import facts, standing
from tests.factories import enrolment as make
from tests.factories import people, programmes, structures

pytestmark = pytest.mark.django_db


def judged(period, person, programme, at):
    known = standing.standing(period, person.pk, None, at)
    listed = standing.listed(period, [programme.code])
    return {f.code: f for f in standing.judged(listed, known)[0].findings}


def broken(period, person, at):
    known = standing.standing(period, person.pk, None, at)
    return [str(f.code) for f in known.findings if f.forbids]


def test_a_special_post_allows_its_own_cluster_after_the_special_one(period):
    person = people.a_teacher(special_post=True)
    known = facts.facts_of(person.pk, period)
    assert known.specialty == "ΠΕ03.50"
    assert [cluster.code for cluster in known.clusters] == ["B2.13", "B2.3"]
    assert known.chosen.code == "B2.13"


def test_schools_in_two_prefectures_both_give_locality(period, in_period, at):
    schools = [(structures.a_school("KOZ"), 12), (structures.a_school("THS"), 8)]
    person = people.a_teacher(schools=schools)
    there = in_period("IIa", centre=structures.a_centre("THS"))
    assert judged(period, person, there, at)[Code.OTHER_PREFECTURE].fulfilled


def test_a_school_abroad_leaves_only_iib(period, in_period, at):
    school = structures.a_school(country="DE", town="Μόναχο")
    person = people.a_teacher(school=school, seconded_abroad=True)
    assert not judged(period, person, in_period("IIa"), at)[Code.ABROAD].fulfilled
    assert list(judged(period, person, in_period("IIb"), at)) == [Code.OTHER_CLUSTER]
    assert broken(period, person, at) == []


@pytest.mark.parametrize(
    ("facts_of", "codes"),
    [
        ({"certificates": ()}, ["NO_B1"]),
        ({"certificates": ("B1", "PAKE")}, ["ALREADY_B"]),
        ({"certificates": ("B1", "B_kse")}, ["ALREADY_B"]),
        ({"certificates": ("B1", "B2_training")}, ["COMPLETED_B2"]),
        ({"leaves": [(date(2023, 1, 1), date(2023, 8, 31))]}, ["NOT_TEACHING"]),
        ({"leaves": [(date(2023, 1, 1), date(2023, 3, 1))]}, []),
        ({"hours": 0}, ["NOT_TEACHING"]),
    ],
)
def test_the_record_of_a_teacher_decides(period, at, facts_of, codes):
    assert broken(period, people.a_teacher(**facts_of), at) == codes


def test_the_trainer_of_a_programme_of_the_action_is_not_eligible(period, in_period, at):
    trainer = people.a_teacher()
    in_period(trainer=trainer)
    assert broken(period, trainer, at) == ["TRAINS_HERE"]


def test_an_earlier_completion_of_the_same_course_counts(period, in_period, at):
    person = people.a_teacher()
    before = programmes.a_period("closed", action=period.action)
    programme = programmes.a_programme("documented", period=before, slots=False)
    make.a_placed_application(programme, person=person, state="attended")
    assert broken(period, person, at) == ["COMPLETED_B2"]


def test_a_local_rule_narrows_a_programme(period, in_period, at):
    rules = [{"unit": "prefecture", "codes": ["THS"], "names": ["Θεσσαλονίκης"]}]
    narrowed = in_period("IIb", locality_rules=rules)
    assert not judged(period, people.a_teacher(), narrowed, at)[Code.LOCALITY_RULE].fulfilled
    there = people.a_teacher(prefecture="THS")
    assert judged(period, there, narrowed, at)[Code.LOCALITY_RULE].fulfilled


def test_an_evening_school_is_warned_of_sessions_in_its_hours(period, in_period, at):
    school = structures.a_school(type="GYM", evening=True)
    school.type.__class__.objects.filter(pk=school.type_id).update(opens=time(18), closes=time(22))
    evening, morning = people.a_teacher(school=school), people.a_teacher()
    programme = in_period("IIb", slots=True, start=time(18, 30))
    found = judged(period, evening, programme, at)[Code.TIMETABLE]
    assert found.warning
    assert not found.forbids
    assert found.sentence.startswith("20 συναντήσεις συμπίπτουν")
    assert Code.TIMETABLE not in judged(period, morning, programme, at)


def test_the_facts_of_many_cost_as_much_as_of_one(period):
    def count(ids):
        with CaptureQueriesContext(connection) as captured:
            facts.person_facts(ids, period, {})
        return len(captured)

    one = [people.a_teacher().pk]
    many = one + [people.a_teacher().pk for _ in range(3)]
    count(one)
    assert count(one) == count(many)


def test_the_ministrys_command_opens_the_sealed_copy(tmp_path, capsys):
    private, public = seal.new_escrow_pair()
    (tmp_path / "sealed").write_bytes(seal.escrow(make.SECRET, public, "B2"))
    (tmp_path / "key.pem").write_bytes(private)
    call_command("open_escrow", tmp_path / "sealed", tmp_path / "key.pem", "B2")
    assert capsys.readouterr().out.strip() == make.SECRET.hex()
    with pytest.raises(CommandError, match="Το αντίγραφο δεν ανοίγει"):
        call_command("open_escrow", tmp_path / "sealed", tmp_path / "key.pem", "B1")
