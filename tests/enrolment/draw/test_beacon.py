from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from didaskaleio.enrolment.draw import Malformed, beacon_matches, valid_beacon, valid_pattern

PLAIN = "abcXYZ0189 /-:"
counts = st.one_of(
    st.sampled_from(["", "+", "{0}", "{3}", "{0,2}", "{2,2}", "{007}"]),
    st.integers(0, 5).map(lambda most: f"{{0,{most}}}"),
)
classes = st.lists(
    st.one_of(st.sampled_from("abc019 /:"), st.sampled_from(["a-f", "0-9", "A-Z", " -:", "0-a"])),
    min_size=1,
    max_size=4,
).map(lambda items: f"[{''.join(items)}]")
patterns = st.lists(
    st.tuples(st.one_of(st.sampled_from(PLAIN), classes), counts).map("".join),
    min_size=1,
    max_size=6,
).map("".join)


@given(patterns, st.data())
def test_a_pattern_matches_what_a_regular_expression_would(
    pattern: str, data: st.DataObject
) -> None:
    try:
        compiled = re.compile(pattern)
    except re.error:
        assert not valid_pattern(pattern)
        return
    assert valid_pattern(pattern)
    text = data.draw(st.one_of(st.from_regex(compiled, fullmatch=True), st.text(PLAIN)))[:200]
    assert beacon_matches(pattern, text) == (compiled.fullmatch(text) is not None)


@pytest.mark.parametrize(
    "pattern",
    [
        "a",
        "-",
        ":",
        "[0-9a-f]{64}",
        "[0-9 /]+",
        "[a-]",
        "[-a]",
        "[--9]",
        "a{0}b",
        "a{1,200}",
        "a" * 200,
    ],
)
def test_these_patterns_may_be_announced(pattern: str) -> None:
    assert valid_pattern(pattern)


@pytest.mark.parametrize(
    "pattern",
    [
        "",
        "a" * 201,
        "+",
        "{3}",
        "a++",
        "a{2}+",
        "a{201}",
        "a{1,201}",
        "a{3,2}",
        "a{,3}",
        "a{3,}",
        "a{}",
        "a{1",
        "a{٣}",
        "[",
        "]",
        "[]",
        "[]]",
        "[a",
        "[^a]",
        "[9-0]",
        "[a.b]",
        ".",
        "a*",
        "a?",
        "(a)",
        "a|b",
        "^a",
        "a$",
        r"\d",
        "α",
        "[α-ω]",
        "a\n",
        "\ta",
        "a_b",
        "[[a]]",
        "�",
    ],
)
def test_these_patterns_are_refused(pattern: str) -> None:
    assert not valid_pattern(pattern)
    with pytest.raises(Malformed):
        beacon_matches(pattern, "a")


@pytest.mark.parametrize("pattern", ["[a-]+", "[-a]+", "[a-a-]+", "[--/a]+"])
def test_a_dash_that_joins_no_range_stands_for_itself(pattern: str) -> None:
    assert beacon_matches(pattern, "a-a")
    assert not beacon_matches(pattern, "a b")


@pytest.mark.parametrize("text", ["x", "3 17 / 9", "!" * 200, "~", '"\\'])
def test_these_beacons_have_an_allowed_form(text: str) -> None:
    assert valid_beacon(text)


@pytest.mark.parametrize("text", ["", " ", " x", "x ", "x\n", "é", "x\x7f", "!" * 201, "a\tb"])
def test_these_beacons_have_not(text: str) -> None:
    assert not valid_beacon(text)


def test_a_pattern_made_to_be_slow_is_decided_at_once() -> None:
    start = time.perf_counter()
    assert not beacon_matches("[a-z]+" * 33, "a" * 199 + "1")
    assert time.perf_counter() - start < 1
