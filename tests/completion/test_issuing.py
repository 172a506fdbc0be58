"""Attestations: issued one by one or in bulk, revoked, replaced; nothing twice, nothing lost.

Shows: R-063, R-065
"""

from __future__ import annotations

import re
import threading
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import connections

from didaskaleio.completion import operations, tasks
from didaskaleio.completion.models import Attestation
from didaskaleio.credentials import verification
from didaskaleio.credentials.models import Credential
from didaskaleio.credentials.queries import published_keys
from didaskaleio.kernel import files, journal
from didaskaleio.kernel.errors import Refusal, StepRefusedError
from didaskaleio.kernel.models import Notice, StoredDocument, Work
from tests.factories import completion, people, structures

UNPRINTABLE = "Δοκιμή漢字"


@pytest.fixture
def officer(actor_for):
    return lambda: actor_for(people.officer())


def owed(size=1, at=None, **facts):
    programme = completion.a_class(size, **facts)
    operations.settle(programme, at=at)
    return list(Attestation.objects.filter(programme=programme).order_by("pk"))


@pytest.mark.django_db
class TestIssue:
    def test_it_is_numbered_sealed_stored_and_told(self, at, officer, authority):
        (attestation,) = owed(at=at)
        actor = officer()
        credential = operations.issue(attestation, actor=actor, at=at)
        assert attestation.state == "issued"
        assert re.fullmatch(r"ITYE-2023-\d{6}", credential.number)
        pdf = files.read(credential.document.file)
        genuine = verification.verify_pdf(pdf, published_keys())
        person = attestation.application.person
        assert (genuine.claims.surname, genuine.claims.number) == (
            person.surname,
            credential.number,
        )
        assert genuine.claims.hours == 60
        assert genuine.claims.starts.isoformat() == "2023-03-06"
        assert genuine.claims.ends.isoformat() == "2023-06-28"
        assert genuine.seal is not None
        assert genuine.seal.organisation == structures.a_body().name
        notice = Notice.objects.get(kind="completion.issued")
        assert notice.person_id == person.pk
        assert credential.code in notice.text
        entry = journal.of(attestation).get(step="issue")
        assert (entry.actor_id, entry.source, entry.target) == (actor.user_id, "owed", "issued")

    def test_the_paper_shows_project_hours_and_rules_with_their_version(
        self, at, officer, authority, tmp_path
    ):
        (attestation,) = owed(at=at)
        action = attestation.programme.period.action
        action.project = structures.the_project()
        action.save()
        credential = operations.issue(attestation, actor=officer(), at=at)
        text = printed(credential.document, tmp_path)
        assert "(8 διά ζώσης, 20 σύγχρονες, 14 ασύγχρονες, 18 υποστηρικτικές)" in text
        assert "Η Πράξη 5084974 υλοποιείται με συγχρηματοδότηση" in text
        assert "Θέση λογοτύπων" in text
        assert "Κανόνες ολοκλήρωσης, προεπιλογές της πλατφόρμας" in text
        assert "Απουσίες 0,0 ώρες" in text

    def test_an_action_without_eu_money_shows_neither_text_nor_slot(
        self, at, officer, authority, tmp_path
    ):
        (attestation,) = owed(at=at)
        credential = operations.issue(attestation, actor=officer(), at=at)
        text = printed(credential.document, tmp_path)
        assert "Θέση λογοτύπων" not in text
        assert "συγχρηματοδότηση" not in text

    def test_without_keys_it_is_refused_and_stays_owed(self, at, officer, settings, tmp_path):
        (attestation,) = owed(at=at)
        settings.AUTHORITY_DIR = tmp_path / "nowhere"
        with pytest.raises(Refusal, match="Δεν υπάρχει ψηφιακή σφραγίδα"):
            operations.issue(attestation, actor=officer(), at=at)
        attestation.refresh_from_db()
        assert attestation.state == "owed"

    def test_keys_made_later_are_found_without_a_restart(self, at, officer, settings, tmp_path):
        (attestation,) = owed(at=at)
        settings.AUTHORITY_DIR = tmp_path / "keys"
        with pytest.raises(Refusal):
            operations.issue(attestation, actor=officer(), at=at)
        call_command("make_demo_authority", verbosity=0)
        call_command("make_demo_authority", verbosity=0)
        assert operations.issue(attestation, actor=officer(), at=at).number == "ITYE-2023-000001"

    def test_an_officer_of_another_body_may_not(self, at, actor_for, authority):
        (attestation,) = owed(at=at)
        with pytest.raises(PermissionDenied):
            operations.issue(attestation, actor=actor_for(people.officer("iep")), at=at)

    def test_issued_is_issued_once(self, at, officer, authority):
        (attestation,) = owed(at=at)
        operations.issue(attestation, actor=officer(), at=at)
        with pytest.raises(StepRefusedError):
            operations.issue(attestation, actor=officer(), at=at)
        assert Credential.objects.count() == 1


def printed(document, folder):
    import subprocess

    path = folder / "paper.pdf"
    path.write_bytes(files.read(document.file))
    run = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True)
    return re.sub(r"\s+", " ", run.stdout.decode())


@pytest.mark.django_db
class TestRevision:
    def test_a_revoked_attestation_tells_the_person_and_frees_the_place_of_a_new_one(
        self, at, officer, authority
    ):
        (attestation,) = owed(at=at)
        operations.issue(attestation, actor=officer(), at=at)
        operations.revoke(attestation, actor=officer(), at=at, reason="Εκδόθηκε από λάθος")
        attestation.refresh_from_db()
        assert (attestation.state, attestation.credential.state) == ("revoked", "revoked")
        assert "Εκδόθηκε από λάθος" in Notice.objects.get(kind="completion.revoked").text

    def test_revoking_needs_a_reason(self, at, officer, authority):
        (attestation,) = owed(at=at)
        operations.issue(attestation, actor=officer(), at=at)
        with pytest.raises(Refusal, match="αιτιολογία"):
            operations.revoke(attestation, actor=officer(), at=at, reason=" ")

    def test_a_corrected_name_gives_a_new_attestation_that_refers_to_the_old(
        self, at, officer, authority
    ):
        (attestation,) = owed(at=at)
        old = operations.issue(attestation, actor=officer(), at=at)
        person = attestation.application.person
        person.surname = "Διορθωμένου"
        person.save()
        newer = operations.reissue(
            attestation, actor=officer(), at=at + timedelta(days=1), reason="Διόρθωση επωνύμου"
        )
        old.refresh_from_db()
        assert (attestation.state, old.state) == ("replaced", "replaced")
        assert (newer.state, newer.credential.replaces) == ("issued", old)
        assert ["Επώνυμο", "Διορθωμένου"] in newer.credential.content
        assert newer.credential.code != old.code

    def test_a_replacement_that_cannot_be_printed_leaves_the_old_one_standing(
        self, at, officer, authority
    ):
        (attestation,) = owed(at=at)
        operations.issue(attestation, actor=officer(), at=at)
        person = attestation.application.person
        person.surname = UNPRINTABLE
        person.save()
        with pytest.raises(Refusal, match="δεν τυπώνεται"):
            operations.reissue(attestation, actor=officer(), at=at, reason="Διόρθωση")
        attestation.refresh_from_db()
        assert (attestation.state, attestation.credential.state) == ("issued", "issued")
        assert Attestation.objects.count() == 1


@pytest.mark.django_db
class TestBatch:
    def begin(self, rows, actor, at):
        found = Attestation.objects.filter(pk__in=[a.pk for a in rows])
        return operations.begin_batch(found, actor=actor, at=at)

    def test_a_batch_issues_all_with_following_numbers_and_a_full_bar(
        self, at, officer, authority, drain_jobs, set_clock
    ):
        set_clock(at)
        rows = owed(3, at)
        work = self.begin(rows, officer(), at)
        drain_jobs()
        work.refresh_from_db()
        assert (work.state, work.done, work.total) == ("done", 3, 3)
        assert work.message == "Εκδόθηκαν 3 βεβαιώσεις."
        numbers = sorted(Credential.objects.values_list("number", flat=True))
        assert numbers == [f"ITYE-2023-{n:06d}" for n in (1, 2, 3)]
        assert Notice.objects.filter(kind="completion.issued").count() == 3

    def test_a_batch_longer_than_a_chunk_goes_on_in_the_next_job(
        self, at, officer, authority, drain_jobs, set_clock, monkeypatch
    ):
        set_clock(at)
        monkeypatch.setattr(tasks, "CHUNK", 2)
        work = self.begin(owed(5, at), officer(), at)
        drain_jobs()
        work.refresh_from_db()
        assert (work.state, work.done) == ("done", 5)
        assert Credential.objects.count() == 5

    def test_a_letter_without_a_shape_stops_that_one_alone_and_is_named(
        self, at, officer, authority, drain_jobs, set_clock
    ):
        set_clock(at)
        rows = owed(3, at, names=["Δειγματίδου", UNPRINTABLE, "Υποθετίδου"])
        work = self.begin(rows, officer(), at)
        drain_jobs()
        work.refresh_from_db()
        assert (work.state, work.done, work.total) == ("done", 2, 3)
        assert work.message.startswith("Εκδόθηκαν 2 βεβαιώσεις. Δεν εκδόθηκαν 1:")
        assert UNPRINTABLE in work.message
        assert Attestation.objects.get(state="owed").application.person.surname == UNPRINTABLE
        numbers = sorted(Credential.objects.values_list("number", flat=True))
        assert numbers == ["ITYE-2023-000001", "ITYE-2023-000002"]

    def test_repeated_after_a_kill_in_the_middle_it_issues_only_the_rest(
        self, at, officer, authority, set_clock, monkeypatch
    ):
        set_clock(at)
        work = self.begin(owed(4, at), officer(), at)
        ids = sorted(Attestation.objects.values_list("pk", flat=True))
        whole, made = operations.issue_many, []

        def killed(part, **rest):
            if made:
                raise KeyboardInterrupt
            made.append(whole(part, **rest))
            return made[0]

        with monkeypatch.context() as patch:
            patch.setattr(tasks, "PART", 2)
            patch.setattr(tasks.operations, "issue_many", killed)
            with pytest.raises(KeyboardInterrupt):
                tasks.issue_batch(work.pk, ids, [])
        assert Work.objects.get(pk=work.pk).done == 2
        tasks.issue_batch(work.pk, ids, [])
        tasks.issue_batch(work.pk, ids, [])
        work.refresh_from_db()
        assert (work.state, work.done, work.message) == ("done", 4, "Εκδόθηκαν 4 βεβαιώσεις.")
        assert Credential.objects.count() == StoredDocument.objects.count() == 4
        assert Notice.objects.filter(kind="completion.issued").count() == 4

    def test_without_keys_the_batch_does_not_begin(self, at, officer, settings, tmp_path):
        settings.AUTHORITY_DIR = tmp_path / "nowhere"
        with pytest.raises(Refusal, match="σφραγίδα"):
            self.begin(owed(1, at), officer(), at)
        assert not Work.objects.exists()

    def test_rows_of_another_body_are_not_taken(self, at, actor_for, authority):
        with pytest.raises(Refusal, match="Καμία"):
            self.begin(owed(1, at), actor_for(people.officer("iep")), at)

    def test_more_than_the_limit_is_refused(self, at, officer, authority, monkeypatch):
        monkeypatch.setattr(operations.issuing, "BATCH_LIMIT", 1)
        with pytest.raises(Refusal, match="εκδίδονται έως 1"):
            self.begin(owed(2, at), officer(), at)


@pytest.mark.race
def test_two_workers_at_once_issue_one_attestation(committed_db, authority, at, actor_for):
    (attestation,) = owed(at=at)
    actor = actor_for(people.officer())
    barrier, outcomes = threading.Barrier(2), []

    def work():
        try:
            mine = Attestation.objects.get(pk=attestation.pk)
            barrier.wait(10)
            outcomes.append(operations.issue(mine, actor=actor, at=at).number)
        except StepRefusedError as refusal:
            outcomes.append(type(refusal).__name__)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(outcomes) == ["ITYE-2023-000001", "StepRefusedError"]
    assert Credential.objects.count() == 1
    assert Notice.objects.filter(kind="completion.issued").count() == 1
