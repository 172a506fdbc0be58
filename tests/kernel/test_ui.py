"""The components of the screen: exact mark-up, hostile text, empty lists, Greek words.

Shows: R-167.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django import forms
from django.core.paginator import Paginator
from django.db.models import TextChoices
from django.http import QueryDict
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory
from django.utils.html import escape
from hypothesis import given
from hypothesis import strategies as st

from didaskaleio.kernel import dates_display, icons, tilemap

HOSTILE = "<script>alert('ο')</script>\"&"
AT = datetime(2023, 2, 15, 14, 52, tzinfo=UTC)
SOON = AT + timedelta(days=1, hours=22, minutes=8)


def drawn(source, **context):
    return Template("{% load ui %}" + source).render(Context(context))


def text_of(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


class Colour(TextChoices):
    DRAFT = "draft", "Πρόχειρο"
    SENT = "sent", "Υποβλήθηκε"


class ToyCycle:
    states = Colour

    def kind(self, state):
        return {"sent": "info"}.get(state, "")


class AllKinds(forms.Form):
    name = forms.CharField(label="Όνομα", help_text="Όπως στην ταυτότητα")
    size = forms.ChoiceField(
        label="Μέγεθος", choices=[("s", "μικρό"), ("l", HOSTILE)], widget=forms.RadioSelect
    )
    remark = forms.CharField(label="Παρατήρηση", required=False, widget=forms.Textarea)
    paper = forms.FileField(label="Αρχείο", required=False)
    sure = forms.BooleanField(label="Συμφωνώ")
    secret = forms.CharField(widget=forms.HiddenInput, required=False)


# Signs and figures


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


# Boxes


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
        "{% receipt x pairs x x x %}",
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


# Forms


def test_a_field_ties_label_hint_and_error_to_its_control():
    form = AllKinds({})
    html = drawn("{% field f %}", f=form["name"])
    assert '<label for="id_name">Όνομα</label>' in html
    assert '<span class="d-hint" id="hint-id_name">Όπως στην ταυτότητα</span>' in html
    assert 'id="error-id_name"' in html
    assert 'aria-describedby="hint-id_name error-id_name"' in html
    assert 'aria-invalid="true"' in html
    assert 'class="d-input"' in html


def test_a_field_without_error_is_not_marked_invalid():
    html = drawn("{% field f %}", f=AllKinds()["name"])
    assert "aria-invalid" not in html
    assert "d-field--bad" not in html


def test_a_field_that_may_stay_empty_says_so():
    assert "(προαιρετικά)" in drawn("{% field f %}", f=AllKinds()["remark"])
    assert "(προαιρετικά)" not in drawn("{% field f %}", f=AllKinds()["name"])


def test_choices_are_a_group_with_a_legend():
    html = drawn("{% field f %}", f=AllKinds({"size": "s"})["size"])
    assert html.startswith('<fieldset class="d-field"><legend>Μέγεθος</legend>')
    assert '<label class="d-check" for="id_size_0"><input type="radio"' in html
    assert escape(HOSTILE) in html
    assert "<script" not in html


def test_a_file_field_is_a_place_to_drop_on_and_to_choose():
    html = drawn("{% field f %}", f=AllKinds()["paper"])
    assert 'class="d-drop" data-drop' in html
    assert 'for="id_paper">Επιλογή αρχείου</label>' in html
    assert 'class="d-file"' in html


def test_a_checkbox_stands_before_its_label_and_a_hidden_field_alone():
    html = drawn("{% field f %}", f=AllKinds()["sure"])
    assert html.index('type="checkbox"') < html.index("Συμφωνώ")
    assert drawn("{% field f %}", f=AllKinds()["secret"]).strip() == (
        '<input type="hidden" name="secret" id="id_secret">'
    )


def test_the_summary_of_errors_leads_to_every_wrong_field():
    html = drawn("{% errors form %}", form=AllKinds({"name": "Α"}))
    assert "Διορθώστε 2 σημεία" in html
    assert 'href="#id_size_0"' in html
    assert 'href="#id_sure"' in html
    assert 'role="alert"' in html


def test_the_summary_speaks_of_one_error_in_the_singular():
    form = AllKinds({"name": "Α", "size": "s", "sure": "on"})
    form.add_error(None, "Η προθεσμία έληξε")
    html = drawn("{% errors form %}", form=form)
    assert "Διορθώστε 1 σημείο<" in html
    assert "<li>Η προθεσμία έληξε</li>" in html


def test_a_form_without_errors_has_no_summary():
    form = AllKinds({"name": "Α", "size": "s", "sure": "on"})
    assert drawn("{% errors form %}", form=form).strip() == ""


def test_the_errors_of_a_formset_are_gathered():
    formset = forms.formset_factory(AllKinds, extra=0)(
        {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "2"}
    )
    html = drawn("{% errors formset %}", formset=formset)
    assert "Διορθώστε 6 σημεία" in html
    assert 'href="#id_form-1-name"' in html


# Time and history


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


def test_a_receipt_shows_its_number_and_the_file_to_take_away():
    html = drawn('{% receipt "2023/Β2/004817" pairs url="/r/" %}', pairs=[("Πότε", "χθες")])
    assert text_of(html) == "Απόδειξη υποβολής 2023/Β2/004817 Πότε χθες Λήψη (PDF)"
    assert 'href="/r/"' in html


# Map


def test_the_map_has_all_units_in_places_of_their_own():
    places = tilemap.places()
    assert len(places) == 74
    assert len({p.code for p in places}) == 74
    assert len({(p.row, p.col) for p in places}) == 74


def test_the_map_tells_the_same_figures_in_a_table():
    html = drawn('{% tilemap values "Προγράμματα" %}', values={"KOZ": 1200, "DRA": 3})
    assert '<th scope="row">Π.Ε. Κοζάνης</th><td class="num">1.200</td>' in html
    assert "<title>Π.Ε. Δράμας: 3</title>" in html
    assert html.count("<title>") == 74
    assert "μηδέν: 72 από τις 74" in html


def test_a_map_of_nothing_has_neither_key_nor_rows():
    html = drawn('{% tilemap values "Προγράμματα" %}', values={})
    assert 'class="key"' not in html
    assert "<td" not in html


def test_a_code_of_no_unit_is_refused():
    with pytest.raises(KeyError, match="XYZ"):
        tilemap.tilemap({"XYZ": 1})


def test_classes_are_narrow_where_most_units_are():
    assert tilemap.bounds(30) == [2, 5, 11, 20, 30]
    assert tilemap.bounds(1) == [1]
    assert tilemap.bounds(0) == []


@given(st.integers(min_value=1, max_value=5_000), st.data())
def test_more_is_never_lighter_and_the_most_is_the_darkest(most, data):
    ends = tilemap.bounds(most)
    less = data.draw(st.integers(min_value=0, max_value=most))
    assert tilemap.step_of(less, ends) <= tilemap.step_of(most, ends) == tilemap.STEPS


# Lists


def test_the_pager_keeps_the_rest_of_the_address():
    request = RequestFactory().get("/x/", {"q": "Κοζάνη", "page": "2"})
    html = drawn("{% pager page %}", page=Paginator(range(402), 9).page(2), request=request)
    kept = QueryDict(mutable=True)
    kept.update({"q": "Κοζάνη", "page": "3"})
    assert f'href="?{escape(kept.urlencode())}" aria-label="Σελίδα 3"' in html
    assert '<span aria-current="page"><span class="sr">Σελίδα </span>2</span>' in html
    assert text_of(html).startswith("10–18 από 402 Προηγούμενη 1 Σελίδα 2 3 … ")


def test_one_page_has_no_links_and_no_rows_have_no_pager():
    assert text_of(drawn("{% pager page %}", page=Paginator([1], 9).page(1))) == "1–1 από 1"
    assert drawn("{% pager page %}", page=Paginator([], 9).page(1)).strip() == ""


@pytest.mark.parametrize(
    ("order", "aria", "link"),
    [
        ("", "", "order=name"),
        ("name", ' aria-sort="ascending"', "order=-name"),
        ("-name", ' aria-sort="descending"', "order=name"),
        ("surname", "", "order=name"),
    ],
)
def test_a_column_head_orders_and_pressed_again_turns_round(order, aria, link):
    request = RequestFactory().get("/x/", {"order": order, "page": "4"})
    html = drawn('{% sort_th "name" "Όνομα" %}', request=request)
    assert html.startswith(f'<th scope="col"{aria}><a class="sort" href="?{link}&amp;page=1">')


# Words


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("{{ at|greek_date }}", "Τετάρτη 15 Φεβρουαρίου 2023"),
        ("{{ day|greek_date }}", "Δευτέρα 6 Μαρτίου 2023"),
        ("{{ at|greek_moment }}", "Τετάρτη 15 Φεβρουαρίου 2023, 16:52"),
        ("{{ day|short_date }}", "6/3/2023"),
        ("{{ midnight|short_date }}", "16/2/2023"),
        ("{{ at|short_moment }}", "15/2/2023, 16:52"),
        ("{{ at|greek_time }}", "16:52"),
        ("{{ at|iso_moment }}", "2023-02-15T16:52:00+02:00"),
        ("{{ sum|greek_number:2 }}", "1.234,56"),
        ("{{ sum|greek_number }}", "1.235"),
        ('{{ one|count_el:"αίτηση,αιτήσεις" }}', "1 αίτηση"),
        ('{{ many|count_el:"αίτηση,αιτήσεις" }}', "1.234 αιτήσεις"),
        ("{{ number|lottery }}", "4829\u00a01307"),
        ("{{ '00000042'|lottery }}", "0000\u00a00042"),
        ("{{ 'IIa'|category }}", '<span class="cat cat--a">ΙΙα</span>'),
        ("{{ 'IIb'|category }}", '<span class="cat cat--b">ΙΙβ</span>'),
        ("{{ 'error'|message_kind }} {{ 'debug'|message_kind }}", "bad info"),
    ],
)
def test_words_read_as_in_greece(source, expected):
    midnight = datetime(2023, 2, 15, 22, 30, tzinfo=UTC)
    values = {"at": AT, "day": date(2023, 3, 6), "midnight": midnight, "one": 1, "many": 1234}
    assert drawn(source, sum=Decimal("1234.56"), number=48291307, **values) == expected


@pytest.mark.parametrize(
    "name",
    [
        "greek_date",
        "greek_moment",
        "short_date",
        "short_moment",
        "greek_time",
        "greek_number",
        "lottery",
    ],
)
def test_what_is_absent_shows_as_a_dash(name):
    assert drawn(f"{{{{ nothing|{name} }}}}", nothing=None) == "–"


def test_a_moment_without_zone_is_refused():
    with pytest.raises(ValueError, match="ζώνη"):
        drawn("{{ naive|greek_time }}", naive=AT.replace(tzinfo=None))


# Pages and partials


def test_step_buttons_post_and_ask_for_a_reason_without_scripts():
    steps = [
        {"name": "accept", "label": "Αποδοχή", "url": "/a/", "primary": True},
        {"name": "return", "label": "Επιστροφή", "url": "/r/", "needs_reason": True},
        {"name": "drop", "label": "Διαγραφή", "url": "/d/", "danger": True},
    ]
    html = Template('{% include "kernel/step_buttons.html" %}').render(Context({"steps": steps}))
    assert html.count("<form") == 3
    assert html.count("govgr-btn-primary") == 1
    assert '<textarea class="d-input" id="reason-return" name="reason"' in html
    assert " required " in html
    assert 'data-confirm="sure-drop"' in html
    assert '<dialog class="dialog" id="sure-drop"' in html


def test_no_steps_draw_nothing():
    source = Template('{% include "kernel/step_buttons.html" %}')
    assert source.render(Context({"steps": []})).strip() == ""


def test_the_page_of_components_shows_them_all_without_inline_style_or_script():
    request = RequestFactory().get("/components/")
    context = {"request": request, "actor": None, "footer_links": ()}
    html = Template('{% extends "kernel/components.html" %}').render(Context(context))
    assert '<html lang="el">' in html
    assert "Χάρτης πλακιδίων" in html
    assert not re.search(r"\sstyle=|<style|\son\w+=|<script(?![^>]*\ssrc=)", html)
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "500"])
def test_an_error_page_says_in_greek_what_to_do_next(name):
    from django.template.loader import render_to_string

    html = render_to_string(f"{name}.html", {})
    assert '<html lang="el">' in html
    assert 'href="/">Αρχική σελίδα</a>' in html
