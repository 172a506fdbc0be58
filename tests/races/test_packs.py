"""Two workers at one pack: every document listed once, one number.

Shows: R-069.
"""

from __future__ import annotations

from datetime import datetime

import pytest

from didaskaleio.completion import operations, tasks
from didaskaleio.completion.models import Pack, PackItem
from didaskaleio.kernel.clock import ATHENS
from didaskaleio.people.enums import Role, Scope
from didaskaleio.people.queries import actor_of
from tests.factories import completion, people
from tests.races.together import at_once

pytestmark = [pytest.mark.race, pytest.mark.usefixtures("committed_db")]
AT = datetime(2023, 7, 5, 12, tzinfo=ATHENS)


def test_two_workers_fill_a_pack_once_and_seal_it_once(authority):
    programme = completion.a_class(1)
    person = people.a_person()
    people.a_post(person, Role.BODY_OFFICER, Scope.BODY, programme.period.action.body)
    officer = actor_of(person, at=AT)
    pack = operations.pack_programme(programme, reason="Έλεγχος", actor=officer, at=AT)
    at_once([lambda: tasks.pack(pack.pk)] * 2)
    found = Pack.objects.select_related("work").get()
    assert found.state == "sealed"
    assert found.number.endswith("-000001")
    assert (found.work.done, found.work.total) == (2, 2)
    assert PackItem.objects.count() == 2
