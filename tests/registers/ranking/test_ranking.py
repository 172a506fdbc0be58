"""Rankings: caps hold, the order is total, anybody recomputes the table from what is published.

Shows: R-016.
"""

from __future__ import annotations

import hmac
import json
import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from didaskaleio.registers.ranking import (
    Entry,
    Exclusion,
    Lot,
    MalformedError,
    Outcome,
    Threshold,
    rank,
    read_rules,
    verify,
    write_rules,
    write_table,
)
from didaskaleio.registers.ranking.verification import Difference

from .lists import ENTRIES, RULES, TABLE, lists, table_of

UNRANKED = {Outcome.BELOW, Outcome.EXCLUDED}
FORMULA = re.compile(r"[=+@\t\r]|-(?![0-9]+(,[0-9]+)?$)")


@given(lists())
def test_points_never_exceed_a_cap_or_what_the_assessor_let_stand(case):
    rules, entries = case
    for one in rank(rules, entries):
        for part in one.score.sections:
            cap = rules.form.section(part.section).cap
            assert cap is None or part.points <= cap
            for line in part.lines:
                ceiling = one.entry.ceilings.get(line.question)
                assert ceiling is None or line.points <= ceiling
                cap = rules.form.question(line.question).rule.cap
                assert cap is None or line.points <= cap
        assert rules.form.cap is None or one.score.points <= rules.form.cap


@given(lists())
def test_every_candidacy_has_a_place_of_its_own_and_more_points_go_first(case):
    rules, entries = case
    standings = rank(rules, entries)
    ranked = [one for one in standings if one.outcome not in UNRANKED]
    assert sorted(one.entry.code for one in standings) == sorted(one.code for one in entries)
    assert [one.position for one in ranked] == list(range(1, len(ranked) + 1))
    assert [one.position for one in standings if one.outcome in UNRANKED] == [None] * (
        len(standings) - len(ranked)
    )
    points = [one.score.points for one in ranked]
    assert points == sorted(points, reverse=True)


@given(lists(), st.randoms(use_true_random=False))
def test_the_order_in_which_candidacies_are_given_has_no_influence(case, chance):
    rules, entries = case
    shuffled = chance.sample(entries, len(entries))
    assert rank(rules, shuffled) == rank(rules, entries)


@given(lists(), st.data())
def test_who_goes_before_whom_is_the_same_among_any_others(case, data):
    """A total order: any two are in order, in one way only, whoever else is ranked."""
    rules, entries = case
    whole = [one.entry.code for one in rank(rules, entries)]
    some = [one for one in entries if data.draw(st.booleans())]
    kept = {one.code for one in some}
    assert len(set(whole)) == len(entries)
    assert [one.entry.code for one in rank(rules, some)] == [c for c in whole if c in kept]


@given(lists(), st.randoms(use_true_random=False))
def test_the_published_table_is_verified_from_the_published_rules_in_any_order(case, chance):
    rules, entries = case
    header, *lines = table_of(rules, entries)
    published = read_rules(write_rules(rules))
    shuffled = [header, *chance.sample(lines, len(lines))]
    verdict = verify(published, shuffled)
    assert (verdict.holds, verdict.candidacies, verdict.told) == (True, len(entries), [])


@given(lists())
def test_the_file_of_rules_says_the_same_when_it_is_written_again(case):
    rules, _ = case
    assert read_rules(write_rules(rules)) == rules


@given(lists())
def test_no_cell_is_a_formula_to_a_sheet(case):
    rules, entries = case
    for line in table_of(rules, entries):
        assert line.endswith(b"\r\n")
        assert not [c for c in line.decode("ascii")[:-2].split(";") if FORMULA.match(c)]


@given(lists(), st.data())
def test_a_position_or_points_that_somebody_changed_are_found(case, data):
    rules, entries = case
    table = table_of(rules, entries)
    if len(table) == 1:
        return
    at = data.draw(st.integers(1, len(table) - 1))
    cells = table[at].split(b";")
    computed = data.draw(st.sampled_from([1, 4]))
    other = str(int(cells[computed] or b"0") + 1) if computed == 1 else "123456"
    cells[computed] = other.encode()
    table[at] = b";".join(cells)
    verdict = verify(rules, table)
    assert [one.line for one in verdict.told] == [at + 1]
    assert verdict.told[0].published == other


def test_the_table_reads_as_people_expect() -> None:
    assert "".join(write_table(RULES, rank(RULES, ENTRIES))) == TABLE


def test_those_who_tie_in_everything_are_ordered_by_the_lot_of_the_announced_seed() -> None:
    entries = [Entry(f"K{n}", {"hours": Decimal(400)}) for n in range(6)]
    orders = {
        tuple(one.entry.code for one in rank(replace(RULES, lot=Lot(bytes([n]) * 32)), entries))
        for n in range(20)
    }
    assert len(orders) > 15
    keys = {f"K{n}": hmac.digest(bytes(range(32)), b"K%d" % n, "sha256") for n in range(6)}
    assert [one.entry.code for one in rank(RULES, entries)] == sorted(keys, key=keys.__getitem__)


def test_a_threshold_may_concern_a_section_or_a_question() -> None:
    rules = replace(RULES, thresholds=(Threshold("studies", Decimal(16)),))
    outcomes = {one.entry.code: one.outcome.value for one in rank(rules, ENTRIES)}
    assert outcomes == {
        "K2": "selected", "K5": "below", "K7": "below", "K9": "below", "K1": "excluded"
    }  # fmt: skip


def test_without_a_number_of_places_all_in_order_are_selected() -> None:
    standings = rank(replace(RULES, places=None), ENTRIES)
    assert [one.outcome.value for one in standings] == [
        "selected", "selected", "selected", "below", "excluded"
    ]  # fmt: skip


def test_the_first_differences_are_told_and_all_lines_counted() -> None:
    lines = TABLE.encode().splitlines(keepends=True)
    swapped = [lines[0], lines[1].replace(b"K2;1;", b"K2;2;"), lines[2].replace(b"5;2;", b"5;1;")]
    changed = lines[3].replace(b"5,025", b"5,03").replace(b"24,025", b"24,03")
    verdict = verify(RULES, [*swapped, changed, *lines[4:]])
    assert verdict.differing == 3
    assert verdict.told == [
        Difference(2, "K2", "position", "2", "1"),
        Difference(3, "K5", "position", "1", "2"),
        Difference(4, "K7", "points", "24,03", "24,025"),
    ]


def test_an_outcome_that_does_not_follow_is_told() -> None:
    lines = TABLE.replace("K7;3;runner_up", "K7;3;selected").encode().splitlines(keepends=True)
    assert verify(RULES, lines).told == [Difference(4, "K7", "outcome", "selected", "runner_up")]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ([Entry("K1"), Entry("K1")], "η υποψηφιότητα K1 υπάρχει δύο φορές"),
        ([Entry("K1", excluded="moon")], "άγνωστος λόγος αποκλεισμού: moon"),
    ],
)
def test_a_ranking_refuses_what_it_cannot_tell_apart(changed, said) -> None:
    with pytest.raises(MalformedError, match=said):
        rank(RULES, changed)


@pytest.mark.parametrize(
    "one",
    [
        Entry("=1+1"),
        Entry("-K1"),
        Entry("Κ1"),
        Entry("K1", compared={"born": Decimal(0)}, measures={"hours": Decimal("1E+40")}),
        Entry("K1", measures={"degree": ("=cmd",)}),
        Entry("K1", ceilings={"hours": Decimal("NaN")}, measures={"hours": Decimal(1)}),
        Entry("K1", ceilings={"hours": Decimal(-1)}, measures={"hours": Decimal(1)}),
    ],
    ids=["formula", "hyphen", "greek", "huge", "option", "nan", "negative"],
)
def test_the_table_is_not_written_with_what_it_may_not_hold(one: Entry) -> None:
    with pytest.raises(MalformedError):
        list(write_table(RULES, rank(RULES, [one])))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("K5;2", "K2;2", "γραμμή 3: η K2 υπάρχει ήδη στη γραμμή 2"),
        ("K5;2", "=K5;2", "γραμμή 3, code: «=K5» δεν είναι κωδικός υποψηφιότητας"),
        ("K5;2", "K5;0", "γραμμή 3, position: «0» δεν είναι θέση κατάταξης"),
        ("24,025;15", "24.025;15", "γραμμή 3, points: «24.025» δεν είναι αριθμός"),
        ("24,025;15", "NaN;15", "γραμμή 3, points: «NaN» δεν είναι αριθμός"),
        ("24,025;15", "1e9;15", "γραμμή 3, points: «1e9» δεν είναι αριθμός"),
        (";52,5;30", ";-5;30", "γραμμή 2, points: «-5» δεν είναι αριθμός"),
        ("52,5", "9" * 500, "γραμμή 2, points: «99999"),
        ("selected", "chosen", "γραμμή 2, outcome: «chosen» δεν είναι έκβαση"),
        (";late;", ";early;", "γραμμή 6, excluded: «early» δεν είναι λόγος"),
        ("master doctorate", "master nurse", "γραμμή 2, degree.counted: «master nurse»: επιλογή"),
        ("1999-02-01", "1999-02-30", "γραμμή 3, born.answer: «1999-02-30» δεν είναι ημερομηνία"),
        ("1999-02-01", "01/02/1999", "δεν είναι ημερομηνία"),
        ("1999-02-01", "1999-02-01;", "γραμμή 3: 18 κελιά, ενώ οι στήλες είναι 17"),
        ("K9", '"K9"', "δεν είναι κωδικός"),
        ("K9", "Κ9", "γραμμή 5: έχει χαρακτήρα εκτός ASCII"),
        ("K9", "K\x1b[31m9", "γραμμή 5, code: «K\N{REPLACEMENT CHARACTER}[31m9»"),
        ("K9", "K9" * 200_000, "γραμμή 5: πολύ μεγάλη"),
        ("hours.allowed;", "", "γραμμή 1, στήλη 12: οι κανόνες θέλουν «hours.allowed»"),
        (TABLE, "", "γραμμή 1, στήλη 1: οι κανόνες θέλουν «code» και ο πίνακας έχει «τίποτε»"),
        ("code;", "\ufeffcode;", "γραμμή 1: έχει χαρακτήρα εκτός ASCII"),
        ("\r\nK9", "\r\n\r\nK9", "γραμμή 5: 1 κελιά"),
    ],
)
def test_a_table_that_is_not_of_the_format_is_refused_with_its_place(old, new, said) -> None:
    assert old in TABLE
    lines = TABLE.replace(old, new, 1).encode().splitlines(keepends=True)
    with pytest.raises(MalformedError, match=re.escape(said)):
        verify(RULES, lines)


def changed_rules(**changes: object) -> bytes:
    data = json.loads(write_rules(RULES)) | changes
    return json.dumps({k: v for k, v in data.items() if v != "gone"}).encode()


SEED = bytes(range(32)).hex()


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "δεν είναι JSON"),
        (b"[]", "αρχείο: αναμένεται αντικείμενο"),
        (b"\xff\xfe{\x00}\x00", "δεν είναι κείμενο UTF-8"),
        (b"\xef\xbb\xbf{}", "δεν είναι JSON"),
        (b'{"version": 1, "version": 1}', "το «version» υπάρχει δύο φορές"),
        (b'{"version": NaN}', "NaN: τιμή που το JSON δεν έχει"),
        (b'{"version": 1.0}', "1.0: δεκαδικός που δεν είναι κείμενο"),
        (b'{"version": 1' + b"0" * 5_000 + b"}", "ακέραιος που δεν γίνεται δεκτός"),
        (b"[" * 100_000, "βάθος"),
        (changed_rules(version=2), "version: αναμένεται ο ακέραιος 1"),
        (changed_rules(version=True), "version: αναμένεται ο ακέραιος 1"),
        (changed_rules(places="gone"), "places: λείπει"),
        (changed_rules(places=-1), "places: ακέραιος από 0"),
        (changed_rules(winner="K1"), "winner: άγνωστο όνομα"),
        (changed_rules(stage="draft"), "stage: ένα από: provisional, final"),
        (changed_rules(list="=1"), "«=1» δεν είναι κωδικός"),
        (changed_rules(form={}), "form: "),
        (changed_rules(lot={"seed": "00", "commitment": ""}), "lot.seed: 64 δεκαεξαδικά"),
        (changed_rules(lot={"seed": SEED, "commitment": "0" * 64}), "lot.commitment: δεν είναι"),
        (changed_rules(thresholds=[{"of": "moon", "least": "1"}]), "«moon», που δεν υπάρχει"),
        (changed_rules(thresholds=[{"of": ""}]), "thresholds[0].least: γράψτε πόσα μόρια"),
        (
            changed_rules(exclusions=[{"key": "a", "label": "x"}, {"key": "a", "label": "y"}]),
            "ο λόγος αποκλεισμού «a» υπάρχει δύο φορές",
        ),
    ],
)
def test_rules_that_are_not_of_the_format_are_refused_with_their_place(raw, said) -> None:
    with pytest.raises(MalformedError) as refused:
        read_rules(raw)
    assert said in str(refused.value)


def test_words_of_a_hostile_file_do_not_steer_a_terminal() -> None:
    form = json.loads(write_rules(RULES))["form"]
    form["sections"][0]["questions"][0]["label"] = "\x1b]0;owned\x07 \ud800"
    form["sections"][1]["questions"][0]["only_if"] = {
        "tests": [{"question": "degree", "op": "at_least", "value": "1"}]
    }
    with pytest.raises(MalformedError) as refused:
        read_rules(changed_rules(form=form))
    assert str(refused.value).isprintable()


def test_reasons_of_exclusion_and_lists_are_keys() -> None:
    with pytest.raises(MalformedError, match="«Late» δεν είναι κλειδί"):
        replace(RULES, exclusions=(Exclusion("Late", "Εκπρόθεσμη"),))
    with pytest.raises(MalformedError, match="δεν είναι κωδικός"):
        replace(RULES, list="")


def test_the_example_of_the_documentation_holds() -> None:
    page = (Path(__file__).parents[3] / "docs" / "ranking.md").read_text()
    rules, table = (re.search(rf"```{kind}\n(.*?)```", page, re.DOTALL) for kind in ("json", "csv"))
    published = read_rules(rules[1].encode())
    verdict = verify(published, table[1].encode().splitlines(keepends=True))
    assert (verdict.holds, verdict.candidacies) == (True, 5)
