"""Every rule of eligibility, alone: code, sentence with the actual values, article, remedy.

Shows: R-036.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from didaskaleio.enrolment.eligibility import (
    Away,
    Code,
    Held,
    Named,
    PeriodFacts,
    PersonFacts,
    ProgrammeFacts,
    Serving,
    first_teaching_day,
    for_programme,
    forbidding,
    general,
)

KOZ, THS = Named("KOZ", "Νομός Κοζάνης"), Named("THS", "Νομός Θεσσαλονίκης")
MATHS, SPECIAL = Named("B2.3", "Μαθηματικά"), Named("B2.13", "Ειδική Αγωγή")
SEPTEMBER = date(2022, 9, 1)
SCHOOL = Serving("3ο Δοκιμαστικό Γυμνάσιο", 20, KOZ, SEPTEMBER)
B1 = Held("B1", "Πιστοποίηση Τ.Π.Ε. Β1 επιπέδου", "B1-000123", date(2019, 6, 14))
PERIOD = PeriodFacts(date(2023, 3, 6), date(2023, 7, 2))
TEACHER = PersonFacts("ΠΕ03", clusters=(MATHS,), services=(SCHOOL,), certificates=(B1,))
IIA = ProgrammeFacts("P00017", "IIa", local=True, cluster=MATHS, prefecture=KOZ)
IIB = ProgrammeFacts("P00304", "IIb", local=False, cluster=MATHS, prefecture=THS)


def about(person, code, period=PERIOD):
    return next(f for f in general(person, period) if f.code == code)


def toward(person, programme, code):
    return next(f for f in for_programme(person, programme) if f.code == code)


def test_a_teacher_with_b1_fulfils_every_general_rule():
    assert [(f.code, f.fulfilled) for f in general(TEACHER, PERIOD)] == [
        (Code.NOT_TEACHING, True),
        (Code.NO_B1, True),
        (Code.ALREADY_B, True),
        (Code.COMPLETED_B2, True),
        (Code.TRAINS_HERE, True),
        (Code.NO_CLUSTER, True),
    ]
    assert forbidding(general(TEACHER, PERIOD)) == []


def test_a_teacher_is_told_where_they_teach():
    found = about(TEACHER, Code.NOT_TEACHING)
    assert found.sentence == "Διδάσκετε: 3ο Δοκιμαστικό Γυμνάσιο (20 ώρες)."
    assert found.article == "Κανονιστικό Πλαίσιο, άρθρο 3"
    assert found.remedy == ""


@pytest.mark.parametrize("person", [TEACHER, replace(TEACHER, services=())])
def test_findings_that_rest_on_the_record_cite_its_source_and_day(person):
    known = replace(person, source="MySchool, 12-1-2023")
    for code in (Code.NOT_TEACHING, Code.NO_CLUSTER):
        plain, cited = about(person, code).sentence, about(known, code).sentence
        assert cited == f"{plain} Πηγή: MySchool, 12-1-2023."


def test_leave_through_the_whole_period_is_not_teaching():
    person = replace(TEACHER, leaves=(Away(date(2023, 2, 1), date(2023, 8, 31)),))
    found = about(person, Code.NOT_TEACHING)
    assert not found.fulfilled
    assert found.sentence == (
        "Δεν προκύπτει διδασκαλία από 6/3/2023–2/7/2023: άδεια έως 31/8/2023."
    )
    assert found.remedy.startswith("Αν διδάσκετε, ζητήστε")


def test_leave_until_the_first_of_march_is_eligible_for_a_start_on_the_sixth():
    person = replace(TEACHER, leaves=(Away(date(2022, 12, 1), date(2023, 3, 1)),))
    found = about(person, Code.NOT_TEACHING)
    assert found.fulfilled
    assert found.sentence == "Διδάσκετε: 3ο Δοκιμαστικό Γυμνάσιο (20 ώρες)."


def test_a_leave_that_ends_inside_the_period_says_from_when_the_person_teaches():
    person = replace(TEACHER, leaves=(Away(date(2022, 12, 1), date(2023, 4, 30)),))
    found = about(person, Code.NOT_TEACHING)
    assert found.fulfilled
    assert found.sentence == "Διδάσκετε, από 1/5/2023: 3ο Δοκιμαστικό Γυμνάσιο (20 ώρες)."


def test_leave_without_an_end_is_not_teaching():
    person = replace(TEACHER, leaves=(Away(date(2023, 1, 9), None),))
    assert about(person, Code.NOT_TEACHING).sentence.endswith("άδεια χωρίς ημερομηνία λήξης.")


@pytest.mark.parametrize(
    "services",
    [(), (replace(SCHOOL, hours=0),), (replace(SCHOOL, valid_until=date(2023, 3, 5)),)],
    ids=["no school", "no hours", "service ends before"],
)
def test_without_hours_at_a_school_during_the_period_there_is_no_teaching(services):
    found = about(replace(TEACHER, services=services), Code.NOT_TEACHING)
    assert not found.fulfilled
    assert "το MySchool δεν δείχνει σχολείο με ώρες διδασκαλίας" in found.sentence


def test_without_b1_the_person_is_told_so_and_that_the_training_is_not_the_certificate():
    training = replace(B1, kind="B1_training")
    found = about(replace(TEACHER, certificates=(training,)), Code.NO_B1)
    assert not found.fulfilled
    assert found.sentence == (
        "Δεν υπάρχει πιστοποίηση Β1 στο όνομά σας. "
        "Έχετε επιμόρφωση Β1, αλλά όχι την πιστοποίησή της."
    )


def test_a_specialty_that_the_profile_exempts_needs_no_certificate():
    person = replace(TEACHER, specialty="ΠΕ86.50", certificates=())
    found = about(person, Code.NO_B1, replace(PERIOD, exempt=("ΠΕ86",)))
    assert (found.fulfilled, found.sentence) == (True, "Δεν απαιτείται για ΠΕ86.50.")


@pytest.mark.parametrize(("kind", "label"), [("B_kse", "Επιμόρφωση 96 ωρών"), ("PAKE", "ΠΑ.Κ.Ε.")])
def test_an_older_training_of_level_b_excludes(kind, label):
    older = Held(kind, label, "77", date(2012, 5, 3))
    found = about(replace(TEACHER, certificates=(B1, older)), Code.ALREADY_B)
    assert not found.fulfilled
    assert found.sentence == f"{label}, αρ. 77, 3/5/2012: καλύπτει το Β2."


def test_who_completed_b2_does_not_repeat_it_unless_the_action_lets_them():
    held = Held("B2_training", "Επιμόρφωση Β2", "2022/5", date(2022, 6, 30))
    person = replace(TEACHER, certificates=(B1, held))
    assert not about(person, Code.COMPLETED_B2).fulfilled
    assert about(person, Code.COMPLETED_B2).sentence == (
        "Έχετε ήδη ολοκληρώσει επιμόρφωση Β2: βεβαίωση αρ. 2022/5, 30/6/2022."
    )
    assert about(person, Code.COMPLETED_B2, replace(PERIOD, completed_once_refused=False)).fulfilled


def test_a_trainer_of_the_same_action_is_not_its_trainee():
    found = about(replace(TEACHER, trains=("P00290",)), Code.TRAINS_HERE)
    assert not found.fulfilled
    assert found.sentence == "Είστε επιμορφωτής/τρια στην ίδια δράση: P00290."


def test_a_specialty_without_cluster_is_refused():
    found = about(replace(TEACHER, clusters=()), Code.NO_CLUSTER)
    assert (found.fulfilled, found.sentence) == (
        False,
        "Η ειδικότητα ΠΕ03 δεν ανήκει σε καμία συστάδα.",
    )


def test_employment_counts_only_where_the_profile_asks():
    asked = replace(PERIOD, employments=("Μόνιμος/η",))
    person = replace(TEACHER, employment="Αναπληρωτής/τρια")
    assert not about(person, Code.EMPLOYMENT, asked).fulfilled
    assert Code.EMPLOYMENT not in {f.code for f in general(person, PERIOD)}


def test_the_article_is_the_one_that_the_profile_cites():
    asked = replace(PERIOD, articles={"NO_B1": 7})
    assert about(TEACHER, Code.NO_B1, asked).article == "Κανονιστικό Πλαίσιο, άρθρο 7"


def test_a_special_post_matches_one_of_its_two_clusters_never_both():
    person = replace(TEACHER, specialty="ΠΕ03.50", clusters=(SPECIAL, MATHS))
    special = replace(IIB, cluster=SPECIAL)
    assert toward(person, special, Code.OTHER_CLUSTER).fulfilled
    assert not toward(person, IIB, Code.OTHER_CLUSTER).fulfilled
    assert toward(person, IIB, Code.OTHER_CLUSTER).remedy.startswith("Μπορείτε να αλλάξετε")
    chosen = replace(person, cluster=MATHS)
    assert toward(chosen, IIB, Code.OTHER_CLUSTER).fulfilled
    assert not toward(chosen, special, Code.OTHER_CLUSTER).fulfilled


def test_another_cluster_is_named_beside_ones_own():
    found = toward(TEACHER, replace(IIB, cluster=Named("B2.1", "Φιλολογικά")), Code.OTHER_CLUSTER)
    assert found.sentence == (
        "Το πρόγραμμα είναι για Β2.1 Φιλολογικά· η δική σας συστάδα είναι Β2.3 Μαθηματικά."
    )
    assert found.article == "Κανονιστικό Πλαίσιο, άρθρο 4"


def test_iia_wants_a_school_in_the_prefecture_of_the_centre():
    assert toward(TEACHER, IIA, Code.OTHER_PREFECTURE).fulfilled
    away = toward(TEACHER, replace(IIA, prefecture=THS), Code.OTHER_PREFECTURE)
    assert not away.fulfilled
    assert away.sentence == (
        "Το κέντρο είναι στον νομό: Νομός Θεσσαλονίκης· το σχολείο σας: Νομός Κοζάνης."
    )


def test_any_school_with_hours_gives_locality_and_one_without_hours_does_not():
    second = replace(SCHOOL, school="2ο", hours=4, prefecture=THS)
    there = replace(IIA, prefecture=THS)
    both = replace(TEACHER, services=(SCHOOL, second))
    assert toward(both, there, Code.OTHER_PREFECTURE).fulfilled
    none = replace(TEACHER, services=(SCHOOL, replace(second, hours=0)))
    assert not toward(none, there, Code.OTHER_PREFECTURE).fulfilled


def test_iib_has_no_locality():
    assert [f.code for f in for_programme(TEACHER, IIB)] == [Code.OTHER_CLUSTER]


def test_from_a_school_abroad_only_iib():
    abroad = replace(
        TEACHER, services=(replace(SCHOOL, school="Σχολείο Μονάχου", prefecture=None),)
    )
    assert forbidding(for_programme(abroad, IIB)) == []
    found = toward(abroad, IIA, Code.ABROAD)
    assert not found.fulfilled
    assert "Υπηρετείτε στο εξωτερικό (Σχολείο Μονάχου): τα ΙΙa" in found.sentence
    assert about(abroad, Code.NOT_TEACHING).fulfilled


def test_a_local_rule_of_the_programme_is_a_finding_of_its_own():
    programme = replace(IIB, locality=((False, "Μόνο για τα Κύθηρα."),))
    found = toward(TEACHER, programme, Code.LOCALITY_RULE)
    assert (found.fulfilled, found.sentence) == (False, "Μόνο για τα Κύθηρα.")


def test_a_clash_with_an_evening_school_warns_and_forbids_nothing():
    programme = replace(IIB, clashes=("Τρίτη 7 Μαρτίου 2023, 18:00.",))
    found = toward(TEACHER, programme, Code.TIMETABLE)
    assert found.warning
    assert not found.forbids
    assert found.sentence == (
        "1 συνάντηση συμπίπτει με το ωράριο του εσπερινού σας: Τρίτη 7 Μαρτίου 2023, 18:00."
    )


days = st.dates(date(2023, 1, 1), date(2023, 9, 1))


@given(st.lists(st.tuples(days, days), max_size=4), st.lists(st.tuples(days, days), max_size=3))
def test_the_first_teaching_day_is_the_first_of_all_days_that_teach(leaves, services):
    person = replace(
        TEACHER,
        leaves=tuple(Away(min(pair), max(pair)) for pair in leaves),
        services=tuple(
            replace(SCHOOL, valid_from=min(pair), valid_until=max(pair)) for pair in services
        ),
    )
    every = [
        date.fromordinal(n)
        for n in range(PERIOD.first_day.toordinal(), PERIOD.last_day.toordinal() + 1)
    ]
    teaching = [
        day
        for day in every
        if any(s.overlaps(day, day) for s in person.services)
        and not any(a.first <= day <= a.last for a in person.leaves)
    ]
    assert first_teaching_day(person, PERIOD) == (teaching[0] if teaching else None)
