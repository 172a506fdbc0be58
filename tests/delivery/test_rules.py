"""The sheet as content: always the same bytes, the tally in words, what a correction changed."""

from __future__ import annotations

import hashlib
import json

from hypothesis import given
from hypothesis import strategies as st

from didaskaleio.delivery import rules


def row(name, mark, *, person=1, attendee="trainee", minutes=0, done=None):
    return {
        "person": person, "name": name, "attendee": attendee, "application": "",
        "mark": mark, "minutes": minutes, "async": done,
    }  # fmt: skip


ROWS = [
    row("Ανδρέου Δείγμα", "present", person=1, minutes=90),
    row("Βασιλείου Δείγμα", "absent", person=2),
    row("Γαλανού Δείγμα", "late", person=3, minutes=70),
    row("Επιμορφωτής Δείγμα", "present", person=9, attendee="trainer", minutes=90),
]


def test_the_digest_is_sha256_over_sorted_json_in_utf8():
    text = json.dumps(
        {"rows": ROWS, "session": 7, "topic": "Θέμα", "version": 1},
        sort_keys=True, ensure_ascii=False, separators=(",", ":"),
    )  # fmt: skip
    assert rules.digest(7, 1, "Θέμα", ROWS) == hashlib.sha256(text.encode()).hexdigest()


@given(st.permutations(list(ROWS[0])))
def test_the_order_of_keys_does_not_change_the_digest(keys):
    shuffled = [{key: ROWS[0][key] for key in keys}, *ROWS[1:]]
    assert rules.digest(7, 1, "Θέμα", shuffled) == rules.digest(7, 1, "Θέμα", ROWS)


def test_anything_else_changes_the_digest():
    same = rules.digest(7, 1, "Θέμα", ROWS)
    others = {
        rules.digest(8, 1, "Θέμα", ROWS),
        rules.digest(7, 2, "Θέμα", ROWS),
        rules.digest(7, 1, "Άλλο", ROWS),
        rules.digest(7, 1, "Θέμα", ROWS[:3]),
        rules.digest(7, 1, "Θέμα", [{**ROWS[0], "minutes": 89}, *ROWS[1:]]),
    }
    assert len(others) == 5
    assert same not in others


def test_the_tally_counts_trainees_only():
    counted = rules.tally(ROWS)
    assert {k: v for k, v in counted.items() if v} == {"present": 1, "absent": 1, "late": 1}


def test_the_signatory_reads_the_tally_in_words_with_the_names_of_exceptions():
    assert rules.in_words(ROWS) == (
        "1 παρουσία, 1 απουσία (Βασιλείου Δείγμα), 1 καθυστέρηση (Γαλανού Δείγμα)"
    )
    assert rules.in_words([]) == "κανένα πρόσωπο"


def test_many_names_are_cut_short():
    many = [row(f"Όνομα {n}", "absent", person=n) for n in range(8)]
    assert rules.in_words(many).endswith("Όνομα 5 και άλλα 2)")


def test_a_correction_tells_what_it_changed():
    new = [ROWS[0], {**ROWS[1], "mark": "present", "minutes": 90}, ROWS[2], ROWS[3]]
    assert rules.changes(ROWS, new) == ["Βασιλείου Δείγμα: απουσία → παρουσία"]
    later = [{**ROWS[0], "async": False}, *ROWS[1:]]
    assert rules.changes(ROWS, later) == [
        "Ανδρέου Δείγμα: παρουσία → παρουσία, χωρίς ασύγχρονη ώρα"
    ]
