"""Pages of completion: who sees what, what the buttons do, what the pages say.

Shows: R-061, R-063, R-065
"""

from __future__ import annotations

from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from didaskaleio.completion import operations
from didaskaleio.completion.models import Attestation, ConsolidatedAttendance
from didaskaleio.credentials.models import Credential
from didaskaleio.enrolment.models import ParticipationApplication
from didaskaleio.kernel import agenda
from didaskaleio.kernel.models import Work
from didaskaleio.kernel.reports import Query, known, writers
from tests.factories import completion, people
from tests.markup import markup
from tests.sheets import cells_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme(at, set_clock):
    set_clock(at)
    made = completion.a_class(3, names=["Άλφα", "Βήτα", "Γάμμα"])
    absentee = ParticipationApplication.objects.get(person__surname="Βήτα")
    completion.absent(absentee, 1, 2, 4)
    operations.settle(made, at=at)
    return made


@pytest.fixture
def officer(client, login):
    return login(client, people.officer())


def page_of(programme):
    return reverse("completion:programme", args=[programme.pk])


class TestProgramme:
    def test_the_officer_sees_each_rule_with_its_numbers(self, officer, programme):
        page = markup(officer.get(page_of(programme)))
        assert "Απουσίες 9,0 ώρες· επιτρέπονται έως 6,0 (10% των 60 ωρών)." in page
        assert page.count("Παρουσία σε 4 από 4 διά ζώσης συνεδρίες") == 2
        assert "Οφείλονται 2: εκδώστε τες." in page
        assert "Έκδοση συγκεντρωτικού" in page

    def test_its_own_centre_sees_it_and_strangers_get_404(self, client, login, programme):
        own = people.a_centre_manager(programme.centre)
        assert login(client, own).get(page_of(programme)).status_code == 200
        other = people.a_centre_manager(completion.a_class(1).centre)
        for stranger in (other, people.officer("iep"), people.a_teacher()):
            assert login(client, stranger).get(page_of(programme)).status_code == 404

    def test_without_login_one_is_sent_to_it(self, client, programme):
        assert "/login" in client.get(page_of(programme)).headers["Location"]

    def test_the_centre_issues_the_consolidated_sheet_and_downloads_both_files(
        self, client, login, programme, authority
    ):
        login(client, people.a_centre_manager(programme.centre))
        done = client.post(reverse("completion:consolidate", args=[programme.pk]), follow=True)
        assert "Εκδόθηκε το συγκεντρωτικό παρουσιολόγιο ITYE-ΣΠ-2023-000001." in markup(done)
        sheet = ConsolidatedAttendance.objects.get()
        xlsx = client.get(reverse("completion:spreadsheet", args=[sheet.pk]))
        assert len(cells_of(BytesIO(xlsx.content))) == 4
        pdf = client.get(reverse("kernel:file", args=[sheet.document.file.key]))
        assert b"".join(pdf.streaming_content).startswith(b"%PDF")
        login(client, people.officer("iep"))
        for address in (
            reverse("completion:spreadsheet", args=[sheet.pk]),
            reverse("kernel:file", args=[sheet.document.file.key]),
        ):
            assert client.get(address).status_code == 404

    def test_a_refusal_comes_back_as_a_message(self, officer, settings, tmp_path, programme):
        settings.AUTHORITY_DIR = tmp_path / "nowhere"
        address = page_of(programme)
        done = officer.post(
            reverse("completion:consolidate", args=[programme.pk]), {"next": address}, follow=True
        )
        assert "Δεν υπάρχει ψηφιακή σφραγίδα για τον φορέα" in markup(done)

    def test_one_trainee_and_three_cost_the_same(self, officer, programme, at):
        one = completion.a_class(1)
        operations.settle(one, at=at)
        officer.get(page_of(programme))
        counts = []
        for each in (one, programme):
            with CaptureQueriesContext(connection) as counted:
                officer.get(page_of(each))
            counts.append(len(counted))
        assert counts[0] == counts[1]


class TestAttestations:
    address = "/attestations/"

    def test_the_list_filters_by_state_name_and_programme(self, officer, programme, at, authority):
        operations.issue(
            Attestation.objects.get(application__person__surname="Άλφα"),
            actor=actor(at),
            at=at,
        )
        page = markup(officer.get(self.address, {"state": "owed"}))
        assert "Γάμμα Ελένη" in page
        assert "Άλφα Ελένη" not in page
        page = markup(officer.get(self.address, {"q": "αλφα"}))
        assert "Άλφα Ελένη" in page
        assert "Γάμμα Ελένη" not in page
        assert "Γάμμα Ελένη" in markup(officer.get(self.address, {"q": programme.code.lower()}))

    @pytest.mark.parametrize(
        "query",
        [
            {"period": "9" * 40},
            {"period": "α"},
            {"programme": "-1"},
            {"q": "\0<script>" * 99},
            {"state": "'"},
            {"page": "10000"},
        ],
    )
    def test_hostile_filters_do_no_harm(self, officer, programme, query):
        response = officer.get(self.address, query)
        assert response.status_code == 200
        assert "<script>" not in markup(response).split("<body")[1]

    def test_only_officers_have_the_desk_and_only_their_own_rows(self, client, login, programme):
        page = login(client, people.officer("iep")).get(self.address)
        assert "Άλφα" not in markup(page)
        assert login(client, people.a_teacher()).get(self.address).status_code == 403

    def test_select_preview_issue_and_watch_the_bar(
        self, officer, programme, authority, drain_jobs
    ):
        ids = [str(a.pk) for a in Attestation.objects.order_by("pk")]
        page = officer.post(reverse("completion:preview"), {"id": ids})
        assert "Έκδοση: 2 βεβαιώσεις" in markup(page)
        assert not Credential.objects.exists()
        begun = officer.post(reverse("completion:issue"), {"id": ids})
        work = Work.objects.get()
        assert begun.headers["Location"] == reverse("kernel:work", args=[work.key])
        running = markup(officer.get(begun.headers["Location"]))
        assert 'hx-trigger="every 2s"' in running
        assert "Ανανέωση" in running
        drain_jobs()
        part = markup(officer.get(begun.headers["Location"], headers={"HX-Request": "true"}))
        assert "<html" not in part
        assert "hx-get" not in part
        assert "Εκδόθηκαν 2 βεβαιώσεις." in part

    def test_all_means_all_that_the_filters_show(self, officer, programme, at, authority):
        other = completion.a_class(2)
        operations.settle(other, at=at)
        given = {"all": "1", "programme": str(other.pk)}
        assert "Έκδοση: 2 βεβαιώσεις" in markup(officer.post(reverse("completion:preview"), given))
        assert "Έκδοση: 4 βεβαιώσεις" in markup(
            officer.post(reverse("completion:preview"), {"all": "1"})
        )

    def test_nothing_selected_is_said(self, officer, programme):
        done = officer.post(reverse("completion:preview"), {"next": self.address}, follow=True)
        assert "Επιλέξτε τουλάχιστον μία βεβαίωση" in markup(done)

    def test_the_work_of_another_officer_is_not_found(self, officer, programme, authority, at):
        work = operations.begin_batch(Attestation.objects.all(), actor=actor(at), at=at)
        assert officer.get(reverse("kernel:work", args=[work.key])).status_code == 404

    def test_a_specimen_bears_neither_number_nor_seal(self, officer, programme):
        first = Attestation.objects.first()
        pdf = officer.get(reverse("completion:specimen", args=[first.pk])).content
        assert pdf.startswith(b"%PDF")
        assert b"/ByteRange" not in pdf

    def test_revoke_by_the_step_button_and_replace_by_its_form(
        self, officer, programme, authority, at
    ):
        for attestation in Attestation.objects.all():
            operations.issue(attestation, actor=actor(at), at=at)
        first, second = Attestation.objects.order_by("pk")
        step = reverse("kernel:step", args=["attestation", first.pk, "revoke"])
        page = markup(officer.get(reverse("completion:attestation", args=[first.pk])))
        assert step in page
        officer.post(step, {"reason": "Λάθος"})
        first.refresh_from_db()
        assert first.state == "revoked"
        second.application.person.surname = "Νέου"
        second.application.person.save()
        address = reverse("completion:replace", args=[second.pk])
        page = markup(officer.get(address))
        assert "<del>Γάμμα</del>" in page
        assert "<ins>Νέου</ins>" in page
        assert officer.post(address, {"reason": ""}).status_code == 422
        officer.post(address, {"reason": "Διόρθωση"})
        second.refresh_from_db()
        assert second.state == "replaced"
        assert Credential.objects.get(replaces=second.credential).state == "issued"

    def test_other_bodies_and_trainees_get_404_for_one(self, client, login, programme):
        first = Attestation.objects.first()
        for stranger in (people.officer("iep"), first.application.person):
            login(client, stranger)
            for name in ("attestation", "specimen", "replace"):
                assert client.get(reverse(f"completion:{name}", args=[first.pk])).status_code == 404

    def test_one_row_and_three_cost_the_same(self, officer, at):
        one, three = completion.a_class(1), completion.a_class(3)
        for each in (one, three):
            operations.settle(each, at=at)
        officer.get(self.address)
        counts = []
        for each in (one, three):
            with CaptureQueriesContext(connection) as counted:
                officer.get(self.address, {"programme": each.pk})
            counts.append(len(counted))
        assert counts[0] == counts[1]


def actor(at):
    from didaskaleio.people.queries import actor_of

    return actor_of(people.officer(), at=at)


class TestTrainee:
    def test_i_see_my_rules_and_the_document_when_it_is_issued(
        self, client, login, programme, authority, at
    ):
        mine = Attestation.objects.get(application__person__surname="Άλφα")
        login(client, mine.application.person)
        assert "Η βεβαίωση οφείλεται" in markup(client.get("/completion/"))
        operations.issue(mine, actor=actor(at), at=at)
        page = markup(client.get("/completion/"))
        assert mine.credential.number in page
        file = reverse("kernel:file", args=[mine.credential.document.file.key])
        assert file in page
        assert b"".join(client.get(file).streaming_content).startswith(b"%PDF")
        own = markup(client.get(reverse("credentials:mine")))
        assert mine.credential.code in own
        login(client, people.a_teacher())
        assert client.get(file).status_code == 404

    def test_who_missed_too_much_reads_why(self, client, login, programme):
        person = ParticipationApplication.objects.get(person__surname="Βήτα").person
        page = markup(login(client, person).get("/completion/"))
        assert "Δεν πληρούνται οι κανόνες" in page
        assert "Απουσίες 9,0 ώρες" in page

    def test_while_it_runs_the_page_says_how_many_hours_may_still_be_missed(
        self, client, login, at
    ):
        running = completion.a_class(1, state="running")
        running.sessions.filter(sequence__gt=5).update(state="planned")
        application = ParticipationApplication.objects.get(programme=running)
        completion.absent(application, 2)
        page = markup(login(client, application.person).get("/completion/"))
        assert "Μπορείτε να λείψετε ακόμη 3,0 ώρες" in page
        assert "Υπογράφηκαν 5 από 20 παρουσιολόγια." in page
        assert "Εκκρεμεί" in page

    def test_without_a_programme_the_page_says_so(self, client, login):
        page = markup(login(client, people.a_teacher()).get("/completion/"))
        assert "Κανένα πρόγραμμα ακόμη" in page


class TestAgenda:
    def test_officer_and_centre_are_asked_in_turn(self, programme, at, actor_for, authority):
        officer = actor_for(people.officer())
        centre = actor_for(people.a_centre_manager(programme.centre))
        stranger = actor_for(people.officer("iep"))

        def titles(who):
            found = agenda.todos_of(who, at)
            return [t.title for t in found if t.source.startswith("completion.")]

        code = programme.code
        assert titles(officer) == [f"Έκδοση βεβαιώσεων: {code}"]
        assert titles(centre) == [f"Συγκεντρωτικό παρουσιολόγιο: {code}"]
        operations.consolidate(programme, actor=centre, at=at)
        assert titles(centre) == []
        for attestation in Attestation.objects.all():
            operations.issue(attestation, actor=officer, at=at)
        assert titles(officer) == [f"Αποδοχή παραστατικών: {code}"]
        operations.accept_documents(programme, actor=officer, at=at)
        assert titles(officer) == titles(stranger) == []


class TestReport:
    name = "completion.attestations"

    def test_screen_csv_xlsx_and_pdf_carry_equal_figures(
        self, officer, programme, at, authority, tmp_path
    ):
        operations.issue(Attestation.objects.first(), actor=actor(at), at=at)
        page = markup(officer.get(reverse("kernel:report", args=[self.name])))
        assert "<strong>120,0</strong>" in page
        assert 'id="q"' in page
        address = {f: reverse("kernel:report-export", args=[self.name, f]) for f in FORMS}
        csv = b"".join(officer.get(address["csv"]).streaming_content).decode("utf-8-sig")
        lines = [line.split(";") for line in csv.splitlines()]
        assert len(lines) == 4
        assert (lines[-1][0], lines[-1][-1]) == ("Σύνολο", "120,0")
        sheet = cells_of(BytesIO(b"".join(officer.get(address["xlsx"]).streaming_content)))
        assert [row[-1] for row in sheet] == ["Ώρες", 60.0, 60.0, 120.0]
        for row, line in zip(sheet, lines, strict=True):
            assert [c or "" for c in row[:5]] == line[:5]
            assert line[4] in page
        pdf = officer.get(address["pdf"]).content
        assert pdf_text(pdf, tmp_path).count("60,0") == 2
        assert "120,0" in pdf_text(pdf, tmp_path)

    def test_totals_are_the_sum_of_the_rows_that_the_filter_leaves(self, programme, at):
        report = known[self.name]
        rows = report.selected(actor(at), at, Query({"state": "issued"}))
        assert list(rows) == []
        rows = report.selected(actor(at), at, Query({"state": "owed"}, "-surname"))
        lines = list(report.lines(rows))
        assert [line[3] for line in lines] == ["Γάμμα", "Άλφα"]
        totals = report.totals(rows)
        assert totals is not None
        assert totals[-1] == sum(line[-1] for line in lines) == 120
        assert writers.total_cells(report, totals)[0] == "Σύνολο"

    def test_other_bodies_get_no_rows_and_trainees_no_report(self, client, login, programme):
        address = reverse("kernel:report", args=[self.name])
        assert "Άλφα" not in markup(login(client, people.officer("iep")).get(address))
        assert login(client, people.a_teacher()).get(address).status_code == 403

    def test_a_view_is_saved_under_a_name_and_offered_again(self, officer, programme):
        officer.post(
            reverse("kernel:report-save", args=[self.name]),
            {"name": "Οφειλόμενες", "query": "state=owed"},
        )
        page = markup(officer.get(reverse("kernel:report", args=[self.name])))
        assert '?state=owed">Οφειλόμενες</a>' in page


FORMS = ("csv", "xlsx", "pdf")


def pdf_text(pdf, folder):
    import subprocess

    path = folder / "report.pdf"
    path.write_bytes(pdf)
    run = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True)
    return run.stdout.decode()


class TestNotices:
    def test_the_list_shows_what_is_new_once(self, client, login, programme):
        person = ParticipationApplication.objects.get(person__surname="Βήτα").person
        login(client, person)
        page = markup(client.get(reverse("kernel:notices")))
        assert "Το πρόγραμμά σας ολοκληρώθηκε χωρίς βεβαίωση" in page
        assert "Νέα" in page.split("<main")[1]
        assert ">Νέα<" not in markup(client.get(reverse("kernel:notices"))).split("<main")[1]

    def test_preferences_are_kept(self, officer):
        address = reverse("kernel:notice-preferences")
        page = officer.get(address)
        assert page.status_code == 200
        assert officer.post(address, {"by_mail": []}, follow=True).status_code == 200
        assert " checked" not in markup(officer.get(address)).split("<main")[1]
