"""No page of the demonstration offers its reader a link that does not open for them.

All pages that an account reaches, without a look at how they are drawn (see ``test_every_page``).
"""

from __future__ import annotations

import re
from collections import Counter

import pytest

from didaskaleio.site.demo_accounts import ACCOUNTS
from tests.journeys.looking import platform, private_places  # noqa: F401 - fixtures

LINK = re.compile(r'<a\b[^>]*?\bhref="(/[^"#]*)')
OUT = re.compile(r"/logout|/demo/")
NUMBERS = re.compile(r"\d+|[A-Z]\w*-[\w-]+")
EACH = 2  # pages of one shape: the first may be in one state, the next in another


@pytest.mark.parametrize("username", ["", *(name for name, _ in ACCOUNTS)])
def test_no_page_offers_a_link_that_its_reader_may_not_open(visitor, username):
    who = visitor(username)
    waiting, met, wrong = {"/home/" if username else "/": ""}, Counter(), []
    seen = set(waiting)
    while waiting:
        path, found_on = waiting.popitem()
        answer = who.page.request.get(who.address + path)
        if not answer.ok:
            wrong.append(f"{path} on {found_on}: {answer.status}")
        if "text/html" not in answer.headers.get("content-type", ""):
            continue
        for link in LINK.findall(answer.text().replace("&amp;", "&")):
            shape = NUMBERS.sub("#", link.partition("?")[0])
            if link in seen or met[shape] >= EACH or OUT.search(link):
                continue
            met[shape] += 1
            seen.add(link)
            waiting[link] = path
    assert not wrong, "\n".join(wrong)
    assert len(seen) > len(ACCOUNTS)
