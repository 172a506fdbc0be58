"""Deadlines, phases, steps and the journal: when, who and why in words.

Shows: R-167.
"""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from didaskaleio.kernel import dates_display
from tests.kernel.ui.drawing import AT, SOON, Colour, drawn, text_of


def test_phases_mark_where_we_are():
    items = [
        {"label": "Α΄", "when": "1–2", "what": "", "status": "done"},
        {"label": "Β΄", "when": "3–4", "what": "κλήρωση", "status": "now"},
    ]
    html = drawn("{% phases items %}", items=items)
    assert '<li class="now" aria-current="step">' in html
    assert text_of(html) == "Α΄ 1–2 Β΄ 3–4 Βρισκόμαστε εδώ κλήρωση"
    assert drawn("{% phases items %}", items=[]).strip() == ""


def test_wizard_steps_link_only_backwards():
    items = [{"label": "Πρώτο", "url": "/1/"}, "Δεύτερο", {"label": "Τρίτο", "url": "/3/"}]
    html = drawn("{% steps items 2 %}", items=items)
    assert '<a href="/1/">Πρώτο</a>' in html
    assert '<li aria-current="step"><i>2</i><span>Δεύτερο</span></li>' in html
    assert "/3/" not in html


def test_the_journal_says_who_when_what_why_and_the_states_in_words():
    entry = {"at": AT, "act": "Υποβολή", "actor_name": "Ελένη Δειγματίδου", "reason": "Λόγος"}
    entry |= {"source": "draft", "target": "sent"}
    html = drawn("{% journal entries states %}", entries=[entry], states=Colour)
    assert text_of(html) == (
        "Τετάρτη 15 Φεβρουαρίου 2023, 16:52 Υποβολή Πρόχειρο → Υποβλήθηκε Ελένη Δειγματίδου Λόγος"
    )
    assert 'datetime="2023-02-15T16:52:00+02:00"' in html


def test_a_journal_without_lines_says_so():
    assert text_of(drawn("{% journal entries %}", entries=[])) == "Καμία ενέργεια ακόμη."


def test_a_deadline_gives_date_zone_and_what_is_left():
    html = drawn("{% deadline soon at %}", soon=SOON, at=AT)
    assert text_of(html) == (
        "Παρασκευή 17 Φεβρουαρίου 2023, 15:00 (ώρα Ελλάδας) Απομένουν 1 ημέρα και 22 ώρες"
    )
    assert 'data-countdown="2023-02-17T15:00:00+02:00" data-now="2023-02-15T16:52:00+02:00"' in html


def test_a_large_deadline_counts_in_squares_and_says_it_in_words():
    html = drawn("{% deadline soon at big=True %}", soon=SOON, at=AT)
    assert 'aria-label="Απομένουν 1 ημέρα και 22 ώρες"' in html
    assert "<li><b>8</b><span>λεπτά</span></li>" in html


def test_a_deadline_that_passed_says_so_and_one_without_clock_only_its_date():
    assert text_of(drawn("{% deadline at soon %}", soon=SOON, at=AT)).endswith("Η προθεσμία έληξε.")
    assert "data-countdown" not in drawn("{% deadline soon %}", soon=SOON)


@given(st.integers(min_value=-10, max_value=100_000))
def test_the_units_left_add_up_to_the_minutes_left(minutes):
    days, hours, rest = (n for n, _ in dates_display.units_left(timedelta(minutes=minutes)))
    assert days * 1440 + hours * 60 + rest == max(0, minutes)
    assert hours < 24
    assert rest < 60


def test_less_than_a_minute_is_said_in_words():
    assert dates_display.remaining(timedelta(seconds=59)) == "λιγότερο από 1 λεπτό"
    assert dates_display.remaining(timedelta(hours=1, minutes=1)) == "1 ώρα και 1 λεπτό"
