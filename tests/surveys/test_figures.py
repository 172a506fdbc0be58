"""The figures of the course of 2023 come out to the digit, and what contradicts them is said.

Shows: R-068.
"""

from __future__ import annotations

from decimal import Decimal

import pytest

from didaskaleio.surveys import figures
from tests.factories import people
from tests.markup import markup


def test_every_published_share_comes_out_to_the_digit():
    found = figures.course()
    assert (found.registered, found.completed, found.answers) == (1854, 533, 694)
    assert found.finished.computed == Decimal("28.75")
    assert [(s.people, str(s.said), str(s.computed), s.way) for s in found.shares] == [
        (650, "93.65", "93.66", "cut"),
        (578, "83", "83.29", "rounded"),
        (591, "85", "85.16", "rounded"),
        (575, "83", "82.85", "rounded"),
    ]
    assert [event.viewers for event in found.events] == [2774, 1862, 654]
    assert (found.workshops["people"], found.workshops["facilitators"]) == (290, 19)
    assert (found.posts_over, found.group_members) == (3000, 8400)


def test_each_contradiction_is_said_with_its_numbers():
    told = figures.contradictions(figures.course())
    assert [sentence.split(":")[0] for sentence in told] == [
        "Την εκδήλωση «Καλωσόρισμα» παρακολούθησαν 2.774, περισσότερα πρόσωπα από όσα γράφτηκαν "
        "(1.854)",
        "Την εκδήλωση «Σχεδιασμός ενός συνεργατικού έργου» παρακολούθησαν 1.862, περισσότερα "
        "πρόσωπα από όσα γράφτηκαν (1.854)",
        "Απάντησαν 694, περισσότερα πρόσωπα από όσα ολοκλήρωσαν (533)",
        "Ανακοινώθηκε διάρκεια 4 εβδομάδων, αλλά από 13/3/2023 έως 23/4/2023 είναι 6.",
        "Δημοσιεύτηκε 93,65 %, αλλά 650 από 694 είναι 93,66 %",
    ]


def test_figures_that_agree_are_not_blamed():
    from dataclasses import replace

    found = figures.course()
    sound = replace(found, registered=3_000, completed=700, weeks=6, shares=found.shares[1:])
    assert figures.contradictions(sound) == []


@pytest.mark.django_db
def test_the_page_shows_both_figures_and_the_contradictions(client, login):
    login(client, people.ministry_officer())
    page = markup(client.get("/surveys/mooc/"))
    for words in ("93,65 %", "93,66 %", "28,75 %", "2.774", "Δεν συμφωνεί", "4 εβδομάδων"):
        assert words in page
    login(client, people.a_person())
    assert client.get("/surveys/mooc/").status_code == 403
