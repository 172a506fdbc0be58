"""An action names a register per role, or opens the call that fills it; programmes keep to it.

Shows: R-170, R-006.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from didaskaleio.courses.models import CourseVersion
from didaskaleio.kernel.errors import OvertakenError, Refusal, StepRefusedError
from didaskaleio.kernel.models import JournalEntry, Space
from didaskaleio.kernel.spaces import operations as spaces
from didaskaleio.programmes import operations, queries
from didaskaleio.programmes.enums import ActionRole
from didaskaleio.programmes.models import ActionRegister
from didaskaleio.programmes.queries.trainers import find_trainers
from didaskaleio.registers import operations as of_registers
from didaskaleio.registers.models import Register
from tests.factories import people, structures
from tests.factories import programmes as make
from tests.registers.forms import a_form
from tests.registers.registers import a_fields_form

pytestmark = pytest.mark.django_db
TRAINER, TECHNICAL = ActionRole.TRAINER, ActionRole.TECHNICAL
AT = make.DATES["proposals_open"] + timedelta(days=3)


@pytest.fixture
def person():
    return people.officer()


@pytest.fixture
def officer(person, actor_for):
    return actor_for(person)


@pytest.fixture
def period():
    return make.a_period("proposing")


def a_register(officer, body="itye", title="Μητρώο επιμορφωτών Β2", **more):
    content = {"title": title, "code": f"m-{Register.objects.count()}"}
    content["form"] = a_fields_form(body, AT)
    found = structures.a_body(body)
    return of_registers.define(found, actor=officer, at=AT, **content, **more)


def named(action, officer, role=TRAINER, **more):
    register = a_register(officer, **more)
    operations.name_register(action, role, register, actor=officer, at=AT)
    return register


def entered(register, someone, officer, at=AT):
    return of_registers.enter(register, someone, actor=officer, at=at)


def broken(programme):
    found = queries.errors_of(programme, AT)
    return [one.sentence for one in found if one.code == "REGISTER_MEMBER"]


def test_the_search_of_a_centre_offers_the_members_of_the_register_that_is_named(period, officer):
    kozani = structures.a_centre("KOZ")
    inside, outside = people.a_trainer(surname="Αλφάδης"), people.a_trainer(surname="Βητάδης")

    def offered():
        return [one.person for one in find_trainers(period, kozani.prefecture_id)]

    assert offered() == [inside, outside]
    register = named(period.action, officer)
    assert offered() == []
    member = entered(register, inside, officer)
    assert offered() == [inside]
    of_registers.suspend(member, actor=officer, at=AT, reason="Έλεγχος.")
    assert offered() == []
    operations.name_register(period.action, TRAINER, None, actor=officer, at=AT)
    assert offered() == [inside, outside]


def test_a_membership_that_ends_before_the_first_day_does_not_count(period, officer):
    trainer = people.a_trainer()
    register = named(period.action, officer, months=1)
    entered(register, trainer, officer)
    assert not queries.trainers(period).exists()


def test_the_check_names_the_register_for_the_trainer_and_for_the_staff(period, officer):
    programme = make.a_programme("draft", period=period)
    assert broken(programme) == []
    trainers = named(period.action, officer)
    staff = named(period.action, officer, TECHNICAL, title="Τεχνική υποστήριξη κέντρων")
    helper = programme.staff.get(role="technical").person
    assert broken(programme) == [
        f"Επιμορφωτής/τρια: {programme.trainer.full_name} δεν είναι ενεργό μέλος του μητρώου "
        "«Μητρώο επιμορφωτών Β2» την πρώτη ημέρα μαθημάτων. Επιλέξτε μέλος του ή ζητήστε από τον "
        "φορέα την ένταξη.",
        f"Τεχνική υποστήριξη: {helper.full_name} δεν είναι ενεργό μέλος του μητρώου "
        "«Τεχνική υποστήριξη κέντρων» την πρώτη ημέρα μαθημάτων. Επιλέξτε μέλος του ή ζητήστε "
        "από τον φορέα την ένταξη.",
    ]
    entered(trainers, programme.trainer, officer)
    entered(staff, helper, officer)
    assert broken(programme) == []


def test_a_register_of_another_body_and_an_action_that_is_over_are_refused(officer, actor_for):
    other = actor_for(people.officer("iep"))
    foreign = a_register(other, "iep")
    action = make.an_action()
    with pytest.raises(Refusal, match="τηρεί άλλος φορέας"):
        operations.name_register(action, TRAINER, foreign, actor=officer, at=AT)
    with pytest.raises(PermissionDenied):
        operations.name_register(action, TRAINER, foreign, actor=other, at=AT)
    closed = make.an_action(state="closed")
    with pytest.raises(StepRefusedError, match="έχει τελειώσει"):
        operations.name_register(closed, TRAINER, a_register(officer), actor=officer, at=AT)


def test_of_two_officers_the_second_sees_what_the_first_named(officer):
    action, one, two = make.an_action(), a_register(officer), a_register(officer)
    operations.name_register(action, TRAINER, one, actor=officer, at=AT, seen=0)
    with pytest.raises(OvertakenError):
        operations.name_register(action, TRAINER, two, actor=officer, at=AT, seen=0)
    assert ActionRegister.objects.get().register == one
    written = JournalEntry.objects.get(subject_id=action.pk, act=operations.naming(TRAINER))
    assert written.reason == "«Μητρώο επιμορφωτών Β2»"


def test_the_space_of_an_action_opens_with_its_register_and_follows_it(officer, actor_for):
    operator, action = actor_for(people.an_operator()), make.an_action(ready=False)

    def opened():
        return spaces.open_space(action, "action.register", actor=operator, at=AT).place

    with pytest.raises(Refusal, match="δεν ορίζει μητρώο"):
        opened()
    named(action, officer)
    assert not Space.objects.exists()
    assert opened() == "Μητρώο: Μητρώο επιμορφωτών Β2"
    named(action, officer, title="Άλλο μητρώο")
    assert opened() == "Μητρώο: Άλλο μητρώο"


def test_a_call_opened_from_the_action_carries_its_terms_and_only_one_runs(officer):
    action, form = make.an_action(), a_form("itye", AT)
    rules = [{"kind": "service_years", "least": 2}]
    of_programmes = [{"kind": "specialty_in_cluster"}, {"kind": "locality"}]
    CourseVersion.objects.filter(pk=action.course_version_id).update(
        trainer_profile=[*rules, *of_programmes]
    )
    by = {"actor": officer, "at": AT}
    with pytest.raises(Refusal, match="Ορίστε πρώτα"):
        operations.call_members(action, TRAINER, form, **by)
    register = named(action, officer)
    call = operations.call_members(action, TRAINER, form, **by)
    assert call.register == register
    assert (call.state, call.fills, call.fills_name) == (
        "draft",
        "register",
        "Μητρώο επιμορφωτών Β2",
    )
    assert (call.audience_rules, call.form) == (rules, form)
    assert call.audience
    with pytest.raises(Refusal, match="δεν έχει τελειώσει"):
        operations.call_members(action, TRAINER, form, **by)
    of_registers.discard(call, **by)
    again = operations.call_members(action, TRAINER, form, **by)
    assert ActionRegister.objects.get().call == again


def test_an_officer_names_the_register_on_screen_and_opens_the_call(
    client, login, person, officer, set_clock
):
    set_clock(AT)
    action, register, form = make.an_action(), a_register(officer), a_form("itye", AT)
    login(client, person)
    page = client.get(reverse("programmes:action", args=[action.pk])).content.decode()
    url = reverse("programmes:action-register", args=[action.pk, "trainer"])
    assert url in page
    opened = client.get(url)
    wanted = {"register": register.pk, "seen": opened.context["seen"]}
    done = client.post(url, wanted, follow=True)
    assert "Το μητρώο του ρόλου αποθηκεύτηκε." in done.content.decode()
    late = client.post(url, wanted | {"register": ""})
    assert "Άλλαξε στο μεταξύ" in late.content.decode()
    call = reverse("programmes:action-call", args=[action.pk, "trainer"])
    assert call in done.content.decode()
    made = client.post(call, {"form": form.pk}, follow=True)
    assert "Ένταξη στο «Μητρώο επιμορφωτών Β2»" in made.content.decode()
    twice = client.post(call, {"form": form.pk})
    assert twice.status_code == 422
    assert "Συνεχίστε από εκείνη" in twice.content.decode()


def test_a_centre_that_insists_on_a_stranger_reads_which_register(
    client, login, period, officer, set_clock
):
    set_clock(AT)
    kozani, stranger = structures.a_centre("KOZ"), people.a_trainer()
    named(period.action, officer)
    login(client, people.a_centre_manager(kozani))
    values = {
        "category": period.action.categories.get(code="IIa").pk,
        "cluster": structures.a_cluster("B2.3").pk,
        "minimum": "11",
        "capacity": "14",
        "trainer": stranger.pk,
    }
    page = client.post(reverse("programmes:new", args=[period.pk]), values).content.decode()
    assert "δεν είναι ενεργό μέλος του μητρώου «Μητρώο επιμορφωτών Β2»" in page


@pytest.mark.parametrize("address", ["action-register", "action-call"])
def test_other_bodies_and_unknown_roles_find_nothing(client, login, officer, address):
    action = make.an_action()
    named(action, officer)
    login(client, people.officer("iep"))
    url = reverse(f"programmes:{address}", args=[action.pk, "trainer"])
    assert client.get(url).status_code == 404
    login(client, people.officer())
    unknown = reverse(f"programmes:{address}", args=[action.pk, "nobody"])
    assert client.get(unknown).status_code == 404
