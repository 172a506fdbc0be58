"""What each role must do about programmes, exactly."""

from __future__ import annotations

from datetime import timedelta

import pytest

from didaskaleio.kernel.agenda import todos_of
from tests.factories import people
from tests.factories import programmes as make

pytestmark = pytest.mark.django_db
MINE = {"programmes.centre", "programmes.trainer", "programmes.officer"}


def todos(actor, at):
    return [(t.title, t.due) for t in todos_of(actor, at) if t.source in MINE]


def test_each_role_is_told_its_own_part(actor_for):
    period = make.a_period("proposing")
    at = period.proposals_close - timedelta(hours=1)
    draft = make.a_programme("draft", period=period)
    make.a_programme("checked", period=period)
    back = make.a_programme("returned", period=period, centre=draft.centre)
    manager = actor_for(people.a_centre_manager(draft.centre))
    assert todos(manager, at) == [
        (f"Ολοκλήρωση και υποβολή της πρότασης {draft.code}", period.proposals_close),
        (f"Διόρθωση της πρότασης {back.code}", period.phase_a_opens),
    ]
    assert todos(actor_for(draft.trainer), at) == [
        (f"Συμφωνία με το ωρολόγιο του {draft.code}", period.proposals_close)
    ]
    assert todos(actor_for(back.trainer), at) == []
    assert todos(actor_for(people.officer()), at) == [
        ("Έγκριση 1 προγράμματος", period.phase_a_opens)
    ]
