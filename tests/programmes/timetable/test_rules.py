"""Each rule broken alone by one plan, with the exact sentence that the person reads.

Shows: R-029, R-031, R-032.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from didaskaleio.programmes.timetable import (
    CATEGORY_IIA,
    Availability,
    Break,
    Busy,
    Context,
    Load,
    Off,
    Outsider,
    Parameters,
    Plan,
    Quota,
    Room,
    Rule,
    Severity,
    check,
    find,
)
from tests.programmes.timetable.samples import (
    CONTEXT,
    EASTER,
    PARAMETERS,
    PHYSICS,
    PLAN,
    THESSALONIKI,
    TRAINER,
    F,
    S,
    as_kind,
    day,
    moved,
    the,
    without,
)

BUSY_TRAINER = Busy(
    "P00021",
    "Πληροφορική (Β2.4), 2ο ΕΠΑΛ Κοζάνης",
    "4η σύγχρονη συνεδρία",
    day("1005"),
    time(18),
    time(19, 30),
)
BUSY_ROOM = replace(
    BUSY_TRAINER, session_label="2η διά ζώσης συνεδρία", date=day("2703"), room_id="r1"
)
Case = tuple[str, Plan, Context, Parameters, str]
CASES: list[Case] = [
    (
        "COMP_F2F",
        without("2703"),
        CONTEXT,
        PARAMETERS,
        "Το σχέδιο έχει 3 διά ζώσης συνεδρίες· η κατηγορία ΙΙa απαιτεί 4: προσθέστε μία.",
    ),
    (
        "COMP_SYNC",
        without("0803"),
        CONTEXT,
        PARAMETERS,
        "Το σχέδιο έχει 9 σύγχρονες συνεδρίες· η κατηγορία ΙΙa απαιτεί 10: προσθέστε μία.",
    ),
    (
        "COMP_SUPPORT",
        without("2903"),
        CONTEXT,
        PARAMETERS,
        "Το σχέδιο έχει 5 υποστηρικτικές συναντήσεις· η κατηγορία ΙΙa απαιτεί 6: προσθέστε μία.",
    ),
    (
        "COMP_ASYNC",
        replace(PLAN, async_hours=12),
        CONTEXT,
        PARAMETERS,
        "Οι ασύγχρονες ώρες είναι 12 για 14 συνεδρίες· σε κάθε συνεδρία αντιστοιχεί 1: ορίστε 14.",
    ),
    (
        "HOURS_TOTAL",
        PLAN.changed([replace(the("0803"), minutes=60)]),
        CONTEXT,
        PARAMETERS,
        (
            "Η σύγχρονη συνεδρία της Τετάρτης 8 Μαρτίου 2023, 17:30–18:30, διαρκεί 60 λεπτά· "
            "2 διδακτικές ώρες είναι 90: διορθώστε τη διάρκεια."
        ),
    ),
    (
        "HOURS_TOTAL",
        replace(PLAN, composition=replace(CATEGORY_IIA, async_hours_per_session=2)),
        CONTEXT,
        PARAMETERS,
        (
            "Το πρόγραμμα έχει 74 ώρες (8 + 20 + 28 + 18)· η δράση ορίζει 60: επιλέξτε άλλη "
            "κατηγορία ή ζητήστε διόρθωση της σύνθεσης από τον φορέα υλοποίησης."
        ),
    ),
    (
        "SLOTS_TOTAL",
        PLAN,
        CONTEXT,
        Parameters(total_slots=21),
        (
            "Το πρόγραμμα έχει 20 τρίωρα· η δράση ορίζει 21: επιλέξτε άλλη κατηγορία ή "
            "ζητήστε διόρθωση της σύνθεσης από τον φορέα υλοποίησης."
        ),
    ),
    (
        "SLOTS_PER_WEEK",
        moved("0803", "1605"),
        CONTEXT,
        PARAMETERS,
        "Η 9η εβδομάδα έχει 3 τρίωρα· επιτρέπονται 2: μετακινήστε ένα.",
    ),
    (
        "SLOTS_PER_WEEK",
        moved("2106", "1105"),
        CONTEXT,
        PARAMETERS,
        (
            "Η 14η εβδομάδα δεν έχει τρίωρο· χρειάζεται τουλάχιστον 1: μεταφέρετε ένα από "
            "εβδομάδα με περισσότερα."
        ),
    ),
    (
        "TEACHING_WEEKS",
        moved("0803", "0507"),
        replace(CONTEXT, last_day=date(2023, 7, 9)),
        PARAMETERS,
        (
            "Τα τρίωρα απλώνονται σε 16 εβδομάδες διδασκαλίας· επιτρέπονται 15: μεταφέρετε "
            "νωρίτερα όσα ακολουθούν τη 15η."
        ),
    ),
    (
        "F2F_ONE_A_WEEK",
        as_kind("0803", F, as_kind("2703", S)),
        CONTEXT,
        PARAMETERS,
        (
            "Η 1η εβδομάδα έχει 2 διά ζώσης συνεδρίες· επιτρέπεται 1: μετακινήστε μία σε "
            "άλλη εβδομάδα."
        ),
    ),
    (
        "F2F_SPREAD_THIRDS",
        as_kind("0504", F, as_kind("0405", S)),
        CONTEXT,
        PARAMETERS,
        (
            "Οι εβδομάδες 6η έως 10η δεν έχουν διά ζώσης συνεδρία· χρειάζεται τουλάχιστον 1 "
            "σε καθένα από τα 3 μέρη του προγράμματος: μεταφέρετε εκεί μία."
        ),
    ),
    (
        "SCHOOL_HOURS",
        moved("1005", "1005", time(11)),
        CONTEXT,
        PARAMETERS,
        (
            "Η σύγχρονη συνεδρία της Τετάρτης 10 Μαΐου 2023, 11:00–12:30, πέφτει σε ώρα "
            "μαθημάτων (17ο ΓΕΛ Κοζάνης: 08:15–14:05): μετακινήστε την εκτός σχολικού "
            "ωραρίου."
        ),
    ),
    (
        "PUBLIC_HOLIDAY",
        moved("0405", "0105"),
        CONTEXT,
        PARAMETERS,
        (
            "Η διά ζώσης συνεδρία της Δευτέρας 1 Μαΐου 2023, 17:30–19:00, πέφτει σε αργία "
            "(Εργατική Πρωτομαγιά): μετακινήστε την σε άλλη ημέρα."
        ),
    ),
    (
        "SCHOOL_BREAK",
        PLAN,
        replace(
            CONTEXT,
            school_breaks=(EASTER, Break("τοπική σχολική γιορτή", day("1005"), day("1005"))),
        ),
        PARAMETERS,
        (
            "Η σύγχρονη συνεδρία της Τετάρτης 10 Μαΐου 2023, 17:30–19:00, πέφτει σε σχολικές "
            "διακοπές (τοπική σχολική γιορτή, 10 Μαΐου 2023): μετακινήστε την, εκτός αν η "
            "ομάδα τη θέλει τότε."
        ),
    ),
    (
        "PERIOD_BOUNDS",
        PLAN,
        replace(CONTEXT, last_day=day("2706")),
        PARAMETERS,
        (
            "Η υποστηρικτική συνάντηση της Τετάρτης 28 Ιουνίου 2023, 17:30–19:45, είναι έξω "
            "από την περίοδο (6 Μαρτίου – 27 Ιουνίου 2023): μετακινήστε την μέσα στην περίοδο."
        ),
    ),
    (
        "TIME_OF_DAY",
        moved("1005", "1005", time(21)),
        CONTEXT,
        PARAMETERS,
        (
            "Η σύγχρονη συνεδρία της Τετάρτης 10 Μαΐου 2023, 21:00–22:30, είναι έξω από τις "
            "ώρες συναντήσεων (08:00–22:00): αλλάξτε την ώρα της."
        ),
    ),
    (
        "TIME_OF_DAY",
        moved("1005", "1405"),
        CONTEXT,
        PARAMETERS,
        (
            "Η σύγχρονη συνεδρία της Κυριακής 14 Μαΐου 2023, 17:30–19:00, είναι σε ημέρα "
            "χωρίς συναντήσεις· επιτρέπονται: Δευτέρα, Τρίτη, Τετάρτη, Πέμπτη, Παρασκευή, "
            "Σάββατο. Μετακινήστε την σε μία από αυτές."
        ),
    ),
    (
        "TRAINER_CLASH",
        PLAN,
        replace(CONTEXT, trainer_busy=(BUSY_TRAINER,)),
        PARAMETERS,
        (
            "Στη σύγχρονη συνεδρία της Τετάρτης 10 Μαΐου 2023, 17:30–19:00, ο επιμορφωτής ή "
            "η επιμορφώτρια έχει ήδη «4η σύγχρονη συνεδρία» του προγράμματος P00021 "
            "«Πληροφορική (Β2.4), 2ο ΕΠΑΛ Κοζάνης» (18:00–19:30): μετακινήστε την."
        ),
    ),
    (
        "ROOM_CLASH",
        PLAN,
        replace(CONTEXT, room_busy=(BUSY_ROOM,)),
        PARAMETERS,
        (
            "Στη διά ζώσης συνεδρία της Δευτέρας 27 Μαρτίου 2023, 17:30–19:00, η αίθουσα Β3 "
            "έχει ήδη «2η διά ζώσης συνεδρία» του προγράμματος P00021 «Πληροφορική (Β2.4), "
            "2ο ΕΠΑΛ Κοζάνης» (18:00–19:30): αλλάξτε αίθουσα ή μετακινήστε την."
        ),
    ),
    (
        "SELF_OVERLAP",
        moved("0803", "0603", time(18)),
        CONTEXT,
        PARAMETERS,
        (
            "Η διά ζώσης συνεδρία της Δευτέρας 6 Μαρτίου 2023, 17:30–19:00, συμπίπτει με τη "
            "σύγχρονη συνεδρία της Δευτέρας 6 Μαρτίου 2023, 18:00–19:30: μετακινήστε μία από "
            "τις δύο."
        ),
    ),
    (
        "TRAINER_LOCALITY",
        replace(PLAN, trainer=replace(TRAINER, prefectures=(THESSALONIKI,))),
        CONTEXT,
        PARAMETERS,
        (
            "Η κατηγορία ΙΙa ζητά επιμορφωτή του νομού του κέντρου (Κοζάνη)· Άννα "
            "Υποθετίδου: Θεσσαλονίκη. Επιλέξτε επιμορφωτή του νομού ή κατηγορία χωρίς "
            "εντοπιότητα."
        ),
    ),
    (
        "TRAINER_CLUSTER",
        replace(PLAN, trainer=replace(TRAINER, clusters=(PHYSICS,))),
        CONTEXT,
        PARAMETERS,
        (
            "Το πρόγραμμα είναι της συστάδας Β2.3 Μαθηματικά· Άννα Υποθετίδου, μητρώο: Β2.2 "
            "Φυσικές Επιστήμες. Επιλέξτε επιμορφωτή της συστάδας."
        ),
    ),
    (
        "STAFF_MISSING",
        replace(PLAN, trainer=None),
        CONTEXT,
        PARAMETERS,
        "Το σχέδιο δεν έχει επιμορφωτή ή επιμορφώτρια: επιλέξτε από το μητρώο.",
    ),
    (
        "STAFF_MISSING",
        replace(PLAN, staff=()),
        CONTEXT,
        PARAMETERS,
        "Προσωπικό του κέντρου: 0· χρειάζεται τουλάχιστον 1: ορίστε ένα ακόμη.",
    ),
    (
        "REGISTER_MEMBER",
        replace(
            PLAN,
            outsiders=(Outsider("7", "Άννα Υποθετίδου", "Επιμορφωτής/τρια", "Μητρώο Β2"),),
        ),
        CONTEXT,
        PARAMETERS,
        (
            "Επιμορφωτής/τρια: Άννα Υποθετίδου δεν είναι ενεργό μέλος του μητρώου «Μητρώο Β2» "
            "την πρώτη ημέρα μαθημάτων. Επιλέξτε μέλος του ή ζητήστε από τον φορέα την ένταξη."
        ),
    ),
    (
        "ROOM_MISSING",
        PLAN.changed([replace(the("2703"), room_id=None)]),
        CONTEXT,
        PARAMETERS,
        (
            "Η διά ζώσης συνεδρία της Δευτέρας 27 Μαρτίου 2023, 17:30–19:00, δεν έχει "
            "αίθουσα του κέντρου: επιλέξτε αίθουσα."
        ),
    ),
    (
        "ROOM_CAPACITY",
        PLAN,
        replace(CONTEXT, rooms={"r1": Room("r1", "Β3", 12)}),
        PARAMETERS,
        (
            "Η αίθουσα Β3 έχει 12 θέσεις· το πρόγραμμα ζητά 15: επιλέξτε μεγαλύτερη αίθουσα "
            "ή μειώστε τις θέσεις του προγράμματος."
        ),
    ),
    (
        "GROUP_SIZE",
        replace(PLAN, minimum=9),
        CONTEXT,
        PARAMETERS,
        (
            "Ζητάτε έναρξη με 9 άτομα· το ελάχιστο της δράσης είναι 10: ορίστε ελάχιστο 10 ή "
            "περισσότερα."
        ),
    ),
    (
        "GROUP_SIZE",
        replace(PLAN, minimum=12, capacity=11),
        CONTEXT,
        PARAMETERS,
        "Οι θέσεις (11) είναι λιγότερες από το ελάχιστο της ομάδας (12): αυξήστε τις θέσεις.",
    ),
    (
        "CAPACITY",
        replace(PLAN, capacity=16),
        replace(CONTEXT, rooms={"r1": Room("r1", "Β3", 20)}),
        PARAMETERS,
        (
            "Ζητάτε 16 θέσεις· επιτρέπονται έως 15: μειώστε τις ή ζητήστε εξαίρεση από τον "
            "φορέα υλοποίησης."
        ),
    ),
    (
        "QUOTA_CLUSTER",
        PLAN,
        replace(CONTEXT, quota_cluster=Quota(4, 4)),
        PARAMETERS,
        (
            "Το όριο προγραμμάτων στη συστάδα Β2.3 Μαθηματικά έχει συμπληρωθεί (4 από 4): "
            "επιλέξτε άλλη συστάδα ή ζητήστε αύξηση του ορίου από τον φορέα υλοποίησης."
        ),
    ),
    (
        "QUOTA_PREFECTURE",
        PLAN,
        replace(CONTEXT, quota_prefecture=Quota(6)),
        Parameters(quota_prefecture=6),
        (
            "Το όριο προγραμμάτων στον νομό (Κοζάνη) έχει συμπληρωθεί (6 από 6): αποσύρετε "
            "άλλο πρόγραμμα του νομού ή ζητήστε αύξηση του ορίου από τον φορέα υλοποίησης."
        ),
    ),
    (
        "QUOTA_CENTRE",
        PLAN,
        replace(CONTEXT, quota_centre=Quota(2)),
        Parameters(quota_centre=2),
        (
            "Το όριο προγραμμάτων στο κέντρο σας έχει συμπληρωθεί (2 από 2): αποσύρετε άλλο "
            "πρόγραμμα ή ζητήστε αύξηση του ορίου από τον φορέα υλοποίησης."
        ),
    ),
    (
        "TRAINER_AVAILABILITY",
        PLAN,
        replace(CONTEXT, availability=Availability(off=(Off(day("1005"), day("1005")),))),
        PARAMETERS,
        (
            "Η σύγχρονη συνεδρία της Τετάρτης 10 Μαΐου 2023, 17:30–19:00, είναι σε ημέρες "
            "απουσίας (10 Μαΐου 2023): μετακινήστε την ή συνεννοηθείτε με τον "
            "επιμορφωτή ή την επιμορφώτρια."
        ),
    ),
    (
        "LOAD_WEEK",
        PLAN,
        replace(CONTEXT, trainer_load=Load({day("0803") - timedelta(2): 7})),
        Parameters(trainer_hours_per_week=12),
        (
            "Την εβδομάδα από 6/3/2023 ο/η Άννα Υποθετίδου θα είχε 13 ώρες σε όλα τα "
            "προγράμματα (όριο της δράσης: 12): μεταφέρετε συνάντηση σε άλλη εβδομάδα ή "
            "ορίστε άλλο πρόσωπο."
        ),
    ),
    (
        "LOAD_PERIOD",
        PLAN,
        replace(CONTEXT, trainer_load=Load({}, 60, 60)),
        Parameters(trainer_hours_per_period=119),
        (
            "Ο/Η Άννα Υποθετίδου θα είχε 120 ώρες στην περίοδο (όριο: 119): ορίστε άλλο "
            "πρόσωπο ή ζητήστε από τον φορέα αύξηση του ορίου."
        ),
    ),
    (
        "LOAD_OPERATION",
        PLAN,
        replace(CONTEXT, trainer_load=Load({}, 0, 61)),
        Parameters(trainer_hours_per_operation=120),
        (
            "Ο/Η Άννα Υποθετίδου θα είχε 121 ώρες στην πράξη (όριο: 120): ορίστε άλλο "
            "πρόσωπο ή ζητήστε από τον φορέα αύξηση του ορίου."
        ),
    ),
]


def test_the_sample_plan_keeps_every_rule() -> None:
    assert check(PLAN, CONTEXT, PARAMETERS) == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case[0])
def test_a_plan_that_breaks_one_rule_gets_only_its_finding(case: Case) -> None:
    code, plan, context, parameters, sentence = case
    assert [(found.code, found.sentence) for found in find(plan, context, parameters)] == [
        (code, sentence)
    ]


def test_every_rule_has_a_plan_that_breaks_only_it() -> None:
    assert {case[0] for case in CASES} == {rule.value for rule in Rule}


def test_only_school_breaks_and_declared_absences_are_warnings_among_them() -> None:
    warned = {
        found.rule
        for _code, plan, context, parameters, _sentence in CASES
        for found in find(plan, context, parameters)
        if found.severity is Severity.WARNING
    }
    assert warned == {Rule.SCHOOL_BREAK, Rule.TRAINER_AVAILABILITY}


def test_a_higher_ceiling_granted_by_the_body_allows_a_larger_group() -> None:
    context = replace(CONTEXT, rooms={"r1": Room("r1", "Β3", 16)})
    assert find(replace(PLAN, capacity=16, capacity_granted=16), context, PARAMETERS) == []


def test_a_category_without_locality_takes_a_trainer_from_anywhere() -> None:
    plan = replace(
        PLAN,
        composition=replace(CATEGORY_IIA, locality=False),
        trainer=replace(TRAINER, prefectures=(THESSALONIKI,)),
    )
    assert find(plan, CONTEXT, PARAMETERS) == []


@pytest.mark.parametrize(("capacity", "broken"), [(10, []), (15, []), (16, ["CAPACITY"])])
def test_groups_of_ten_to_fifteen_are_allowed(capacity: int, broken: list[str]) -> None:
    context = replace(CONTEXT, rooms={"r1": Room("r1", "Β3", 20)})
    found = find(replace(PLAN, capacity=capacity), context, PARAMETERS)
    assert [finding.code for finding in found] == broken


def test_three_face_to_face_sessions_with_fourteen_asynchronous_hours_break_two_rules() -> None:
    found = find(replace(without("2703"), async_hours=14), CONTEXT, PARAMETERS)
    assert [finding.code for finding in found] == ["COMP_F2F", "COMP_ASYNC"]


def test_a_meeting_may_begin_when_another_programmes_ends() -> None:
    before = replace(BUSY_TRAINER, start=time(16), end=time(17, 30))
    after = replace(BUSY_TRAINER, start=time(19), end=time(20, 30))
    context = replace(CONTEXT, trainer_busy=(before, after))
    assert find(PLAN, context, PARAMETERS) == []


def test_another_room_that_is_busy_disturbs_nobody() -> None:
    context = replace(CONTEXT, room_busy=(replace(BUSY_ROOM, room_id="r2"),))
    assert find(PLAN, context, PARAMETERS) == []
