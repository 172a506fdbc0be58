"""Every form and every address that takes a post, sent what no page would send: nothing breaks,
nothing is written that should not be, and whoever sent it is told in Greek.

Shows: R-166.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

import pytest
from django.conf import settings

from didaskaleio.kernel import access
from didaskaleio.people.queries import actor_of
from didaskaleio.site.story import moments
from tests.house import payloads, posts, walking
from tests.house.rows import Rows, every_table

GREEK = re.compile("[α-ωά-ώ]{3}")
FIELDS = 6  # fields of one form that are tried one by one
QUERIES = ("\0", "²", "9" * 20, "Ω" * 2_000)


@pytest.fixture(scope="module")
def world(story, django_db_blocker):
    """The forms of the site, over a copy of the story with no limit on tries."""
    with walking.entered(story, django_db_blocker, "hostile"), walking.without_limits():
        yield posts.all_forms()


@pytest.fixture(autouse=True)
def private_places():
    """The files of the story stand where the copy was put."""


class Sender:
    """Posts as the person who saw the form, each time with the session as it was."""

    def __init__(self):
        self.sessions, self.rows, self.said = {}, Rows(), Counter()
        for name in walking.PEOPLE:
            self.client(name)
        for table in every_table():
            self.rows.remember(table)

    def client(self, who):
        if who not in self.sessions:
            signed = walking.browser(who)
            self.sessions[who] = signed.cookies.get(settings.SESSION_COOKIE_NAME)
        client = walking.browser("")
        if self.sessions[who] is not None:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[who].value
        return client

    def send(self, form, payload):
        """What is wrong with how the door took it; empty when nothing is."""
        given = {} if payload.content_type is None else {"content_type": payload.content_type}
        client = self.client(form.who)
        with walking.undone():
            answer = client.post(form.action, payload.body, **given)
            changed = self.rows.changed()
        self.said[answer.status_code // 100] += 1
        return self.judged(payload, answer, changed)

    def judged(self, payload, answer, changed):
        if answer.status_code >= 500:
            return f"{answer.status_code}"
        if payload.refused and changed:
            return f"{answer.status_code}, wrote to {changed}"
        if answer.status_code >= 400 and changed:
            return f"{answer.status_code}, and yet wrote to {changed}"
        if answer.status_code >= 400 and not GREEK.search(answer.content.decode()):
            return f"{answer.status_code} without a Greek word"
        if payloads.MARKUP in answer.content.decode(errors="replace"):
            return "the markup came back as markup"
        return ""


@pytest.fixture(scope="module")
def sender(world):
    return Sender()


def wrongs(sender, forms, made):
    return [
        (form.address, form.who, form.action, payload.name, wrong)
        for form in forms
        for payload in made(form)
        if (wrong := sender.send(form, payload))
    ]


def test_every_address_that_takes_posts_is_tried_or_listed_with_a_reason(world):
    tried = {form.address for form in world}
    untried = set(posts.needed()) - tried
    assert untried - set(posts.NOT_IN_THE_STORY) == set()
    assert set(posts.NOT_IN_THE_STORY) & tried == set()
    assert len(tried) > 80


def test_posts_that_are_wrong_as_a_whole_break_nothing(world, sender):
    assert wrongs(sender, world, payloads.whole) == []


def test_one_wrong_field_breaks_nothing(world, sender):
    assert wrongs(sender, world, lambda form: payloads.of_fields(form, FIELDS)) == []


def test_a_file_that_is_not_what_it_says_is_stored_nowhere(world, sender):
    forms = [form for form in world if any(f.kind == "file" for f in form.fields)]
    assert len(forms) >= 2
    assert wrongs(sender, forms, payloads.of_files) == []


def stranger(form, permission):
    """Somebody of another role, whom the permission does not let in; None where it lets all in."""
    for who in ("teacher3", "author"):
        actor = actor_of(walking.person(who), at=moments.NOW)
        role = permission in access.register.rules and access.allowed(actor, permission)
        if who != form.who and not role:
            return who
    return None


def test_the_same_post_by_somebody_else_or_by_nobody_changes_nothing(world, sender):
    wrong, needed, tried = [], posts.needed(), 0
    for form in world:
        permission = needed[form.address].permission if form.address in needed else "public"
        if permission in {"public", "own.pages", "profile.view"}:
            continue
        for who in ("", stranger(form, permission)):
            if who is None:
                continue
            foreign = replace(form, who=who)
            body = payloads.encoded(form.filled())
            payload = payloads.Payload("as it is", body, payloads.URLENCODED, refused=True)
            tried += 1
            if said := sender.send(foreign, payload):
                wrong.append((form.address, who, form.action, said))
    assert wrong == []
    assert tried > 120


def test_no_filter_and_no_number_in_an_address_breaks_a_page(world, sender):
    wrong = []
    for name in ("", "teacher", "centre", "officer"):
        client = sender.client(name)
        for page in sorted(set(walking.Walk(name, client).go().filtered())):
            for value in QUERIES:
                with walking.undone():
                    answer = walking.whole(client.get(*walking.filled(page, value)))
                if answer.status_code >= 500:
                    wrong.append((name, page, value[:20], answer.status_code))
    assert wrong == []
