"""Limits of tries: counted exactly, shared by all processes, passing by themselves.

Shows: R-166.
"""

from __future__ import annotations

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connections
from django.test import RequestFactory

from didaskaleio.kernel import lifecycle, limits
from didaskaleio.kernel.limits import Limit, TooOftenError
from didaskaleio.kernel.models import Tries
from didaskaleio.kernel.web.limits import address_of
from didaskaleio.site.settings import limits as read

THREE = Limit("three", "τρεις σε ένα λεπτό", 3, 60)
LATER = timedelta(seconds=59)
MINUTE = timedelta(seconds=60)


def refused(who, at):
    try:
        limits.take(THREE, who, at)
    except TooOftenError as refusal:
        return refusal
    return None


@pytest.mark.django_db
def test_three_are_taken_and_the_fourth_is_told_when_to_return(at):
    assert [refused("a", at) for _ in range(3)] == [None] * 3
    refusal = refused("a", at + LATER)
    assert refusal.until == at + MINUTE
    assert refusal.seconds == 1
    assert str(refusal) == (
        "Έγιναν πολλές προσπάθειες σε λίγη ώρα. Δοκιμάστε ξανά από τις 18/1/2023, 10:01."
    )


@pytest.mark.django_db
def test_somebody_else_is_not_counted_with_the_first(at):
    assert [refused("a", at) for _ in range(4)][3] is not None
    assert refused("b", at) is None


@pytest.mark.django_db
def test_the_limit_passes_by_itself_however_often_it_was_hit(at):
    for second in range(50):
        refused("a", at + timedelta(seconds=second))
    assert refused("a", at + LATER) is not None
    assert refused("a", at + MINUTE) is None


@pytest.mark.django_db
def test_an_honest_try_is_given_back(at):
    for _ in range(20):
        assert refused("a", at) is None
        limits.give_back(THREE, "a")
    limits.give_back(THREE, "a")
    assert [refused("a", at) is None for _ in range(4)] == [True, True, True, False]
    limits.forget(THREE, "a")
    assert refused("a", at) is None


@pytest.mark.django_db
def test_a_limit_of_no_times_counts_nothing(at):
    limits.take(Limit("off", "", 0, 1), "a", at)
    assert not Tries.objects.exists()


@pytest.mark.django_db
def test_who_tried_is_not_written_down(at):
    limits.take(THREE, "dokimi@example.org", at)
    assert "dokimi" not in Tries.objects.get().key


@pytest.mark.django_db
def test_old_tries_are_swept_by_the_clock(at):
    limits.take(THREE, "a", at)
    lifecycle.chores["kernel.old_tries"](at + timedelta(days=2))
    assert Tries.objects.count() == 1
    lifecycle.chores["kernel.old_tries"](at + timedelta(days=2, seconds=1))
    assert Tries.objects.count() == 0


@pytest.mark.race
def test_of_eight_at_the_same_moment_exactly_three_are_taken(committed_db, at):
    barrier, taken = Barrier(8), []

    def one():
        barrier.wait()
        taken.append(refused("a", at) is None)
        connections.close_all()

    threads = [Thread(target=one) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == [False] * 5 + [True] * 3


@pytest.mark.parametrize(
    ("proxies", "peer", "passed", "expected"),
    [
        (0, "192.0.2.7", "198.51.100.1", "192.0.2.7"),
        (1, "127.0.0.1", "6.6.6.6, 198.51.100.1", "198.51.100.1"),
        (2, "127.0.0.1", "6.6.6.6, 198.51.100.1, 10.0.0.1", "198.51.100.1"),
        (1, "192.0.2.7", "", "192.0.2.7"),
        (0, "2001:db8:1:2:3:4:5:6", "", "2001:db8:1:2::/64"),
        (0, "::ffff:192.0.2.7", "", "192.0.2.7"),
        (0, "", "", ""),
    ],
)
def test_the_address_is_the_one_that_our_own_proxies_saw(settings, proxies, peer, passed, expected):
    settings.PROXIES = proxies
    given = {"HTTP_X_FORWARDED_FOR": passed} if passed else {}
    assert address_of(RequestFactory().get("/", REMOTE_ADDR=peer, **given)) == expected


def test_limits_are_read_from_the_environment():
    assert read("login=3/60, verify=0/1") == {"login": (3, 60), "verify": (0, 1)}
    assert read("") == {}
