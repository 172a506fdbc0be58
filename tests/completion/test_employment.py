"""Employment attestations: asked for by who worked, issued with the hours of signed sheets.

Shows: R-064.
"""

from __future__ import annotations

import subprocess

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from didaskaleio.completion import operations, queries
from didaskaleio.completion.models import EmploymentAttestation
from didaskaleio.credentials import verification
from didaskaleio.credentials.queries import published_keys
from didaskaleio.delivery.enums import Attendee, Mark
from didaskaleio.delivery.models import Attendance
from didaskaleio.kernel import agenda, files, journal
from didaskaleio.kernel.errors import Refusal, StepRefusedError
from didaskaleio.kernel.models import Notice
from didaskaleio.programmes.enums import StaffRole
from didaskaleio.programmes.models import ProgrammeStaff
from tests.factories import completion, people
from tests.markup import markup

pytestmark = pytest.mark.django_db


def works(programme, person, attendee=Attendee.TRAINER, mark=Mark.PRESENT):
    Attendance.objects.bulk_create(
        Attendance(session=session, attendee=attendee, person=person, mark=mark)
        for session in programme.sessions.all()
    )


@pytest.fixture
def programme(at, set_clock):
    set_clock(at)
    made = completion.a_class(1)
    works(made, made.trainer)
    return made


@pytest.fixture
def trainer(programme, actor_for):
    return actor_for(programme.trainer)


@pytest.fixture
def officer(actor_for):
    return actor_for(people.officer())


@pytest.fixture
def asked(programme, trainer, at):
    return operations.ask_employment(programme, actor=trainer, at=at, purpose="Μοριοδότηση")


class TestHours:
    def test_they_come_from_signed_sheets_by_role_and_kind(self, programme, at):
        lines = queries.work_of(programme, programme.trainer_id, at)
        found = [(line.role, line.kind, line.sessions, line.hours) for line in lines]
        assert found == [
            ("trainer", "f2f", 4, 8),
            ("trainer", "sync", 10, 20),
            ("trainer", "support", 6, 18),
            ("trainer", "async", 14, 14),
        ]

    def test_a_session_without_signature_and_an_absence_count_nothing(self, programme, at):
        first, second, *_ = programme.sessions.filter(kind="f2f").order_by("sequence")
        programme.sessions.filter(pk=first.pk).update(state="held")
        Attendance.objects.filter(session=second, attendee="trainer").update(mark="absent")
        line = queries.work_of(programme, programme.trainer_id, at)[0]
        assert (line.kind, line.sessions, line.hours) == ("f2f", 2, 4)

    def test_who_came_late_has_the_hours_that_payment_counts_too(self, programme, at):
        row = Attendance.objects.filter(session__kind="f2f", attendee="trainer").first()
        Attendance.objects.filter(pk=row.pk).update(mark="late", minutes=50)
        line = queries.work_of(programme, programme.trainer_id, at)[0]
        assert (line.kind, line.sessions, line.hours) == ("f2f", 4, 7)

    def test_staff_have_their_sessions_and_no_guidance(self, programme, at):
        member = people.a_person()
        works(programme, member, Attendee.STAFF)
        lines = queries.work_of(programme, member.pk, at)
        assert [(line.kind, line.hours) for line in lines] == [
            ("f2f", 8),
            ("sync", 20),
            ("support", 18),
        ]


class TestAsking:
    def test_it_is_kept_with_its_purpose_and_journalled(self, asked, programme):
        assert (asked.state, asked.person, asked.purpose) == (
            "requested",
            programme.trainer,
            "Μοριοδότηση",
        )
        assert journal.of(asked).get().actor_id == programme.trainer_id

    def test_whoever_has_no_hours_is_refused(self, programme, at, actor_for):
        with pytest.raises(Refusal, match="Δεν υπάρχουν ώρες"):
            operations.ask_employment(programme, actor=actor_for(people.a_teacher()), at=at)

    def test_a_programme_that_runs_is_waited_for(self, programme, trainer, at):
        programme.state = "running"
        programme.save(update_fields=["state"])
        with pytest.raises(Refusal, match="Ζητήστε τη βεβαίωση όταν ολοκληρωθεί"):
            operations.ask_employment(programme, actor=trainer, at=at)

    def test_a_second_request_is_refused_in_words(self, asked, programme, trainer, at):
        with pytest.raises(Refusal, match="έχετε ήδη αίτημα"):
            operations.ask_employment(programme, actor=trainer, at=at)
        assert EmploymentAttestation.objects.count() == 1

    def test_after_a_refusal_or_a_withdrawal_one_may_ask_again(
        self, asked, programme, trainer, officer, at
    ):
        operations.refuse_employment(asked, actor=officer, at=at, reason="Λείπει υπογραφή.")
        again = operations.ask_employment(programme, actor=trainer, at=at)
        operations.withdraw_employment(again, actor=trainer, at=at)
        operations.ask_employment(programme, actor=trainer, at=at)
        states = EmploymentAttestation.objects.order_by("pk").values_list("state", flat=True)
        assert list(states) == ["refused", "withdrawn", "requested"]


class TestIssue:
    def test_it_is_numbered_sealed_told_and_says_role_and_hours(
        self, asked, officer, at, authority, tmp_path
    ):
        operations.issue_employment(asked, actor=officer, at=at)
        credential = asked.credential
        assert credential.number == "ITYE-ΒΑ-2023-000001"
        pdf = files.read(credential.document.file)
        genuine = verification.verify_pdf(pdf, published_keys())
        assert genuine.seal is not None
        assert (genuine.claims.kind, genuine.claims.role, genuine.claims.hours) == (
            "employment",
            "Επιμορφωτής/τρια",
            60,
        )
        path = tmp_path / "paper.pdf"
        path.write_bytes(pdf)
        run = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True)
        text = " ".join(run.stdout.decode().split())
        assert "Βεβαιώνεται η απασχόληση στο επιμορφωτικό πρόγραμμα" in text
        assert "Επιμορφωτής/τρια, Ασύγχρονη καθοδήγηση 14 ώρες (14 συναντήσεις)" in text
        assert "Κανόνες ολοκλήρωσης" not in text
        assert credential.code in Notice.objects.get(kind="completion.employment").text

    def test_the_role_of_staff_is_that_of_the_programme(
        self, programme, officer, at, authority, actor_for
    ):
        member = people.a_person()
        ProgrammeStaff.objects.create(programme=programme, person=member, role=StaffRole.TECHNICAL)
        works(programme, member, Attendee.STAFF)
        mine = operations.ask_employment(programme, actor=actor_for(member), at=at)
        operations.issue_employment(mine, actor=officer, at=at)
        assert ["Ιδιότητα", "Τεχνική υποστήριξη"] in mine.credential.content

    def test_an_officer_of_another_body_and_the_person_may_not(
        self, asked, trainer, at, authority, actor_for
    ):
        for stranger in (trainer, actor_for(people.officer("iep"))):
            with pytest.raises(PermissionDenied):
                operations.issue_employment(asked, actor=stranger, at=at)

    def test_issued_is_issued_once(self, asked, officer, at, authority):
        operations.issue_employment(asked, actor=officer, at=at)
        with pytest.raises(StepRefusedError):
            operations.issue_employment(asked, actor=officer, at=at)

    def test_a_later_correction_shows_and_the_revoked_one_gives_way_to_a_new(
        self, asked, programme, trainer, officer, at, authority
    ):
        operations.issue_employment(asked, actor=officer, at=at)
        assert not queries.contradicted(asked, at)
        Attendance.objects.filter(
            session=programme.sessions.filter(kind="support").first(), attendee="trainer"
        ).update(mark="absent")
        assert queries.contradicted(asked, at)
        operations.revoke_employment(asked, actor=officer, at=at, reason="Διόρθωση.")
        assert asked.credential.state == "revoked"
        newer = operations.ask_employment(programme, actor=trainer, at=at)
        operations.issue_employment(newer, actor=officer, at=at)
        assert newer.hours == 57


class TestPages:
    def test_who_worked_asks_on_the_page_and_reads_what_became_of_it(
        self, programme, officer, at, authority, client, login
    ):
        login(client, programme.trainer)
        page = markup(client.get("/employment/"))
        assert "60 διδακτικές ώρες" in page
        sent = {"programme": programme.pk, "purpose": "Προκήρυξη"}
        page = markup(client.post("/employment/ask/", sent, follow=True))
        assert f"Το αίτημα για το {programme.code} στάλθηκε στον φορέα." in page
        assert "Ζητήθηκε" in page
        operations.issue_employment(EmploymentAttestation.objects.get(), actor=officer, at=at)
        assert "Άνοιγμα της βεβαίωσης (PDF)" in markup(client.get("/employment/"))

    def test_a_programme_of_others_is_refused_on_the_page(self, programme, client, login):
        login(client, people.a_teacher())
        sent = {"programme": programme.pk}
        page = markup(client.post("/employment/ask/", sent, follow=True))
        assert "Διαλέξτε ένα πρόγραμμα από τη λίστα σας." in page
        assert not EmploymentAttestation.objects.exists()

    def test_the_desk_is_the_bodys_and_asks_for_the_same_queries_for_one_and_three(
        self, asked, at, client, login, actor_for
    ):
        name = str(asked.person)
        login(client, people.officer())
        client.get("/employment/desk/")
        with CaptureQueriesContext(connection) as one:
            assert name in markup(client.get("/employment/desk/"))
        for _ in range(2):
            made = completion.a_class(1)
            works(made, made.trainer)
            operations.ask_employment(made, actor=actor_for(made.trainer), at=at)
        with CaptureQueriesContext(connection) as three:
            client.get("/employment/desk/")
        assert len(one) == len(three)
        login(client, people.officer("iep"))
        assert name not in markup(client.get("/employment/desk/"))
        assert client.get(f"/employment/{asked.pk}/").status_code == 404

    def test_the_officer_finds_the_request_at_home(self, asked, officer, at):
        told = [todo.title for todo in agenda.todos_of(officer, at)]
        assert f"Βεβαίωση απασχόλησης: {asked.person}" in told
