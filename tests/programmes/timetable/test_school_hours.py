"""Outside school hours, compared per type of school (DOMAIN R2e)."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

from didaskaleio.programmes.timetable import (
    PRIMARY_DAY,
    SECONDARY_EVENING,
    Severity,
    check,
    find,
    school_hours_findings,
)
from tests.programmes.timetable.samples import CONTEXT, PARAMETERS, PLAN, moved, the


def test_eleven_on_a_tuesday_is_refused_for_a_morning_school() -> None:
    [found] = find(moved("1005", "0905", time(11)), CONTEXT, PARAMETERS)
    assert found.code == "SCHOOL_HOURS"
    assert "(17ο ΓΕΛ Κοζάνης: 08:15–14:05)" in found.sentence


def test_a_morning_without_school_is_free_on_saturday() -> None:
    assert find(moved("1005", "1305", time(11)), CONTEXT, PARAMETERS) == []


def test_the_trainees_schools_count_as_well() -> None:
    context = replace(CONTEXT, centre_hours=None, trainee_hours=(PRIMARY_DAY,))
    [found] = find(moved("1005", "1005", time(13)), context, PARAMETERS)
    assert "(Δημοτικό Σχολείο: 08:00–13:15)" in found.sentence


def test_evening_schools_among_others_only_warn() -> None:
    context = replace(CONTEXT, trainee_hours=(PRIMARY_DAY, SECONDARY_EVENING))
    found = check(PLAN, context, PARAMETERS)
    assert {finding.code for finding in found} == {"SCHOOL_HOURS"}
    assert {finding.severity for finding in found} == {Severity.WARNING}


def test_a_programme_only_for_evening_schools_must_keep_their_hours() -> None:
    context = replace(CONTEXT, centre_hours=None, trainee_hours=(SECONDARY_EVENING,))
    found = find(PLAN, context, PARAMETERS)
    assert len(found) == 20
    assert all(finding.is_error for finding in found)


def test_one_evening_teacher_is_told_which_meetings_fall_into_their_lessons() -> None:
    late = replace(the("1005"), start=time(18))
    early = replace(the("1705"), start=time(15))
    [found] = school_hours_findings([late, early], SECONDARY_EVENING, CONTEXT)
    assert found.slots == ("1005",)
    assert found.is_error
    assert found.sentence == (
        "Η σύγχρονη συνεδρία της Τετάρτης 10 Μαΐου 2023, 18:00–19:30, πέφτει σε ώρα μαθημάτων "
        "(εσπερινό Γυμνάσιο ή Λύκειο: 18:30–22:30): μετακινήστε την εκτός σχολικού ωραρίου."
    )
