"""The told story as its accounts see it: every page within reach, and every form on it."""

from __future__ import annotations

import collections
import re
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from urllib.parse import urldefrag, urljoin, urlsplit

from django.db import transaction
from django.test import Client, override_settings
from django.test.client import ClientHandler
from django.urls import Resolver404, resolve, reverse
from lxml import html

from didaskaleio.kernel import clock, limits
from didaskaleio.kernel.forms.models import Form as WrittenForm
from didaskaleio.kernel.models import StoredFile
from didaskaleio.people.models import Person
from didaskaleio.site.demo_accounts import ACCOUNTS
from tests.story import QUICK, places, walked

SITE = "http://testserver"
NOBODY = ""
PEOPLE = (NOBODY, *(name for name, _ in ACCOUNTS))
EACH = 2  # pages of one shape that one person opens: the next may be in another state
PAGES = ("text/html",)
KEY = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
# a report's exports open to whom its page does: one pair of them stands for all reports
NUMBERS = re.compile(rf"{KEY}|\d+|[A-Z]\w*-[\w-]+|(?<=^/reports/)[^/]+(?=/.)")
OUT = re.compile(r"/logout|/demo/|/static/")


@contextmanager
def entered(story, blocker, suffix):
    """A copy of the story that is entered, its files in a folder of its own."""
    with TemporaryDirectory() as folder, blocker.unblock():
        here = Path(folder) / "walk"
        handler.cache_clear()
        with override_settings(DEMO=True, PASSWORD_HASHERS=QUICK, **places(here)):
            yield from _walk(story, here, suffix)


def _walk(story, here, suffix):
    with walked(story, SimpleNamespace(), here, suffix) as connection:
        yield connection


def person(name):
    """The account ``name`` of the demonstration, None for nobody."""
    return Person.objects.get(username=name) if name else None


@cache
def handler():
    """What answers, with its middleware opened once for all clients of one walk."""
    return ClientHandler(enforce_csrf_checks=False)


def browser(name):
    """A client signed in as ``name``; errors of the server come back as 500."""
    client = Client(raise_request_exception=False)
    client.handler = handler()
    if name:
        client.force_login(person(name))
    return client


@contextmanager
def undone():
    """Whatever is written inside is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def at(moment):
    """Move the demonstration's clock without letting anything fall due."""
    clock.set_demo(moment)


def whole(answer):
    """The answer, read to its end and closed."""
    if answer.streaming:
        collections.deque(answer.streaming_content, maxlen=0)
        answer.close()
    return answer


@dataclass(frozen=True)
class Field:
    """One field of a form as the page shows it."""

    name: str
    kind: str
    value: str
    required: bool
    options: tuple[str, ...] = ()


@dataclass(frozen=True)
class Form:
    """One form on one page: who saw it, where it goes, with which fields."""

    who: str
    page: str
    action: str
    method: str
    fields: tuple[Field, ...]
    files: bool

    @property
    def address(self):
        return view_name(self.action)

    @property
    def shape(self):
        return (self.address, self.method, tuple(sorted({f.name for f in self.fields})))

    def filled(self):
        """What a browser would send: the values as shown, some choice where none is made."""
        sent = {}
        for field in self.fields:
            if field.kind == "file":
                continue
            sent.setdefault(field.name, []).append(field.value or filler(field))
        return sent


def filler(field):
    if field.options:
        return next((o for o in field.options if o), "")
    return {"date": "2023-05-02", "time": "10:00", "number": "1", "email": "a@b.example"}.get(
        field.kind, "Κείμενο"
    )


def resolve_or_none(address):
    try:
        return resolve(urlsplit(address).path)
    except Resolver404:
        return None


def view_name(address):
    """``room:name`` of an address, empty where there is none."""
    match = resolve_or_none(address)
    return match.view_name if match else ""


def drafts():
    """Pages of forms that are still written: the list shows them late."""
    found = WrittenForm.objects.filter(versions__state="draft").order_by("pk")[:EACH]
    return [reverse("kernel:form", args=[one.pk]) for one in found]


def shape(address, found_on):
    """What is alike in addresses of one kind; files are as many kinds as the pages with them."""
    alike = NUMBERS.sub("#", address.partition("?")[0])
    return f"{alike} of {shape(found_on, '')}" if alike == "/files/#/" else alike


def undone_file(address):
    """A file that its page made when it was opened, and that was taken back with the page."""
    match = resolve_or_none(address)
    return (
        match is not None
        and match.view_name == "kernel:file"
        and not StoredFile.objects.filter(key=match.kwargs["key"]).exists()
    )


class Walk:
    """All that one person reaches by links from the front page, a few pages of each shape."""

    def __init__(self, name, client=None):
        self.name, self.client = name, client or browser(name)
        self.opened, self.seen, self.forms, self.refused = {}, {"/"}, [], []
        self.waiting = [(address, "") for address in ("/", "/home/", *drafts())]

    def go(self):
        while self.waiting:
            address, found_on = self.waiting.pop(0)
            same = self.opened.setdefault(shape(address, found_on), [])
            if len(same) < EACH:
                same.append(address)
                self.open(address, found_on)
        return self

    def open(self, address, found_on=""):
        with undone():
            answer = whole(self.client.get(address, follow=True))
        if answer.status_code >= 400 and found_on and not undone_file(address):
            self.refused.append(f"{address} on {found_on}: {answer.status_code}")
        if answer.status_code == 200 and answer["Content-Type"].startswith(PAGES):
            here = answer.redirect_chain[-1][0] if answer.redirect_chain else address
            self.read(urljoin(address, here), html.fromstring(answer.content))

    def read(self, address, page):
        for href in page.xpath("//a/@href"):
            link = urldefrag(urljoin(SITE + address, href)).url
            if link.startswith(SITE) and link not in self.seen and not OUT.search(link):
                self.seen.add(link)
                self.waiting.append((link.removeprefix(SITE), address))
        self.forms.extend(self.form(address, one) for one in page.xpath("//form"))

    def filtered(self):
        """Pages with filters, each with the names of its fields; and pages of lists."""
        for form in self.forms:
            if form.method == "get":
                yield form.action.partition("?")[0], tuple(sorted({f.name for f in form.fields}))

    def form(self, address, one):
        action = urljoin(SITE + address, one.get("action") or "").removeprefix(SITE)
        outside = f"@form='{one.get('id')}'" if one.get("id") else "false()"
        found = one.xpath(
            ".//input[@name]|.//select[@name]|.//textarea[@name]|.//button[@name]"
            f"|//*[@name and {outside}]"
        )
        fields = tuple(_field(each) for each in found if each.get("name") != "csrfmiddlewaretoken")
        method = (one.get("method") or "get").lower()
        multipart = one.get("enctype") == "multipart/form-data"
        return Form(self.name, address, action, method, fields, multipart)


def _field(element):
    kind = element.get("type", "text") if element.tag == "input" else element.tag
    options = tuple(o.get("value", "") for o in element.xpath(".//option"))
    value = element.get("value", "") if element.tag != "textarea" else element.text or ""
    if chosen := element.xpath(".//option[@selected]/@value"):
        value = chosen[0]
    return Field(element.get("name"), kind, value.strip(), "required" in element.attrib, options)


def filled(page, value):
    """A page with the same value in each of its filters."""
    address, names = page
    return address, dict.fromkeys((*names, "page", "order"), value)


@contextmanager
def without_limits():
    """Tries are not counted."""
    before = dict(limits.known)
    with ExitStack() as stack:
        for limit in before.values():
            stack.callback(object.__setattr__, limit, "times", limit.times)
            object.__setattr__(limit, "times", 0)
        yield


def all_walks(names=PEOPLE):
    return [Walk(name).go() for name in names]
