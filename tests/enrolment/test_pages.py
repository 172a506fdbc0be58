"""Pages of enrolment, first half: what they show, to whom, and with how many queries.

Shows: R-035, R-037, R-040, R-046.
"""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from didaskaleio.enrolment import operations
from didaskaleio.enrolment.models import Draw, ParticipationApplication, Submission
from didaskaleio.kernel import lifecycle
from didaskaleio.people import queries as people_queries
from tests.factories import enrolment as make
from tests.factories import people, programmes, structures

pytestmark = pytest.mark.django_db
BEACON = "9f" * 32


@pytest.fixture
def now(set_clock, at):
    set_clock(at)
    return set_clock


@pytest.fixture
def me(client, login, teacher, now):
    login(client, teacher)
    return client


def page(client, name, *args, **query):
    return client.get(reverse(f"enrolment:{name}", args=args), query)


def act(client, name, *args, **data):
    return client.post(reverse(f"enrolment:{name}", args=args), data, follow=True)


def queries_of(client, name, *args, **query):
    with CaptureQueriesContext(connection) as captured:
        assert page(client, name, *args, **query).status_code == 200
    return len(captured)


def test_the_catalogue_shows_what_i_may_take_and_why_not_the_rest(me, period, in_period):
    mine = in_period("IIa", slots=True)
    other = in_period("IIb", cluster="B2.1")
    away = in_period("IIa", centre=structures.a_centre("THS"))
    found = page(me, "catalogue").content.decode()
    assert mine.code in found
    assert away.code not in found
    assert other.code not in found
    assert "Άλλη συστάδα" in found
    assert "Κατηγορία ΙΙa σε άλλον νομό" in found
    assert "Δευτέρα" in found


def test_the_groups_open_rule_by_rule(me, period, in_period):
    other = in_period("IIb", cluster="B2.1")
    away = in_period("IIa", centre=structures.a_centre("THS"))
    clusters = page(me, "catalogue", why="OTHER_CLUSTER").content.decode()
    assert (other.code in clusters, away.code in clusters) == (True, False)
    places = page(me, "catalogue", why="OTHER_PREFECTURE").content.decode()
    assert (other.code in places, away.code in places) == (False, True)
    assert "Το κέντρο είναι στον νομό" in places


def test_demand_counts_what_is_submitted_against_minimum_and_capacity(me, period, in_period):
    one, two = in_period("IIb"), in_period("IIb")
    for _ in range(3):
        make.an_application(period=period, preferences=[one, two])
    make.a_draft(period=period, preferences=[one])
    offers = {o.programme.code: o for o in page(me, "catalogue").context["catalogue"].offers}
    assert (offers[one.code].demand.total, offers[one.code].demand.first) == (3, 3)
    assert (offers[two.code].demand.total, offers[two.code].demand.first) == (3, 0)
    assert offers[one.code].outlook == "Λείπουν τουλάχιστον 6 αιτήσεις για να γίνει"


def test_filters_narrow_the_catalogue(me, period, in_period):
    a, b = in_period("IIa", slots=True), in_period("IIb")
    make.an_application(period=period, preferences=[b])

    def codes(**query):
        return [
            o.programme.code for o in page(me, "catalogue", **query).context["catalogue"].offers
        ]

    assert codes() == [a.code, b.code]
    assert codes(category="IIb") == [b.code]
    assert codes(q=a.code.lower()) == [a.code]
    assert codes(q="κοζαν") == [a.code, b.code]
    assert codes(day="1") == [a.code]
    assert codes(day="6") == []
    assert codes(order="few") == [a.code, b.code]
    assert codes(endangered="on", category="IIa") == [a.code]


def test_the_catalogue_costs_the_same_for_one_and_for_many(me, period, in_period):
    in_period("IIb", slots=True)
    queries_of(me, "catalogue")
    one = queries_of(me, "catalogue")
    for hour in (3, 4):
        in_period("IIb", slots=True)
        in_period("IIa", centre=structures.a_centre("THS"))
        in_period("IIb", cluster="B2.1")
        assert hour
    assert queries_of(me, "catalogue") == one
    assert one <= 30


def test_the_sheet_says_rule_by_rule_whether_i_may(me, period, in_period):
    away = in_period("IIa", centre=structures.a_centre("THS"), slots=True)
    found = page(me, "programme", period.code, away.code).content.decode()
    assert "Το κέντρο είναι στον νομό" in found
    assert "Ωρολόγιο" in found
    hidden = in_period()
    type(hidden).objects.filter(pk=hidden.pk).update(state="draft")
    assert page(me, "programme", period.code, hidden.code).status_code == 404


def test_a_teacher_walks_the_wizard_to_the_receipt(me, period, in_period, teacher, drain_jobs):
    a, b = in_period("IIa"), in_period("IIb")
    assert act(me, "begin", period.code).status_code == 200
    for programme in (b, a):
        act(me, "add", period.code, code=programme.code)
    assert page(me, "facts", period.code).status_code == 200
    after = act(me, "facts", period.code, will_teach="on")
    assert after.redirect_chain[-1][0] == reverse("enrolment:conditions", args=[period.code])
    act(me, "preferences", period.code, order=[a.code, b.code])
    assert page(me, "check", period.code).context["problems"] == []
    before = page(me, "submit", period.code)
    sent = act(
        me,
        "submit",
        period.code,
        reviewed=",".join(before.context["codes"]),
        version=before.context["version"],
        accepts="on",
    )
    assert sent.redirect_chain[-1][0] == reverse("enrolment:receipt", args=[period.code, 1])
    application = ParticipationApplication.objects.get(person=teacher)
    assert application.submission.preferences == [a.code, b.code]
    drain_jobs()
    receipt = page(me, "receipt", period.code, 1)
    assert "Λήψη της απόδειξης" in receipt.content.decode()
    stored = application.submission.__class__.objects.get().receipt.file
    pdf = me.get(reverse("kernel:file", args=[stored.key]))
    assert b"".join(pdf.streaming_content).startswith(b"%PDF-")


def test_a_second_click_on_submit_finds_the_receipt(me, period, in_period, teacher):
    one = in_period()
    act(me, "add", period.code, code=one.code)
    act(me, "facts", period.code, will_teach="on")
    facts = {"reviewed": one.code, "version": 0, "accepts": "on"}
    first, second = (act(me, "submit", period.code, **facts) for _ in range(2))
    assert first.redirect_chain[-1] == second.redirect_chain[-1]
    assert "έχει ήδη υποβληθεί" in second.content.decode()
    assert Submission.objects.count() == 1


def test_without_scripts_the_buttons_of_the_order_send_the_form(me, period, in_period, teacher):
    a1, a2, b = in_period("IIa"), in_period("IIa"), in_period("IIb")
    for programme in (a1, a2, b):
        act(me, "add", period.code, code=programme.code)

    def moved(move, order):
        found = act(me, "preferences", period.code, order=[p.code for p in order], move=move)
        assert found.redirect_chain[-1][0] == reverse("enrolment:preferences", args=[period.code])
        return ParticipationApplication.objects.get(person=teacher).draft["preferences"]

    assert moved(f"up:{a2.code}", [a1, a2, b]) == [a2.code, a1.code, b.code]
    assert moved(f"down:{a2.code}", [a2, a1, b]) == [a1.code, a2.code, b.code]
    assert moved(f"up:{b.code}", [a1, a2, b]) == [a1.code, b.code, a2.code]
    wrong = page(me, "preferences", period.code)
    assert wrong.context["wrong"] == 3
    assert moved("fix:all", [a1, b, a2]) == [a1.code, a2.code, b.code]
    assert moved(f"del:{a1.code}", [a1, a2, b]) == [a2.code, b.code]


def test_the_order_saves_itself_and_says_when(me, period, in_period, teacher):
    one, two = in_period(), in_period()
    act(me, "begin", period.code)
    answer = me.post(
        reverse("enrolment:save-order", args=[period.code]), {"order": [two.code, one.code]}
    )
    assert answer.json() == {"saved": "10:00"}
    application = ParticipationApplication.objects.get(person=teacher)
    assert application.draft["preferences"] == [two.code, one.code]
    assert application.state == "draft"


def test_the_pages_of_an_application_are_its_owners_only(client, login, period, in_period, now):
    application = make.an_application(period=period, preferences=[in_period()])
    login(client, people.a_teacher())
    for name in ("facts", "preferences", "check", "submit", "history", "withdraw"):
        assert page(client, name, period.code).status_code == 404
    assert page(client, "receipt", period.code, 1).status_code == 404
    login(client, application.person)
    for name in ("facts", "conditions", "preferences", "check", "submit", "history", "withdraw"):
        assert page(client, name, period.code).status_code == 200
    assert page(client, "receipt", period.code, 1).status_code == 200
    assert page(client, "application").status_code == 200


def test_strangers_are_sent_to_the_login_page(client, period, now):
    assert page(client, "catalogue").status_code == 302
    assert page(client, "ceremonies").status_code == 302


def test_history_shows_what_changed(me, period, in_period, teacher, submitted, at):
    one, two = in_period(), in_period()
    submitted(teacher, [one])
    submitted(teacher, [two, one], at + timedelta(hours=1))
    lines = page(me, "history", period.code).context["lines"]
    assert lines[0][1] == [(two.code, "good", "1η, νέα"), (one.code, "move", "2η, ήταν 1η")]
    assert lines[1][1] == [(one.code, "", "1η")]


@pytest.fixture
def drawn(period, in_period, officers, after_beacon):
    programme = in_period("IIb", code="P00001", capacity=1, minimum=1)
    for _ in range(3):
        make.an_application(period=period, preferences=[programme])
    out = make.an_application(
        period=period, person=people.a_teacher(certificates=()), preferences=[programme]
    )
    lifecycle.fire_due(period.phase_a_closes)
    draw = Draw.objects.get(period=period)
    for officer in officers:
        actor = people_queries.actor_of(officer, at=after_beacon)
        operations.enter_beacon(draw, actor=actor, at=after_beacon, beacon=BEACON)
    operations.carry_out(draw, at=after_beacon)
    draw.refresh_from_db()
    return draw, out


def test_anybody_sees_the_draw_and_downloads_what_was_published(client, period, drawn, now):
    draw, _ = drawn
    found = page(client, "draw", period.code).content.decode()
    for text in (draw.commitment, draw.freeze_hash, draw.final_head, BEACON, make.SECRET.hex()):
        assert text in found
    for name in ("bundle", "result", "frozen"):
        answer = page(client, "draw-file", period.code, name)
        assert b"".join(answer.streaming_content) == bytes(getattr(draw, name))
    assert page(client, "draw-file", period.code, "secret_sealed").status_code == 404
    assert page(client, "draws").status_code == 200


def test_why_not_me_answers_by_number(client, period, drawn, now):
    last = ParticipationApplication.objects.get(period=period, rank=3)
    found = page(client, "draw", period.code, number=last.number)
    answer = found.context["answer"]
    assert (answer.application.rank, answer.total) == (3, 3)
    assert [(s.places, s.last, s.rank) for s in answer.stops] == [(1, 1, 3)]
    assert "Χωρίς θέση" in found.content.decode()
    unknown = page(client, "draw", period.code, number="99999999").content.decode()
    assert "δεν είναι στη λίστα της κλήρωσης" in unknown


def test_every_issued_number_is_in_the_list_or_says_why_not_without_private_facts(
    client, period, drawn, now
):
    _, out = drawn
    found = page(client, "numbers", period.code)
    fates = {line.number: line.fate for line in found.context["lines"]}
    assert fates.pop(out.number) == (
        "Εκτός: δεν πληροί τις προϋποθέσεις (Κανονιστικό Πλαίσιο, άρθρο 3)"
    )
    assert set(fates.values()) == {"Στη λίστα της κλήρωσης"}


def test_no_public_page_of_the_draw_names_an_applicant(client, period, drawn, now):
    surname = "Δειγματίδης"
    for name in ("draw", "results", "numbers", "heads", "changes"):
        answer = page(client, name, period.code)
        assert answer.status_code == 200
        assert surname not in answer.content.decode()


def test_names_are_shown_only_to_those_entitled(client, login, period, drawn, officers, now):
    first = ParticipationApplication.objects.get(period=period, rank=1)

    def seen(person):
        login(client, person)
        return {row.number for row in page(client, "names", period.code).context["page"]}

    numbers = set(period.applications.values_list("number", flat=True))
    assert seen(officers[0]) == numbers
    assert seen(people.ministry_officer()) == numbers
    assert seen(first.person) == {first.number}
    manager = people.a_centre_manager(first.programme.centre)
    assert seen(manager) == {first.number}
    assert seen(people.a_teacher()) == set()


@pytest.mark.parametrize("name", ["results", "names", "numbers", "draws"])
def test_lists_cost_the_same_for_one_and_for_three(
    client, login, drawn, period, officers, name, now
):
    login(client, officers[0])
    args = [] if name == "draws" else [period.code]
    queries_of(client, name, *args)
    rows = period.applications.order_by("-pk")
    three = queries_of(client, name, *args)
    if name == "draws":
        for _ in range(2):
            make.a_draw(programmes.a_period("announced"))
    else:
        rows.filter(rank__gt=1).update(rank=None, number="")
    assert queries_of(client, name, *args) == three


def test_the_officers_page_leads_through_the_ceremony(
    client, login, period, in_period, officers, now
):
    make.an_application(period=period, preferences=[in_period()])
    login(client, officers[0])
    assert page(client, "ceremonies").status_code == 200
    assert page(client, "ceremony", period.code).status_code == 200
    assert page(client, "extend", period.code).status_code == 200
    lifecycle.fire_due(period.phase_a_closes)
    now(period.phase_a_closes + timedelta(hours=1))
    assert page(client, "reopen", period.code).status_code == 200
    now(Draw.objects.get().beacon_at + timedelta(hours=1))
    after = act(client, "beacon", period.code, beacon=BEACON)
    assert "Η καταχώρισή σας κρατήθηκε" in after.content.decode()
    login(client, officers[1])
    hidden = page(client, "ceremony", period.code).content.decode()
    assert BEACON not in hidden
    done = act(client, "beacon", period.code, beacon=BEACON)
    assert "Η κλήρωση υπολογίζεται" in done.content.decode()
    login(client, people.a_teacher())
    assert page(client, "ceremony", period.code).status_code == 404


def test_the_officer_announces_extends_and_reopens_on_screen(
    client, login, officers, period, now, at
):
    draft = programmes.a_period("draft", action=period.action)
    login(client, officers[0])
    form = page(client, "announce", draft.code).context["form"]
    given = {name: form.initial[name] for name in ("source", "pattern", "example")}
    given["beacon_at"] = form.initial["beacon_at"].strftime("%Y-%m-%dT%H:%M")
    moment = (draft.phase_a_closes + timedelta(hours=25)).strftime("%Y-%m-%dT%H:%M")
    act(client, "announce", draft.code, **given | {"beacon_at": moment})
    draft.refresh_from_db()
    assert draft.state == "announced"
    closes = period.phase_a_closes + timedelta(hours=3)
    beacon_at = closes + timedelta(hours=25)
    done = act(
        client,
        "extend",
        period.code,
        **given
        | {
            "closes": closes.strftime("%Y-%m-%dT%H:%M"),
            "beacon_at": beacon_at.strftime("%Y-%m-%dT%H:%M"),
            "phase_b_opens": period.phase_b_opens.strftime("%Y-%m-%dT%H:%M"),
            "phase_b_closes": period.phase_b_closes.strftime("%Y-%m-%dT%H:%M"),
            "reason": "Βλάβη",
        },
    )
    assert "Δημοσιεύθηκε η πράξη 2023/000001" in done.content.decode()
    public = page(client, "draw", period.code).content.decode()
    assert "Αιτιολογία: Βλάβη" in public


def test_the_frozen_list_is_json_as_hashed(client, drawn, period, now):
    content = b"".join(page(client, "draw-file", period.code, "frozen").streaming_content)
    assert json.loads(content)["period"] == period.code
