"""Pages of phase B, my place, groups, filling programmes, moves; agenda and reports.

Shows: R-041, R-043, R-044, R-045, R-046.
"""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from didaskaleio.enrolment import operations
from didaskaleio.enrolment.models import MergeConsent, ParticipationApplication, PhaseBLog
from didaskaleio.kernel import agenda
from tests.enrolment.stages import (
    AFTER,
    DURING,
    HOUR,
    OPENS,
    a_group,
    a_holder,
    a_stage,
    actor,
    an_offer,
    an_officer,
    fresh,
    public,
    runners_up,
)
from tests.factories import enrolment as make
from tests.factories import people
from tests.markup import markup

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage(db):
    return a_stage()


@pytest.fixture
def signed_in(client, login, set_clock):
    """``signed_in(person, at)``: a client of the person, the clock standing at ``at``."""

    def sign_in(person, at=DURING):
        set_clock(at)
        return login(client, getattr(person, "person", person))

    return sign_in


def url(name, *args):
    return reverse(f"enrolment:{name}", args=args)


def queries_of(client, address):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def same_queries(client, address, grow):
    """The page asks as many queries after ``grow`` has added rows."""
    client.get(address)
    few = queries_of(client, address)
    grow()
    assert queries_of(client, address) == few


def an_officer_person(period):
    return people.officer(period.action.body.code)


# --- phase B ---


def test_phase_b_shows_free_places_and_what_is_missing(stage, signed_in):
    programme = a_group(stage, placed=1, minimum=2)
    page = markup(signed_in(people.a_teacher()).get(url("phase-b", stage.code)))
    assert programme.code in page
    assert "2 ελεύθερες θέσεις" in page
    assert "Λείπει 1 άτομο για να λειτουργήσει" in page
    assert url("claim", stage.code, programme.code) in page


def test_the_menu_leads_to_the_period_whose_phase_b_is_open(stage, signed_in):
    client = signed_in(people.a_teacher())
    assert client.get(url("phase-b-current"))["Location"] == url("phase-b", stage.code)
    client = signed_in(people.a_teacher(), AFTER)
    assert client.get(url("phase-b-current"))["Location"] == url("application")


def test_before_the_opening_there_is_a_countdown_and_no_button(signed_in):
    period = a_stage("drawn")
    programme = a_group(period)
    page = markup(signed_in(people.a_teacher(), OPENS - HOUR).get(url("phase-b", period.code)))
    assert "Ανοίγει για όλους την ίδια στιγμή" in page
    assert url("claim", period.code, programme.code) not in page


def test_a_request_is_answered_on_a_page_of_its_own(stage, signed_in):
    programme = a_group(stage)
    teacher = people.a_teacher()
    client = signed_in(teacher)
    response = client.post(url("claim", stage.code, programme.code))
    row = PhaseBLog.objects.get()
    assert response["Location"] == url("phase-b-answer", stage.code, row.sequence)
    page = markup(client.get(response["Location"]))
    assert "Η θέση είναι δική σας" in page
    assert ParticipationApplication.objects.get(person=teacher).programme == programme


def test_the_answer_of_another_is_not_found(stage, signed_in):
    programme = a_group(stage)
    first = people.a_teacher()
    decision = operations.claim(
        programme.period.code, programme.code, actor=actor(first), at=DURING
    )
    client = signed_in(people.a_teacher())
    assert client.get(url("phase-b-answer", stage.code, decision.sequence)).status_code == 404


def test_whoever_may_not_ask_reads_why(stage, signed_in):
    a_group(stage)
    holder = a_holder(a_group(stage, "viable"))
    page = markup(signed_in(holder).get(url("phase-b", stage.code)))
    assert "που θα λειτουργήσει. Δεν αλλάζει στη Β΄ φάση." in page
    assert "Ζητώ θέση" not in page


def test_programmes_that_are_not_for_me_say_why(stage, signed_in):
    a_group(stage, category="IIa")
    page = markup(signed_in(people.a_teacher(prefecture="LAR")).get(url("phase-b", stage.code)))
    assert "Δεν είναι για μένα, και γιατί" in page
    assert "Κανονιστικό Πλαίσιο, άρθρο 5" in page


def test_the_log_is_public_by_number_in_the_order_of_decision(stage, client, set_clock):
    programme = a_group(stage, placed=2)
    for person in (people.a_teacher(surname="Μυστικός"), people.a_teacher()):
        operations.claim(programme.period.code, programme.code, actor=actor(person), at=DURING)
    page = markup(client.get(url("phase-b-log", stage.code)))
    first, second = PhaseBLog.objects.order_by("sequence")
    shown = [f"{row.number[:4]}\u00a0{row.number[4:]}" for row in (first, second)]
    plain = page.replace(" ", "\u00a0")
    assert plain.index(shown[0]) < plain.index(shown[1])
    assert "Μυστικός" not in page
    assert "Χωρίς κενή θέση" in page


def test_phase_b_asks_the_same_queries_for_one_row_and_for_four(stage, signed_in):
    a_group(stage)
    client = signed_in(people.a_teacher())
    same_queries(client, url("phase-b", stage.code), lambda: [a_group(stage) for _ in range(3)])


def test_the_log_asks_the_same_queries_for_one_row_and_for_three(stage, client):
    programme = a_group(stage)
    operations.claim(
        programme.period.code, programme.code, actor=actor(people.a_teacher()), at=DURING
    )

    def grow():
        for _ in range(2):
            operations.claim(
                programme.period.code, programme.code, actor=actor(people.a_teacher()), at=DURING
            )

    same_queries(client, url("phase-b-log", stage.code), grow)


# --- my place ---


def test_an_offer_is_accepted_and_declined_on_my_place(stage, signed_in):
    one, two = an_offer(a_group(stage, "viable")), an_offer(a_group(stage, "viable"))
    client = signed_in(one.application)
    assert "Σας προσφέρεται θέση" in markup(client.get(url("place", stage.code)))
    client.post(url("answer-offer", one.pk), {"answer": "yes"})
    assert fresh(one).state == "accepted"
    assert client.post(url("answer-offer", two.pk), {"answer": "yes"}).status_code == 404
    signed_in(two.application).post(url("answer-offer", two.pk), {"answer": "no"})
    assert fresh(two).state == "declined"


def test_my_place_shows_where_i_stand(stage, signed_in):
    drawn = a_group(stage, "viable")
    first, _, third = runners_up(drawn, 3)
    ParticipationApplication.objects.filter(pk=first.pk).update(state="withdrawn")
    page = markup(signed_in(third).get(url("place", stage.code)))
    assert "Λίστες όπου περιμένω" in page
    assert '<td data-label="Θέση στη λίστα">2η</td>' in page


def test_a_list_is_joined_from_my_place(stage, signed_in):
    programme = a_group(stage, "viable")
    waiting = make.an_application(period=stage, state="runner_up")
    client = signed_in(waiting)
    assert url("join", stage.code, programme.code) in markup(client.get(url("place", stage.code)))
    client.post(url("join", stage.code, programme.code))
    page = markup(client.get(url("place", stage.code)))
    assert '<td data-label="Θέση στη λίστα">1η</td>' in page
    assert url("join", stage.code, programme.code) not in page


def test_a_place_is_confirmed_with_both_declarations(signed_in):
    period = a_stage("enrolling")
    holder = a_holder(a_group(period, "enrolling"), confirm_by=period.enrolment_closes)
    client = signed_in(holder, AFTER)
    assert "Επιβεβαίωση εγγραφής" in markup(client.get(url("place", period.code)))
    client.post(url("confirm", period.code), {"will_teach": "on"})
    assert fresh(holder).state == "placed"
    client.post(url("confirm", period.code), {"will_teach": "on", "regulation": "on"})
    assert fresh(holder).state == "enrolled"
    client.post(url("leave", period.code), {"reason": "Λόγος"})
    assert fresh(holder).state == "withdrawn"


def test_a_place_is_declined(stage, signed_in):
    holder = a_holder(a_group(stage))
    signed_in(holder).post(url("decline", stage.code))
    assert fresh(holder).state == "withdrawn"


def test_the_page_of_applications_leads_to_my_place(stage, signed_in):
    holder = a_holder(a_group(stage))
    assert url("place", stage.code) in markup(signed_in(holder).get(url("application")))


def test_my_place_asks_the_same_queries_for_one_list_and_for_three(stage, signed_in):
    person = make.an_application(period=stage, state="runner_up")
    make.a_waiting_entry(a_group(stage, "viable"), person, at=DURING)

    def grow():
        for _ in range(2):
            make.a_waiting_entry(a_group(stage, "viable"), person, at=DURING)

    same_queries(signed_in(person), url("place", stage.code), grow)


# --- officers and centres ---


def test_officers_and_the_centre_see_people_by_name_and_others_do_not(stage, signed_in):
    programme = a_group(stage)
    a_holder(programme, person=people.a_teacher(surname="Παραδειγματίδης"))
    address = url("places", programme.pk)
    for person in (an_officer_person(stage), people.a_centre_manager(programme.centre)):
        assert "Παραδειγματίδης" in markup(signed_in(person).get(address))
    stranger = people.a_centre_manager(a_group(stage).centre)
    for person in (people.officer("iep"), stranger, people.a_teacher()):
        assert signed_in(person).get(address).status_code == 404


def test_the_list_of_groups_shows_only_my_own(stage, signed_in):
    own, other = a_group(stage), a_group(stage)
    page = markup(signed_in(people.a_centre_manager(own.centre)).get(url("groups")))
    assert own.code in page
    assert other.code not in page


def test_an_officer_moves_a_person_by_a_form(stage, signed_in):
    holder, target = a_holder(a_group(stage, minimum=3)), a_group(stage, minimum=3)
    client = signed_in(an_officer_person(stage))
    given = {"target": target.pk, "code": "service", "reason": "Απόσπαση"}
    assert "Κωδικός αιτιολογίας" in markup(client.get(url("move", holder.pk)))
    client.post(url("move", holder.pk), given)
    assert fresh(holder).programme == target
    assert public(stage)[0][0] == "manual_move"


def test_filling_programmes_are_decided_and_enrolment_opens(signed_in):
    period = a_stage("phase_b_closed")
    alone, joined = a_group(period, placed=1, minimum=3), a_group(period, minimum=3)
    target = a_group(period, "viable", placed=1)
    holder = a_holder(joined)
    client = signed_in(an_officer_person(period), AFTER)
    page = markup(client.get(url("filling", period.code)))
    assert "Για 2 προγράμματα χρειάζεται απόφαση" in page
    client.post(url("open-enrolment", period.code))
    assert fresh(period).state == "phase_b_closed"
    step = reverse("kernel:step", args=["programme", alone.pk, "except_below"])
    assert step in page
    client.post(step, {"reason": "Νησί"})
    assert fresh(alone).state == "viable"
    client.post(url("merge", joined.pk), {"target": target.pk, "ask": "1"})
    consent = MergeConsent.objects.get(application=holder)
    signed_in(holder, AFTER).post(url("answer-merge", period.code, consent.pk), {"answer": "yes"})
    client = signed_in(an_officer_person(period), AFTER)
    assert "Συμφωνεί" in markup(client.get(url("merge", joined.pk)))
    client.post(url("merge", joined.pk), {"target": target.pk, "reason": "Λίγοι", "decide": "1"})
    assert fresh(holder).programme == target
    client.post(url("open-enrolment", period.code))
    assert fresh(period).state == "enrolling"


def test_a_late_draw_is_shown_and_phase_b_moved(signed_in):
    period = a_stage("drawn")
    make.a_draw(period, state="published", published_at=period.phase_b_opens - HOUR)
    a_group(period, opened=False)
    client = signed_in(an_officer_person(period), OPENS)
    assert "Η Β΄ φάση δεν ανοίγει μόνη της" in markup(client.get(url("filling", period.code)))
    given = {"opens": "2023-01-30T10:00", "closes": "2023-02-01T15:00", "reason": "Καθυστέρηση"}
    client.post(url("postpone-phase-b", period.code), given)
    assert fresh(period).phase_b_opens.day == 30


def test_strangers_find_no_decisions(stage, signed_in):
    programme, holder = a_group(stage), a_holder(a_group(stage))
    for person in (people.officer("iep"), people.a_teacher()):
        client = signed_in(person)
        for address in (
            url("filling", stage.code),
            url("merge", programme.pk),
            url("move", holder.pk),
        ):
            assert client.get(address).status_code == 404


@pytest.mark.parametrize("name", ["groups", "places", "filling"])
def test_lists_ask_the_same_queries_for_one_row_and_for_three(stage, signed_in, name):
    programme = a_group(stage, placed=1, minimum=9)
    address = {
        "groups": url("groups"),
        "places": url("places", programme.pk),
        "filling": url("filling", stage.code),
    }[name]

    def grow():
        for _ in range(2):
            a_holder(programme)
            a_group(stage, placed=1)

    same_queries(signed_in(an_officer_person(stage)), address, grow)


# --- agenda, reports ---


def titles(person, at=DURING):
    found = agenda.todos_of(actor(person, at), at)
    return [todo.title for todo in found if todo.source.startswith("enrolment.")]


def test_what_a_person_must_do_at_every_step(stage):
    draft = make.a_draft(period=a_stage("phase_a"))
    assert "Συνεχίστε την αίτησή σας" in titles(draft, draft.period.phase_a_opens)
    offer = an_offer(a_group(stage, "viable"))
    assert titles(offer.application) == ["Απάντηση σε προσφορά θέσης", "Αίτημα θέσης στη Β΄ φάση"]
    enrolling = a_stage("enrolling")
    holder = a_holder(a_group(enrolling, "enrolling"), confirm_by=enrolling.enrolment_closes)
    assert titles(holder) == ["Επιβεβαίωση της θέσης"]


def test_what_officers_must_do():
    period = a_stage("phase_b_closed")
    filling = a_group(period, placed=1)
    officer = an_officer_person(period)
    assert titles(officer, AFTER) == ["Απόφαση για 1 πρόγραμμα"]
    operations.cancel_below(filling, actor=an_officer(period), at=AFTER, reason="Λίγοι")
    assert titles(officer, AFTER) == ["Άνοιγμα εγγραφών"]
    drawing = a_stage(
        "frozen",
    )
    draw = make.a_draw(drawing, state="frozen")
    first, second = an_officer_person(drawing), an_officer_person(drawing)
    assert "Καταχώριση της δημόσιας τύχης" in titles(first, draw.beacon_at)
    type(draw).objects.filter(pk=draw.pk).update(state="beacon_entered", first_officer=first)
    assert "Δεύτερη καταχώριση και κλήρωση" not in titles(first, draw.beacon_at)
    assert "Δεύτερη καταχώριση και κλήρωση" in titles(second, draw.beacon_at)


def test_the_calendar_has_the_moments_of_my_period(stage):
    waiting = make.an_application(period=stage, state="runner_up")
    dates = agenda.dates_of(actor(waiting), DURING)
    own = [date for date in dates if date.uid.startswith("period-")]
    assert [date.starts_at for date in own] == [
        stage.phase_a_closes,
        stage.phase_b_opens,
        stage.phase_b_closes,
        stage.enrolment_closes,
    ]


@pytest.mark.parametrize("name", ["people", "runners_up", "phase_b"])
def test_reports_show_only_what_the_actor_may_see(stage, signed_in, name):
    programme = a_group(stage, placed=1)
    make.an_application(period=stage, state="runner_up", rank=1)
    operations.claim(
        programme.period.code, programme.code, actor=actor(people.a_teacher()), at=DURING
    )
    address = reverse("kernel:report", args=[f"enrolment.{name}"])
    numbers = set(ParticipationApplication.objects.values_list("number", flat=True))
    page = markup(signed_in(an_officer_person(stage)).get(address))
    assert any(number in page for number in numbers)
    other = markup(signed_in(people.officer("iep")).get(address))
    assert not any(number in other for number in numbers)
