"""Profiles as rules: checked by a machine, read by a person (R-003).

Shows: R-003.
"""

from __future__ import annotations

from dataclasses import replace

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
