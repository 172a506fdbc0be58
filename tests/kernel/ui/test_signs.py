"""Signs, figures and boxes: exact mark-up, hostile text, empty lists.

Shows: R-167.
"""

from __future__ import annotations

import pytest
from django.template import TemplateSyntaxError
from django.utils.html import escape

from didaskaleio.kernel import icons
from tests.kernel.ui.drawing import AT, HOSTILE, ToyCycle, drawn, text_of


def test_an_icon_is_hidden_from_readers_unless_it_has_a_title():
    assert drawn('{% icon "tick" %}') == (
        '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">'
        '<path d="M4 12.5 9.5 18 20 6.5"/></svg>'
    )
    assert 'role="img" aria-label="Έγινε"' in drawn('{% icon "tick" "Έγινε" %}')


def test_an_unknown_icon_is_a_bug():
    with pytest.raises(KeyError):
        icons.icon("tikc")


def test_a_tag_shows_its_words_on_the_colour_of_its_meaning():
    assert drawn('{% tag "Εγκρίθηκε" "good" %}') == '<span class="tag tag--good">Εγκρίθηκε</span>'
    assert drawn('{% tag "Πρόχειρο" %}') == '<span class="tag">Πρόχειρο</span>'


def test_a_tag_refuses_a_colour_without_meaning():
    with pytest.raises(TemplateSyntaxError):
        drawn('{% tag "Εγκρίθηκε" "pink" %}')


def test_a_state_is_named_and_coloured_by_its_life_cycle():
    assert drawn("{% state cycle 'sent' %}", cycle=ToyCycle()) == (
        '<span class="tag tag--info">Υποβλήθηκε</span>'
    )


@pytest.mark.parametrize(
    ("value", "look", "width"),
    [
        (0, "full", "0.0"),
        (9, "full", "30.0"),
        (10, "ok", "33.3"),
        (15, "ok", "50.0"),
        (16, "over", "53.3"),
        (61, "over", "100.0"),
    ],
)
def test_a_meter_changes_its_colour_at_the_minimum_and_beyond_the_maximum(value, look, width):
    html = drawn('{% meter value noun="αιτήσεις" %}', value=value)
    assert f'<rect class="{look}" width="{width}" height="10"/>' in html
    assert f'aria-label="{value} αιτήσεις, ελάχιστο 10, μέγιστο 15"' in html
    assert html.count('class="mark"') == 2


def test_a_bar_of_places_ends_at_its_maximum_and_one_of_demand_at_twice_that():
    width = '<rect class="ok" width="{}" height="10"/>'
    assert width.format("100.0") in drawn('{% meter 15 noun="άτομα" places=True %}')
    assert width.format("50.0") in drawn('{% meter 15 noun="αιτήσεις" %}')


def test_facts_show_a_dash_for_what_is_missing():
    assert drawn("{% facts pairs %}", pairs=[("Πότε", None), ("Ώρες", 0)]) == (
        '<dl class="facts"><dt>Πότε</dt><dd>–</dd><dt>Ώρες</dt><dd>0</dd></dl>'
    )


def test_the_bar_of_a_job_says_how_much_is_done():
    html = drawn('{% jobbar 1412 2640 "Έκδοση" %}')
    assert text_of(html) == "Έκδοση 1.412 από 2.640"
    assert 'aria-label="Έκδοση" max="2640" value="1412"' in html


def test_an_empty_list_says_why_and_offers_a_way_only_when_there_is_one():
    assert drawn('{% empty "Κενό" "Γιατί" "/a/" "Πάμε" %}') == (
        '<div class="empty"><h2 class="h3">Κενό</h2><p>Γιατί</p>'
        '<a class="d-btn" href="/a/">Πάμε</a></div>'
    )
    assert drawn('{% empty "Κενό" %}') == '<div class="empty"><h2 class="h3">Κενό</h2></div>'


def test_a_note_holds_mark_up_of_the_template_and_escapes_values():
    html = drawn('{% note "bad" title %}<p>{{ text }}</p>{% endnote %}', title="Τ", text=HOSTILE)
    assert html.startswith('<div class="note note--bad"><svg')
    assert f'<h2 class="h4">Τ</h2><p>{escape(HOSTILE)}</p></div></div>' in html


def test_a_note_of_an_unknown_kind_is_refused():
    with pytest.raises(TemplateSyntaxError):
        drawn('{% note "loud" %}x{% endnote %}')


def test_cards_and_verdicts_wear_their_kind():
    assert drawn('{% card "Τίτλος" kind="wash" %}x{% endcard %}') == (
        '<div class="card stack card--wash"><h2>Τίτλος</h2>x</div>'
    )
    assert 'class="verdict verdict--bad"' in drawn(
        '{% verdict good=no title="Όχι" %}{% endverdict %}'
    )
    assert 'class="verdict"' in drawn('{% verdict good=1 title="Ναι" %}{% endverdict %}')


def test_a_dialog_is_named_by_its_title_and_has_a_way_back():
    html = drawn('{% confirm key="k" title="Σίγουρα;" yes="Ναι" danger=True %}x{% endconfirm %}')
    assert '<dialog class="dialog" id="k" aria-labelledby="k-title">' in html
    assert 'class="d-btn d-btn--bad" data-yes>Ναι</button>' in html
    assert "data-no>Άκυρο</button>" in html


@pytest.mark.parametrize(
    "source",
    [
        "{% tag x %}",
        "{% facts pairs %}",
        "{% empty x x x x %}",
        "{% jobbar 1 2 x x %}",
        "{% card x %}{% endcard %}",
        "{% confirm key=x title=x yes=x %}{% endconfirm %}",
        "{% steps list 1 %}",
        "{% phases phases %}",
        "{% journal entries %}",
        '{% sort_th "name" x %}',
        "{{ x|category }}",
        "{% meter 3 15 10 x %}",
    ],
)
def test_no_component_lets_hostile_text_through(source):
    phase = {"label": HOSTILE, "when": HOSTILE, "what": HOSTILE, "status": "now"}
    entry = {"at": AT, "act": HOSTILE, "actor_name": HOSTILE, "reason": HOSTILE}
    html = drawn(
        source,
        x=HOSTILE,
        pairs=[(HOSTILE, HOSTILE)],
        list=[HOSTILE],
        phases=[phase],
        entries=[entry],
    )
    assert "<script" not in html
    assert escape(HOSTILE) in html
