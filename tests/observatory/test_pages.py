"""Pages of reports and requests: the steps, what is posted, who is let in, what they cost.

Shows: R-079, R-176.
"""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from didaskaleio.observatory import operations
from didaskaleio.observatory.models import AdHocReport, SpecialRequest, Subscription
from didaskaleio.people.enums import Role
from tests.factories import people
from tests.factories.structures import a_body, a_centre
from tests.markup import markup
from tests.sheets import cells_of

pytestmark = pytest.mark.django_db
CENTRES = {"subject": "registers.centres", "columns": ["code", "name"]}
BUILD = "/observatory/reports/new/registers.centres/"


@pytest.fixture
def officer():
    return people.officer()


@pytest.fixture
def browse(client, login, set_clock, at, officer):
    set_clock(at)
    return login(client, officer)


@pytest.fixture
def report(officer, actor_for, at):
    return operations.create(CENTRES, title="Κέντρα", actor=actor_for(officer), at=at)


def page(browse, url, **query):
    return markup(browse.get(url, query))


def test_the_first_step_offers_only_subjects_of_which_something_may_be_seen(
    client, login, set_clock, at
):
    set_clock(at)
    shown = page(login(client, people.officer()), "/observatory/reports/new/")
    assert "Επιμορφωτικές δράσεις" in shown
    region = people.a_person()
    people.a_post(region, Role.REGISTRAR, "body", a_body())
    shown = page(login(client, region), "/observatory/reports/new/")
    assert "Μέλη μητρώων" in shown
    assert "Επιμορφωτικές δράσεις" not in shown


def test_the_preview_follows_columns_filters_and_groups_in_the_address(browse):
    a_centre(body=a_body("itye"), name="Κ.Σ.Ε. Δοκιμής", town="Κοζάνη")
    a_centre(body=a_body("itye"), name="Άλλο", town="Βόλος")
    shown = page(browse, BUILD, c="name", f0c="town", f0o="contains", f0v="κοζανη")
    assert "Κ.Σ.Ε. Δοκιμής" in shown
    assert "Γραμμές: 1" in shown
    assert "Πόλη περιέχει «κοζανη»" in shown
    shown = page(browse, BUILD, g="town", chart="bars", share="1")
    assert "50,0 %" in shown
    assert "Πλήθος ανά ομάδα" in shown


def test_a_filter_is_added_filled_in_and_taken_away_without_scripts(browse):
    shown = page(browse, BUILD, c="name", new="kind")
    assert 'name="f0c" value="kind"' in shown
    assert "είναι ένα από" in shown
    shown = page(browse, BUILD, c="name", f0c="kind", f0o="among", f0v="university", drop="0")
    assert 'name="f0c"' not in shown


def test_what_cannot_be_asked_is_said_above_the_preview_and_nothing_breaks(browse):
    for query in (
        {"c": "password"},
        {"c": "name", "f0c": "town", "f0o": "evil", "f0v": "1"},
        {"c": "name", "new": "nothing"},
        {"g": "approved_from"},
        {"m": "sum:name", "c": "name"},
        {"c": "name", "f0c": "approved_from", "f0o": "from", "f0v": "χθες"},
    ):
        answer = browse.get(BUILD, query)
        assert answer.status_code == 200
        text = markup(answer)
        assert "Διαλέξτε" in text or "γράψτε" in text or "αριθμούς" in text, query


def test_a_report_is_saved_opened_changed_and_restored(browse, officer):
    answer = browse.post(BUILD, {"query": "c=code&c=name&o=code", "title": "Τα κέντρα"})
    made = AdHocReport.objects.get()
    url = reverse("observatory:report", args=[made.pk])
    assert answer.headers["Location"] == url
    browse.post(f"{url}edit/", {"query": "g=prefecture&share=1", "title": "Ανά νομό"})
    made.refresh_from_db()
    assert (made.title, made.number) == ("Ανά νομό", 2)
    assert "Παλαιότερη έκδοση" in page(browse, url, version="1")
    assert browse.get(url, {"version": "9"}).status_code == 404
    browse.post(f"{url}restore/", {"version": "1"})
    made.refresh_from_db()
    assert made.number == 3
    assert 'value="code" checked' in page(browse, f"{url}edit/")


def test_the_files_carry_the_rows_of_whoever_asks(browse, report, client, login):
    mine = a_centre(body=a_body("itye"))
    theirs = a_centre(body=a_body("iep"))
    url = reverse("observatory:export", args=[report.pk, "xlsx"])
    book = cells_of(io.BytesIO(b"".join(browse.get(url).streaming_content)))
    assert book[0] == ["Κωδικός", "Κ.Σ.Ε."]
    assert mine.code in [line[0] for line in book]
    assert theirs.code not in [line[0] for line in book]
    text = b"".join(browse.get(url.replace("xlsx", "csv")).streaming_content).decode("utf-8-sig")
    assert mine.code in text
    assert browse.get(url.replace("xlsx", "pdf")).content.startswith(b"%PDF")
    assert browse.get(url.replace("xlsx", "exe")).status_code == 404


def test_a_stranger_finds_nothing_and_a_teacher_no_builder(client, login, report, set_clock, at):
    set_clock(at)
    stranger = login(client, people.officer("iep"))
    for tail in ("", "edit/", "export.csv"):
        assert stranger.get(f"/observatory/reports/{report.pk}/{tail}").status_code == 404
    teacher = login(client, people.a_teacher())
    assert teacher.get("/observatory/reports/").status_code == 403
    assert teacher.get(BUILD).status_code == 403
    assert stranger.get("/observatory/reports/new/nothing/").status_code in {403, 404}


def test_it_is_shared_sent_regularly_copied_and_stopped(browse, report):
    url = reverse("observatory:report", args=[report.pk])
    audience = f"body_head:{a_body('itye').pk}"
    browse.post(f"{url}share/", {"audience": audience})
    browse.post(f"{url}subscribe/", {"rhythm": "weekly"})
    row = Subscription.objects.get()
    shown = page(browse, url)
    assert "Κάθε Δευτέρα" in shown
    assert "Υπεύθυνος/η φορέα υλοποίησης" in shown
    browse.post(f"/observatory/subscriptions/{row.pk}/stop/")
    assert not Subscription.objects.exists()
    browse.post(f"{url}copy/")
    assert AdHocReport.objects.count() == 2
    report.refresh_from_db()
    assert report.state == "shared"


def test_a_report_whose_column_is_gone_says_so_and_may_be_changed(browse, report):
    report.versions.update(definition=CENTRES | {"columns": ["bygone"], "filters": [], "groups": [],
                                                 "measures": [], "share": False, "chart": "",
                                                 "order": ""})  # fmt: skip
    url = reverse("observatory:report", args=[report.pk])
    assert "Δεν υπάρχει στήλη «bygone»" in page(browse, url)
    assert browse.get(f"{url}edit/").status_code == 200


def queries_of(browse, url, django_assert_max_num_queries):
    with django_assert_max_num_queries(60) as asked:
        assert browse.get(url).status_code == 200
    return len(asked)


def test_lists_cost_the_same_for_one_row_and_for_three(
    browse, officer, actor_for, at, django_assert_max_num_queries
):
    actor = actor_for(officer)
    urls = ("/observatory/reports/", "/observatory/requests/")
    costs = []
    for many in (1, 2):
        for _ in range(many):
            made = operations.create(CENTRES, title="Κέντρα", actor=actor, at=at)
            audience = f"planner:{a_body('itye').pk}"
            operations.share(made, audience=audience, actor=actor, at=at)
            operations.request_service(
                kind="report", title="Ώρες", text="Για το 2022.", actor=actor, at=at
            )
        costs.append([queries_of(browse, url, django_assert_max_num_queries) for url in urls])
    assert costs[0] == costs[1]


def test_a_request_is_filed_delivered_and_read(browse, client, login, officer):
    answer = browse.post(
        "/observatory/requests/new/",
        {"kind": "report", "title": "Ώρες", "text": "Για το 2022.", "needed_on": "2023-02-01"},
    )
    row = SpecialRequest.objects.get()
    url = reverse("observatory:request", args=[row.pk])
    assert answer.headers["Location"] == url
    admin = login(client, people.an_operator())
    admin.post(f"/steps/special_request/{row.pk}/take/")
    assert "Παράδοση" in page(admin, url)
    refused = admin.post(f"{url}deliver/", {"reply": "Εδώ."})
    assert refused.status_code == 422
    assert "με αρχείο ή ως αποθηκευμένη" in markup(refused)
    exe = SimpleUploadedFile("a.exe", b"MZ\x90\x00")
    assert admin.post(f"{url}deliver/", {"reply": "Εδώ.", "upload": exe}).status_code == 422
    sheet = SimpleUploadedFile("a.pdf", b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n")
    assert admin.post(f"{url}deliver/", {"reply": "Εδώ.", "upload": sheet}).status_code == 302
    shown = page(login(client, officer), url)
    assert "a.pdf" in shown
    assert "Αποδοχή" in shown


def test_requests_are_narrowed_by_state_and_kind_and_kept_from_strangers(
    browse, officer, actor_for, at, client, login
):
    actor = actor_for(officer)
    row = operations.request_service(
        kind="setting", title="Άλλο σήμα", text="Νέο.", actor=actor, at=at
    )
    url = "/observatory/requests/"
    assert "Άλλο σήμα" in page(browse, url, state="open", kind="setting")
    assert "Άλλο σήμα" not in page(browse, url, state="accepted")
    assert "Άλλο σήμα" not in page(browse, url, kind="report")
    stranger = login(client, people.officer("iep"))
    assert "Άλλο σήμα" not in page(stranger, url)
    assert stranger.get(reverse("observatory:request", args=[row.pk])).status_code == 404
    assert stranger.get(f"{url}{row.pk}/deliver/").status_code == 404
