"""Hours and ratio of a course, and of the programmes built on it (R-002, R-004).

Shows: R-004.
"""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from didaskaleio.courses.hours import Ratio, by_mode, mismatch, problems
from didaskaleio.courses.versions import Line, compare

B2 = Ratio(8, 20, 14, 18)
amounts = st.integers(min_value=0, max_value=99)


def test_sixty_hours_in_four_modes_and_in_units_add_up():
    assert problems(60, B2, [12, 18, 14, 16]) == []


def test_each_sum_that_differs_is_named_with_its_figures():
    assert problems(60, Ratio(8, 20, 14, 17), [60])[0].startswith("Οι ώρες ανά τρόπο είναι 59")
    assert problems(60, B2, [12, 18])[0].startswith("Οι ενότητες έχουν 30 ώρες· το σύνολο είναι 60")
    assert problems(60, B2, []) == [
        "Το πρόγραμμα σπουδών δεν έχει ενότητες: προσθέστε τουλάχιστον μία."
    ]
    assert "σύνολο" in problems(0, Ratio(0, 0, 0, 0), [])[0]


@given(amounts, amounts, amounts, amounts)
def test_a_programme_like_its_course_departs_in_nothing(a, b, c, d):
    assert mismatch(Ratio(a, b, c, d), Ratio(a, b, c, d), remote_instead=False) == []


def test_the_remote_category_may_hold_its_face_to_face_hours_as_synchronous():
    remote = Ratio(0, 28, 14, 18)
    assert mismatch(B2, remote, remote_instead=True) == []
    assert mismatch(B2, remote, remote_instead=False) == [
        "Διά ζώσης: 0 ώρες· το θεματικό αντικείμενο ορίζει 8.",
        "Σύγχρονες: 28 ώρες· το θεματικό αντικείμενο ορίζει 20.",
    ]
    assert len(mismatch(B2, Ratio(0, 26, 14, 18), remote_instead=True)) == 2


def test_a_comparison_shows_only_what_differs_line_by_line():
    old = {"Στόχοι": ["α", "β"], "Σκοπός": ["ίδιος"]}
    new = {"Στόχοι": ["α", "γ"], "Σκοπός": ["ίδιος"]}
    (change,) = compare(old, new)
    assert change.title == "Στόχοι"
    assert change.lines == (Line(" ", "α"), Line("-", "β"), Line("+", "γ"))


def test_units_of_one_kind_never_have_more_hours_than_the_ratio_gives():
    ratio = Ratio(8, 20, 14, 18)
    units = [("face_to_face", 8), ("synchronous", 21), ("mixed", 31)]
    assert by_mode(units) == {"face_to_face": 8, "synchronous": 21, "asynchronous": 0, "support": 0}
    assert problems(60, ratio, [8, 21, 31], by_mode(units)) == [
        "Σύγχρονες: οι ενότητες έχουν 21 ώρες, η αναλογία δίνει 20· "
        "διορθώστε τις ώρες ή τον τρόπο τους."
    ]
    assert problems(60, ratio, [8, 20, 32], by_mode([("face_to_face", 8), ("mixed", 52)])) == []


def test_a_line_that_changed_a_little_is_compared_word_by_word():
    old = {"Σκοπός": ["Να χρησιμοποιούν ψηφιακά μέσα στο μάθημά τους."]}
    new = {"Σκοπός": ["Να χρησιμοποιούν κριτικά ψηφιακά μέσα στο μάθημά τους.", "Νέα γραμμή."]}
    (change,) = compare(old, new)
    assert [line.mark for line in change.lines] == ["~", "+"]
    assert change.lines[0].parts == (
        Line(" ", "Να χρησιμοποιούν"),
        Line("+", " κριτικά"),
        Line(" ", " ψηφιακά μέσα στο μάθημά τους."),
    )


texts = st.lists(st.text("αβγ δ,.", max_size=12), max_size=5)


@given(texts, texts)
def test_a_comparison_holds_both_versions_whole(old, new):
    for change in compare({"α": old}, {"α": new}):
        before, after = [], []
        for line in change.lines:
            parts = line.parts or (line,)
            kept = {mark: "".join(p.text for p in parts if p.mark != mark) for mark in "+-"}
            if line.mark != "+":
                before.append(kept["+"])
            if line.mark != "-":
                after.append(kept["-"])
        assert (before, after) == (old, new)
