"""The rules that hold, with the values that show it."""

from __future__ import annotations

from dataclasses import replace

from didaskaleio.programmes.timetable import (
    CATEGORY_IIB,
    Availability,
    Off,
    Parameters,
    Plan,
    Rule,
    check,
    held,
)
from tests.programmes.timetable.samples import CONTEXT, PARAMETERS, PLAN, without

# rules that only look at something where a limit or a wish is set
UNSET = {Rule.TRAINER_AVAILABILITY, Rule.LOAD_WEEK, Rule.LOAD_PERIOD, Rule.LOAD_OPERATION}


def sentences(plan: Plan) -> dict[Rule, str]:
    found = check(plan, CONTEXT, PARAMETERS)
    return {row.rule: row.sentence for row in held(plan, CONTEXT, PARAMETERS, found)}


def test_a_sound_plan_holds_all_rules_and_says_its_values() -> None:
    rows = sentences(PLAN)
    assert set(rows) == set(Rule) - UNSET
    assert rows[Rule.HOURS_TOTAL] == "60 ώρες: 8 + 20 + 14 + 18"
    assert rows[Rule.COMP_ASYNC] == "14 ασύγχρονες ώρες"
    assert rows[Rule.SLOTS_TOTAL] == "20 τρίωρα"
    assert rows[Rule.TEACHING_WEEKS] == "15 εβδομάδες διδασκαλίας, έως 15"
    assert rows[Rule.PERIOD_BOUNDS] == (
        "Τελευταία συνάντηση: Τετάρτη 28 Ιουνίου 2023, περίοδος έως Κυριακή 2 Ιουλίου 2023"
    )
    assert rows[Rule.TRAINER_LOCALITY] == "Επιμόρφωση στον ίδιο νομό: Κοζάνη"
    assert rows[Rule.REGISTER_MEMBER] == "Μέλη των μητρώων της δράσης: «Μητρώο Β2»"
    assert rows[Rule.CAPACITY] == "Ομάδα 10–15"
    assert rows[Rule.PUBLIC_HOLIDAY] == "Αργίες"


def test_totals_that_follow_from_a_broken_part_are_not_said_to_hold() -> None:
    missing = set(Rule) - UNSET - set(sentences(without("0803")))
    assert missing == {Rule.COMP_SYNC, Rule.HOURS_TOTAL, Rule.SLOTS_TOTAL}


def test_nothing_is_said_of_a_trainer_that_is_not_there() -> None:
    missing = set(Rule) - UNSET - set(sentences(replace(PLAN, trainer=None)))
    assert missing == {
        Rule.STAFF_MISSING,
        Rule.TRAINER_LOCALITY,
        Rule.TRAINER_CLUSTER,
        Rule.TRAINER_CLASH,
    }


def test_an_empty_timetable_keeps_no_rule_of_meetings() -> None:
    rows = sentences(replace(PLAN, composition=CATEGORY_IIB, slots=(), registers=()))
    assert set(rows) == {
        Rule.COMP_F2F,
        Rule.COMP_ASYNC,
        Rule.TRAINER_CLUSTER,
        Rule.STAFF_MISSING,
        Rule.GROUP_SIZE,
        Rule.CAPACITY,
        Rule.QUOTA_CLUSTER,
        Rule.QUOTA_PREFECTURE,
        Rule.QUOTA_CENTRE,
    }


def test_limits_and_wishes_that_are_set_are_said_to_hold() -> None:
    numbers = Parameters(
        trainer_hours_per_week=12, trainer_hours_per_period=60, trainer_hours_per_operation=60
    )
    away = Availability(off=(Off(CONTEXT.last_day, CONTEXT.last_day),))
    context = replace(CONTEXT, availability=away)
    rows = held(PLAN, context, numbers, check(PLAN, context, numbers))
    assert {row.rule for row in rows} == set(Rule)
