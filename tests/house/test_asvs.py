"""The table of OWASP ASVS is complete for levels 1 and 2, and every test that it names exists.

Shows: R-166.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

PAGE = Path("docs/operate/asvs.md").read_text()
ROW = re.compile(r"^\| (\d+\.\d+\.\d+) \| ([12]) \| (.+?) \| (.+) \|$", re.MULTILINE)
ANSWERS = ("test: ", "design: ", "does not apply: ", "not yet")
# section: how many requirements of level 1 and 2 (they stand first, level 3 last)
SECTIONS = """
1.1:2 1.2:9 1.3:11 1.4:3 1.5:2 2.1:3 2.2:3 2.3:4 2.4:1 3.2:2 3.3:4 3.4:6 3.5:5 3.7:2 4.1:3 4.2:1
4.3:2 4.4:4 5.1:1 5.2:3 5.3:2 5.4:3 6.1:3 6.2:12 6.3:4 6.4:4 6.5:5 6.6:3 6.8:4 7.1:3 7.2:4 7.3:2
7.4:5 7.5:2 7.6:2 8.1:2 8.2:3 8.3:1 8.4:1 9.1:3 9.2:4 10.1:2 10.2:2 10.3:4 10.4:11 10.5:5 10.6:2
10.7:3 11.1:2 11.2:3 11.3:3 11.4:4 11.5:1 11.6:1 12.1:3 12.2:2 12.3:4 13.1:1 13.2:5 13.3:2 13.4:5
14.1:2 14.2:4 14.3:3 15.1:3 15.2:3 15.3:7 16.1:1 16.2:5 16.3:4 16.4:3 16.5:3 17.1:1 17.2:4 17.3:2
"""


def rows():
    return ROW.findall(PAGE)


def test_every_requirement_of_levels_1_and_2_stands_there_once():
    wanted = [
        f"{section}.{number}"
        for section, count in (part.split(":") for part in SECTIONS.split())
        for number in range(1, int(count) + 1)
    ]
    assert [number for number, *_ in rows()] == wanted
    assert len(wanted) == 253


def test_every_answer_says_what_it_is():
    silent = [number for number, _, _, answer in rows() if not answer.startswith(ANSWERS)]
    assert silent == []


def test_what_does_not_apply_or_is_not_there_yet_has_its_reason():
    bare = [
        number
        for number, _, _, answer in rows()
        if answer.startswith("does not apply: ") and len(answer) < len("does not apply: ") + 5
    ]
    assert bare == []


def test_every_test_that_is_named_exists():
    named = set(re.findall(r"`(tests/[^`]+)`", PAGE))
    assert len(named) > 20
    assert [name for name in sorted(named) if not Path(name).is_file()] == []


def test_the_figures_at_the_top_are_those_of_the_table():
    kinds = Counter(
        "not yet"
        if "not yet" in answer
        else "does not apply"
        if answer.startswith("does not apply")
        else "by a test"
        if "test: " in answer
        else "by design"
        for _, _, _, answer in rows()
    )
    said = dict(re.findall(r"^\| ([a-z ]+) \| (\d+) \|$", PAGE, re.MULTILINE))
    assert {name: int(count) for name, count in said.items()} == kinds
