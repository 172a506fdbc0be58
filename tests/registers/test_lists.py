"""Lists of a call: their terms said before, the provisional one, what recomputes it.

Shows: R-019.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from didaskaleio.kernel.errors import OvertakenError, StepRefusedError
from didaskaleio.kernel.models import Notice
from didaskaleio.people.enums import Role
from didaskaleio.registers import operations, rules, standings, tasks
from didaskaleio.registers.enums import CallState, CandidacyState, Ground, ListStage
from didaskaleio.registers.errors import CallRefusedError, FrozenCallError
from didaskaleio.registers.models import Candidacy, ListTerms, RankingList, RankingRow
from tests.factories import people
from tests.registers.ranked import a_candidacy, assessed

pytestmark = pytest.mark.django_db


@pytest.fixture
def later(at):
    return at + timedelta(days=20)


@pytest.fixture
def call(a_draft, officer, at):
    """Two places; ten hours are a point; at least four points in all."""
    row = a_draft(places=1)
    by = {"actor": officer, "at": at - timedelta(days=1)}
    operations.write_terms(row, thresholds={"": Decimal(4)}, objection_days=5, **by)
    operations.publish(row, **by)
    return row


@pytest.fixture
def published(call, officer, at, later):
    """A list of four: first, second, below the threshold, rejected; the first was reduced."""
    rows = [a_candidacy(call, at, hours) for hours in ("90", "60", "10", "80")]
    ready = assessed(call, {rows[0].pk: {"hours": {"allowed": "7", "reason": "Λείπει έτος."}}})
    Candidacy.objects.filter(pk=rows[3].pk).update(
        state=CandidacyState.REJECTED, ground=Ground.INCOMPLETE, verdict="Δεν ήρθε έγγραφο."
    )
    operations.publish_provisional(ready, actor=officer, at=later)
    return ready, rows


# What is said before ------------------------------------------------------------------------------


def test_the_lot_is_drawn_at_publication_and_only_its_commitment_is_announced(call, client):
    seed = bytes(ListTerms.objects.get().seed)
    page = client.get(f"/calls/{call.pk}/").content.decode()
    assert len(seed) == 32
    assert hashlib.sha256(seed).hexdigest() in page
    assert seed.hex() not in page
    assert "Τουλάχιστον 4 μόρια: στο σύνολο" in page
    assert "5 εργάσιμες ημέρες" in page


def test_two_calls_have_other_seeds(a_call):
    a_call()
    a_call()
    first, second = ListTerms.objects.all()
    assert bytes(first.seed) != bytes(second.seed)


def test_terms_that_the_form_cannot_reach_are_refused(a_draft, officer, at):
    row = a_draft()
    for wrong in ({"work": Decimal(16)}, {"": Decimal(21)}, {"other": Decimal(1)}):
        with pytest.raises(CallRefusedError):
            operations.write_terms(row, thresholds=wrong, objection_days=5, actor=officer, at=at)
    with pytest.raises(CallRefusedError, match="από 1 ως 30"):
        operations.write_terms(row, thresholds={}, objection_days=0, actor=officer, at=at)
    assert not ListTerms.objects.exists()


def test_terms_do_not_change_after_publication_nor_by_another_body(call, a_draft, actor_for, at):
    officer = actor_for(people.officer())
    with pytest.raises(FrozenCallError):
        operations.write_terms(call, thresholds={}, objection_days=9, actor=officer, at=at)
    rival = actor_for(people.officer("iep"))
    with pytest.raises(PermissionDenied):
        operations.write_terms(a_draft(), thresholds={}, objection_days=9, actor=rival, at=at)


def test_of_two_officers_that_write_terms_the_second_is_told(a_draft, officer, at):
    row = a_draft()
    by = {"actor": officer, "at": at}
    operations.write_terms(row, thresholds={}, objection_days=6, **by)
    with pytest.raises(OvertakenError):
        operations.write_terms(row, thresholds={}, objection_days=7, seen=0, **by)
    assert ListTerms.objects.get().objection_days == 6


def test_working_days_leave_out_week_ends_and_public_holidays(at):
    friday = at.replace(month=1, day=5)
    assert rules.working_days_after(friday, 1).date().isoformat() == "2023-01-09"
    assert rules.working_days_after(at, 5).date().isoformat() == "2023-01-25"


# The provisional list -----------------------------------------------------------------------------


def test_the_list_is_in_order_by_code_with_what_was_let_stand(published, later):
    call, rows = published
    made = RankingList.objects.get()
    found = [(r.candidacy_id, r.position, r.outcome, r.points, r.excluded) for r in made.rows.all()]
    assert found == [
        (rows[0].pk, 1, "selected", "9", ""),
        (rows[1].pk, 2, "runner_up", "8.0", ""),
        (rows[2].pk, None, "below", "3.0", ""),
        (rows[3].pk, None, "excluded", "10.0", "incomplete"),
    ]
    assert call.state == CallState.PROVISIONAL
    assert made.act.get_kind_display() == "Προσωρινός πίνακας"
    until = rules.working_days_after(later, 5)
    assert made.objections_until == until.replace(
        hour=23, minute=59, second=59, microsecond=999_999
    )


def test_anybody_downloads_the_files_and_the_command_confirms_them(published, client, tmp_path):
    call, rows = published
    for name in ("table.csv", "rules.json"):
        answer = client.get(f"/calls/lists/{call.lists.get().pk}/{name}")
        assert "attachment" in answer.headers["Content-Disposition"]
        (tmp_path / name).write_bytes(answer.content)
    table = (tmp_path / "table.csv").read_text()
    assert rows[0].person.surname not in table
    words = [str(Path(sys.executable).parent / "didaskaleio"), "ranking", "verify"]
    words += [str(tmp_path / "table.csv"), str(tmp_path / "rules.json")]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith("ΣΥΜΦΩΝΕΙ: 4 υποψηφιότητες")
    assert ListTerms.objects.get().commitment in done.stdout
    (tmp_path / "table.csv").write_text(table.replace("runner_up", "selected"))
    again = subprocess.run(words, capture_output=True, text=True, check=False)
    assert again.returncode == 1


def test_the_seed_is_revealed_with_the_list(published):
    made = json.loads(RankingList.objects.get().rules)
    terms = ListTerms.objects.get()
    assert made["lot"] == {"commitment": terms.commitment, "seed": bytes(terms.seed).hex()}
    assert made["thresholds"] == [{"of": "", "least": "4"}]


def test_no_list_while_a_candidacy_waits(call, officer, at, later):
    row = a_candidacy(call, at)
    ready = assessed(call)
    Candidacy.objects.filter(pk=row.pk).update(state=CandidacyState.COMPLETE)
    with pytest.raises(StepRefusedError, match="1 υποψηφιότητα περιμένει"):
        operations.publish_provisional(ready, actor=officer, at=later)
    assert not RankingList.objects.exists()


def test_a_list_is_published_once_and_by_the_own_body(published, officer, actor_for, later):
    call, _ = published
    with pytest.raises(StepRefusedError):
        operations.publish_provisional(call, actor=officer, at=later)
    with pytest.raises(PermissionDenied):
        operations.publish_provisional(call, actor=actor_for(people.officer("iep")), at=later)


@pytest.mark.parametrize(("model", "change"), [(RankingList, "table"), (RankingRow, "points")])
def test_the_database_refuses_to_change_a_published_list(published, model, change):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        model.objects.update(**{change: "99"})
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        model.objects.all()._raw_delete("default")


def test_each_candidate_is_told_once(published, drain_jobs):
    _, rows = published
    drain_jobs()
    found = {one.person_id: one for one in Notice.objects.filter(kind="registers.ranked")}
    assert set(found) == {row.person_id for row in rows}
    assert "Θέση 1, μόρια 9." in found[rows[0].person_id].text
    assert "Αποκλείεται." in found[rows[3].person_id].text
    assert found[rows[0].person_id].url == f"/candidacies/standings/{rows[0].standings.get().pk}/"


# Pages --------------------------------------------------------------------------------------------


def test_a_list_of_four_is_ranked_and_told_with_a_question_for_all_and_none_for_each(
    published, django_assert_num_queries
):
    call, _ = published
    with django_assert_num_queries(2):  # terms, candidacies
        ranked = standings.rank(call, ListStage.FINAL, "1")
    assert len(ranked.lines) == 4
    made = RankingList.objects.get()
    with CaptureQueriesContext(connection) as asked:
        tasks.tell_list(made.pk)
    lines = [one["sql"] for one in asked if 'FROM "registers_rankingrow"' in one["sql"]]
    assert len(lines) == 1


def test_the_public_page_shows_codes_and_no_names(published, client):
    call, rows = published
    address = f"/calls/lists/{call.lists.get().pk}/"
    page = client.get(address)
    assert [row.candidacy_id for row in page.context["page"]] == [row.pk for row in rows]
    text = page.content.decode()
    assert rows[0].person.surname not in text
    assert "Δεν συμπληρώθηκαν εμπρόθεσμα τα δικαιολογητικά" in text
    code = f"{rows[1].code[:4]} {rows[1].code[4:]}"
    found = client.get(address, {"code": code})
    assert [row.candidacy_id for row in found.context["page"]] == [rows[1].pk]
    below = client.get(f"{address}?outcome=below")
    assert [row.candidacy_id for row in below.context["page"]] == [rows[2].pk]
    assert client.get("/calls/lists/99999999/").status_code == 404


def test_a_person_sees_the_own_points_question_by_question_and_nobody_elses(
    published, client, login, set_clock, later
):
    _, rows = published
    set_clock(later)
    mine = login(client, rows[0].person)
    page = mine.get(f"/candidacies/standings/{rows[0].standings.get().pk}/")
    first = page.context["parts"][0].lines[0]
    assert (first.claimed, first.points, first.reason) == ("9", "7", "Λείπει έτος.")
    other = rows[1].standings.get().pk
    assert mine.get(f"/candidacies/standings/{other}/").status_code == 404
    assert mine.get(f"/candidacies/{rows[0].pk}/").content.decode().count("/standings/") == 1


def test_an_officer_writes_terms_sees_the_list_and_publishes_it_page_by_page(
    a_draft, officer, client, login, set_clock, at, later
):
    row = a_draft()
    set_clock(at - timedelta(days=1))
    desk = login(client, people.officer("itye", Role.BODY_HEAD))
    page = f"/calls/desk/{row.pk}/terms/"
    given = {"objection_days": "3", "least-": "4,5", "least-work": "x"}
    assert desk.post(page, given).status_code == 422
    assert desk.post(page, given | {"least-work": "16"}).status_code == 422
    assert desk.post(page, given | {"least-work": "2"}).status_code == 302
    assert ListTerms.objects.get().thresholds == [
        {"of": "", "least": "4.5"},
        {"of": "work", "least": "2"},
    ]
    assert 'value="4,5"' in desk.get(page).content.decode()
    operations.publish(row, actor=officer, at=at - timedelta(days=1))
    preview = f"/calls/desk/{row.pk}/provisional/"
    assert desk.get(preview).headers["Location"] == f"/calls/desk/{row.pk}/"
    a_candidacy(row, at)
    assessed(row)
    set_clock(later)
    shown = desk.get(preview)
    assert [line.outcome for line in shown.context["lines"]] == ["selected"]
    assert not RankingList.objects.exists()
    answer = desk.post(preview)
    assert answer.headers["Location"] == f"/calls/lists/{row.lists.get().pk}/"
    assert RankingList.objects.get().rows.count() == 1
    rival = login(client, people.officer("iep", Role.BODY_HEAD))
    assert rival.get(preview).status_code == 404
