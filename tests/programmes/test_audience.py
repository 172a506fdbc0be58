"""To whom an action is addressed: the country, prefectures, named schools and their clusters.

Shows: R-024.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from didaskaleio.kernel import journal
from didaskaleio.kernel.errors import OvertakenError, Refusal, StepRefusedError
from didaskaleio.people.queries import actor_of
from didaskaleio.programmes import operations
from didaskaleio.programmes.enums import Addressees
from didaskaleio.programmes.models import AddressedSchool
from didaskaleio.programmes.queries.audience import audience_of
from tests.factories import people, structures
from tests.factories import programmes as make

pytestmark = pytest.mark.django_db
AT = make.DATES["announced_at"]


@pytest.fixture
def action(db):
    return make.an_action()


@pytest.fixture
def officer(action):
    return people.officer(action.body.code)


@pytest.fixture
def by(officer):
    return {"actor": actor_of(officer, at=AT), "at": AT}


def groups(action):
    return sorted(action.schools.values_list("school__name", "group"))


def test_an_action_is_of_the_whole_country_until_something_else_is_said(action):
    assert action.addressed_to == "everywhere"
    assert audience_of(action) is None


def test_prefectures_are_named_and_said_in_words(action, by):
    chosen = [structures.a_prefecture(code) for code in ("KOZ", "LAR")]
    row = operations.address_to(action, Addressees.PREFECTURES, chosen, **by)
    found = audience_of(row)
    assert found.prefectures == {"KOZ", "LAR"}
    assert found.words == "Νομοί: Κοζάνη, Λάρισα"
    assert journal.of(action).first().reason == "Ορισμένοι νομοί, Κοζάνη, Λάρισα"


def test_prefectures_without_any_are_refused(action, by):
    with pytest.raises(Refusal, match="έναν τουλάχιστον νομό"):
        operations.address_to(action, Addressees.PREFECTURES, **by)


def test_schools_are_added_by_code_once_under_the_name_of_their_cluster(action, by):
    one, two, three = (structures.a_school(name=name) for name in ("Αλφα", "Βητα", "Γαμμα"))
    assert operations.name_schools(action, [one.code], **by) == 1
    codes = [one.code, two.code, two.code, three.code]
    assert operations.name_schools(action, codes, group="Όμιλος Α", **by) == 2
    assert groups(action) == [("Αλφα", ""), ("Βητα", "Όμιλος Α"), ("Γαμμα", "Όμιλος Α")]
    action.refresh_from_db()
    assert action.addressed_to == "schools"
    assert audience_of(action).words == "Σχολεία: Αλφα, Όμιλος Α"


def test_an_unknown_code_adds_nothing(action, by):
    school = structures.a_school()
    with pytest.raises(Refusal, match="Άγνωστοι κωδικοί σχολείων: 0000000"):
        operations.name_schools(action, [school.code, "0000000"], **by)
    assert not AddressedSchool.objects.exists()


def test_schools_are_taken_away(action, by):
    one, two = structures.a_school(name="Αλφα"), structures.a_school(name="Βητα")
    operations.name_schools(action, [one.code, two.code], **by)
    gone = action.schools.get(school=one).pk
    assert operations.drop_schools(action, [gone], **by) == 1
    assert groups(action) == [("Βητα", "")]
    with pytest.raises(Refusal, match="Δεν επιλέχθηκε σχολείο"):
        operations.drop_schools(action, [gone], **by)


def test_a_dry_run_tells_new_present_and_unknown_and_writes_nothing(action, by):
    one, two = structures.a_school(name="Αλφα"), structures.a_school(name="Βητα")
    operations.name_schools(action, [one.code], **by)
    text = f"Σχολείο;Κωδικός\nΑλφα;{one.code}\nΒητα;{two.code}\n;9999999\n"
    upload = SimpleUploadedFile("schools.csv", text.encode())
    told = operations.read_schools(action, upload, actor=by["actor"])
    assert ([s.name for s in told.schools], [s.name for s in told.present]) == (["Βητα"], ["Αλφα"])
    assert list(told.unknown) == ["9999999"]
    assert action.schools.count() == 1


def test_the_audience_stands_once_applications_were_taken(action, by):
    period = make.a_period("phase_a", action=action)
    school = structures.a_school()
    late = by | {"at": period.phase_a_opens + timedelta(minutes=1)}
    for act in (
        lambda: operations.address_to(action, Addressees.EVERYWHERE, **late),
        lambda: operations.name_schools(action, [school.code], **late),
        lambda: operations.drop_schools(action, [1], **late),
    ):
        with pytest.raises(StepRefusedError, match="έχει δεχτεί αιτήσεις"):
            act()


def test_only_officers_of_the_body_say_it(action):
    for person in (people.officer("iep"), people.a_teacher(), people.ministry_officer()):
        with pytest.raises(PermissionDenied):
            actor = actor_of(person, at=AT)
            operations.address_to(action, Addressees.EVERYWHERE, actor=actor, at=AT)


def test_two_officers_do_not_overwrite_each_other(action, by):
    operations.address_to(action, Addressees.EVERYWHERE, **by)
    with pytest.raises(OvertakenError):
        operations.address_to(action, Addressees.EVERYWHERE, **by, seen=0)


# --- targets ---


def test_a_target_is_set_changed_and_lifted(action, by):
    region, cluster = structures.a_prefecture("KOZ").region, structures.a_cluster("B2.3")
    operations.set_target(action, people=120, region=region, cluster=cluster, **by)
    operations.set_target(action, people=90, region=region, cluster=cluster, **by)
    assert [row.people for row in action.targets.all()] == [90]
    assert operations.set_target(action, people=0, region=region, cluster=cluster, **by) is None
    assert not action.targets.exists()


def test_a_target_is_of_a_cluster_and_category_of_the_action(action, by):
    other = make.an_action().categories.first()
    foreign = structures.a_cluster("B1.1")
    with pytest.raises(Refusal, match="κατηγορία δεν ανήκει"):
        operations.set_target(action, people=5, category=other, **by)
    with pytest.raises(Refusal, match="συστάδα δεν ανήκει"):
        operations.set_target(action, people=5, cluster=foreign, **by)


# --- screens ---


@pytest.fixture
def signed_in(client, login, officer, set_clock):
    set_clock(AT)
    login(client, officer)
    return client


def test_an_officer_searches_ticks_and_pastes_schools(signed_in, action):
    one = structures.a_school(name="Γυμνάσιο Τσοτυλίου")
    two = structures.a_school(name="Λύκειο Νεάπολης")
    page = reverse("programmes:action-schools", args=[action.pk])
    assert "Γυμνάσιο Τσοτυλίου" in signed_in.get(page, {"q": "τσοτυλι"}).content.decode()
    signed_in.post(f"{page}add/", {"school": one.code, "group": "Τσοτύλι"})
    shown = signed_in.post(f"{page}trial/", {"codes": f"{two.code}, 123", "group": ""})
    words = shown.content.decode()
    assert "Νέα σχολεία: 1· υπάρχουν ήδη:\n" in words or "Νέα σχολεία: 1" in words
    assert "Λύκειο Νεάπολης" in words
    signed_in.post(f"{page}add/", {"school": f"{two.code} "})
    assert groups(action) == [("Γυμνάσιο Τσοτυλίου", "Τσοτύλι"), ("Λύκειο Νεάπολης", "")]
    named = action.schools.get(school=two).pk
    signed_in.post(f"{page}drop/", {"named": named})
    assert groups(action) == [("Γυμνάσιο Τσοτυλίου", "Τσοτύλι")]


def test_a_trial_of_nothing_says_what_to_give(signed_in, action):
    page = reverse("programmes:action-schools-trial", args=[action.pk])
    answer = signed_in.post(page, {"codes": ""})
    assert answer.status_code == 422
    assert "Δώστε κωδικούς ή αρχείο." in answer.content.decode()


def test_an_officer_chooses_prefectures_and_sets_a_target(signed_in, action):
    page = reverse("programmes:action-audience", args=[action.pk])
    prefecture = structures.a_prefecture("KOZ")
    signed_in.post(page, {"kind": "prefectures", "prefectures": [prefecture.pk]})
    shown = signed_in.get(reverse("programmes:action", args=[action.pk])).content.decode()
    assert "Νομοί: Κοζάνη" in shown
    targets = reverse("programmes:action-targets", args=[action.pk])
    signed_in.post(targets, {"region": prefecture.region_id, "people": "150"})
    assert "150" in signed_in.get(targets).content.decode()


@pytest.mark.parametrize("name", ["action-schools", "action-targets"])
def test_the_lists_ask_as_much_for_three_rows_as_for_one(
    signed_in, action, by, name, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    page = reverse(f"programmes:{name}", args=[action.pk])

    def more(many):
        for _ in range(many):
            operations.name_schools(action, [structures.a_school().code], **by)
        for cluster in action.scheme.clusters.all()[:many]:
            operations.set_target(action, people=many, cluster=cluster, **by)
        with CaptureQueriesContext(connection) as asked:
            signed_in.get(page)
        return len(asked)

    assert more(1) == more(3)
