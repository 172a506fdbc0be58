"""The synthetic nation: its figures, its kinds of post, its repeatability."""

from __future__ import annotations

import csv
import io
from collections import Counter
from contextlib import ExitStack
from datetime import date

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db.models import Count, F

from didaskaleio.kernel.identifiers import validate_afm, validate_am, validate_pa
from didaskaleio.people import generator
from didaskaleio.people.generator.nation import apportion, table
from didaskaleio.people.generator.tables import COLUMNS, Spool
from didaskaleio.people.models import (
    HeldCertificate,
    Identifier,
    Leave,
    Person,
    Post,
    SchoolService,
    Teacher,
    TrainerProfile,
)
from didaskaleio.structures.models import Cluster, Prefecture, School, SchoolType, TrainingCentre

SIZE = 2_000


@pytest.fixture(scope="module")
def nation(django_db_setup, django_db_blocker):
    """A small nation, shared by the tests of this module and taken away at the end."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        counts = generator.populate(SIZE, 1)
        yield counts
        transaction.set_rollback(True)


def digest(teachers, seed):
    with ExitStack() as stack:
        spool = Spool(stack)
        generator.write(spool, teachers, seed)
        return spool.digest()


@pytest.mark.parametrize("total", [51, 2_000, 10_000, 170_000])
def test_shares_add_up_and_stay_within_five_per_cent_of_the_table(total):
    parts = apportion(total)
    assert len(parts) == 51
    for code, share in table().items():
        wanted = total * share / 170_000
        assert abs(parts[code] - wanted) <= max(1, 0.05 * wanted)
    if total >= 2_000:
        assert sum(parts.values()) == total


def test_the_table_is_of_the_whole_nation():
    assert sum(table().values()) == 170_000


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(db):
    assert digest(300, 5) == digest(300, 5)
    assert digest(300, 5) != digest(300, 6)


def test_rows_have_the_columns_of_their_tables(db):
    with ExitStack() as stack:
        spool = Spool(stack)
        generator.write(spool, 100, 1)
        for name, columns in COLUMNS.items():
            spool.files[name].seek(0)
            for row in csv.reader(io.StringIO(spool.files[name].read())):
                assert len(row) == len(columns.split())


@pytest.mark.parametrize("teachers", [0, 50, 200_000])
def test_a_size_out_of_range_is_refused(db, teachers):
    with pytest.raises(generator.PopulationError):
        generator.populate(teachers, 1)


def test_a_population_is_not_laid_over_another(nation):
    with pytest.raises(CommandError, match="Υπάρχει ήδη"):
        call_command("generate_people", teachers=100, verbosity=0)


def test_every_prefecture_has_the_teachers_of_its_share(nation):
    first = SchoolService.objects.order_by("teacher", "pk").distinct("teacher")
    found = Counter(first.values_list("school__prefecture__code", flat=True))
    assert found == apportion(SIZE)
    assert sum(found.values()) == nation["people_teacher"] == Teacher.objects.count() == SIZE


def test_every_type_of_school_has_teachers(nation):
    served = SchoolService.objects.filter(hours__gt=0).values("school__type")
    assert set(SchoolType.objects.exclude(pk__in=served).values_list("code", flat=True)) == set()


def test_every_cluster_has_teachers_and_a_trainer(nation):
    clusters = set(Cluster.objects.filter(scheme__level="B2").values_list("code", flat=True))
    trained = set(TrainerProfile.objects.values_list("clusters__code", flat=True))
    assert trained == clusters
    members = Teacher.objects.values_list("specialty__code", flat=True).distinct()
    assert len(members) >= 79


@pytest.mark.parametrize(
    ("kind", "rows"),
    {
        ".50": lambda: Teacher.objects.filter(special_post=True),
        "substitute": lambda: Teacher.objects.filter(employment="substitute"),
        "hourly": lambda: Teacher.objects.filter(employment="hourly"),
        "private": lambda: Teacher.objects.filter(employment="private"),
        "two schools": lambda: Teacher.objects.annotate(
            n=Count("services__school", distinct=True),
            p=Count("services__school__prefecture", distinct=True),
        ).filter(n=2, p=1, seconded_abroad=False),
        "two prefectures": lambda: Teacher.objects.annotate(
            n=Count("services__school__prefecture", distinct=True)
        ).filter(n=2),
        "abroad": lambda: Teacher.objects.filter(seconded_abroad=True),
        "on leave now": lambda: Leave.objects.filter(
            valid_from__lte=date(2023, 1, 18), valid_until=date(2023, 2, 24)
        ),
        "on leave to the end": lambda: Leave.objects.filter(valid_until=date(2023, 8, 31)),
        "on leave until March": lambda: Leave.objects.filter(valid_until=date(2023, 3, 1)),
        "PAKE": lambda: HeldCertificate.objects.filter(kind="PAKE"),
        "96 hours": lambda: HeldCertificate.objects.filter(kind="B_kse"),
        "A": lambda: HeldCertificate.objects.filter(kind="A"),
        "B1": lambda: HeldCertificate.objects.filter(kind="B1"),
    }.items(),
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_every_kind_of_post_occurs_again_and_again(nation, kind, rows):
    assert rows().count() >= 5


def test_the_seconded_teach_abroad_only(nation):
    for service in SchoolService.objects.filter(teacher__seconded_abroad=True):
        assert (service.hours > 0) == (service.school.country != "GR")


def test_every_prefecture_has_a_centre_with_a_room_and_a_trainer(nation):
    everywhere = set(Prefecture.objects.values_list("code", flat=True))
    assert set(TrainingCentre.objects.values_list("prefecture__code", flat=True)) == everywhere
    assert not TrainingCentre.objects.annotate(n=Count("rooms")).filter(n=0).exists()
    trainers = TrainerProfile.objects.values_list(
        "person__teacher__services__school__prefecture__code", flat=True
    )
    assert everywhere <= set(trainers)


def test_both_bodies_have_centres(nation):
    assert set(TrainingCentre.objects.values_list("body__code", flat=True)) == {"itye", "iep"}


def test_a_school_stands_where_its_directorate_and_unit_are(nation):
    at_home = School.objects.filter(country="GR")
    assert not at_home.exclude(regional_unit__prefecture=F("prefecture")).exists()
    assert not at_home.exclude(directorate__prefecture=F("prefecture")).exists()
    assert not at_home.exclude(region=F("prefecture__region")).exists()


def test_nobody_can_sign_in_by_password_and_everybody_has_a_post(nation):
    people = Person.objects.filter(username__startswith="t0")
    assert not people.exclude(password="!").exists()
    assert Post.objects.filter(role="teacher").count() == SIZE


def test_identifiers_are_valid_and_unlike_any_true_one(nation):
    checks = {"afm": validate_afm, "am": validate_am, "pa": validate_pa}
    for kind, value in Identifier.objects.values_list("kind", "value"):
        assert checks[kind](value) == value
    assert Identifier.objects.filter(kind="afm", value__startswith="6").count() == SIZE


def test_substitutes_have_no_post_of_their_own(nation):
    services = SchoolService.objects.filter(teacher__employment="substitute")
    assert services.exists()
    assert not services.filter(organic=True).exists()


def test_substitutes_have_no_registry_number(nation):
    substitutes = Identifier.objects.filter(kind="am", person__teacher__employment="substitute")
    assert not substitutes.exists()


def test_surnames_follow_the_sex_of_the_given_name(nation):
    from didaskaleio.people.generator.names import ENDINGS, WOMEN

    for surname, given in Person.objects.values_list("surname", "given_name")[:500]:
        ends = [woman if given in WOMEN else man for man, woman in ENDINGS]
        assert surname.endswith(tuple(ends))


def test_new_rows_follow_the_generated_ones(nation):
    person = Person.objects.create_user("after-the-nation", surname="Δ", given_name="Δ")
    assert person.pk > Person.objects.get(username=f"t{SIZE:06}").pk
