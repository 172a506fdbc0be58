"""What a report answers: rows, groups with figures, hidden cells, files in constant memory.

Shows: R-079.
"""

from __future__ import annotations

import pytest

from didaskaleio.kernel.reports import writers
from didaskaleio.observatory import queries
from didaskaleio.observatory.charts import Bar, chart
from didaskaleio.observatory.definition import parse
from didaskaleio.observatory.errors import TooLargeError
from didaskaleio.observatory.queries import answers
from didaskaleio.people.enums import Role
from tests.factories import people
from tests.factories.programmes import a_period, a_programme

pytestmark = pytest.mark.django_db
TEACHERS = "people.teachers"


@pytest.fixture
def ministry(actor_for):
    return actor_for(people.ministry_officer())


def of_work(**many):
    for employment, number in many.items():
        for _ in range(number):
            people.a_teacher(employment=employment)


def asked(actor, at, **raw):
    return queries.answer(parse({"subject": TEACHERS, **raw}), actor, at)


def table(found):
    return [tuple(line) for line in found.report.lines(found.streamed())]


def test_a_list_shows_what_was_chosen_in_the_order_chosen(ministry, at):
    people.a_teacher("ΠΕ70", surname="Βητάκης")
    people.a_teacher("ΠΕ03", surname="Αλφάκης")
    found = asked(ministry, at, columns=["specialty", "person"], order="specialty")
    assert table(found) == [
        ("ΠΕ03", "Αλφάκης Δοκιμαστικός"),
        ("ΠΕ70", "Βητάκης Δοκιμαστικός"),
    ]
    falling = asked(ministry, at, columns=["specialty"], order="-specialty")
    assert table(falling) == [("ΠΕ70",), ("ΠΕ03",)]


def test_words_stand_in_the_greek_alphabet_accents_or_not(ministry, at):
    for surname in ("Ωμέγας", "Έψιλος", "Δέλτας", "Άλφας"):
        people.a_teacher(surname=surname)
    alphabet = ["Άλφας", "Δέλτας", "Έψιλος", "Ωμέγας"]
    rows = table(asked(ministry, at, columns=["person"], order="person"))
    assert [person.split()[0] for (person,) in rows] == alphabet
    groups = table(asked(ministry, at, groups=["person"]))
    assert [person.split()[0] for person, *_ in groups] == alphabet


def test_a_filter_reads_greek_without_accents_and_case(ministry, at):
    people.a_teacher(surname="Βητάκης")
    people.a_teacher(surname="Αλφάκης")
    filters = [{"column": "person", "operator": "contains", "values": ["ΒΗΤΑΚ"]}]
    assert table(asked(ministry, at, columns=["person"], filters=filters)) == [
        ("Βητάκης Δοκιμαστικός",)
    ]


def test_groups_carry_count_share_sum_and_mean(actor_for, at):
    period = a_period()
    for capacity in (10, 14, 12):
        a_programme(period=period, capacity=capacity)
    actor = actor_for(people.ministry_officer())
    raw = {
        "subject": "programmes.programmes",
        "groups": ["period"],
        "measures": ["sum:capacity", "mean:capacity"],
        "share": True,
    }
    found = queries.answer(parse(raw), actor, at)
    (line,) = table(found)
    assert line[:4] == (period.code, 3, 1, 36)
    assert float(line[4]) == 12.0
    assert [c.title for c in found.report.columns][3:] == [
        "Άθροισμα: Θέσεις",
        "Μέσος όρος: Θέσεις",
    ]


def test_small_cells_of_what_is_sensitive_are_hidden_and_their_neighbour_with_them(ministry, at):
    of_work(permanent=9, substitute=6, hourly=2)
    found = asked(ministry, at, groups=["employment"], share=True)
    shown = {line[0]: line[1:] for line in table(found)}
    assert shown["Μόνιμος/η"][0] == 9
    assert shown["Αναπληρωτής/τρια"] == (None, None, "κρυφό")
    assert shown["Ωρομίσθιος/α"] == (None, None, "κρυφό")
    assert (found.hidden, found.count, found.whole) == (2, 17, True)
    assert [bar.label for bar in found.bars] == ["Μόνιμος/η"]


def test_the_same_cells_are_hidden_in_the_files(ministry, at):
    of_work(permanent=9, substitute=6, hourly=2)
    found = asked(ministry, at, groups=["employment"])
    text = "".join(writers.csv_chunks(found.report, found.streamed()))
    assert "Ωρομίσθιος/α;;κρυφό" in text
    assert "Σύνολο" not in text
    assert ";6;" not in text
    assert ";2;" not in text


def test_a_filter_on_what_is_sensitive_hides_small_groups_too_and_a_small_total(ministry, at):
    of_work(permanent=8, hourly=3)
    filters = [{"column": "employment", "operator": "among", "values": ["hourly"]}]
    found = asked(ministry, at, groups=["specialty"], filters=filters)
    assert table(found)[0][1:] == (None, "κρυφό")
    assert not found.whole


def test_what_is_not_sensitive_is_counted_as_it_is(ministry, at):
    of_work(permanent=2)
    found = asked(ministry, at, groups=["specialty"])
    assert (table(found), found.hidden) == ([("ΠΕ03", 2)], 0)


def test_too_many_groups_are_refused_with_what_to_do(ministry, at, monkeypatch):
    monkeypatch.setattr(answers, "MOST_GROUPS", 1)
    people.a_teacher("ΠΕ70")
    people.a_teacher("ΠΕ03")
    with pytest.raises(TooLargeError, match="Ομαδοποιήστε ανά κάτι γενικότερο"):
        asked(ministry, at, groups=["specialty"])


def test_somebody_without_posts_sees_no_row_and_no_column_behind_a_way(actor_for, at):
    people.a_teacher()
    nobody = actor_for(people.a_person())
    assert table(asked(nobody, at, columns=["person"])) == []
    post = people.a_person()
    people.a_post(post, Role.TRAINER)
    raw = {"subject": "people.posts", "columns": ["role", "teacher.specialty"]}
    assert table(queries.answer(parse(raw), actor_for(post), at)) == [("Επιμορφωτής/τρια", None)]


def test_a_list_costs_two_queries_for_one_row_and_for_three(
    ministry, at, django_assert_num_queries
):
    columns = ["person", "school", "region", "specialty", "posts"]
    for _ in range(2):
        people.a_teacher()
        with django_assert_num_queries(2):
            table(asked(ministry, at, columns=columns))


def test_bars_are_drawn_to_the_longest_and_the_rest_is_counted():
    bars = [Bar(str(n), n) for n in range(1, 26)]
    drawn = chart("bars", bars)
    assert (drawn.drawn[0].label, drawn.drawn[0].length, len(drawn.drawn)) == ("25", 100.0, 20)
    assert drawn.rest == 5
    assert chart("", bars) is None
    assert chart("bars", []) is None


def test_a_line_stands_in_the_order_of_its_groups():
    drawn = chart("line", [Bar("1/2023", 2), Bar("2/2023", 4)])
    assert drawn.path == "0.0,100.0 600.0,0.0"
    assert chart("line", [Bar("μία", 0)]).path == "0.0,200.0"
