"""Every page of the demonstration that a role reaches from its menu: it answers, it is Greek,
axe-core is content on a desk and on a phone.

The screen's language is written in the templates, so an untranslated word is a word in Latin
letters: this journey finds it.
"""

from __future__ import annotations

import re

import pytest

from didaskaleio.site.demo_accounts import ACCOUNTS
from tests.journeys.looking import platform, private_places  # noqa: F401 - fixtures
from tests.journeys.places import DESK, PHONE, violations

PAGES = 24
# names of formats, of commands and of accounts; everything else on a screen is Greek
NAMES = {
    *("pdf", "xlsx", "xls", "csv", "qr", "ics", "json", "iban", "url", "id", "html", "wcag", "aa"),
    *("javascript", "myschool", "didaskaleio", "sha", "byte", "mb", "kb", "e", "mail", "email"),
    *("moodle", "bbb", "big", "blue", "button", "google", "outlook", "apple", "gov", "gr"),
    *("erasmus", "etwinning", "ranking", "verify", "table", "rules", "registrar", "assessor"),
    *("finance", "inspector", "jpeg", "png", "sepa", "xml", "zip"),
    *("committee", "company", "eisagogiki", "pptx", "odp", "syn"),
    *("teacher", "trainer", "author", "approver", "centre", "officer", "region", "ministry"),
    *(
        "admin",
        "example",
        "epideixi",
        "drand",
        "randomness",
        "bundle",
        "result",
        "frozen",
        "x",
        "ii",
        "i",
    ),
    *("covid", "windows", "linux", "chrome", "firefox", "edge", "safari", "axe", "core"),
    *("eupl", "postgresql", "smtp", "http", "https", "rss", "usb", "lms", "web", "online"),
}
PUBLIC = ("/draws/", "/centres/", "/clusters/", "/verify/")
IGNORED = "code, .hash, .mono, svg, script, style, kbd, pre"
LATIN = re.compile(r"(?<![\w./@:-])[A-Za-z]{2,}(?![\w/@:-]|\.\w)")


# every element as what decides how it is judged: its way from the body, classes, attributes
# without what is data, whether it has words; and the headings in order
BUILT = """() => {
  const data = new Set(["href", "id", "for", "value", "title", "name", "action", "src", "alt"]);
  const told = new Set(["role", "type", "scope", "open", "disabled", "tabindex", "aria-hidden"]);
  const own = (e) => {
    const attributes = [...e.attributes].map((a) => told.has(a.name) ? `${a.name}=${a.value}`
      : a.name + (data.has(a.name) || a.name.startsWith("aria-") ? (a.value ? "+" : "-") : ""));
    const words = [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
    return [e.tagName, e.className, ...attributes.sort(), words].join(" ");
  };
  const hash = (text) => {
    let h = 5381n;
    for (const c of text) h = (h * 33n ^ BigInt(c.codePointAt(0))) & 0xffffffffffffn;
    return h.toString(36);
  };
  const known = new Map(), found = new Set();
  const way = (text) => known.get(text) ?? known.set(text, hash(text)).get(text);
  const walk = (e, before) => {
    const here = way(`${before}>${own(e)}`);
    found.add(here);
    for (const child of e.children) walk(child, here);
  };
  walk(document.documentElement, "");
  const headings = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")];
  found.add(way(headings.map((h) => h.tagName).join(" ")));
  return [...found];
}"""


@pytest.fixture(scope="module")
def judged():
    """What axe-core has judged on the pages of earlier roles; built the same it says the same."""
    return set()


@pytest.fixture(scope="module")
def public_seen():
    """The pages that are the same for everybody and that an earlier role has been to."""
    return set()


def foreign_words(page):
    """Words in Latin letters that a reader sees."""
    text = page.evaluate(
        """ignored => {
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          const seen = [];
          while (walker.nextNode()) {
            const parent = walker.currentNode.parentElement;
            const shown = !parent.closest(ignored) && parent.checkVisibility();
            if (shown) seen.push(walker.currentNode.data);
          }
          return seen.join("\\n");
        }""",
        IGNORED,
    )
    return sorted({word for word in LATIN.findall(text) if word.lower() not in NAMES})


def ahead(page):
    """Where the links of the page lead inside the platform, files and codes left out."""
    found = page.locator("header a, nav a, main a").evaluate_all(
        "all => all.map(a => a.getAttribute('href'))"
    )
    paths = [href.partition("#")[0] for href in found if href and href.startswith("/")]
    return [
        p for p in dict.fromkeys(paths) if not re.search(r"\.\w+(\?|$)|/file|download|/logout", p)
    ]


@pytest.mark.parametrize("username", [name for name, _ in ACCOUNTS])
def test_every_page_answers_in_greek_and_for_everyone(visitor, username, public_seen, judged):
    who = visitor(username)
    menu = ["/home/", *ahead(who.page)]
    seen, shapes, wrong = [], set(public_seen), []
    waiting = list(dict.fromkeys(menu))
    while waiting and len(seen) < PAGES:
        path = waiting.pop(0)
        shape = re.sub(r"\d+|[A-Z]\w*-[\w-]+|P\d+", "#", path.partition("?")[0])
        if shape in shapes:
            continue
        shapes.add(shape)
        if shape.startswith(PUBLIC):
            public_seen.add(shape)
        who.page.set_viewport_size(DESK)
        answer = who.page.goto(who.address + path)
        if "text/html" not in answer.headers.get("content-type", ""):
            continue
        seen.append(path)
        wrong += faults(who, path, answer, judged)
        waiting += [link for link in ahead(who.page) if link not in waiting]
    assert not wrong, "\n".join(wrong)
    assert seen


LINK = '<main><h1>Τίτλος</h1><p><a href="/1">Πρώτο</a></p></main>'
OTHERWISE = {
    "without words": LINK.replace("Πρώτο", ""),
    "of another class": LINK.replace("<a", '<a class="quiet"'),
    "without an address": LINK.replace("/1", ""),
    "in another place": LINK.replace("<p>", "<h2>").replace("</p>", "</h2>"),
    "with a picture": LINK.replace("Πρώτο", '<img src="/a.png">Πρώτο'),
    "headings in another order": LINK.replace("<h1>", "<h1>Α</h1><h1>"),
}


@pytest.mark.parametrize("html", OTHERWISE.values(), ids=OTHERWISE.keys())
def test_what_is_built_otherwise_is_judged_and_what_only_says_otherwise_is_not(browser, html):
    page = browser.new_page()

    def built(content):
        page.set_content(content)
        return set(page.evaluate(BUILT))

    known = built(LINK)
    assert built(LINK.replace("Πρώτο", "Δεύτερο").replace("/1", "/2")) == known
    assert built(html) - known
    page.close()


def faults(who, path, answer, judged):
    """What is wrong with the page, one readable line each."""
    new = set(who.page.evaluate(BUILT)) - judged
    found = [f"{path}: {answer.status}"] if answer.status >= 400 else []
    if who.page.locator("html").get_attribute("lang") != "el":
        found.append(f"{path}: no lang")
    found += [f"{path}: {word}" for word in foreign_words(who.page)]
    found += [f"{path} {line}" for line in violations(who.page)] if new else []
    who.page.set_viewport_size(PHONE)
    who.page.evaluate("new Promise(requestAnimationFrame)")  # what the page folds is folded
    found += [f"{path} (390) {line}" for line in violations(who.page)] if new else []
    judged |= new
    if who.page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        found.append(f"{path} (390): wider than the screen: {too_wide(who.page)}")
    return found


def too_wide(page):
    """The elements that reach beyond the right edge."""
    return page.locator("body *").evaluate_all(
        """all => all.filter(e => e.getBoundingClientRect().right > innerWidth)
                    .map(e => e.outerHTML.slice(0, 120)).slice(0, 3)"""
    )
