"""Access: one rule answers for one object and for rows, and both answers agree."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import given
from hypothesis import strategies as st

from didaskaleio.kernel import access
from didaskaleio.kernel.access import (
    NOBODY,
    SYSTEM,
    Actor,
    AllOf,
    AnyOf,
    Everyone,
    HeldPost,
    Holds,
    InState,
    Own,
    Register,
    SignedIn,
)
from didaskaleio.structures.models import Prefecture, Region

LEAVES = st.sampled_from(
    [
        Holds("officer", "region", within="region_id"),
        Holds("officer", "prefecture", within="id"),
        Holds("minister"),
        Own("id"),
        InState(frozenset({"KOZ", "THS"}), path="code"),
        Everyone(),
        SignedIn(),
    ]
)
RULES = st.recursive(
    LEAVES,
    lambda inner: st.tuples(inner, inner).map(AnyOf) | st.tuples(inner, inner).map(AllOf),
    max_leaves=6,
)


@pytest.fixture(scope="module")
def ids(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        return (
            list(Prefecture.objects.values_list("pk", flat=True)),
            list(Region.objects.values_list("pk", flat=True)),
        )


@pytest.mark.django_db
def test_what_a_rule_allows_is_exactly_what_it_selects(ids):
    prefectures, regions = ids
    posts = st.frozensets(
        st.one_of(
            st.builds(HeldPost, st.just("officer"), st.just("region"), st.sampled_from(regions)),
            st.builds(
                HeldPost, st.just("officer"), st.just("prefecture"), st.sampled_from(prefectures)
            ),
            st.just(HeldPost("officer", "country", None)),
            st.just(HeldPost("minister", "country", None)),
        ),
        max_size=3,
    )
    rows = list(Prefecture.objects.all())

    @given(RULES, posts, st.one_of(st.none(), st.sampled_from(prefectures)))
    def agree(rule, held, user_id):
        actor = Actor(user_id, "Δοκιμή", held)
        allowed = {row.pk for row in rows if rule.allows(actor, row)}
        selected = set(Prefecture.objects.filter(rule.q(actor)).values_list("pk", flat=True))
        assert allowed == selected

    agree()


def test_a_permission_is_declared_once():
    register = Register()
    register.declare("thing.see", Everyone())
    with pytest.raises(ValueError, match="declared twice"):
        register.declare("thing.see", Everyone())


def test_nobody_holds_nothing_and_the_platform_may_take_every_step():
    rule = Holds("officer", "region", within="region_id")
    thing = Prefecture(region_id=3)
    assert not rule.allows(NOBODY, thing)
    access.register.rules["test.only"] = rule
    try:
        access.require(SYSTEM, "test.only", thing)
        with pytest.raises(PermissionDenied):
            access.require(NOBODY, "test.only", thing)
    finally:
        del access.register.rules["test.only"]
