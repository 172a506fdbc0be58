"""The check of a draw in a real browser, on a page of its own under a strict policy."""

from __future__ import annotations

import json
import random
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from didaskaleio.enrolment import draw

from .cases import DIFFERENT, MALFORMED, MALFORMED_RESULT, RAW
from .model import bundle_of, dump, result_of, sealed, vector

CHROMIUM = Path("/usr/bin/chromium")
STATIC = Path(draw.__file__).parents[1] / "static" / "enrolment"
PAGE = """<!doctype html><html lang="el"><meta charset="utf-8"><title>Κλήρωση</title>
<script src="/draw-check.js" defer></script>
<section data-draw-check data-bundle="bundle.json" data-result="result.json"
 data-worker="/draw-worker.js" {announced}>
<button type="button" data-check>Έλεγχος της κλήρωσης</button>
<div data-run hidden><label for="p">Πρόοδος</label>
<progress id="p" max="100" value="0"></progress><ul data-proof></ul></div>
<div class="verdict" data-verdict hidden tabindex="-1"><h2 data-verdict-title></h2>
<p data-verdict-text></p></div></section></html>"""

pytestmark = [
    pytest.mark.journey,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Debian's chromium is not installed"),
]


class Site:
    """The published files; a test changes them and asks the browser what it makes of them."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.requests: list[str] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.requests.append(self.path)
                content = site.files.get(self.path)
                self.send_response(404 if content is None else 200)
                kind = {"js": "text/javascript", "json": "application/json"}
                self.send_header(
                    "Content-Type", kind.get(self.path.rpartition(".")[2], "text/html")
                )
                self.send_header("Content-Security-Policy", "default-src 'self'")
                self.send_header("Cache-Control", "no-store")
                self.end_headers()
                self.wfile.write(content or b"")

            def log_message(self, *_: object) -> None: ...

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/draws/7/"
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    def publish(self, bundle: bytes | None, result: bytes | None, announced: str = "") -> None:
        scripts = {f"/{path.name}": path.read_bytes() for path in STATIC.glob("draw-*.js")}
        page = PAGE.format(announced=announced).encode()
        files = {"/draws/7/bundle.json": bundle, "/draws/7/result.json": result}
        given = {name: content for name, content in files.items() if content is not None}
        self.files = {**scripts, "/draws/7/": page, **given}


class Seen:
    """What a visitor has before them when the verdict stands."""

    def __init__(self, page: Any) -> None:
        self.verdict = page.get_attribute("[data-verdict]", "data-verdict")
        self.bad = "verdict--bad" in page.get_attribute("[data-verdict]", "class")
        self.title = page.inner_text("[data-verdict-title]")
        self.text = page.inner_text("[data-verdict-text]")
        self.steps = page.locator("[data-proof] > li").all_inner_texts()
        self.ticks = page.locator("[data-proof] > li > svg[aria-hidden=true]").count()
        self.progress = page.evaluate("document.querySelector('progress').value")
        self.focused = page.evaluate("document.activeElement.matches('[data-verdict]')")


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    site = Site()
    yield site
    site.server.shutdown()
    site.server.server_close()


@pytest.fixture(scope="module")
def check(site: Site, browser: Any) -> Iterator[Callable[..., Seen]]:
    with closing(browser.new_page()) as page:
        complaints: list[str] = []
        page.on("pageerror", lambda error: complaints.append(str(error)))

        def checked(
            bundle: bytes | None, result: bytes | None, announced: str | None = None
        ) -> Seen:
            """With `announced` on a page of its own, else once more on the page that stands."""
            site.publish(bundle, result, announced or "")
            if announced is not None or page.url != site.url:
                page.goto(site.url)
                assert page.is_hidden("[data-run]")
                assert page.is_hidden("[data-verdict]")
            page.click("[data-check]")
            page.wait_for_selector("[data-verdict]:not([hidden])", timeout=60_000)
            assert page.is_enabled("[data-check]")
            assert complaints == []
            return Seen(page)

        yield checked


def pair(number: int) -> tuple[bytes, bytes]:
    return dump(vector(number, "bundle")), dump(vector(number, "result"))


def test_the_first_vector_holds_and_every_step_is_shown(check: Callable[..., Seen]) -> None:
    seen = check(*pair(1), "")
    bundle, result = vector(1, "bundle"), vector(1, "result")
    assert (seen.verdict, seen.bad, seen.focused) == ("holds", False, True)
    assert seen.title == "Η κλήρωση επαληθεύτηκε"
    assert seen.text.startswith("6 αιτήσεις και 4 προγράμματα: όλα τα αποτελέσματα συμπίπτουν.")
    assert seen.steps[1:] == [
        f"Η λίστα είναι αυτή που πάγωσε: 6 αιτήσεις, 4 προγράμματα, αποτύπωμα: {bundle['freeze']}",
        f"Το μυστικό ταιριάζει με τη δέσμευση: {bundle['commitment']}",
        "Η δημόσια τύχη έχει τη μορφή που ανακοινώθηκε: 3 17 22 31 45 / 9",
        f"Ο σπόρος υπολογίστηκε ξανά και συμπίπτει: {result['seed']}",
        "Η σειρά όλων υπολογίστηκε ξανά και συμπίπτει: 6 αιτήσεις",
        "Κάθε τοποθέτηση συμπίπτει: 5 θέσεις",
        "Οι λίστες επιλαχόντων συμπίπτουν: 1 εγγραφή",
        "Συμπίπτει ποια προγράμματα συμπλήρωσαν το ελάχιστο: 2 από 4",
    ]
    assert (seen.ticks, seen.progress) == (9, 100)


def test_the_second_vector_holds_with_its_lost_secret(check: Callable[..., Seen]) -> None:
    seen = check(*pair(2))
    assert seen.verdict == "holds"
    commitment = vector(2, "bundle")["commitment"]
    assert (
        seen.steps[2] == f"Το μυστικό δηλώθηκε χαμένο· τη θέση του παίρνει η δέσμευση: {commitment}"
    )


def crowd(chance: random.Random) -> dict[str, Any]:
    """Ids of every length up to 64, integer-like and names of object properties among them."""
    odd = ["__proto__", "constructor", "toString", "hasOwnProperty", "0", "10", "9", "-1", "1.0"]
    letters = "abcXYZ019._-"
    ids = [*odd, *("".join(chance.choices(letters, k=length)) for length in range(12, 65))]
    programmes = [
        {"id": one, "category": chance.choice(["IIa", "IIb"]), "capacity": 1, "minimum": 1}
        for one in chance.sample(ids, 20)
    ]
    late = {one["id"] for one in programmes if one["category"] == "IIb"}
    names = [one["id"] for one in programmes]
    applications = [
        {
            "id": one,
            "preferences": sorted(
                chance.sample(names, chance.randint(0, 5)), key=late.__contains__
            ),
        }
        for one in chance.sample(ids, len(ids))
    ]
    return bundle_of(programmes, applications)


def test_crowded_draws_with_difficult_names_hold(check: Callable[..., Seen]) -> None:
    for seed in range(5):
        bundle = crowd(random.Random(seed))
        result = dict(reversed(result_of(bundle).items()))
        seen = check(json.dumps(bundle, indent=1).encode(), json.dumps(result, indent=1).encode())
        assert (seen.verdict, seen.text.split(":")[0]) == (
            "holds",
            "62 αιτήσεις και 20 προγράμματα",
        )


def test_each_difference_is_named_as_the_command_names_it(check: Callable[..., Seen]) -> None:
    words = {
        "seed": "ο σπόρος",
        "order": "η σειρά της κλήρωσης",
        "placements": "οι τοποθετήσεις",
        "waiting": "οι λίστες επιλαχόντων",
        "viable": "ποια προγράμματα συμπλήρωσαν το ελάχιστο",
    }
    for name, (member, change) in DIFFERENT.items():
        seen = check(pair(1)[0], dump(change(vector(1, "result"))))
        assert (seen.verdict, seen.bad, seen.focused) == ("differs", True, True), name
        assert seen.text.startswith(f"Διαφέρει πρώτα: {words[member]}. "), name


def test_a_difference_says_where_it_is_and_what_to_do(check: Callable[..., Seen]) -> None:
    seen = check(pair(1)[0], dump(DIFFERENT["a place lost"][1](vector(1, "result"))))
    assert seen.title == "Το αποτέλεσμα διαφέρει από τον υπολογισμό"
    assert seen.text == (
        "Διαφέρει πρώτα: οι τοποθετήσεις. Στο σημείο «αίτηση 26440704»: το δημοσιευμένο αποτέλεσμα"
        " έχει «χωρίς θέση», ο υπολογισμός δίνει «P2». Κρατήστε τα δύο αρχεία όπως τα κατεβάσατε"
        " και στείλτε τα, μαζί με αυτό το μήνυμα, στον φορέα που έκανε την κλήρωση."
    )


def test_whatever_the_command_refuses_as_malformed_the_browser_refuses(
    check: Callable[..., Seen],
) -> None:
    for name, change in MALFORMED.items():
        changed = change(vector(1, "bundle"))
        raw = changed if isinstance(changed, str) else json.dumps(changed)
        seen = check(raw.encode(), pair(1)[1])
        assert seen.verdict == "malformed", name
        assert "Δεν διαβάζεται το αρχείο των δεδομένων: " in seen.text, name
    for name, change in MALFORMED_RESULT.items():
        seen = check(pair(1)[0], json.dumps(change(vector(1, "result"))).encode())
        assert seen.verdict == "malformed", name
        assert "Δεν διαβάζεται το αρχείο του αποτελέσματος: " in seen.text, name
    for name, raw in RAW.items():
        assert check(raw, pair(1)[1]).verdict == "malformed", name
        assert check(pair(1)[0], raw).verdict == "malformed", name


def test_another_list_or_secret_than_published_is_found(check: Callable[..., Seen]) -> None:
    for change in ({"period": "T2"}, {"secret": "0" * 64}):
        seen = check(dump(vector(1, "bundle") | change), pair(1)[1])
        assert (seen.verdict, seen.bad) == ("mismatch", True)
        assert seen.title == "Τα δεδομένα δεν ταιριάζουν με την ανακοίνωση"


def test_a_consistent_draw_of_another_list_than_announced_is_found(
    check: Callable[..., Seen],
) -> None:
    announced = vector(1, "bundle")["freeze"]
    other = sealed(vector(1, "bundle") | {"period": "T2"})
    attribute = f'data-freeze="{announced}"'
    seen = check(dump(other), dump(result_of(other)), attribute)
    assert seen.verdict == "mismatch"
    assert f"Ανακοινώθηκε {announced}, τα δεδομένα έχουν {other['freeze']}" in seen.text
    assert check(*pair(1), attribute).verdict == "holds"
    assert check(*pair(1), "").verdict == "holds"


def test_a_file_that_does_not_arrive_is_no_verdict_on_the_draw(check: Callable[..., Seen]) -> None:
    seen = check(pair(1)[0], None)
    assert (seen.verdict, seen.title) == ("unreachable", "Ο έλεγχος δεν έγινε")
    assert seen.text == (
        "Δεν κατέβηκε το αρχείο του αποτελέσματος (απάντηση 404)."
        " Ελέγξτε τη σύνδεσή σας και δοκιμάστε ξανά."
    )


def test_the_check_sends_nothing_back(check: Callable[..., Seen], site: Site) -> None:
    site.requests.clear()
    check(*pair(1), "")
    files = ["/draw-check.js", "/draw-worker.js", "/draws/7/"]
    files += ["/draws/7/bundle.json", "/draws/7/result.json"]
    assert sorted(set(site.requests) - {"/favicon.ico"}) == files
