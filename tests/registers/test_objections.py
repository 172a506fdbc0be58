"""Objections: in the window, for a receipt; decided by others than the assessors; the final list.

Shows: R-019.
"""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile

from didaskaleio.kernel import access
from didaskaleio.kernel.agenda import todos_of
from didaskaleio.kernel.errors import OvertakenError, ReasonMissingError, StepRefusedError
from didaskaleio.kernel.models import JournalEntry, Notice
from didaskaleio.people.enums import Role, Scope
from didaskaleio.registers import operations
from didaskaleio.registers.enums import CandidacyState, Effect, Ground
from didaskaleio.registers.errors import EvidenceError, ObjectionRefusedError
from didaskaleio.registers.models import Candidacy, Evidence, Objection, RankingList
from didaskaleio.registers.operations import Decision
from tests.factories import people
from tests.factories.structures import a_body
from tests.registers.ranked import PDF, a_candidacy, assessed

pytestmark = pytest.mark.django_db
WHY = "Η βεβαίωση αρκεί."


@pytest.fixture
def later(at):
    return at + timedelta(days=20)


@pytest.fixture
def ranked(a_call, officer, at, later):
    """The first was reduced to 5 points, the second has 8, the third was rejected."""
    call = a_call(places=1)
    rows = [a_candidacy(call, at, hours) for hours in ("90", "60", "80")]
    ready = assessed(call, {rows[0].pk: {"hours": {"allowed": "3", "reason": "Λείπει έτος."}}})
    Candidacy.objects.filter(pk=rows[2].pk).update(
        state=CandidacyState.REJECTED, ground=Ground.TERMS, verdict="Άλλος κλάδος."
    )
    operations.publish_provisional(ready, actor=officer, at=later)
    return ready, [Candidacy.objects.select_related("call").get(pk=row.pk) for row in rows]


@pytest.fixture
def until(ranked):
    return RankingList.objects.get().objections_until


@pytest.fixture
def member(ranked, actor_for):
    """A member of the committee of the call."""
    someone = people.a_person()
    people.a_post(someone, Role.OBJECTION_COMMITTEE, Scope.CALL, ranked[0])
    return actor_for(someone)


@pytest.fixture
def objected(ranked, actor_for, later):
    """``objected(n, papers)``: the objection of the n-th candidate."""

    def make(n=0, papers=(), when=later):
        row = ranked[1][n]
        me = actor_for(row.person)
        return operations.object_to(row, text="Ζητώ έλεγχο.", papers=papers, actor=me, at=when)

    return make


def a_paper(actor, at):
    upload = BytesIO(PDF)
    upload.name = "neo.pdf"
    return operations.keep(upload, title="Νέα βεβαίωση", actor=actor, at=at)


# Objecting ----------------------------------------------------------------------------------------


def test_an_objection_gets_a_number_a_receipt_and_a_notice(
    objected, ranked, actor_for, later, drain_jobs
):
    person = ranked[1][0].person
    paper = a_paper(actor_for(person), later)
    made = objected(papers=[paper])
    drain_jobs()
    made.refresh_from_db()
    assert (made.state, made.receipt_number) == ("submitted", "2023/000001")
    assert made.receipt.number == made.receipt_number
    assert [one.evidence for one in made.papers.all()] == [paper]
    notice = Notice.objects.get(person=person, kind="registers.objection")
    assert notice.url == f"/objections/{made.pk}/"


def test_the_last_moment_is_in_and_the_next_is_out(objected, until):
    with pytest.raises(ObjectionRefusedError, match="έληξε"):
        objected(when=until + timedelta(microseconds=1))
    assert objected(when=until).at == until


def test_there_is_one_objection_unless_it_is_withdrawn(objected, ranked, actor_for, later):
    made = objected()
    with pytest.raises(ObjectionRefusedError, match="ήδη υποβάλει"):
        objected()
    operations.withdraw_objection(made, actor=actor_for(ranked[1][0].person), at=later)
    assert objected().pk != made.pk


def test_who_was_rejected_objects_too_and_who_is_in_no_list_does_not(
    objected, a_call, actor_for, at, later
):
    assert objected(2).state == "submitted"
    other = a_candidacy(a_call(), at)
    with pytest.raises(ObjectionRefusedError, match="δεν είναι σε προσωρινό πίνακα"):
        operations.object_to(
            other, text="Ζητώ.", papers=[], actor=actor_for(other.person), at=later
        )


def test_foreign_documents_and_foreign_candidacies_are_refused(
    objected, ranked, actor_for, member, later
):
    foreign = a_paper(actor_for(ranked[1][1].person), later)
    with pytest.raises(EvidenceError):
        objected(papers=[foreign])
    row = ranked[1][0]
    with pytest.raises(PermissionDenied):
        operations.object_to(row, text="Ζητώ.", papers=[], actor=member, at=later)
    assert not Objection.objects.exists()


def test_a_document_of_an_objection_leaves_the_wallet_and_stays_with_it(
    objected, ranked, actor_for, later
):
    me = actor_for(ranked[1][0].person)
    paper = a_paper(me, later)
    made = objected(papers=[paper])
    operations.drop(paper, actor=me, at=later)
    paper.refresh_from_db()
    assert paper.dropped_at == later
    assert made.papers.get().evidence == paper


# Who hears ----------------------------------------------------------------------------------------


def test_the_committee_reads_what_was_objected_to_and_nothing_else(
    objected, ranked, actor_for, member, later
):
    mine = a_paper(actor_for(ranked[1][0].person), later)
    made = objected(papers=[mine])
    seen = access.visible(member, "evidence.read", Evidence.objects.all())
    assert {one.person_id for one in seen} == {ranked[1][0].person_id}
    assert seen.count() == 2
    assert access.allowed(member, "objection.decide", made)
    assert not access.visible(member, "candidacy.read", Candidacy.objects.all()).exists()


def test_an_assessor_of_the_call_past_or_present_hears_no_objection(
    objected, ranked, actor_for, at, later
):
    made, someone = objected(), people.a_person()
    people.a_post(someone, Role.OBJECTION_COMMITTEE, Scope.CALL, ranked[0])
    people.a_post(someone, Role.ASSESSOR, Scope.CALL, ranked[0], until=at - timedelta(days=1))
    both = actor_for(someone)
    assert not access.visible(both, "objection.decide", Objection.objects.all()).exists()
    with pytest.raises(PermissionDenied):
        operations.decide(made, actor=both, at=later, decision=Decision(reason=WHY))


def test_nobody_hears_the_own_objection_nor_as_a_rival_nor_for_another_call(
    objected, ranked, a_call, actor_for, later
):
    made = objected()
    for n, refusal in ((0, PermissionDenied), (1, ObjectionRefusedError)):
        person = ranked[1][n].person
        people.a_post(person, Role.OBJECTION_COMMITTEE, Scope.CALL, ranked[0])
        with pytest.raises(refusal):
            operations.decide(
                made, actor=actor_for(person), at=later, decision=Decision(reason=WHY)
            )
    other = people.a_person()
    people.a_post(other, Role.OBJECTION_COMMITTEE, Scope.CALL, a_call())
    with pytest.raises(PermissionDenied):
        operations.decide(made, actor=actor_for(other), at=later, decision=Decision(reason=WHY))


# Deciding -----------------------------------------------------------------------------------------


def test_points_go_up_and_the_person_reads_why(objected, ranked, member, later):
    made = objected()
    operations.decide(made, actor=member, at=later, decision=Decision(reason=WHY))
    row = Candidacy.objects.get(pk=ranked[1][0].pk)
    assert (row.rulings, made.effect, made.state) == ({}, Effect.RAISED, "decided")
    notice = Notice.objects.get(kind="registers.objection", person=row.person)
    assert notice.text == f"Ένσταση: περισσότερα μόρια.\n{WHY}"
    assert JournalEntry.objects.filter(subject="registers.objection", step="decide").count() == 1


def test_points_go_down_with_a_reason_or_stay(objected, member, later):
    made, other = objected(1), objected(0)
    lower = {"hours": {"allowed": "2.5", "reason": "Διπλή βεβαίωση."}}
    operations.decide(made, actor=member, at=later, decision=Decision(lower, reason=WHY))
    assert made.effect == Effect.LOWERED
    same = {"hours": {"allowed": "3", "reason": "Λείπει έτος."}}
    operations.decide(other, actor=member, at=later, decision=Decision(same, reason=WHY))
    assert other.effect == Effect.NONE


def test_a_rejected_candidacy_is_readmitted_and_an_assessed_one_excluded(
    objected, ranked, member, later
):
    back, out = objected(2), objected(1)
    operations.decide(back, actor=member, at=later, decision=Decision(reason=WHY))
    with pytest.raises(ObjectionRefusedError, match="Διαλέξτε τον λόγο"):
        operations.decide(
            out, actor=member, at=later, decision=Decision(admitted=False, reason=WHY)
        )
    decision = Decision(admitted=False, ground=Ground.TERMS, reason=WHY)
    operations.decide(out, actor=member, at=later, decision=decision)
    states = [Candidacy.objects.get(pk=ranked[1][n].pk).state for n in (2, 1)]
    assert states == [CandidacyState.ASSESSED, CandidacyState.REJECTED]
    assert (back.effect, out.effect) == (Effect.ADMITTED, Effect.EXCLUDED)


@pytest.mark.parametrize(
    "decision",
    [
        Decision(reason=" "),
        Decision({"hours": {"allowed": "99", "reason": ""}}, reason=WHY),
        Decision({"hours": {"allowed": "1", "reason": " "}}, reason=WHY),
        Decision({"hours": {"allowed": "-1", "reason": "Α."}}, reason=WHY),
    ],
)
def test_an_unfounded_decision_is_refused(objected, member, later, decision):
    made = objected()
    with pytest.raises((ObjectionRefusedError, ReasonMissingError)):
        operations.decide(made, actor=member, at=later, decision=decision)
    assert Objection.objects.get().state == "submitted"


def test_a_draft_is_of_the_whole_committee_and_changes_nothing_yet(
    objected, ranked, member, actor_for, later
):
    made, second = objected(), people.a_person()
    people.a_post(second, Role.OBJECTION_COMMITTEE, Scope.CALL, ranked[0])
    by = {"actor": member, "at": later}
    operations.draft_decision(made, Decision(reason="Ως εδώ."), seen=0, **by)
    assert Objection.objects.get().draft["reason"] == "Ως εδώ."
    assert Candidacy.objects.get(pk=ranked[1][0].pk).rulings != {}
    late = {"actor": actor_for(second), "at": later, "seen": 0}
    with pytest.raises(OvertakenError):
        operations.draft_decision(made, Decision(reason="Άλλο."), **late)
    with pytest.raises(OvertakenError):
        operations.decide(made, decision=Decision(reason="Άλλο."), **late)


# The final list -----------------------------------------------------------------------------------


def test_the_final_list_waits_for_the_window_and_for_every_decision(
    objected, ranked, officer, member, later, until
):
    call, made = ranked[0], objected()
    after = until + timedelta(hours=9)
    with pytest.raises(StepRefusedError, match="Ενστάσεις γίνονται δεκτές έως"):
        operations.publish_final(call, actor=officer, at=until)
    with pytest.raises(StepRefusedError, match="1 ένσταση περιμένει"):
        operations.publish_final(call, actor=officer, at=after)
    operations.decide(made, actor=member, at=after, decision=Decision(reason=WHY))
    operations.publish_final(call, actor=officer, at=after)
    assert call.state == "final"


def test_the_final_list_says_what_changed_and_why_and_is_recomputed(
    objected, ranked, officer, member, later, until, client, tmp_path, drain_jobs
):
    call, rows = ranked
    operations.decide(objected(), actor=member, at=later, decision=Decision(reason=WHY))
    operations.publish_final(call, actor=officer, at=until + timedelta(hours=9))
    made = call.lists.get(stage="final")
    page = client.get(f"/calls/lists/{made.pk}/")
    found = [
        (row.candidacy_id, row.position, row.before.position, row.before.shown_points, row.because)
        for row in page.context["lines"]
    ]
    assert found == [
        (rows[0].pk, 1, 2, "5", "Ένσταση: περισσότερα μόρια"),
        (rows[1].pk, 2, 1, "8", "Ενστάσεις άλλων άλλαξαν τη σειρά"),
        (rows[2].pk, None, None, "10", ""),
    ]
    changed = client.get(f"/calls/lists/{made.pk}/?outcome=changed").context["page"]
    assert [row.candidacy_id for row in changed] == [rows[0].pk, rows[1].pk]
    for name in ("table.csv", "rules.json"):
        (tmp_path / name).write_bytes(client.get(f"/calls/lists/{made.pk}/{name}").content)
    words = [str(Path(sys.executable).parent / "didaskaleio"), "ranking", "verify"]
    words += [str(tmp_path / "table.csv"), str(tmp_path / "rules.json")]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    drain_jobs()
    assert Notice.objects.filter(kind="registers.ranked").count() == 6


def test_after_the_final_list_nothing_is_objected_withdrawn_or_decided(
    objected, ranked, officer, member, actor_for, later, until
):
    made = objected()
    operations.decide(made, actor=member, at=later, decision=Decision(reason=WHY))
    after = until + timedelta(hours=9)
    operations.publish_final(ranked[0], actor=officer, at=after)
    with pytest.raises(StepRefusedError):
        operations.decide(made, actor=member, at=after, decision=Decision(reason=WHY))
    with pytest.raises(ObjectionRefusedError):
        objected(1, when=later)
    with pytest.raises(StepRefusedError):
        operations.withdraw_objection(made, actor=actor_for(ranked[1][0].person), at=after)


# Pages --------------------------------------------------------------------------------------------


def test_a_person_objects_and_the_committee_decides_page_by_page(
    ranked, client, login, set_clock, later
):
    call, rows = ranked
    set_clock(later)
    row = rows[0]
    mine = login(client, row.person)
    standing = mine.get(f"/candidacies/standings/{row.standings.get().pk}/")
    assert f"/candidacies/{row.pk}/object/" in standing.content.decode()
    page = f"/candidacies/{row.pk}/object/"
    assert mine.post(page, {"text": ""}).status_code == 422
    bad = {"text": "Ζητώ.", "file": SimpleUploadedFile("a.pdf", b"text")}
    assert mine.post(page, bad).status_code == 422
    kept = Evidence.objects.get(person=row.person)
    good = {"text": "Ζητώ.", "papers": [kept.pk], "file": SimpleUploadedFile("n.pdf", PDF)}
    answer = mine.post(page, good)
    made = Objection.objects.get()
    assert answer.headers["Location"] == f"/objections/{made.pk}/"
    assert made.papers.count() == 2
    assert mine.get(page).context["why"].startswith("Έχετε ήδη")
    assert mine.get(f"/objections/{made.pk}/decide/").status_code == 404
    someone = people.a_person()
    people.a_post(someone, Role.OBJECTION_COMMITTEE, Scope.CALL, call)
    hears = login(client, someone)
    assert [one.pk for one in hears.get("/objections/").context["page"]] == [made.pk]
    decide = f"/objections/{made.pk}/decide/"
    shown = hears.get(decide)
    claim = shown.context["claims"][0]
    assert (claim.judged.claimed, claim.judged.points, claim.allowed.value()) == ("9", "3", "3")
    sent = {"standing": "in", "ground": "", "allowed-hours": "4,5", "reason-hours": "Μισό έτος."}
    sent |= {"reason": "", "allowed-paper": "", "reason-paper": "", "seen": "0"}
    assert hears.post(decide, sent | {"issue": "1"}).status_code == 422
    assert hears.post(decide, sent).status_code == 302
    assert Objection.objects.get().draft["rulings"]["hours"]["allowed"] == "4.5"
    seen = hears.get(decide).context["seen"]
    hears.post(decide, sent | {"seen": str(seen), "reason": WHY, "issue": "1"})
    made.refresh_from_db()
    assert (made.state, made.effect) == ("decided", Effect.RAISED)
    assert hears.get(decide).status_code == 302


def test_the_body_reads_objections_and_decides_on_none(objected, client, login, set_clock, later):
    made = objected()
    set_clock(later)
    desk = login(client, people.officer("itye", Role.BODY_HEAD))
    assert [one.pk for one in desk.get("/objections/").context["page"]] == [made.pk]
    assert desk.get(f"/objections/{made.pk}/").status_code == 200
    assert desk.get(f"/objections/{made.pk}/decide/").status_code == 404
    assert "1 ένσταση" in desk.get(f"/calls/desk/{made.call_id}/").content.decode()
    rival = login(client, people.officer("iep", Role.BODY_HEAD))
    assert rival.get(f"/objections/{made.pk}/").status_code == 404


def test_an_officer_who_is_a_candidate_does_not_read_the_own_objection_at_the_desk(
    objected, ranked, actor_for
):
    made = objected()
    people.a_post(ranked[1][0].person, Role.BODY_OFFICER, Scope.BODY, a_body("itye"))
    me = actor_for(ranked[1][0].person)
    assert not access.visible(me, "objection.read", Objection.objects.all()).exists()
    assert access.allowed(me, "objection.page", made)


def test_the_agenda_of_the_committee_counts_what_waits_and_that_of_the_body_the_final_list(
    objected, ranked, member, officer, later, until
):
    made = objected()
    [todo] = [one for one in todos_of(member, later) if "Ενστάσεις" in one.title]
    assert todo.detail == "1 ένσταση, Μητρώο δοκιμών"
    assert not [one for one in todos_of(officer, later) if "ριστικ" in one.title]
    operations.decide(made, actor=member, at=later, decision=Decision(reason=WHY))
    after = until + timedelta(hours=9)
    assert not [one for one in todos_of(member, after) if "Ενστάσεις" in one.title]
    [todo] = [one for one in todos_of(officer, after) if "ριστικ" in one.title]
    assert todo.url == f"/calls/desk/{ranked[0].pk}/final/"
