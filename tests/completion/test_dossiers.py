"""The dossier of a programme: what it owes, what is missing, who is waited for.

Shows: R-069.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from didaskaleio.completion import operations
from didaskaleio.completion.queries import dossiers as queries
from didaskaleio.kernel import dossiers
from didaskaleio.people.enums import Role, Scope
from didaskaleio.people.queries import actor_of
from tests.factories import completion, people
from tests.markup import markup

pytestmark = pytest.mark.django_db


def an_officer(programme, at):
    person = people.a_person()
    people.a_post(person, Role.BODY_OFFICER, Scope.BODY, programme.period.action.body)
    return person, actor_of(person, at=at)


def told(programme, at):
    """(part, here, missing) of one programme."""
    found = dossiers.listed(queries.programmes().get(pk=programme.pk), at)
    return [(x.part.name, len(x.entries) - len(x.missing), len(x.missing)) for x in found]


def agreed(at):
    """Whether the columns of SQL say of every programme what its entries say."""
    for row in queries.completeness(queries.programmes(), at):
        listed = dossiers.listed(row, at)
        entries = sum(len(each.entries) for each in listed)
        lacking = sum(len(each.missing) for each in listed)
        assert (row.owed, row.missing) == (entries, lacking)


def test_a_running_programme_owes_the_sheets_of_the_meetings_that_passed(at):
    programme = completion.a_class(1, state="running", session_state="planned")
    first = programme.sessions.order_by("starts_at")[0]
    assert told(programme, first.starts_at) == [("programmes.approval", 2, 0)]
    assert told(programme, first.ends_at + timedelta(minutes=1))[1:] == [
        ("delivery.sheets", 0, 1),
        ("delivery.reports", 0, 1),
    ]
    agreed(first.ends_at + timedelta(minutes=1))


def test_a_finished_programme_waits_for_centre_and_body(at, authority):
    programme = completion.a_class(2)
    _, officer = an_officer(programme, at)
    operations.settle(programme, at=at)
    assert told(programme, at)[3:] == [
        ("completion.consolidated", 0, 1),
        ("completion.attestations", 0, 2),
        ("completion.acceptance", 0, 1),
    ]
    agreed(at)
    listed = dossiers.listed(queries.programmes().get(pk=programme.pk), at)
    awaited = {one.whom: one.documents for one in queries.awaited(listed)}
    body = programme.period.action.body.short_name
    assert (awaited[programme.centre.name], awaited[body]) == (1, 3)
    operations.consolidate(programme, actor=officer, at=at)
    assert told(programme, at)[3] == ("completion.consolidated", 1, 0)
    agreed(at)


def test_whoever_owes_longest_stands_first(at):
    programme = completion.a_class(1)
    operations.settle(programme, at=at)
    found = queries.awaited(dossiers.listed(queries.programmes().get(pk=programme.pk), at))
    moments = [one.since for one in found if one.since]
    assert moments == sorted(moments)


def test_the_list_narrows_to_what_lacks_something_and_finds_by_code_and_centre(at):
    running = completion.a_class(1, state="running", session_state="planned")
    finished = completion.a_class(1)
    early = running.sessions.order_by("starts_at")[0].starts_at
    rows = queries.completeness(queries.programmes(), early)
    assert list(queries.narrowed(rows, "missing")) == [finished]
    assert list(queries.narrowed(rows, "whole")) == [running]
    assert list(queries.named(rows, finished.code)) == [
        row for row in rows if row.code == finished.code
    ]
    assert set(queries.named(rows, finished.centre.name.split()[-1])) >= {finished}


def test_the_list_asks_as_much_for_one_programme_as_for_three(client, at, set_clock):
    first = completion.a_class(1)
    person, _ = an_officer(first, at)
    set_clock(at)
    client.force_login(person)
    page = reverse("completion:dossiers")
    with CaptureQueriesContext(connection) as few:
        client.get(page)
    completion.a_class(2)
    completion.a_class(1)
    with CaptureQueriesContext(connection) as many:
        assert markup(client.get(page)).count('scope="row"') == 3
    assert len(many) == len(few)


def test_the_page_links_only_what_the_person_may_open(client, at, set_clock):
    programme = completion.a_class(1)
    operations.settle(programme, at=at)
    set_clock(at)
    head = people.a_person()
    people.a_post(head, Role.CENTRE_MANAGER, Scope.CENTRE, programme.centre)
    owed = reverse("completion:attestation", args=[programme.attestations.get().pk])
    page = reverse("completion:dossier", args=[programme.pk])
    client.force_login(head)
    shown = markup(client.get(page))
    assert "Βεβαίωση παρακολούθησης: " in shown
    assert owed not in shown
    assert "Ετοιμασία πακέτου" not in shown
    client.force_login(an_officer(programme, at)[0])
    assert owed in markup(client.get(page))


def test_a_stranger_finds_no_dossier(client):
    programme = completion.a_class(1)
    client.force_login(people.a_person())
    assert client.get(reverse("completion:dossier", args=[programme.pk])).status_code == 404
    assert client.get(reverse("completion:dossiers")).status_code == 403


def test_a_part_is_declared_once():
    with pytest.raises(ValueError, match="declared twice"):
        dossiers.declare(dossiers.of("programmes.programme")[0])
