"""Hundreds of harmed files: none is valid, none makes the checker fail or linger.

Shows: R-073
"""

from __future__ import annotations

import time
from collections import Counter

import pytest

from didaskaleio.credentials.signing.apart import judge_apart
from didaskaleio.credentials.signing.findings import Flaw
from didaskaleio.credentials.signing.judging import judge
from tests.factories import signing

from . import mutations
from .test_judging import AT, MARIA, base, question

__all__ = ["base"]
LONGEST = 5.0


@pytest.fixture(scope="module")
def content(base):
    """A good file whose signature brings no certificate but its own."""
    return signing.signed(base, MARIA, AT, chain=False)


def judged(harmed, base):
    began = time.process_time()
    found = judge(question(harmed, base))
    assert time.process_time() - began < LONGEST
    return found


def test_the_file_itself_is_valid(base, content):
    assert judged(content, base).valid


def test_no_harm_to_its_octets_leaves_it_valid(base, content):
    places = [*range(7, len(base), 900), *range(len(base), len(content) - 1, 97)]
    harmed = [
        *mutations.flipped(content, places),
        *mutations.truncated(content, len(base), 30),
        *mutations.appended(content, base),
        *mutations.replaced(content, len(base)),
        *mutations.moved(content),
    ]
    assert len(harmed) > 200
    valid = [title for title, one in harmed if judged(one, base).valid]
    assert valid == []


@pytest.mark.parametrize("change", mutations.changes())
def test_what_changes_after_the_signature_is_found(base, content, change):
    harmed = mutations.updated(content, mutations.changes()[change])
    assert not judged(harmed, base).valid
    assert not judge(question(harmed, None, signer=None)).valid


@pytest.mark.parametrize("change", mutations.changes())
def test_what_changes_before_the_signature_is_found(base, change):
    shadow = mutations.updated(base, mutations.changes()[change])
    found = judged(signing.signed(shadow, MARIA, AT), base)
    assert found.flaw in {Flaw.CHANGED, Flaw.UNREADABLE}


def test_every_flaw_is_one_of_those_that_have_words(base, content):
    harmed = mutations.appended(content, base)
    flaws = Counter(judged(one, base).flaw for _, one in harmed)
    assert None not in flaws


def test_a_process_apart_judges_the_same(base, content):
    good = question(content, base)
    assert judge_apart(good) == judge(good)
    assert judge_apart(question(b"%PDF-1.7 nothing", None)).flaw == Flaw.UNREADABLE


def test_a_process_apart_ends_when_its_time_or_memory_does(base, content):
    assert judge_apart(question(content, base), seconds=0).flaw == Flaw.TOO_HEAVY
    assert judge_apart(question(content, base), memory=1 << 20).flaw == Flaw.TOO_HEAVY
