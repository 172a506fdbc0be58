"""A new action and its periods on screen, from nothing to the proposals of the centres.

Shows: R-025, R-026, R-028, R-178.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.urls import reverse

from didaskaleio.kernel import lifecycle
from didaskaleio.kernel.calendar import ATHENS
from didaskaleio.kernel.errors import Refusal, StepRefusedError
from didaskaleio.kernel.models import JournalEntry
from didaskaleio.programmes import operations, rules
from didaskaleio.programmes.models import TrainingAction, TrainingPeriod
from didaskaleio.structures.models import ClusterScheme
from tests.factories import courses, people, structures
from tests.factories import programmes as make

pytestmark = pytest.mark.django_db
NOW = datetime(2022, 11, 20, 10, tzinfo=ATHENS)
DATES = {name: make.DATES[name] for name in (*rules.MOMENTS, *rules.DAYS)}


@pytest.fixture(autouse=True)
def clock(set_clock):
    set_clock(NOW)


@pytest.fixture
def officer():
    return people.officer()


def typed(values):
    """Moments as a browser types them."""
    return {
        name: f"{value:%Y-%m-%dT%H:%M}" if isinstance(value, datetime) else value.isoformat()
        for name, value in values.items()
    }


def posted(response, **values):
    """The values of a form and of its rows as the page shows them, with ``values`` over them."""
    found = {}
    for part in (response.context["form"], *response.context["rows"].forms):
        found |= {bound.html_name: bound.value() for bound in part}
    found |= {bound.html_name: bound.value() for bound in response.context["rows"].management_form}
    shown = {
        name: value for name, value in found.items() if value is not None and value is not False
    }
    return (
        typed({k: v for k, v in shown.items() if hasattr(v, "isoformat")})
        | {k: v for k, v in shown.items() if not hasattr(v, "isoformat")}
        | values
    )


def step(client, cycle, thing, name):
    client.post(reverse("kernel:step", args=[cycle, thing.pk, name]))
    thing.refresh_from_db()
    return thing.state


def test_an_officer_walks_from_a_new_action_to_the_proposals_of_the_centres(
    client, login, officer, set_clock
):
    course = courses.a_course("approved")
    login(client, officer)
    page = client.get(reverse("programmes:periods")).content.decode()
    assert reverse("programmes:action-new") in page
    assert reverse("programmes:actions") in page

    new = reverse("programmes:action-new")
    form = posted(
        client.get(new),
        code="b2-2023",
        title="Επιμόρφωση Β2",
        course_version=course.current_id,
        scheme=ClusterScheme.objects.get(level="B2", valid_until=None).pk,
        project=structures.the_project().pk,
        target="15000",
    )
    made = client.post(new, form)
    action = TrainingAction.objects.get()
    assert made.url == reverse("programmes:action", args=[action.pk])
    assert [
        (c.code, c.label, c.face_to_face, c.synchronous, c.support, c.locality)
        for c in action.categories.all()
    ] == [("IIa", "ΙΙa", 4, 10, 6, True), ("IIb", "ΙΙb", 0, 14, 6, False)]
    course.refresh_from_db()
    assert course.state == "offered"

    assert "Λείπουν: Κανονιστικό Πλαίσιο." in client.get(made.url).content.decode()
    assert step(client, "training_action", action, "set_parameters") == "draft"
    written = client.post(
        reverse("programmes:regulation-write", args=[action.pk]),
        {"title": "Πλαίσιο", "article_title": ["Απουσίες"], "article_text": ["Ώς 10 %."]},
    )
    client.post(written.url + "publish/")
    assert step(client, "training_action", action, "set_parameters") == "configured"
    assert step(client, "training_action", action, "open_planning") == "configured"

    url = reverse("programmes:period-new", args=[action.pk])
    empty = posted(client.get(url))
    values = empty | typed(DATES) | {"code": "B2-2023-1", "title": "1η περίοδος"}
    values |= {"quota-0-kind": "cluster", "quota-0-key": "Β2.3", "quota-0-limit": "4"}
    begun = client.post(url, values)
    period = TrainingPeriod.objects.get()
    assert begun.url == reverse("programmes:period", args=[period.pk])
    assert period.phase_a_closes == DATES["phase_a_closes"]
    assert list(period.quotas.values_list("kind", "key", "limit")) == [("cluster", "B2.3", 4)]
    assert step(client, "training_action", action, "open_planning") == "planning"

    page = client.get(begun.url)
    (announce,) = [link.url for link in page.context["links"] if "announce" in link.url]
    beacon = posted_simple(client.get(announce))
    client.post(announce, beacon)
    period.refresh_from_db()
    assert period.state == "announced"
    lifecycle.fire_due(period.proposals_open)
    period.refresh_from_db()
    assert period.state == "proposing"

    set_clock(period.proposals_open + timedelta(hours=1))
    centre = structures.a_centre()
    login(client, people.a_centre_manager(centre))
    assert client.get(reverse("programmes:new", args=[period.pk])).status_code == 200


def posted_simple(response):
    form = response.context["form"]
    values = {bound.html_name: bound.value() for bound in form}
    moments = {k: v for k, v in values.items() if isinstance(v, datetime)}
    return values | typed({k: v.astimezone(ATHENS) for k, v in moments.items()})


def test_the_second_period_begins_as_the_first_some_whole_weeks_later(client, login, officer):
    first = make.a_period("running", code="B2-2023-1", title="1η περίοδος")
    make.a_quota(first, "prefecture", "KOZ", 7)
    login(client, officer)
    url = reverse("programmes:period-new", args=[first.action_id])
    assert client.get(reverse("programmes:action", args=[first.action_id])).status_code == 200
    TrainingAction.objects.update(state="running")
    page = client.get(url)
    assert "Όπως η προηγούμενη περίοδος" in page.content.decode()
    client.post(url, posted(page))
    second = TrainingPeriod.objects.get(code="B2-2023-2")
    assert second.title == "1η περίοδος"
    assert (second.first_day - first.first_day).days % 7 == 0
    assert second.first_day > first.last_day
    for name in rules.MOMENTS:
        was, now = (getattr(row, name).astimezone(ATHENS) for row in (first, second))
        assert (was.weekday(), was.time()) == (now.weekday(), now.time())
    assert list(second.quotas.values_list("kind", "key", "limit")) == [("prefecture", "KOZ", 7)]


def test_moments_out_of_order_are_told_at_their_fields_and_nothing_is_lost(client, login, officer):
    action = make.an_action()
    login(client, officer)
    url = reverse("programmes:period-new", args=[action.pk])
    wrong = DATES | {"phase_b_opens": DATES["phase_a_closes"], "last_day": DATES["first_day"]}
    values = posted(client.get(url)) | typed(wrong) | {"code": "x-1", "title": "Τίτλος"}
    page = client.post(url, values)
    assert set(page.context["form"].errors) == {"phase_b_opens", "last_day"}
    assert "Η Β΄ φάση ανοίγει μετά τη λήξη της Α΄ φάσης" in page.content.decode()
    assert 'value="x-1"' in page.content.decode()
    assert not TrainingPeriod.objects.exists()


def test_the_page_of_dates_says_the_same_at_the_same_fields(client, login, officer):
    period = make.a_period("announced")
    login(client, officer)
    url = reverse("programmes:period-dates", args=[period.pk])
    page = client.post(url, typed(DATES | {"phase_b_opens": DATES["phase_a_closes"]}))
    assert set(page.context["form"].errors) == {"phase_b_opens"}
    assert client.post(url, typed(DATES)).status_code == 302


@pytest.mark.parametrize("state", ["draft", "completing", "documented", "closed", "cancelled"])
def test_an_action_takes_no_period_before_it_is_settled_or_after_its_lessons(
    client, login, officer, actor_for, state
):
    action = make.an_action(state=state)
    with pytest.raises(StepRefusedError):
        operations.begin_period(
            action, actor=actor_for(officer), at=NOW, code="x", title="x", moments=DATES
        )
    login(client, officer)
    assert client.get(reverse("programmes:period-new", args=[action.pk])).status_code == 404
    page = client.get(reverse("programmes:action", args=[action.pk])).content.decode()
    assert "Νέα περίοδος" not in page


def test_a_taken_code_or_an_unknown_quota_is_told_in_the_form(client, login, officer):
    period = make.a_period("running", code="B2-2023-1")
    login(client, officer)
    url = reverse("programmes:period-new", args=[period.action_id])
    values = posted(client.get(url), code="B2-2023-1")
    assert "code" in client.post(url, values).context["form"].errors
    values |= {"code": "B2-9", "quota-0-key": "ΟΧΙ", "quota-0-kind": "prefecture"}
    page = client.post(url, values | {"quota-0-limit": "2"})
    assert "Δεν υπάρχει Νομός με κωδικό «ΟΧΙ»" in page.content.decode()
    assert TrainingPeriod.objects.count() == 1


def facts(course, **over):
    values = {
        "code": "b2",
        "title": "Δράση",
        "course_version": course.current,
        "scheme": ClusterScheme.objects.get(level="B2", valid_until=None),
        "target": 100,
        "categories": (operations.CategoryFacts("IIb", "ΙΙb", "Εξ αποστάσεως", 0, 14, 6),),
    }
    return operations.ActionFacts(**values | over)


def test_a_draft_action_is_changed_and_a_settled_one_stands(actor_for, officer):
    actor, course = actor_for(officer), courses.a_course()
    action = operations.begin_action(structures.a_body(), facts(course), actor=actor, at=NOW)
    operations.change_action(action, facts(course, target=200), actor=actor, at=NOW)
    action.refresh_from_db()
    assert action.target == 200
    entries = JournalEntry.objects.filter(subject="programmes.trainingaction").order_by("pk")
    assert [(e.act, e.data) for e in entries] == [
        ("Νέα επιμορφωτική δράση", {"compulsory": False}),
        ("Άλλαξαν τα στοιχεία της δράσης", {"fields": ["target"]}),
    ]
    TrainingAction.objects.update(state="configured")
    with pytest.raises(StepRefusedError, match="οριστικοποιήθηκαν"):
        operations.change_action(action, facts(course), actor=actor, at=NOW)


def test_an_action_stands_on_an_approved_course_of_its_own_body_and_level(actor_for, officer):
    actor, body = actor_for(officer), structures.a_body()
    course = courses.a_course()
    foreign = courses.a_course(body=structures.a_body("iep"))
    course_b1 = ClusterScheme.objects.filter(level="B1").first()
    for wrong, code in (
        (facts(foreign), "course_version"),
        (facts(course, scheme=course_b1), "scheme"),
    ):
        with pytest.raises(Refusal) as refused:
            operations.begin_action(body, wrong, actor=actor, at=NOW)
        assert refused.value.code == code
    operations.begin_action(body, facts(course), actor=actor, at=NOW)
    with pytest.raises(Refusal, match="κωδικό"):
        operations.begin_action(body, facts(course), actor=actor, at=NOW)


def test_hours_that_depart_from_the_course_are_told_while_the_action_is_a_draft(
    client, login, officer
):
    action = make.an_action(state="draft")
    action.categories.filter(code="IIb").update(support=5)
    login(client, officer)
    page = client.get(reverse("programmes:action", args=[action.pk])).content.decode()
    assert "Κατηγορία ΙΙb" in page
    url = reverse("programmes:action-edit", args=[action.pk])
    values = posted(client.get(url))
    client.post(url, values | {"cat-1-support": "6", "cat-1-title": "Από απόσταση"})
    assert list(action.categories.values_list("support", "title")) == [
        (6, "Με διά ζώσης συνεδρίες"),
        (6, "Από απόσταση"),
    ]


def test_the_ministry_reads_actions_and_a_centre_does_not_find_them(client, login):
    action = make.an_action()
    login(client, people.ministry_officer())
    assert action.title in client.get(reverse("programmes:actions")).content.decode()
    assert client.get(reverse("programmes:action-new")).status_code == 404
    login(client, people.a_centre_manager(structures.a_centre()))
    assert action.title not in client.get(reverse("programmes:actions")).content.decode()
    assert client.get(reverse("programmes:action", args=[action.pk])).status_code == 404


def test_the_list_of_actions_asks_the_same_for_one_and_for_three(client, login, officer):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    login(client, officer)
    make.an_action()
    url = reverse("programmes:actions")
    client.get(url)
    with CaptureQueriesContext(connection) as one:
        client.get(url)
    make.an_action()
    make.an_action()
    with CaptureQueriesContext(connection) as three:
        client.get(url)
    assert len(three) == len(one)


def test_an_officer_makes_an_action_compulsory_and_the_journal_says_so(client, login, officer):
    course = courses.a_course("approved")
    version = course.current
    rules = [{"kind": "appointed_between", "since": "2021-08-01"}]
    type(version).objects.filter(pk=version.pk).update(trainee_profile=rules)
    login(client, officer)
    new = reverse("programmes:action-new")
    facts = {"code": "owed", "title": "Εισαγωγική", "target": 10, "course_version": version.pk}
    facts["scheme"] = ClusterScheme.objects.get(level="B2", valid_until=None).pk
    assert client.post(new, posted(client.get(new), **facts, compulsory="on")).status_code == 302
    row = TrainingAction.objects.get(code="owed")
    assert row.compulsory
    edit = reverse("programmes:action-edit", args=[row.pk])
    change = posted(client.get(edit))
    assert change.pop("compulsory")
    assert client.post(edit, change).status_code == 302
    row.refresh_from_db()
    assert not row.compulsory
    first, last = JournalEntry.objects.filter(
        subject="programmes.trainingaction", subject_id=row.pk
    ).order_by("pk")
    assert first.data["compulsory"] is True
    assert last.data["fields"] == ["compulsory"]


def test_a_profile_that_tells_nobody_keeps_the_action_voluntary(client, login, officer):
    course = courses.a_course("approved")
    version = course.current
    type(version).objects.filter(pk=version.pk).update(trainee_profile=[{"kind": "locality"}])
    login(client, officer)
    new = reverse("programmes:action-new")
    facts = {"code": "owed", "title": "Εισαγωγική", "target": 10, "course_version": version.pk}
    facts["scheme"] = ClusterScheme.objects.get(level="B2", valid_until=None).pk
    page = client.post(new, posted(client.get(new), **facts, compulsory="on"))
    assert "δεν ορίζει ποιοι οφείλουν" in page.content.decode()
    assert not TrainingAction.objects.filter(code="owed").exists()
