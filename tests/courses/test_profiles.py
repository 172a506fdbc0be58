"""Profiles as rules: checked by a machine, read by a person (R-003).

Shows: R-003.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from didaskaleio.courses.profiles import Facts, ProfileError, Target, parse

PROFILE = [
    {"kind": "will_teach", "article": 3},
    {"kind": "certificate_any_of", "any": ["B1"], "article": 3},
    {"kind": "certificate_none_of", "any": ["B_kse", "PAKE"], "article": 3},
    {"kind": "specialty_in_cluster", "article": 4},
    {"kind": "locality", "article": 5},
]
GOOD = Facts(
    certificates=frozenset({"A", "B1"}),
    clusters=frozenset({"B2.3"}),
    prefectures=frozenset({"KOZ"}),
    specialty="ΠΕ03",
    will_teach=True,
)
KOZANI = Target("B2.3", "Β2.3 Μαθηματικά", "KOZ", "Κοζάνη", locality=True)


def broken(facts, target=KOZANI):
    return [
        finding.code for finding in parse(PROFILE).check(facts, target) if not finding.fulfilled
    ]


def test_who_satisfies_every_rule_is_told_so_rule_by_rule():
    findings = parse(PROFILE).check(GOOD, KOZANI)
    assert [finding.fulfilled for finding in findings] == [True] * 5
    assert findings[3].sentence == "Η ειδικότητα ΠΕ03 ανήκει στη συστάδα Β2.3 Μαθηματικά"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"will_teach": False}, "NOT_TEACHING"),
        ({"certificates": frozenset({"A"})}, "CERTIFICATE_MISSING"),
        ({"certificates": frozenset({"B1", "PAKE"})}, "ALREADY_B"),
        ({"clusters": frozenset({"B2.1"})}, "CLUSTER_MISMATCH"),
        ({"prefectures": frozenset({"THS"})}, "LOCALITY"),
    ],
)
def test_each_rule_is_broken_alone(change, code):
    assert broken(replace(GOOD, **change)) == [code]


def test_abroad_only_programmes_without_locality_are_open():
    abroad = replace(GOOD, prefectures=frozenset())
    assert broken(abroad) == ["LOCALITY"]
    assert broken(abroad, replace(KOZANI, locality=False)) == []


def test_a_refusal_cites_its_article_and_names_what_was_done_before():
    finding = parse(PROFILE).check(replace(GOOD, certificates=frozenset({"B1", "B_kse"})))[2]
    assert finding.rule == "Κανονιστικό Πλαίσιο, άρθρο 3"
    assert "Επιμόρφωση Β΄ επιπέδου σε Κ.Σ.Ε. (96 ώρες)" in finding.sentence


def test_a_specialty_may_be_left_out_of_a_rule_with_or_without_a_special_post():
    rule = parse([{"kind": "certificate_any_of", "any": ["A"], "except": ["ΠΕ86"]}])
    bare = Facts(specialty="ΠΕ86.50")
    assert rule.check(bare)[0].fulfilled
    assert not rule.check(replace(bare, specialty="ΠΕ03"))[0].fulfilled
    assert rule.in_words() == [
        "Κατοχή πιστοποιητικού: Πιστοποίηση Τ.Π.Ε. Α΄ επιπέδου (εξαιρούνται: ΠΕ86)"
    ]


@pytest.mark.parametrize(
    "row",
    [
        {"kind": "height"},
        {"kind": "certificate_any_of"},
        {"kind": "certificate_any_of", "any": ["C9"]},
        {},
    ],
)
def test_an_unknown_or_empty_rule_is_refused(row):
    with pytest.raises(ProfileError):
        parse([row])


def test_employment_is_a_rule_too():
    rule = parse([{"kind": "employment_any_of", "any": ["permanent"]}])
    assert rule.check(Facts(employment="permanent"))[0].fulfilled
    finding = rule.check(Facts(employment="hourly"))[0]
    assert (finding.code, finding.fulfilled) == ("EMPLOYMENT", False)
    assert "Ωρομίσθιος/α" in finding.sentence


@pytest.mark.parametrize(
    ("row", "good", "bad", "says"),
    [
        (
            {"kind": "specialty_any_of", "any": ["ΠΕ04", "ΠΕ86"]},
            [Facts(specialty="ΠΕ04.01"), Facts(specialty="ΠΕ86.50")],
            [Facts(specialty="ΠΕ03"), Facts(specialty="ΠΕ8"), Facts()],
            "Κλάδος ή ειδικότητα: ΠΕ04 ή ΠΕ86",
        ),
        (
            {"kind": "cluster_any_of", "any": ["B2.3", "B2.13"]},
            [Facts(clusters=frozenset({"B2.13", "B2.1"}))],
            [Facts(clusters=frozenset({"B2.1"})), Facts()],
            "Κλάδος μιας από τις συστάδες: Β2.3 ή Β2.13",
        ),
        (
            {"kind": "service_years", "least": 3},
            [Facts(service_years=3), Facts(service_years=30)],
            [Facts(service_years=2), Facts()],
            "Υπηρέτηση τουλάχιστον 3 συμπληρωμένα έτη",
        ),
        (
            {"kind": "special_post"},
            [Facts(specialty="ΠΕ02.50")],
            [Facts(specialty="ΠΕ02"), Facts()],
            "Υπηρέτηση σε θέση ειδικής αγωγής",
        ),
    ],
)
def test_rules_by_fields_hold_say_themselves_and_say_why_not(row, good, bad, says):
    profile = parse([row])
    assert profile.in_words() == [says]
    assert [profile.check(each)[0].fulfilled for each in good] == [True] * len(good)
    assert [profile.check(each)[0].fulfilled for each in bad] == [False] * len(bad)


def test_the_years_that_are_known_stand_in_the_answer():
    found = parse([{"kind": "service_years", "least": 5}]).check(Facts(service_years=1))[0]
    assert found.sentence.startswith(
        "Χρειάζεται υπηρέτηση τουλάχιστον 5 συμπληρωμένα έτη· από τα στοιχεία σας: 1 έτος."
    )


@pytest.mark.parametrize(
    "rows",
    [
        [{"kind": "service_years"}],
        [{"kind": "service_years", "least": 0}],
        [{"kind": "service_years", "least": 46}],
        [{"kind": "specialty_any_of", "any": []}],
        [{"kind": "specialty_any_of", "any": ["height"]}],
        [{"kind": "cluster_any_of", "any": ["Γ1"]}],
        [{"kind": "will_teach"}, {"kind": "will_teach"}],
    ],
)
def test_a_number_out_of_bounds_a_strange_code_or_a_rule_twice_is_refused(rows):
    with pytest.raises(ProfileError):
        parse(rows)


def test_two_certificates_may_be_asked_together():
    both = parse([{"kind": "certificate_any_of", "any": [one]} for one in ("A", "B1")])
    assert [f.fulfilled for f in both.check(Facts(certificates=frozenset({"B1"})))] == [False, True]


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ({"since": "2021-08-27", "until": "2022-08-31"}, "Διορισμός από 27/8/2021 έως 31/8/2022"),
        ({"since": "2021-08-27"}, "Διορισμός από 27/8/2021 και μετά"),
        ({"until": "2022-08-31"}, "Διορισμός έως 31/8/2022"),
    ],
)
def test_days_of_appointment_are_read_with_an_open_end(days, words):
    assert parse([{"kind": "appointed_between", **days}]).in_words() == [words]


def test_who_was_not_appointed_in_those_days_reads_what_is_known_of_them():
    rule = {"kind": "appointed_between", "since": "2021-08-27", "until": "2022-08-31"}
    for day, held in ((date(2019, 8, 30), "30/8/2019"), (None, "δεν έχει καταχωριστεί")):
        (found,) = parse([rule]).check(replace(GOOD, appointed_on=day))
        assert not found.fulfilled
        assert held in found.sentence
    for day in (date(2021, 8, 27), date(2022, 8, 31)):
        assert parse([rule]).check(replace(GOOD, appointed_on=day))[0].fulfilled


@pytest.mark.parametrize(
    "days",
    [{}, {"since": "27/8/2021"}, {"since": 5}, {"since": "2022-09-01", "until": "2022-08-31"}],
)
def test_days_that_make_no_span_are_refused(days):
    with pytest.raises(ProfileError, match="Ημερομηνία διορισμού"):
        parse([{"kind": "appointed_between", **days}])
