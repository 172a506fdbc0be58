"""Pages of trainee, centre, body, region and ministry; strangers find nothing.

Shows: R-050, R-055.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from didaskaleio.delivery import operations, queries
from didaskaleio.kernel.models import StoredFile
from didaskaleio.people.queries import actor_of
from tests.factories import delivery, people, structures
from tests.hostile_files import EVERYWHERE
from tests.markup import markup

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


def url(name, *args):
    return reverse(f"delivery:{name}", args=args)


@pytest.fixture
def go(client, login, set_clock, first):
    """``go(person, url, …)``: the page as that person sees it, a day after the first session."""
    set_clock(first.ends_at + 2 * DAY)

    def get(person, address, data=None):
        login(client, person)
        return client.post(address, data, follow=True) if data else client.get(address)

    return get


@pytest.fixture
def cast(programme):
    """Everybody who has to do with the programme, and strangers of the same kinds."""
    other = structures.a_centre("LAR")
    region = people.a_person()
    people.a_post(region, "regional_officer", "region", programme.centre.region)
    elsewhere = people.a_person()
    people.a_post(elsewhere, "regional_officer", "region", structures.a_prefecture("LES").region)
    return {
        "trainer": programme.trainer,
        "manager": people.a_centre_manager(programme.centre),
        "officer": people.officer(),
        "region": region,
        "ministry": people.ministry_officer(),
        "trainee": programme.places.first().person,
        "other trainer": people.a_trainer(),
        "other manager": people.a_centre_manager(other),
        "other officer": people.officer("minedu"),
        "other region": elsewhere,
        "other trainee": people.a_teacher(),
    }


def statuses(go, cast, address):
    found = set()
    for name, person in cast.items():
        answer = go(person, address)
        if answer.status_code == 200:
            found.add(name)
        if answer.streaming:
            b"".join(answer.streaming_content)
            for shut in answer._resource_closers:
                shut()
    return found


def test_who_opens_which_page_and_everybody_else_gets_404(go, cast, programme, first):
    named = {"trainer", "manager", "officer"}
    assert statuses(go, cast, url("session", first.pk)) == named
    assert statuses(go, cast, url("programme", programme.pk)) == named | {"region", "ministry"}
    assert go(cast["other trainee"], url("session", first.pk)).status_code == 404
    delivery.a_signed_session(first)
    assert statuses(go, cast, url("correct", first.pk)) == {"officer"}
    row = delivery.trainees_of(first)[0]
    assert statuses(go, cast, url("dispute-new", row.pk)) == {"trainee"}
    assert statuses(go, cast, url("excuse-new", row.pk)) == {"trainee"}


def test_region_and_ministry_read_numbers_not_names(go, cast, programme, first):
    delivery.a_signed_session(first)
    name = str(delivery.trainees_of(first)[0].person)
    for role in ("region", "ministry"):
        text = markup(go(cast[role], url("programme", programme.pk)))
        assert "4 από 4" in text
        assert name not in text
    assert name in markup(go(cast["manager"], url("programme", programme.pk)))


def test_the_trainee_sees_each_session_the_hours_and_what_is_left(go, cast, first, programme):
    delivery.a_signed_session(first, absent=(0,))
    text = markup(go(cast["trainee"], url("mine")))
    assert "2 ώρες απουσίας από 6 που επιτρέπονται: απομένουν 4 ώρες." in text
    assert text.count("1η συνάντηση</strong>") == 1
    assert "Επόμενες συναντήσεις (19)" in text
    row = delivery.trainees_of(first)[0]
    assert url("excuse-new", row.pk) in text
    assert url("dispute-new", row.pk) in text


def test_a_draft_is_nothing_to_the_trainee(go, cast, first):
    delivery.a_marked_session(first, absent=(0,))
    text = markup(go(cast["trainee"], url("mine")))
    assert "Απουσία</span>" not in text
    assert "0 ώρες απουσίας" in text


def test_whoever_left_still_reads_what_was_signed(go, cast, first, programme):
    delivery.a_signed_session(first)
    application = programme.places.get(person=cast["trainee"])
    application.state, application.programme = "withdrawn", None
    application.save(update_fields=["state", "programme"])
    text = markup(go(cast["trainee"], url("mine")))
    assert f"({programme.code})</h2>" in text
    assert "Αποχωρήσατε" in text


def test_an_excuse_travels_from_the_trainee_to_the_centre_and_back(go, cast, first):
    delivery.a_signed_session(first, absent=(0,))
    row = delivery.trainees_of(first)[0]
    upload = SimpleUploadedFile("χαρτί.pdf", PDF, content_type="application/pdf")
    go(cast["trainee"], url("excuse-new", row.pk), {"text": "Ασθένεια", "file": upload})
    excuse = row.excuses.get()
    assert "Δικαιολογήσεις απουσιών" in markup(go(cast["manager"], url("exceptions")))
    assert "χαρτί.pdf" in markup(go(cast["manager"], url("excuse", excuse.pk)))
    go(cast["manager"], url("excuse", excuse.pk), {"decision": "accept", "reason": "Έγκυρο"})
    row.refresh_from_db()
    assert row.mark == "excused"
    assert "Δικαιολόγηση: έγινε δεκτή" in markup(go(cast["trainee"], url("mine")))


def test_no_hostile_file_excuses_anybody(go, cast, first):
    delivery.a_signed_session(first, absent=(0,))
    row = delivery.trainees_of(first)[0]
    for name, content in EVERYWHERE.items():
        upload = SimpleUploadedFile(name, content, content_type="application/pdf")
        go(cast["trainee"], url("excuse-new", row.pk), {"text": "Ασθένεια", "file": upload})
    assert not row.excuses.exists()
    assert not StoredFile.objects.filter(kind="delivery.excuse").exists()


def test_the_document_of_an_excuse_opens_to_few(go, cast, first):
    delivery.a_signed_session(first, absent=(0,))
    row = delivery.trainees_of(first)[0]
    upload = SimpleUploadedFile("χαρτί.pdf", PDF, content_type="application/pdf")
    go(cast["trainee"], url("excuse-new", row.pk), {"text": "Ασθένεια", "file": upload})
    address = reverse("kernel:file", args=[row.excuses.get().file.key])
    assert statuses(go, cast, address) == {"trainee", "manager", "officer"}
    assert statuses(go, cast, url("excuse", row.excuses.get().pk)) == {
        "trainee", "manager", "officer",
    }  # fmt: skip


def test_a_dispute_travels_from_the_trainee_to_the_body(go, cast, first):
    delivery.a_signed_session(first, absent=(0,))
    row = delivery.trainees_of(first)[0]
    go(cast["trainee"], url("dispute-new", row.pk), {"text": "Ήμουν εκεί"})
    dispute = row.disputes.get()
    answer = {
        "decision": "uphold",
        "mark": "late",
        "late": "20",
        "asynchronous": "",
        "reason": "Ναι",
    }
    go(cast["officer"], url("dispute", dispute.pk), answer)
    row.refresh_from_db()
    assert (row.mark, row.minutes) == ("late", 70)


def test_an_officer_corrects_by_the_form(go, cast, first):
    delivery.a_signed_session(first)
    rows = list(queries.roll(first))
    said = {f"mark-{row.pk}": row.mark for row in rows} | {f"async-{rows[1].pk}": "on"}
    said |= {f"mark-{rows[0].pk}": "absent", "reason": "Λάθος"}
    go(cast["officer"], url("correct", first.pk), said)
    sheet = queries.latest_sheet(first)
    assert [row["mark"] for row in sheet.rows][:2] == ["absent", "present"]
    assert [row["async"] for row in sheet.rows][:4] == [False, True, False, False]


def test_the_centre_starts_the_programme_when_every_condition_is_fulfilled(
    client, login, set_clock
):
    programme = delivery.an_enrolling_programme(1)
    manager = people.a_centre_manager(programme.centre)
    login(client, manager)
    begins = programme.slots.order_by("date", "start").first().span.lower
    set_clock(begins - 8 * DAY)
    early = markup(client.get(url("programme", programme.pk)))
    assert early.count("Πληρούται") == 2
    assert "Δεν πληρούται ακόμη" in early
    assert "Έναρξη προγράμματος" not in early
    set_clock(begins - 7 * DAY)
    assert "Έναρξη προγράμματος" in markup(client.get(url("programme", programme.pk)))
    client.post(reverse("kernel:step", args=["programme", programme.pk, "start"]))
    programme.refresh_from_db()
    assert (programme.state, programme.sessions.count()) == ("running", 20)


def test_the_second_signature_is_one_button(go, cast, first):
    delivery.a_signed_session(first)
    assert "Δεύτερη υπογραφή" in markup(go(cast["manager"], url("session", first.pk)))
    go(cast["manager"], url("countersign", first.pk), {"x": "1"})
    assert queries.latest_sheet(first).countersigned_by == cast["manager"]


def groups(actor, at):
    return queries.exceptions.groups(queries.exceptions.Question(actor, at))


def test_a_long_group_shows_its_first_rows_and_leads_to_the_whole_list(
    go, cast, programme, set_clock, monkeypatch
):
    monkeypatch.setattr(queries.exceptions, "SHOWN", 3)
    sessions = delivery.sessions_of(programme)
    set_clock(sessions[4].ends_at + DAY)
    text = markup(go(cast["manager"], url("exceptions")))
    assert "Και άλλα 2: όλος ο κατάλογος" in text
    assert 'href="?group=unsigned"' in text
    whole = go(cast["manager"], f"{url('exceptions')}?group=unsigned")
    assert [s.sequence for s in whole.context["page"]] == [1, 2, 3, 4, 5]
    turned = go(cast["manager"], f"{url('exceptions')}?group=unsigned&order=-when")
    assert [s.sequence for s in turned.context["page"]] == [5, 4, 3, 2, 1]


def test_exceptions_are_narrowed_to_a_programme_or_a_centre(go, cast, programme, set_clock):
    other = delivery.a_running_programme(1, period=programme.period)
    set_clock(delivery.sessions_of(programme)[0].ends_at + 2 * DAY)

    def codes(asked):
        page = go(cast["officer"], f"{url('exceptions')}?group=unsigned&q={asked}")
        return {session.programme.code for session in page.context["page"]}

    both = {programme.code, other.code}
    assert codes("") == both
    assert codes(other.code.lower()) == {other.code}
    assert codes(programme.centre.name.lower()) == {programme.code}
    assert codes("Ανύπαρκτο") == set()
    text = markup(go(cast["officer"], f"{url('exceptions')}?q=Ανύπαρκτο"))
    assert "Καμία εκκρεμότητα εδώ" in text


@pytest.mark.parametrize("group", list(queries.exceptions.SOURCES))
def test_every_group_opens_whole_for_the_centre_and_the_body(go, cast, programme, group):
    for person in (cast["manager"], cast["officer"]):
        page = go(person, f"{url('exceptions')}?group={group}&q={programme.code}")
        title = queries.exceptions.SOURCES[group][0]
        assert f"<h1>{title}</h1>" in markup(page)


def test_after_a_suspension_the_page_says_what_must_be_replaced(go, cast, programme, set_clock):
    first, second, *_ = delivery.sessions_of(programme)
    officer = actor_of(cast["officer"], at=first.starts_at)
    operations.suspend(programme, actor=officer, at=first.starts_at, reason="Χιόνια")
    set_clock(second.ends_at)
    text = markup(go(cast["manager"], url("programme", programme.pk)))
    assert "Όσες συναντήσεις πέσουν μέσα στην αναστολή" in text
    operations.resume(programme, actor=officer, at=second.ends_at)
    text = markup(go(cast["manager"], url("programme", programme.pk)))
    assert "Χρειάζονται αναπλήρωση" in text
    for session in (first, second):
        assert f'href="{url("move", session.pk)}"' in text
    seen = markup(go(cast["officer"], url("programme", programme.pk)))
    assert "Χρειάζονται αναπλήρωση" in seen
    assert "Ορισμός νέας ώρας" not in seen


def test_exceptions_come_in_groups_the_most_serious_first(go, cast, programme, set_clock):
    sessions = delivery.sessions_of(programme)
    for session in sessions[:4]:
        delivery.a_signed_session(session, absent=(0,))
    delivery.a_signed_session(sessions[4], asynchronous=False)
    at = sessions[5].ends_at
    manager = actor_of(cast["manager"], at=at)
    operations.mark_not_held(sessions[6], actor=manager, at=at, reason="Απεργία")
    set_clock(at + DAY)
    found = [(g.name, g.count) for g in groups(manager, at + DAY)]
    assert found == [
        ("over", 1), ("unsigned", 1), ("not_held", 1), ("countersign", 5), ("async", 1),
        ("reports", 5),
    ]  # fmt: skip
    assert groups(actor_of(cast["other manager"], at=at), at + DAY) == []
    body = groups(actor_of(cast["officer"], at=at), at)
    assert body[0].name == "over"


def test_the_centre_removes_who_passed_the_limit_and_the_officer_sees_it(
    go, cast, programme, set_clock
):
    sessions = delivery.sessions_of(programme)
    for session in sessions[:4]:
        delivery.a_signed_session(session, absent=(0,))
    set_clock(sessions[3].ends_at)
    step = ["participation_application", programme.places.get(person=cast["trainee"]).pk]
    address = reverse("kernel:step", args=[*step, "exceed_absences"])
    assert address in markup(go(cast["manager"], url("exceptions")))
    go(cast["manager"], address, {"reason": "Πάνω από το όριο"})
    text = markup(go(cast["officer"], url("exceptions")))
    assert "Διαγραφές λόγω απουσιών" in text
    assert "Διαγραφή λόγω απουσιών" in markup(go(cast["trainee"], url("mine")))


def test_progress_goes_from_the_country_to_the_programme(go, cast, programme, first, set_clock):
    delivery.a_signed_session(first)
    region, centre = programme.centre.region, programme.centre
    set_clock(delivery.sessions_of(programme)[1].ends_at + DAY)
    pages = [
        go(cast["ministry"], url("progress")),
        go(cast["ministry"], f"{url('progress')}?region={region.pk}"),
        go(cast["ministry"], f"{url('progress')}?prefecture={centre.prefecture_id}"),
        go(cast["ministry"], f"{url('progress')}?centre={centre.pk}"),
    ]
    names = [[bar.line.name for bar in page.context["page"]] for page in pages]
    assert names == [[region.name], [centre.prefecture.name], [centre.name], [programme.code]]
    for page in pages:
        figures = {k: v for k, v in page.context["total"].figures.items() if v}
        assert figures == {
            "programmes": 1, "running": 1, "meetings": 20, "signed": 1,
            "late": 1, "trainees": 4, "exceptions": 1,
        }  # fmt: skip
    assert go(cast["other region"], url("progress")).context["page"].object_list == []


@pytest.mark.parametrize("page", ["mine", "exceptions", "progress", "programme", "sessions"])
def test_the_queries_of_a_page_do_not_grow_with_its_rows(client, login, set_clock, page):
    counted = []
    officer, period, trainer = people.officer(), None, people.a_trainer()
    for number in (1, 3):
        for _ in range(number):
            programme = delivery.a_running_programme(
                number, signed=2, absent=(0,), **({"period": period} if period else {}),
                trainer=trainer if number == 1 else None,
            )  # fmt: skip
            period = programme.period
        set_clock(delivery.sessions_of(programme)[3].ends_at + 2 * DAY)
        person = {"mine": programme.places.first().person, "sessions": programme.trainer}.get(
            page, officer
        )
        login(client, person)
        args = [programme.pk] if page == "programme" else []
        client.get(url(page, *args))
        with CaptureQueriesContext(connection) as found:
            assert client.get(url(page, *args)).status_code == 200
        counted.append(len(found))
    assert counted[0] == counted[1]
