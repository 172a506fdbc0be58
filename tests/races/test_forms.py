"""Races on PostgreSQL: officers at one draft, two publications, a late edit, two autosaves."""

from __future__ import annotations

from dataclasses import replace

import pytest

from didaskaleio.kernel.errors import OvertakenError, StepRefusedError
from didaskaleio.kernel.forms import editing, operations
from didaskaleio.kernel.forms.marks import mark, unless_changed
from didaskaleio.kernel.forms.models import AnswerSheet, FormVersion
from didaskaleio.kernel.forms.operations import FrozenFormError
from didaskaleio.people.enums import Role
from tests.factories import people
from tests.kernel.forms.fixtures import DEFINITION, NOW, a_draft, a_published, actor, an_officer
from tests.races.together import at_once, refusals

pytestmark = pytest.mark.race


def relabel(key, label):
    """An edit of one question as a page that was opened on the present draft would send it."""
    one = replace(DEFINITION.question(key), label=label)
    return unless_changed(lambda d: editing.put_question(d, one, ""), key, mark(DEFINITION, key))


def edits(version, changes):
    officers = [actor(an_officer()) for _ in changes]
    copies = [FormVersion.objects.get(pk=version.pk) for _ in changes]
    return at_once(
        [
            lambda v=v, c=change, who=who: operations.edit(v, c, what="", actor=who, at=NOW)
            for v, change, who in zip(copies, changes, officers, strict=True)
        ]
    )


def test_of_two_officers_at_one_question_one_is_told_and_nothing_is_lost(committed_db):
    draft = a_draft()
    outcomes = edits(draft, [relabel("name", f"Όνομα {n}") for n in range(4)])
    assert [type(each) for each in refusals(outcomes)] == [OvertakenError] * 3
    winner = outcomes.index(None)
    draft.refresh_from_db()
    assert draft.parsed().question("name").label == f"Όνομα {winner}"


def test_officers_at_different_questions_of_one_draft_are_all_kept(committed_db):
    draft = a_draft()
    keys = [one.key for one in DEFINITION.questions()][:6]
    assert refusals(edits(draft, [relabel(key, f"Νέα {key}") for key in keys])) == []
    draft.refresh_from_db()
    assert [draft.parsed().question(key).label for key in keys] == [f"Νέα {key}" for key in keys]


def test_new_questions_added_at_once_get_keys_of_their_own(committed_db):
    draft = a_draft()
    asked = DEFINITION.question("plan")

    def add(definition):
        key = editing.free_key(definition, "q")
        return editing.put_question(definition, replace(asked, key=key), "wishes")

    assert refusals(edits(draft, [add] * 5)) == []
    draft.refresh_from_db()
    assert [q.key for q in draft.parsed().section("wishes").questions[-5:]] == [
        f"q{n}" for n in range(1, 6)
    ]


def test_an_edit_beside_the_publication_is_in_it_or_refused(committed_db):
    for round_ in range(5):
        draft, head = a_draft(code=f"f{round_}"), actor(an_officer(Role.BODY_HEAD))
        officer, again = actor(an_officer()), FormVersion.objects.get(pk=draft.pk)
        outcomes = at_once(
            [
                lambda v=again, who=officer: operations.edit(
                    v, relabel("name", "Νέα"), what="", actor=who, at=NOW
                ),
                lambda v=draft, who=head: operations.publish(v, actor=who, at=NOW),
            ]
        )
        refused = [type(each) for each in refusals(outcomes)]
        assert refused in ([], [FrozenFormError])
        kept = FormVersion.objects.get(pk=draft.pk)
        assert kept.state == "published"
        assert (kept.parsed().question("name").label == "Νέα") == (refused == [])


def test_a_draft_published_twice_at_once_is_published_once(committed_db):
    draft = a_draft()
    heads = [actor(an_officer(Role.BODY_HEAD)) for _ in range(3)]
    copies = [FormVersion.objects.get(pk=draft.pk) for _ in heads]
    outcomes = at_once(
        [
            lambda v=v, who=who: operations.publish(v, actor=who, at=NOW)
            for v, who in zip(copies, heads, strict=True)
        ]
    )
    assert [type(each) for each in refusals(outcomes)] == [StepRefusedError] * 2


def test_two_autosaves_of_different_answers_keep_both(committed_db):
    version, teacher = a_published(), people.a_teacher()
    sheet = operations.open_sheet(version, version, person=teacher.pk, at=NOW)
    told = [{"material": "4"}, {"hired": "2010-09-01"}, {"certificate": "no"}]
    by, copies = actor(teacher), [AnswerSheet.objects.get(pk=sheet.pk) for _ in told]
    at_once(
        [
            lambda s=s, t=one: operations.save(s, t, actor=by, at=NOW)
            for s, one in zip(copies, told, strict=True)
        ]
    )
    kept = AnswerSheet.objects.get().values
    assert {key: kept.get(key) for one in told for key in one} == {
        key: value for one in told for key, value in one.items()
    }
