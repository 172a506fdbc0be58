"""Applications, submissions, draws: valid rows with sensible defaults, made without operations.

Tests of an operation call the operation; these are for what stands around it.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from itertools import count

from django.conf import settings

from didaskaleio.enrolment import rules, seal
from didaskaleio.enrolment.enums import ApplicationState, DrawState, EntryState
from didaskaleio.enrolment.models import (
    Draw,
    IssuedNumber,
    ParticipationApplication,
    Submission,
    WaitingEntry,
    WaitingList,
)
from didaskaleio.enrolment.operations import demanding
from didaskaleio.kernel.models import Work
from tests.factories import people, programmes

SECRET = bytes(range(32))
PATTERN, EXAMPLE = "[0-9a-f]{64}", "ab" * 32
_serial = count(1)


def issue_number(period, *, number="", at=None) -> IssuedNumber:
    """The next number of the period, with its head."""
    last = IssuedNumber.objects.filter(period=period).order_by("-position").first()
    number = number or f"{20_000_000 + next(_serial)}"
    head = rules.next_head(last.head if last else rules.FIRST_HEAD, number)
    return IssuedNumber.objects.create(
        period=period,
        position=last.position + 1 if last else 1,
        number=number,
        head=head,
        at=at or period.phase_a_opens + timedelta(hours=1),
    )


def a_draft(*, period=None, person=None, preferences=(), **facts) -> ParticipationApplication:
    """A draft of an application; ``preferences`` are programmes or their codes."""
    period = period or programmes.a_period(state="phase_a")
    person = person or people.a_teacher()
    codes = [getattr(p, "code", p) for p in preferences]
    draft = facts.pop("draft", {"preferences": codes, "will_teach": True})
    return ParticipationApplication.objects.create(
        period=period, person=person, draft=draft, draft_saved_at=period.phase_a_opens, **facts
    )


def an_application(
    *,
    period=None,
    person=None,
    preferences=(),
    state=ApplicationState.SUBMITTED,
    number="",
    **facts,
) -> ParticipationApplication:
    """A submitted application (or a later state) with number, submission and receipt number."""
    application = a_draft(period=period, person=person, preferences=preferences)
    issued = issue_number(application.period, number=number)
    submission = Submission.objects.create(
        application=application,
        version=1,
        preferences=application.draft["preferences"],
        facts={"will_teach": True},
        receipt_number=f"2023/{next(_serial):06d}",
        head=issued.head,
        head_count=issued.position,
        at=issued.at,
    )
    facts.setdefault("in_draw", state != ApplicationState.SUBMITTED)
    demanding.change(application.period_id, (), submission.preferences)
    for name, value in facts.items():
        setattr(application, name, value)
    application.number, application.state, application.submission = issued.number, state, submission
    application.save()
    return application


def a_placed_application(programme, *, person=None, **facts) -> ParticipationApplication:
    """An application that holds a place in ``programme``."""
    return an_application(
        period=programme.period,
        person=person,
        preferences=[programme],
        state=facts.pop("state", ApplicationState.PLACED),
        programme=programme,
        **facts,
    )


def a_waiting_list(programme, applications=(), **facts) -> WaitingList:
    """The list of the draw for ``programme``: applications in draw order."""
    return WaitingList.objects.create(
        programme=programme,
        numbers=[a.number for a in applications],
        places=facts.pop("places", programme.capacity),
        **facts,
    )


def a_waiting_entry(programme, application, *, at: datetime, **facts) -> WaitingEntry:
    """A row of a list: waiting, or offered when ``expires_at`` is given."""
    offered = "expires_at" in facts
    return WaitingEntry.objects.create(
        programme=programme,
        application=application,
        joined_at=at,
        state=facts.pop("state", EntryState.OFFERED if offered else EntryState.WAITING),
        offered_at=at if offered else None,
        **facts,
    )


def a_draw(period, *, secret=SECRET, state=DrawState.COMMITTED, **facts) -> Draw:
    """The draw of a period: commitment of ``secret`` and a rule for the beacon."""
    values = {
        "commitment": hashlib.sha256(secret).hexdigest(),
        "secret_sealed": seal.seal(secret, settings.SECRET_KEY, period.code),
        "beacon_source": "Αλυσίδα drand quicknet, γύρος 1000000, randomness",
        "beacon_at": period.phase_a_closes + timedelta(hours=24),
        "beacon_pattern": PATTERN,
        "beacon_example": EXAMPLE,
        "committed_at": period.phase_a_opens - timedelta(days=10),
    }
    return Draw.objects.create(period=period, state=state, **values | facts)


def a_work(actor, *, state, total=8) -> Work:
    """A long act in the background, in a state of its own."""
    return Work.objects.create(
        kind="enrolment.draw",
        title="Υπολογισμός της κλήρωσης",
        owner_id=actor.user_id,
        state=state,
        total=total,
        at=programmes.DATES["phase_b_opens"],
    )
