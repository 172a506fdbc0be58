"""The reference data: exact counts, loaded once, skipped when nothing changed.

Shows: R-027, R-078.
"""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date

import pytest
from django.core.management import call_command

from didaskaleio.structures import operations
from didaskaleio.structures.models import (
    ClusterMember,
    ClusterScheme,
    Directorate,
    FundedProject,
    ImplementingBody,
    LegacySpecialty,
    LocalHoliday,
    Prefecture,
    Region,
    RegionalUnit,
    SchoolType,
    SourceRow,
    Specialty,
    StructureType,
)
from didaskaleio.structures.operations import KINDS, sources

pytestmark = pytest.mark.django_db
FIGURES = {
    Region: 13,
    Prefecture: 51,
    RegionalUnit: 74,
    Directorate: 116,
    SchoolType: 19,
    StructureType: 26,
    Specialty: 88,
    LegacySpecialty: 99,
    ClusterScheme: 3,
    ImplementingBody: 3,
    FundedProject: 1,
}


@pytest.mark.parametrize(("model", "figure"), FIGURES.items(), ids=str)
def test_the_shipped_data_is_loaded_to_the_last_row(model, figure):
    assert model.objects.count() == figure


EVERY_KIND = {
    "Περιφέρειες": 13,
    "Νομοί": 51,
    "Περιφερειακές ενότητες": 74,
    "Διευθύνσεις εκπαίδευσης": 116,
    "Τύποι δομών": 26,
    "Διάδοχοι τύποι δομών": 11,
    "Τύποι σχολείων": 19,
    "Κλάδοι και ειδικότητες": 88,
    "Παλαιοί κωδικοί ειδικοτήτων": 99,
    "Σχήματα συστάδων": 3,
    "Συστάδες": 30,
    "Ειδικότητες σε συστάδες": 237,
    "Τοπικές εορτές": 67,
    "Φορείς υλοποίησης": 3,
    "Πράξεις": 1,
    "Κείμενα συγχρηματοδότησης": 2,
    "Δείκτες": 2,
}


def counted(reports):
    return {r.title: (r.created, r.changed, r.skipped) for r in reports}


def empty_all():
    SourceRow.objects.all().delete()
    StructureType.objects.update(successor=None)
    for kind in reversed(KINDS):
        kind.model.objects.all().delete()


def test_three_loads_report_exactly_what_they_created_changed_and_skipped(monkeypatch):
    empty_all()
    assert counted(operations.load_reference()) == {
        title: (figure, 0, 0) for title, figure in EVERY_KIND.items()
    }
    assert counted(operations.load_reference()) == {
        title: (0, 0, figure) for title, figure in EVERY_KIND.items()
    }

    def with_one_altered_and_one_new():
        rows = list(sources.regions())
        altered = [r | {"genitive": "Νήσου Κρήτης"} if r["code"] == "KRI" else r for r in rows]
        new = {"code": "NEW", "iso_code": "GR-Z", "nuts2": "EL99", "directorate_code": "NEW"}
        return [*altered, rows[0] | new]

    changed = replace(KINDS[0], rows=with_one_altered_and_one_new)
    monkeypatch.setattr(operations, "KINDS", (changed, *KINDS[1:]))
    third = counted(operations.load_reference())
    assert third.pop("Περιφέρειες") == (1, 1, 12)
    assert third == {
        title: (0, 0, figure) for title, figure in EVERY_KIND.items() if title != "Περιφέρειες"
    }
    assert Region.objects.get(code="KRI").genitive == "Νήσου Κρήτης"
    assert Region.objects.count() == 14


def test_half_of_the_directorates_are_of_each_level():
    assert Directorate.objects.filter(level="primary").count() == 58
    assert Directorate.objects.filter(level="secondary").count() == 58


def test_a_second_load_skips_every_row_and_is_quick():
    started = time.perf_counter()
    reports = operations.load_reference()
    assert time.perf_counter() - started < 2
    assert sum(r.created + r.changed for r in reports) == 0
    assert sum(r.skipped for r in reports) == SourceRow.objects.count()


def test_a_first_load_creates_every_row_in_less_than_two_seconds(django_assert_max_num_queries):
    SourceRow.objects.filter(kind__in=["cluster_member", "local_holiday"]).delete()
    ClusterMember.objects.all().delete()
    LocalHoliday.objects.all().delete()
    with django_assert_max_num_queries(120):
        reports = {r.title: r for r in operations.load_reference()}
    assert reports["Ειδικότητες σε συστάδες"].created == ClusterMember.objects.count() == 3 * 79
    assert reports["Τοπικές εορτές"].created == LocalHoliday.objects.count()


def test_a_row_whose_source_changed_is_written_again():
    Region.objects.filter(code="KRI").update(name="άλλο")
    SourceRow.objects.filter(kind="region", code="KRI").update(digest="old")
    assert operations.load_reference()[0] == operations.Counts("Περιφέρειες", 0, 1, 12)
    assert Region.objects.get(code="KRI").name == "Κρήτη"


def test_what_a_person_decided_is_left_alone_while_the_source_stands_still():
    member = ClusterMember.objects.filter(proposed=True, cluster__scheme__level="B2").first()
    ClusterMember.objects.filter(pk=member.pk).update(proposed=False)
    operations.load_reference()
    member.refresh_from_db()
    assert member.proposed is False


def test_the_b2_scheme_has_thirteen_clusters_and_43_memberships_to_decide():
    scheme = ClusterScheme.objects.get(level="B2")
    of_scheme = ClusterMember.objects.filter(cluster__scheme=scheme)
    assert scheme.clusters.count() == 13
    assert (of_scheme.count(), of_scheme.filter(proposed=True).count()) == (79, 43)


def test_b1_had_four_clusters_and_then_thirteen():
    old, new = ClusterScheme.objects.filter(level="B1").order_by("valid_from")
    assert (old.clusters.count(), new.clusters.count()) == (4, 13)
    assert (old.valid_until, new.valid_from) == (date(2021, 8, 31), date(2021, 9, 1))


@pytest.mark.parametrize("scheme", ["B1-old", "B1", "B2"])
def test_no_specialty_is_in_two_clusters_of_a_scheme(scheme):
    level, ended = scheme[:2], scheme.endswith("old")
    members = ClusterMember.objects.filter(
        cluster__scheme__level=level, cluster__scheme__valid_until__isnull=not ended
    )
    codes = list(members.values_list("specialty__code", flat=True))
    assert len(codes) == len(set(codes)) == 79


def test_specialties_of_special_education_are_known_as_such():
    found = Specialty.objects.filter(special_education=True).values_list("code", flat=True)
    assert set(found) == {"ΠΕ61", "ΠΕ71", "ΠΕ11.01"}


def test_a_structure_that_ended_names_what_followed():
    counselling = StructureType.objects.get(code="KESYP")
    assert counselling.valid_until == date(2018, 6, 12)
    assert counselling.successor.abbreviation == "Κ.Ε.Σ.Υ."
    assert counselling.successor.successor.abbreviation == "ΚΕ.Δ.Α.Σ.Υ."
    assert counselling.successor.successor.successor is None


def test_schools_teach_by_day_or_in_the_evening():
    hours = {
        t.code: (t.opens.isoformat("minutes"), t.closes.isoformat("minutes"))
        for t in SchoolType.objects.all()
    }
    assert hours["GYM"] == ("08:00", "14:15")
    assert hours["ESP"] == ("18:00", "22:30")


def test_every_prefecture_has_a_local_holiday():
    assert LocalHoliday.objects.values("prefecture").distinct().count() == 51
    for holiday in LocalHoliday.objects.all():
        assert (holiday.easter_offset is None) == (
            holiday.month is not None and holiday.day is not None
        )


def test_the_funded_project_carries_its_codes_targets_and_texts_by_date():
    project = FundedProject.objects.get()
    assert (project.code, project.predecessor_code) == ("5084974", "5000065")
    assert project.body.code == "itye"
    assert dict(project.indicators.values_list("code", "target")) == {"B1": 12_600, "B2": 15_000}
    assert project.texts.count() == 2


def test_two_bodies_and_the_ministry_stand_side_by_side():
    assert set(ImplementingBody.objects.values_list("code", "is_ministry")) == {
        ("itye", False),
        ("iep", False),
        ("minedu", True),
    }


def test_the_command_reports_each_kind(capsys):
    call_command("load_reference")
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 17
    assert lines[1].split() == ["Νομοί", "0", "νέες", "0", "άλλαξαν", "51", "ίδιες"]
