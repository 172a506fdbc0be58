"""Every form and every address that takes a post, sent what no page would send: nothing breaks,
nothing is written that should not be, and whoever sent it is told in Greek.

Shows: R-166.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.messages import get_messages

import didaskaleio
from didaskaleio.kernel.access import NOBODY
from didaskaleio.people.queries import actor_of
from didaskaleio.site.story import moments
from tests.house import addresses, payloads, posts, references, walking
from tests.house.rows import Rows, every_table
from tests.house.test_every_url_as_every_role import entitled

GREEK = re.compile("[α-ωά-ώ]{3}")
FIELDS = 6  # fields of one form that are tried one by one
QUERIES = ("\0", "²", "9" * 20, "Ω" * 2_000)


@pytest.fixture(scope="module")
def walks(story, django_db_blocker):
    """What everybody reaches, in a copy of the story with no limit on tries."""
    with walking.entered(story, django_db_blocker, "hostile"), walking.without_limits():
        addresses.forget()
        yield posts.all_walks()


@pytest.fixture(scope="module")
def world(walks):
    """The forms of the site."""
    return posts.all_forms(walks)


@pytest.fixture(autouse=True)
def private_places():
    """The files of the story stand where the copy was put."""


def body(answer):
    """What was answered, as text; a file that streams is read to its end."""
    whole = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return whole.decode(errors="replace")


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
        if answer.status_code >= 400 and not GREEK.search(body(answer)):
            return f"{answer.status_code} without a Greek word"
        if payloads.MARKUP in body(answer):
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


def test_no_page_offers_a_link_that_its_reader_may_not_open(walks):
    assert [f"{walk.name}: {line}" for walk in walks for line in walk.refused] == []
    assert min(len(walk.opened) for walk in walks) > len(walking.PEOPLE)


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


# every door that takes a file, and the view that reads it
UPLOADS = {
    "completion:measure": "completion/web/measures.py",
    "completion:pack-verify": "completion/web/packs.py",
    "connectors:new": "connectors/web/views.py",
    "courses:material-upload": "courses/web/writing.py",
    "credentials:case-upload": "credentials/web/signing.py",
    "credentials:roots": "credentials/web/roots.py",
    "credentials:verify": "credentials/web/views.py",
    "delivery:excuse-new": "delivery/web/views/trainees.py",
    "delivery:hand-in": "delivery/web/views/own_work.py",
    "delivery:roll-file": "delivery/web/views/papers.py",
    "delivery:scan": "delivery/web/views/papers.py",
    "delivery:class-evidence": "delivery/web/views/application.py",
    "delivery:visit-photo": "delivery/web/views/visit_work.py",
    "finance:give": "finance/web/checklists.py",
    "finance:invoice-give": "finance/web/invoices.py",
    "finance:pay-enter": "finance/web/work.py",
    "finance:pay-import": "finance/web/importing.py",
    "kernel:form-import": "kernel/forms/web/editing.py",
    "kernel:form-new": "kernel/forms/web/editing.py",
    "kernel:form-try": "kernel/forms/web/views.py",
    "observatory:request-deliver": "observatory/web/requests.py",
    "programmes:action-schools-trial": "programmes/web/views/audience.py",
    "registers:answers": "registers/web/papers.py",
    "registers:complete": "registers/web/checking.py",
    "registers:document": "registers/web/changing.py",
    "registers:member-imports": "registers/web/imports.py",
    "registers:member-update": "registers/web/members.py",
    "registers:object": "registers/web/objecting.py",
    "registers:offer-write": "registers/web/offers.py",
    "registers:tender-award": "registers/web/tenders.py",
    "registers:tender-contract": "registers/web/tenders.py",
    "registers:wallet": "registers/web/mine.py",
}
# the pages of the story do not show these: the tests of their rooms send the same files
UPLOADS_ELSEWHERE = {
    "directory:engage": "directory/web/guests.py",
    "kernel:standard-attach": "kernel/standards/web/views.py",
}
ONLY_COUNTS = {"kernel/web/unsent.py"}
SRC = Path(didaskaleio.__file__).parent


def test_no_door_takes_what_is_empty_broken_swollen_locked_or_a_program(world, sender):
    """Wrong types, bombs, macros, names that lead out: refused at every door, in Greek."""
    forms = [form for form in world if any(f.kind == "file" for f in form.fields)]
    assert {form.address for form in forms} == set(UPLOADS)
    assert wrongs(sender, forms, payloads.of_files) == []


def test_every_view_that_reads_files_is_one_of_these_doors():
    found = {
        str(path.relative_to(SRC))
        for path in SRC.rglob("*.py")
        if "request.FILES" in path.read_text()
    }
    assert found - ONLY_COUNTS == {*UPLOADS.values(), *UPLOADS_ELSEWHERE.values()}


def strangers(form, needed, subjects):
    """Everybody whom the declarations keep from the object of this form."""
    if form.address not in needed or needed[form.address].permission == "public":
        return
    subject = subjects.get(form.action.partition("?")[0], ())
    for who in walking.PEOPLE:
        actor = actor_of(walking.person(who), at=moments.NOW) if who else NOBODY
        if not who or (subject != () and not entitled(actor, needed[form.address], subject)):
            yield who


def test_the_same_post_by_everybody_else_who_is_not_entitled_changes_nothing(world, sender):
    needed = posts.needed()
    subjects = {url: one for a in needed.values() for url, one in addresses.examples(a)}
    wrong, tried = [], Counter()
    for form in world:
        body = payloads.encoded(form.filled())
        payload = payloads.Payload("as it is", body, payloads.URLENCODED, refused=True)
        for who in strangers(form, needed, subjects):
            tried[form.address] += 1
            if said := sender.send(replace(form, who=who), payload):
                wrong.append((form.address, who, form.action, said))
    assert wrong == []
    assert sum(tried.values()) > 600
    assert sum(count > 1 for count in tried.values()) > 60


def test_every_field_that_chooses_is_known_to_name_a_record_or_none(world):
    assert sorted(set(references.unknown(world))) == []


def answered(sender, form, reference, field, value):
    """The status, whether it was taken, what was written, and whether a refusal says why."""
    body = payloads.encoded(references.sent(form, reference) | {field: [value]})
    with walking.undone():
        client = sender.client(form.who)
        answer = client.post(reference.goes(form), body, content_type=payloads.URLENCODED)
        said = list(get_messages(answer.wsgi_request)) if answer.status_code < 400 else []
        changed = sender.rows.changed()
    taken = any(one.level_tag == "success" for one in said)
    page = "".join(map(str, said)) if answer.status_code == 302 else answer.content.decode()
    return answer.status_code, taken, changed, bool(GREEK.search(page))


def test_a_record_that_exists_and_was_not_offered_is_refused_in_its_field(world, sender):
    """Somebody else's application, room, trainer, notice, programme: the same post with a record
    that was offered is taken, so that it is the record that is refused."""
    wrong, tried = [], 0
    for key, form, field, reference in references.posts(world):
        own = (reference.own or references.offered)(form, field)[:1]
        changed = [answered(sender, form, reference, field, value)[2] for value in own]
        if not reference.alone and not any(changed):
            wrong.append((key, "one's own is not taken either"))
        foreign = reference.foreign(form, field)
        for value in foreign:
            status, taken, changed, greek = answered(sender, form, reference, field, value)
            tried += 1
            if status >= 500 or taken or changed or not greek:
                wrong.append((key, value, status, taken, changed))
        if not foreign:
            wrong.append((key, "no foreign record"))
    assert wrong == []
    assert tried > 60


def test_no_filter_and_no_number_in_an_address_breaks_a_page(walks, sender):
    wrong = []
    for walk in walks:
        if walk.name not in {"", "teacher", "centre", "officer"}:
            continue
        client = sender.client(walk.name)
        for page in sorted(set(walk.filtered())):
            for value in QUERIES:
                with walking.undone():
                    answer = walking.whole(client.get(*walking.filled(page, value)))
                if answer.status_code >= 500:
                    wrong.append((walk.name, page, value[:20], answer.status_code))
    assert wrong == []
