"""Locality rules of one programme: checked and put into words (R-035).

Shows: R-035.
"""

from __future__ import annotations

import pytest

from didaskaleio.programmes.locality import LocalityError, Service, check, in_words, parse

KYTHIRA = parse(
    [{"unit": "regional_unit", "codes": ["NIS"], "names": ["Περιφερειακή Ενότητα Νήσων"]}]
)


def test_one_school_inside_is_enough():
    inside = Service("ATK", "NIS", "DDE-PEI")
    assert check(KYTHIRA, [Service("ATK", "PEI", "DDE-PEI"), inside]).fulfilled


def test_the_same_prefecture_elsewhere_is_refused_with_the_place_named():
    finding = check(KYTHIRA, [Service("ATK", "PEI", "DDE-PEI")])
    assert (finding.code, finding.fulfilled) == ("PROGRAMME_LOCALITY", False)
    assert "Περιφερειακή Ενότητα Νήσων" in finding.sentence
    assert not check(KYTHIRA, []).fulfilled


def test_without_rules_everybody_passes_and_there_are_no_words():
    assert check((), []).fulfilled
    assert in_words(()) == ""


def test_any_of_several_rules_is_enough_and_is_said():
    rules = parse(
        [{"unit": "prefecture", "codes": ["KOZ"]}, {"unit": "directorate", "codes": ["D"]}]
    )
    assert check(rules, [Service(directorate="D")]).fulfilled
    assert (
        in_words(rules) == "Για όσους υπηρετούν σε σχολείο: νομός: KOZ ή Διεύθυνση Εκπαίδευσης: D"
    )


@pytest.mark.parametrize("row", [{"unit": "planet", "codes": ["X"]}, {"unit": "prefecture"}])
def test_an_unknown_unit_or_no_place_is_refused(row):
    with pytest.raises(LocalityError):
        parse([row])
