"""Granting and withdrawing posts: by whom, over what, with which trace.

Shows: R-008, R-165.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from didaskaleio.kernel import access, journal
from didaskaleio.kernel.access import SYSTEM
from didaskaleio.kernel.errors import ReasonMissingError
from didaskaleio.people import operations, queries
from didaskaleio.people.enums import Role, Scope
from didaskaleio.people.errors import (
    AlreadyHeldError,
    BeyondScopeError,
    EndedPostError,
    InactivePersonError,
    OwnRightsError,
    ScopeError,
)
from didaskaleio.people.models import Person, Post
from didaskaleio.structures.models import Region
from tests.factories.people import (
    a_person,
    a_post,
    a_teacher,
    an_operator,
    ministry_officer,
    officer,
)
from tests.factories.structures import a_body, a_centre

pytestmark = pytest.mark.django_db
WHY = "Απόφαση ορισμού 12/2023"


def head(body="itye"):
    return officer(body, Role.BODY_HEAD)


def give(
    actor, at, *, person=None, role=Role.BODY_OFFICER, scope=Scope.BODY, scope_id=None, reason=WHY
):
    return operations.grant(
        person or a_person(),
        role=role,
        scope=scope,
        scope_id=scope_id if scope_id or scope == Scope.COUNTRY else a_body().pk,
        actor=actor,
        at=at,
        reason=reason,
    )


def test_a_granted_right_holds_from_its_moment_and_is_journalled(at, actor_for):
    person, granter = a_person(), head()
    post = give(actor_for(granter), at, person=person)
    actor = queries.actor_of(person, at=at)
    assert actor.posts == {("body_officer", "body", a_body().pk)}
    entry = journal.of(post).get()
    assert (entry.actor_id, entry.at, entry.reason) == (granter.pk, at, WHY)
    assert entry.act == "Απόδοση δικαιώματος: Στέλεχος φορέα υλοποίησης, Ι.Τ.Υ.Ε. «Διόφαντος»"
    assert journal.of(person).get().data["post"] == post.pk


def test_a_withdrawn_right_ends_at_its_moment_and_keeps_its_history(at, actor_for):
    person, granter = a_person(), actor_for(head())
    post = give(granter, at, person=person)
    later = at + timedelta(days=1)
    operations.withdraw(post, actor=granter, at=later, reason="Λήξη ορισμού")
    assert queries.actor_of(person, at=at).holds("body_officer")
    assert not queries.actor_of(person, at=later).holds("body_officer")
    assert [e.reason for e in journal.of(post)] == ["Λήξη ορισμού", WHY]


def test_a_right_that_was_withdrawn_may_be_given_again(at, actor_for):
    person, granter = a_person(), actor_for(head())
    operations.withdraw(give(granter, at, person=person), actor=granter, at=at, reason=WHY)
    assert give(granter, at, person=person).valid_until is None


@pytest.mark.parametrize("reason", ["", "   "])
def test_nothing_is_granted_or_withdrawn_without_a_reason(at, actor_for, reason):
    granter = actor_for(head())
    with pytest.raises(ReasonMissingError):
        give(granter, at, reason=reason)
    post = give(granter, at)
    with pytest.raises(ReasonMissingError):
        operations.withdraw(post, actor=granter, at=at, reason=reason)


def test_nobody_grants_to_or_withdraws_from_themselves(at, actor_for):
    one = an_operator()
    with pytest.raises(OwnRightsError):
        give(actor_for(one), at, person=one)
    with pytest.raises(OwnRightsError):
        operations.withdraw(one.posts.get(), actor=actor_for(one), at=at, reason=WHY)


def test_a_head_answers_for_the_own_body_and_its_centres_only(at, actor_for):
    granter = actor_for(head("itye"))
    ours, theirs = a_centre(), a_centre(body=a_body("iep"))
    assert give(granter, at, role=Role.CENTRE_MANAGER, scope=Scope.CENTRE, scope_id=ours.pk)
    with pytest.raises(BeyondScopeError):
        give(granter, at, role=Role.CENTRE_MANAGER, scope=Scope.CENTRE, scope_id=theirs.pk)
    with pytest.raises(BeyondScopeError):
        give(granter, at, scope_id=a_body("iep").pk)


@pytest.mark.parametrize(
    ("role", "scope"),
    [
        (Role.OPERATOR, Scope.COUNTRY),
        (Role.MINISTRY_OFFICER, Scope.COUNTRY),
        (Role.TRAINER, Scope.COUNTRY),
        (Role.REGIONAL_OFFICER, Scope.REGION),
    ],
)
def test_what_belongs_to_no_body_is_granted_by_ministry_and_operator_only(
    at, actor_for, role, scope
):
    where = Region.objects.get(code="KRI").pk if scope == Scope.REGION else None
    with pytest.raises(BeyondScopeError):
        give(actor_for(head()), at, role=role, scope=scope, scope_id=where)
    for granter in (ministry_officer(), an_operator()):
        assert give(actor_for(granter), at, role=role, scope=scope, scope_id=where).pk


@pytest.mark.parametrize(
    "role", [Role.BODY_OFFICER, Role.PLANNER, Role.TEACHER, Role.CENTRE_MANAGER]
)
def test_other_roles_grant_and_withdraw_nothing(at, actor_for, role):
    person = a_person()
    scope, thing = {
        Role.TEACHER: (Scope.COUNTRY, None),
        Role.CENTRE_MANAGER: (Scope.CENTRE, a_centre()),
    }.get(role, (Scope.BODY, a_body()))
    a_post(person, role, scope, thing)
    with pytest.raises(BeyondScopeError):
        give(actor_for(person), at)
    with pytest.raises(BeyondScopeError):
        operations.withdraw(officer().posts.get(), actor=actor_for(person), at=at, reason=WHY)


@pytest.mark.parametrize(
    ("role", "scope"),
    [(Role.TEACHER, Scope.BODY), (Role.CENTRE_MANAGER, Scope.BODY), ("king", Scope.COUNTRY)],
)
def test_a_role_is_given_only_over_the_scopes_that_fit_it(at, role, scope):
    with pytest.raises(ScopeError):
        give(SYSTEM, at, role=role, scope=scope)


@pytest.mark.parametrize("scope_id", [None, 999_999])
def test_a_scope_that_does_not_exist_is_refused(at, scope_id):
    with pytest.raises(ScopeError):
        operations.grant(
            a_person(),
            role=Role.BODY_OFFICER,
            scope=Scope.BODY,
            scope_id=scope_id,
            actor=SYSTEM,
            at=at,
            reason=WHY,
        )


def test_the_same_right_is_not_held_twice(at):
    person = a_person()
    give(SYSTEM, at, person=person)
    with pytest.raises(AlreadyHeldError):
        give(SYSTEM, at, person=person)


def test_a_closed_account_receives_no_right(at):
    with pytest.raises(InactivePersonError):
        give(SYSTEM, at, person=a_person(is_active=False))


def test_a_right_ends_once(at):
    post = give(SYSTEM, at)
    operations.withdraw(post, actor=SYSTEM, at=at, reason=WHY)
    with pytest.raises(EndedPostError):
        operations.withdraw(post, actor=SYSTEM, at=at, reason=WHY)


def test_the_last_operator_stays(at, actor_for):
    one, other = an_operator(), an_operator()
    operations.withdraw(other.posts.get(), actor=actor_for(one), at=at, reason=WHY)
    with pytest.raises(EndedPostError):
        operations.withdraw(one.posts.get(), actor=actor_for(ministry_officer()), at=at, reason=WHY)


def test_an_officer_of_a_body_sees_the_record_of_its_people_and_of_nobody_elses(at, actor_for):
    ours, theirs = officer("itye"), officer("iep")
    a_post(manager := a_person(), Role.CENTRE_MANAGER, Scope.CENTRE, a_centre(body=a_body("iep")))
    for viewer, seen, hidden in [
        (officer("itye"), {ours}, {theirs, manager}),
        (officer("iep"), {theirs, manager}, {ours}),
        (head("itye"), {ours}, {theirs, manager}),
    ]:
        visible = set(access.visible(actor_for(viewer), "person.view_record", Person.objects.all()))
        assert seen <= visible
        assert not hidden & visible


def test_posts_of_the_other_body_are_hidden_from_a_head(at, actor_for):
    ours, theirs = officer("itye").posts.get(), officer("iep").posts.get()
    visible = set(access.visible(actor_for(head("itye")), "post.view", Post.objects.all()))
    assert ours in visible
    assert theirs not in visible


def test_a_regional_officer_sees_the_teachers_of_the_region(at, actor_for):
    here, _there = a_teacher(prefecture="KOZ"), a_teacher(prefecture="HER")
    viewer = a_person()
    a_post(viewer, Role.REGIONAL_OFFICER, Scope.REGION, Region.objects.get(code="DMA"))
    visible = set(access.visible(actor_for(viewer), "person.view_record", Person.objects.all()))
    assert visible == {here, viewer}


PERMISSIONS = {
    "post.view": Post,
    "post.grant": Post,
    "post.withdraw": Post,
    "person.view_record": Person,
    "identifier.set": Person,
    "rights.open": Person,
    "profile.view": Person,
}


@pytest.fixture
def a_world():
    """One of each: a body of each kind, centres of both, teachers of two regions."""
    bodies = [a_body("itye"), a_body("iep")]
    centres = [a_centre(body=body) for body in bodies]
    people = [officer("itye"), officer("iep"), an_operator(), ministry_officer()]
    people += [a_teacher(prefecture="KOZ"), a_teacher(prefecture="HER"), a_person()]
    for centre in centres:
        a_post(person := a_person(), Role.CENTRE_MANAGER, Scope.CENTRE, centre)
        people.append(person)
    regions = list(Region.objects.filter(code__in=["DMA", "KRI"]))
    return {
        "people": people,
        Scope.BODY: [body.pk for body in bodies],
        Scope.CENTRE: [centre.pk for centre in centres],
        Scope.REGION: [region.pk for region in regions],
        Scope.DIRECTORATE: [centre.directorate_id for centre in centres],
        Scope.COUNTRY: [None],
        Scope.COURSE: [1],
    }


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_what_a_rule_allows_is_what_its_query_finds(a_world, data):
    """For any posts of an actor, permission by permission, row by row."""
    kinds = st.sampled_from([k for k in a_world if k != "people"])
    post = st.tuples(st.sampled_from(list(Role)), kinds).flatmap(
        lambda pair: st.sampled_from(a_world[pair[1]]).map(
            lambda pk: access.HeldPost(str(pair[0]), str(pair[1]), pk)
        )
    )
    posts = data.draw(st.frozensets(post, max_size=3))
    person = data.draw(st.sampled_from(a_world["people"]))
    actor = access.Actor(user_id=person.pk, name="δοκιμή", posts=posts)
    for permission, model in PERMISSIONS.items():
        found = set(access.visible(actor, permission, model.objects.all()))
        assert found == {
            row for row in model.objects.all() if access.allowed(actor, permission, row)
        }
