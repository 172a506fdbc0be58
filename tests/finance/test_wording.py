"""Texts of contracts: placeholders are checked, filled once, set in blocks.

Shows: R-072
"""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from didaskaleio.finance import wording

words = st.text(alphabet="αβγδε {}\n1", max_size=60)


def test_an_unknown_placeholder_is_named():
    assert wording.problems("Ο {δικαιούχος} και ο {αγνωστος}.") == [
        "Άγνωστη θέση συμπλήρωσης «{αγνωστος}». Διαλέξτε από τον κατάλογο."
    ]


def test_a_brace_that_stands_alone_is_told():
    assert wording.problems("Ο {δικαιούχος") == [
        "Μια αγκύλη { ή } έμεινε μόνη της. Κλείστε την ή σβήστε τη."
    ]


def test_an_empty_text_has_a_problem():
    assert wording.problems("  \n") == ["Το κείμενο είναι κενό. Γράψτε τους όρους της σύμβασης."]


def test_what_is_filled_in_is_never_read_for_placeholders():
    assert wording.fill("{έργο} {ώρες}", {"έργο": "{ώρες}", "ώρες": "60"}) == "{ώρες} 60"


def test_an_empty_value_leaves_a_dash():
    assert wording.fill("έως {ανώτατο_ποσό} ευρώ", {"ανώτατο_ποσό": ""}) == "έως – ευρώ"


def test_an_article_has_its_first_line_as_heading():
    assert wording.blocks("Πρόλογος.\n\nΆρθρο 1. Έργο\nΔιδάσκει.\n\n\nΤέλος.") == [
        wording.Block("", "Πρόλογος."),
        wording.Block("Άρθρο 1. Έργο", "Διδάσκει."),
        wording.Block("", "Τέλος."),
    ]


@given(words)
def test_a_text_without_problems_is_filled_without_braces_left(text):
    known = text.replace("{", "{έργο} ").replace("}", "")
    filled = wording.fill(known, wording.EXAMPLE)
    if not wording.problems(known):
        assert "{" not in filled
    assert wording.used(filled) == set() or wording.problems(known)


@given(words)
def test_no_word_of_the_text_is_lost_among_its_blocks(text):
    kept = "".join(block.heading + block.text for block in wording.blocks(text))
    assert "".join(kept.split()) == "".join(text.split())
